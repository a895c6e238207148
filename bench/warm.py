"""What a question costs over HTTP on a warm server, beside embedding the question once.

The two are taken in turns in one process and on one thread, and the figure is the median of their
ratios pair by pair, so that whatever else the machine does falls on both.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from bench.processes import Server, serving
from bench.report import Measured, Spread
from bench.requests import KINDS, Kind, Request, rounds
from bench.timed_server import EMBED, SPENT

TARGET = 2.0
"""The most that a whole request may cost, in embeddings of its question."""

_WARM_UP = 3
"""Rounds that aren't counted: caches fill, threads start."""

_TIMED = (sys.executable, "-m", "bench.timed_server")

STAGES = ("embed", "search", "judge", "rest", "http")
"""`embed` is measured around the model; `search` and `judge` are those of the answer's `took_ms`;
`rest` is what answering takes beside these, and `http` what the request takes beside answering."""


class Pair(NamedTuple):
    """One request and what was measured beside it, in milliseconds."""

    embedding: float
    """Of the question, once, just before."""
    whole: float
    calls: int
    """How often the request had something embedded, which took `embed`."""
    embed: float
    took: dict[str, float]
    """As the answer tells; empty where it isn't told."""


@dataclass
class Timings:
    """Of one kind of request, in the order taken."""

    pairs: list[Pair] = field(default_factory=list)

    def of(self, figure: Callable[[Pair], float]) -> Spread:
        """One figure of every pair."""
        return Spread(tuple(map(figure, self.pairs)))

    @property
    def ratio(self) -> Spread:
        """The whole request in embeddings of its question."""
        return self.of(lambda pair: pair.whole / pair.embedding)

    def shares(self) -> dict[str, float | None]:
        """Each stage's part of all the time that the requests took; None where it isn't told."""
        whole = sum(pair.whole for pair in self.pairs)
        told = [_stages(pair) for pair in self.pairs]
        return {
            stage: sum(each[stage] for each in told) / whole if stage in told[0] else None
            for stage in STAGES
        }


def _stages(pair: Pair) -> dict[str, float]:
    """Milliseconds by stage, as far as they are told."""
    if not pair.took:
        return {"embed": pair.embed}
    search, judge, total = (pair.took[stage] for stage in ("search", "judge", "total"))
    return {
        "embed": pair.embed,
        "search": search,
        "judge": judge,
        "rest": total - pair.embed - search - judge,
        "http": pair.whole - total,
    }


def measure(data_dir: Path, times: int) -> Measured:
    """Every kind `times` times in turns, each just after its text was embedded once."""
    timings = [Timings() for _ in KINDS]
    with serving(data_dir, _TIMED) as server:
        server.call("GET", SPENT)
        for number, requests in enumerate(islice(rounds(), _WARM_UP + times)):
            for request, taken in zip(requests, timings, strict=True):
                pair = _pair(server, request)
                if number >= _WARM_UP:
                    taken.pairs.append(pair)
    return Measured(
        name="warm",
        title=f"A request over HTTP, warm, beside embedding its question ({times} pairs)",
        header=("", "ratio", "middle half", "whole ms", "embedded", *STAGES),
        rows=[_row(kind, taken) for kind, taken in zip(KINDS, timings, strict=True)],
        data={
            "target": TARGET,
            "kinds": [_data(kind, taken) for kind, taken in zip(KINDS, timings, strict=True)],
        },
        notes=(
            f"ratio: to embedding the question once, median of pairs; target ≤ {TARGET:g}.",
            "embedded: how often a request calls the model, mean; shares are of the whole request:",
            "'rest' holds reading the question and wording, 'http' client, routing and JSON.",
        ),
    )


def _pair(server: Server, request: Request) -> Pair:
    """A question embedded once, then asked."""
    embedding = json.loads(server.call("GET", f"{EMBED}?{urlencode({'q': request.text})}"))
    started = time.perf_counter()
    body = server.call(request.method, request.path, request.body)
    whole = (time.perf_counter() - started) * 1000
    spent = json.loads(server.call("GET", SPENT))
    took = json.loads(body).get("took_ms", {})
    return Pair(embedding, whole, spent["calls"], spent["milliseconds"], took)


def _row(kind: Kind, taken: Timings) -> list[str]:
    lower, upper = taken.ratio.quartiles
    return [
        kind.name,
        f"{taken.ratio.median:.2f}",
        f"{lower:.2f}–{upper:.2f}",
        f"{taken.of(lambda pair: pair.whole).median:.1f}",
        f"{_embedded(taken):.1f}",
        *("–" if share is None else f"{share:.0%}" for share in taken.shares().values()),
    ]


def _embedded(taken: Timings) -> float:
    return sum(pair.calls for pair in taken.pairs) / len(taken.pairs)


def _data(kind: Kind, taken: Timings) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "example": kind.about("metal theft").text,
        "ratio": taken.ratio.as_dict(),
        "embedding_ms": taken.of(lambda pair: pair.embedding).as_dict(),
        "whole_ms": taken.of(lambda pair: pair.whole).as_dict(),
        "embedded": _embedded(taken),
        "shares": taken.shares(),
        "took_ms": [pair.took for pair in taken.pairs],
    }
