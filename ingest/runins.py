"""Run-in headings: 'Burglary – what will be done', known by the regularity of their neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.models import Role, Span
from corpus.words import FUNCTION_WORDS
from ingest.blocks import Block, BlockKind
from ingest.readers.lines import HEADING_CHARS, HEADING_WORDS, looks_like_heading
from ingest.sentences import sentences
from ingest.vocabulary import heading_sense, is_bare_number

_LEAST_SIBLINGS = 2
"""So many paragraphs under one heading must follow the pattern; one alone may be a mere dash."""
_LEAST_STOPPED, _SHARE_STOPPED = 3, 0.75
"""A first sentence is a heading only where so many, and such a share, have the like: any may be
short."""
_STOPPED_WORDS = 6
"""The longest such heading without a mark such as 'D1.'"""

_TELLING_WORDS = 5
"""A known heading with more words around it is a clause about it."""

_SEPARATORS = {
    "strong": re.compile(r"(?:\*\*|__)([^*_]+?)[.:]?(?:\*\*|__)[.:]?\s*(?:[-–—]\s+)?(?=\S)"),
    "label": re.compile(r"((?:[A-Z][A-Za-z]+ ){1,3}\w{1,5})\.\s+(?=[^\W\d_a-z]|[“\"'‘])"),
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
_STOPPED = re.compile(
    r"(?P<mark>(?:[A-Z]{1,2}\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s+)?[^.!?\n]{2,100}\.\s+\S"
)
_SAYS = re.compile(
    r"\b(?:we|i|you|it|they|there|this|these|that|do|does|did|fell|rose|grew|went|came|made|met"
    r"|took|said|asked|needs?|wants?|matters?|remains?|continues?)\b",
    re.IGNORECASE,
)
"""What a short sentence has, and a heading with a stop lacks, besides what a clause has."""
_REST = re.compile(r"[\s.:–—-]+")
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
    regular = _regular_kind(found, blocks)
    return {
        place: replace(run_in, regular=run_in.kind == regular)
        for place, run_in in found.items()
        if run_in.kind == regular or _is_telling(run_in.words.of(text))
    }


def has_run_ins(text: str, blocks: Sequence[Block]) -> bool:
    """Whether paragraphs under one heading share the pattern of run-in headings."""
    return _regular_kind(_found(text, blocks), blocks) is not None


def telling_run_ins(text: str, blocks: Sequence[Block]) -> dict[int, RunIn]:
    """Only those run-in headings whose words are known, as between the lines of a title."""
    found = _found(text, blocks)
    return {at: run_in for at, run_in in found.items() if _is_telling(run_in.words.of(text))}


def _found(text: str, blocks: Sequence[Block]) -> dict[int, RunIn]:
    return {
        place: run_in
        for place, block in enumerate(blocks)
        if block.kind is BlockKind.PARAGRAPH and block.level is None
        if (run_in := _run_in(text, block)) is not None
    }


def _run_in(text: str, block: Block) -> RunIn | None:
    # The dash and the colon of a numbered paragraph are mostly those of its sentence.
    open_forms = None if block.number else run_in_of(text, block.words) or _said(text, block.words)
    return open_forms or _stopped(text, block.words)


def _said(text: str, words: Span) -> RunIn | None:
    """A vision that opens a block, as what a heading would say."""
    found = _SAID.match(text, words.start, words.end)
    return RunIn(Span(start=words.start, end=found.end(1)), "said") if found else None


def _stopped(text: str, words: Span) -> RunIn | None:
    """A first sentence that is no more than a heading: 'Hate crime. There were 70'."""
    opening = Span(start=words.start, end=min(words.end, words.start + 3 * HEADING_CHARS))
    found = _STOPPED.match(text, opening.start, opening.end)
    if found is None:
        return None
    start = max(found.end("mark"), opening.start)
    first = Span(start=start, end=max(start, sentences(text, opening)[0].end))
    head, rest = first.of(text).rstrip("."), text[first.end : opening.end].strip()
    is_marked = found["mark"] is not None and found["mark"][0].isalpha()
    is_short = is_marked or len(head.split()) <= _STOPPED_WORDS
    if not is_short or _SAYS.search(head) or not _is_heading(head, rest, "stop"):
        return None
    return RunIn(Span(start=start, end=start + len(head)), "stop")


def _regular_kind(found: Mapping[int, RunIn], blocks: Sequence[Block]) -> str | None:
    """The pattern that most paragraphs share; that of a stop only if nearly all do."""
    kinds = Counter(each.kind for each in found.values() if each.kind != "said")
    paragraphs = sum(block.kind is BlockKind.PARAGRAPH for block in blocks)
    if kinds["stop"] < max(_LEAST_STOPPED, _SHARE_STOPPED * paragraphs):
        del kinds["stop"]
    most = kinds.most_common(1)
    return most[0][0] if most and most[0][1] >= _LEAST_SIBLINGS else None


def _is_telling(head: str) -> bool:
    """Whether the words are a heading that plans have, and not of a list, which needs items."""
    sense = heading_sense(head)
    # 'Priority four, harm behind closed doors' is told by its number, however long.
    is_known = sense.role is Role.PRIORITY or len(head.split()) <= _TELLING_WORDS
    return is_known and not sense.excluded and sense.tells


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
    if rest is None or rest.end() == words.end:
        return head.end
    title = Span(start=rest.end(), end=words.end)
    inner = run_in_of(text, title)
    if inner:
        return inner.words.end
    first = sentences(text, title)[0].of(text).rstrip(" .")
    # After 'Priority 1' stands a title, be it a clause: 'Pledge 1. We will cut crime'.
    is_title = looks_like_heading(f"{head.of(text)}: {first}")
    return title.start + len(first) if is_title else head.end


def _is_heading(head: str, rest: str, kind: str) -> bool:
    if kind == "label":
        return is_bare_number(head)
    if len(head) > HEADING_CHARS or len(head.split()) > HEADING_WORDS or _CLAUSE.search(head):
        return False
    first = head[:1]
    if not (head and rest) or not (first.isupper() or first.isdigit() or first in "“‘\"'("):
        return False
    return kind != "dash" or not _is_aside(head, rest)


def _is_aside(head: str, rest: str) -> bool:
    """Whether the dash opens an aside, as in 'The partnership – which meets monthly – agreed'."""
    opens_clause = head.split(maxsplit=1)[0].casefold() in FUNCTION_WORDS
    return opens_clause and _SECOND_DASH.match(rest) is not None
