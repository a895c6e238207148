"""The names of buttons and windows, and what they carry."""

from __future__ import annotations

from typing import NamedTuple

from service.schemas import Citation

PASSAGE = "passage"
"""Opens a citation's passage; its number follows, for ids must differ within a block."""
REST = "rest"
MORE_OF_REST = "rest_more"
SHARE = "share"
AGAIN = "again"
"""Asks a command's question again, where its answer may have been lost."""
FEEDBACK = "feedback"
REASON = "reason"
"""The window that asks why an answer was not helpful, and its field."""
SOURCE = "source"
"""A button that is only a link."""


class Cited(NamedTuple):
    """The words that a passage's button lights."""

    passage_id: str
    start: int
    end: int


def passage_value(citation: Citation) -> str:
    """What a passage's button carries."""
    return f"{citation.start}:{citation.end}:{citation.passage_id}"


def cited(value: str) -> Cited:
    """The same, read back."""
    start, end, passage_id = value.split(":", 2)
    return Cited(passage_id, int(start), int(end))


def verdict_on(value: str) -> tuple[bool, str]:
    """Whether an answer was found helpful, and its id."""
    said, _, answer_id = value.partition(":")
    return said == "yes", answer_id
