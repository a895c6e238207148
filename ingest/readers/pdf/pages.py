"""The pages of an open document: their words, rules and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.readers.pdf.drawings import drawings_of
from ingest.readers.pdf.glyphs import Frame, glyphs_of
from ingest.readers.pdf.tags import tree_of
from ingest.readers.pdf.words import Page


def iter_pages(document: Any, *, tagged: bool) -> Iterator[tuple[Any, Page]]:
    """Each page as PDFium opens it and as it is read; it is closed before the next is opened.

    Where the document is `tagged`, so are its pages.
    """
    for index in range(len(document)):
        handle = document[index]
        try:
            yield handle, _page(handle, index + 1, tagged=tagged)
        finally:
            handle.close()


def _page(handle: Any, number: int, *, tagged: bool) -> Page:
    frame = Frame.of(handle)
    textpage = handle.get_textpage()
    try:
        glyphs = glyphs_of(textpage.raw, frame, number)
    finally:
        textpage.close()
    drawings = drawings_of(handle, frame)
    shown = tuple(
        word
        for word in glyphs.words
        if word.right > 0
        and word.left < frame.width
        and 0 < word.baseline < frame.height + word.size
    )
    return Page(
        number=number,
        width=frame.width,
        height=frame.height,
        words=shown,
        rules=tuple(drawings.rules),
        pictured=drawings.pictured,
        paths=drawings.paths,
        characters=glyphs.characters,
        unmapped=glyphs.unmapped,
        unseen=glyphs.unseen,
        cut=glyphs.cut,
        tree=tree_of(handle) if tagged else (),
    )
