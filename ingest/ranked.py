"""Priorities that sentences count one by one: 'Our first priority is robbery'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.models import Span
from ingest.blocks import Block, BlockKind
from ingest.sentences import sentences
from ingest.vocabulary import counts_priority, may_count_priorities

LEAST_COUNTED = 2
"""Who counts one only says what comes first: 'Our first priority is to appoint an analyst'."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence that counts a priority, in the block at `place`; `first` of its section or not."""

    place: int
    sentence: Span
    first: bool


def counted_in(text: str, body: Sequence[Block]) -> list[Counted]:
    """The sentences of a section's paragraphs that each count one of the plan's priorities."""
    return [
        Counted(place, sentence, first=not (place or at))
        for place, block in enumerate(body)
        if block.kind is BlockKind.PARAGRAPH and block.level is None
        # Most paragraphs have no such words at all, and aren't taken apart.
        if may_count_priorities(block.words.of(text))
        for at, sentence in enumerate(sentences(text, block.words))
        if counts_priority(sentence.of(text))
    ]


def opens_by_counting(text: str, body: Sequence[Block]) -> bool:
    """Whether a section begins by saying which priority it is, and speaks of one only."""
    found = counted_in(text, body[:1])
    return len(found) == 1 and found[0].first and len(counted_in(text, body)) == 1
