"""What was measured, on what: machine, commit, date and versions."""

from __future__ import annotations

import os
import platform
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.report import Measured

ROOT = Path(__file__).parents[1]

_LIBRARIES = (
    *("torch", "sentence-transformers", "transformers", "tokenizers", "faiss-cpu", "tantivy"),
    *("numpy", "pydantic", "fastapi", "uvicorn"),
)


@dataclass(frozen=True)
class Environment:
    """One run's circumstances; `load` is the machine's when it began."""

    processor: str
    cores: int
    memory_gib: float
    system: str
    commit: str
    date: str
    python: str
    libraries: dict[str, str]
    load: str

    def as_table(self) -> Measured:
        """The circumstances as a table of two columns."""
        rows = [
            ("processor", f"{self.processor}, {self.cores} cores, {self.memory_gib:.0f} GiB"),
            ("system", self.system),
            ("commit", self.commit),
            ("date", self.date),
            ("python", self.python),
            ("libraries", ", ".join(f"{name} {of}" for name, of in self.libraries.items())),
            ("load", self.load),
        ]
        return Measured("environment", "Environment", ("", ""), rows, {})


def describe() -> Environment:
    """The circumstances now."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return Environment(
        processor=_processor(),
        # Those that this process may use: a container can have fewer than the machine.
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else _all_cores(),
        memory_gib=pages / 2**30,
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        commit=_commit(),
        date=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        python=platform.python_version(),
        libraries={name: version(name) for name in _LIBRARIES},
        load=load(),
    )


def load() -> str:
    """How busy the machine is, with whatever else runs on it."""
    return " ".join(f"{value:.2f}" for value in os.getloadavg()) + " (1, 5, 15 minutes)"


def _all_cores() -> int:
    return os.cpu_count() or 1


def _processor() -> str:
    """The processor's name, as Linux tells it; elsewhere what Python knows."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _commit() -> str:
    """The commit checked out, marked where files differ from it."""
    try:
        known = _git("rev-parse", "--short=12", "HEAD")
        changed = _git("status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{known} with changes" if changed else known


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True, timeout=30
    )
    return done.stdout.strip()
