"""Joins what a page break in the source tore apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from corpus.models import Span
from ingest.blocks import Block, BlockKind
from ingest.readers.lines import ends_sentence

_PROSE_CHARS = 40
"""From this length on a block is prose, which can be torn, and no label."""


def mend(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with torn ones joined into one, whose span then runs over the gap."""
    mended: list[Block] = []
    for is_heading, group in groupby(blocks, key=lambda block: block.kind is BlockKind.HEADING):
        run = list(group)
        mended.extend(run if is_heading else _mended_run(text, run))
    return mended


def _mended_run(text: str, run: Sequence[Block]) -> list[Block]:
    """Blocks under one heading, mended; the habit of their kind tells if a stop is missing."""
    stopped = _stopped_kinds(text, run)
    mended = [run[0]]
    for block in run[1:]:
        if _goes_on(text, mended[-1], block, stopped):
            mended[-1] = _joined(mended[-1], block)
        else:
            mended.append(block)
    return mended


def _stopped_kinds(text: str, run: Sequence[Block]) -> frozenset[BlockKind]:
    """The kinds of block that mostly end with a stop, judged by at least one other block."""
    total = Counter(block.kind for block in run)
    ended = Counter(block.kind for block in run if _has_stop(text, block))
    return frozenset(kind for kind in ended if 2 * ended[kind] >= total[kind])


def _goes_on(text: str, before: Block, block: Block, stopped: frozenset[BlockKind]) -> bool:
    """Whether `block` is the rest of `before`, which lacks its end."""
    # A number or a bullet begins something new, whatever the block before lacks.
    if block.kind is not BlockKind.PARAGRAPH or block.number or not _is_prose(before):
        return False
    if _has_stop(text, before) or block.indent < before.indent:
        return False
    goes_on_small = text[block.words.start].islower()
    return goes_on_small or (before.kind in stopped and _is_prose(block) and _has_stop(text, block))


def _is_prose(block: Block) -> bool:
    return block.words.end - block.words.start >= _PROSE_CHARS


def _has_stop(text: str, block: Block) -> bool:
    return ends_sentence(text[max(block.words.start, block.words.end - 10) : block.words.end])


def _joined(before: Block, block: Block) -> Block:
    return replace(
        before,
        span=Span(start=before.span.start, end=block.span.end),
        words=Span(start=before.words.start, end=block.words.end),
    )
