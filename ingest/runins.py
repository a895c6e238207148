"""Run-in headings: 'Burglary – what will be done', known by the regularity of their neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.models import Span
from corpus.words import FUNCTION_WORDS
from ingest.blocks import Block, BlockKind
from ingest.readers.lines import HEADING_CHARS, HEADING_WORDS
from ingest.vocabulary import is_bare_number

_LEAST_SIBLINGS = 2
"""So many paragraphs under one heading must follow the pattern; one alone may be a mere dash."""

_SEPARATORS = {
    "strong": re.compile(r"(?:\*\*|__)([^*_]+?)[.:]?(?:\*\*|__)[.:]?\s*(?:[-–—]\s+)?(?=\S)"),
    "dash": re.compile(r"([^–—\n\r]+?)\s+[-–—]\s+(?=\S)"),
    "colon": re.compile(r"([^:\n\r]+?):\s+(?=\S)"),
}
_CLAUSE = re.compile(
    r"[.!?;]\s|\b(?:are|is|was|were|has|have|had|will|can|could|must|should|would|include"
    r"|includes|follows)\b",
    re.IGNORECASE,
)
"""What a clause has and a heading lacks: a finite verb or the end of a sentence."""
_REST = re.compile(r"[\s:–—-]+")
_SECOND_DASH = re.compile(r"[^.!?;:]*?\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class RunIn:
    """A heading that opens a block: its words, and the kind of separator after them."""

    words: Span
    kind: str


def run_ins(text: str, blocks: Sequence[Block]) -> dict[int, RunIn]:
    """The run-in headings of the paragraphs under one heading, by place among `blocks`.

    Only the separator that most paragraphs share counts, and only from two of them on.
    """
    found = {
        place: run_in
        for place, block in enumerate(blocks)
        if block.kind is BlockKind.PARAGRAPH and block.level is None and not block.number
        if (run_in := run_in_of(text, block.words)) is not None
    }
    kinds = Counter(run_in.kind for run_in in found.values()).most_common(1)
    if not kinds or kinds[0][1] < _LEAST_SIBLINGS:
        return {}
    return {place: run_in for place, run_in in found.items() if run_in.kind == kinds[0][0]}


def run_in_of(text: str, words: Span) -> RunIn | None:
    """The heading part of one block before a dash or a colon; None if it reads as a clause."""
    # The separator stands within a heading's length, the end of a parenthesis soon after it.
    opening = text[words.start : min(words.end, words.start + 5 * HEADING_CHARS)]
    for kind, separator in _SEPARATORS.items():
        found = separator.match(opening[: 2 * HEADING_CHARS])
        if found and _is_heading(found.group(1), opening[found.end() :], kind):
            start = words.start + found.start(1)
            end = _after_label(text, Span(start=start, end=words.start + found.end(1)), words)
            return RunIn(Span(start=start, end=end), kind)
    return None


def _after_label(text: str, head: Span, words: Span) -> int:
    """Where the heading ends: after 'Priority 1 –' the title itself is still to come."""
    if not is_bare_number(head.of(text)):
        return head.end
    rest = _REST.match(text, head.end)
    inner = run_in_of(text, Span(start=rest.end(), end=words.end)) if rest else None
    return inner.words.end if inner else head.end


def _is_heading(head: str, rest: str, kind: str) -> bool:
    if len(head) > HEADING_CHARS or len(head.split()) > HEADING_WORDS or _CLAUSE.search(head):
        return False
    if not (head[:1].isupper() or head[:1].isdigit() or head[:1] in "“‘\"'(") or not rest:
        return False
    return kind != "dash" or not _is_aside(head, rest)


def _is_aside(head: str, rest: str) -> bool:
    """Whether the dash opens an aside, as in 'The partnership – which meets monthly – agreed'."""
    opens_clause = head.split(maxsplit=1)[0].casefold() in FUNCTION_WORDS
    return opens_clause and _SECOND_DASH.match(rest) is not None
