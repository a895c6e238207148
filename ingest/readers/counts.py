"""Counts of what was left out, in words."""

from __future__ import annotations


def counted(what: str, count: int) -> str:
    """A count in words: '1 menu', '3 lists of contents'."""
    head, *rest = what.split(" of ", 1)
    plural = what if count == 1 else " of ".join((f"{head}s", *rest))
    return f"{count:,} {plural}"
