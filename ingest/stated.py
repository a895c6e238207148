"""Priorities that a sentence names, as in 'Our three priorities are arson, drugs and fraud'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.models import Span
from ingest.blocks import Block, BlockKind
from ingest.sentences import sentences
from ingest.vocabulary import may_name_priorities, priorities_named_in

_PARTS = re.compile(r"\s*[,;]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+")
"""What parts the members of a list in running words."""
_LEAST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence in the block at `place`, and the names of the priorities in it."""

    place: int
    sentence: Span
    names: tuple[str, ...]


def stated(text: str, body: Sequence[Block], *, recommended: bool = False) -> Stated | None:
    """The first sentence of a section's paragraphs that lists the plan's priorities."""
    for place, block in enumerate(body):
        if block.kind is not BlockKind.PARAGRAPH or block.level is not None:
            continue
        # Most paragraphs have no such words at all, and aren't taken apart.
        if not may_name_priorities(block.words.of(text)):
            continue
        for sentence in sentences(text, block.words):
            listed = priorities_named_in(sentence.of(text), recommended=recommended)
            names = tuple(name for name in _PARTS.split(listed.rstrip(" .")) if name)
            if len(names) >= _LEAST_NAMED:
                return Stated(place, sentence, names)
    return None
