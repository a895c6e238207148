"""Questions are read for their intent, topics, areas and year; nothing is guessed in silence."""

from __future__ import annotations

import pytest

from service.answering.asked_parts import Part
from service.answering.compounds import Combine
from service.schemas import Intent
from tests.unit.answering.readers import read


@pytest.mark.parametrize(
    ("question", "intent", "topic"),
    [
        ("Which boroughs prioritise scooter theft?", Intent.SET, "scooter theft"),
        ("who's worried about begging", Intent.SET, "begging"),
        ("Who is targeting scooter theft?", Intent.SET, "scooter theft"),
        ("ABC - who has it?", Intent.SET, "ABC"),
        ("Do any councils mention begging?", Intent.SET, "begging"),
        ("Where is begging named as a concern?", Intent.SET, "begging"),
        ("Which areas use target hardening?", Intent.SET, "target hardening"),
        ("List the boroughs that mention begging", Intent.SET, "begging"),
        ("Which plans say nothing about begging?", Intent.NEGATION, "begging"),
        ("Which boroughs don't mention begging?", Intent.NEGATION, "begging"),
        ("How many boroughs mention begging?", Intent.COUNT, "begging"),
        ("How many priorities does Saltmere have?", Intent.COUNT, None),
        ("What is Saltmere doing about begging?", Intent.LOOKUP, "begging"),
        ("saltmere begging plans", Intent.LOOKUP, "begging"),
        ("Where does begging come up?", Intent.SET, "begging"),
        ("Who has begging as a priority right now?", Intent.SET, "begging"),
        ("begging. who mentions it, even if only to say no", Intent.SET, "begging"),
        ("Saltmere's approach to begging in parks?", Intent.LOOKUP, "begging in parks"),
        ("Compare Northmoor and Saltmere on begging", Intent.COMPARE, "begging"),
        ("How do Northmoor and Saltmere differ on begging?", Intent.COMPARE, "begging"),
        ("Does Saltmere's plan mention begging?", Intent.YESNO, "begging"),
        ("Is begging a priority in Saltmere?", Intent.YESNO, "begging"),
        ("Which areas follow a case review model?", Intent.SET, "case review model"),
        ("Which is the only borough that mentions begging?", Intent.SET, "begging"),
        ("Which plans use the words “street begging”?", Intent.SET, "“street begging”"),
        ("What do the plans have in common?", Intent.LIST, None),
        ("Which priority is unique to Saltmere?", Intent.LIST, None),
        ("Which area has the most priorities?", Intent.SET, None),
        ("What period does Saltmere's plan cover?", Intent.FACT, None),
        ("anything about begging", Intent.SEARCH, "begging"),
        ("List Saltmere's strategic priorities", Intent.LIST, None),
        ("What is the vision of the Safer Saltmere Partnership?", Intent.LIST, None),
        ("When are patrols deployed in Saltmere?", Intent.FACT, "patrols deployed"),
        ("Who are the responsible authorities?", Intent.FACT, "responsible authorities"),
        ("What risks does the report identify?", Intent.FACT, "risks does the report identify"),
        ("Which areas have begging as a priority or an emerging issue?", Intent.SET, "begging"),
        ("Which plans mention begging but not graffiti?", Intent.SET, "begging but not graffiti"),
        ("Which of the four say nothing about begging?", Intent.NEGATION, "begging"),
        ("What are the priorities in Saltmere's latest plan?", Intent.LIST, None),
        ("begging: which plans cover it?", Intent.SET, "begging"),
        ("begging - who?", Intent.SET, "begging"),
        ("Can you tell me which boroughs signed up to tackle begging?", Intent.SET, "begging"),
        ("I need to know who is dealing with begging", Intent.SET, "begging"),
        ("Do you know whether Saltmere mentions begging?", Intent.YESNO, "begging"),
        ("Hi, please list every borough that mentions begging.", Intent.SET, "begging"),
        (
            "Which boroughs commission patrols against begging?",
            Intent.SET,
            "patrols against begging",
        ),
        ("Which areas call begging an emerging issue?", Intent.SET, "begging"),
        ("Where are insults to wardens on the radar?", Intent.SET, "insults to wardens"),
        (
            "How will Saltmere interrupt feuds among families?",
            Intent.LOOKUP,
            "feuds among families",
        ),
        ("What is Saltmere doing to cut down on begging?", Intent.LOOKUP, "begging"),
        ("What steps is Saltmere taking to reduce begging?", Intent.LOOKUP, "begging"),
        ("What help is there for beggars in Saltmere?", Intent.LOOKUP, "beggars"),
        (
            "How does Saltmere's stance on begging compare with Northmoor's?",
            Intent.COMPARE,
            "begging",
        ),
        ("Is begging a bigger concern in Saltmere?", Intent.YESNO, "begging"),
        ("Is begging covered in Saltmere's outcomes?", Intent.YESNO, "begging"),
        ("Do all of the plans mention begging?", Intent.YESNO, "begging"),
        ("What are the boroughs doing on begging?", Intent.SEARCH, "begging"),
        ("What proportion of plans mention begging?", Intent.COUNT, "begging"),
        ("owt about begging?", Intent.SEARCH, "begging"),
        ("Who in Saltmere leads on begging?", Intent.SET, "begging"),
        ("Which plans leave out begging altogether?", Intent.NEGATION, "begging"),
        ("which plans dont mention begging", Intent.NEGATION, "begging"),
        ("Which plans lack begging, according to their plans?", Intent.NEGATION, "begging"),
        ("Is Saltmere the only borough that mentions begging?", Intent.SET, "begging"),
        ("Who mentions off road scooters?", Intent.SET, "off road scooters"),
        ("What are the priority themes in Saltmere's action plan?", Intent.LIST, None),
        ("List the priorities in Saltmere's half of the booklet", Intent.LIST, None),
        ("What are Saltmere's objectives for 2011 to 2014?", Intent.LIST, None),
        ("How many pledges does Saltmere make?", Intent.COUNT, None),
        ("What priorities does Saltmere have on begging?", Intent.LOOKUP, "begging"),
        ("begging", Intent.SEARCH, "begging"),
        ("What about begging?", Intent.SEARCH, "begging"),
        ("?!…", Intent.SEARCH, None),
    ],
)
def test_intent_and_topic(question: str, intent: Intent, topic: str | None) -> None:
    reading = read(question)
    assert reading.intent is intent
    assert (reading.topic.phrase if reading.topic else None) == topic


@pytest.mark.parametrize(
    ("question", "areas", "unknown"),
    [
        ("What does Eastvale & Dunby say about begging?", ("Eastvale and Dunby",), ()),
        ("What does eastvale say about begging?", ("Eastvale and Dunby",), ()),
        ("What does Saltmeer say about begging?", ("Saltmere",), ()),
        ("What does Estvale and Dunby say about begging?", ("Eastvale and Dunby",), ()),
        ("What does North Moor say?", ("Northmoor",), ()),
        ("Begging in Saltmere-on-Sea", ("Saltmere",), ()),
        ("What does Darlington's plan say about begging?", (), ("Darlington",)),
        ("What does Darlingtn's plan say about begging?", (), ("Darlington",)),
        ("Which plans mention reading?", (), ()),
        ("Does Reading mention begging?", (), ("Reading",)),
    ],
)
def test_areas_held_are_told_from_places_that_are_not(
    question: str, areas: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    reading = read(question)
    assert (reading.areas, reading.unknown_areas) == (areas, unknown)


@pytest.mark.parametrize(
    ("question", "topics", "combine"),
    [
        ("Which boroughs mention begging or graffiti?", ("begging", "graffiti"), Combine.ANY),
        ("Which mention both begging and graffiti?", ("begging", "graffiti"), Combine.ALL),
        ("Which mention neither begging nor graffiti?", ("begging", "graffiti"), Combine.ANY),
        (
            "Which boroughs mention domestic and sexual violence?",
            ("domestic violence", "sexual violence"),
            Combine.ALL,
        ),
        (
            "Which boroughs mention burglary and metal theft?",
            ("burglary", "metal theft"),
            Combine.ALL,
        ),
        ("Which boroughs mention cats and dogs?", ("cats and dogs",), Combine.ALL),
    ],
)
def test_compound_topics(question: str, topics: tuple[str, ...], combine: Combine) -> None:
    reading = read(question)
    assert (reading.topics, reading.combine) == (topics, combine)


@pytest.mark.parametrize(
    "question",
    [
        "Anybody putting money into bike sheds?",
        "Which councils are throwing resources at bike sheds?",
        "Where are bike sheds high on the agenda?",
        "Who's got bike sheds in their sights?",
        "Which plans are tough on bike sheds?",
        "Any borough keen on bike sheds?",
        "Which areas make firm commitments around bike sheds?",
        "Who takes bike sheds seriously?",
        "Are there boroughs that put bike sheds first?",
        "Name the boroughs for whom bike sheds are a headline concern",
        "Could you pull together what each borough says on bike sheds?",
        "Are bike sheds on anybody's radar?",
        "I'm writing about bike sheds. Which boroughs are keen on bike sheds?",
    ],
)
def test_how_a_topic_is_treated_is_no_part_of_it(question: str) -> None:
    reading = read(question)
    assert (reading.intent, reading.wanted) == (Intent.SET, ("bike sheds",))


@pytest.mark.parametrize(
    "question",
    [
        "What has Saltmere got lined up for bike sheds?",
        "Where can I read about Saltmere's take on bike sheds?",
        "How seriously does Saltmere take bike sheds?",
    ],
)
def test_what_one_area_makes_of_a_topic_is_no_part_of_it(question: str) -> None:
    reading = read(question)
    assert (reading.intent, reading.wanted) == (Intent.LOOKUP, ("bike sheds",))


@pytest.mark.parametrize(
    "question",
    [
        "Which boroughs leave out metal theft but mention burglary?",
        "Which boroughs mention burglary but don't mention metal theft?",
        "Who names burglary and ignores metal theft?",
        "Which plans do not cover metal theft yet do cover burglary?",
        "Which boroughs mention burglary but not metal theft?",
    ],
)
def test_one_thing_may_be_asked_for_where_another_is_absent(question: str) -> None:
    reading = read(question)
    assert (reading.intent, reading.negated) == (Intent.SET, False)
    assert (reading.wanted, reading.unwanted) == (("burglary",), ("metal theft",))


def test_two_things_asked_for_may_be_joined_by_but() -> None:
    assert read("Who mentions burglary but also covers begging?").wanted == ("burglary", "begging")


def test_but_not_takes_topics_away() -> None:
    reading = read("Which boroughs mention begging or graffiti but not metal theft?")
    assert (reading.wanted, reading.unwanted) == (("begging", "graffiti"), ("metal theft",))
    assert (reading.combine, reading.intent) == (Combine.ANY, Intent.SET)


@pytest.mark.parametrize(
    "left_out",
    [
        "other than Saltmere and Northmoor",
        "besides Saltmere, Northmoor,",
        "not Saltmere and not Northmoor",
    ],
)
def test_a_list_of_areas_is_left_out_whole(left_out: str) -> None:
    reading = read(f"Which boroughs {left_out} mention begging?")
    assert (set(reading.excluded), reading.areas) == ({"Saltmere", "Northmoor"}, ())


def test_a_question_too_long_for_a_topic_is_about_the_term_in_it() -> None:
    asked = "I write about a church whose slates and gutters went, which councils face metal theft"
    assert read(asked).topics == ("metal theft",)


def test_an_area_left_out_is_excluded() -> None:
    reading = read("Which boroughs other than Saltmere mention begging?")
    assert (reading.excluded, reading.areas) == (("Saltmere",), ())
    assert reading.topics == ("begging",)


def test_areas_may_be_left_out_first() -> None:
    reading = read("Other than Saltmere, who has anything on begging?")
    assert (reading.intent, reading.excluded, reading.areas) == (Intent.SET, ("Saltmere",), ())
    assert reading.topics == ("begging",)


def test_what_it_means_may_stand_in_the_sentence_before() -> None:
    reading = read("I'm writing about metal theft. Which boroughs treat it as a priority?")
    assert (reading.topics, reading.ranked_only) == (("metal theft",), True)


def test_of_several_questions_the_last_is_read_and_that_is_known() -> None:
    reading = read("Which boroughs mention begging? And which mention graffiti?")
    assert (reading.topics, reading.several) == (("graffiti",), True)


def test_emerging_asks_for_what_is_called_so() -> None:
    assert read("Where is begging emerging?").emerging_only
    assert read("Which areas call begging an emerging issue?").emerging_only
    assert not read("Which areas have begging as a priority or an emerging issue?").emerging_only


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        (
            "Which areas mention attacks on nurses and other medics?",
            ("attacks on nurses", "attacks on medics"),
        ),
        ("Who has slips or falls among the old?", ("slips among the old", "falls among the old")),
        ("Which plans mention cats but not dogs?", ("cats", "dogs")),
    ],
)
def test_parts_of_a_compound_share_what_stands_around_them(
    question: str, topics: tuple[str, ...]
) -> None:
    assert read(question).topics == topics


def test_a_year_is_no_part_of_the_topic() -> None:
    reading = read("Which boroughs mentioned begging in 2012?")
    assert (reading.year, reading.topics) == (2012, ("begging",))


def test_words_of_rank_ask_for_priorities() -> None:
    assert read("Which boroughs have begging as a priority?").ranked_only
    assert not read("Which boroughs tackle begging?").ranked_only


def test_what_a_part_of_a_plan_holds_is_a_fact_and_not_the_part() -> None:
    assert read("Which national laws does Saltmere's vision refer to?").intent is Intent.FACT
    assert read("Which objectives does Saltmere's plan refer to?").intent is Intent.LIST


def test_a_part_of_a_plan_is_asked_for() -> None:
    assert read("What are the key priorities in Saltmere's plan?").structure is Part.PRIORITIES
    assert read("What are Saltmere's emerging issues?").structure is Part.EMERGING
    assert read("What are Saltmere's objectives?").structure is Part.OBJECTIVES


def test_who_stands_for_an_area_is_left_out_with_it() -> None:
    question = read("Apart from the Saltmere landlords, who names begging?")
    assert (question.excluded, question.topics) == (("Saltmere",), ("begging",))


def test_what_a_plan_has_nothing_on_is_unwanted() -> None:
    question = read("who mentions begging but has nowt about noise")
    assert (question.wanted, question.unwanted) == (("begging",), ("noise",))
