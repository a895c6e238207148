"""Which files an ingest reads: those given, and those in the folders given."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.models import Place
from ingest.errors import IngestError, MissingFileError, OutsideLinkError, TooLargeError

CATALOGUE_NAME = "catalogue.toml"
"""A file of this name in a folder describes the others and is none of them."""

LARGEST_FILE = 200_000_000
"""Bytes. The longest plans, full of pictures, have a tenth of it."""

_HIDDEN = (".", "~$")
"""How the names begin of files that aren't a user's: Unix's hidden ones, and Office's locks."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read; `problem` says why it can't be."""

    place: Place
    file: Path
    problem: IngestError | None = None

    @property
    def name(self) -> str:
        """The name by which it is reported."""
        return self.place.name


@dataclass(frozen=True, slots=True)
class Sources:
    """The files, each once, in order; and the folders that were looked through, all of them."""

    files: tuple[Source, ...]
    folders: tuple[Path, ...]


def sources(paths: Sequence[Path], leave_out: Path | None = None) -> Sources:
    """The files given and those in folders, by name; hidden ones and `leave_out` are no part."""
    found: dict[str, Source] = {}
    folders = tuple(path.resolve() for path in paths if path.is_dir())
    without = leave_out.resolve() if leave_out else None
    for path in paths:
        for source in _under(path, without) if path.is_dir() else [_given(path)]:
            found.setdefault(source.place.path, source)
    return Sources(tuple(found.values()), folders)


def _given(path: Path) -> Source:
    file = path.resolve()
    return Source(_place(path.name, file), file, _problem(path, path))


def _under(folder: Path, leave_out: Path | None) -> Iterator[Source]:
    root = folder.resolve()
    # A stack of our own: folders can be nested deeper than Python recurses.
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            if not path.is_dir() or path.is_symlink():
                yield from _file(path, root)
            elif path != leave_out:
                waiting += _listed(path)
        except OSError as error:
            yield Source(_place(_name(path, root), path), path, _unreadable(path, error))


def _listed(folder: Path) -> list[Path]:
    """What a folder holds, the last name first, without what is no file of a user's."""
    # Sorted, because file systems list in any order and a report must not depend on it.
    held = sorted(folder.iterdir(), reverse=True)
    return [path for path in held if not is_hidden(path.name) and path.name != CATALOGUE_NAME]


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is no document of a user's."""
    return name.startswith(_HIDDEN) and name != ".."


def too_large(name: str, size: int) -> IngestError:
    """What to tell of a file that has more bytes than are read."""
    return TooLargeError(
        f"{name} has {size / 1e6:,.0f} MB, more than the {LARGEST_FILE / 1e6:,.0f} that are read "
        "of one file: split it, or leave out its pictures."
    )


def _file(path: Path, root: Path) -> Iterator[Source]:
    """A file in a folder; none for a link to a folder that is looked through anyway."""
    place = _place(_name(path, root), path)
    if path.is_symlink() and path.exists():
        if not path.resolve().is_relative_to(root):
            yield Source(place, path, _outside(place.name))
            return
        if path.is_dir():
            return
    yield Source(place, path, _problem(path, place.name))


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path != root else root.name


def _place(name: str, path: Path) -> Place:
    return Place(name=_text(name), path=_text(str(path)))


def _text(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 are replaced, as no report could hold them."""
    return os.fsencode(name).decode("utf-8", "replace")


def _problem(path: Path, shown: object) -> IngestError | None:
    if path.is_file():
        return None
    if path.is_symlink():
        return MissingFileError(f"{shown} is a link that leads to no file: mend or remove it.")
    what = "is no regular file" if path.exists() else "does not exist"
    return MissingFileError(f"{shown} {what}: check the path.")


def _outside(name: str) -> IngestError:
    return OutsideLinkError(
        f"{name} is a link that leads out of the folder, so it is not followed: "
        "ingest what it leads to by its own path."
    )


def _unreadable(path: Path, error: OSError) -> IngestError:
    return MissingFileError(f"{path} can't be read ({error.strerror}): check its permissions.")


def is_there(place: Place) -> bool:
    """Whether a file stands at a place still; one in an archive does while the archive does."""
    path = Path(place.path)
    try:
        return path.exists() or any(folder.is_file() for folder in path.parents)
    except OSError:
        return True  # nobody can tell from here


def looked_through(place: Place, folders: Iterable[Path]) -> bool:
    """Whether a place is in one of these folders, or in an archive among them."""
    return any(Path(place.path).is_relative_to(folder) for folder in folders)
