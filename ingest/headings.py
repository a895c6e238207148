"""Headings of a stretch of text, with what they say, how they look and what follows them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.models import Period, Role, Span
from corpus.words import fold
from ingest.blocks import Block, BlockKind, ReadFile
from ingest.ranked import LEAST_COUNTED, opens_by_counting
from ingest.readers.lines import is_capitals
from ingest.runins import has_run_ins
from ingest.vocabulary import HeadingSense, heading_sense, is_bare_number, names_office

_TITLE_CHARS = 200
"""Longer headings are cut in paths (never in the text): a path stands beside every passage."""

_EMPHASIS = re.compile(r"(\*\*|__|\*|_|`)(?=\S)([^*_`]+)\1")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of `size` blocks from `place` on; two where a label and its title stand apart.

    `start` is its offset in the text. `style` is what tells its level: ('explicit', n), ('number',
    depth), ('capitals', 0) or ('line', 0). `repeated` is whether another heading of the stretch has
    the same words; `bare` whether the next heading follows at once; `listing` whether items or
    run-in headings stand under it.
    """

    place: int
    size: int
    start: int
    title: str
    style: tuple[str, int]
    sense: HeadingSense
    repeated: bool
    bare: bool
    listing: bool

    @property
    def lists(self) -> bool:
        """Whether priorities may stand under it."""
        return self.sense.role is Role.PRIORITY_LIST or self.sense.emerging

    @property
    def numbered(self) -> bool:
        """Whether it numbers a priority."""
        return self.sense.role is Role.PRIORITY


def title_of(words: str) -> str:
    """Heading text for paths: white space folded, no emphasis marks, no invisible characters."""
    clipped = words[: 2 * _TITLE_CHARS]
    visible = "".join(c for c in clipped if c.isspace() or unicodedata.category(c)[0] != "C")
    folded = " ".join(_EMPHASIS.sub(r"\2", visible).split())
    return folded if len(folded) <= _TITLE_CHARS else folded[: _TITLE_CHARS - 1].rstrip() + "…"


def words_at(file: ReadFile, place: int) -> str:
    """The words of the block at `place` as a heading would show them."""
    return title_of(file.blocks[place].words.of(file.text))


def headings_in(
    text: str, blocks: Sequence[Block], period: Period | None, plan: str
) -> list[Heading]:
    """The headings among `blocks`, which are one plan's or lie outside the plans.

    `period` and `plan`, its title, tell what is the plan's own from what is others'.
    """
    return _with_counted(text, blocks, _found(text, blocks, period, plan))


def _found(text: str, blocks: Sequence[Block], period: Period | None, plan: str) -> list[Heading]:
    sizes = dict(_places(text, blocks))
    places = list(sizes)
    titles = [title_of(_heading_span(blocks, *each).of(text)) for each in sizes.items()]
    counts = Counter(map(fold, titles))
    styles = _styles([blocks[place] for place in places], titles)
    return [
        Heading(
            place=place,
            size=sizes[place],
            start=blocks[place].span.start,
            title=title,
            style=style,
            sense=_signed(heading_sense(title, period, plan), following),
            repeated=counts[fold(title)] > 1,
            bare=end == place + sizes[place] and end < len(blocks),
            listing=_lists_something(text, blocks[place + sizes[place] : end]),
        )
        for (place, end), (title, following), style in zip(
            pairwise([*places, len(blocks)]), pairwise([*titles, ""]), styles, strict=True
        )
    ]


def _with_counted(text: str, blocks: Sequence[Block], headings: Sequence[Heading]) -> list[Heading]:
    """The headings, those of priorities where the text below says so: 'Our first priority is …'."""
    ends = pairwise([*(heading.place for heading in headings), len(blocks)])
    places = {
        heading.place
        for heading, (_, end) in zip(headings, ends, strict=True)
        if _may_be_counted(heading.sense)
        and opens_by_counting(text, blocks[heading.place + heading.size : end])
    }
    if len(places) < LEAST_COUNTED:
        return list(headings)
    return [
        replace(heading, sense=heading.sense._replace(role=Role.PRIORITY))
        if heading.place in places
        else heading
        for heading in headings
    ]


def _may_be_counted(sense: HeadingSense) -> bool:
    return sense.role is Role.OTHER and not sense.tells_other


def _signed(sense: HeadingSense, following: str) -> HeadingSense:
    """What a heading says; a name above 'Chair of the Partnership' is a signature."""
    return sense._replace(apart=True) if names_office(following) else sense


def _places(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Place and size of each heading: 'Priority 1' and the title right below it are one."""
    after = 0
    for place, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING or place < after:
            continue
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        is_label = is_bare_number(block.words.of(text))
        size = 2 if is_label and following and _names(text, following, block) else 1
        after = place + size
        yield place, size


def _names(text: str, block: Block, label: Block) -> bool:
    """Whether a block below a label is the title that it lacks, and not a priority of its own."""
    is_like = block.kind is BlockKind.HEADING and block.level == label.level
    return is_like and heading_sense(block.words.of(text)).role is Role.OTHER


def _heading_span(blocks: Sequence[Block], place: int, size: int) -> Span:
    return Span(start=blocks[place].words.start, end=blocks[place + size - 1].words.end)


def _lists_something(text: str, body: Sequence[Block]) -> bool:
    return any(b.kind is BlockKind.LIST_ITEM for b in body) or has_run_ins(text, body)


def _styles(blocks: Sequence[Block], titles: Sequence[str]) -> list[tuple[str, int]]:
    # Converters often make every heading a level 1: then the level says nothing.
    explicit = {block.level for block in blocks if block.level is not None}
    return [
        _style(block, title, levelled=len(explicit) > 1)
        for block, title in zip(blocks, titles, strict=True)
    ]


def _style(block: Block, title: str, *, levelled: bool) -> tuple[str, int]:
    """Levels that are all the same tell nothing, so the headings are then taken by their look."""
    if block.level is not None and levelled:
        return "explicit", block.level
    if block.number:
        return "number", block.number.count(".") + 1
    return ("capitals", 0) if is_capitals(title) else ("line", 0)
