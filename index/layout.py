"""Where a data directory keeps what, and the file operations that survive a crash.

CURRENT                 the id of the generation served; replaced in one step
.CURRENT                what a writer will replace it by
generations/<id>/       one generation, never changed once it bears this name: its manifest, the
                        corpus, the vectors, the keywords, and the report of the ingest
generations/.<name>     a writer at work, or what a killed one left behind
writer.lock             held by the one writer
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.errors import BrokenGenerationError, DataDirError, WriterBusyError

STORE, VECTORS, REPORT = "corpus.sqlite", "vectors.faiss", "report.json"
KEYWORDS, SENTENCES, LINES = "keywords", "sentences", "lines"
"""The parts of a generation beside its manifest."""

_GENERATION_ID = re.compile(r"[0-9a-f]{16}")

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

_NEARLY_FULL = 1 << 20
"""Free bytes below which a write that failed for no stated reason failed for want of room."""


@dataclass(frozen=True)
class DataDir:
    """The paths of a data directory."""

    root: Path

    @property
    def current(self) -> Path:
        """The file that names the generation served."""
        return self.root / "CURRENT"

    @property
    def lock(self) -> Path:
        """The file whose lock the writer holds."""
        return self.root / "writer.lock"

    @property
    def generations(self) -> Path:
        """The folder of all generations."""
        return self.root / "generations"

    def generation(self, generation: str) -> Path:
        """The folder of one generation."""
        return self.generations / generation

    def current_id(self) -> str | None:
        """The generation served; None where nothing was published.

        Raises:
            BrokenGenerationError: CURRENT holds something else than an id.
        """
        try:
            words = self.current.read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise self._bad_pointer() from error
        if not _GENERATION_ID.fullmatch(words):
            raise self._bad_pointer()
        return words

    def make_pointer(self, generation: str) -> None:
        """Writes what `point` puts in place, so that no room is needed for it any more."""
        self._fresh.write_text(f"{generation}\n", encoding="ascii")
        sync(self._fresh)

    def point(self) -> None:
        """Makes the generation served the one of the pointer made last, in one step."""
        self._fresh.replace(self.current)
        sync(self.root)

    @property
    def _fresh(self) -> Path:
        return self.root / ".CURRENT"

    def whole_generations(self) -> list[str]:
        """The ids of the generations on disk, oldest first; one bears its id only when whole."""
        if not self.generations.is_dir():
            return []
        named = [path for path in self.generations.iterdir() if _GENERATION_ID.fullmatch(path.name)]
        return [path.name for path in sorted(named, key=lambda path: (path.stat().st_mtime, path))]

    def discard(self, generation: str) -> None:
        """Removes a generation; it loses its name first, so that it's never seen half removed."""
        doomed = self.generations / f".removed-{generation}"
        self.generation(generation).rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)

    def clear_left_overs(self) -> None:
        """Removes what killed writers left. Only for the writer that holds the lock."""
        for left in self.generations.glob(".*"):
            shutil.rmtree(left, ignore_errors=True)

    def keep_only(self, kept: set[str]) -> None:
        """Removes all generations but those named."""
        for folder in self.generations.iterdir():
            if folder.name not in kept and _GENERATION_ID.fullmatch(folder.name):
                self.discard(folder.name)

    def _bad_pointer(self) -> BrokenGenerationError:
        return BrokenGenerationError(
            f"{self.current} names no index: run `saferplans ingest` on your documents again."
        )


@contextmanager
def only_writer(place: DataDir) -> Iterator[None]:
    """Holds the data directory, made if need be, against other writers; doesn't wait.

    The kernel lets go of the lock when its holder dies.

    Raises:
        WriterBusyError: another process or thread holds it.
        DataDirError: the directory can't be written.
    """
    with disk_errors(place.root):
        place.generations.mkdir(parents=True, exist_ok=True)
    from filelock import FileLock  # noqa: PLC0415 - slow to import, and reading takes no lock

    lock = FileLock(place.lock, timeout=0)
    try:
        with disk_errors(place.root):
            lock.acquire()
    except TimeoutError as error:
        raise WriterBusyError(
            f"Another process is writing the index in {place.root}: "
            f"wait until it's done, then run this again."
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Turns a failed write under `folder` into a sentence that says what to do.

    Raises:
        DataDirError: a write failed.
    """
    try:
        yield
    except TimeoutError:
        raise  # of a lock: also an OSError, and no failed write
    except OSError as error:
        raise DataDirError(_what_failed(error, folder)) from error


def _what_failed(error: OSError, folder: Path) -> str:
    if error.errno in _FULL or (error.errno == errno.EIO and _free_bytes(folder) < _NEARLY_FULL):
        return (
            f"The disk that holds {folder} is full: make room and run this again. "
            f"The index that was there is unchanged."
        )
    return (
        f"The data directory {folder} can't be written ({error.strerror}): make it writable, or "
        f"choose another with --data-dir. Any index that was there is unchanged."
    )


def _free_bytes(folder: Path) -> int:
    existing = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    return shutil.disk_usage(existing).free


def sync(path: Path) -> None:
    """Waits until a file's bytes, or a folder's names, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Waits until a folder and all under it are on the disk."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)
