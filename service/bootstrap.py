"""The one place where everything is put together. Nothing is built when a module is imported."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.glossary import Glossary
from index.checked import FILE as CHECKED
from index.checked import Checked
from index.embedding import Embedder, open_embedder
from index.errors import DatabaseError, IndexingError
from index.places import Folder, Place
from ingest.version import CHUNKER_VERSION
from service import messages
from service.answering.assistant import Assistant
from service.archive import FILE as ARCHIVE_FILE
from service.archive import Archive, Keeping
from service.feedback import SILENT, Feedback
from service.holdings import last_report
from service.library import Held, Library, Rest
from service.ports import Engine, Meanings, NoMeanings
from service.prepared import prepared
from service.schemas import AskRequest, Filters
from service.search import Searcher
from service.settings import EMBEDDED, Settings

if TYPE_CHECKING:
    from index.postgres.place import DatabasePlace
    from ingest.workers import Limits
    from service.doctor import Diagnosis
    from service.ingestion import Adding, Ingestion
    from service.jobs.queue import Worker
    from service.jobs.steps import Steps
    from service.state import AppState

    AnyPlace = Folder | DatabasePlace


def load_embedder(settings: Settings) -> Embedder:
    """The embedding model that is set; its weights are loaded when the first text is embedded.

    Raises:
        EmbedderError: it isn't on this machine, or isn't what was published.
    """
    return open_embedder(settings.model, Checked(settings.data_dir / CHECKED).digest)


def open_meanings(embedder: Embedder, glossary: Glossary) -> Meanings:
    """The field model beside the packaged one, whose layers it shares; none beside another."""
    from index.onnx_embedding import OnnxEmbedder  # noqa: PLC0415 - numpy and more

    if not isinstance(embedder, OnnxEmbedder):
        return NoMeanings()
    from index.meanings import FieldMeanings  # noqa: PLC0415

    return FieldMeanings(glossary, embedder.digest)


_WARMING = "Which areas mention burglary of homes?"
"""Asked of one plan at start: it loads the model and makes the vocabulary ready."""


@dataclass(frozen=True)
class Bootstrap:
    """Puts the service together as it is set; `embedder` is the part that tests replace.

    Every method raises `IndexingError` where the model or the data directory can't be used; its
    message is a sentence for the user, with the fix.
    """

    embedder: Callable[[Settings], Embedder] = load_embedder

    def ingestion(self, settings: Settings, feedback: Feedback = SILENT) -> Ingestion:
        """What ingests into the data directory that is set."""
        embedder = self.embedder(settings)
        meanings = _meanings(settings, embedder)
        return _ingestion(settings, _place(settings), embedder, meanings, feedback)

    def adding(
        self, settings: Settings, feedback: Feedback = SILENT, at_once: int | None = None
    ) -> Adding:
        """What adds documents; to a database by jobs, of which it does `at_once` together itself.

        With 0 it leaves them to workers elsewhere; with None it takes one for each processor.
        """
        place = _place(settings)
        embedder = self.embedder(settings)
        if isinstance(place, Folder):
            meanings = _meanings(settings, embedder)
            return _ingestion(settings, place, embedder, meanings, feedback)
        from service.jobs.ingestion import JobIngestion  # noqa: PLC0415 - imports the driver

        steps = _steps(settings, place, embedder)
        worker = None if at_once == 0 else _worker(settings, steps, at_once)
        return JobIngestion(place, steps, worker, feedback, settings.data_dir)

    def worker(self, settings: Settings, at_once: int | None = None) -> Worker:
        """What takes the jobs of ingests, so many together; else one for each processor.

        Raises:
            DatabaseError: the index that is set isn't in a database.
        """
        place = _place(settings)
        if isinstance(place, Folder):
            raise DatabaseError(messages.NO_DATABASE)
        embedder = self.embedder(settings)
        return _worker(settings, _steps(settings, place, embedder), at_once)

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
        words = prepared(settings.glossary, settings.data_dir)
        meanings = open_meanings(embedder, words.glossary)
        if place.current_id() is None:
            _ingestion(settings, place, embedder, meanings, feedback).ship()

        def held_by(engine: Engine, rest: Rest) -> Held:
            assistant = Assistant(engine, words.places, words.glossary, meanings, words.listing)
            searcher = Searcher(engine, assistant.vocabulary, words.glossary, words.places)
            report = last_report(place, engine.generation)
            return Held(engine, assistant, searcher, report, rest)

        def open_newest() -> Held:
            if isinstance(place, Folder):
                whole = place.open_current(embedder, chunker_version=CHUNKER_VERSION)
                return held_by(whole, Rest())
            engine = place.open_current(embedder, chunker_version=CHUNKER_VERSION)
            return held_by(engine, Rest(lambda lost: held_by(engine.without(lost), Rest())))

        return Library(open_newest, place.current_id, (IndexingError,))

    def state(self, settings: Settings, feedback: Feedback = SILENT) -> AppState:
        """What a running service holds, warm: the first question takes no longer than others."""
        from service.state import AppState  # noqa: PLC0415 - the web framework

        place = _place(settings)
        library = self._library(settings, place, feedback)
        _warm(library.held())
        # What is loaded stays: looking through it again and again for garbage would be in vain.
        gc.collect()
        gc.freeze()
        return AppState(library, _archive(settings, place), settings.public_url)


def _warm(held: Held) -> None:
    plans = tuple(plan.id for plan in held.engine.plans()[:1])
    held.answer(AskRequest(question=_WARMING, filters=Filters(plans=plans)))


def _place(settings: Settings) -> AnyPlace:
    """Where the index is."""
    if settings.engine == EMBEDDED:
        return Folder(settings.data_dir)
    try:
        # The driver takes a fifth of a second to import, and an index in a folder needs none.
        from index.postgres.database import Database  # noqa: PLC0415
        from index.postgres.place import DatabasePlace  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise DatabaseError(messages.NO_DRIVER) from error
    return DatabasePlace(Database(settings.engine))


def _archive(settings: Settings, place: AnyPlace) -> Keeping:
    """Where answers are kept: beside the index."""
    if isinstance(place, Folder):
        return Archive(settings.data_dir / ARCHIVE_FILE, settings.answers_kept_days)
    from service.database_archive import DatabaseArchive  # noqa: PLC0415 - imports the driver

    return DatabaseArchive(place.database, settings.answers_kept_days)


def _ingestion(
    settings: Settings, place: Place, embedder: Embedder, meanings: Meanings, feedback: Feedback
) -> Ingestion:
    # The readers of every format take a third of a second to import, and a question needs none.
    from service.ingestion import Ingestion  # noqa: PLC0415

    return Ingestion(place, embedder, feedback, _limits(settings), settings.data_dir, meanings)


def _meanings(settings: Settings, embedder: Embedder) -> Meanings:
    return open_meanings(embedder, prepared(settings.glossary, settings.data_dir).glossary)


def _limits(settings: Settings) -> Limits:
    from ingest.workers import Limits  # noqa: PLC0415

    return Limits(settings.file_seconds, settings.file_megabytes * 1_000_000)


def _steps(settings: Settings, place: DatabasePlace, embedder: Embedder) -> Steps:
    from ingest.workers import Crew  # noqa: PLC0415
    from service.jobs.queue import Queue  # noqa: PLC0415
    from service.jobs.steps import Steps  # noqa: PLC0415

    queue = Queue(place.database, embedder)
    meanings = _meanings(settings, embedder)
    return Steps(place.database, embedder, queue, Crew(_limits(settings)), meanings)


def _worker(settings: Settings, steps: Steps, at_once: int | None) -> Worker:
    from service.jobs.queue import Worker  # noqa: PLC0415

    return Worker(steps.queue, steps.by_name(), steps.fail, at_once or _limits(settings).workers)
