"""A Citus cluster beside one PostgreSQL and the embedded engine: the same passages and requests.

`BENCH_POSTGRES=… BENCH_CITUS=… python -m bench cluster` measures 100,000 passages (`bench.nation`)
in databases at these addresses: a cluster is started by nobody but its owner. Each request is
asked of all engines in turn, in one process, so that a busy machine slows all. Where a database, or
the folder BENCH_EMBEDDED, has a generation already, it isn't made again: a run that makes them and
one that asks can be apart.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bench import nation
from bench.postgres import KINDS, Request, recall, seconds
from bench.report import Measured, ratios
from bench.scale import topics
from index.embedding import Embedder, open_embedder
from index.places import Folder, Place
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
    folder = Path(os.environ.get("BENCH_EMBEDDED", data_dir / "nation"))
    folder.mkdir(parents=True, exist_ok=True)
    urls = (os.environ["BENCH_POSTGRES"], os.environ["BENCH_CITUS"])
    databases = [Database(url) for url in urls]
    places: list[Place] = [Folder(folder), *map(DatabasePlace, databases)]
    rates = [_rate(place, model) for place in places]
    sizes = [sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())]
    for database in databases:
        with database.connection() as connection:
            connection.execute("ANALYZE")
        sizes.append(_size(database))
    engines = [
        Bootstrap().library(load_settings(data_dir=folder, engine=engine)).held()
        for engine in (EMBEDDED, *urls)
    ]
    taken = {name: _turns(request, engines, times) for name, request in KINDS.items()}
    found = [recall(database, model) for database in databases]
    return Measured(
        name="cluster",
        title=f"Embedded, PostgreSQL and Citus, {PASSAGES:,} passages, warm ({times} of each kind)",
        header=("", *_NAMES, "PostgreSQL ×", "Citus ×"),
        rows=[
            *(_row(name, each) for name, each in taken.items()),
            ["stored a second", *rates],
            ["size, MB", *(f"{size / 1e6:,.0f}" for size in sizes)],
            ["of the ten nearest found", "", *(f"{each:.3f}" for each in found)],
        ],
        data={"passages": PASSAGES, "taken": taken, "rates": rates, "sizes": sizes, "found": found},
        notes=(
            "milliseconds, medians (95 of 100 within); ×: median of the pairs with the embedded.",
        ),
    )


def _rate(place: Place, model: Embedder) -> str:
    """Passages published a second, where nothing was there."""
    if place.current_id() is not None:
        return "–"
    return f"{PASSAGES / seconds(partial(nation.make, place, PASSAGES, model)):,.0f}"


def _size(database: Database) -> int:
    """Bytes on disk, of all nodes of a cluster."""
    asked = "SELECT pg_database_size(current_database())"
    if database.rows("SELECT 1 FROM pg_extension WHERE extname = 'citus'"):
        asked = f"SELECT sum(result::bigint) FROM run_command_on_all_nodes('{asked}')"
    return int(database.rows(asked)[0][0])


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
    medians = [
        f"{statistics.median(each) * 1000:.1f} ({sorted(each)[int(0.95 * len(each))] * 1000:.0f})"
        for each in taken
    ]
    against = [f"{ratios(each, taken[0]).median:.2f}" for each in taken[1:]]
    return [name, *medians, *against]
