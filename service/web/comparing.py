"""Compare: areas by topics, each cell a verdict that opens its evidence; two areas side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response
from starlette.requests import Request

from corpus.models import Role
from corpus.words import content_stems
from ingest.vocabulary import heading_sense, without_label
from service.answering.explaining import PlanExplained
from service.holdings import years_of
from service.library import Held
from service.ports import Engine
from service.schemas import Board
from service.state import State
from service.tables import verdict_table
from service.web.answers import Quotation, Row, board_rows, source_link
from service.web.downloads import base_of, spreadsheet
from service.web.forms import CompareForm
from service.web.render import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

MOST_TOPICS = 12
"""Topics of one grid: more columns can't be read side by side."""
_SUGGESTED = 12
_LONGEST_SUGGESTION = 50
"""Characters; longer headings are sentences rather than topics."""


class Line(NamedTuple):
    """One plan of the grid, with its verdict on each topic."""

    area: str
    period: str | None
    cells: list[Row]


@router.api_route("/compare", methods=["GET", "HEAD"])
def compare(state: State, form: Annotated[CompareForm, Query()]) -> HTMLResponse:
    """The grid; without topics the form, with topics to begin with."""
    held = state.library.held()
    topics = _topics(form)
    boards = [held.board(topic, form.filters) for topic in topics]
    return page(
        "compare.html",
        {
            "topics": topics,
            "wordless": [each for each in form.asked if not content_stems(each)],
            "too_many": len(topics) == MOST_TOPICS and len(form.asked) > MOST_TOPICS,
            "most": MOST_TOPICS,
            "lines": _lines(boards, held.engine),
            "scope": boards[0].scope if boards else None,
            "sides": _sides(held, topics, form),
            "suggestions": _suggestions(held.engine, topics),
            "areas": [area.name for area in held.engine.areas()],
            "years": years_of(held.engine),
            "chosen": form,
        },
    )


@router.get("/compare.csv")
def table(request: Request, state: State, form: Annotated[CompareForm, Query()]) -> Response:
    """The grid as a table for a spreadsheet: a row for each area and topic."""
    held = state.library.held()
    boards = [held.board(each, form.filters) for each in _topics(form)]
    made = verdict_table(boards, held.engine.plans(), base_of(request, state))
    return spreadsheet(made, "comparison.csv")


def _topics(form: CompareForm) -> list[str]:
    """The topics that have a word to look for, as many as a grid takes."""
    return [each for each in form.asked if content_stems(each)][:MOST_TOPICS]


def _lines(boards: Sequence[Board], engine: Engine) -> list[Line]:
    """The grid by plan: each board has the same plans, in the same order."""
    columns = [_cells(board, engine) for board in boards]
    return [
        Line(cells[0].verdict.area, cells[0].period, list(cells))
        for cells in zip(*columns, strict=True)
    ]


def _cells(board: Board, engine: Engine) -> list[Row]:
    quotations = {
        each.n: Quotation(each, source_link(each, topic=board.topic)) for each in board.citations
    }
    return board_rows(board.verdicts, quotations, engine.plans())


def _sides(held: Held, topics: Sequence[str], form: CompareForm) -> tuple[PlanExplained, ...]:
    """Where two areas are compared on one topic: every mention in each, strongest first."""
    if len(topics) != 1 or len(form.area) != 2:
        return ()
    explained = held.explain(topics[0], form.filters)
    return explained.plans if explained else ()


def _suggestions(engine: Engine, taken: Sequence[str]) -> list[str]:
    """The priorities of the plans, those that most plans share first, without their numbers."""
    named = [
        _unlabelled(" ".join(section.path[-1].split()))
        for document in engine.documents()
        for section in engine.sections(document.id)
        if section.role is Role.PRIORITY and not heading_sense(section.path[-1]).emerging
    ]
    spelled = {title.casefold(): title for title in reversed(named)}
    fitting = (
        title
        for title, _ in Counter(map(str.casefold, named)).most_common()
        if len(title) <= _LONGEST_SUGGESTION and content_stems(title)
    )
    held = {each.casefold() for each in taken}
    return [spelled[title] for title in fitting if title not in held][:_SUGGESTED]


def _unlabelled(title: str) -> str:
    """'Hate crime' of 'Priority 3: Hate crime'."""
    return title[-len(without_label(title)) :]
