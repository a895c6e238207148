"""Why a plan got its verdict: each sentence looked at, kept or rejected, and by which test.

Read only, and for people: a verdict never rests on anything here. The sentences are judged by the
judge's own functions; for one that was rejected, the wording that came nearest says what it lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from corpus.models import Passage, Plan, Sentence
from corpus.words import stem_set
from service.answering.board import Boards, PlanVerdict, Stopwatch
from service.answering.judge import Finding, named, related
from service.answering.matching import Line
from service.answering.scoping import PlanScope
from service.answering.wordings import Slot, Topic, Wording
from service.ports import Engine
from service.schemas import Verdict

_REJECTED = 12
"""Sentences of one plan that are shown although they were rejected, nearest first."""


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


@dataclass(frozen=True)
class PlanExplained:
    """One plan: what was kept, strongest first, and rejected, nearest first.

    `unshown` counts the rejected sentences that share a word with the topic and aren't among them.
    """

    plan: Plan
    verdict: Verdict
    kept: tuple[Looked, ...]
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
        vector = self._engine.embed(topic.phrase)
        nearest = self._engine.nearest_per_plan(vector, scope.retrieval, self._engine.passage_count)
        candidates = self._candidates(topic, scope)
        return Explanation(
            topic,
            tuple(
                _explained(
                    topic,
                    verdict,
                    candidates,
                    {hit.passage.id: hit.score for hit in nearest.get(verdict.plan.id, ())},
                )
                for verdict in self._boards.of(topic, scope, Stopwatch())
            ),
        )

    def _candidates(self, topic: Topic, scope: PlanScope) -> Sequence[Passage]:
        """Every passage that holds a word of the topic, which is more than the judge looks at."""
        any_word = frozenset().union(
            *(slot.clause for wording in _all(topic) for slot in wording.slots)
        )
        return self._engine.containing([any_word], scope.retrieval) if any_word else ()


def mentions(topic: Topic, passages: Iterable[Passage]) -> tuple[Finding, ...]:
    """The sentences that name a topic or may mean it, in reading order."""
    return tuple(finding for passage in passages for finding in named(topic, passage))


def _all(topic: Topic) -> tuple[Wording, ...]:
    return (*topic.wordings, *topic.wider)


def _explained(
    topic: Topic,
    verdict: PlanVerdict,
    candidates: Iterable[Passage],
    scores: Mapping[str, float],
) -> PlanExplained:
    own = [passage for passage in candidates if passage.plan_id == verdict.plan.id]
    kept = [
        _kept(finding, scores.get(finding.passage.id))
        for passage in own
        for finding in (named(topic, passage) or related(topic, passage))
    ]
    seen = {(each.passage.id, each.sentence.start) for each in kept}
    rejected = sorted(
        (
            looked
            for passage in own
            for looked in _rejected(topic, passage, scores.get(passage.id))
            if (passage.id, looked.sentence.start) not in seen
        ),
        key=lambda looked: (len(looked.lacks), -(looked.score or 0.0)),
    )
    return PlanExplained(
        verdict.plan,
        verdict.verdict,
        tuple(sorted(kept, key=_by_strength)),
        tuple(rejected[:_REJECTED]),
        max(0, len(rejected) - _REJECTED),
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
    for sentence in passage.sentences:
        line = Line(passage.quote(sentence), passage.path[1:])
        options = [(_lacks(wording, line), wording) for wording in topic.wordings]
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
