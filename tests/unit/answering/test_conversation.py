"""Follow-ups are rewritten to stand by themselves, from what was asked and answered before."""

from __future__ import annotations

import pytest

from service.answering.conversation import standalone_question
from service.schemas import Turn
from tests.unit.answering.readers import read

YES_NO = "Does Saltmere have begging as a priority?"
LOOKUP = "What is Saltmere doing about begging?"
SET = "Which plans mention begging?"
ANSWER = "2 of 3 plans name it: Northmoor and Saltmere [1][2]."


def follow(text: str, *before: str, areas: tuple[str, ...] = ()) -> str:
    """The follow-up by itself, after a question and perhaps its answer, whose areas are given."""
    turns = [
        Turn(role="assistant" if number % 2 else "user", text=said)
        for number, said in enumerate(before)
    ]
    return standalone_question(text, turns, read, lambda _: areas)


@pytest.mark.parametrize("text", ["which others do?", "who else does?", "any others?"])
def test_others_are_all_but_those_spoken_of(text: str) -> None:
    assert follow(text, YES_NO) == "Which areas other than Saltmere prioritise begging?"
    assert follow(text, LOOKUP) == "Which areas other than Saltmere mention begging?"


@pytest.mark.parametrize(
    ("text", "standalone"),
    [
        ("what's the first of them doing about it", "What does Northmoor say about begging?"),
        ("what's the second of those doing", "What does Saltmere say about begging?"),
        (
            "where can people go to report it in the first one",
            "What does Northmoor say about begging?",
        ),
        (
            "does either of those have anything on graffiti",
            "does either of Northmoor and Saltmere have anything on graffiti",
        ),
        (
            "which of those two makes it a priority",
            "which of Northmoor and Saltmere makes begging a priority",
        ),
        ("compare them", "compare Northmoor and Saltmere on begging"),
    ],
)
def test_areas_of_the_answer_are_spoken_of(text: str, standalone: str) -> None:
    areas = ("Northmoor", "Saltmere")
    assert follow(text, SET, ANSWER, areas=areas).rstrip("?") == standalone.rstrip("?")


@pytest.mark.parametrize(
    ("text", "standalone"),
    [
        ("and Northmoor, owt on the online side of it", "Northmoor, owt on online begging"),
        ("does it say when patrols start?", "does it say when patrols start in Saltmere?"),
        ("are the children taken home?", "are the children taken home in Saltmere?"),
        ("how much does it cost?", "how much does begging cost in Saltmere?"),
        ("who is in charge of that", "who is in charge of begging in Saltmere?"),
        ("is it a priority there?", "is begging a priority there in Saltmere?"),
        ("how about Northmoor then", "What is Northmoor doing about begging?"),
        ("what about 2019?", "What is Saltmere doing about begging in 2019?"),
        ("graffiti too?", "What is Saltmere doing about graffiti?"),
        ("same for graffiti", "What is Saltmere doing about graffiti?"),
        ("tell me more", LOOKUP),
    ],
)
def test_what_was_asked_of_is_spoken_of(text: str, standalone: str) -> None:
    assert follow(text, LOOKUP) == standalone


def test_another_year_takes_the_place_of_the_one_before() -> None:
    asked = "What did Saltmere say about begging in 2019?"
    assert follow("and in 2022?", asked) == "What did Saltmere say about begging in 2022?"


def test_a_question_by_itself_stays_as_it_is() -> None:
    text = "Which plans mention graffiti?"
    assert follow(text, LOOKUP) == text
