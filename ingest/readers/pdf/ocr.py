"""Optical character recognition by Tesseract, a program that may or may not be installed."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Any

from ingest.readers.pdf.words import Page, Word

_DOTS = 300 / 72
"""Dots a point: Tesseract's documentation asks for 300 an inch."""
_MOST_DOTS = 25_000_000
"""A page is rendered no larger: an A3 page at 300 dots an inch, in 25 MB of grey."""
_SECONDS = 120
"""Longer than any page of text took; then it is given up."""
_RISE, _MIDDLE, _HANG = 0.72, 0.52, 0.21
"""How far tall letters and small ones rise, and some hang, as shares of the size of the type; those
of Times and Helvetica differ from these by less than 0.02."""
_TALL = re.compile(r"[A-Z0-9bdfhijklt(\[£$&%]")
_HANGING = re.compile(r"[gjpqy,;(\[Q]")
_ALIKE = 0.1
"""Sizes that differ from the usual one by less than this share are the same type, measured."""
_BULLETS = frozenset("e¢®©°»«*+·¥§")
"""What Tesseract makes of a bullet; alone at the head of a line none of them is a word."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words on a page and the mean confidence in them, in per cent."""

    words: tuple[Word, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Ocr:
    """Tesseract at `program`, reading English."""

    program: str

    @classmethod
    def installed(cls) -> Ocr | None:
        """Tesseract as found on the path; None where it isn't installed."""
        program = shutil.which("tesseract")
        return cls(program) if program else None

    def read(self, handle: Any, page: Page) -> Recognised | None:
        """What is printed on a page that PDFium has opened; None where Tesseract fails."""
        area = page.width * page.height or 1.0
        dots = min(_DOTS, math.sqrt(_MOST_DOTS / area))
        bitmap = handle.render(scale=dots, grayscale=True)
        pixels = bitmap.to_numpy()
        height, width = pixels.shape[:2]
        picture = b"P5 %d %d 255\n" % (width, height) + pixels.tobytes()
        bitmap.close()
        table = self._run(picture, round(dots * 72))
        return None if table is None else _recognised(table, page.number, dots)

    def _run(self, picture: bytes, resolution: int) -> str | None:
        """Tesseract's table of words for a picture in the PGM format."""
        command = [self.program, "-", "-", "-l", "eng", "--dpi", str(resolution), "tsv"]
        # One thread: documents are read in parallel already.
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        try:
            done = subprocess.run(  # noqa: S603 - a fixed command, the picture on its input
                command,
                check=True,
                input=picture,
                capture_output=True,
                timeout=_SECONDS,
                env=environment,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return done.stdout.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One word of Tesseract's table, in dots from the top left corner."""

    paragraph: tuple[str, ...]
    line: tuple[str, ...]
    left: int
    top: int
    width: int
    height: int
    confidence: float
    text: str


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of one line, the size of their type and their baseline, in dots."""

    entries: tuple[_Entry, ...]
    size: float
    baseline: float

    @classmethod
    def of(cls, entries: Sequence[_Entry]) -> _Row:
        """A line whose size is told by its height and by which letters are in it."""
        text = "".join(entry.text for entry in entries)
        top = min(entry.top for entry in entries)
        bottom = max(entry.top + entry.height for entry in entries)
        hang = _HANG if _HANGING.search(text) else 0.0
        size = (bottom - top) / ((_RISE if _TALL.search(text) else _MIDDLE) + hang)
        return cls(tuple(entries), size, bottom - hang * size)


def _recognised(table: str, page: int, dots: float) -> Recognised:
    entries = _entries(table)
    if not entries:
        return Recognised((), 0.0)
    rows = [_Row.of(list(row)) for _, row in groupby(entries, key=lambda entry: entry.line)]
    letters = sum(len(entry.text) for entry in entries)
    confidence = sum(len(entry.text) * entry.confidence for entry in entries) / letters
    words = (
        Word(
            text=text,
            left=entry.left / dots,
            right=(entry.left + entry.width) / dots,
            baseline=row.baseline / dots,
            size=round(size / dots, 1),
            bold=False,
            page=page,
        )
        for row, size in zip(rows, _sizes(rows), strict=True)
        for entry, text in zip(row.entries, _texts(row), strict=True)
    )
    return Recognised(tuple(words), confidence)


def _entries(table: str) -> list[_Entry]:
    """The words of Tesseract's table; its other rows are pages, blocks, paragraphs and lines."""
    found = []
    for row in table.splitlines()[1:]:
        level, _, block, paragraph, line, _, *box, confidence, text = row.split("\t", 11)
        if level == "5" and text.strip():
            left, top, width, height = map(int, box)
            key = (block, paragraph)
            sure = float(confidence)
            found.append(_Entry(key, (*key, line), left, top, width, height, sure, text.strip()))
    return found


def _texts(row: _Row) -> list[str]:
    """The words of a line, what was made of a bullet as a bullet."""
    first, *others = (entry.text for entry in row.entries)
    return ["•" if others and first in _BULLETS else first, *others]


def _sizes(rows: Sequence[_Row]) -> list[float]:
    """The size of the type of each line: that of its paragraph, and the usual one where near."""
    paragraphs: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for row in rows:
        paragraphs[row.entries[0].paragraph].append(row.size)
    usual = median(row.size for row in rows for _ in row.entries)
    sizes = [median(paragraphs[row.entries[0].paragraph]) for row in rows]
    return [usual if abs(size - usual) <= _ALIKE * usual else size for size in sizes]
