"""How fast 1, 2 and 4 workers ingest files by jobs into PostgreSQL, and one process into a folder.

Each worker is a process of `saferplans worker --jobs 1`, at work before the files come. All share
this machine, so more workers than processors show what they cost, not what more machines bring.
BENCH_WORKERS may have the addresses of empty databases, one for each number of workers, with blanks
between them: on a cluster, which nobody but its owner starts. They are used instead.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from bench import nation
from bench.postgres import new_database, seconds, server
from bench.report import Measured
from corpus.catalogue import Catalogue
from service.bootstrap import Bootstrap
from service.settings import load_settings

WORKERS = (1, 2, 4)
_FILES, _PARAGRAPHS = 8, 24
_COMMAND = "import sys; from service.cli import main; sys.exit(main())"


def measure(_data_dir: Path, times: int) -> Measured:
    """The same files into empty databases, by so many workers."""
    rows: list[list[str]] = []
    taken: list[tuple[int, float, int]] = []
    given = os.environ.get("BENCH_WORKERS", "").split()
    with TemporaryDirectory(ignore_cleanup_errors=True) as root, _databases(given, root) as places:
        plans = _written(Path(root) / "plans")
        for _ in range(times):
            taken.append((0, *_embedded(plans)))
            rows.append(_row("embedded", *taken[-1][1:]))
        for number in WORKERS * (1 if given else times):
            taken.append((number, *_ingest(next(places), plans, number)))
            rows.append(_row(str(number), *taken[-1][1:]))
    return Measured(
        name="workers",
        title=f"Ingest of {_FILES} files: into a folder, and by jobs by 1, 2 and 4 workers",
        header=("workers", "passages", "seconds", "passages a second"),
        rows=rows,
        data={"taken": taken},
        notes=("from the first file looked at until the whole is served; all on this machine",),
    )


@contextmanager
def _databases(given: Sequence[str], root: str) -> Iterator[Iterator[str]]:
    """The addresses of empty databases: those given, else of a server that ends with the block."""
    if given:
        yield iter(given)
        return
    with server(Path(root)) as url:
        yield (new_database(url, f"workers_{number}") for number in count())


def _row(name: str, spent: float, passages: int) -> list[str]:
    return [name, f"{passages:,}", f"{spent:.1f}", f"{passages / spent:.1f}"]


def _embedded(plans: Path) -> tuple[float, int]:
    """The seconds that an ingest into a folder takes, and how many passages there are."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        settings = load_settings(data_dir=Path(folder))
        spent = seconds(partial(Bootstrap().adding(settings).add, [plans], Catalogue()))
        return spent, Bootstrap().engine(settings).passage_count


def _written(folder: Path) -> Path:
    """Files with plans of real sentences, each different from all others."""
    folder.mkdir()
    known = nation.sentences()
    for number in range(_FILES):
        said = [known[(number * 7919 + at * 104_729) % len(known)] for at in range(3 * _PARAGRAPHS)]
        body = "\n\n".join(
            f"{at // 3 + 1} Priority {at // 3 + 1}\n\n{' '.join(said[at : at + 3])} ({number}.{at})"
            for at in range(0, len(said), 3)
        )
        title = f"{nation.area_name(number)} Community Safety Plan 2022-2025"
        (folder / f"{number}.txt").write_text(f"{title}\n\n{body}\n", encoding="utf-8")
    return folder


def _ingest(url: str, plans: Path, number: int) -> tuple[float, int]:
    """The seconds that it took, and how many passages there were."""
    with TemporaryDirectory() as folder:
        settings = load_settings(data_dir=Path(folder), engine=url)
        adding = Bootstrap().adding(settings, at_once=0)
        # Makes the tables, which the workers wait for.
        Bootstrap().worker(settings).queue.database.rows("SELECT 1")
        with _workers(url, number):
            spent = seconds(partial(adding.add, [plans], Catalogue()))
        return spent, Bootstrap().engine(settings).passage_count


@contextmanager
def _workers(url: str, number: int) -> Iterator[None]:
    """So many workers at work."""
    command = [sys.executable, "-c", _COMMAND, "worker", "--jobs", "1", "--engine", url]
    processes = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(number)]
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            asked = "SELECT count(*) FROM procrastinate_workers"
            while connection.execute(asked).fetchone() != (number,):
                time.sleep(0.1)
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()
