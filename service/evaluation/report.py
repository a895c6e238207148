"""An evaluation as a person reads it: by type, what is wrong and why, the baselines beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from service.evaluation.run import ASSISTANT, Evaluation, Result
from service.evaluation.scoring import Fault
from service.evaluation.summary import Tally, tallies, tally
from service.terminal import table

_HEADER = (
    *("type", "n", "right", "precision", "recall"),
    *("declined", "overclaimed", "overdeclined", "bad offsets", "too long"),
)
"""'declined' rightly; 'overclaimed': answered though the plans don't answer it; 'overdeclined': not
answered though they do."""


def report(evaluation: Evaluation) -> str:
    """Tables and the list of wrong answers."""
    scores = evaluation.scores(ASSISTANT)
    by_type = table(_HEADER, [_row(each) for each in tallies(scores)])
    systems = table(
        ("system", *_HEADER[1:]),
        [_row(tally(name, evaluation.scores(name))) for name in evaluation.results],
    )
    wrong = "\n".join(_wrong(evaluation.results[ASSISTANT])) or "No answer is wrong."
    return f"{by_type}\n\n{wrong}\n\n{systems}"


def _row(counted: Tally) -> list[str]:
    return [
        counted.name,
        str(counted.questions),
        f"{counted.right} ({counted.right / counted.questions:.0%})",
        _share(counted.precision),
        _share(counted.recall),
        str(counted.abstained_rightly),
        str(counted.claimed_wrongly),
        str(counted.abstained_wrongly),
        str(counted.bad_offsets),
        str(counted.oversize),
    ]


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def _wrong(results: Iterable[Result]) -> Iterator[str]:
    wrong = [result for result in results if not result.score.right]
    if wrong:
        yield f"Wrong: {len(wrong)}"
    for scored, outcome in wrong:
        yield f"  {scored.question.id} {scored.question.question}"
        yield f"      {'; '.join(scored.faults)}"
        if {Fault.MISSING_AREA, Fault.FORBIDDEN_AREA, Fault.CLAIMED} & set(scored.faults):
            wanted, given = _names(scored.question.boroughs), _names(outcome.areas)
            yield f"      areas wanted: {wanted}; given: {given}"


def _names(areas: Iterable[str]) -> str:
    return ", ".join(sorted(areas)) or "none"
