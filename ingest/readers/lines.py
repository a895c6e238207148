"""Lines of a text with their offsets, and what a line looks like by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BULLET = re.compile(r"(?:[-*+•–—·‣◦▪▫●○■□➢➤✓✔\uf0b7\uf0a7]|o)\s+")
_ORDINAL = re.compile(r"\(?(?:(\d{1,3})|[a-zA-H]|[ivx]{2,4})[.)]\s+")
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})+|\d{1,2})\.?\s+(?:\|\s+)?(?=[A-Z“\"'‘(*])")
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})$")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_]+)\1:?$")
_TO_PAGE = re.compile(r"(?:\.{3,}|…|\t|\s{3})\s*\d{1,3}$")
_ADDRESS = re.compile(r"@|://|\bwww\.")
_SENTENCE_BREAK = re.compile(r"[a-z]{3}[.!?]\s+[A-Z]")
_TO_TEN = "one|two|three|four|five|six|seven|eight|nine|ten"
_LABEL = re.compile(
    rf"[A-Z][A-Za-z ]{{2,30}} (?:\d{{1,2}}|{_TO_TEN.title()}|{_TO_TEN.upper()}):?$"
    rf"|[A-Z][A-Za-z]{{3,15}} (?:{_TO_TEN}):?$"
)
_LABELLED = re.compile(
    rf"[A-Z][A-Za-z ]{{2,30}} (?:\d{{1,2}}|(?i:{_TO_TEN}))(?: ?[:–—-] |\. (?=[A-Z])|\s*\n)"
)
"""Capitals or a label, as in 'Outcome 1: People are safe', tell a heading that is a sentence."""
_BAR = re.compile(r"\s\|\s")
_LEAST_BARS = 2
"""With so many bars between words a line is a row; with one it may be a title and its motto."""
_TABLE_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$")
_GAP = re.compile(r"\S(?:\s{3,}|\t)(?=\S)")
_LEAST_GAPS = 2
"""With so many wide gaps a line is a row of a table in columns; a number may have one after it."""
_WORD = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")

TERMINAL = ".!?:;…"
"""What ends a sentence or a clause; closing quotes and brackets may follow it."""
_CLOSERS = "\"'”’)]*_"

HEADING_CHARS = 100
HEADING_WORDS = 15
"""The longest line that may be a heading by its look alone; real plans' longest headings measured
about 80 characters and 12 words."""

_PHRASE_WORDS = 8
_FINITE = re.compile(r"\b(?:are|is|was|were|has|have|had|will|must|should)\b", re.IGNORECASE)
"""More words than these with a finite verb among them are a sentence that lost its stop."""

_LEAD_IN = re.compile(
    r"\b(?:are|is|was|were|has|have|will|can|must|should|include|includes|including|by|to|that|we"
    r"|they|following|follows|as)\b",
    re.IGNORECASE,
)
"""Words of a clause that leads into a list ("We will:"); a label ("Our priorities:") has none."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line without outer white space: `[start, end)` in the text, indent in columns.

    `furniture` is whether it belongs to the page, as a running head does, and not to the text.
    `cells` are those of a row of a table in columns: column, start and end.
    """

    start: int
    end: int
    indent: int
    page: int
    text: str
    furniture: bool = False
    cells: tuple[tuple[int, int, int], ...] = ()


def iter_lines(text: str) -> Iterator[Line]:
    """All lines of a text, blank ones too, for any newline style; a form feed begins a page."""
    offset, page = 0, 1
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        start = offset + (len(raw) - len(raw.lstrip()) if words else 0)
        indent = len(raw[: start - offset].expandtabs(4))
        yield Line(start, start + len(words), indent, page, words)
        offset += len(raw)
        page += raw.endswith("\f")


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return _WORD.search(text) is not None


def bullet(text: str) -> int:
    """How many characters of a line are its bullet and the space after it; 0 if it has none."""
    found = _BULLET.match(text)
    return found.end() if found and has_words(text[found.end() :]) else 0


def ordinal(text: str) -> int | None:
    """The number of a list item such as '1.' or '2)'; 0 for 'a)' or '(iv)'; None for none."""
    found = _ORDINAL.match(text)
    return int(found.group(1) or 0) if found else None


def ordinal_length(text: str) -> int:
    """How many characters the number of a list item and the space after it take; 0 for none."""
    found = _ORDINAL.match(text)
    return found.end() if found and has_words(text[found.end() :]) else 0


def emphasis(text: str) -> int:
    """How many characters of a line are the emphasis marks that open it."""
    return len(text) - len(text.lstrip("*_")) if text.startswith(("**", "__")) else 0


def number(text: str) -> str | None:
    """The number that opens a line and stands before a capital, such as '4' or '3.2'."""
    found = _NUMBER.match(text)
    return found.group(1) if found else None


def hashes(text: str) -> tuple[int, int, int] | None:
    """Level, start and end of the words of a Markdown heading; None if it is none."""
    found = _HASHES.match(text)
    if not found:
        return None
    bare = text.rstrip("#")
    closed = bare[-1:].isspace() and len(bare.rstrip()) > found.end()
    return len(found.group(1)), found.end(), len(bare.rstrip()) if closed else len(text)


def underline(text: str) -> int | None:
    """The level that an underline gives the line above it; None if this is none."""
    if not _UNDERLINE.match(text):
        return None
    return 1 if text.startswith("=") else 2


def is_row(text: str) -> bool:
    """Whether it is a row of a table whose cells are parted by '|'."""
    is_closed = len(text) > 2 and text.startswith("|") and text.endswith("|")
    return is_closed or len(_BAR.findall(text)) >= _LEAST_BARS


def is_table_rule(text: str) -> bool:
    """Whether it is the rule below the header of a Markdown table."""
    return _TABLE_RULE.match(text) is not None


def cells(text: str) -> list[tuple[int, int]]:
    """Where the words of each cell of a row begin and end."""
    inner = text.strip().strip("|")
    at = text.index(inner)
    found = []
    for cell in inner.split("|"):
        start = at + len(cell) - len(cell.lstrip())
        found.append((start, max(start, at + len(cell.rstrip()))))
        at += len(cell) + 1
    return found


def is_strong(text: str) -> bool:
    """Whether all of the line is in bold type."""
    return len(text) <= HEADING_CHARS and _STRONG.match(text) is not None


def is_label(text: str) -> bool:
    """Whether it only numbers what the next line names: 'Priority 1', 'PRIORITY ONE'."""
    return _LABEL.match(text) is not None


def is_labelled(text: str) -> bool:
    """Whether it begins with a number in words and what it numbers: 'Priority 2. Safer water'."""
    return _LABELLED.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether it ends as a sentence or a clause does."""
    return text.rstrip(_CLOSERS)[-1:] in TERMINAL if text.rstrip(_CLOSERS) else False


def is_capitals(text: str) -> bool:
    """Whether it is written in capitals: at least two words' worth of letters, none lower case."""
    return text.isupper() and len(_LETTER.findall(text)) > 3


def looks_like_heading(text: str) -> bool:
    """Whether a line could be a heading: short, opened by a capital, not ended as a sentence."""
    if len(text) > HEADING_CHARS or len(text.split()) > HEADING_WORDS or not _LETTER.search(text):
        return False
    is_phrase = len(text.split()) <= _PHRASE_WORDS or not _FINITE.search(text)
    if not (is_phrase or is_capitals(text) or _LABELLED.match(text)):
        return False
    if is_row(text) or len(_GAP.findall(text)) >= _LEAST_GAPS:
        return False
    if _TO_PAGE.search(text) or _ADDRESS.search(text) or _SENTENCE_BREAK.search(text):
        return False
    return _opens_like_heading(text) and _ends_like_heading(text)


def _opens_like_heading(text: str) -> bool:
    first = text.lstrip("\"'“‘(*_")[:1]
    return first.isupper() or first.isdigit()


def _ends_like_heading(text: str) -> bool:
    bare = text.rstrip(_CLOSERS)
    if bare.endswith(":"):
        return len(bare.split()) <= _PHRASE_WORDS and not _LEAD_IN.search(bare)
    return not bare.endswith((".", "!", ";", ",", "…", "-", "–", "—"))
