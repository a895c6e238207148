"""Words that every surface shows alike: the pages, the terminal and the bots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus.models import Basis
from service.schemas import Answer, AnswerScope, TopicVerdict, Verdict


class VerdictWords(NamedTuple):
    """How a verdict is shown: by shape and by words, never by colour alone."""

    shape: str
    words: str


_WITHIN = "\0"
"""Stands for the end of a line inside a quotation: no document holds it."""

_VERDICTS = {
    Verdict.PRIORITY: VerdictWords("●", "Priority"),
    Verdict.EMERGING: VerdictWords("◐", "Emerging issue"),
    Verdict.MENTIONED: VerdictWords("○", "Mentioned"),
    Verdict.POSSIBLE: VerdictWords("?", "May mean it"),
    Verdict.RELATED: VerdictWords("≈", "Related only"),
    Verdict.NOT_MENTIONED: VerdictWords("–", "Not mentioned"),
    Verdict.UNREADABLE: VerdictWords("!", "Not read in full"),
    Verdict.NO_PLAN: VerdictWords("×", "No plan held"),
}


def verdict_words(verdict: Verdict, basis: Basis | None, *, inferred: bool = False) -> VerdictWords:
    """A verdict's shape and words; absence is claimed only of the text held.

    `inferred` where the topic is said in words that no list has.
    """
    said = _VERDICTS[verdict]
    if verdict is Verdict.NOT_MENTIONED and basis is Basis.SUMMARY:
        return said._replace(words=f"{said.words} in the summary")
    if inferred:
        return said._replace(words=f"{said.words}, in other words")
    return said


def shown_verdict(verdict: TopicVerdict) -> VerdictWords:
    """The shape and words of an answer's verdict."""
    return verdict_words(verdict.verdict, verdict.basis, inferred=verdict.inferred)


def text_lines(answer: Answer) -> list[str]:
    """The lines of an answer's text that hold words; a quotation over several lines is in one."""
    text = answer.text
    for quote in (each.quote for each in answer.citations if "\n" in each.quote):
        text = text.replace(quote, quote.replace("\n", _WITHIN))
    lines = (line.replace(_WITHIN, "\n").strip() for line in text.split("\n"))
    return [line for line in lines if line]


def plans_read(scope: AnswerScope) -> str:
    """How many plans the answer rests on: '4 of 4 plans read'."""
    noun = "plan" if scope.plans_in_scope == 1 else "plans"
    return f"{scope.plans_read} of {scope.plans_in_scope} {noun} read"


def sample_questions(areas: Sequence[str]) -> tuple[str, ...]:
    """Questions to begin with; those on an area name areas that are held."""
    general = ("Which boroughs prioritise metal theft?", "Which plans do not mention burglary?")
    first, second = areas[:1], areas[:2]
    return (
        *general,
        *(f"What does {area} say about anti-social behaviour?" for area in first),
        *(f"List {area}'s priorities" for area in second[1:]),
        *([f"Compare {' and '.join(second)} on violence"] if len(second) > 1 else []),
    )
