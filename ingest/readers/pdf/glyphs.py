"""From the characters that PDFium finds on a page to words with place, size and weight.

PDFium puts a space where the gap between two characters is one, also where the file holds none.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdfium2 import raw

from ingest.readers.pdf.words import ARTIFACT, UNTAGGED, Word

_BOLD = re.compile(r"bold|black|heavy|demi|semib|-bd\b|^CMB|BX\d", re.IGNORECASE)
"""Names of bold fonts; CMBX is TeX's."""
_BOLD_WEIGHT = 600
"""From semi-bold on, in the OpenType scale from 100 to 900."""
_SIGNS = re.compile(r"symbol|wingding|dingbat|webding", re.IGNORECASE)
"""Fonts whose letters print signs; a single one is a bullet, whatever letter it is stored as."""

_HYPHEN = 2
"""What PDFium gives for a hyphen at the end of a line that it takes for a broken word."""
_UPRIGHT = 0.1
"""The tangent up to which a line is taken to be upright; text at an angle is a stamp or a label."""
_SHIFT = 0.6
"""A baseline that moves by more than this share of the size is that of another line."""
_GAP, _TOLD_GAP = 0.22, 0.12
"""Gaps of these shares of the size part words: one where there is no space in the file, and one
where PDFium puts a space. The narrowest space of common fonts is 0.25; a kern is under 0.1."""
_JUMP = 0.9
"""A step back by more than this share of the size begins another word."""
_RAISED, _RISE = 0.85, 0.15
"""Digits at most this share of the size of the letters beside them, and raised by that share of it,
are a note mark."""

_ARTIFACT = "Artifact\0".encode("utf-16-le")
"""The mark on what is no part of the text (ISO 32000-1, 14.8.2.2)."""

MAX_CHARACTERS = 100_000
"""More than any printed page holds: what lies beyond is not read, and said so."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What the characters of one text object share."""

    size: float
    bold: bool
    signs: bool
    upright: bool
    unseen: bool
    tag: int


@dataclass(frozen=True, slots=True)
class Frame:
    """How the points of a page are turned and moved to where they are shown, y downwards."""

    left: float
    bottom: float
    width: float
    height: float
    turn: int

    @classmethod
    def of(cls, page: Any) -> Frame:
        """The frame of a page that PDFium has opened."""
        left, bottom, *_ = page.get_bbox()
        width, height = page.get_size()
        return cls(left, bottom, width, height, page.get_rotation())

    def turned(self, angle: int) -> Frame:
        """The frame of the page turned clockwise by a right angle, or by three."""
        turn = (self.turn + angle) % 360
        return Frame(self.left, self.bottom, self.height, self.width, turn)

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page's own space is shown, from the top left corner."""
        x, y = x - self.left, y - self.bottom
        if self.turn == 90:
            return y, x
        if self.turn == 180:
            return self.width - x, y
        if self.turn == 270:
            return self.width - y, self.height - x
        return x, self.height - y


@dataclass(slots=True)
class Glyphs:
    """The words of a page and what was found odd among its characters.

    `tilted` are the characters of lines that don't run from left to right.
    """

    words: list[Word] = field(default_factory=list)
    characters: int = 0
    unmapped: int = 0
    unseen: int = 0
    tilted: list[str] = field(default_factory=list)
    cut: bool = False


@dataclass(slots=True)
class _Open:
    """A word that is being put together."""

    style: _Style
    left: float
    baseline: float
    right: float
    text: list[str]


def glyphs_of(textpage: Any, frame: Frame, page: int) -> Glyphs:
    """The words of a page in the order in which the file prints them."""
    found = Glyphs()
    word: _Open | None = None
    is_told = False
    for char, box, style in _characters(textpage, frame, found):
        if char == _TOLD:
            is_told = True
            continue
        gap = _TOLD_GAP if is_told else _GAP
        is_told = False
        if char == " " or (word is not None and _parts(word, char, box, style, gap)):
            _close(found, word, page)
            word = None
        if char == " ":
            continue
        left, right, baseline = box
        if word is None:
            word = _Open(style, left, baseline, right, [char])
        else:
            word.text.append(char)
            word.right = max(word.right, right)
    _close(found, word, page)
    return found


_Place = tuple[float, float, float]
"""Left, right and baseline of a character."""


def _characters(textpage: Any, frame: Frame, found: Glyphs) -> Iterator[tuple[str, _Place, _Style]]:
    """Each character that is shown upright; white space of every kind as a space or _TOLD."""
    count = raw.FPDFText_CountChars(textpage)
    found.cut = count > MAX_CHARACTERS
    rect, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    styles: dict[Any, _Style] = {}
    for at in range(min(count, MAX_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(textpage, at)
        handle = raw.FPDFText_GetTextObject(textpage, at)
        if not handle or (code <= 32 and code not in (0, _HYPHEN)) or code in (0xA0, 0xFFFE):
            if found.tilted and found.tilted[-1] != " ":
                found.tilted.append(" ")
            is_told = code == 32 and raw.FPDFText_IsGenerated(textpage, at) == 1
            yield _TOLD if is_told else " ", (0.0, 0.0, 0.0), _NO_STYLE
            continue
        key = ctypes.addressof(handle.contents)
        style = styles.get(key)
        if style is None:
            style = styles[key] = _style(textpage, at, handle, frame)
        if not _counted(found, code, style):
            continue
        raw.FPDFText_GetLooseCharBox(textpage, at, rect)
        raw.FPDFText_GetCharOrigin(textpage, at, x, y)
        left, _ = frame.shown(rect.left, rect.bottom)
        right, _ = frame.shown(rect.right, rect.top)
        _, baseline = frame.shown(x.value, y.value)
        if left > right:
            left, right = right, left
        yield _printed(code, style), (left, right, baseline), style


_TOLD = ""
"""A space that the file doesn't hold, where PDFium takes a gap for one."""
_NO_STYLE = _Style(size=0.0, bold=False, signs=False, upright=True, unseen=False, tag=UNTAGGED)


def _counted(found: Glyphs, code: int, style: _Style) -> bool:
    """Whether a character is one to read; those that aren't are counted."""
    if not style.upright:
        found.tilted.append(_printed(code, style))
        return False
    found.characters += 1
    found.unseen += style.unseen
    is_unmapped = code in (0, 0xFFFD)
    found.unmapped += is_unmapped
    return not is_unmapped


def _printed(code: int, style: _Style) -> str:
    """The character as letters: ligatures as the letters they stand for, signs as a bullet."""
    if code == _HYPHEN:
        return "-"
    char = chr(code)
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", char)
    if style.signs and char.isalnum():
        return "•"
    return char


def _style(textpage: Any, at: int, handle: Any, frame: Frame) -> _Style:
    """The style of the text object that a character belongs to."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, at, matrix)
    along, up = _turned(matrix, frame.turn)
    scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
    size = raw.FPDFText_GetFontSize(textpage, at) * scale
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(256)
    length = raw.FPDFText_GetFontInfo(textpage, at, buffer, 256, flags)
    font = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace")
    mode = raw.FPDFTextObj_GetTextRenderMode(handle)
    is_bold = bool(_BOLD.search(font.split("+")[-1])) or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
    return _Style(
        size=round(size, 1),
        bold=is_bold or raw.FPDFText_GetFontWeight(textpage, at) >= _BOLD_WEIGHT,
        signs=bool(_SIGNS.search(font)),
        upright=along > 0 and abs(up) <= _UPRIGHT * along,
        unseen=mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE,
        tag=_tag(handle),
    )


def _tag(handle: Any) -> int:
    """The number of the marked content that a text object is in."""
    tag: int = raw.FPDFPageObj_GetMarkedContentID(handle)
    if tag >= 0:
        return tag
    buffer, size = (raw.FPDF_WCHAR * 32)(), ctypes.c_ulong()
    for at in range(raw.FPDFPageObj_CountMarks(handle)):
        mark = raw.FPDFPageObj_GetMark(handle, at)
        raw.FPDFPageObjMark_GetName(mark, buffer, 64, size)
        if bytes(buffer)[: size.value] == _ARTIFACT:
            return ARTIFACT
    return UNTAGGED


def _turned(matrix: Any, turn: int) -> tuple[float, float]:
    """How far a line runs to the right and upwards, as it is shown."""
    a, b = matrix.a, matrix.b
    return {0: (a, b), 90: (b, -a), 180: (-a, -b), 270: (-b, a)}[turn]


def _parts(word: _Open, char: str, place: _Place, style: _Style, gap: float) -> bool:
    """Whether a character begins another word; a `gap` of that share of the size parts words."""
    left, _, baseline = place
    size = max(word.style.size, style.size)
    step = left - word.right
    if abs(baseline - word.baseline) > _SHIFT * size or step > gap * size or -step > _JUMP * size:
        return True
    last = word.text[-1]
    if char.isdigit() == last.isdigit():
        return False
    # A note mark stands above the word before it, or before the words of the note.
    small, large = sorted((word.style.size, style.size))
    mark_above = word.baseline - baseline if char.isdigit() else baseline - word.baseline
    return small <= _RAISED * large and mark_above > _RISE * large


def _close(found: Glyphs, word: _Open | None, page: int) -> None:
    if word is None:
        return
    style = word.style
    text = unicodedata.normalize("NFC", "".join(word.text))
    found.words.append(
        Word(text, word.left, word.right, word.baseline, style.size, style.bold, page, style.tag)
    )
