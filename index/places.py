"""Where generations are published to and opened from: a folder, or a database.

The folder's is here; `index.postgres.place` has the database's, which is imported only when asked
for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.models import Area, Document, Origin, ParsedDocument
from index import generations
from index.embedding import Embedder
from index.engine import EmbeddedEngine
from index.errors import WriterBusyError
from index.layout import REPORT, DataDir, disk_errors
from index.reuse import Progress


class Opened(Protocol):
    """An engine as an ingest sees it: what is held, as it was parsed."""

    @property
    def generation(self) -> str:
        """The id of the generation."""

    def areas(self) -> tuple[Area, ...]:
        """Every area held, by name."""

    def documents(self) -> tuple[Document, ...]:
        """Every document held, in the order of ingest."""

    def origins(self) -> Mapping[str, Origin]:
        """How each document came to be held, by its id."""

    def parsed(self, document: Document, origin: Origin) -> ParsedDocument:
        """What is held of a document as it was ingested, under this name and origin."""


class Place(Protocol):
    """Holds generations, of which one is current. Every method may raise `GenerationError`."""

    @property
    def name(self) -> str:
        """What a person calls it."""

    def current_id(self) -> str | None:
        """The id of the generation served, or None; cheap enough to ask on every request."""

    def open_current(self, embedder: Embedder, *, chunker_version: str) -> Opened:
        """Opens the generation served, after checking that it was made as this run would."""

    def publish(
        self,
        documents: Sequence[ParsedDocument],
        areas: Sequence[Area],
        embedder: Embedder,
        *,
        chunker_version: str,
        report: Mapping[str, object],
        on_progress: Progress | None = None,
    ) -> str:
        """Makes these documents, and no others, the ones served; gives the generation's id."""

    def report(self, generation: str) -> bytes | None:
        """The report of the ingest that made a generation, JSON; None if it can't be read."""

    def recover(self) -> str | None:
        """Serves the newest generation again if it can't be told which is; its id, or None."""

    def alone(self) -> AbstractContextManager[None]:
        """Keeps other ingests out; raises `WriterBusyError` where one is at work."""


@dataclass(frozen=True)
class Folder:
    """A data directory: the embedded engine's place."""

    root: Path

    @property
    def name(self) -> str:
        """What a person calls it."""
        return str(self.root)

    def generation(self, generation: str) -> Path:
        """The folder of one generation."""
        return DataDir(self.root).generation(generation)

    def current_id(self) -> str | None:
        """The id of the generation served, or None."""
        return generations.current_id(self.root)

    def open_current(self, embedder: Embedder, *, chunker_version: str) -> EmbeddedEngine:
        """See `index.generations.open_current`."""
        return generations.open_current(self.root, embedder, chunker_version=chunker_version)

    def publish(
        self,
        documents: Sequence[ParsedDocument],
        areas: Sequence[Area],
        embedder: Embedder,
        *,
        chunker_version: str,
        report: Mapping[str, object],
        on_progress: Progress | None = None,
    ) -> str:
        """See `index.generations.publish`."""
        return generations.publish(
            self.root,
            documents,
            areas,
            embedder,
            chunker_version=chunker_version,
            report=report,
            on_progress=on_progress,
        )

    def report(self, generation: str) -> bytes | None:
        """The report of the ingest that made a generation; None if it can't be read."""
        try:
            return (self.generation(generation) / REPORT).read_bytes()
        except OSError:
            return None

    def recover(self) -> str | None:
        """See `index.generations.recover`."""
        return generations.recover(self.root)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other ingests out from reading what is held until the new whole is published.

        Raises:
            WriterBusyError: another ingest is at work here.
        """
        from filelock import FileLock  # noqa: PLC0415 - as in `index.layout`

        with disk_errors(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.root / "ingest.lock", timeout=0)
            try:
                lock.acquire()
            except TimeoutError as error:
                raise WriterBusyError(ingest_busy(self.name)) from error
        try:
            yield
        finally:
            lock.release()


def ingest_busy(name: str) -> str:
    """Another ingest holds the place of this name."""
    return f"Another ingest is at work in {name}: wait until it's done, then run this again."
