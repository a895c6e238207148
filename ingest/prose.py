"""Sections that sentences make: those that name priorities in running words, or count them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.models import Role, Span
from ingest.blocks import Block
from ingest.drafts import Draft
from ingest.headings import title_of
from ingest.naming import Names
from ingest.ranked import Counted
from ingest.restating import sums_up
from ingest.stated import Stated


def named_in(text: str, draft: Draft, found: Stated, held: Names) -> Iterator[Draft]:
    """A draft with the sentence that names priorities as a section of its own."""
    if held and not sums_up(found.names, held):
        yield draft
        return
    place = draft.head + found.place
    before, blocks = _parted(text, draft.blocks[place], found.sentence.start)
    if place or before:
        yield replace(draft, blocks=(*draft.blocks[:place], *before))
    sentence = Draft(
        title=title_of(found.sentence.of(text)).rstrip(" ."),
        heading=None,
        blocks=blocks,
        depth=draft.depth_within,
        role=Role.PRIORITY_PART if held else Role.PRIORITY,
        names=found.names,
        restates=bool(held),
    )
    yield sentence
    if rest := draft.blocks[place + 1 :]:
        yield Draft(title=None, heading=None, blocks=rest, depth=draft.depth_within)


def counted_apart(text: str, draft: Draft, counted: Sequence[Counted]) -> Iterator[Draft]:
    """A draft with each sentence that counts a priority, and what follows it, as a section."""
    starts = [found.sentence.start for found in counted]
    before, *parts = _divided(text, draft.blocks, starts)
    if before:
        yield replace(draft, blocks=before)
    for found, blocks in zip(counted, parts, strict=True):
        title = title_of(found.sentence.of(text)).rstrip(" .")
        yield Draft(
            title=title,
            heading=None,
            blocks=blocks,
            depth=draft.depth_within,
            role=Role.PRIORITY,
            names=(title,),
        )


def _divided(
    text: str, blocks: Sequence[Block], starts: Sequence[int]
) -> Iterator[tuple[Block, ...]]:
    """The blocks before the first of some offsets, and those from each of them on."""
    rest = tuple(blocks)
    for start in starts:
        at = next(place for place, block in enumerate(rest) if start < block.words.end)
        before, after = _parted(text, rest[at], start)
        yield (*rest[:at], *before)
        rest = (*after, *rest[at + 1 :])
    yield rest


def _parted(text: str, block: Block, at: int) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """A block as what stands before an offset, if anything, and what stands from there on."""
    if at <= block.words.start:
        return (), (block,)
    end = block.words.start + len(text[block.words.start : at].rstrip())
    before = replace(
        block,
        span=Span(start=block.span.start, end=end),
        words=Span(start=block.words.start, end=end),
    )
    after = replace(
        block,
        span=Span(start=at, end=block.span.end),
        words=Span(start=at, end=block.words.end),
        number=None,
    )
    return (before,), (after,)
