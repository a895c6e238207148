"""What an answer's page takes beside the same answer from the API, and what it weighs.

The two are taken in turns for one question that was asked before, so that nothing is embedded: what
is measured is answering, laying out and sending, and the page has nowhere to hide.
"""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from bench.processes import Server, serving
from bench.report import Measured, Spread, ratios

TARGET = 1.3
"""The most that an answer's page may take, in API calls for the same answer."""

QUESTIONS = (
    ("which areas", "Which boroughs prioritise metal theft?"),
    ("who doesn't", "Which plans do not mention burglary?"),
    ("a lookup", "What does Hartlepool say about anti-social behaviour?"),
    ("a list", "List Middlesbrough's priorities"),
    ("compare", "Compare Stockton and Hartlepool on violence"),
    ("two topics", "Which plans mention burglary and metal theft?"),
    ("not in the plans", "How many drones does Redcar have?"),
)

_WARM_UP = 5


class Timings(NamedTuple):
    """Of one question, in the order taken, in milliseconds; `sent` in bytes, compressed."""

    api: list[float]
    page: list[float]
    sent: int

    @property
    def ratio(self) -> Spread:
        """Of each page to the call beside it."""
        return ratios(self.page, self.api)


def measure(data_dir: Path, times: int) -> Measured:
    """Each question `times` times, the call and the page in turns."""
    with serving(data_dir) as server:
        taken = [_timings(server, question, times) for _, question in QUESTIONS]
    return Measured(
        name="pages",
        title=f"An answer's page beside the API's answer, both warm ({times} pairs)",
        header=("", "ratio", "middle half", "API ms", "page ms", "page kB"),
        rows=[_row(name, each) for (name, _), each in zip(QUESTIONS, taken, strict=True)],
        data={
            "target": TARGET,
            "questions": [_data(q, each) for q, each in zip(QUESTIONS, taken, strict=True)],
        },
        notes=(
            f"ratio: median of pairs; target ≤ {TARGET:g}. Nothing is embedded in either.",
            "page kB: the HTML compressed, as a browser gets it.",
        ),
    )


def _timings(server: Server, question: str, times: int) -> Timings:
    body = json.dumps({"question": question}).encode()
    path = f"/?{urlencode({'q': question})}"
    api, page, content = [], [], b""
    for number in range(_WARM_UP + times):
        started = time.perf_counter()
        server.call("POST", "/v1/ask", body)
        between = time.perf_counter()
        content = server.call("GET", path)
        ended = time.perf_counter()
        if number >= _WARM_UP:
            api.append((between - started) * 1000)
            page.append((ended - between) * 1000)
    return Timings(api, page, len(gzip.compress(content)))


def _row(name: str, taken: Timings) -> list[str]:
    lower, upper = taken.ratio.quartiles
    return [
        name,
        f"{taken.ratio.median:.2f}",
        f"{lower:.2f}–{upper:.2f}",
        f"{Spread(tuple(taken.api)).median:.1f}",
        f"{Spread(tuple(taken.page)).median:.1f}",
        f"{taken.sent / 1024:.1f}",
    ]


def _data(question: tuple[str, str], taken: Timings) -> dict[str, Any]:
    return {
        "question": question[1],
        "ratio": taken.ratio.as_dict(),
        "api_ms": Spread(tuple(taken.api)).as_dict(),
        "page_ms": Spread(tuple(taken.page)).as_dict(),
        "page_bytes": taken.sent,
    }
