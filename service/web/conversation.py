"""A conversation on the page: the turns before a question, from the answer that it follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from service.archive import Given
from service.queries import AskBody
from service.schemas import MAX_HISTORY, MAX_TURN, Answer, Filters, Turn


class Earlier(NamedTuple):
    """A question that was asked before and the words of its answer; `answer_id` where it's kept."""

    question: str
    text: str
    answer_id: str | None


def followed(before: Given, answer: Answer, question: str, filters: Filters) -> AskBody:
    """A question after an answer, with the conversation that led to it."""
    turns = (
        *before.asked.history,
        Turn(role="user", text=answer.question),
        Turn(role="assistant", text=answer.text[:MAX_TURN]),
    )
    return AskBody(question=question, history=turns[-MAX_HISTORY:], filters=filters)


def ids_after(before: Given, answer: Answer) -> tuple[str, ...]:
    """The ids of the answers that a question follows."""
    return (*before.earlier, answer.id)[-MAX_HISTORY // 2 :]


def turns(given: Given) -> list[Earlier]:
    """What was said before an answer, oldest first."""
    pairs = list(_pairs(given.asked.history))
    ids = (*[None] * len(pairs), *given.earlier)[-len(pairs) :] if pairs else ()
    return [
        Earlier(question, text, answer_id)
        for (question, text), answer_id in zip(pairs, ids, strict=True)
    ]


def _pairs(history: tuple[Turn, ...]) -> Iterator[tuple[str, str]]:
    """Each question with what was answered; either may be missing in what a program sent."""
    question = ""
    for turn in history:
        if turn.role == "user":
            if question:
                yield question, ""
            question = turn.text
        else:
            yield question, turn.text
            question = ""
    if question:
        yield question, ""
