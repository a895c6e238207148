"""Digests of files that were read through before: known again by their size and times.

To read an index and a model through takes a third of a second for 300 MB, at every start. A file
whose size, times and inode are those of a file that was read has its digest: what writes, cuts or
replaces it changes one of them. A disk that loses bits by itself changes none; `saferplans doctor`
reads all.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

FILE = "digests.json"
"""Where a data directory keeps them."""

Digest = Callable[[Path], str]
"""SHA-256 of a file, in hexadecimal."""

_Stat = tuple[int, int, int, int]

_SETTLED = 2.0
"""Seconds for which a file was left alone before it is known by its times: clocks of file systems
tick slowly, and two writes within one tick look alike."""


def file_digest(path: Path) -> str:
    """SHA-256 of a file that is read through, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Checked:
    """What is known of files, kept in a file of its own where that is possible."""

    def __init__(self, kept: Path, now: Callable[[], float] = time.time) -> None:
        self._path, self._now = kept, now
        self._known = _read(kept)
        self._new: dict[str, tuple[_Stat, str]] = {}

    def digest(self, path: Path) -> str:
        """SHA-256 of a file: as it was found before, where nothing has touched it since.

        Raises:
            OSError: the file can't be read.
        """
        name, stat = str(path.absolute()), _stat(path)
        known = self._known.get(name)
        if known and known[0] == stat:
            _read_ahead(path)
            return known[1]
        # Looked at before it is read: what is written meanwhile is told by the next look.
        settled = max(stat[1:3]) / 1e9 < self._now() - _SETTLED
        found = file_digest(path)
        if settled:
            self._known[name] = self._new[name] = (stat, found)
        return found

    def keep(self) -> None:
        """Keeps what was found; where nothing can be written it is found again next time."""
        if not self._new:
            return
        held = {name: each for name, each in _read(self._path).items() if Path(name).exists()}
        with suppress(OSError):
            replace(self._path, json.dumps({**held, **self._new}).encode())
        self._new = {}


def replace(path: Path, content: bytes) -> None:
    """Writes a file in one step: readers see the old one or the new one.

    Raises:
        OSError: it can't be written; the old one is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            Path(file.name).replace(path)
        except OSError:
            Path(file.name).unlink()
            raise


def _read_ahead(path: Path) -> None:
    """Asks the system to bring a file into memory: the first question would wait for it."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)


def _stat(path: Path) -> _Stat:
    told = path.stat()
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino


def _read(path: Path) -> dict[str, tuple[_Stat, str]]:
    """What is kept; nothing where that isn't there or isn't what `keep` writes."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        held: Mapping[str, tuple[list[int], str]] = json.loads(path.read_bytes())
        return {name: (_as_stat(stat), digest) for name, (stat, digest) in held.items()}
    return {}


def _as_stat(numbers: list[int]) -> _Stat:
    size, modified, changed, inode = numbers
    return size, modified, changed, inode
