"""Pages without a text layer: told apart, read by OCR where there is Tesseract, and reported."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from ingest.readers.pdf.ocr import Ocr, Recognised
from ingest.readers.pdf.words import Page

_FEW = 25
"""A page with fewer characters has no text but its number or a stamp."""
_PICTURED = 0.4
"""Pictures that cover this share of such a page may hold text."""
_DRAWN = 300
"""So many paths on such a page may be letters that were turned into outlines."""
_UNMAPPED = 0.3
"""Where this share of the characters stands for no letter, the text layer says nothing."""
_UNSEEN = 0.9
"""Where this share of the characters is printed invisibly, over a picture, somebody's OCR made the
text layer."""
_SURE = 80
"""A mean confidence in per cent; below it too many words of a page are wrong to call it read."""


_SECONDS = 200
"""OCR takes one to four a page; a file may take no more, or its reader would be ended for it."""


@dataclass(slots=True)
class Scans:
    """Reads the pages of one document that have no text layer, and keeps what became of each."""

    ocr: Ocr | None
    unread: list[int] = field(default_factory=list)
    unsure: list[int] = field(default_factory=list)
    layered: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    confidences: dict[int, float] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def whole(self) -> bool:
        """Whether no page was lost."""
        return not (self.unread or self.unsure or self.cut or self.broken)

    def read(self, handle: Any, page: Page) -> Page:
        """The page as it is, or where it has no text that says anything, as OCR reads it."""
        if page.broken:
            self.broken.append(page.number)
            return page
        if page.cut:
            self.cut.append(page.number)
        if not _lacks_text(page):
            if page.unseen > _UNSEEN * page.characters and page.pictured > _PICTURED:
                self.layered.append(page.number)
            return page
        found = self._recognised(handle, page)
        if found is None:
            self.unread.append(page.number)
            return page.with_words(()) if page.unmapped else page
        if found.words:
            self.confidences[page.number] = found.confidence
            if found.confidence < _SURE:
                self.unsure.append(page.number)
        return page.with_words(found.words)

    def _recognised(self, handle: Any, page: Page) -> Recognised | None:
        """What OCR makes of a page, while there is time for it."""
        if self.ocr is None or self.seconds >= _SECONDS:
            return None
        begun = time.monotonic()
        found = self.ocr.read(handle, page)
        self.seconds += time.monotonic() - begun
        return found

    def notes(self) -> Iterator[str]:
        """One sentence for each thing that went wrong or was done, with the pages."""
        if self.unread and self.ocr is None:
            yield (
                f"{_pages(self.unread)} without text that can be read, as a scan has, so not read: "
                "install Tesseract (Debian: tesseract-ocr) and ingest the file again."
            )
        elif self.unread:
            yield (
                f"{_pages(self.unread)} without text, and OCR failed there or took more than "
                f"{_SECONDS} seconds: split the file, or ask its publisher for one with text."
            )
        if self.confidences:
            mean = sum(self.confidences.values()) / len(self.confidences)
            yield (
                f"{_pages(sorted(self.confidences))} scanned and read by OCR, with a mean "
                f"confidence of {mean:.0f} %: check a quotation against the page."
            )
        if self.unsure:
            yield (
                f"{_pages(self.unsure)} read by OCR with a confidence below {_SURE} %, so nothing "
                "is called absent: ask the publisher for a copy with text."
            )
        if self.layered:
            yield (
                f"{_pages(self.layered)} scanned, with a text layer by somebody's OCR: "
                "check a quotation against the page."
            )
        if self.broken:
            yield (
                f"{_pages(self.broken)} damaged and not read: get the file from its publisher anew."
            )
        if self.cut:
            yield f"{_pages(self.cut)} too full to be read to the end: split the file."


def _lacks_text(page: Page) -> bool:
    """Whether a page shows something, but has no text layer that says what."""
    if page.unmapped > _UNMAPPED * max(page.characters, 1):
        return True
    letters = sum(len(word.text) for word in page.words)
    return letters < _FEW and (page.pictured > _PICTURED or page.paths > _DRAWN)


def _pages(numbers: Sequence[int]) -> str:
    """'Page 3 is' or 'Pages 3–5 and 9 are'."""
    runs = [f"{first}–{last}" if last > first else str(first) for first, last in _runs(numbers)]
    listed = " and ".join(filter(None, (", ".join(runs[:-1]), runs[-1])))
    return f"Page {listed} is" if len(numbers) == 1 else f"Pages {listed} are"


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        yield run[0], run[-1]
