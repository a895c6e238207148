"""What plain retrieval gives for the same questions: the top passages, taken as the answer.

The areas of the passages are the answer's areas, the best sentence of each passage its citation,
and it always answers. It knows nothing of conversations, verdicts or absence.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus.models import Passage, Sentence
from corpus.query import NOTHING, any_word_of
from corpus.retrieval import Scope
from corpus.words import content_stems, stems
from service.evaluation.questions import Golden
from service.evaluation.scoring import Evidence, Outcome
from service.ports import Engine

TOP = 5
"""Passages taken: more than the four plans of the report that ships."""

SentenceScore = Callable[[str], float]


def keyword_outcome(question: Golden, engine: Engine) -> Outcome:
    """BM25 alone; the best sentence is the one that shares most stems with the question."""
    wanted = set(content_stems(question.question))
    found = engine.search(any_word_of(question.question), None, Scope(), TOP)
    passages = [hit.passage for hit in found.hits]
    return _outcome(passages, lambda words: len(wanted & set(stems(words))))


def meaning_outcome(question: Golden, engine: Engine) -> Outcome:
    """Dense retrieval alone; the best sentence is the one nearest to the question in meaning."""
    vector = engine.embed(question.question)
    found = engine.search(NOTHING, vector, Scope(), TOP)
    passages = [hit.passage for hit in found.hits]
    return _outcome(passages, lambda words: float(engine.embed(words) @ vector))


def _outcome(passages: list[Passage], score_of: SentenceScore) -> Outcome:
    return Outcome(
        answerable=True,
        areas=frozenset(passage.area for passage in passages if passage.area),
        claimed=True,
        evidence=tuple(
            Evidence(passage.quote(_best(passage, score_of)), passage.area) for passage in passages
        ),
    )


def _best(passage: Passage, score_of: SentenceScore) -> Sentence:
    # The first of equals, so that the same question gives the same outcome.
    return max(passage.sentences, key=lambda sentence: score_of(passage.quote(sentence)))
