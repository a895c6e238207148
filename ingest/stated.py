"""Priorities that a sentence names, as in 'Our three priorities are arson, drugs and fraud'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.models import Span
from ingest.blocks import Block, BlockKind
from ingest.sentences import sentences
from ingest.vocabulary import may_name_priorities, priorities_named_in

_PARTS = re.compile(r"\s*[,;]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+")
"""What parts the members of a list in running words."""
_LEAST_NAMED = 2
_LISTS = re.compile(r"(?:there are|they are|these are|here are|in order)\b", re.IGNORECASE)
_LEAST_LISTED, _SHORT = 3, 8
"""What is listed behind a colon are so many names at least, of so many words at most."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence in the block at `place`, and the names of the priorities in it."""

    place: int
    sentence: Span
    names: tuple[str, ...]


def stated(text: str, body: Sequence[Block], *, recommended: bool = False) -> Stated | None:
    """The first sentence of a section's paragraphs that lists the plan's priorities."""
    for place, block in _paragraphs(body):
        # Most paragraphs have no such words at all, and aren't taken apart.
        if not may_name_priorities(block.words.of(text)):
            continue
        for sentence in sentences(text, block.words):
            names = _names(priorities_named_in(sentence.of(text), recommended=recommended))
            if len(names) >= _LEAST_NAMED:
                return Stated(place, sentence, names)
    return None


def listed_behind_a_colon(text: str, body: Sequence[Block]) -> Stated | None:
    """The first sentence of a section if it lists names: 'There are three, in no order: …'."""
    place, block = next(_paragraphs(body), (0, None))
    if block is None:
        return None
    sentence = sentences(text, block.words)[0]
    lead, _, listed = sentence.of(text).partition(": ")
    names = _names(listed)
    is_list = len(names) >= _LEAST_LISTED and all(len(each.split()) <= _SHORT for each in names)
    return Stated(place, sentence, names) if is_list and _LISTS.match(lead) else None


def _paragraphs(body: Sequence[Block]) -> Iterator[tuple[int, Block]]:
    for place, block in enumerate(body):
        if block.kind is BlockKind.PARAGRAPH and block.level is None:
            yield place, block


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name for name in _PARTS.split(listed.rstrip(" .")) if name)
