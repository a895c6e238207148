"""Where each sentence of a section stands: in its heading, its opening or its body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import takewhile

from corpus.models import Span, Standing
from ingest.blocks import Block, BlockKind
from ingest.sentences import MAX_SENTENCE_CHARS, sentences
from ingest.vocabulary import announces_aim, counts_on, tells_particular

Stood = list[tuple[Span, Standing]]

STOP_CHARS = 3
"""A final stop and closing quotation or emphasis marks after a heading."""


_LEADS_IN = re.compile(r"\b(?:following|below|these)\b", re.IGNORECASE)
"""What a sentence that ends in a stop says where it introduces the list after it."""


_LABEL = re.compile(r"(\*\*|__|\*|_)[^*_]{2,40}\1[.:]?")


class _Phase(Enum):
    """How far a section has been read."""

    BEFORE = auto()
    LIST = auto()
    AFTER = auto()


def standings(
    text: str,
    heading: Span | None,
    blocks: Sequence[Block],
    *,
    opens: bool = True,
    lists: bool = False,
) -> Iterator[Stood]:
    """The sentences of each block of a section, with their standing.

    The opening is the first sentence that is more than the heading; where it introduces a list, or
    the section begins with one, the first sentence of each item too. A line such as 'Outcome: …'
    doesn't take the place of the sentence after it. A section that doesn't open its subject has
    none. Where one `lists` its subjects in prose, as those on emerging issues do, each paragraph
    opens one, and so does a sentence such as 'The second is …'.
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
        stood = _in_block(text, spans, heading, block, phase)
        if lists and opens:
            stood = list(_each_opening(text, stood, block))
        yield stood
        if not _goes_before(text, block, following, phase):
            phase = _next_phase(text, phase, stood, following)


def _each_opening(text: str, stood: Stood, block: Block) -> Iterator[tuple[Span, Standing]]:
    """The sentences of a block, the first and those that count on as openings."""
    is_prose = block.kind is BlockKind.PARAGRAPH and block.level is None
    for place, (span, standing) in enumerate(stood):
        is_next = is_prose and (not place or counts_on(span.of(text)))
        opened = is_next and standing is Standing.BODY
        yield span, Standing.OPENING if opened else standing


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


def _in_block(
    text: str, spans: Sequence[Span], heading: Span | None, block: Block, phase: _Phase
) -> Stood:
    if block.kind is BlockKind.HEADING or block.words == heading:
        return [(span, Standing.HEADING) for span in spans]
    if phase is _Phase.AFTER:
        return [(span, Standing.BODY) for span in spans]
    headings = sum(_is_heading(span, heading) for span in spans[:1])
    labels = sum(1 for _ in takewhile(lambda span: _is_label(text, span), spans[headings:]))
    ranks = [Standing.HEADING] * headings + [Standing.BODY] * labels + [Standing.OPENING]
    ranks += [Standing.BODY] * len(spans)
    return list(zip(spans, ranks, strict=False))


def _is_label(text: str, sentence: Span) -> bool:
    """Whether a sentence is but a label in bold, such as '**Why it matters.**'."""
    return _LABEL.fullmatch(sentence.of(text).strip()) is not None


def _is_heading(sentence: Span, heading: Span | None) -> bool:
    """Whether a sentence is the heading itself, but for its number and final stop."""
    if heading is None or not sentence.start <= heading.start < sentence.end:
        return False
    return sentence.end - heading.end <= STOP_CHARS


def _introduces(sentence: str) -> bool:
    """Whether a list right after a sentence is its own, and not what is done about it."""
    return not sentence.rstrip("\"'”’)*_ ").endswith((".", "!", "?")) or bool(
        _LEADS_IN.search(sentence)
    )


def _goes_before(text: str, block: Block, following: Block | None, phase: _Phase) -> bool:
    """Whether it is a line such as 'Outcome: …', after which a first sentence is still to come."""
    if phase is not _Phase.BEFORE or following is None or following.level is not None:
        return False
    is_prose = block.kind is following.kind is BlockKind.PARAGRAPH
    return is_prose and announces_aim(block.words.of(text))


def _next_phase(text: str, phase: _Phase, stood: Stood, following: Block | None) -> _Phase:
    """What the next block is to the opening, once this block has been read."""
    has_opening = any(standing is Standing.OPENING for _, standing in stood)
    if phase is _Phase.AFTER or (phase is _Phase.BEFORE and not has_opening):
        return phase
    last, standing = stood[-1]
    introduces = standing is Standing.OPENING and _introduces(last.of(text))
    ends_with_it = phase is _Phase.LIST or introduces
    is_item = following is not None and following.kind is BlockKind.LIST_ITEM
    return _Phase.LIST if ends_with_it and is_item else _Phase.AFTER
