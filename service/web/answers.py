"""An answer laid out for a page: pure functions from the contract's values to rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from service.answering.citing import cited_in
from service.messages import VerdictWords, verdict_words
from service.schemas import Answer, Citation, TopicVerdict

_MARKER = re.compile(r"\[(\d+)\]")


class Row(NamedTuple):
    """One plan's line of the board."""

    verdict: TopicVerdict
    shown: VerdictWords
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]


def rows(answer: Answer) -> list[Row]:
    """The board, in the answer's own order."""
    by_number = {citation.n: citation for citation in answer.citations}
    return [
        Row(
            verdict,
            verdict_words(verdict.verdict, verdict.basis),
            _numbered(verdict.citations, by_number),
            _numbered(verdict.nearest, by_number),
        )
        for verdict in answer.verdicts
    ]


def _numbered(numbers: Iterable[int], by_number: dict[int, Citation]) -> tuple[Citation, ...]:
    return tuple(by_number[number] for number in numbers)


def beside_the_board(answer: Answer) -> list[Citation]:
    """The citations that no line of the board shows."""
    shown = {n for verdict in answer.verdicts for n in (*verdict.citations, *verdict.nearest)}
    return [citation for citation in answer.citations if citation.n not in shown]


def lines(answer: Answer) -> list[Markup]:
    """The answer's text by line, escaped, its `[n]` leading to the citations on the page."""
    known = cited_in(answer.text)
    return [_linked(line, known) for line in answer.text.splitlines() if line.strip()]


def _linked(line: str, known: frozenset[int]) -> Markup:
    # Split at a group: texts stand at even places, numbers at odd ones.
    return Markup("").join(
        _link(int(part), known) if place % 2 else part
        for place, part in enumerate(_MARKER.split(line))
    )


def _link(number: int, known: frozenset[int]) -> str | Markup:
    if number not in known:
        return f"[{number}]"
    return Markup('<a href="#citation-{0}">[{0}]</a>').format(number)
