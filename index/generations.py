"""Publishes whole generations, and opens the one that is current.

A generation is built in a hidden sibling folder, synced and renamed; then
the file CURRENT is replaced. A reader therefore sees the old generation or the new one, whenever
the writer dies. The current and the previous generation are kept: whoever reads the older one goes
on reading, and an opened one stays readable even after its files are deleted.

The errors are drawn in `index.errors`.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.models import Area, ParsedDocument
from index import keywords, lines, sentences, store, vectors
from index.checked import FILE as CHECKED
from index.checked import Checked
from index.consistency import refuse_contradictions
from index.embedding import Embedder
from index.engine import EmbeddedEngine
from index.errors import BrokenGenerationError, NoGenerationError
from index.layout import (
    KEYWORDS,
    LINES,
    REPORT,
    SENTENCES,
    STORE,
    VECTORS,
    DataDir,
    disk_errors,
    only_writer,
    sync,
    sync_tree,
)
from index.manifest import (
    MANIFEST,
    Fingerprint,
    Manifest,
    broken,
    check_files,
    corpus_digest,
    count,
    digests,
    fingerprint_of,
    read_manifest,
)
from index.reuse import NOTHING_KNOWN, Known, Progress, known_in, vectors_of

_ATTEMPTS = 3
"""How often opening starts over when the generation was replaced and removed under its hands."""


def current_id(data_dir: Path) -> str | None:
    """The id of the generation served, or None; cheap enough to ask on every request.

    Raises:
        BrokenGenerationError: the pointer holds something else than an id.
    """
    return DataDir(data_dir).current_id()


def publish(  # noqa: PLR0913 - a publication is one call, whole or not at all
    data_dir: Path,
    documents: Sequence[ParsedDocument],
    areas: Sequence[Area],
    embedder: Embedder,
    *,
    chunker_version: str,
    report: Mapping[str, object],
    on_progress: Progress | None = None,
) -> str:
    """Makes these documents, and no others, the ones served; gives the generation's id.

    The id is a digest of all input but the report: the same again is the same generation, which
    isn't built twice and keeps its first report. Only texts that the generation served doesn't hold
    are embedded. A failure leaves the generation before as it was.

    Raises:
        InconsistentCorpusError: the documents contradict each other.
        EmbedderError: the model fails, or gives no vectors of unit length.
        WriterBusyError: somebody else is publishing to this directory.
        DataDirError: the directory can't be written, or its disk is full.
    """
    refuse_contradictions(documents, areas)
    place = DataDir(data_dir)
    manifest = _plan_manifest(documents, areas, embedder, chunker_version)
    with only_writer(place):
        place.clear_left_overs()
        with disk_errors(data_dir):
            place.make_pointer(manifest.generation)
        if not _is_intact(place, manifest):
            texts = [passage.embeddable for passage in store.passages_in_order(documents)]
            known = _known(place, manifest.fingerprint)
            embedded = vectors_of(texts, known, embedder, on_progress)
            with disk_errors(data_dir):
                _build(place, manifest, documents, areas, embedded, report)
        with disk_errors(data_dir):
            _switch(place, manifest.generation)
    return manifest.generation


def recover(data_dir: Path) -> str | None:
    """Serves the newest generation again whose pointer was lost; its id, or None if none was.

    Without this the next publication would take the directory for an empty one, and remove it.

    Raises:
        WriterBusyError: somebody else is publishing to this directory.
        DataDirError: the directory can't be written.
    """
    place = DataDir(data_dir)
    if place.current_id() is not None or not place.whole_generations():
        return None
    with only_writer(place), disk_errors(data_dir):
        newest = place.whole_generations()[-1]
        place.make_pointer(newest)
        place.point()
    return newest


def open_current(data_dir: Path, embedder: Embedder, *, chunker_version: str) -> EmbeddedEngine:
    """Opens the generation served, after checking that it is whole and made as this run would.

    Raises:
        NoGenerationError: nothing is published here.
        FingerprintMismatchError: it was made by another model, chunker or format.
        BrokenGenerationError: it is damaged, or CURRENT points nowhere.
    """
    place = DataDir(data_dir)
    for _ in range(_ATTEMPTS):
        generation = place.current_id()
        if generation is None:
            raise NoGenerationError(
                f"There is no index in {data_dir} yet: run `saferplans ingest` on your documents."
            )
        try:
            return _open(place, generation, embedder, chunker_version)
        except BrokenGenerationError as error:
            # Two publications since the pointer was read would have removed it.
            failure = error
            if place.current_id() == generation:
                break
    raise failure


def _open(
    place: DataDir, generation: str, embedder: Embedder, chunker_version: str
) -> EmbeddedEngine:
    folder = place.generation(generation)
    if not folder.is_dir():
        raise BrokenGenerationError(
            f"{place.current} points at the index {generation}, which isn't there: "
            f"run `saferplans ingest` on your documents again."
        )
    manifest = read_manifest(folder)
    fingerprint_of(embedder, chunker_version).refuse_other(manifest.fingerprint, place.root)
    check_files(folder, manifest, Checked(place.root / CHECKED).digest)
    return _opened(folder, manifest, embedder)


def _opened(folder: Path, manifest: Manifest, embedder: Embedder) -> EmbeddedEngine:
    try:
        held = store.Store(folder / STORE)
        mapped = vectors.Vectors(folder / VECTORS)
        words = keywords.Keywords(folder / KEYWORDS)
        found = sentences.Sentences(folder / SENTENCES)
        said = lines.mapped(folder / LINES)
    except (OSError, RuntimeError, ValueError, sqlite3.Error) as error:
        raise broken(folder, f"it can't be opened: {error}") from error
    expected = manifest.counts.passages
    if not expected == held.passage_count == len(mapped) == len(words):
        raise broken(folder, "its parts don't hold the same passages")
    if not len(found) == len(said.above) == len(held.prominence):
        raise broken(folder, "its parts don't hold the same sentences")
    return EmbeddedEngine(manifest.generation, embedder, held, mapped, words, found, said)


def _plan_manifest(
    documents: Sequence[ParsedDocument],
    areas: Sequence[Area],
    embedder: Embedder,
    chunker_version: str,
) -> Manifest:
    return Manifest(
        fingerprint=fingerprint_of(embedder, chunker_version),
        corpus_sha256=corpus_digest(documents, areas),
        counts=count(documents),
        files={},
    )


def _known(place: DataDir, wanted: Fingerprint) -> Known:
    served = _previous(place)
    return known_in(place.generation(served), wanted) if served else NOTHING_KNOWN


def _is_intact(place: DataDir, wanted: Manifest) -> bool:
    folder = place.generation(wanted.generation)
    try:
        check_files(folder, read_manifest(folder))
    except BrokenGenerationError:
        return False
    return True


def _build(
    place: DataDir,
    manifest: Manifest,
    documents: Sequence[ParsedDocument],
    areas: Sequence[Area],
    embedded: NDArray[np.float32],
    report: Mapping[str, object],
) -> None:
    work = place.generations / f".building-{manifest.generation}"
    work.mkdir()
    try:
        _write_parts(work, documents, areas, embedded, report)
        whole = manifest.model_copy(update={"files": digests(work)})
        (work / MANIFEST).write_text(whole.model_dump_json(indent=1), encoding="utf-8")
        sync_tree(work)
        _rename(place, work, manifest.generation)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write_parts(
    work: Path,
    documents: Sequence[ParsedDocument],
    areas: Sequence[Area],
    embedded: NDArray[np.float32],
    report: Mapping[str, object],
) -> None:
    store.write(work / STORE, documents, areas)
    vectors.write(work / VECTORS, embedded)
    keywords.write(work / KEYWORDS, _entries(documents))
    sentences.write(work / SENTENCES, _entries(documents))
    lines.write(work / LINES, store.passages_in_order(documents))
    (work / REPORT).write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")


def _entries(documents: Sequence[ParsedDocument]) -> Iterator[keywords.Entry]:
    numbers = {plan.id: number for number, plan in enumerate(store.plans_in_order(documents))}
    places = {parsed.document.id: number for number, parsed in enumerate(documents)}
    for row, passage in enumerate(store.passages_in_order(documents)):
        plan = store.OUTSIDE if passage.plan_id is None else numbers[passage.plan_id]
        yield keywords.Entry(row, plan, places[passage.document_id], passage)


def _rename(place: DataDir, work: Path, generation: str) -> None:
    target = place.generation(generation)
    if target.exists():
        place.discard(generation)  # it is there and damaged, or it would not be built again
    work.rename(target)
    sync(place.generations)


def _switch(place: DataDir, generation: str) -> None:
    previous = _previous(place)
    place.point()
    if previous != generation:
        place.keep_only({generation, previous})


def _previous(place: DataDir) -> str:
    try:
        return place.current_id() or ""
    except BrokenGenerationError:
        return ""  # a pointer to nothing is replaced like any other
