"""Which bulleted items under a heading are what the heading lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.models import Role, Span
from corpus.words import fold
from ingest.blocks import Block, BlockKind, Cell
from ingest.readers.lines import HEADING_WORDS, ends_sentence, ordinal_length
from ingest.runins import run_in_of
from ingest.sentences import sentences
from ingest.vocabulary import HeadingSense, heading_sense, is_bare_number, promises, tells_of_deeds

LEAD_CHARS = 250
"""A longer paragraph before a list is prose of its own, and no words to introduce the list."""


_OWN = re.compile(r"\b(?:our|my|its|these are|plan|strategy|partnership)\b")
"""Whose objectives a list holds: a survey has some of its own."""
_NUMBER_CHARS = 4
"""The longest number of a row: 'P10.'"""
_LEAST_ROWS = 2
"""So many rows below its header make a table a list."""


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items `[start, end)` among the blocks of a section; `lead` is the place of the words before.

    `tops` are the places of the items themselves, without those nested in them. `column` is the one
    that names the items where they are rows of a table.
    """

    start: int
    end: int
    lead: int | None
    tops: tuple[int, ...]
    column: int = 0


def item_lists(body: Sequence[Block]) -> list[ItemList]:
    """The lists in a section's body. Items that each have prose under them are one list."""
    runs = list(_runs(body))
    singles = [run for run in runs if len(run.tops) == 1]
    # An unindented paragraph ends a list, unless every item has one: then it describes the item.
    if len(runs) > 1 and len(singles) == len(runs):
        tops = tuple(run.tops[0] for run in runs)
        return [ItemList(runs[0].start, len(body), runs[0].lead, tops)]
    return runs


def own_list(text: str, body: Sequence[Block], *, emerging: bool = False) -> ItemList | None:
    """The list that holds what the section's heading announces; None if there is none.

    A list of how something was chosen, or of what is done or was achieved, is passed over; one
    that is introduced as priorities comes before one that is not introduced so. What is `emerging`
    may well be said to be no priority.
    """
    if rows := _table(text, body):
        return rows
    lists = item_lists(body)
    found = [each for each in lists if _may_be_own(text, body, each.lead, emerging=emerging)]
    for each in found:
        if _lead_sense(text, body, each.lead).role is Role.PRIORITY_LIST:
            return each
    if found or len(lists) != 1:
        return found[0] if found else None
    # Where nothing else is listed, what is promised is: 'Our priorities. By 2027 we will: …'.
    lead = body[lists[0].lead or 0].words.of(text)
    return lists[0] if promises(lead) and not emerging else None


def introduced_as_priorities(
    text: str, body: Sequence[Block], *, recommended: bool = False
) -> ItemList | None:
    """The first list whose lead-in says that it holds priorities: 'Our priorities are:'.

    Or else a table of which a column is headed so. Where only what is `recommended` counts, the
    lead-in has to say that too.
    """
    for items, sense in _introduced(text, body):
        if sense.role is Role.PRIORITY_LIST and (sense.recommends or not recommended):
            return items
    table = None if recommended else _table(text, body)
    return table if table and table.lead is not None and body[table.lead].header else None


def introduced_as_objectives(text: str, body: Sequence[Block]) -> ItemList | None:
    """The first list whose lead-in says that it holds the plan's objectives: 'Our aims are:'."""
    for items, sense in _introduced(text, body):
        words = fold(list_heading(items, body).of(text))
        if sense.role is Role.OBJECTIVES and _OWN.search(words):
            return items
    return None


def _introduced(text: str, body: Sequence[Block]) -> Iterator[tuple[ItemList, HeadingSense]]:
    """The lists that a lead-in with a colon introduces as the plan's own, and what that says."""
    for items in item_lists(body):
        ends_in_colon = items.lead is not None and text[body[items.lead].words.end - 1] == ":"
        if ends_in_colon and _may_be_own(text, body, items.lead):
            yield items, _lead_sense(text, body, items.lead)


def list_heading(items: ItemList, body: Sequence[Block]) -> Span:
    """The words that introduce a list: those before it, or the header of the column that names."""
    lead = body[items.lead or 0]
    return next((cell.span for cell in lead.cells if cell.column == items.column), lead.words)


def item_heading(text: str, item: Block, column: int = 0) -> Span:
    """The title of an item: what stands before a dash or a colon, else its first sentence.

    That of a row of a table is its cell in the column that names the items.
    """
    if cell := _cell(item, column):
        return cell.span
    start = item.words.start + ordinal_length(text[item.words.start : item.words.end])
    words = Span(start=start, end=item.words.end)
    run_in = run_in_of(text, words)
    # 'Priority 2 - Violence' names it after its number.
    is_named = run_in is not None and not is_bare_number(run_in.words.of(text))
    heading = run_in.words if run_in and is_named else sentences(text, words)[0]
    bare = heading.of(text).rstrip(" ;,.:")
    return Span(start=heading.start, end=heading.start + len(bare)) if bare else heading


def _table(text: str, body: Sequence[Block]) -> ItemList | None:
    """The rows of a table of which a column is headed as priorities; None unless that is clear.

    A row without a cell in that column goes on with the row above it.
    """
    rows = [at for at, block in enumerate(body) if block.kind is BlockKind.TABLE_ROW]
    if len(rows) <= _LEAST_ROWS or rows != list(range(rows[0], rows[0] + len(rows))):
        return None
    column = _column_of_priorities(text, [body[at] for at in rows])
    if column is None:
        return None
    # Where the rows are numbered, one without a number goes on with the cells above it.
    numbered = column > 0 and _cell(body[rows[1]], 0) is not None
    begins = [0, column] if numbered else [column]
    tops = tuple(at for at in rows[1:] if all(_cell(body[at], each) for each in begins))
    titles = [item_heading(text, body[at], column).of(text) for at in tops]
    is_clear = len(set(titles)) == len(titles) >= _LEAST_ROWS and all(map(_is_title, titles))
    if not is_clear or tops[0] != rows[1]:
        return None
    return ItemList(rows[1], rows[-1] + 1, rows[0], tops, column)


def _column_of_priorities(text: str, rows: Sequence[Block]) -> int | None:
    """The column that is headed as priorities, with nothing before it but numbers."""
    header, *below = rows
    # A line of text is only like a row: where one has other cells it may be none.
    if not header.header and len({len(row.cells) for row in rows}) > 1:
        return None
    for cell in header.cells:
        if heading_sense(cell.span.of(text)).role is Role.PRIORITY_LIST:
            return cell.column
        if any(_says_more(text, _cell(row, cell.column)) for row in below):
            return None
    return None


def _says_more(text: str, cell: Cell | None) -> bool:
    """Whether a cell says more than a number does."""
    return cell is not None and len(cell.span.of(text)) > _NUMBER_CHARS


def _cell(row: Block, column: int) -> Cell | None:
    return next((cell for cell in row.cells if cell.column == column), None)


def _is_title(cell: str) -> bool:
    return bool(cell) and len(cell.split()) <= HEADING_WORDS and not ends_sentence(cell)


def _runs(body: Sequence[Block]) -> Iterator[ItemList]:
    """Stretches of items with what is nested in them or continues them."""
    start = 0
    for in_list, group in groupby(body, key=_is_listed):
        size = len(list(group))
        if in_list:
            top = min(block.level or 1 for block in body[start : start + size])
            tops = [i for i in range(start, start + size) if _is_top(body[i], top)]
            lead = start - 1 if start else None
            if tops:
                yield ItemList(start, start + size, lead, tuple(tops))
        start += size


def _is_listed(block: Block) -> bool:
    return block.kind is BlockKind.LIST_ITEM or block.level is not None


def _is_top(block: Block, top: int) -> bool:
    return block.kind is BlockKind.LIST_ITEM and (block.level or 1) == top


def _may_be_own(
    text: str, body: Sequence[Block], lead: int | None, *, emerging: bool = False
) -> bool:
    if lead is None:
        return True
    is_other = _lead_sense(text, body, lead).excluded and not emerging
    return not (is_other or tells_of_deeds(body[lead].words.of(text)))


def _lead_sense(text: str, body: Sequence[Block], lead: int | None) -> HeadingSense:
    words = body[lead].words if lead is not None else None
    if words is None or words.end - words.start > LEAD_CHARS:
        return heading_sense("")
    return heading_sense(words.of(text))
