"""Words, lines and pages, in points from the top left corner of the page as it is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from ingest.readers.pdf.tags import TreePart

UNTAGGED = -1
ARTIFACT = -2
"""The tag of words that the file marks as no part of its text."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `top` is less than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a space between them.

    `size` is that of the type as printed, in points; `tag` the number of the marked content that
    it belongs to, UNTAGGED or ARTIFACT for none; `page` counts from 1.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    page: int
    tag: int = UNTAGGED

    @property
    def top(self) -> float:
        """Where its line begins: letters rise about 0.75 of the size above the baseline."""
        return self.baseline - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """Where its line ends: letters hang about 0.25 of the size below the baseline."""
        return self.baseline + 0.25 * self.size


@dataclass(frozen=True, slots=True)
class Slot(Word):
    """Holds the place of the table of this number among the lines of its page."""

    table: int = 0


@dataclass(frozen=True)
class Line:
    """Words on one baseline, from left to right; `column` is the box of the text it stands in."""

    words: tuple[Word, ...]
    column: Box | None = None

    @cached_property
    def text(self) -> str:
        """The words with spaces between them."""
        return " ".join(word.text for word in self.words)

    @property
    def page(self) -> int:
        """The page, from 1."""
        return self.words[0].page

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @cached_property
    def size(self) -> float:
        """The size of most of its characters."""
        sizes: dict[float, int] = {}
        for word in self.words:
            sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @cached_property
    def baseline(self) -> float:
        """The baseline of the first word in the line's size."""
        return next(word.baseline for word in self.words if word.size == self.size)

    @cached_property
    def bold(self) -> bool:
        """Whether all words with letters are in bold type."""
        lettered = [w.bold for w in self.words if any(c.isalpha() for c in w.text)]
        return all(lettered) if lettered else self.words[0].bold

    @property
    def top(self) -> float:
        """The top of its letters."""
        return self.baseline - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """The bottom of its letters."""
        return self.baseline + 0.25 * self.size


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page. `rules` are its thin straight lines and the edges of its boxes.

    `pictured` is the share of it that images cover, `paths` how much is drawn on it. Of its
    `characters` the file maps so many `unmapped` to no letter, and prints so many `unseen`, as OCR
    leaves them. `cut` is whether it has more than are read, `broken` whether nothing of it could
    be. `tree` is what its tags say.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Box, ...] = ()
    pictured: float = 0.0
    paths: int = 0
    characters: int = 0
    unmapped: int = 0
    unseen: int = 0
    cut: bool = False
    broken: bool = False
    tree: tuple[TreePart, ...] = ()

    @property
    def artifacts(self) -> bool:
        """Whether words on it are marked as no part of the text."""
        return any(word.tag == ARTIFACT for word in self.words)

    def with_words(self, words: tuple[Word, ...]) -> Page:
        """The page with other words on it."""
        return replace(self, words=words)
