"""The pages of an open document: their words, rules and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2

from ingest.readers.pdf.drawings import drawings_of
from ingest.readers.pdf.glyphs import Frame, Glyphs, glyphs_of
from ingest.readers.pdf.tags import tree_of
from ingest.readers.pdf.words import Page, Word

_TILTED_SIZE = 8.0
"""The size, in points, in which words at an angle are put below their page."""


def iter_pages(document: Any, *, tagged: bool) -> Iterator[tuple[Any, Page]]:
    """Each page as PDFium opens it and as it is read; it is closed before the next is opened.

    Where the document is `tagged`, so are its pages. A page that can't be opened is `broken`.
    """
    for index in range(len(document)):
        handle = None
        try:
            handle = document[index]
            page = _page(handle, index + 1, tagged=tagged)
        except pypdfium2.PdfiumError:
            page = Page(number=index + 1, width=0.0, height=0.0, words=(), broken=True)
        try:
            yield handle, page
        finally:
            if handle is not None:
                handle.close()


def _page(handle: Any, number: int, *, tagged: bool) -> Page:
    frame, glyphs = _read(handle, number)
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
        words=(*shown, *_tilted(glyphs, frame, number)),
        rules=tuple(drawings.rules),
        pictured=drawings.pictured,
        paths=drawings.paths,
        characters=glyphs.characters,
        unmapped=glyphs.unmapped,
        unseen=glyphs.unseen,
        cut=glyphs.cut,
        tree=tree_of(handle) if tagged else (),
    )


def _read(handle: Any, number: int) -> tuple[Frame, Glyphs]:
    """The words of a page as they are shown; where most of them lie on their side, turned."""
    frame = Frame.of(handle)
    textpage = handle.get_textpage()
    try:
        glyphs = glyphs_of(textpage.raw, frame, number)
        if len(glyphs.tilted) > glyphs.characters:
            for turned in (frame.turned(90), frame.turned(270)):
                other = glyphs_of(textpage.raw, turned, number)
                if other.characters > glyphs.characters:
                    frame, glyphs = turned, other
    finally:
        textpage.close()
    return frame, glyphs


def _tilted(glyphs: Glyphs, frame: Frame, number: int) -> Iterator[Word]:
    """Words printed at an angle, such as stamps and labels, as a line below all others."""
    left = 0.0
    for text in "".join(glyphs.tilted).split():
        right = left + _TILTED_SIZE * len(text) / 2
        yield Word(
            text=text,
            left=left,
            right=right,
            baseline=frame.height + _TILTED_SIZE,
            size=_TILTED_SIZE,
            bold=False,
            page=number,
        )
        left = right + _TILTED_SIZE / 4
