"""What is wrong with an installation and its data directory, and what to do about it.

Nothing here writes but the digests that every start keeps, where there is a data directory. Each
check says what it found; one that failed says the remedy.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from index.checked import FILE as CHECKED
from index.checked import Checked, Digest
from index.embedding import Embedder
from index.errors import DatabaseError, IndexingError
from index.manifest import Counts, Fingerprint, check_files, fingerprint_of, read_manifest
from index.places import Folder
from ingest.report import IngestReport, Outcome
from ingest.version import CHUNKER_VERSION
from service import messages
from service.holdings import last_report
from service.ports import Engine

if TYPE_CHECKING:
    from index.postgres.place import DatabasePlace

_TOO_MANY_NAMES = 5
"""Names listed in one line; the others are counted."""


class State(StrEnum):
    """How a check went; a note is worth knowing, and no failure."""

    OK = "ok"
    NOTE = "note"
    FAILED = "failed"


class Check(BaseModel):
    """One thing looked at."""

    model_config = ConfigDict(frozen=True)

    name: str
    state: State
    found: str
    remedy: str | None = None


class Diagnosis(BaseModel):
    """All checks, in the order in which they were made."""

    model_config = ConfigDict(frozen=True)

    checks: tuple[Check, ...]

    @property
    def healthy(self) -> bool:
        """Whether no check failed."""
        return all(check.state is not State.FAILED for check in self.checks)


def examine(
    data_dir: Path,
    find_place: Callable[[], Folder | DatabasePlace],
    load_embedder: Callable[[], Embedder],
) -> Diagnosis:
    """Makes all checks; those that need an index are left out where there is none."""
    embedder, model = _model(load_embedder)
    checks = [model, _library(), _directory(data_dir), _room(data_dir)]
    checked = Checked(data_dir / CHECKED)
    checks.append(_remembered(checked.read_again()))
    return Diagnosis(checks=(*checks, *_engine(find_place, embedder, checked.digest)))


def _model(load_embedder: Callable[[], Embedder]) -> tuple[Embedder | None, Check]:
    try:
        embedder = load_embedder()
    except IndexingError as error:
        return None, _failed("model", error)
    return embedder, _ok("model", embedder.fingerprint)


def _library() -> Check:
    missing = [name for name in ("onnxruntime", "tokenizers") if find_spec(name) is None]
    if missing:
        return Check(
            name="model library",
            state=State.FAILED,
            found=messages.not_installed(missing),
            remedy=messages.INSTALL_LIBRARY,
        )
    return _ok("model library", messages.INSTALLED)


def _directory(data_dir: Path) -> Check:
    existing = next(path for path in (data_dir, *data_dir.parents) if path.exists())
    if not (existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)):
        return Check(
            name="data directory",
            state=State.FAILED,
            found=messages.not_writable(data_dir),
            remedy=messages.CHOOSE_ANOTHER,
        )
    return _ok("data directory", str(data_dir))


def _room(data_dir: Path) -> Check:
    """A new generation is built beside the one served, so as much room again is needed."""
    existing = next(path for path in (data_dir, *data_dir.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    held = sum(path.stat().st_size for path in data_dir.rglob("*") if path.is_file())
    found = messages.room(free, held)
    if free < held:
        return Check(name="free disk", state=State.FAILED, found=found, remedy=messages.MAKE_ROOM)
    return _ok("free disk", found)


def _remembered(changed: list[Path]) -> Check:
    """A start doesn't read a file that nothing has touched since it was read; this has."""
    name = "files read again"
    if changed:
        return Check(
            name=name,
            state=State.FAILED,
            found=messages.lost_bits(_listed([str(path) for path in changed])),
            remedy=messages.BRING_BACK,
        )
    return _ok(name, messages.NO_LOST_BITS)


def _engine(
    find_place: Callable[[], Folder | DatabasePlace], embedder: Embedder | None, digest: Digest
) -> Iterator[Check]:
    """Which engine it is, and what it holds."""
    try:
        place = find_place()
        yield _ok("engine", messages.IN_FOLDER if isinstance(place, Folder) else place.described())
        generation = place.current_id()
        if generation is None:
            yield Check(name="index", state=State.NOTE, found=messages.NO_INDEX_YET)
            return
        checks = list(_index(place, generation, embedder, digest))
    except DatabaseError as error:
        yield _failed("engine", error)
        return
    except IndexingError as error:
        yield _failed("index", error)
        return
    yield _ok("index", generation)
    yield from checks
    yield _last_report(last_report(place, generation))


def _index(
    place: Folder | DatabasePlace, generation: str, embedder: Embedder | None, digest: Digest
) -> Iterator[Check]:
    if isinstance(place, Folder):
        return _folder(place, generation, embedder, digest)
    return _database(place, generation, embedder)


def _folder(
    place: Folder, generation: str, embedder: Embedder | None, digest: Digest
) -> Iterator[Check]:
    folder = place.generation(generation)
    manifest = read_manifest(folder)
    found = messages.files(manifest.files)
    yield _tried("files", lambda: check_files(folder, manifest, digest), found)
    if embedder is None:
        return
    here = fingerprint_of(embedder, CHUNKER_VERSION)
    alike = _alike(place.root, manifest.fingerprint, here)
    yield alike
    if alike.state is not State.OK:
        return
    try:
        engine = place.open_current(embedder, chunker_version=CHUNKER_VERSION)
    except IndexingError as error:
        yield _failed("parts agree", error)
        return
    # Opening has compared the rows of its three parts; these are what they hold.
    yield _counts(_counted(engine), manifest.counts)
    yield _ok("search by meaning", messages.searched(engine.passage_count, *engine.lists))
    yield _areas(engine)


def _database(place: DatabasePlace, generation: str, embedder: Embedder | None) -> Iterator[Check]:
    if embedder is None:
        return
    catalogue = place.catalogue()
    here = place.fingerprint(embedder, chunker_version=CHUNKER_VERSION)
    alike = _alike(place.name, catalogue.fingerprint, here)
    yield alike
    if alike.state is not State.OK:
        return
    yield _counts(place.counted(generation), catalogue.counts)
    engine = place.open_current(embedder, chunker_version=CHUNKER_VERSION)
    walked = messages.walked(engine.passage_count, place.exact_rows)
    yield _ok("search by meaning", walked)
    yield _areas(engine)


def _alike(place: object, found: Fingerprint, here: Fingerprint) -> Check:
    described = f"{here.model}, {here.chunker}"
    return _tried("made alike", lambda: here.refuse_other(found, place), described)


def _counted(engine: Engine) -> Counts:
    return Counts(
        documents=len(engine.documents()),
        plans=len(engine.plans()),
        sections=sum(len(engine.sections(each.id)) for each in engine.documents()),
        passages=sum(len(engine.passages(each.id)) for each in engine.documents()),
    )


def _counts(held: Counts, published: Counts) -> Check:
    found = ", ".join(f"{count:,} {what}" for what, count in held.model_dump().items())
    if held != published:
        return Check(
            name="parts agree", state=State.FAILED, found=found, remedy=messages.INGEST_AGAIN
        )
    return _ok("parts agree", found)


def _areas(engine: Engine) -> Check:
    with_plans = {plan.document_id for plan in engine.plans()}
    without = [each.source for each in engine.documents() if each.id not in with_plans]
    if without:
        return Check(
            name="areas",
            state=State.NOTE,
            found=messages.without_area(_listed(without)),
            remedy=messages.CATALOGUE_AREAS,
        )
    return _ok("areas", messages.ALL_HAVE_AREAS)


def _last_report(report: IngestReport | None) -> Check:
    """Failed files are no fault of the index: those that were read are held."""
    name = "last ingest"
    if report is None:
        return Check(name=name, state=State.NOTE, found=messages.NO_REPORT)
    failed = [each.name for each in report.files if each.outcome is Outcome.FAILED]
    if failed:
        return Check(
            name=name,
            state=State.NOTE,
            found=messages.unread(_listed(failed)),
            remedy=messages.MEND_FILES,
        )
    return _ok(name, messages.ALL_WERE_READ)


def _listed(names: list[str]) -> str:
    more = len(names) - _TOO_MANY_NAMES
    shown = ", ".join(names[:_TOO_MANY_NAMES])
    return f"{shown} and {more} more" if more > 0 else shown


def _tried(name: str, check: Callable[[], None], found: str) -> Check:
    try:
        check()
    except IndexingError as error:
        return _failed(name, error)
    return _ok(name, found)


def _ok(name: str, found: str) -> Check:
    return Check(name=name, state=State.OK, found=found)


def _failed(name: str, error: IndexingError) -> Check:
    # The sentence of such an error ends with its remedy.
    return Check(name=name, state=State.FAILED, found=str(error))
