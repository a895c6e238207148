"""What answering needs from an engine. The embedded engine of `index` fulfils it; so may others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.models import Area, Document, ParsedDocument, Passage, Plan, Section
from corpus.query import Expression
from corpus.retrieval import Alternatives, Found, Hit, Neighbours, Scope, SearchResult

Vector = NDArray[np.float32]
"""Shape (dimension,), unit norm."""


class Engine(Protocol):
    """One generation, open for reading. Safe to share between threads; never changes."""

    @property
    def generation(self) -> str:
        """The id of the generation served."""

    @property
    def lost(self) -> tuple[str, ...]:
        """The areas that can't be reached; `""` for what is outside all plans.

        Nothing of theirs is found, and none of their plans counts as read.
        """

    @property
    def passage_count(self) -> int:
        """How many passages are held."""

    def areas(self) -> tuple[Area, ...]:
        """Every area held, by name."""

    def documents(self) -> tuple[Document, ...]:
        """Every document held, in the order of ingest."""

    def plans(self) -> tuple[Plan, ...]:
        """Every plan held, by area and period."""

    def document(self, document_id: str) -> Document | None:
        """One document, or None."""

    def text(self, document_id: str) -> str | None:
        """The canonical text of a document, or None."""

    def sections(self, document_id: str) -> tuple[Section, ...]:
        """The sections of a document in reading order; empty for an unknown one."""

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in reading order; empty for an unknown one."""

    def passage(self, passage_id: str) -> Passage | None:
        """One passage, or None."""

    def embed(self, text: str) -> Vector:
        """The vector of a question."""

    def containing(self, clauses: Sequence[Collection[str]], scope: Scope) -> tuple[Passage, ...]:
        """Every passage in scope that meets all clauses, in reading order: never a top-k cut.

        A clause is a set of stems (`corpus.words`); a passage meets it if its headings or its text
        hold at least one of them. No clauses: every passage in scope.
        """

    def containing_any(
        self, alternatives: Sequence[Sequence[Collection[str]]], scope: Scope
    ) -> tuple[Passage, ...]:
        """Every passage in scope that meets all clauses of at least one alternative, as above."""

    def sentences(self, alone: Alternatives, leaning: Alternatives, scope: Scope) -> Found:
        """Every sentence in scope that meets all clauses of at least one alternative, unread.

        Those of `alone` have to be met in the sentence, those of `leaning` there or in the headings
        above it.
        """

    def whole(self, places: Sequence[int]) -> Found:
        """All sentences of the passages at these places, which are distinct, in their order."""

    def read(self, places: Sequence[int]) -> tuple[Passage, ...]:
        """The passages at these places, as `sentences` gives them."""

    def nearest_per_plan(
        self, vector: Vector, scope: Scope, limit: int
    ) -> Mapping[str, tuple[Hit, ...]]:
        """For each plan in scope, by id, its `limit` passages nearest in meaning, best first."""

    def nearest_places(
        self, vector: Vector, scope: Scope, limit: int
    ) -> Mapping[str, Sequence[int]]:
        """The places of the same passages, as `sentences` gives them, unread."""

    def search(
        self,
        expression: Expression,
        vector: Vector | None,
        scope: Scope,
        limit: int,
        offset: int = 0,
    ) -> SearchResult:
        """The `limit` passages in scope from `offset` on, best first.

        Without a vector, of all that match the expression, by their words. With one, of the best
        candidates by meaning and by words: words of the expression then count for the rank only,
        and what it demands (`corpus.query.demands`) is met by every hit.
        """

    def count(self, expression: Expression, scope: Scope) -> int:
        """How many passages in scope match."""

    def standing(self, expressions: Sequence[Expression], scope: Scope) -> Sequence[bool]:
        """Of each expression whether any passage in scope matches it."""

    def neighbours(self, passage_ids: Sequence[str]) -> Mapping[str, Neighbours]:
        """By id, which passages stand before and after each; unknown ones are left out."""

    def spellings(self, initial: str) -> Mapping[str, int]:
        """The folded words of the passages that begin so, and how many passages have each."""


class Meanings(Protocol):
    """What texts mean in the glossary's terms. Safe to share between threads."""

    def told(self, parsed: ParsedDocument) -> ParsedDocument:
        """The document with what the stretches of its passages mean."""

    def meant_by(self, phrase: str) -> Sequence[tuple[str, float]]:
        """The terms that a phrase may mean, each with the chance that it does; best first."""


class NoMeanings:
    """For a service whose embedding model isn't the packaged one: words alone tell."""

    def told(self, parsed: ParsedDocument) -> ParsedDocument:
        """The document as it is."""
        return parsed

    def meant_by(self, phrase: str) -> Sequence[tuple[str, float]]:  # noqa: ARG002
        """Nothing."""
        return ()
