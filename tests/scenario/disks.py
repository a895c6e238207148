"""Small file systems that can be filled to the byte."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def mount(*arguments: str) -> None:
    """Calls mount, which only root may."""
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


@contextmanager
def room(place: Path, spare: int) -> Iterator[None]:
    """Fills a small file system but for so many bytes."""
    ballast = place / "ballast"
    ballast.write_bytes(b"\0" * max(0, shutil.disk_usage(place).free - spare))
    yield
    ballast.unlink()
