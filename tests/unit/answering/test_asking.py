"""Questions as people type them: behind requests, with a topic before or who is asked behind."""

from __future__ import annotations

import pytest

from service.answering.asked_parts import Part
from service.answering.compounds import Combine
from service.schemas import Intent
from tests.unit.answering.readers import read


@pytest.mark.parametrize(
    "question",
    [
        "remind me who is worried about begging",
        "I'm after any plan that deals with begging",
        "Looking for a plan that deals with begging",
        "Looking for anywhere that is working on begging and so on",
        "need a list of everywhere that's put begging down as a priority pls",
        "Hello, I look for the plans where begging is a priority, thank you",
        "For our yearly return, could you identify those areas whose plan sets out any concern "
        "relating to begging",
        "whos got begging as a priority",
        "anyone flagged begging?",
        "any plan in which begging is covered",
        "Who has made begging one of their priorities, if anybody?",
        "please list the areas where begging figures among the priorities",
        "begging, which of them reference it",
        "begging. who has them as a priority",
        "begging, any area flagged this",
        "begging, where's it a priority or up and coming",
        "begging, trying to find who has one in the plan",
        "begging, who'd got that down as a priority back in 2019",
        "begging: is it being logged as an emerging issue by any of the partnerships?",
        "begging: whose priority is it?",
        "wondering if any of the plans say owt about begging",
        "just checking, is begging in anyone's plan?",
        "my councillor wants to know which plans have begging as a concern",
        "for a report to cabinet: areas with begging as a priority",
        "So, begging. Anyone?",
        "which areas have begging as a priority, and who funds it?",
        "does anybody treat begging as a priority rather than just mentioning it",
        "begging who",
        "begging anyone?",
        "begging - which areas?",
    ],
)
def test_the_areas_that_have_a_topic_are_asked_for(question: str) -> None:
    reading = read(question)
    assert reading.intent is Intent.SET
    assert reading.topics == ("begging",)


@pytest.mark.parametrize(
    ("question", "intent", "topics"),
    [
        ("remind me how often Saltmere mentions begging", Intent.FACT, ("begging",)),
        ("I'd like to know what Saltmere intends to do about begging, we've had two this week",
         Intent.LOOKUP, ("begging",)),
        ("whats saltmeres line on begging", Intent.LOOKUP, ("begging",)),
        ("whereabouts in Saltmere are wardens attacked", Intent.LOOKUP,
         ("wardens attacked",)),
        ("do saltmere say anything abt begging", Intent.YESNO, ("begging",)),
        ("Does the Saltmere plan mention begging at all, even in passing?", Intent.YESNO,
         ("begging",)),
        ("Could you confirm that begging is among Saltmere's priorities?", Intent.YESNO,
         ("begging",)),
        ("Begging: has Saltmere made it a priority or not?", Intent.YESNO, ("Begging",)),
        ("Begging: is that one of the outcomes in the Saltmere chapter?", Intent.YESNO,
         ("Begging",)),
        ("saltmere v northmoor begging", Intent.COMPARE, ("begging",)),
        ("Which of the plans leave begging out altogether?", Intent.NEGATION, ("begging",)),
        ("Which areas have nothing about begging, not so much as a line?", Intent.NEGATION,
         ("begging",)),
        ("saltmere scooters, what's on offer there", Intent.LOOKUP, ("scooters",)),
        ("what happened to begging in Saltmere", Intent.LOOKUP, ("begging",)),
        ("How big was Saltmere's street fund last year?", Intent.FACT, ("street fund",)),
    ],
)  # fmt: skip
def test_words_around_a_question_are_no_topic(
    question: str, intent: Intent, topics: tuple[str, ...]
) -> None:
    reading = read(question)
    assert (reading.intent, reading.topics) == (intent, topics)


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("saltmere PCC priorities?", Part.PRIORITIES),
        ("what has Saltmere PCSP got down as its priorities", Part.PRIORITIES),
        ("outcomes in saltmeres plan pls (chapter 4)", Part.PRIORITIES),
        ("what gets precedence under the Saltmere concordat", Part.PRIORITIES),
        ("Could you pull the priorities out of the Saltmere DA strategy for me, titles will do",
         Part.PRIORITIES),
        ("I read the pledges out at noon, could I have all six of Saltmere's", Part.PRIORITIES),
        ("the objectives in Saltmere's VAWG strategy please, just the headings", Part.OBJECTIVES),
        ("List the objectives set for Saltmere's Chief Constable", Part.OBJECTIVES),
        ("What does Saltmere see as emerging?", Part.EMERGING),
        ("what's emerging there in Saltmere", Part.EMERGING),
        ("Which new risks is Saltmere only watching for now?", Part.EMERGING),
    ],
)  # fmt: skip
def test_a_part_of_a_plan_is_listed(question: str, part: Part) -> None:
    reading = read(question)
    assert (reading.intent, reading.structure, reading.topics) == (Intent.LIST, part, ())
    assert reading.areas == ("Saltmere",)


@pytest.mark.parametrize(
    "question",
    [
        "How did Saltmere's priorities change between 2019 and 2022?",
        "what has changed between Saltmere's 2019 and 2022 plans?",
    ],
)
def test_a_change_over_years_is_asked_of_all_editions(question: str) -> None:
    reading = read(question)
    assert (reading.intent, reading.year, reading.all_editions) == (Intent.COMPARE, None, True)


def test_one_thing_or_the_other_may_be_put_first() -> None:
    reading = read("Either scooters or begging: which plans have taken on one or the other?")
    assert reading.topics == ("scooters", "begging")
    assert reading.combine is Combine.ANY


@pytest.mark.parametrize(
    ("question", "wanted", "unwanted"),
    [
        ("Looking for a plan that deals with begging but hasn't got anything on graffiti",
         ("begging",), ("graffiti",)),
        ("any plan in which begging is covered and also scooters?", ("begging", "scooters"), ()),
    ],
)  # fmt: skip
def test_clauses_are_topics_without_their_verbs(
    question: str, wanted: tuple[str, ...], unwanted: tuple[str, ...]
) -> None:
    reading = read(question)
    assert (reading.wanted, reading.unwanted) == (wanted, unwanted)


def test_what_is_included_is_no_topic_beside() -> None:
    reading = read("Which areas mention begging, that of children and of the old included?")
    assert reading.topics == ("begging",)


def test_things_told_of_before_are_what_it_means() -> None:
    reading = read("We had three last week: scooters on the pier. Has anyone else got it?")
    assert reading.topics == ("scooters on the pier",)


def test_the_area_told_of_before_is_asked_for_a_fact() -> None:
    reading = read("I'm told Saltmere has a grant for begging. How much is it?")
    assert (reading.intent, reading.areas) == (Intent.FACT, ("Saltmere",))


def test_an_old_edition_with_its_year_is_the_one_of_that_year() -> None:
    reading = read("How big was Saltmere's fund under the old plan, the 2021 one?")
    assert (reading.previous, reading.year) == (False, 2021)
