"""How fast a folder is ingested: for the first time, unchanged, and with one file changed.

The folder is one of a thousand short plans written here; `--documents` measures one that is given.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from bench.report import Measured, Spread
from bench.timed_embedder import TimedEmbedder
from corpus.catalogue import Catalogue, shipped_catalogue, shipped_data
from index.embedding import Embedder
from index.generations import open_current
from index.places import Folder
from ingest.version import CHUNKER_VERSION
from service.bootstrap import Bootstrap
from service.feedback import Feedback
from service.ingestion import Ingestion
from service.settings import load_settings

FILES = 1_000

HEADER = ("", "seconds", "embedded", "read", "embed", "write", "files/s", "pages/s", "MB/s")


@dataclass(frozen=True)
class Run:
    """One ingest; stages in seconds: files to passages, passages to vectors, and the rest."""

    embedded: int
    read: float
    embed: float
    write: float

    @property
    def seconds(self) -> float:
        """The whole."""
        return self.read + self.embed + self.write


@dataclass(frozen=True)
class Size:
    """What is in a folder; pages are those of files that have any."""

    files: int
    pages: int
    megabytes: float


def measure(_data_dir: Path, times: int) -> Measured:
    """A thousand short plans: once anew, `times` unchanged, once with one file changed."""
    embedder = _warm_embedder()
    with tempfile.TemporaryDirectory(prefix="saferplans-bench-") as folder:
        plans, data = Path(folder) / "plans", Path(folder) / "data"
        write_plans(plans, FILES)
        runs = {"the first time": [_run(plans, data, embedder)]}
        runs["unchanged"] = [_run(plans, data, embedder) for _ in range(times)]
        (plans / "0.txt").write_text(_plan(0, "Nothing of it is as it was."), encoding="utf-8")
        runs["one file changed"] = [_run(plans, data, embedder)]
        return _measured(
            "folder", f"A folder of {FILES:,} short plans", _size(plans, data, embedder), runs
        )


def measure_given(documents: Path, times: int) -> Measured:
    """A folder that was given: once anew, `times` unchanged."""
    embedder = _warm_embedder()
    with tempfile.TemporaryDirectory(prefix="saferplans-bench-") as folder:
        data = Path(folder)
        runs = {"the first time": [_run(documents, data, embedder)]}
        runs["unchanged"] = [_run(documents, data, embedder) for _ in range(times)]
        return _measured("documents", "The documents given", _size(documents, data, embedder), runs)


def write_plans(folder: Path, files: int) -> None:
    """Plans of two priorities each, no two alike, in the words of the report that ships."""
    folder.mkdir()
    words = cycle(_paragraphs())
    for number in range(files):
        text = _plan(number, *(next(words) for _ in range(2)))
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")


def _paragraphs() -> Iterator[str]:
    for entry in shipped_catalogue().document:
        text = (shipped_data() / entry.file).read_text(encoding="utf-8")
        yield from (part for part in text.split("\n\n") if len(part) > 200)


def _plan(number: int, *paragraphs: str) -> str:
    parts = (f"Priority {at}\n\n{words}\n" for at, words in enumerate(paragraphs, 1))
    return "\n".join([f"Borough {number} Community Safety Plan 2022-2025\n", *parts])


def _warm_embedder() -> Embedder:
    embedder = Bootstrap().embedder(load_settings())
    embedder.embed(["The model is loaded beforehand."])
    return embedder


def _run(documents: Path, data: Path, embedder: Embedder) -> Run:
    timed, read = TimedEmbedder(embedder), [time.perf_counter()]

    def reading(_done: int, _total: int) -> None:
        read[0] = time.perf_counter()

    started = time.perf_counter()
    Ingestion(Folder(data), timed, Feedback(reading=reading)).add([documents], Catalogue())
    ended = time.perf_counter()
    spent = timed.seconds
    return Run(timed.texts, read[0] - started, spent, ended - read[0] - spent)


def _size(documents: Path, data: Path, embedder: Embedder) -> Size:
    held = open_current(data, embedder, chunker_version=CHUNKER_VERSION).documents()
    files = [path for path in documents.rglob("*") if path.is_file()]
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    return Size(len(files), sum(each.pages or 0 for each in held), megabytes)


def _measured(name: str, title: str, size: Size, runs: dict[str, list[Run]]) -> Measured:
    return Measured(
        name=name,
        title=f"{title}: {size.files:,} files, {size.pages:,} pages, {size.megabytes:.1f} MB",
        header=HEADER,
        rows=[_row(name, some, size) for name, some in runs.items()],
        data={
            "files": size.files,
            "pages": size.pages,
            "megabytes": size.megabytes,
            "seconds": {
                name: Spread(tuple(run.seconds for run in some)).as_dict()
                for name, some in runs.items()
            },
            "runs": {name: [vars(run) for run in some] for name, some in runs.items()},
        },
        notes=("Embedded: texts. The model is loaded beforehand; of several runs the median.",),
    )


def _row(name: str, some: list[Run], size: Size) -> list[str]:
    run = sorted(some, key=lambda each: each.seconds)[len(some) // 2]
    shares = [f"{part / run.seconds:.0%}" for part in (run.read, run.embed, run.write)]
    rates = [f"{of / run.seconds:,.1f}" for of in (size.files, size.pages, size.megabytes)]
    return [name, f"{run.seconds:.2f}", f"{run.embedded:,}", *shares, *rates]
