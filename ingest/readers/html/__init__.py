"""Web pages: the main content, without what every page of the site has around it."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from ingest.blocks import ReadFile
from ingest.errors import EmptyFileError, TooLargeError
from ingest.readers.building import build
from ingest.readers.html.charset import decode_page
from ingest.readers.html.depth import is_too_deep
from ingest.readers.html.main_content import main_content
from ingest.readers.html.walking import found_in

__all__ = ["read_html"]


def read_html(name: str, data: bytes) -> ReadFile:
    """Reads a web page that was saved; no script is run and nothing is fetched.

    Raises:
        EmptyFileError: its main content holds no words.
        TooLargeError: its elements are nested deeper than any page's.
        UndecodableFileError: it is in no known encoding, or no text at all.
    """
    markup, note = decode_page(name, data)
    if is_too_deep(markup):
        raise TooLargeError(
            f"{name} is nested deeper than any page is: save it as text and add that instead."
        )
    tree = LexborHTMLParser(markup)
    content = main_content(tree)
    built = build(found_in(content.root) if content.root else ())
    if not built.blocks:
        raise EmptyFileError(
            f"{name} holds no words outside menus and scripts: save the whole page and try again."
        )
    return ReadFile(
        text=built.text,
        blocks=built.blocks,
        notes=(note,) if note else (),
        left_out=content.left_out,
        title=content.title,
    )
