"""The board as native tables, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from slack_sdk.models.blocks import RawTextObject, RichTextBlock

from bots.slack import limits, messages
from bots.slack.markup import clipped
from bots.slack.parts import DataTableBlock, Links, characters, linked, raw, rich, section, words
from service.labels import shown_verdict
from service.schemas import Answer, Citation, TopicVerdict

Cell = RawTextObject | RichTextBlock
Row = tuple[Cell, ...]


class Budget(NamedTuple):
    """What a table may hold."""

    characters: int
    rows: int = limits.TABLE_ROWS


def header(answer: Answer) -> Row:
    """The columns; topics get one where there are several."""
    names = [messages.AREA, messages.VERDICT, messages.SECTION, messages.EVIDENCE]
    if _several_topics(answer):
        names.insert(1, messages.TOPIC)
    return tuple(raw(name) for name in names)


def rows(answer: Answer, links: Links) -> list[Row]:
    """One row for each verdict, in the answer's own order."""
    cited = {citation.n: citation for citation in answer.citations}
    return [_row(verdict, answer, cited, links) for verdict in answer.verdicts]


def _row(verdict: TopicVerdict, answer: Answer, cited: Mapping[int, Citation], links: Links) -> Row:
    place = verdict.section[-1] if verdict.section else messages.NOTHING
    cells = [raw(_cell(verdict.area)), raw(said(verdict)), raw(_cell(place))]
    if _several_topics(answer):
        cells.insert(1, raw(_cell(verdict.topic)))
    return (*cells, _evidence(verdict, cited, links))


def said(verdict: TopicVerdict) -> str:
    """A verdict by its shape and words, as every surface shows it."""
    shown = shown_verdict(verdict)
    return f"{shown.shape} {shown.words}"


def _cell(text: str) -> str:
    return clipped(" ".join(text.split()), limits.CELL) or messages.NOTHING


def _evidence(verdict: TopicVerdict, cited: Mapping[int, Citation], links: Links) -> Cell:
    numbers = verdict.citations or verdict.nearest
    if not numbers:
        return raw(messages.NOTHING)
    shown = [linked(links.source(cited[n].url) if n in cited else None, f"[{n}]") for n in numbers]
    opening = [] if verdict.citations else [words(messages.nearest(""))]
    return rich(section([*opening, *shown]))


def _several_topics(answer: Answer) -> bool:
    return len({verdict.topic for verdict in answer.verdicts}) > 1


def tables(answer: Answer, links: Links, first: Budget, further: Budget) -> list[DataTableBlock]:
    """The whole board in tables that each fit their message; none where there is no board."""
    caption = messages.board_caption(list(dict.fromkeys(v.topic for v in answer.verdicts)))
    caption = clipped(caption, limits.CELL * 2)
    top = header(answer)
    spent = len(caption) + characters(cell.to_dict() for cell in top)
    return [
        DataTableBlock(caption=caption, rows=[top, *page])
        for page in _pages(rows(answer, links), first, further, spent)
    ]


def _pages(
    listed: Sequence[Row], first: Budget, further: Budget, spent: int
) -> Iterator[list[Row]]:
    page: list[Row] = []
    budget, used = first, spent
    for row in listed:
        size = characters(cell.to_dict() for cell in row)
        if page and (used + size > budget.characters or len(page) == budget.rows):
            yield page
            page, budget, used = [], further, spent
        page.append(row)
        used += size
    if page:
        yield page


_COLUMNS = (
    *("area", "topic", "verdict", "section", "number"),
    *("evidence", "quotation", "page", "source"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet begins a formula (OWASP, CSV injection)."""


def sheet(answer: Answer, links: Links) -> bytes:
    """The whole board as CSV: a line for each citation, and for each verdict without one.

    UTF-8 with the mark that makes spreadsheets read it as such.
    """
    cited = {citation.n: citation for citation in answer.citations}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for verdict in answer.verdicts:
        writer.writerows(
            [_harmless(cell) for cell in line] for line in _lines(verdict, cited, links)
        )
    return out.getvalue().encode("utf-8-sig")


def _lines(
    verdict: TopicVerdict, cited: Mapping[int, Citation], links: Links
) -> Iterator[list[str]]:
    words_only = shown_verdict(verdict).words
    opening = [verdict.area, verdict.topic, words_only]
    proof = [(n, "evidence") for n in verdict.citations]
    proof += [(n, "nearest") for n in verdict.nearest]
    for number, kind in proof:
        citation = cited[number]
        yield [
            *opening,
            " › ".join(citation.section),
            str(number),
            kind,
            citation.quote,
            str(citation.page or ""),
            links.source(citation.url) or citation.url,
        ]
    if not proof:
        yield [*opening, " › ".join(verdict.section), *[""] * 5]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
