"""Whether an answer is right, and why not: pure functions over an outcome and its question.

An `Outcome` is what the scorer needs of an answer, so that baselines, which give no answers, go
through the same scorer. A citation is evidence where an `[n]` in the text or a verdict uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from service.answering.citing import cited_in
from service.evaluation.questions import Golden
from service.schemas import MAX_QUOTE, Answer, Citation

BY_AREA = frozenset({"set", "count", "compare"})
"""Types of question whose every area needs a quotation of its own."""


class Evidence(NamedTuple):
    """One evidence citation; `verdict_areas` are those whose verdict it carries."""

    quote: str
    area: str | None
    verdict_areas: frozenset[str] = frozenset()


class Outcome(NamedTuple):
    """What was answered; `claimed` tells whether the text itself cites anything."""

    answerable: bool
    areas: frozenset[str]
    claimed: bool
    evidence: tuple[Evidence, ...]
    bad_offsets: int = 0
    oversize: int = 0


class Fault(StrEnum):
    """Why an answer is wrong."""

    MISSING_AREA = "an area is missing"
    FORBIDDEN_AREA = "an area is there that must not be"
    MISSING_QUOTE = "a quotation is missing"
    NOT_ANSWERED = "not answered, though the plans answer it"
    CLAIMED = "answered, though the plans don't answer it"
    BAD_OFFSETS = "a citation is not what stands in the source"
    OVERSIZE = f"a quotation is over {MAX_QUOTE} characters"


class Score(NamedTuple):
    """How one question went. Precision counts evidence citations, recall what must be quoted."""

    question: Golden
    faults: tuple[Fault, ...]
    evidence: int
    good_evidence: int
    needed: int
    found: int
    abstained: bool
    bad_offsets: int
    oversize: int

    @property
    def right(self) -> bool:
        """Whether nothing is wrong with the answer."""
        return not self.faults


def outcome_of(answer: Answer, text_of: Callable[[str], str | None]) -> Outcome:
    """What the scorer needs of an answer; `text_of` gives canonical texts by document id."""
    in_text = cited_in(answer.text)
    carried = {
        n: frozenset(each.area for each in answer.verdicts if n in each.citations)
        for n in {n for verdict in answer.verdicts for n in verdict.citations}
    }
    return Outcome(
        answerable=answer.answerable,
        areas=frozenset(answer.areas),
        claimed=bool(in_text),
        evidence=tuple(
            Evidence(citation.quote, citation.area, carried.get(citation.n, frozenset()))
            for citation in answer.citations
            if citation.n in in_text or citation.n in carried
        ),
        bad_offsets=sum(not _stands(citation, text_of) for citation in answer.citations),
        oversize=sum(len(citation.quote) > MAX_QUOTE for citation in answer.citations),
    )


def _stands(citation: Citation, text_of: Callable[[str], str | None]) -> bool:
    text = text_of(citation.document_id)
    return text is not None and text[citation.start : citation.end] == citation.quote


def score(question: Golden, outcome: Outcome) -> Score:
    """How one outcome measures up to its question."""
    needed, found = _quotations(question, outcome)
    return Score(
        question=question,
        faults=tuple(_faults(question, outcome, complete=found == needed)),
        evidence=len(outcome.evidence),
        good_evidence=sum(_is_good(each, question, outcome) for each in outcome.evidence),
        needed=needed,
        found=found,
        abstained=not outcome.answerable,
        bad_offsets=outcome.bad_offsets,
        oversize=outcome.oversize,
    )


def _faults(question: Golden, outcome: Outcome, *, complete: bool) -> Iterable[Fault]:
    if not question.answerable:
        if outcome.answerable or outcome.areas or outcome.claimed:
            yield Fault.CLAIMED
    else:
        yield from _faults_of_content(question, outcome, complete=complete)
    if outcome.bad_offsets:
        yield Fault.BAD_OFFSETS
    if outcome.oversize:
        yield Fault.OVERSIZE


def _faults_of_content(question: Golden, outcome: Outcome, *, complete: bool) -> Iterable[Fault]:
    if not outcome.answerable:
        yield Fault.NOT_ANSWERED
    if not question.boroughs <= outcome.areas:
        yield Fault.MISSING_AREA
    if question.forbidden & outcome.areas:
        yield Fault.FORBIDDEN_AREA
    if not complete:
        yield Fault.MISSING_QUOTE


def _quotations(question: Golden, outcome: Outcome) -> tuple[int, int]:
    """How many quotations the question's rule asks for, and how many of these are there."""
    if not question.must_quote:
        return 0, 0
    if question.type in BY_AREA:
        return len(question.boroughs), sum(
            any(each.area == area and _holds_one(each, question) for each in outcome.evidence)
            for area in question.boroughs
        )
    if question.type == "list":
        quoted = [folded(each.quote) for each in outcome.evidence]
        return len(question.must_quote), sum(
            any(folded(words) in quote for quote in quoted) for words in question.must_quote
        )
    return 1, int(any(_holds_one(each, question) for each in outcome.evidence))


def _is_good(evidence: Evidence, question: Golden, outcome: Outcome) -> bool:
    """Whether a citation holds one of the strings, or carries a verdict that is right."""
    return _holds_one(evidence, question) or any(
        _verdict_is_right(area, question, outcome) for area in evidence.verdict_areas
    )


def _verdict_is_right(area: str, question: Golden, outcome: Outcome) -> bool:
    """Whether what was made of an area's verdict is right; of an area left open, either is."""
    if area in outcome.areas:
        return area not in question.forbidden
    return area not in question.boroughs


def _holds_one(evidence: Evidence, question: Golden) -> bool:
    quote = folded(evidence.quote)
    return any(folded(words) in quote for words in question.must_quote)


def folded(text: str) -> str:
    """A text with every run of white space as one space."""
    return " ".join(text.split())
