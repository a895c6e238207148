"""Which pieces are headings: what a line's look says, checked against its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.readers import lines as look
from ingest.readers.pieces import Form, Piece

_MARKED_HEADINGS = 2
"""With so many Markdown headings a file is Markdown: its short lines are then just short lines."""
_FEW, _SHARE_PARTED = 8, 0.3
"""With more paragraphs, of which so few have a blank line before them, a text is dense."""
_LONG = 40
"""Characters of a line that no title has below its first."""
_WRAPPED_LINES = 3
"""A long heading may be wrapped into so many lines."""


def shaped(pieces: Sequence[Piece], text: str) -> list[Piece]:
    """The pieces with headings, items and paragraphs told apart."""
    if _is_dense(pieces):
        pieces = list(_opened_up(pieces))
    marked = sum(piece.hashed for piece in pieces) >= _MARKED_HEADINGS
    judge = _bold_heading if marked else _heading_by_look
    titles = [piece.form is Form.HEADING or judge(piece, text) for piece in pieces]
    titles = _with_series(pieces, titles)
    runs = _runs(pieces, titles)
    # The order matters: a run is no stack, and a label counts only between what is left.
    titles = [title and not run for title, run in zip(titles, runs, strict=True)]
    titles = _without_stacks(pieces, titles)
    titles = _without_labels(pieces, titles, text)
    return [
        _decided(piece, is_title=is_title, in_run=in_run)
        for piece, is_title, in_run in zip(pieces, titles, runs, strict=True)
    ]


def _is_dense(pieces: Sequence[Piece]) -> bool:
    """Whether paragraphs follow one another without blank lines, as text taken from pages may."""
    plain = [piece.first for piece in pieces if piece.form is Form.PLAIN]
    return len(plain) > _FEW and sum(plain) < _SHARE_PARTED * len(plain)


def _opened_up(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """In dense text a line that looks like a heading stands as apart as it can after an end."""
    has_end = True
    for piece in pieces:
        could_be = has_end and _could_be_heading(piece)
        yield replace(piece, first=True, alone=True) if could_be else piece
        has_end = piece.form is not Form.PLAIN or _is_end(piece)


def _could_be_heading(piece: Piece) -> bool:
    is_short = piece.lines == 1 or piece.labelled
    return piece.form is Form.PLAIN and is_short and look.looks_like_heading(piece.last)


def _is_end(piece: Piece) -> bool:
    return look.ends_sentence(piece.last) or look.looks_like_heading(piece.last)


def _words(piece: Piece, text: str) -> str:
    return text[piece.words_start : min(piece.words_end, piece.words_start + 200)]


def _stands_apart(piece: Piece) -> bool:
    """Whether a piece is a line, or a wrapped heading's few, with a blank line before it."""
    is_wrapped = piece.lines <= _WRAPPED_LINES and piece.alone
    is_short = piece.lines == 1 or piece.labelled or is_wrapped
    return piece.form is Form.PLAIN and is_short and piece.first and not piece.bulleted


def _bold_heading(piece: Piece, text: str) -> bool:
    return _stands_apart(piece) and look.is_strong(_words(piece, text))


def _heading_by_look(piece: Piece, text: str) -> bool:
    words = _words(piece, text)
    return _stands_apart(piece) and (look.looks_like_heading(words) or look.is_strong(words))


def _runs(pieces: Sequence[Piece], titles: Sequence[bool]) -> list[bool]:
    """'1. Burglary', '2. Robbery' with nothing between them are a list, not headings.

    So are '1 Burglary', '2 Robbery' that stand directly below each other.
    """
    in_run = [False] * len(pieces)
    for place in range(1, len(pieces)):
        before, piece = pieces[place - 1], pieces[place]
        are_titles = titles[place] and titles[place - 1]
        if (are_titles or _is_stacked(before, piece)) and _follows(before, piece):
            in_run[place - 1] = in_run[place] = True
    return in_run


def _is_stacked(before: Piece, piece: Piece) -> bool:
    """Whether two short lines stand directly below each other."""
    both = (before, piece)
    short = all(each.lines == 1 and look.looks_like_heading(each.last) for each in both)
    return short and not piece.first and all(each.form is Form.PLAIN for each in both)


def _with_series(pieces: Sequence[Piece], titles: Sequence[bool]) -> list[bool]:
    """Numbered lines are headings if one is that goes before or after them in the numbers.

    A long one may look like a sentence by itself.
    """
    kept = list(titles)
    numbered = [at for at, piece in enumerate(pieces) if _is_numbered_line(piece)]
    pairs = [(at, after) for at, after in pairwise(numbered) if _follows(pieces[at], pieces[after])]
    for at, after in (*pairs, *reversed(pairs)):
        kept[at] = kept[after] = kept[at] or kept[after]
    return kept


def _is_numbered_line(piece: Piece) -> bool:
    return piece.number is not None and _stands_apart(piece) and not look.ends_sentence(piece.last)


def _follows(before: Piece, piece: Piece) -> bool:
    if before.number is None or piece.number is None or before.level or piece.level:
        return False
    *stem, last = before.number.split(".")
    return piece.number.split(".") == [*stem, str(int(last) + 1)]


def _without_stacks(pieces: Sequence[Piece], titles: Sequence[bool]) -> list[bool]:
    """A line directly above others is their heading only where those are prose or items."""
    return [
        is_title
        and (piece.form is Form.HEADING or piece.alone or piece.labelled or _heads(pieces, place))
        for place, (piece, is_title) in enumerate(zip(pieces, titles, strict=True))
    ]


def _heads(pieces: Sequence[Piece], place: int) -> bool:
    following = pieces[place + 1] if place + 1 < len(pieces) else None
    if following is None or following.first:
        return True
    # Below 'Objectives' stands '1. …'; below '1. …' stands the next of the same list.
    begins_list = following.ordinal is not None and pieces[place].ordinal is None
    is_listed = following.form is not Form.PLAIN or begins_list
    return is_listed or look.ends_sentence(following.last) or _is_over(pieces[place], following)


def _is_over(piece: Piece, following: Piece) -> bool:
    """Whether a line in capitals stands over a long one that isn't: no two lines of a title."""
    is_capitals = look.is_capitals(piece.last) and not look.is_capitals(following.last)
    return is_capitals and len(following.last) >= _LONG


def _without_labels(pieces: Sequence[Piece], titles: Sequence[bool], text: str) -> list[bool]:
    """'Status: For Information' with nothing under it is a particular of the document.

    A label that comes again after text ('Priority: Fraud', 'Priority: Arson') is what headings have
    alike; right below a heading ('Lead: Police') it is a particular of that, as often as it comes.
    """
    kept = list(titles)
    labels = Counter(
        _label(_words(piece, text))
        for piece, is_title in zip(pieces, titles, strict=True)
        if is_title
    )
    for place, piece in enumerate(pieces[:-1]):
        if titles[place] and titles[place + 1] and piece.form is Form.PLAIN:
            label = _label(_words(piece, text))
            is_below = place > 0 and titles[place - 1]
            kept[place] = label is None or (labels[label] > 1 and not is_below)
    return kept


def _label(words: str) -> str | None:
    """The label of a line 'Status: For Information'; None if it has none, or a number in it."""
    label, colon, value = words.partition(": ")
    return label if colon and value.strip() and not label[-1:].isdigit() else None


def _decided(piece: Piece, *, is_title: bool, in_run: bool) -> Piece:
    """The piece in its final form."""
    if is_title:
        return replace(piece, form=Form.HEADING)
    if piece.form is Form.PLAIN and (in_run or piece.ordinal is not None):
        return replace(piece, form=Form.ITEM)
    return piece
