"""Digests of files that were read through before: known again by their size and times.

To read an index and a model through takes a third of a second for 300 MB, at every start. A file
whose size, times and inode are those of a file that was read has its digest: what writes, cuts or
replaces it changes one of them. A disk that loses bits by itself changes none; `saferplans doctor`
reads every file again that a start wouldn't read.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Protocol

FILE = "digests.json"
"""Where a data directory keeps them."""


class Digest(Protocol):
    """Tells SHA-256 of a file, in hexadecimal; what it should be says when not to trust memory."""

    def __call__(self, path: Path, expected: str | None = None) -> str:
        """As the protocol says."""


_Stat = tuple[int, int, int, int]

_SETTLED = 2.0
"""Seconds for which a file was left alone before it is known by its times: clocks of file systems
tick slowly, and two writes within one tick look alike."""

_LEFT = 3600.0
"""Seconds after which a file that was to replace another belongs to nobody any more."""


def file_digest(path: Path, expected: str | None = None) -> str:  # noqa: ARG001 - a `Digest`
    """SHA-256 of a file that is read through, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Checked:
    """What is known of files, kept in a file of its own where that is possible.

    Safe to share between threads. Several processes may keep in one file: what one of them loses to
    another is found again.
    """

    def __init__(self, kept: Path, now: Callable[[], float] = time.time) -> None:
        self._path, self._now = kept, now
        self._known = _read(kept)
        self._lock = Lock()

    def digest(self, path: Path, expected: str | None = None) -> str:
        """SHA-256 of a file: as it was found before, where nothing has touched it since.

        What was found before is no reason to refuse a file: one that was to be `expected` and
        wasn't is read through again.

        Raises:
            OSError: the file can't be read.
        """
        name, stat = str(path.absolute()), _stat(path)
        known = self._known.get(name)
        if known and known[0] == stat and expected in (None, known[1]):
            _read_ahead(path)
            return known[1]
        # Looked at before it is read: what is written meanwhile is told by the next look.
        settled = max(stat[1:3]) / 1e9 < self._now() - _SETTLED
        found = file_digest(path)
        if settled and known != (stat, found):
            with self._lock:
                self._known[name] = (stat, found)
                self._keep(name)
        return found

    def read_again(self) -> list[Path]:
        """Reads through all files that would be known; those that aren't as they were found.

        Their digests are then as they are now; that is not kept.
        """
        return [Path(name) for name in list(self._known) if self._differs(name)]

    def _differs(self, name: str) -> bool:
        with suppress(OSError):
            stat, digest = self._known[name]
            if _stat(Path(name)) == stat:
                self._known[name] = (stat, file_digest(Path(name)))
                return self._known[name][1] != digest
        return False

    def _keep(self, name: str) -> None:
        """Keeps what was found of a file beside what is kept of others that are still there.

        Where nothing can be written, or there is no folder, it is found again next time.
        """
        with suppress(OSError):
            # `Path.exists` raises for a file in a folder that this user may not enter.
            held = {other: each for other, each in _read(self._path).items()
                    if os.path.exists(other)}  # noqa: PTH110  # fmt: skip
            replace(self._path, sealed(json.dumps({**held, name: self._known[name]}).encode()))


def sealed(body: bytes) -> bytes:
    """A JSON object that isn't empty, with a digest of all else that is in it."""
    rest = body.removeprefix(b"{")
    return b'{"sha256":"%s",%s' % (hashlib.sha256(rest).hexdigest().encode(), rest)


_SEAL = len(sealed(b"{"))


def unsealed(content: bytes) -> bytes | None:
    """The object that was sealed; None where anything of it has changed since."""
    body = b"{" + content[_SEAL:]
    return body if sealed(body) == content else None


def replace(path: Path, content: bytes) -> None:
    """Writes a file in one step: readers see the old one or the new one.

    Whoever the umask lets may read it. What a killed process left half written goes.

    Raises:
        OSError: it can't be written; the old one is as it was.
    """
    _sweep(path)
    new = path.with_name(f".{path.name}-{token_hex(8)}")
    try:
        with new.open("xb") as file:
            file.write(content)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _sweep(path: Path) -> None:
    """Removes what was left beside a file by processes that were killed while they wrote it."""
    for left in path.parent.glob(f".{path.name}-*"):
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - _LEFT:
                left.unlink()


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
        held: Mapping[str, tuple[list[int], str]] = json.loads(unsealed(path.read_bytes()) or "{}")
        return {name: (_as_stat(stat), digest) for name, (stat, digest) in held.items()}
    return {}


def _as_stat(numbers: list[int]) -> _Stat:
    size, modified, changed, inode = numbers
    return size, modified, changed, inode
