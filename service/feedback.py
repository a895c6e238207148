"""Who is told how long work goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

Count = Callable[[int, int], None]
"""Called with how much is done and how much there is."""


class Feedback(NamedTuple):
    """Who is told how long work goes: sentences, files read, passages indexed."""

    note: Callable[[str], None] = lambda _sentence: None
    reading: Count = lambda _done, _total: None
    embedding: Count = lambda _done, _total: None


SILENT = Feedback()
"""For whoever tells nobody."""
