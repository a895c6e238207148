"""Boards and answers as CSV (RFC 4180): one row for each verdict, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from corpus.models import Plan
from service.labels import shown_verdict
from service.schemas import Answer, Board, Citation, TopicVerdict

Cell = str | int | None

COLUMNS = (
    *("area", "topic", "verdict", "verdict_in_words", "period", "basis", "section"),
    *("quotation", "nearest_passage", "page", "start", "end", "url"),
    *("document_id", "text_sha256", "plan_id", "terms_tried"),
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet read a cell as a formula (OWASP, CSV injection)."""


def verdict_table(
    boards: Iterable[Board | Answer], plans: Iterable[Plan], public_url: str = ""
) -> str:
    """One row for each verdict, with its first evidence or, where it has none, what is nearest."""
    periods = {plan.id: str(plan.period) for plan in plans if plan.period}
    return as_csv(
        COLUMNS,
        (
            _row(verdict, {each.n: each for each in board.citations}, periods, public_url)
            for board in boards
            for verdict in board.verdicts
        ),
    )


def _row(
    verdict: TopicVerdict,
    citations: Mapping[int, Citation],
    periods: Mapping[str, str],
    public_url: str,
) -> Sequence[Cell]:
    shown = next(iter((*verdict.citations, *verdict.nearest)), None)
    citation = citations.get(shown) if shown is not None else None
    quote = citation.quote if citation else None
    return (
        verdict.area,
        verdict.topic,
        verdict.verdict.value,
        shown_verdict(verdict).words,
        periods.get(verdict.plan_id or ""),
        verdict.basis.value if verdict.basis else None,
        " › ".join(citation.section if citation else verdict.section),
        quote if verdict.citations else None,
        None if verdict.citations else quote,
        *_place(citation, public_url),
        verdict.plan_id,
        "; ".join(verdict.terms_tried),
    )


def _place(citation: Citation | None, public_url: str) -> Sequence[Cell]:
    if citation is None:
        return (None,) * 6
    return (
        citation.page,
        citation.start,
        citation.end,
        f"{public_url}{citation.url}",
        citation.document_id,
        citation.text_sha256,
    )


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table whose texts a spreadsheet shows as they are, never as formulas."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return file.getvalue()


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell
