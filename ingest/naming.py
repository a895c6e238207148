"""Whether two headings name the same priority, in full or in short."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.words import content_stems
from ingest.vocabulary import without_label

REPEATED_SHARE = 0.75
"""A list of which so many items are names elsewhere names the same things."""


class Names:
    """The names of priorities, compared by their words without what numbers them."""

    def __init__(self, titles: Iterable[str | None]) -> None:
        self._names = [name for title in titles if (name := _stems(title))]

    def __len__(self) -> int:
        return len(self._names)

    def holds(self, title: str | None) -> bool:
        """Whether one of the names has all the words of the title, or the title all of its."""
        return bool(self.places_of(title))

    def places_of(self, title: str | None) -> list[int]:
        """The places of the names that are the title's, in full or in short."""
        words = _stems(title)
        pairs = enumerate(self._names)
        return [at for at, name in pairs if words and (words <= name or name <= words)]


def is_fuller(title: str | None, than: str | None) -> bool:
    """Whether a title has all the words of another and more."""
    return _stems(than) < _stems(title)


def _stems(title: str | None) -> frozenset[str]:
    """The content words of a heading as stems, without a label such as 'Priority 1:'."""
    return frozenset(content_stems(without_label(title or "")))
