"""Regions of a document: its plans, and what lies around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import BlockKind, ReadFile
from ingest.facts import PlanFacts
from ingest.front import Front


@dataclass(frozen=True, slots=True)
class Region:
    """Blocks `[start, end)` of a file: one plan, or where `plan` is None text outside the plans.

    `heading` is the place of the title's block among all blocks; None where it isn't in the text.
    """

    start: int
    end: int
    title: str
    heading: int | None = None
    plan: PlanFacts | None = None


def headings_between(file: ReadFile, start: int, end: int) -> Iterator[int]:
    """The places of the headings among the blocks `[start, end)`."""
    return (at for at in range(start, end) if file.blocks[at].kind is BlockKind.HEADING)


def covering(plans: Sequence[Region], file: ReadFile, front: Front) -> Iterator[Region]:
    """The plans, in order, each up to where it ends, and what lies between and around them."""
    at = 0
    resumed = _next_number(file, plans[0].start) if plans else None
    for place, plan in enumerate(plans):
        limit = plans[place + 1].start if place + 1 < len(plans) else len(file.blocks)
        if at < plan.start:
            yield _outside(at, plan.start, front)
        at = _plan_end(plan, file, limit, resumed)
        yield replace(plan, end=at)
    if at < len(file.blocks):
        yield _outside(at, len(file.blocks), front)


def _outside(start: int, end: int, front: Front) -> Region:
    is_here = front.heading is not None and start <= front.heading < end
    return Region(start, end, front.title, front.heading if is_here else None)


def _plan_end(plan: Region, file: ReadFile, limit: int, resumed: str | None) -> int:
    """Where a plan ends: where the report's numbers go on, or the next heading is no lower."""
    if plan.start == 0:
        return limit
    inner = list(headings_between(file, plan.start + 1, limit))
    numbered = next((at for at in inner if _whole_number(file, at)), None)
    if numbered is not None and _whole_number(file, numbered) == resumed:
        return numbered
    level = file.blocks[plan.start].level
    levels = [file.blocks[at].level or 0 for at in inner]
    # A title with no lower heading under it says nothing of levels.
    if level is None or not inner or levels[0] <= level:
        return limit
    return next((at for at, each in zip(inner, levels, strict=True) if each <= level), limit)


def _next_number(file: ReadFile, end: int) -> str | None:
    """The number that the next heading of a report would have: '6' after '5 Equality'."""
    numbers = [n for at in headings_between(file, 0, end) if (n := _whole_number(file, at))]
    return str(int(numbers[-1]) + 1) if numbers else None


def _whole_number(file: ReadFile, place: int) -> str:
    number = file.blocks[place].number or ""
    return number if number.isdigit() else ""
