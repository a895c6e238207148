"""Which bulleted items under a heading are what the heading lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.models import Role, Span
from ingest.blocks import Block, BlockKind
from ingest.readers.lines import HEADING_WORDS, cells, ends_sentence, is_row, ordinal_length
from ingest.runins import run_in_of
from ingest.sentences import sentences
from ingest.vocabulary import HeadingSense, heading_sense, tells_of_deeds

_LEAD_CHARS = 250
"""A longer paragraph before a list is prose of its own, and no words to introduce the list."""


_LEAST_ROWS = 2
"""So many rows below its header make a table a list."""


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items `[start, end)` among the blocks of a section; `lead` is the place of the words before.

    `tops` are the places of the items themselves, without those nested in them.
    """

    start: int
    end: int
    lead: int | None
    tops: tuple[int, ...]


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
    found = [
        each for each in item_lists(body) if _may_be_own(text, body, each.lead, emerging=emerging)
    ]
    for each in found:
        if _lead_sense(text, body, each.lead).role is Role.PRIORITY_LIST:
            return each
    return found[0] if found else None


def introduced_as_priorities(
    text: str, body: Sequence[Block], *, recommended: bool = False
) -> ItemList | None:
    """The first list whose lead-in says that it holds priorities: 'Our priorities are:'.

    Where only what is `recommended` counts, the lead-in has to say that too.
    """
    for each in item_lists(body):
        if each.lead is None or text[body[each.lead].words.end - 1] != ":":
            continue
        sense = _lead_sense(text, body, each.lead)
        is_list = sense.role is Role.PRIORITY_LIST and (sense.recommends or not recommended)
        if is_list and _may_be_own(text, body, each.lead):
            return each
    return None


def item_heading(text: str, item: Block) -> Span:
    """The title of an item: what stands before a dash or a colon, else its first sentence.

    That of a row of a table is its first cell.
    """
    if is_row(item.words.of(text)):
        return _first_cell(text, item)
    start = item.words.start + ordinal_length(text[item.words.start : item.words.end])
    words = Span(start=start, end=item.words.end)
    run_in = run_in_of(text, words)
    heading = run_in.words if run_in else sentences(text, words)[0]
    bare = heading.of(text).rstrip(" ;,.:")
    return Span(start=heading.start, end=heading.start + len(bare)) if bare else heading


def _table(text: str, body: Sequence[Block]) -> ItemList | None:
    """The rows of a table whose first column is headed as priorities; None unless that is clear."""
    rows = [at for at, block in enumerate(body) if is_row(block.words.of(text))]
    if len(rows) <= _LEAST_ROWS or rows != list(range(rows[0], rows[0] + len(rows))):
        return None
    widths = {len(cells(body[at].words.of(text))) for at in rows}
    header, *titles = (_first_cell(text, body[at]).of(text) for at in rows)
    is_clear = len(widths) == 1 and len(set(titles)) == len(titles) and all(map(_is_title, titles))
    if not is_clear or heading_sense(header).role is not Role.PRIORITY_LIST:
        return None
    return ItemList(rows[1], rows[-1] + 1, rows[0], tuple(rows[1:]))


def _first_cell(text: str, row: Block) -> Span:
    start, end = cells(row.words.of(text))[0]
    return Span(start=row.words.start + start, end=row.words.start + end)


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
    if words is None or words.end - words.start > _LEAD_CHARS:
        return heading_sense("")
    return heading_sense(words.of(text))
