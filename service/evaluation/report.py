"""An evaluation as a person reads it: by type, what is wrong and why, the baselines beside it."""

from __future__ import annotations

from collections.abc import Iterator

from service.evaluation.run import ASSISTANT, Evaluation
from service.evaluation.scoring import Score
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
    wrong = "\n".join(_wrong(scores)) or "No answer is wrong."
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


def _wrong(scores: list[Score]) -> Iterator[str]:
    wrong = [score for score in scores if not score.right]
    if wrong:
        yield f"Wrong: {len(wrong)}"
    for score in wrong:
        yield f"  {score.question.id} {score.question.question}"
        yield f"      {'; '.join(score.faults)}"
