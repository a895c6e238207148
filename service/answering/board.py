"""The verdict board: each plan in scope is judged by itself, and each gets exactly one verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from corpus.models import Passage, Plan, Sentence
from corpus.retrieval import Found
from service.answering.citing import CitationBook
from service.answering.judge import Finding, clauses
from service.answering.scoping import PlanScope
from service.answering.sieve import words_shared
from service.answering.strongest import Naming, namings, related
from service.answering.wordings import Topic, Wordings
from service.ports import Engine
from service.schemas import TopicVerdict, Verdict

_NEAREST = 3
"""Passages looked at for the nearest one of a plan that doesn't name the topic."""


@dataclass
class Stopwatch:
    """Seconds spent by stage."""

    embed: float = 0.0
    search: float = 0.0
    judge: float = 0.0


@dataclass(frozen=True)
class PlanVerdict:
    """One plan's verdict on one topic, the finding that it is, and all it rests on."""

    plan: Plan
    verdict: Verdict
    strongest: Finding | None
    nearest: tuple[Passage, Sentence] | None
    naming: Naming | None = None

    @property
    def inferred(self) -> bool:
        """Whether it names the topic in other words than any list has: a model tells so."""
        return self.verdict.is_named and self.best.match.wording.meant is not None

    @property
    def best(self) -> Finding:
        """The strongest finding, which the verdict is; only where it isn't an absence."""
        if self.strongest is None:
            raise ValueError(f"{self.verdict} rests on no finding")
        return self.strongest

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What names the topic or may mean it, strongest first; else what names something near."""
        if self.naming is not None:
            return self.naming.findings
        return () if self.strongest is None else (self.strongest,)

    @property
    def beside(self) -> tuple[Finding, ...]:
        """The findings in the section of the strongest one, strongest first."""
        return () if self.naming is None else self.naming.beside


class Boards:
    """Judges every plan in scope. One retrieval for all plans, never a top-k cut across them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._numbers = {plan.id: number for number, plan in enumerate(engine.plans())}

    def of(self, topic: Topic, scope: PlanScope, watch: Stopwatch) -> list[PlanVerdict]:
        """The verdict of each plan in scope, by area and period."""
        named = self.named(topic, scope, watch)
        unnamed = [plan for plan in scope.plans if plan.id not in named]
        weaker = self._weaker(topic, unnamed, watch)
        return [weaker.get(plan.id) or _naming(plan, named[plan.id]) for plan in scope.plans]

    def named(self, topic: Topic, scope: PlanScope, watch: Stopwatch) -> dict[str, Naming]:
        """By plan in scope that names the topic, or may mean it, what it says of it."""
        started = perf_counter()
        found = self._sayable(topic.wordings, scope)
        by_plan = namings(topic, found, found.lines, self._engine.read)
        searched = perf_counter()
        told = {
            plan.id: naming
            for plan in scope.plans
            if (naming := by_plan.get(self._numbers[plan.id])) and naming.best
        }
        watch.search += searched - started
        watch.judge += perf_counter() - searched
        return told

    def _sayable(self, wordings: Wordings, scope: PlanScope) -> Found:
        """Every sentence that could say one of the wordings: none is cut by rank."""
        return self._engine.sentences(
            clauses(wordings.alone), clauses(wordings.leaning), scope.retrieval
        )

    def _weaker(self, topic: Topic, plans: list[Plan], watch: Stopwatch) -> dict[str, PlanVerdict]:
        """The verdicts of plans that don't name the topic: related, unreadable or not mentioned."""
        if not plans:
            return {}
        started = perf_counter()
        scope = PlanScope(tuple(plans), len(plans), (), None)
        # No heading lends a word to a wider thing.
        near = self._engine.sentences(clauses(topic.wider), (), scope.retrieval)
        searched = perf_counter()
        by_number = related(topic, near, near.lines, self._engine.read)
        told = {plan.id: by_number.get(self._numbers[plan.id]) for plan in plans if plan.read_whole}
        judged = perf_counter()
        absent = [plan for plan in plans if not told.get(plan.id)]
        closest = self._closest(topic, absent, watch)
        watch.search += searched - started
        watch.judge += judged - searched
        return {
            plan.id: _without_naming(plan, told.get(plan.id), closest.get(plan.id))
            for plan in plans
        }

    def _closest(
        self, topic: Topic, plans: list[Plan], watch: Stopwatch
    ) -> dict[str, tuple[Passage, Sentence]]:
        """By plan, the sentence nearest to a topic that it doesn't name."""
        if not plans:
            return {}
        scope = PlanScope(tuple(plans), len(plans), (), None)
        started = perf_counter()
        vector = self._engine.embed(topic.phrase)
        embedded = perf_counter()
        nearest = self._engine.nearest_places(vector, scope.retrieval, _NEAREST)
        searched = perf_counter()
        closest = self._closest_sentences(topic, nearest)
        watch.embed += embedded - started
        watch.search += searched - embedded
        watch.judge += perf_counter() - searched
        return closest

    def _closest_sentences(
        self, topic: Topic, nearest: Mapping[str, Sequence[int]]
    ) -> dict[str, tuple[Passage, Sentence]]:
        """By plan, of its nearest passages the sentence that shares most words with the topic.

        Where several do, the first of the nearest one.
        """
        held = {plan: places for plan, places in nearest.items() if places}
        if not held:
            return {}
        found = self._engine.whole([place for places in held.values() for place in places])
        shared = words_shared(found.lines, topic.key)
        passages = np.cumsum(found.at == 0) - 1
        plans = np.repeat(np.arange(len(held)), list(map(len, held.values())))[passages]
        order = np.lexsort((-shared, plans))
        chosen = order[np.unique(plans[order], return_index=True)[1]]
        read = self._engine.read(found.places[chosen].tolist())
        at = found.at[chosen].tolist()
        return {
            plan: (passage, passage.sentences[place])
            for plan, passage, place in zip(held, read, at, strict=True)
        }


def _naming(plan: Plan, naming: Naming) -> PlanVerdict:
    """The strongest finding's verdict; what only may be meant is shown, and is no evidence."""
    best = naming.best
    if best is None:
        raise ValueError(f"{plan.id} says nothing of the topic")
    shown = None if best.verdict.is_named else (best.passage, best.sentence)
    return PlanVerdict(plan, best.verdict, best, shown, naming)


def _without_naming(
    plan: Plan, related: Finding | None, nearest: tuple[Passage, Sentence] | None
) -> PlanVerdict:
    if not plan.read_whole:
        return PlanVerdict(plan, Verdict.UNREADABLE, None, nearest)
    if related:
        shown = (related.passage, related.sentence)
        return PlanVerdict(plan, Verdict.RELATED, related, shown)
    return PlanVerdict(plan, Verdict.NOT_MENTIONED, None, nearest)


def to_wire(
    topic: Topic, verdict: PlanVerdict, book: CitationBook, evidence: Iterable[Finding]
) -> TopicVerdict:
    """A verdict as the contract has it, its evidence cited and its nearest passage shown."""
    cited = tuple(book.cite(found.passage, found.sentence) for found in evidence)
    nearest = (book.cite(*verdict.nearest),) if verdict.nearest else ()
    section = verdict.strongest.passage.path if verdict.strongest else ()
    return TopicVerdict(
        topic=topic.phrase,
        area=verdict.plan.area,
        plan_id=verdict.plan.id,
        basis=verdict.plan.basis,
        verdict=verdict.verdict,
        section=section,
        citations=cited if verdict.verdict.is_named else (),
        nearest=nearest,
        terms_tried=topic.terms_tried,
        inferred=verdict.inferred,
    )


def no_plan_verdicts(topics: Iterable[str], scope: PlanScope) -> list[TopicVerdict]:
    """The verdicts of the areas asked for of which no plan is held."""
    return [
        TopicVerdict(topic=topic, area=area, plan_id=None, basis=None, verdict=Verdict.NO_PLAN)
        for topic in topics
        for area in scope.missing_areas
    ]
