"""The verdict board: each plan in scope is judged by itself, and each gets exactly one verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from time import perf_counter

from corpus.models import Passage, Plan, Sentence, Standing
from corpus.words import stem_set
from service.answering.citing import CitationBook
from service.answering.judge import Finding, clauses, named, related
from service.answering.scoping import PlanScope
from service.answering.wordings import Topic, Wordings
from service.ports import Engine
from service.schemas import TopicVerdict, Verdict

_SENTENCE = 4
"""Words in the shortest sentence that says something."""
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
    """One plan's verdict on one topic with what it rests on, strongest finding first."""

    plan: Plan
    verdict: Verdict
    findings: tuple[Finding, ...]
    nearest: tuple[Passage, Sentence] | None

    @property
    def inferred(self) -> bool:
        """Whether it names the topic in other words than any list has: a model tells so."""
        return self.verdict.is_named and self.best.match.wording.meant is not None

    @property
    def best(self) -> Finding:
        """The strongest finding, which the verdict is; only where it isn't an absence."""
        return self.findings[0]


class Boards:
    """Judges every plan in scope. One retrieval for all plans, never a top-k cut across them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, topic: Topic, scope: PlanScope, watch: Stopwatch) -> list[PlanVerdict]:
        """The verdict of each plan in scope, by area and period."""
        findings = self.findings(topic, scope, watch)
        unnamed = [plan for plan in scope.plans if not findings[plan.id]]
        weaker = self._weaker(topic, unnamed, watch)
        return [
            weaker.get(plan.id) or _with_findings(plan, findings[plan.id]) for plan in scope.plans
        ]

    def findings(
        self, topic: Topic, scope: PlanScope, watch: Stopwatch
    ) -> dict[str, list[Finding]]:
        """By plan in scope, the sentences that name the topic or may mean it, strongest first."""
        started = perf_counter()
        candidates = self._candidates(topic.wordings, scope)
        searched = perf_counter()
        findings = {plan.id: _findings(topic, candidates.get(plan.id, ())) for plan in scope.plans}
        watch.search += searched - started
        watch.judge += perf_counter() - searched
        return findings

    def _candidates(self, wordings: Wordings, scope: PlanScope) -> dict[str, list[Passage]]:
        """By plan, every passage that could say one of the wordings: none is cut by rank."""
        if not wordings:
            return {}
        return _by_plan(self._engine.containing_any(clauses(wordings), scope.retrieval))

    def _weaker(self, topic: Topic, plans: list[Plan], watch: Stopwatch) -> dict[str, PlanVerdict]:
        """The verdicts of plans that don't name the topic: related, unreadable or not mentioned."""
        if not plans:
            return {}
        scope = PlanScope(tuple(plans), len(plans), (), None)
        started = perf_counter()
        vector = self._engine.embed(topic.phrase)
        embedded = perf_counter()
        nearest = self._engine.nearest_per_plan(vector, scope.retrieval, _NEAREST)
        near = self._candidates(topic.wider, scope)
        searched = perf_counter()
        verdicts = {}
        for plan in plans:
            wider = [
                found for passage in near.get(plan.id, ()) for found in related(topic, passage)
            ]
            hits = nearest.get(plan.id, ())
            closest = _closest_sentence(topic, [hit.passage for hit in hits])
            verdicts[plan.id] = _without_naming(plan, wider, closest)
        watch.embed += embedded - started
        watch.search += searched - embedded
        watch.judge += perf_counter() - searched
        return verdicts


def _findings(topic: Topic, passages: Iterable[Passage]) -> list[Finding]:
    found = [finding for passage in passages for finding in named(topic, passage)]
    return sorted(found, key=_by_strength)


def _with_findings(plan: Plan, findings: list[Finding]) -> PlanVerdict:
    """The strongest finding's verdict; what only may be meant is shown, and is no evidence."""
    best = findings[0]
    shown = None if best.verdict.is_named else (best.passage, best.sentence)
    return PlanVerdict(plan, best.verdict, tuple(findings), shown)


def _without_naming(
    plan: Plan, wider: list[Finding], nearest: tuple[Passage, Sentence] | None
) -> PlanVerdict:
    if not plan.read_whole:
        return PlanVerdict(plan, Verdict.UNREADABLE, (), nearest)
    if wider:
        # The strongest wording of the wider class: where it is a priority itself, if anywhere.
        best = min(wider, key=lambda found: found.sentence.standing is Standing.BODY)
        return PlanVerdict(plan, Verdict.RELATED, (best,), (best.passage, best.sentence))
    return PlanVerdict(plan, Verdict.NOT_MENTIONED, (), nearest)


def _by_plan(passages: Iterable[Passage]) -> dict[str, list[Passage]]:
    grouped: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.plan_id is not None:
            grouped[passage.plan_id].append(passage)
    return grouped


def _by_strength(finding: Finding) -> tuple[int, bool, int, bool, int]:
    """Strongest verdict first, then the surest words, told by no heading, then in order.

    A mere label ("Street lighting.") says less than a sentence.
    """
    match, quote = finding.match, finding.passage.quote(finding.sentence)
    is_label = finding.verdict is Verdict.MENTIONED and len(quote.split()) < _SENTENCE
    strength = finding.verdict.strength
    return strength, match.by_heading, match.wording.distance, is_label, finding.sentence.start


def _closest_sentence(topic: Topic, passages: list[Passage]) -> tuple[Passage, Sentence] | None:
    """Of the passages nearest in meaning the sentence that shares most words with the topic."""
    options = [
        (-len(stem_set(passage.quote(sentence)).intersection(topic.key)), rank, at)
        for rank, passage in enumerate(passages)
        for at, sentence in enumerate(passage.sentences)
    ]
    if not options:
        return None
    _, rank, at = min(options)
    return passages[rank], passages[rank].sentences[at]


def to_wire(
    topic: Topic, verdict: PlanVerdict, book: CitationBook, evidence: Iterable[Finding]
) -> TopicVerdict:
    """A verdict as the contract has it, its evidence cited and its nearest passage shown."""
    cited = tuple(book.cite(found.passage, found.sentence) for found in evidence)
    nearest = (book.cite(*verdict.nearest),) if verdict.nearest else ()
    section = verdict.best.passage.path if verdict.findings else ()
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
