"""The one place where everything is put together. Nothing is built when a module is imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.glossary import load_glossary
from corpus.places import load_places
from index.embedding import Embedder, open_embedder
from index.errors import DatabaseError, IndexingError
from index.places import Folder, Place
from index.terms import load_terms
from ingest.version import CHUNKER_VERSION
from service import messages
from service.answering.assistant import Assistant
from service.archive import FILE as ARCHIVE_FILE
from service.archive import Archive, Keeping
from service.feedback import SILENT, Feedback
from service.holdings import last_report
from service.library import Held, Library
from service.ports import Engine
from service.schemas import AskRequest
from service.search import Searcher
from service.settings import EMBEDDED, Settings

if TYPE_CHECKING:
    from index.postgres.place import DatabasePlace
    from service.doctor import Diagnosis
    from service.ingestion import Ingestion
    from service.state import AppState

    AnyPlace = Folder | DatabasePlace


def load_embedder(settings: Settings) -> Embedder:
    """The embedding model that is set; its weights are loaded when the first text is embedded.

    Raises:
        EmbedderError: it isn't on this machine, or isn't what was published.
    """
    return open_embedder(settings.model)


_WARMING = AskRequest(question="Which areas mention burglary of homes?")
"""Asked at start: it loads the model and makes the vocabulary ready."""


@dataclass(frozen=True)
class Bootstrap:
    """Puts the service together as it is set; `embedder` is the part that tests replace.

    Every method raises `IndexingError` where the model or the data directory can't be used; its
    message is a sentence for the user, with the fix.
    """

    embedder: Callable[[Settings], Embedder] = load_embedder

    def ingestion(self, settings: Settings, feedback: Feedback = SILENT) -> Ingestion:
        """What ingests into the data directory that is set."""
        return _ingestion(settings, _place(settings), self.embedder(settings), feedback)

    def engine(self, settings: Settings) -> Engine:
        """The generation that is current, for reading; there must be one."""
        embedder = self.embedder(settings)
        return _place(settings).open_current(embedder, chunker_version=CHUNKER_VERSION)

    def examine(self, settings: Settings) -> Diagnosis:
        """What is wrong with the installation, its data directory and its index."""
        from service.doctor import examine  # noqa: PLC0415 - one command needs it

        return examine(settings.data_dir, lambda: _place(settings), lambda: self.embedder(settings))

    def library(self, settings: Settings, feedback: Feedback = SILENT) -> Library:
        """What answers; where nothing is held yet the documents that ship are ingested first."""
        return self._library(settings, _place(settings), feedback)

    def _library(self, settings: Settings, place: AnyPlace, feedback: Feedback) -> Library:
        embedder = self.embedder(settings)
        if place.current_id() is None:
            _ingestion(settings, place, embedder, feedback).ship()
        places, glossary = load_places(), load_glossary(settings.glossary)
        terms = load_terms(settings.data_dir, glossary.leading_terms, embedder, feedback.embedding)

        def open_newest() -> Held:
            engine = place.open_current(embedder, chunker_version=CHUNKER_VERSION)
            assistant = Assistant(engine, places, glossary, terms)
            searcher = Searcher(engine, assistant.vocabulary, glossary, places)
            report = last_report(place, engine.generation)
            return Held(engine, assistant, searcher, report)

        return Library(open_newest, place.current_id, (IndexingError,))

    def state(self, settings: Settings, feedback: Feedback = SILENT) -> AppState:
        """What a running service holds, warm: the first question takes no longer than others."""
        from service.state import AppState  # noqa: PLC0415 - the web framework

        place = _place(settings)
        library = self._library(settings, place, feedback)
        library.held().answer(_WARMING)
        return AppState(library, _archive(settings, place), settings.public_url)


def _place(settings: Settings) -> AnyPlace:
    """Where the index is."""
    if settings.engine == EMBEDDED:
        return Folder(settings.data_dir)
    try:
        # The driver takes a fifth of a second to import, and an index in a folder needs none.
        from index.postgres.database import Database  # noqa: PLC0415
        from index.postgres.place import DatabasePlace  # noqa: PLC0415
    except ImportError as error:
        raise DatabaseError(messages.NO_DRIVER) from error
    return DatabasePlace(Database(settings.engine))


def _archive(settings: Settings, place: AnyPlace) -> Keeping:
    """Where answers are kept: beside the index."""
    if isinstance(place, Folder):
        return Archive(settings.data_dir / ARCHIVE_FILE, settings.answers_kept_days)
    from service.database_archive import DatabaseArchive  # noqa: PLC0415 - imports the driver

    return DatabaseArchive(place.database, settings.answers_kept_days)


def _ingestion(
    settings: Settings, place: Place, embedder: Embedder, feedback: Feedback
) -> Ingestion:
    # The readers of every format take a third of a second to import, and a question needs none.
    from ingest.workers import Limits  # noqa: PLC0415
    from service.ingestion import Ingestion  # noqa: PLC0415

    limits = Limits(settings.file_seconds, settings.file_megabytes * 1_000_000)
    return Ingestion(place, embedder, feedback, limits, settings.data_dir)
