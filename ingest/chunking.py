"""From sections to passages: whole sentences, packed, that tile their section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.ids import passage_id
from corpus.models import Passage, Role, Sentence, Span, Standing
from ingest.blocks import Block, BlockKind
from ingest.outline import Outlined
from ingest.sentences import cut
from ingest.standings import standings

PASSAGE_CHARS = 400
"""A passage is closed where the next sentence would take it beyond this; its heading isn't counted.
About 80 words: one thought, so that a vector means one thing, and well inside 256 word pieces."""

PARAGRAPH_CHARS = 1000
"""A numbered paragraph, which people cite as a whole, stays one passage up to this length: about
what 256 word pieces hold, beyond which small embedding models don't read."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence and what a passage needs to know of its place.

    `start` and `end` are those of the sentence, but for the first and last of a block, where they
    take in the block's marks.
    """

    start: int
    end: int
    sentence: Sentence
    block: int


def passages(text: str, outlined: Outlined, area: str | None) -> list[Passage]:
    """The passages of a section, in order.

    They are disjoint and hold every character of the section that isn't white space.
    """
    section, blocks = outlined.section, outlined.blocks
    units = list(_units(text, outlined))
    return [
        Passage(
            id=passage_id(section.document_id, Span(start=group[0].start, end=group[-1].end)),
            document_id=section.document_id,
            plan_id=section.plan_id,
            section_id=section.id,
            area=area,
            path=section.path,
            role=section.role,
            page=blocks[group[0].block].page,
            start=group[0].start,
            end=group[-1].end,
            text=text[group[0].start : group[-1].end],
            sentences=tuple(unit.sentence for unit in group),
            columns=_columns(text, group, blocks),
        )
        for group in _packed(units, blocks)
    ]


def _columns(text: str, group: Sequence[_Unit], blocks: Sequence[Block]) -> tuple[str, ...]:
    """What heads the columns of the rows in a passage and stands before it."""
    rows = (blocks[place] for place in dict.fromkeys(unit.block for unit in group))
    headers = {cell.column: cell.header for row in rows for cell in row.cells if cell.header}
    before = (headers[column] for column in sorted(headers))
    return tuple(span.of(text) for span in before if span.end <= group[0].start)


def _packed(units: Sequence[_Unit], blocks: Sequence[Block]) -> Iterator[list[_Unit]]:
    group: list[_Unit] = []
    sizes = _block_sizes(units)
    for unit in units:
        if group and _begins_passage(group, unit, blocks, sizes):
            yield group
            group = []
        group.append(unit)
    if group:
        yield group


def _block_sizes(units: Sequence[_Unit]) -> dict[int, int]:
    """The length of each block in characters."""
    starts = {unit.block: unit.start for unit in reversed(units)}
    return {unit.block: unit.end - starts[unit.block] for unit in units}


def _begins_passage(
    group: Sequence[_Unit], unit: _Unit, blocks: Sequence[Block], sizes: dict[int, int]
) -> bool:
    """Whether a sentence is better the first of a new passage than the next of this one."""
    last = group[-1]
    if last.sentence.standing is Standing.HEADING and blocks[last.block].kind is BlockKind.HEADING:
        return last.end - group[0].start > PASSAGE_CHARS
    counted = [each for each in group if each.sentence.standing is not Standing.HEADING]
    start = counted[0].start if counted else unit.start
    if unit.block == last.block:
        return unit.end - start > _limit(blocks[unit.block])
    # A paragraph that would fit into a passage of its own isn't torn to fill up this one.
    before, block = blocks[last.block], blocks[unit.block]
    if _is_numbered(block) or _is_numbered(before) or _ends_list(before, block):
        return True
    return unit.start + min(sizes[unit.block], PASSAGE_CHARS) - start > PASSAGE_CHARS


def _limit(block: Block) -> int:
    return PARAGRAPH_CHARS if _is_numbered(block) else PASSAGE_CHARS


def _is_numbered(block: Block) -> bool:
    return block.number is not None and block.kind is BlockKind.PARAGRAPH


def _ends_list(before: Block, block: Block) -> bool:
    is_prose = block.kind is BlockKind.PARAGRAPH and block.level is None
    return before.kind is BlockKind.LIST_ITEM and is_prose


def _units(text: str, outlined: Outlined) -> Iterator[_Unit]:
    """The sentences of a section; the marks of a block go with its first and last sentence."""
    heading, blocks = outlined.section.heading, outlined.blocks
    is_emerging = outlined.section.role is Role.EMERGING
    stood_in = standings(text, heading, blocks, opens=outlined.opens, lists=is_emerging)
    for place, (block, stood) in enumerate(zip(blocks, stood_in, strict=True)):
        pieces = [(piece, standing) for span, standing in stood for piece in cut(text, span)]
        for at, (piece, standing) in enumerate(pieces):
            yield _Unit(
                start=piece.start if at else block.span.start,
                end=piece.end if at + 1 < len(pieces) else block.span.end,
                sentence=Sentence(start=piece.start, end=piece.end, standing=standing),
                block=place,
            )
