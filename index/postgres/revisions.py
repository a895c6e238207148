"""What names a document as it is held, and what it holds of each of its plans: digests.

The same document again has the same names, so that it is there already; another way to make its
rows gives it others.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from corpus.models import Origin, ParsedDocument
from index.embedding import Embedder
from index.manifest import Fingerprint, fingerprint_of

FORMAT = 7
"""Of how the rows of a document are made; raise it when that changes. In a database it stands where
a folder's generation has `index.manifest.FORMAT`."""

OUTSIDE = -1
"""Stands for the place of a plan where a passage belongs to none."""
NO_AREA = ""
"""Stands for the area where a row belongs to none."""


class Revision(NamedTuple):
    """A document as it is held: the area that its row stands under, and its number."""

    area: str
    number: int


class Part(NamedTuple):
    """What a document holds of the plan at a place in it, or outside every plan."""

    plan_id: str | None
    place: int
    area: str
    key: int


def fingerprint_here(embedder: Embedder, chunker_version: str) -> Fingerprint:
    """The fingerprint of what this run makes and reads in a database."""
    return fingerprint_of(embedder, chunker_version).model_copy(update={"format": FORMAT})


def revision_of(parsed: ParsedDocument, model: str) -> Revision:
    """Names a document by all that was parsed of it, where it came from aside, and by the model."""
    bare = parsed.model_copy(update={"origin": Origin()}).model_dump_json()
    digest = hashlib.sha256(f"{FORMAT} {model} {bare}".encode()).digest()
    area = parsed.plans[0].area if parsed.plans else NO_AREA
    return Revision(area, int.from_bytes(digest[:8], signed=True))


def parts_of(revision: Revision, parsed: ParsedDocument) -> list[Part]:
    """What a document holds of each of its plans, and outside of all, be it nothing."""
    number = revision.number
    plans = [
        Part(plan.id, place, plan.area, _key(number, place))
        for place, plan in enumerate(parsed.plans)
    ]
    return [*plans, Part(None, OUTSIDE, NO_AREA, _key(number, OUTSIDE))]


def _key(revision: int, place: int) -> int:
    """Names what a revision holds of the plan at this place in it."""
    digest = hashlib.sha256(f"{revision} {place}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
