"""How long processes take to be of use: a question on the command line, and a server.

Beside them a process that loads the model in its own library and embeds one question, without
Saferplans. Processor time is what a start costs on a machine that others use too.
"""

from __future__ import annotations

from pathlib import Path

from bench import bare
from bench.processes import SAFERPLANS, processor_seconds, seconds_of, serving
from bench.report import Measured, Spread, ratios

MODEL, ASK, SERVE = "the model alone", "saferplans ask", "saferplans serve"


def measure(data_dir: Path, times: int) -> Measured:
    """Each process `times` times, in turns; the index is there, the files are in memory."""
    seconds: dict[str, list[float]] = {MODEL: [], ASK: [], SERVE: []}
    spent: dict[str, list[float]] = {MODEL: [], ASK: [], SERVE: []}
    ask = (*SAFERPLANS, "ask", bare.QUESTION, "--data-dir", str(data_dir))
    for _ in range(times):
        for name, command in ((MODEL, bare.COMMAND), (ASK, ask)):
            before = processor_seconds()
            seconds[name].append(seconds_of(*command))
            spent[name].append(processor_seconds() - before)
        with serving(data_dir) as server:
            seconds[SERVE].append(server.seconds_to_ready)
            spent[SERVE].append(processor_seconds(server.pid))
    spreads = {name: Spread(tuple(values)) for name, values in seconds.items()}
    processor = {name: Spread(tuple(values)) for name, values in spent.items()}
    to_model = {name: ratios(values, seconds[MODEL]) for name, values in seconds.items()}
    return Measured(
        name="startup",
        title=f"From the start of a process, in seconds ({times} runs)",
        header=("", "min", "median", "max", "processor", "ratio"),
        rows=[_row(name, spreads[name], processor[name], to_model[name]) for name in seconds],
        data={
            name: {
                "seconds": spreads[name].as_dict(),
                "processor": processor[name].as_dict(),
                "ratio": to_model[name].as_dict(),
            }
            for name in seconds
        },
        notes=(
            f"To the exit; {ASK}: with the answer printed; {SERVE}: to the first 200 of /readyz.",
            f"ratio: to {MODEL}, loaded and used once in a process of its own; median of runs.",
            "processor: seconds of it that were spent until then, on all cores together, median.",
        ),
    )


def _row(name: str, seconds: Spread, processor: Spread, ratio: Spread) -> list[str]:
    taken = (min(seconds.values), seconds.median, max(seconds.values))
    figures = (*taken, processor.median, ratio.median)
    return [name, *(f"{figure:.2f}" for figure in figures)]
