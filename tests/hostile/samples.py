"""What a hostile file is: how it is written, and what may become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SECRET = "xyzzy-the-secret-of-this-machine"
"""Stands in a file outside; no document may ever hold it."""

FAILED = ("failed",)
SURVIVED = ("failed", "degraded", "read")
"""A reader may make something of it or not; what counts is that it says so and harms nothing."""


@dataclass(frozen=True)
class Sample:
    """A hostile file.

    `write` gets the path of the file to make. `outcomes` may become of it; where it fails, one of
    `told` stands in what is told of it, if there are any.
    """

    name: str
    write: Callable[[Path], object]
    outcomes: tuple[str, ...] = FAILED
    told: tuple[str, ...] = ()
    reported_as: str = ""

    @property
    def line(self) -> str:
        """The name of its line in the report."""
        return self.reported_as or self.name


def data(
    name: str,
    content: bytes | Callable[[], bytes],
    outcomes: tuple[str, ...] = FAILED,
    *told: str,
    member: str = "",
) -> Sample:
    """A file of these bytes; large ones are made only as they are written.

    Of an archive the line of one `member` is looked at.
    """

    def write(path: Path) -> None:
        path.write_bytes(content if isinstance(content, bytes) else content())

    return Sample(name, write, outcomes, told, f"{name}/{member}" if member else "")
