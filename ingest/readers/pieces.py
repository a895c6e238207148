"""From lines to pieces: which lines belong together, and by which mark each piece is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby

from ingest.readers import lines as look
from ingest.readers.lines import Line

_WIDE = 40
"""Columns from which a line tells how wide the text was set; shorter ones may be headings."""
_USUAL_WIDTH = 72
"""The width taken where all lines are short."""
_DELIBERATE = 0.8
"""A line is broken on purpose where the next word would have fitted well inside this share of the
width; unjustified text of the documents tried stays above 0.85."""


class Form(Enum):
    """What a piece is; PLAIN is undecided until its neighbours are known, a RULE says nothing."""

    HEADING = auto()
    ITEM = auto()
    PLAIN = auto()
    ROW = auto()
    RULE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together; `words_*` leave out the mark that tells the form.

    `ordinal` is the number of an item in a numbered list, `number` that of a heading or paragraph.
    `cells` are those of a row in columns.
    `first` and `alone` say whether blank lines stand before, and on both sides. `labelled` is a
    label such as 'Priority 1' with the title in the line below it.
    """

    form: Form
    start: int
    end: int
    words_start: int
    words_end: int
    indent: int
    page: int
    last: str
    lines: int = 1
    level: int | None = None
    number: str | None = None
    ordinal: int | None = None
    bulleted: bool = False
    hashed: bool = False
    first: bool = False
    alone: bool = False
    labelled: bool = False
    cells: tuple[tuple[int, int, int], ...] = ()


def pieces(lines: Sequence[Line]) -> list[Piece]:
    """The pieces of a text in order; blank lines part them, and so do marks at a line's start."""
    width = _width(lines)
    found: list[Piece] = []
    for blank, group in groupby(lines, key=lambda line: not line.text):
        if not blank:
            found.extend(_in_group(list(group), width))
    return found


def _width(lines: Sequence[Line]) -> int:
    """The width at which the text was wrapped: nine in ten of its wide lines are no longer."""
    wide = sorted(len(line.text) for line in lines if len(line.text) >= _WIDE)
    return wide[len(wide) * 9 // 10] if wide else _USUAL_WIDTH


def _in_group(group: Sequence[Line], width: int) -> Iterator[Piece]:
    """The pieces of lines that no blank line parts."""
    merged: list[Piece] = []
    for line in group:
        before = merged[-1] if merged else None
        if before and (level := _underlines(line, before)):
            merged[-1] = replace(before, form=Form.HEADING, level=level, end=line.end)
        elif before and _continues(line, before, width):
            merged[-1] = _extended(before, line)
        else:
            merged.append(_opened(line))
    worded = sum(piece.form is not Form.RULE for piece in merged)
    for place, piece in enumerate(merged):
        before = merged[place - 1]
        # In text without blank lines 'Priority 2' and its title still begin something new.
        is_new = before.form is Form.RULE or (piece.labelled and look.ends_sentence(before.last))
        is_first = place == 0 or is_new
        yield replace(piece, first=is_first, alone=worded == 1)


def _underlines(line: Line, before: Piece) -> int | None:
    fits = before.form is Form.PLAIN and before.lines == 1 and before.number is None
    return look.underline(line.text) if fits and len(before.last) <= look.HEADING_CHARS else None


def _opened(line: Line) -> Piece:
    """A piece that begins with this line, by the mark at the line's start."""
    piece = Piece(
        form=Form.PLAIN,
        start=line.start,
        end=line.end,
        words_start=line.start,
        words_end=line.end,
        indent=line.indent,
        page=line.page,
        last=line.text,
    )
    if line.furniture:
        return replace(piece, form=Form.RULE)
    if line.cells:
        return replace(piece, form=Form.ROW, cells=line.cells)
    if found := look.hashes(line.text):
        level, start, end = found
        words_start, words_end = line.start + start, line.start + end
        piece = replace(piece, words_start=words_start, words_end=words_end)
        return replace(piece, form=Form.HEADING, level=level, hashed=True)
    if not look.has_words(line.text):
        return replace(piece, form=Form.RULE)
    if look.is_row(line.text):
        return replace(piece, form=Form.ROW)
    return _listed(piece, line)


def _listed(piece: Piece, line: Line) -> Piece:
    """The piece as an item, or as a paragraph with a number: '- 3.4 Government spending…'."""
    skip = look.bullet(line.text)
    # In '**1. Burglary**' the number stands inside the emphasis.
    inner = skip + look.emphasis(line.text[skip:])
    number = look.number(line.text[inner : inner + look.HEADING_CHARS])
    ordinal = look.ordinal(line.text[inner:] if not skip else line.text)
    if number and (not skip or "." in number):
        start = piece.words_start + skip
        return replace(piece, number=number, ordinal=ordinal, words_start=start, bulleted=skip > 0)
    if skip:
        return replace(piece, form=Form.ITEM, words_start=piece.words_start + skip, bulleted=True)
    if ordinal is None:
        return piece
    # 'A. SAFE HOMES' may head a chapter as well as be an item: its neighbours tell.
    form = Form.PLAIN if line.text[inner].isupper() else Form.ITEM
    return replace(piece, form=form, ordinal=ordinal)


def _continues(line: Line, before: Piece, width: int) -> bool:
    """Whether a line goes on with the piece before it, rather than beginning another."""
    if before.form in (Form.HEADING, Form.ROW, Form.RULE):
        return False
    opened = _opened(line)
    if opened.form is not Form.PLAIN or opened.number or opened.ordinal is not None:
        return False
    if before.lines == 1 and look.is_strong(before.last):
        return False
    if before.lines == 1 and look.is_label(before.last):
        return look.looks_like_heading(line.text)
    return not (_begins_by_label(line, before) or _broken_on_purpose(before, line, width))


def _begins_by_label(line: Line, before: Piece) -> bool:
    """Whether a line begins with a label: 'Priority 2', alone or with what it numbers behind it."""
    if look.is_label(line.text):
        return look.ends_sentence(before.last)
    # In running words a line may begin with a word and a number, too.
    may_end = look.ends_sentence(before.last) or look.is_labelled(before.last)
    return may_end and look.is_labelled(line.text)


def _broken_on_purpose(before: Piece, line: Line, width: int) -> bool:
    """Whether the line before was ended although the next word would have fitted on it."""
    first = line.text[: look.HEADING_CHARS].split()[0]
    if len(before.last) + 1 + len(first) >= _DELIBERATE * width or first[:1].islower():
        return False
    if before.form is Form.ITEM and line.indent > before.indent:
        return False
    said = before.last[look.bullet(before.last) :]
    return look.ends_sentence(said) or look.looks_like_heading(said)


def _extended(before: Piece, line: Line) -> Piece:
    is_labelled = before.lines == 1 and look.is_label(before.last)
    piece = replace(before, end=line.end, words_end=line.end, last=line.text)
    return replace(piece, lines=before.lines + 1, labelled=is_labelled)
