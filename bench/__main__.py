"""`python -m bench [BENCHMARK …]`: measures, prints tables, and writes JSON to `bench/results/`."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import (
    cluster,
    environment,
    folder,
    ingest,
    memory,
    pages,
    postgres,
    scale,
    search,
    startup,
    throughput,
    vectors,
    warm,
    workers,
)
from bench.report import Measured, table_of, write_json
from service.bootstrap import Bootstrap
from service.settings import load_settings

RESULTS = Path(__file__).parent / "results"

Benchmark = Callable[[Path, int], Measured]

BENCHMARKS: dict[str, tuple[Benchmark, int]] = {
    "warm": (warm.measure, 40),
    "startup": (startup.measure, 5),
    "memory": (memory.measure, 100),
    "ingest": (ingest.measure, 7),
    "folder": (folder.measure, 5),
    "pages": (pages.measure, 60),
    "search": (search.measure, 200),
    "scale": (scale.measure, 40),
    "postgres": (postgres.measure, 30),
    "cluster": (cluster.measure, 30),
    "workers": (workers.measure, 1),
    "throughput": (throughput.measure, 10),
    "vectors": (vectors.measure, 50),
}
"""Each with how often it repeats what it measures, unless told otherwise."""


def main() -> None:
    """Runs the benchmarks that were asked for, one after the other."""
    arguments = _arguments()
    _forget_settings()
    run = environment.describe()
    print(table_of(run.as_table()), flush=True)
    measured: list[Measured] = []
    with tempfile.TemporaryDirectory(prefix="saferplans-bench-") as place:
        data_dir = Path(place) / "data"
        # All that a first start makes, so that none of it is measured by chance.
        Bootstrap().library(load_settings(data_dir=data_dir))
        for name in arguments.benchmark or [name for name in BENCHMARKS if name != "cluster"]:
            measure, times = BENCHMARKS[name]
            measured.append(measure(data_dir, arguments.times or times))
            print(f"\n{table_of(measured[-1])}", flush=True)
        if arguments.documents:
            measured.append(folder.measure_given(arguments.documents, arguments.times or 5))
            print(f"\n{table_of(measured[-1])}", flush=True)
    ended = environment.load()
    print(f"\nLoad at the end: {ended}")
    print(f"Written to {write_json(RESULTS, run, ended, measured)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    # argparse would hold the default, a list, against the choices.
    parser.add_argument(
        "benchmark", nargs="*", metavar="BENCHMARK", help=f"of {', '.join(BENCHMARKS)}; else all"
    )
    parser.add_argument(
        "--documents", type=Path, help="also measure the ingest of the files of this folder"
    )
    parser.add_argument("--times", type=int, help="how often each repeats what it measures")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.benchmark if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}: choose of {', '.join(BENCHMARKS)}")
    if arguments.times is not None and arguments.times < 1:
        parser.error("--times takes 1 or more")
    return arguments


def _forget_settings() -> None:
    """The user's settings are left out, here and in child processes: all measure the defaults."""
    for name in [name for name in os.environ if name.startswith("SAFERPLANS_")]:
        del os.environ[name]


if __name__ == "__main__":
    main()
