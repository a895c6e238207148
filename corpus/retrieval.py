"""What a retrieval asks and gives: the values that the index and the service share."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from corpus.lines import Lines
from corpus.models import Frozen, Passage, Plan

Alternatives: TypeAlias = Sequence[Sequence[Collection[str]]]
"""Each a list of clauses to be met together; a clause is a set of stems, met by any of them."""


class Scope(Frozen):
    """What a retrieval may see, applied before ranking. None means no restriction.

    `areas` are names of areas held (never aliases); `year` keeps the plans whose period covers it.
    Passages outside every plan (a report's own paragraphs) belong to no area: `outside_plans` True
    keeps only them, False only those of plans; None both, but a restricted scope never sees them.
    `documents` are ids; they keep what else is in scope to what stands in these.
    """

    areas: frozenset[str] | None = None
    plans: frozenset[str] | None = None
    documents: frozenset[str] | None = None
    year: int | None = None
    outside_plans: bool | None = None

    def admits(self, plan: Plan) -> bool:
        """Whether a plan lies in this scope; one without a period is never in a year."""
        return (
            self.outside_plans is not True
            and (self.areas is None or plan.area in self.areas)
            and (self.plans is None or plan.id in self.plans)
            and (self.documents is None or plan.document_id in self.documents)
            and (self.year is None or (plan.period is not None and plan.period.covers(self.year)))
        )

    @property
    def restricted(self) -> bool:
        """Whether it names areas, plans or a year."""
        return not (self.areas is None and self.plans is None and self.year is None)

    @property
    def sees_outside_plans(self) -> bool:
        """Whether passages that belong to no plan are in scope."""
        return self.outside_plans is True or (self.outside_plans is None and not self.restricted)


class SearchMode(StrEnum):
    """How a query is matched: by its words, by its meaning, or both fused."""

    KEYWORD = "keyword"
    MEANING = "meaning"
    HYBRID = "hybrid"


class Neighbours(NamedTuple):
    """The ids of the passages before and after one in its document; None at its ends."""

    previous: str | None
    next: str | None


class Found(NamedTuple):
    """Sentences that were found and not read yet, in reading order; arrays of one length.

    `places` count all passages held in reading order; `at` is where in its passage a sentence
    stands, `plans` which of the plans held it is of (-1 for none), and `prominence` a
    `corpus.prominence.Prominence`. `lines` has the same sentences as numbers.
    """

    places: NDArray[np.int64]
    at: NDArray[np.int64]
    plans: NDArray[np.int32]
    prominence: NDArray[np.uint8]
    lines: Lines

    def those(self, numbers: NDArray[np.int64]) -> Found:
        """The ones of these numbers, in this order."""
        return Found(
            self.places[numbers],
            self.at[numbers],
            self.plans[numbers],
            self.prominence[numbers],
            self.lines.those(numbers),
        )


class Hit(Frozen):
    """A passage and its score; scores compare within one result only."""

    passage: Passage
    score: float


class SearchResult(Frozen):
    """Ranked hits, best first: a page of the `total` matches.

    `by_plan` and `by_document` count all matches by the ids of their plans, those of none left out,
    and of their documents.
    """

    total: int = Field(ge=0)
    hits: tuple[Hit, ...]
    by_plan: Mapping[str, int]
    by_document: Mapping[str, int]
