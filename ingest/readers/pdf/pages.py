"""The pages of an open document: their words, rules and pictures."""

from __future__ import annotations

from typing import Any

from ingest.readers.pdf.glyphs import Frame, glyphs_of
from ingest.readers.pdf.words import Page


def pages_of(document: Any) -> list[Page]:
    """All pages of a document, each read and closed in turn."""
    return [_page(document, index) for index in range(len(document))]


def _page(document: Any, index: int) -> Page:
    page = document[index]
    textpage = page.get_textpage()
    try:
        frame = Frame.of(page)
        glyphs = glyphs_of(textpage.raw, frame, index + 1)
        shown = tuple(
            word
            for word in glyphs.words
            if word.right > 0
            and word.left < frame.width
            and 0 < word.baseline < frame.height + word.size
        )
        return Page(index + 1, frame.width, frame.height, shown)
    finally:
        textpage.close()
        page.close()
