"""Run-in headings: 'Burglary – what will be done', known by the regularity of their neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.models import Span
from corpus.words import FUNCTION_WORDS
from ingest.blocks import Block, BlockKind
from ingest.readers.lines import HEADING_CHARS, HEADING_WORDS
from ingest.vocabulary import heading_sense, is_bare_number

_LEAST_SIBLINGS = 2
"""So many paragraphs under one heading must follow the pattern; one alone may be a mere dash."""

_TELLING_WORDS = 5
"""A known heading with more words around it is a clause about it."""

_SEPARATORS = {
    "strong": re.compile(r"(?:\*\*|__)([^*_]+?)[.:]?(?:\*\*|__)[.:]?\s*(?:[-–—]\s+)?(?=\S)"),
    "dash": re.compile(r"([^–—\n\r]+?)\s+[-–—]\s+(?=\S)"),
    "colon": re.compile(r"([^:\n\r]+?):\s+(?=\S)"),
}
_SAID = re.compile(
    r"((?:our|the(?: \w+(?:['’]s?)?){0,4}?) (?:vision|mission|ambition)"
    r"(?: for \w+(?: \w+)?)?)\s+is\s",
    re.IGNORECASE,
)
"""A vision that is told in a sentence: 'Our vision for Stockton is …'."""
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
    """A heading that opens a block: its words, and the kind of separator after them.

    `regular` is whether its siblings share the pattern; one that stands alone heads its own block
    and not those after it.
    """

    words: Span
    kind: str
    regular: bool = False


def run_ins(text: str, blocks: Sequence[Block]) -> dict[int, RunIn]:
    """The run-in headings of the paragraphs under one heading, by place among `blocks`.

    Only the separator that most paragraphs share counts, and only from two of them on; but words
    that are known headings ('Vision:', 'Emerging issues –') need no siblings.
    """
    found = _found(text, blocks)
    regular = _regular_kind(found)
    return {
        place: replace(run_in, regular=run_in.kind == regular)
        for place, run_in in found.items()
        if run_in.kind == regular or _is_telling(run_in.words.of(text))
    }


def has_run_ins(text: str, blocks: Sequence[Block]) -> bool:
    """Whether paragraphs under one heading share the pattern of run-in headings."""
    return _regular_kind(_found(text, blocks)) is not None


def telling_run_ins(text: str, blocks: Sequence[Block]) -> dict[int, RunIn]:
    """Only those run-in headings whose words are known, as between the lines of a title."""
    found = _found(text, blocks)
    return {at: run_in for at, run_in in found.items() if _is_telling(run_in.words.of(text))}


def _found(text: str, blocks: Sequence[Block]) -> dict[int, RunIn]:
    return {
        place: run_in
        for place, block in enumerate(blocks)
        if block.kind is BlockKind.PARAGRAPH and block.level is None and not block.number
        if (run_in := run_in_of(text, block.words) or _said(text, block.words)) is not None
    }


def _said(text: str, words: Span) -> RunIn | None:
    """A vision that opens a block, as what a heading would say."""
    found = _SAID.match(text, words.start, words.end)
    return RunIn(Span(start=words.start, end=found.end(1)), "said") if found else None


def _regular_kind(found: Mapping[int, RunIn]) -> str | None:
    kinds = Counter(each.kind for each in found.values() if each.kind != "said").most_common(1)
    return kinds[0][0] if kinds and kinds[0][1] >= _LEAST_SIBLINGS else None


def _is_telling(head: str) -> bool:
    """Whether the words are a heading that plans have, and not of a list, which needs items."""
    sense = heading_sense(head)
    return len(head.split()) <= _TELLING_WORDS and not sense.excluded and sense.tells


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
    rest = _REST.match(text, head.end, words.end)
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
