"""Which plans a question ranges over: filters, areas, years, editions; decided before a search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.models import Plan
from corpus.retrieval import Scope
from service.answering.reading import Question
from service.schemas import AnswerScope, Filters


@dataclass(frozen=True)
class PlanScope:
    """The plans in scope out of those held, and the areas asked for of which none is held."""

    plans: tuple[Plan, ...]
    held: int
    missing_areas: tuple[str, ...]
    year: int | None

    @property
    def retrieval(self) -> Scope:
        """The scope for the engine: just these plans."""
        return Scope(plans=frozenset(plan.id for plan in self.plans))

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas of the plans in scope, by name."""
        return tuple(sorted({plan.area for plan in self.plans}))

    @property
    def summary(self) -> AnswerScope:
        """The scope as the answer carries it."""
        return AnswerScope(
            plans_in_scope=len(self.plans),
            plans_read=sum(plan.read_whole for plan in self.plans),
            plans_held=self.held,
            areas=self.areas,
            period=_period(self.plans),
        )


def scope_of(question: Question, filters: Filters, held: Sequence[Plan]) -> PlanScope:
    """The plans that a question ranges over, under the filters that came with it."""
    year = filters.year if filters.year is not None else question.year
    return select_plans(
        held,
        areas=question.areas if question.mentions else None,
        filters=filters,
        year=year,
        without=question.excluded,
        missing=question.unknown_areas,
    )


def select_plans(
    held: Sequence[Plan],
    *,
    areas: Iterable[str] | None,
    filters: Filters,
    year: int | None,
    without: Iterable[str] = (),
    missing: Iterable[str] = (),
) -> PlanScope:
    """The plans of `areas` (None: of all) less `without`, in a year, as the filters allow."""
    known = {plan.area for plan in held}
    wanted = set(areas) if areas is not None else None
    # A question that names only areas to leave out ranges over all the others.
    if wanted is not None and not wanted and not tuple(missing):
        wanted = None
    asked = set(filters.areas) if filters.areas is not None else known
    chosen = [
        plan
        for plan in held
        if (wanted is None or plan.area in wanted)
        and plan.area in asked
        and plan.area not in set(without)
        and (filters.plans is None or plan.id in filters.plans)
        and (year is None or (plan.period is not None and plan.period.covers(year)))
    ]
    if year is None and filters.plans is None:
        chosen = current_editions(chosen)
    absent = [name for name in (*missing, *(filters.areas or ())) if name not in known]
    return PlanScope(tuple(chosen), len(held), tuple(dict.fromkeys(absent)), year)


def current_editions(plans: Iterable[Plan]) -> list[Plan]:
    """Of each area's plans of one kind the latest: a later edition supersedes an earlier one."""
    plans = list(plans)
    latest: dict[tuple[str, str], int] = {}
    for plan in plans:
        if plan.period:
            key = (plan.area, plan.kind)
            latest[key] = max(latest.get(key, 0), plan.period.start)
    return [
        plan
        for plan in plans
        if plan.period is None or plan.period.start == latest[plan.area, plan.kind]
    ]


def _period(plans: Sequence[Plan]) -> str | None:
    periods = [plan.period for plan in plans if plan.period]
    if not periods:
        return None
    first = min(period.start for period in periods)
    last = max(period.end for period in periods)
    return str(first) if first == last else f"{first}-{last}"
