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
    held_period: str | None = None

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


@dataclass(frozen=True)
class Wanted:
    """What a question asks for: areas (None: all) less some, a year, and places not held."""

    areas: frozenset[str] | None = None
    without: frozenset[str] = frozenset()
    year: int | None = None
    all_editions: bool = False
    previous: bool = False
    edition: int | None = None
    missing: tuple[str, ...] = ()

    def admits(self, plan: Plan) -> bool:
        """Whether a plan is asked for."""
        return self.is_of_area(plan) and (
            self.year is None or (plan.period is not None and plan.period.covers(self.year))
        )

    def is_of_area(self, plan: Plan) -> bool:
        """Whether a plan is of an area that is asked for."""
        return (self.areas is None or plan.area in self.areas) and plan.area not in self.without


def scope_of(question: Question, filters: Filters, held: Sequence[Plan]) -> PlanScope:
    """The plans that a question ranges over, under the filters that came with it."""
    # A question that names only areas to leave out ranges over all the others.
    named = frozenset(question.areas) if question.areas or question.unknown_areas else None
    wanted = Wanted(
        areas=named,
        without=frozenset(question.excluded),
        year=question.year,
        all_editions=question.all_editions,
        previous=question.previous,
        edition=question.edition,
        missing=question.unknown_areas,
    )
    return select_plans(held, wanted, filters)


def select_plans(held: Sequence[Plan], wanted: Wanted, filters: Filters) -> PlanScope:
    """The plans that are asked for, as the filters allow."""
    year = filters.year if filters.year is not None else wanted.year
    allowed = Scope(
        areas=frozenset(filters.areas) if filters.areas is not None else None,
        plans=frozenset(filters.plans) if filters.plans is not None else None,
        year=filters.year,
    )
    chosen = [plan for plan in held if wanted.admits(plan) and allowed.admits(plan)]
    if wanted.edition is not None:
        chosen = nth_editions(chosen, wanted.edition)
    elif year is None and filters.plans is None and not wanted.all_editions:
        chosen = current_editions(chosen)
    if wanted.previous:
        earlier = [plan for plan in held if wanted.is_of_area(plan) and allowed.admits(plan)]
        chosen = [before for plan in chosen for before in editions_before(plan, earlier)]
    known = {plan.area for plan in held}
    absent = [name for name in (*wanted.missing, *(filters.areas or ())) if name not in known]
    missing = tuple(dict.fromkeys(absent))
    return PlanScope(tuple(chosen), len(held), missing, year, _period(held))


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


def nth_editions(plans: Sequence[Plan], nth: int) -> list[Plan]:
    """Of each area's plans of one kind the nth, from 1 on, by their years; none if too few."""
    starts: dict[tuple[str, str], set[int]] = {}
    for plan in plans:
        if plan.period:
            starts.setdefault((plan.area, plan.kind), set()).add(plan.period.start)
    return [
        plan
        for plan in plans
        if plan.period
        and sorted(starts[plan.area, plan.kind])[nth - 1 : nth] == [plan.period.start]
    ]


def editions_before(plan: Plan, held: Iterable[Plan]) -> list[Plan]:
    """Of the plans of the same area and kind the latest that started before a plan did."""
    if plan.period is None:
        return []
    start = plan.period.start
    earlier = [
        other
        for other in held
        if (other.area, other.kind) == (plan.area, plan.kind)
        and other.period is not None
        and other.period.start < start
    ]
    return current_editions(earlier)


def _period(plans: Sequence[Plan]) -> str | None:
    periods = [plan.period for plan in plans if plan.period]
    if not periods:
        return None
    first = min(period.start for period in periods)
    last = max(period.end for period in periods)
    return str(first) if first == last else f"{first}-{last}"
