"""The one place where everything is put together. Nothing is built when a module is imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.glossary import Glossary, load_glossary
from corpus.places import load_places
from index.embedding import Embedder, open_embedder
from index.errors import IndexingError
from index.generations import current_id, open_current
from ingest.version import CHUNKER_VERSION
from service.answering.assistant import Assistant
from service.archive import FILE as ARCHIVE_FILE
from service.archive import Archive
from service.feedback import SILENT, Feedback
from service.holdings import last_report
from service.library import Held, Library
from service.ports import Engine, Meanings, NoMeanings
from service.schemas import AskRequest
from service.search import Searcher
from service.settings import Settings

if TYPE_CHECKING:
    from service.ingestion import Ingestion
    from service.state import AppState


def load_embedder(settings: Settings) -> Embedder:
    """The embedding model that is set; its weights are loaded when the first text is embedded.

    Raises:
        EmbedderError: it isn't on this machine, or isn't what was published.
    """
    return open_embedder(settings.model)


def open_meanings(embedder: Embedder, glossary: Glossary) -> Meanings:
    """The field model beside the packaged one, whose layers it shares; none beside another."""
    from index.onnx_embedding import OnnxEmbedder  # noqa: PLC0415 - numpy and more

    if not isinstance(embedder, OnnxEmbedder):
        return NoMeanings()
    from index.meanings import FieldMeanings  # noqa: PLC0415

    return FieldMeanings(glossary)


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
        embedder = self.embedder(settings)
        meanings = open_meanings(embedder, load_glossary(settings.glossary))
        return _ingestion(settings, embedder, meanings, feedback)

    def engine(self, settings: Settings) -> Engine:
        """The generation that is current, for reading; there must be one."""
        embedder = self.embedder(settings)
        return open_current(settings.data_dir, embedder, chunker_version=CHUNKER_VERSION)

    def library(self, settings: Settings, feedback: Feedback = SILENT) -> Library:
        """What answers; on an empty data directory the documents that ship are ingested first."""
        embedder = self.embedder(settings)
        places, glossary = load_places(), load_glossary(settings.glossary)
        meanings = open_meanings(embedder, glossary)
        if current_id(settings.data_dir) is None:
            _ingestion(settings, embedder, meanings, feedback).ship()

        def open_newest() -> Held:
            engine = open_current(settings.data_dir, embedder, chunker_version=CHUNKER_VERSION)
            assistant = Assistant(engine, places, glossary, meanings)
            searcher = Searcher(engine, assistant.vocabulary, glossary, places)
            report = last_report(settings.data_dir, engine.generation)
            return Held(engine, assistant, searcher, report)

        return Library(open_newest, lambda: current_id(settings.data_dir), (IndexingError,))

    def state(self, settings: Settings, feedback: Feedback = SILENT) -> AppState:
        """What a running service holds, warm: the first question takes no longer than others."""
        from service.state import AppState  # noqa: PLC0415 - the web framework

        library = self.library(settings, feedback)
        library.held().answer(_WARMING)
        archive = Archive(settings.data_dir / ARCHIVE_FILE, settings.answers_kept_days)
        return AppState(library, archive, settings.public_url)


def _ingestion(
    settings: Settings, embedder: Embedder, meanings: Meanings, feedback: Feedback
) -> Ingestion:
    # The readers of every format take a third of a second to import, and a question needs none.
    from ingest.workers import Limits  # noqa: PLC0415
    from service.ingestion import Ingestion  # noqa: PLC0415

    limits = Limits(settings.file_seconds, settings.file_megabytes * 1_000_000)
    return Ingestion(settings.data_dir, embedder, feedback, limits, meanings)
