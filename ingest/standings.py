"""Where each sentence of a section stands: in its heading, its opening or its body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto

from corpus.models import Span, Standing
from ingest.blocks import Block, BlockKind
from ingest.sentences import MAX_SENTENCE_CHARS, sentences
from ingest.vocabulary import tells_particular

Stood = list[tuple[Span, Standing]]

STOP_CHARS = 3
"""A final stop and closing quotation or emphasis marks after a heading."""


class _Phase(Enum):
    """How far a section has been read."""

    BEFORE = auto()
    LIST = auto()
    AFTER = auto()


def standings(
    text: str, heading: Span | None, blocks: Sequence[Block], *, opens: bool = True
) -> Iterator[Stood]:
    """The sentences of each block of a section, with their standing.

    The opening is the first sentence that is more than the heading; where it introduces a list, or
    the section begins with one, the first sentence of each item too. A section that doesn't open
    its subject has none.
    """
    phase = _Phase.BEFORE if opens else _Phase.AFTER
    for place, block in enumerate(blocks):
        if block.header:
            # What heads the columns says nothing of the section yet.
            yield [(span, Standing.BODY) for span in sentences_of(text, block)]
            continue
        if heading is not None and _heads_row(heading, block):
            # The other cells of a priority's row say who leads and what is done.
            rest = Span(start=heading.end, end=block.words.end)
            yield [(Span(start=block.words.start, end=heading.end), Standing.HEADING)] + [
                (span, Standing.BODY) for span in sentences(text, rest)
            ]
            phase = _Phase.AFTER
            continue
        if phase is _Phase.BEFORE and tells_particular(block.words.of(text)):
            yield [(span, Standing.BODY) for span in sentences_of(text, block)]
            continue
        spans = sentences_of(text, block)
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        stood = _in_block(spans, heading, block, phase)
        yield stood
        phase = _next_phase(phase, stood, following)


def sentences_of(text: str, block: Block) -> list[Span]:
    """The sentences of a block. A row is quoted whole where it may be: a cell alone says little."""
    words = block.words
    if block.kind is not BlockKind.TABLE_ROW:
        return sentences(text, words)
    if words.end - words.start <= MAX_SENTENCE_CHARS:
        return [words]
    return [span for cell in block.cells for span in sentences(text, cell.span)]


def _heads_row(heading: Span, block: Block) -> bool:
    is_inside = block.words.start <= heading.start < heading.end < block.words.end
    return is_inside and block.kind is BlockKind.TABLE_ROW


def _in_block(spans: Sequence[Span], heading: Span | None, block: Block, phase: _Phase) -> Stood:
    if block.kind is BlockKind.HEADING or block.words == heading:
        return [(span, Standing.HEADING) for span in spans]
    if phase is _Phase.AFTER:
        return [(span, Standing.BODY) for span in spans]
    headings = sum(_is_heading(span, heading) for span in spans[:1])
    ranks = [Standing.HEADING] * headings + [Standing.OPENING]
    ranks += [Standing.BODY] * len(spans)
    return list(zip(spans, ranks, strict=False))


def _is_heading(sentence: Span, heading: Span | None) -> bool:
    """Whether a sentence is the heading itself, but for its number and final stop."""
    if heading is None or not sentence.start <= heading.start < sentence.end:
        return False
    return sentence.end - heading.end <= STOP_CHARS


def _next_phase(phase: _Phase, stood: Stood, following: Block | None) -> _Phase:
    """What the next block is to the opening, once this block has been read."""
    has_opening = any(standing is Standing.OPENING for _, standing in stood)
    if phase is _Phase.AFTER or (phase is _Phase.BEFORE and not has_opening):
        return phase
    ends_with_it = phase is _Phase.LIST or stood[-1][1] is Standing.OPENING
    is_item = following is not None and following.kind is BlockKind.LIST_ITEM
    return _Phase.LIST if ends_with_it and is_item else _Phase.AFTER
