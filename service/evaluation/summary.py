"""Scores added up, by type of question and in all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from service.evaluation.scoring import Score


class Tally(NamedTuple):
    """Scores of some questions added up. Shares are None where there is nothing to share."""

    name: str
    questions: int
    right: int
    precision: float | None
    recall: float | None
    abstained_rightly: int
    claimed_wrongly: int
    abstained_wrongly: int
    bad_offsets: int
    oversize: int


def tallies(scores: Sequence[Score]) -> list[Tally]:
    """One tally for each type, in the order in which the types come, then one for all."""
    types = dict.fromkeys(score.question.type for score in scores)
    by_type = [tally(name, (s for s in scores if s.question.type == name)) for name in types]
    return [*by_type, tally("all", scores)]


def tally(name: str, some: Iterable[Score]) -> Tally:
    """Scores added up under a name; precision and recall over all citations, not by question."""
    scores = list(some)
    unanswerable = [score for score in scores if not score.question.answerable]
    answerable = [score for score in scores if score.question.answerable]
    return Tally(
        name=name,
        questions=len(scores),
        right=sum(score.right for score in scores),
        precision=_share(sum(s.good_evidence for s in scores), sum(s.evidence for s in scores)),
        recall=_share(sum(s.found for s in scores), sum(s.needed for s in scores)),
        abstained_rightly=sum(score.abstained for score in unanswerable),
        claimed_wrongly=sum(not score.abstained for score in unanswerable),
        abstained_wrongly=sum(score.abstained for score in answerable),
        bad_offsets=sum(score.bad_offsets for score in scores),
        oversize=sum(score.oversize for score in scores),
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
