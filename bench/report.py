"""What a benchmark gives, as a table for people and as JSON for programs."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.terminal import table

if TYPE_CHECKING:
    from bench.environment import Environment


@dataclass(frozen=True)
class Measured:
    """One benchmark's result: what is printed, and in `data` every figure behind it."""

    name: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    data: dict[str, Any]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Spread:
    """Several measurements of one thing, in the order they were taken."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one; the mean of the two in the middle where their number is even."""
        return statistics.median(self.values)

    @property
    def quartiles(self) -> tuple[float, float]:
        """Between which the middle half lies; all, where there is one."""
        if len(self.values) < 2:
            return self.values[0], self.values[0]
        lower, _, upper = statistics.quantiles(self.values, n=4, method="inclusive")
        return lower, upper

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the figures and what sums them up."""
        lower, upper = self.quartiles
        return {
            "min": min(self.values),
            "lower_quartile": lower,
            "median": self.median,
            "upper_quartile": upper,
            "max": max(self.values),
            "values": list(self.values),
        }


def ratios(values: Sequence[float], to: Sequence[float]) -> Spread:
    """Each measurement divided by the one that was taken beside it."""
    return Spread(tuple(value / other for value, other in zip(values, to, strict=True)))


def table_of(measured: Measured) -> str:
    """Title, table and notes."""
    if any(measured.header):
        body = table(measured.header, measured.rows)
    else:
        widest = max(len(row[0]) for row in measured.rows)
        body = "\n".join(f"{name.ljust(widest)}  {value}" for name, value in measured.rows)
    return "\n".join([measured.title, "", body, *(f"  {note}" for note in measured.notes)])


def write_json(
    folder: Path, environment: Environment, ended: str, measured: Sequence[Measured]
) -> Path:
    """Writes everything to a new file, named by the time, and gives its path."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.json"
    found = {
        "environment": asdict(environment),
        "load_at_end": ended,
        "benchmarks": {each.name: each.data for each in measured},
    }
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
