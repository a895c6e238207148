"""A Citus cluster beside one PostgreSQL and the embedded engine: the same passages and requests.

`BENCH_POSTGRES=… BENCH_CITUS=… python -m bench cluster` measures 100,000 passages (`bench.nation`)
in databases at these addresses, which it empties: a cluster is started by nobody but its owner.
Each request is asked of all engines in turn, in one process, so that a busy machine slows all.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bench import nation
from bench.postgres import KINDS, Request, seconds
from bench.report import Measured, ratios
from bench.scale import topics
from index.embedding import open_embedder
from index.places import Folder
from index.postgres.database import Database
from index.postgres.place import DatabasePlace
from service.bootstrap import Bootstrap
from service.library import Held
from service.settings import EMBEDDED, load_settings

PASSAGES = 100_000
_WARM_UP = 3
_NAMES = ("embedded", "PostgreSQL", "Citus")


def measure(data_dir: Path, times: int) -> Measured:
    """Every kind `times` times on all engines in turn."""
    model = open_embedder()
    urls = (os.environ["BENCH_POSTGRES"], os.environ["BENCH_CITUS"])
    databases = [Database(url) for url in urls]
    places = (Folder(data_dir), *map(DatabasePlace, databases))
    made = [seconds(partial(nation.make, place, PASSAGES, model)) for place in places]
    for database in databases:
        with database.connection() as connection:
            connection.execute("ANALYZE")
    engines = [
        Bootstrap().library(load_settings(data_dir=data_dir, engine=engine)).held()
        for engine in (EMBEDDED, *urls)
    ]
    taken = {name: _turns(request, engines, times) for name, request in KINDS.items()}
    rates = [f"{PASSAGES / each:,.0f}" for each in made]
    return Measured(
        name="cluster",
        title=f"Embedded, PostgreSQL and Citus, {PASSAGES:,} passages, warm ({times} of each kind)",
        header=("", *_NAMES, "PostgreSQL ×", "Citus ×"),
        rows=[*(_row(name, each) for name, each in taken.items()), ["stored a second", *rates]],
        data={"passages": PASSAGES, "taken": taken, "made": made},
        notes=("milliseconds, medians; ×: the median of the pairs with the embedded engine",),
    )


def _turns(request: Request, engines: Sequence[Held], times: int) -> list[list[float]]:
    """Seconds of each engine, in turns; which is first changes with every turn."""
    drawn = topics()
    taken: list[list[float]] = [[] for _ in engines]
    for turn in range(_WARM_UP + times):
        topic = next(drawn)
        for place in range(len(engines)):
            which = (turn + place) % len(engines)
            spent = seconds(partial(request, engines[which], topic))
            if turn >= _WARM_UP:
                taken[which].append(spent)
    return taken


def _row(name: str, taken: Sequence[Sequence[float]]) -> list[str]:
    medians = [f"{statistics.median(each) * 1000:.1f}" for each in taken]
    against = [f"{ratios(each, taken[0]).median:.2f}" for each in taken[1:]]
    return [name, *medians, *against]
