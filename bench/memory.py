"""What a serving process holds in memory, fresh and after questions, beside the model alone."""

from __future__ import annotations

import json
from pathlib import Path

from bench import bare
from bench.processes import output_of, resident, serving
from bench.report import Measured
from bench.requests import requests

Memory = dict[str, float] | None


def measure(data_dir: Path, times: int) -> Measured:
    """The memory of a server before and after `times` requests, those of the warm benchmark."""
    found: dict[str, Memory] = {"the model alone": json.loads(output_of(*bare.COMMAND))}
    with serving(data_dir) as server:
        found["serving, ready"] = resident(server.pid)
        for request in requests(times):
            server.call(request.method, request.path, request.body)
        found[f"serving, after {times} requests"] = resident(server.pid)
        with serving(data_dir) as second:
            found["a second one beside it, ready"] = resident(second.pid)
    return Measured(
        name="memory",
        title="Resident memory of a process, in MiB",
        header=("", "resident", "private", "of files"),
        rows=[_row(name, memory) for name, memory in found.items()],
        data={"requests": times, "mebibytes": found},
        notes=("of files: mapped from libraries and the index, which processes can share.",),
    )


def _row(name: str, memory: Memory) -> list[str]:
    if memory is None:
        return [name, "–", "–", "–"]
    return [name, *(f"{memory[part]:.0f}" for part in ("resident", "private", "files"))]
