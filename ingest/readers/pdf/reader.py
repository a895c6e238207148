"""PDF files: their text in reading order, without what runs along the edge of every page."""

from __future__ import annotations

from collections.abc import Collection

from ingest.blocks import ReadFile
from ingest.errors import EmptyFileError
from ingest.readers.building import build
from ingest.readers.pdf.furniture import furniture
from ingest.readers.pdf.kinds import written
from ingest.readers.pdf.layout import flows_of
from ingest.readers.pdf.ocr import Ocr
from ingest.readers.pdf.opening import bookmarks, is_tagged, opened, title_of
from ingest.readers.pdf.pages import iter_pages
from ingest.readers.pdf.paragraphs import body_size
from ingest.readers.pdf.scans import Scans
from ingest.readers.pdf.tables import ruled_tables
from ingest.readers.pdf.tagged import is_sound, tagged


def read_pdf(name: str, data: bytes) -> ReadFile:
    """Reads the text layer of a PDF; headers, footers and page numbers are counted and left out.

    Raises:
        EncryptedFileError: it can't be opened without a password.
        DamagedFileError: it is no PDF, or too damaged to be opened.
        TooLargeError: it has more pages than are read.
        EmptyFileError: there are no words on its pages.
    """
    scans = Scans(Ocr.installed())
    with opened(name, data) as document:
        opened_pages = iter_pages(document, tagged=is_tagged(document))
        pages = [scans.read(handle, page) for handle, page in opened_pages]
        outline = bookmarks(document)
        title = title_of(document)
    body = body_size(word for page in pages for word in page.words)
    tables = {page.number: ruled_tables(page) for page in pages}
    edges = furniture(pages, tables, body)
    edged = {page for page, words in edges.items() if words}
    if is_sound(pages, edges):
        edged |= {page.number for page in pages if page.artifacts}
        built = build(tagged(pages, edges))
    else:
        flow = list(flows_of(pages, tables, edges, body))
        built = build(written(flow, outline, len(pages)))
    if not built.blocks and scans.whole:
        raise EmptyFileError(f"{name} holds no words: check that it is the file you meant.")
    return ReadFile(
        text=built.text,
        blocks=built.blocks,
        pages=len(pages),
        notes=tuple(scans.notes()),
        whole=scans.whole,
        left_out=_left_out(edged),
        title=title,
    )


def _left_out(pages: Collection[int]) -> tuple[str, ...]:
    if not pages:
        return ()
    noun = "page" if len(pages) == 1 else "pages"
    return (f"headers, footers or page numbers of {len(pages):,} {noun}",)
