"""What is held when an ingest begins or ends: nothing, where this run couldn't read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from corpus.models import Area, ParsedDocument, Plan
from index.embedding import Embedder
from index.errors import BrokenGenerationError, FingerprintMismatchError, NoGenerationError
from index.postgres.database import Database
from index.postgres.engine import PostgresEngine, open_current
from index.postgres.revisions import Revision
from ingest.twins import Held
from ingest.version import CHUNKER_VERSION
from service import messages


@dataclass(frozen=True)
class Served:
    """The generation served, or none."""

    engine: PostgresEngine | None

    @classmethod
    def by(
        cls, database: Database, embedder: Embedder, note: Callable[[str], None] | None = None
    ) -> Served:
        """What a database serves; an index that can't be read is given up, and that is said."""
        try:
            return cls(open_current(database, embedder, chunker_version=CHUNKER_VERSION))
        except NoGenerationError:
            return cls(None)
        except (FingerprintMismatchError, BrokenGenerationError) as error:
            if note:
                note(messages.given_up(str(error)))
            return cls(None)

    @property
    def generation(self) -> str | None:
        """Its id."""
        return self.engine.generation if self.engine else None

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas held."""
        return self.engine.areas() if self.engine else ()

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """The documents held, in their order."""
        if self.engine is None:
            return ()
        origins = self.engine.origins()
        return tuple(
            Held(document=each, origin=origins[each.id]) for each in self.engine.documents()
        )

    def parsed(self, held: Held) -> ParsedDocument:
        """A document with its words, under the name that it now has."""
        return self._engine.parsed(held.document, held.origin)

    def bare(self, held: Held) -> ParsedDocument:
        """A document with its plans and without its words."""
        return ParsedDocument(
            document=held.document,
            text="",
            plans=self._plans.get(held.document.id, ()),
            sections=(),
            passages=(),
            origin=held.origin,
        )

    def revision(self, held: Held) -> Revision | None:
        """What a document is held as; None where it has another name now."""
        same = self._engine.document(held.document.id) == held.document
        return self._engine.revision(held.document.id) if same else None

    @property
    def _engine(self) -> PostgresEngine:
        if self.engine is None:
            raise LookupError("nothing is held")
        return self.engine

    @cached_property
    def _plans(self) -> Mapping[str, tuple[Plan, ...]]:
        plans: dict[str, tuple[Plan, ...]] = {}
        for plan in self._engine.plans():
            plans[plan.document_id] = (*plans.get(plan.document_id, ()), plan)
        return plans
