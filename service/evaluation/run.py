"""Questions put to the assistant and to the baselines, all through one scorer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from service.evaluation.baselines import keyword_outcome, meaning_outcome
from service.evaluation.questions import Golden
from service.evaluation.scoring import Outcome, Score, outcome_of, score
from service.evaluation.summary import tallies
from service.library import Held

ASSISTANT = "saferplans"


class Result(NamedTuple):
    """One question, what was answered, and how that scored."""

    score: Score
    outcome: Outcome


class Evaluation(NamedTuple):
    """The results of each system under its name, the assistant's first."""

    generation: str
    results: dict[str, tuple[Result, ...]]

    def scores(self, system: str) -> list[Score]:
        """The scores of one system."""
        return [result.score for result in self.results[system]]

    def as_json(self) -> dict[str, Any]:
        """All that was measured, for a file; the same each time on the same generation."""
        return {
            "generation": self.generation,
            "systems": {
                name: {
                    "tallies": [tally._asdict() for tally in tallies(self.scores(name))],
                    "questions": [_result_as_json(result) for result in results],
                }
                for name, results in self.results.items()
            },
        }


def evaluate(
    questions: Sequence[Golden], held: Held, on_question: Callable[[int, int], None]
) -> Evaluation:
    """Puts every question to every system; `on_question` is told how many are done."""
    engine = held.engine
    systems: dict[str, Callable[[Golden], Outcome]] = {
        ASSISTANT: lambda asked: outcome_of(held.answer(asked.request()), engine.text),
        "BM25, top 5": lambda asked: keyword_outcome(asked, engine),
        "dense, top 5": lambda asked: meaning_outcome(asked, engine),
    }
    results: dict[str, list[Result]] = {name: [] for name in systems}
    for number, asked in enumerate(questions, 1):
        for name, answer in systems.items():
            outcome = answer(asked)
            results[name].append(Result(score(asked, outcome), outcome))
        on_question(number, len(questions))
    return Evaluation(engine.generation, {name: tuple(some) for name, some in results.items()})


def _result_as_json(result: Result) -> dict[str, Any]:
    scored = result.score
    return {
        "id": scored.question.id,
        "question": scored.question.question,
        "type": scored.question.type,
        "right": scored.right,
        "faults": list(scored.faults),
        "answerable": result.outcome.answerable,
        "areas": sorted(result.outcome.areas),
        "evidence": scored.evidence,
        "good_evidence": scored.good_evidence,
        "needed": scored.needed,
        "found": scored.found,
        "bad_offsets": scored.bad_offsets,
        "oversize": scored.oversize,
    }
