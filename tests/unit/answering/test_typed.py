"""Questions as they are really typed: with a story beside them, with slips, with a tag behind."""

from __future__ import annotations

import pytest

from service.answering.asked_parts import Part
from service.answering.compounds import Combine
from service.schemas import Intent
from tests.unit.answering.readers import read


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        # The topic first, then a question that only asks.
        ("Mopeds racing on the green. Is that anywhere?", ("Mopeds racing on the green",)),
        ("mopeds racing on the green, anyone picking that up?", ("mopeds racing on the green",)),
        ("Mopeds racing on the green. Who's brought it up?", ("Mopeds racing on the green",)),
        ("mopeds racing on the green. whose strategy is that in", ("mopeds racing on the green",)),
        ("Mopeds racing on the green. Has anywhere noticed this as a problem?",
         ("Mopeds racing on the green",)),
        ("Mopeds racing on the green, has any area clamped down on it?",
         ("Mopeds racing on the green",)),
        ("Mopeds racing on the green. Which area says it's a growing headache?",
         ("Mopeds racing on the green",)),
        ("My street's trouble is mopeds and metal theft. Which plans take that on?",
         ("mopeds", "metal theft")),
        ("Graffiti, any one of them on it?", ("Graffiti",)),
        # A story first, with a topic of its own in the question.
        ("My nan was burgled. Which plans mention begging?", ("begging",)),
        ("I keep hearing of mopeds. Which plans deal with the racing of them?",
         ("racing",)),
        # The question first.
        ("Which plans mention begging? My editor is asking.", ("begging",)),
        ("Which plans mention begging, any sort?", ("begging",)),
        ("Which plans mention begging? Any ideas?", ("begging",)),
        ("Which plans mention begging? Could someone help?", ("begging",)),
        ("which plans mention begging, in the order they come, pls", ("begging",)),
    ],
)  # fmt: skip
def test_a_question_is_about_what_is_said_beside_it(question: str, topics: tuple[str, ...]) -> None:
    reading = read(question)
    assert (reading.intent, reading.topics) == (Intent.SET, topics)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("I hear that cadets will be patrolling in Saltmere. What's that about?",
         "cadets will be patrolling"),
        ("saltmere sniffer dogs at the pier?? what's the story", "sniffer dogs at the pier"),
        ("Saltmere, mopeds on the green. What approach?", "mopeds on the green"),
        ("Saltmere parish clerk, gulls on the roof. What does the council's plan say?",
         "gulls on the roof"),
    ],
)  # fmt: skip
def test_the_area_may_be_named_in_the_story(question: str, topic: str) -> None:
    reading = read(question)
    assert (reading.intent, reading.topics) == (Intent.LOOKUP, (topic,))
    assert reading.areas == ("Saltmere",)


def test_a_question_with_an_unknown_topic_is_not_answered_by_the_story() -> None:
    assert read("My bike was stolen. Which plans mention zorbing?").topics == ("zorbing",)


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("whcih plans mention begging", Intent.SET),
        ("Which buroughs mention begging?", Intent.SET),
        ("Which partnerhsips mention begging?", Intent.SET),
        ("wich councils mentoin begging", Intent.SET),
        ("whose plan leaves begging out altogehter", Intent.NEGATION),
        ("begging - is it in anybodys plan", Intent.SET),
        ("who says owt bout begging", Intent.SET),
    ],
)
def test_slips_in_words_that_ask_are_mended(question: str, intent: Intent) -> None:
    reading = read(question)
    assert (reading.intent, reading.topics) == (intent, ("begging",))


@pytest.mark.parametrize(
    "thing",
    [
        "covert cameras", "light planes", "starving dogs", "CONCERT", "young fellows drinking",
        "water trough theft", "sexual favours", "curries",
    ],
)  # fmt: skip
def test_words_near_to_those_that_ask_are_no_slips(thing: str) -> None:
    assert read(f"Which plans mention {thing}?").topics == (thing,)


@pytest.mark.parametrize(
    "question",
    [
        "Is begging a priority for Saltmere, yes or no?",
        "Begging is one of Saltmere's priorities, isn't it?",
        "Am I right that begging is among the priorities Saltmere's analysts recommend",
        "I'm told Saltmere has begging as a priority. Correct?",
        "Begging in Saltmere, is it one of their priorities?",
        "Begging: one of Saltmere's five or isn't it?",
        "Saltmere + begging. One of their three, y/n",
        "Saltmere: begging, is that within their third priority?",
        "Saltmere's current one. Begging, still up there as a priority or not?",
    ],
)
def test_a_yes_is_asked_for_of_a_priority(question: str) -> None:
    reading = read(question)
    assert (reading.intent, reading.ranked_only) == (Intent.YESNO, True)
    assert [topic.lower() for topic in reading.topics] == ["begging"]
    assert reading.areas == ("Saltmere",)
    assert not reading.negated


@pytest.mark.parametrize(
    "question",
    [
        "Are beggars something Saltmere's partnership will take on, yes or no?",
        "Are beggars part of Saltmere's plan?",
    ],
)
def test_a_yes_is_asked_for_of_a_plan(question: str) -> None:
    reading = read(question)
    assert (reading.intent, reading.topics) == (Intent.YESNO, ("beggars",))


def test_whether_there_is_a_single_plan_is_asked_of_all() -> None:
    reading = read("is there even a single plan that has begging as a priority?")
    assert (reading.intent, reading.topics, reading.ranked_only) == (
        Intent.SET, ("begging",), True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        "Which plans help the beggars themselves, not just their dogs",
        "Which plans help the beggars themselves, as opposed to their dogs?",
        "Which plans help the beggars themselves, never mind their dogs",
        "Which plans help the beggars themselves, even if not in those words?",
    ],
)
def test_what_is_set_aside_is_neither_denied_nor_asked_for(question: str) -> None:
    reading = read(question)
    assert reading.intent is Intent.SET
    assert [topic.removeprefix("help the ") for topic in reading.topics] == ["beggars themselves"]


@pytest.mark.parametrize(
    "question",
    [
        "which plans never bring up begging, not once",
        "Who's got nothing whatsoever on begging?",
        "Which of the nine don't say a single word on begging?",
        "Which plan leaves begging out altogether?",
    ],
)
def test_ways_to_say_that_plans_lack_a_topic(question: str) -> None:
    reading = read(question)
    assert (reading.intent, reading.topics) == (Intent.NEGATION, ("begging",))


def test_a_thing_seen_as_emerging_rather_than_a_priority_is_emerging() -> None:
    reading = read("Where is begging treated as an emerging threat rather than a priority?")
    assert (reading.topics, reading.emerging_only) == (("begging",), True)
    assert not reading.ranked_only


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Which plans mention the people going without a home?",
         "people going without a home"),
        ("Which plans cover old people scared to go out?", "old people scared to go out"),
        ("Where is support planned for people who are robbed over and over again?",
         "people who are robbed over and over"),
    ],
)  # fmt: skip
def test_helpers_and_particles_stay_with_their_topic(question: str, topic: str) -> None:
    assert read(question).topics == (topic,)


@pytest.mark.parametrize(
    "question",
    ["List E&D's priorities", "What are the priorities of E&D?"],
)
def test_an_area_of_two_names_goes_by_its_initials(question: str) -> None:
    reading = read(question)
    assert (reading.areas, reading.structure) == (("Eastvale and Dunby",), Part.PRIORITIES)


def test_initials_that_are_not_typed_in_capitals_are_words() -> None:
    assert read("Which plans mention e&d?").areas == ()


@pytest.mark.parametrize(
    ("question", "topics", "combine"),
    [
        # Things are two, what happens is one.
        ("Scooters and begging. Which plans have that?", ("Scooters", "begging"), Combine.ANY),
        ("Cats chased and kicked by lads. Which plans have that?",
         ("Cats chased and kicked by lads",), Combine.ANY),
        ("Which plans mention cats or dogs being chased on the beach?",
         ("cats being chased on the beach", "dogs being chased on the beach"), Combine.ANY),
    ],
)  # fmt: skip
def test_what_a_story_joins(question: str, topics: tuple[str, ...], combine: Combine) -> None:
    reading = read(question)
    assert reading.topics == topics
    assert len(topics) == 1 or reading.combine is combine


@pytest.mark.parametrize(
    "question",
    [
        "Over which years does Saltmere's plan stretch?",
        "What years does the Saltmere plan extend over?",
        "Does it say when the plan of Saltmere ends?",
        "When does Saltmere's plan expire?",
    ],
)
def test_the_years_of_a_plan_are_a_part_of_it(question: str) -> None:
    assert read(question).structure is Part.PERIOD


@pytest.mark.parametrize(
    "question",
    [
        "How quick will Saltmere clear a needle?",
        "Shops in Saltmere lost how much to fire?",
        "number of needles Saltmere cleared, 2021",
    ],
)
def test_one_thing_is_asked_for(question: str) -> None:
    reading = read(question)
    assert (reading.intent, reading.areas) == (Intent.FACT, ("Saltmere",))


@pytest.mark.parametrize(
    "question",
    [
        "Is Saltmere's plan up to much? Honest answer please.",
        "Should we copy Saltmere?",
        "Which area has the best plan?",
        "Is Saltmere's strategy working?",
    ],
)
def test_a_judgement_of_plans_is_in_none(question: str) -> None:
    assert read(question).opinion


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Does anyone's plan say a thing about begging?", Intent.SET),
        ("Have any boroughs taken steps on begging?", Intent.SET),
        ("Does anybody clamp down on begging?", Intent.SET),
        ("has anyone thought of begging", Intent.SET),
        ("begging - whose list is it on?", Intent.SET),
        ("begging, who targets 'em?", Intent.SET),
        ("which plan(s) mention begging", Intent.SET),
        ("which boro's mention begging", Intent.SET),
        ("So is it just Saltmere that has begging down?", Intent.SET),
        ("I'd love to know whether any borough's mentioned begging", Intent.SET),
        ("Begging's my bugbear. Is it in?", Intent.SET),
        ("Begging isn't in any of these plans, is it?", Intent.SET),
        ("Which plans don't just mention begging but make it a priority?", Intent.SET),
        ("Where does begging rank as a priority?", Intent.SET),
        ("Give me a list of the plans with something on begging, bullet points please", Intent.SET),
        ("Which plans mention begging? Just the names.", Intent.SET),
        ("begging is missing from which plans?", Intent.NEGATION),
        ("is begging in all four", Intent.YESNO),
        ("Do they all mention begging?", Intent.YESNO),
        ("Does every one of them mention begging?", Intent.YESNO),
    ],
)
def test_other_ways_to_ask_of_all_plans(question: str, intent: Intent) -> None:
    reading = read(question)
    assert reading.intent is intent
    assert [topic.lower() for topic in reading.topics] == ["begging"]


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Hi there, quick one, begging in Saltmere pls", Intent.LOOKUP),
        ("Begging. Saltmere. Anything?", Intent.LOOKUP),
        ("saltmere and northmoor on begging, side by side please", Intent.COMPARE),
        ("Saltmere: how fast do they deal with begging?", Intent.FACT),
    ],
)
def test_other_ways_to_ask_of_certain_plans(question: str, intent: Intent) -> None:
    reading = read(question)
    assert (reading.intent, reading.areas[0]) == (intent, "Saltmere")
    assert [topic.lower() for topic in reading.topics] == ["begging"]


@pytest.mark.parametrize("question", ["Who wrote this thing?", "Who's it presented by"])
def test_who_made_a_document_is_a_fact(question: str) -> None:
    assert read(question).intent is Intent.FACT


@pytest.mark.parametrize(
    "question",
    [
        "Which plans do you think mention begging?",
        "Do any plans make any use of curfews?",
        "Should we expect begging to be a priority in Saltmere?",
        "Is there any good practice on begging?",
    ],
)
def test_what_only_sounds_like_a_judgement_is_looked_up(question: str) -> None:
    reading = read(question)
    assert not reading.opinion
    assert reading.topics


def test_a_chapter_is_no_edition() -> None:
    assert read("Which plans mention begging in the second chapter?").edition is None
    assert read("Which plans mention begging in the second edition?").edition == 2


def test_a_bracket_of_the_topic_stays_closed() -> None:
    assert read("Which plans mention begging (in parks)?").topics == ("begging (in parks)",)
