"""Why a plan got its verdict: each sentence looked at, kept or rejected, and by which test.

Read only, and for people: a verdict never rests on anything here. The sentences are judged by the
judge's own functions; for one that was rejected, the wording that came nearest says what it lacks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from corpus.models import Passage, Plan, Sentence
from corpus.words import stem_set
from service.answering.board import Boards, PlanVerdict, Stopwatch
from service.answering.judge import Finding, clauses, named, related
from service.answering.matching import Line
from service.answering.scoping import PlanScope
from service.answering.wordings import Slot, Topic, Wording
from service.ports import Engine
from service.schemas import Verdict

_REJECTED = 12
"""Passages of one plan, nearest first, whose rejected sentences are shown."""

_KEPT = 40
"""Sentences of one plan that were kept and are shown, strongest first."""


class Check(StrEnum):
    """What a sentence failed."""

    WORDS = "words"
    APART = "apart"


class Looked(NamedTuple):
    """A sentence that was looked at, with the wording that it met or came nearest to.

    `score` is its passage's cosine with the topic. Kept: `verdict` is what it carries, and `said`
    the words that say so. Rejected: `failed` is the test, `lacks` the words that aren't there.
    """

    passage: Passage
    sentence: Sentence
    wording: Wording
    score: float | None
    verdict: Verdict | None = None
    said: str = ""
    by_heading: bool = False
    failed: Check | None = None
    lacks: tuple[str, ...] = ()

    @property
    def quote(self) -> str:
        """The sentence."""
        return self.passage.quote(self.sentence)

    @property
    def inferred(self) -> bool:
        """Whether it names the topic in words that no list has."""
        is_named = self.verdict is not None and self.verdict.is_named
        return is_named and self.wording.meant is not None


@dataclass(frozen=True)
class PlanExplained:
    """One plan: what was kept, strongest first, and rejected, what lacks least first.

    `inferred` is whether the verdict rests on words that no list has.
    `more` counts the kept sentences that aren't among them, `unshown` the passages that share a
    word with the topic and weren't looked at here.
    """

    plan: Plan
    verdict: Verdict
    inferred: bool
    kept: tuple[Looked, ...]
    more: int
    rejected: tuple[Looked, ...]
    unshown: int


@dataclass(frozen=True)
class Explanation:
    """A topic with the wordings that were tried, and each plan."""

    topic: Topic
    plans: tuple[PlanExplained, ...]


class Explainer:
    """Explains verdicts over one generation."""

    def __init__(self, engine: Engine, boards: Boards) -> None:
        self._engine = engine
        self._boards = boards

    def of(self, topic: Topic, scope: PlanScope) -> Explanation:
        """Why each plan in scope got its verdict."""
        found = _Candidates(
            _by_plan(self._containing(topic.wordings, scope)),
            _by_plan(self._containing(topic.wider, scope)),
            _by_plan(self._sharing_a_word(topic, scope)),
        )
        scores = self._scores(topic, scope)
        verdicts = self._boards.of(topic, scope, Stopwatch())
        return Explanation(
            topic, tuple(_explained(topic, verdict, found, scores) for verdict in verdicts)
        )

    def _scores(self, topic: Topic, scope: PlanScope) -> dict[str, float]:
        """By passage its cosine with the topic."""
        vector = self._engine.embed(topic.phrase)
        nearest = self._engine.nearest_per_plan(vector, scope.retrieval, self._engine.passage_count)
        return {hit.passage.id: hit.score for hits in nearest.values() for hit in hits}

    def _containing(self, wordings: tuple[Wording, ...], scope: PlanScope) -> Sequence[Passage]:
        """What the judge looks at for these wordings."""
        if not wordings:
            return ()
        return self._engine.containing_any(clauses(wordings), scope.retrieval)

    def _sharing_a_word(self, topic: Topic, scope: PlanScope) -> Sequence[Passage]:
        """Passages with any word that says the topic, which the judge may not have looked at."""
        own = [wording for wording in topic.wordings if wording.own or wording.everyday]
        words = {stem for wording in own for slot in wording.slots for stem in slot.clause}
        return self._engine.containing([words], scope.retrieval) if words else ()


class _Candidates(NamedTuple):
    """By plan the passages that may name a topic, may name something near, or share a word."""

    naming: Mapping[str, Sequence[Passage]]
    near: Mapping[str, Sequence[Passage]]
    sharing: Mapping[str, Sequence[Passage]]


def mentions(topic: Topic, passages: Iterable[Passage]) -> tuple[Finding, ...]:
    """The sentences that name a topic or may mean it, in reading order."""
    return tuple(finding for passage in passages for finding in named(topic, passage))


def _by_plan(passages: Iterable[Passage]) -> dict[str, list[Passage]]:
    grouped: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        grouped[passage.plan_id or ""].append(passage)
    return grouped


def _explained(
    topic: Topic, verdict: PlanVerdict, found: _Candidates, scores: Mapping[str, float]
) -> PlanExplained:
    plan = verdict.plan.id
    findings = [each for passage in found.naming.get(plan, ()) for each in named(topic, passage)]
    # Something near counts only where nothing names the topic.
    if not findings:
        findings = [
            each for passage in found.near.get(plan, ()) for each in related(topic, passage)
        ]
    kept = [_kept(each, scores.get(each.passage.id)) for each in findings]
    seen = {each.sentence for each in kept}
    sharing = sorted(found.sharing.get(plan, ()), key=lambda each: -scores.get(each.id, 0.0))
    rejected = [
        looked
        for passage in sharing[:_REJECTED]
        for looked in _rejected(topic, passage, scores.get(passage.id))
        if looked.sentence not in seen
    ]
    return PlanExplained(
        verdict.plan,
        verdict.verdict,
        verdict.inferred,
        tuple(sorted(kept, key=_by_strength)[:_KEPT]),
        max(0, len(kept) - _KEPT),
        tuple(sorted(rejected, key=lambda looked: len(looked.lacks))),
        max(0, len(sharing) - _REJECTED),
    )


def _by_strength(kept: Looked) -> int:
    return kept.verdict.strength if kept.verdict else len(Verdict)


def _kept(finding: Finding, score: float | None) -> Looked:
    return Looked(
        finding.passage,
        finding.sentence,
        finding.match.wording,
        score,
        verdict=finding.verdict,
        said=finding.words,
        by_heading=finding.match.by_heading,
    )


def _rejected(topic: Topic, passage: Passage, score: float | None) -> Iterator[Looked]:
    """The sentences that hold a word of a wording, each with the wording that came nearest."""
    by_words = [wording for wording in topic.wordings if wording.meant is None]
    for sentence in passage.sentences:
        line = Line(passage.quote(sentence), passage.path[1:])
        options = [(_lacks(wording, line), wording) for wording in by_words]
        touched = [each for each in options if len(each[0]) < len(each[1].slots)]
        if touched:
            lacks, wording = min(touched, key=lambda each: len(each[0]))
            check = Check.WORDS if lacks else Check.APART
            yield Looked(passage, sentence, wording, score, failed=check, lacks=lacks)


def _lacks(wording: Wording, line: Line) -> tuple[str, ...]:
    """The words of a wording that neither the sentence nor a heading above it has."""
    there = {*line.places, *(stem for heading in line.above for stem in heading)}
    return tuple(_word_of(slot, wording) for slot in wording.slots if not slot.clause & there)


def _word_of(slot: Slot, wording: Wording) -> str:
    """The word of a wording that a slot stands for."""
    words = [word for word in wording.phrase.split() if stem_set(word) & slot.clause]
    return words[0] if words else min(slot.clause)
