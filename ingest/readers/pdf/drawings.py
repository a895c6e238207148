"""What is drawn on a page: how much of it pictures cover, and the rules and edges of tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pypdfium2 import raw

from ingest.readers.pdf.glyphs import Frame
from ingest.readers.pdf.words import Box

_MOST_OBJECTS = 20_000
"""A map or a chart may have more; no table has."""
_MOST_SEGMENTS = 2_000
"""The segments of one path that are looked at: a grid drawn at once has fewer."""
_DEEPEST = 4
"""Forms within forms that are followed."""
_THIN = 3.0
"""A filled box no thicker than this, in points, is a rule."""


class _Matrix(NamedTuple):
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def moved(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to stand."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, inner: _Matrix) -> _Matrix:
        """The matrix that does what `inner` does, then this."""
        a, b = self.a * inner.a + self.c * inner.b, self.b * inner.a + self.d * inner.b
        c, d = self.a * inner.c + self.c * inner.d, self.b * inner.c + self.d * inner.d
        e, f = self.moved(inner.e, inner.f)
        return _Matrix(a, b, c, d, e, f)


_SAME = _Matrix(1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Drawings:
    """`rules` are thin boxes, flat or upright; `pictured` is a share of the page, at most 1."""

    rules: list[Box] = field(default_factory=list)
    pictured: float = 0.0
    paths: int = 0


def drawings_of(page: Any, frame: Frame) -> Drawings:
    """The rules and pictures of a page that PDFium has opened."""
    found = Drawings()
    area = frame.width * frame.height or 1.0
    for count, (handle, matrix) in enumerate(_objects(page.raw)):
        if count >= _MOST_OBJECTS:
            break
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(handle, matrix, frame)
            found.pictured += max(0.0, box.width) * max(0.0, box.height) / area
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            found.paths += 1
            found.rules.extend(_rules(handle, matrix, frame))
    found.pictured = min(1.0, found.pictured)
    return found


def _objects(page: Any) -> Iterator[tuple[Any, _Matrix]]:
    for at in range(raw.FPDFPage_CountObjects(page)):
        yield from _within(raw.FPDFPage_GetObject(page, at), _SAME, 0)


def _within(handle: Any, matrix: _Matrix, depth: int) -> Iterator[tuple[Any, _Matrix]]:
    """An object, or where it is a form, all those in it."""
    if raw.FPDFPageObj_GetType(handle) != raw.FPDF_PAGEOBJ_FORM:
        yield handle, matrix
    elif depth < _DEEPEST:
        inner = matrix.after(_matrix(handle))
        for at in range(raw.FPDFFormObj_CountObjects(handle)):
            yield from _within(raw.FPDFFormObj_GetObject(handle, at), inner, depth + 1)


def _matrix(handle: Any) -> _Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, found):
        return _SAME
    return _Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _bounds(handle: Any, matrix: _Matrix, frame: Frame) -> Box:
    """The box of an object on the page, as far as it is shown."""
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(handle, *sides)
    left, bottom, right, top = (side.value for side in sides)
    box = _box(frame.shown(*matrix.moved(left, bottom)), frame.shown(*matrix.moved(right, top)))
    return Box(
        max(0.0, box.left),
        max(0.0, box.top),
        min(frame.width, box.right),
        min(frame.height, box.bottom),
    )


def _box(first: tuple[float, float], second: tuple[float, float]) -> Box:
    (x, y), (other_x, other_y) = first, second
    return Box(min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))


def _rules(handle: Any, matrix: _Matrix, frame: Frame) -> Iterator[Box]:
    """The straight lines of a path that are flat or upright; a thin box is one line."""
    box = _bounds(handle, matrix, frame)
    if min(box.width, box.height) <= _THIN:
        yield box
        return
    matrix = matrix.after(_matrix(handle))
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for at in range(min(raw.FPDFPath_CountSegments(handle), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(handle, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.shown(*matrix.moved(x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(last, point)
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(point, start)
        last = point


def _straight(first: tuple[float, float], second: tuple[float, float]) -> Iterator[Box]:
    box = _box(first, second)
    if min(box.width, box.height) <= _THIN / 3:
        yield box
