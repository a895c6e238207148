"""How long processes take to be of use: a question on the command line, and a server.

Beside them a process that loads the model and embeds one question, without Saferplans.
"""

from __future__ import annotations

from pathlib import Path

from bench import bare
from bench.processes import SAFERPLANS, seconds_of, serving
from bench.report import Measured, Spread, ratios

MODEL, ASK, SERVE = "the model alone", "saferplans ask", "saferplans serve"


def measure(data_dir: Path, times: int) -> Measured:
    """Each process `times` times, in turns; the index is there, the files are in memory."""
    seconds: dict[str, list[float]] = {MODEL: [], ASK: [], SERVE: []}
    for _ in range(times):
        seconds[MODEL].append(seconds_of(*bare.COMMAND))
        seconds[ASK].append(
            seconds_of(*SAFERPLANS, "ask", bare.QUESTION, "--data-dir", str(data_dir))
        )
        with serving(data_dir) as server:
            seconds[SERVE].append(server.seconds_to_ready)
    spreads = {name: Spread(tuple(values)) for name, values in seconds.items()}
    to_model = {name: ratios(values, seconds[MODEL]) for name, values in seconds.items()}
    return Measured(
        name="startup",
        title=f"From the start of a process, in seconds ({times} runs)",
        header=("", "min", "median", "max", "ratio"),
        rows=[_row(name, spreads[name], to_model[name]) for name in seconds],
        data={
            name: {"seconds": spreads[name].as_dict(), "ratio": to_model[name].as_dict()}
            for name in seconds
        },
        notes=(
            f"To the exit; {ASK}: with the answer printed; {SERVE}: to the first 200 of /readyz.",
            f"ratio: to {MODEL}, loaded and used once in a process of its own; median of runs.",
        ),
    )


def _row(name: str, seconds: Spread, ratio: Spread) -> list[str]:
    figures = (min(seconds.values), seconds.median, max(seconds.values), ratio.median)
    return [name, *(f"{figure:.2f}" for figure in figures)]
