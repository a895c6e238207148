"""Zip archives, taken as folders: unpacked into a folder of our own, within bounds.

Members are written under numbers: no name in an archive ever becomes a path on this machine.
"""

from __future__ import annotations

import lzma
import shutil
import stat
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.models import Place
from ingest.errors import ArchiveError, IngestError
from ingest.sources import CATALOGUE_NAME, LARGEST_FILE, Source, Sources, is_hidden, too_large
from ingest.workers import Run

SUFFIX = ".zip"

MOST_MEMBERS = 10_000

LARGEST_WHOLE = 1_000_000_000
"""Bytes that an archive may unpack to, by its own directory; `zipfile` never reads beyond that."""

_ENCRYPTED = 0x1
"""The flag of an encrypted member: APPNOTE.TXT 6.3.10, section 4.4.4."""

_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError)


@dataclass(frozen=True, slots=True)
class ArchiveTask:
    """An archive to unpack into a folder."""

    source: Source
    into: Path

    @property
    def name(self) -> str:
        """The archive's name in a report."""
        return self.source.name


def unpacked(files: Sources, run: Run, into: Path) -> Sources:
    """The files with the members of each archive in the archive's place."""
    archives = [each for each in files.files if _is_archive(each)]
    tasks = [ArchiveTask(each, into / str(number)) for number, each in enumerate(archives)]
    done = {each.task.source.place.path: each.result for each in run(_members, tasks)}
    found: list[Source] = []
    folders = list(files.folders)
    for source in files.files:
        result = done.get(source.place.path, (source,))
        if isinstance(result, IngestError):
            found.append(Source(source.place, source.file, result))
        else:
            found += result
            folders += [Path(source.place.path)] if source.place.path in done else []
    return Sources(tuple(found), tuple(folders))


def _is_archive(source: Source) -> bool:
    return source.problem is None and source.file.suffix.lower() == SUFFIX


def _members(task: ArchiveTask) -> Sequence[Source]:
    """The members of an archive, unpacked; one that can't be read says why.

    Raises:
        ArchiveError: the archive can't be opened, or holds nothing or too much.
    """
    try:
        with zipfile.ZipFile(task.source.file) as archive:
            members = _listed(task.name, archive)
            task.into.mkdir()
            return [_member(task, archive, number, each) for number, each in enumerate(members)]
    except IngestError:
        raise
    except _DAMAGED as error:
        raise ArchiveError(
            f"{task.name} is damaged or no zip archive: copy it anew, or unpack it and ingest "
            "the folder."
        ) from error
    except OSError as error:
        raise ArchiveError(
            f"{task.name} can't be unpacked ({error.strerror}): unpack it and ingest the folder."
        ) from error


def _listed(name: str, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members that are files of a user's."""
    members = [info for info in archive.infolist() if not info.is_dir() and not _passed_over(info)]
    if not members:
        raise ArchiveError(f"{name} holds no files: check that it is the archive you meant.")
    if len(members) > MOST_MEMBERS:
        raise ArchiveError(
            f"{name} holds {len(members):,} files, more than the {MOST_MEMBERS:,} that are read "
            "of an archive: unpack it and ingest the folder."
        )
    whole = sum(info.file_size for info in members)
    if whole > LARGEST_WHOLE:
        raise ArchiveError(
            f"{name} unpacks to {whole / 1e6:,.0f} MB, more than the {LARGEST_WHOLE / 1e6:,.0f} "
            "that are read of an archive: unpack it and ingest the folder."
        )
    return members


def _passed_over(info: zipfile.ZipInfo) -> bool:
    parts = _parts(info)
    return not parts or any(map(is_hidden, parts)) or parts[-1] == CATALOGUE_NAME


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    # Some programs on Windows write its separator, against APPNOTE.TXT 6.3.10, section 4.4.17.
    return PurePosixPath(info.filename.replace("\\", "/")).parts


def _member(
    task: ArchiveTask, archive: zipfile.ZipFile, number: int, info: zipfile.ZipInfo
) -> Source:
    within = str(PurePosixPath(*_parts(info)))
    place = Place(name=f"{task.name}/{within}", path=f"{task.source.place.path}/{within}")
    file = task.into / str(number)
    try:
        _refuse(place.name, info)
        _write(place.name, archive, info, file)
    except IngestError as error:
        return Source(place, file, error)
    return Source(place, file)


def _refuse(name: str, info: zipfile.ZipInfo) -> None:
    """Passes a member that is an ordinary file.

    Raises:
        ArchiveError: it isn't, or its name leads out of the archive.
    """
    parts = _parts(info)
    if ".." in parts or parts[0].startswith("/") or parts[0].endswith(":"):
        raise ArchiveError(
            f"{name} names a place outside its archive, so it is not read: don't trust the archive."
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ArchiveError(f"{name} is a link, which is not followed: put the file itself there.")
    if info.flag_bits & _ENCRYPTED:
        raise ArchiveError(f"{name} is encrypted: unpack it with its password, and ingest that.")
    if PurePosixPath(parts[-1]).suffix.lower() == SUFFIX:
        raise ArchiveError(f"{name} is an archive within an archive: unpack it, and ingest that.")
    if info.file_size > LARGEST_FILE:
        raise too_large(name, info.file_size)


def _write(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: Path) -> None:
    try:
        with archive.open(info) as packed, file.open("wb") as target:
            shutil.copyfileobj(packed, target)
    except NotImplementedError as error:
        raise ArchiveError(
            f"{name} is packed by a method that isn't known here: unpack it, and ingest that."
        ) from error
    except (*_DAMAGED, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise  # the disk's fault; a decompressor's has no number
        raise ArchiveError(f"{name} is damaged in its archive: make the archive anew.") from error
