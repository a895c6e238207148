"""What a generation says of itself: by whose hand it was made, from what, and of which files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import ValidationError

from corpus.models import Area, Frozen, ParsedDocument
from index.checked import Digest, file_digest
from index.embedding import Embedder
from index.errors import BrokenGenerationError, FingerprintMismatchError
from index.keywords import LOCK_SUFFIX

FORMAT = 6
"""Of the files of a generation and of how their contents are made; raise it when either changes."""

MANIFEST = "manifest.json"

_ID_CHARS = 16


class Fingerprint(Frozen):
    """What must be equal between the writer of a generation and its reader."""

    format: int
    model: str
    dimension: int
    chunker: str

    def refuse_other(self, found: Fingerprint, place: object) -> None:
        """Passes where the generation found was made alike.

        Raises:
            FingerprintMismatchError: it wasn't; the message says in what, and the fix.
        """
        if found == self:
            return
        field = next(name for name in Fingerprint.model_fields if _differ(self, found, name))
        raise FingerprintMismatchError(
            f"The index in {place} was made with {field} {getattr(found, field)} and this run uses "
            f"{field} {getattr(self, field)}: run `saferplans ingest` on your documents again, or "
            f"go back to {field} {getattr(found, field)}."
        )


class Counts(Frozen):
    """How many of each the generation holds."""

    documents: int
    plans: int
    sections: int
    passages: int


class FileDigest(Frozen):
    """One file of a generation as it was written."""

    size: int
    sha256: str


class Manifest(Frozen):
    """The content of manifest.json; `files` are all others of the generation, by relative path."""

    fingerprint: Fingerprint
    corpus_sha256: str
    counts: Counts
    files: dict[str, FileDigest]

    @property
    def generation(self) -> str:
        """Names it by how and from what it is made: the same twice is the same generation."""
        words = f"{self.fingerprint.model_dump_json()} {self.corpus_sha256}"
        return hashlib.sha256(words.encode()).hexdigest()[:_ID_CHARS]


def _differ(one: Fingerprint, other: Fingerprint, field: str) -> bool:
    return bool(getattr(one, field) != getattr(other, field))


def fingerprint_of(embedder: Embedder, chunker_version: str) -> Fingerprint:
    """The fingerprint of what this run makes and reads."""
    return Fingerprint(
        format=FORMAT,
        model=embedder.fingerprint,
        dimension=embedder.dimension,
        chunker=chunker_version,
    )


def corpus_digest(documents: Iterable[ParsedDocument], areas: Iterable[Area]) -> str:
    """SHA-256 of all that is published, in its order; equal input, equal digest, on any machine."""
    total = hashlib.sha256()
    for model in (*documents, *sorted(areas, key=lambda area: area.name)):
        total.update(hashlib.sha256(model.model_dump_json().encode()).digest())
    return total.hexdigest()


def count(documents: Sequence[ParsedDocument]) -> Counts:
    """How many of each these documents hold."""
    return Counts(
        documents=len(documents),
        plans=sum(len(parsed.plans) for parsed in documents),
        sections=sum(len(parsed.sections) for parsed in documents),
        passages=sum(len(parsed.passages) for parsed in documents),
    )


def digests(folder: Path) -> dict[str, FileDigest]:
    """The files of a generation, locks and the manifest itself aside."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in files
        if path.suffix != LOCK_SUFFIX and path.name != MANIFEST
    }


def _digest(path: Path) -> FileDigest:
    return FileDigest(size=path.stat().st_size, sha256=file_digest(path))


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        BrokenGenerationError: there is none that can be read.
    """
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise broken(folder, f"its {MANIFEST} can't be read") from error
    if manifest.generation != folder.name:
        raise broken(folder, f"its {MANIFEST} is of another index")
    return manifest


def check_files(folder: Path, manifest: Manifest, digest: Digest = file_digest) -> None:
    """Passes where all files are as they were written.

    Reads each through, about 1.3 GB a second, unless `digest` knows it (`index.checked`).

    Raises:
        BrokenGenerationError: a file is missing, cut short or changed.
    """
    for name, expected in manifest.files.items():
        try:
            whole = (folder / name).stat().st_size == expected.size
            same = whole and digest(folder / name, expected.sha256) == expected.sha256
        except OSError as error:
            raise broken(folder, f"{name} is missing") from error
        if not same:
            raise broken(folder, f"{name} is {'changed' if whole else 'cut short or grown'}")


def broken(folder: Path, what: str) -> BrokenGenerationError:
    """The error for a damaged generation."""
    return BrokenGenerationError(
        f"The index in {folder} is damaged ({what}): "
        f"run `saferplans ingest` on your documents again."
    )
