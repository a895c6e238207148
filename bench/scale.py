"""How a question, a search, memory and disk grow with the passages held, over HTTP, warm.

`python -m bench scale` measures 100, 1,000, 10,000 and 100,000 made-up passages (`bench.nation`);
Indexes are kept under `bench/results/`, since a large one takes long to make.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from bench import nation
from bench.plots import lines
from bench.processes import Server, processor_seconds, resident, serving
from bench.report import Measured
from corpus.glossary import load_glossary
from index.embedding import Embedder, open_embedder
from index.generations import open_current
from index.layout import VECTORS, DataDir
from index.places import Folder
from index.vectors import Vectors
from ingest.version import CHUNKER_VERSION

SIZES = (100, 1_000, 10_000, 100_000)
KEPT = Path(__file__).parent / "results" / "nations"
PLOT = "scale"
"""What the names of the plots in `docs/images/` begin with."""

_WARM_UP = 3
_SEED = 2011
_LEADING = 3
"""Wordings of a row of the glossary that are asked for."""

FLOOR = "floor: embedding and one scan"
"""What any engine with this model must spend: the question embedded, every vector compared."""


class Kind(NamedTuple):
    """A kind of request, made of a topic."""

    name: str
    path: Callable[[str], str]
    question: Callable[[str], str] | None = None

    def ask(self, server: Server, topic: str) -> bytes:
        """What one request of this kind gives."""
        body = None
        if self.question is not None:
            body = json.dumps({"question": self.question(topic)}).encode()
        return server.call("POST" if body else "GET", self.path(topic), body)


KINDS = (
    Kind(
        "ask about one area",
        lambda _: "/v1/ask",
        lambda topic: f"What does {nation.area_name(0)} say about {topic}?",
    ),
    Kind("board of all areas", lambda _: "/v1/ask", lambda topic: f"Which areas mention {topic}?"),
    Kind("search, both", lambda topic: f"/v1/search?{urlencode({'q': topic, 'mode': 'hybrid'})}"),
    Kind("search, words", lambda topic: f"/v1/search?{urlencode({'q': topic, 'mode': 'keyword'})}"),
    Kind(
        "search, meaning", lambda topic: f"/v1/search?{urlencode({'q': topic, 'mode': 'meaning'})}"
    ),
)


class Size(NamedTuple):
    """What was measured of one index; times in milliseconds, memory and disk in MiB.

    `spent` is the mean processor time of the server for each kind.
    """

    passages: int
    taken: dict[str, list[float]]
    spent: dict[str, float]
    stages: dict[str, dict[str, float]]
    ready: float
    private: float
    files: float
    disk: float


def measure(_data_dir: Path, times: int, sizes: Sequence[int] = SIZES) -> Measured:
    """Every kind `times` times in turns with the floor, at every size."""
    model = open_embedder()
    found = [_measured(index_of(size, model), model, times) for size in sizes]
    _draw(found)
    return Measured(
        name="scale",
        title=f"Made-up passages, over HTTP, warm ({times} of each kind)",
        header=("passages", "", "p50 ms", "p95", "p99", "× floor", "processor", "search", "judge"),
        rows=[row for size in found for row in _rows(size)],
        data={"sizes": [size._asdict() for size in found], "exponents": _exponents(found)},
        notes=(
            f"× floor: median of a kind to that of '{FLOOR}', taken in turns.",
            "processor: milliseconds of the server, mean, whatever else the machine does.",
            "search, judge: shares of the whole request, as the answer tells.",
            *(_footnote(size) for size in found),
            *(
                f"growth of {name}: passages to the power of {power:.2f}"
                for name, power in _exponents(found).items()
            ),
        ),
    )


def _draw(found: Sequence[Size]) -> None:
    """The medians, and what is held in memory and on disk, by the number of passages."""
    lines(
        f"{PLOT}-time",
        "passages held",
        "milliseconds, median",
        {
            name: [(size.passages, _within(size.taken[name], 50)) for size in found]
            for name in found[0].taken
        },
    )
    lines(
        f"{PLOT}-memory",
        "passages held",
        "MiB",
        {
            "private memory of the server": [(size.passages, size.private) for size in found],
            "its mapped files, which processes share": [(s.passages, s.files) for s in found],
            "disk": [(size.passages, size.disk) for size in found],
        },
    )


def index_of(size: int, model: Embedder) -> Path:
    """The data directory of an index of this many passages; made unless an equal one is kept."""
    place = KEPT / str(size)
    place.mkdir(parents=True, exist_ok=True)
    if DataDir(place).current_id() is None:
        nation.make(Folder(place), size, model)
    return place


def _measured(place: Path, model: Embedder, times: int) -> Size:
    generation = DataDir(place).current_id() or ""
    folder = DataDir(place).generation(generation)
    vectors = Vectors(folder / VECTORS)
    passages = open_current(place, model, chunker_version=CHUNKER_VERSION).passage_count
    taken: dict[str, list[float]] = {name: [] for name in (FLOOR, *(k.name for k in KINDS))}
    stages: dict[str, dict[str, float]] = {}
    spent: dict[str, float] = {}
    asked = topics(_SEED)
    with serving(place) as server:
        for turn in range(_WARM_UP + times):
            row = {FLOOR: _timed(lambda: vectors.scores(model.embed([next(asked)])[0]))[0]}
            for kind in KINDS:
                before = processor_seconds(server.pid)
                row[kind.name], answer = _timed(partial(kind.ask, server, next(asked)))
                if turn >= _WARM_UP:
                    used = (processor_seconds(server.pid) - before) * 1000
                    spent[kind.name] = spent.get(kind.name, 0.0) + used / times
                    _add(stages.setdefault(kind.name, {}), answer, row[kind.name])
            if turn >= _WARM_UP:
                for name, milliseconds in row.items():
                    taken[name].append(milliseconds)
        held = resident(server.pid) or {}
    disk = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20
    return Size(
        passages, taken, spent, stages, server.seconds_to_ready,
        held.get("private", math.nan), held.get("files", math.nan), disk,
    )  # fmt: skip


def topics(seed: int = _SEED) -> Iterator[str]:
    """Topics of the glossary, each once and then again, in an order drawn by the seed."""
    glossary = load_glossary()
    synonyms = {term for row in glossary.same for term in row.terms[:_LEADING]}
    classes = {term for row in glossary.classes for term in (row.term, *row.narrower)}
    listed = sorted(synonyms | classes)
    random.Random(seed).shuffle(listed)
    while True:
        yield from listed


def _timed(call: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    given = call()
    return (time.perf_counter() - started) * 1000, given


def _add(into: dict[str, float], answer: bytes, whole: float) -> None:
    """Adds the milliseconds that an answer tells of its stages, and those of the whole."""
    took = json.loads(answer).get("took_ms")
    for name, milliseconds in {**took, "whole": whole}.items() if took else ():
        into[name] = into.get(name, 0.0) + milliseconds


def _within(values: Sequence[float], share: int) -> float:
    """The figure that so many of 100 don't exceed."""
    return sorted(values)[math.ceil(share / 100 * len(values)) - 1]


def _rows(size: Size) -> list[list[str]]:
    floor = _within(size.taken[FLOOR], 50)
    return [
        [
            f"{size.passages:,}",
            name,
            *(f"{_within(values, share):.1f}" for share in (50, 95, 99)),
            f"{_within(values, 50) / floor:.2f}",
            f"{size.spent[name]:.0f}" if name in size.spent else "–",
            *(_share(size.stages.get(name, {}), stage) for stage in ("search", "judge")),
        ]
        for name, values in size.taken.items()
    ]


def _share(stages: dict[str, float], stage: str) -> str:
    return f"{stages[stage] / stages['whole']:.0%}" if stage in stages else "–"


def _footnote(size: Size) -> str:
    return (
        f"{size.passages:,}: ready in {size.ready:.1f} s, {size.private:.0f} MiB private and "
        f"{size.files:.0f} of files resident, {size.disk:.0f} MiB on disk"
    )


def _exponents(found: Sequence[Size]) -> dict[str, float]:
    """Of each figure the power of the size with which it grew, from the last size but one on."""
    names = [*found[0].taken]
    grown: dict[str, float] = {}
    for before, after in list(pairwise(found))[-1:]:
        factor = math.log(after.passages / before.passages)
        for name in names:
            ratio = _within(after.taken[name], 50) / _within(before.taken[name], 50)
            grown[name] = math.log(ratio) / factor
        grown["disk"] = math.log(after.disk / before.disk) / factor
        grown["memory"] = (
            math.log((after.private + after.files) / (before.private + before.files)) / factor
        )
    return grown
