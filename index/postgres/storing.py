"""A document's rows, written in one transaction or not at all, and once however often it is tried.

What names them is a digest of all that was parsed and of the model (`Revision`): the same document
again is there already, and two workers that store it at once store it once.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pgvector import HalfVector
from psycopg import Connection

from corpus.models import Origin, ParsedDocument
from corpus.prominence import prominence_of
from corpus.saying import said_in
from index.embedding import Embedder
from index.postgres.bm25 import level, norm, packed
from index.postgres.database import Database, Row
from index.postgres.lexemes import Indexed, indexed, sentence_tsvector, stem_lexeme
from index.reuse import Known, Progress, vectors_of
from index.store import text_digest

STORED = 2
"""Of how the rows of a document are made; raise it when that changes."""

OUTSIDE = -1
"""Stands for the place of a plan where a passage belongs to none."""
NO_AREA = ""
"""Stands for the area where a row belongs to none."""

FIELDS = ("h", "t")
"""What a posting's term begins with: whether it stands in the headings or in the text."""


class Revision(NamedTuple):
    """A document as it is held: the area that its row stands under, and its number."""

    area: str
    number: int


def revision_of(parsed: ParsedDocument, model: str) -> Revision:
    """Names a document by all that was parsed of it, where it came from aside, and by the model."""
    bare = parsed.model_copy(update={"origin": Origin()}).model_dump_json()
    digest = hashlib.sha256(f"{STORED} {model} {bare}".encode()).digest()
    area = parsed.plans[0].area if parsed.plans else NO_AREA
    return Revision(area, int.from_bytes(digest[:8], signed=True))


def part_of(revision: int, place: int) -> int:
    """Names what a revision holds of the plan at this place in it, or outside every plan."""
    digest = hashlib.sha256(f"{revision} {place}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


def store(
    database: Database,
    documents: Sequence[ParsedDocument],
    embedder: Embedder,
    on_progress: Progress | None = None,
) -> list[Revision]:
    """Holds these documents, published or not, and gives their revisions in the same order.

    Each is written in a transaction of its own; those held already aren't written again. Only
    texts that no document held has are embedded. One that nobody publishes is removed in a week.

    Raises:
        EmbedderError: the model fails, or gives no vectors of unit length.
        DatabaseError: the database can't be used.
    """
    revisions = [revision_of(parsed, embedder.fingerprint) for parsed in documents]
    held = _asked_for(database, revisions)
    new = {
        revision: parsed
        for revision, parsed in zip(revisions, documents, strict=True)
        if revision.number not in held
    }
    texts = [passage.embeddable for parsed in new.values() for passage in parsed.passages]
    embedded = vectors_of(
        texts, known(database, texts, embedder.fingerprint), embedder, on_progress
    )
    first = 0
    for revision, parsed in new.items():
        end = first + len(parsed.passages)
        with database.transaction() as connection:
            _write(connection, revision, parsed, embedded[first:end], embedder.fingerprint)
        first = end
    return revisions


def _asked_for(database: Database, revisions: Sequence[Revision]) -> set[int]:
    """The numbers of those that are held, which are kept for a further week."""
    found = database.rows(
        "UPDATE documents SET kept = now() WHERE area = ANY(%(areas)s)"
        " AND revision = ANY(%(numbers)s) RETURNING revision",
        {
            "areas": sorted({revision.area for revision in revisions}),
            "numbers": [revision.number for revision in revisions],
        },
    )
    return {number for (number,) in found}


def _digest(model: str, text: bytes) -> bytes:
    """Names a text as this model embeds it, given the text's own digest."""
    return hashlib.sha256(model.encode() + text).digest()


def known(database: Database, texts: Sequence[str], model: str) -> Known:
    """The vectors of those texts that a document held has."""
    wanted = {_digest(model, digest): digest for digest in map(text_digest, texts)}
    found = database.rows(
        "SELECT DISTINCT ON (digest) digest, embedding FROM vectors WHERE digest = ANY(%(digests)s)"
        " ORDER BY digest",
        {"digests": list(wanted)},
    )
    rows = {wanted[digest]: row for row, (digest, _) in enumerate(found)}
    vectors = [vector.to_numpy() for _, vector in found]
    return Known(rows, _Held(np.array(vectors, dtype=np.float32)))


class _Held:
    """Vectors in memory, by row."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        self._vectors = vectors

    def of_rows(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Shape `(len(rows), dimension)`."""
        made: NDArray[np.float32] = self._vectors[list(rows)]
        return made


def _write(
    connection: Connection[Row],
    revision: Revision,
    parsed: ParsedDocument,
    embedded: NDArray[np.float32],
    model: str,
) -> None:
    words = [indexed(passage) for passage in parsed.passages]
    if not _insert_document(connection, revision, parsed, words):
        return  # another worker was first
    places = _places(revision, parsed)
    copied: Mapping[str, Iterator[tuple[Any, ...]]] = {
        "passages (area, revision, ordinal, part, id, previous, next, body)": _passages(
            places, parsed
        ),
        "words (area, revision, ordinal, part, heading_norm, text_norm, tokens)": _words(
            places, words
        ),
        "sentences (area, revision, ordinal, at, part, prominence, tokens)": _sentences(
            places, parsed, words
        ),
        "postings (area, term, level, revision, part, entries)": _postings(places, words),
    }
    for table, rows in copied.items():
        with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    # In binary: a vector as text takes a millisecond to write, and as much to read.
    with connection.cursor().copy(
        "COPY vectors (area, revision, ordinal, part, digest, embedding) FROM STDIN (FORMAT BINARY)"
    ) as copy:
        copy.set_types(["text", "int8", "int4", "int8", "bytea", "halfvec"])
        for row in _vectors(places, parsed, embedded, model):
            copy.write_row(row)


class _Place(NamedTuple):
    """What the rows of a passage begin with."""

    area: str
    revision: int
    ordinal: int
    part: int


def _places(revision: Revision, parsed: ParsedDocument) -> list[_Place]:
    parts = {part.plan_id: part for part in _parts(revision, parsed)}
    return [
        _Place(part.area, revision.number, ordinal, part.key)
        for ordinal, passage in enumerate(parsed.passages)
        for part in [parts[passage.plan_id]]
    ]


class _Part(NamedTuple):
    """What a document holds of one plan, or of none."""

    plan_id: str | None
    place: int
    area: str
    key: int


def _parts(revision: Revision, parsed: ParsedDocument) -> list[_Part]:
    number = revision.number
    plans = [
        _Part(plan.id, place, plan.area, part_of(number, place))
        for place, plan in enumerate(parsed.plans)
    ]
    return [*plans, _Part(None, OUTSIDE, NO_AREA, part_of(number, OUTSIDE))]


def _insert_document(
    connection: Connection[Row],
    revision: Revision,
    parsed: ParsedDocument,
    words: Sequence[Indexed],
) -> bool:
    """Whether the document's own row is new."""
    sizes = Counter(place.part for place in _places(revision, parsed))
    parts = [part for part in _parts(revision, parsed) if sizes[part.key]]
    headings, texts = _containing(words)
    terms = sorted(headings | texts)
    values = {
        "area": revision.area,
        "revision": revision.number,
        "sections": _json_list([section.model_dump_json() for section in parsed.sections]),
        "content": parsed.text.encode(),
        "parts": [part.key for part in parts],
        "part_places": [part.place for part in parts],
        "part_areas": [part.area for part in parts],
        "part_passages": [sizes[part.key] for part in parts],
        "heading_words": sum(len(each.heading_stems) for each in words),
        "text_words": sum(len(each.text.stems) for each in words),
        "terms": terms,
        "term_headings": [headings[term] for term in terms],
        "term_texts": [texts[term] for term in terms],
    }
    names = ", ".join(values)
    marks = ", ".join(f"%({name})s" for name in values)
    added = connection.execute(
        f"INSERT INTO documents ({names}) VALUES ({marks}) ON CONFLICT (area, revision) DO NOTHING",
        values,
    )
    if added.rowcount:
        connection.execute(
            "INSERT INTO heads (revision, body, plans) VALUES (%s, %s, %s)",
            (
                revision.number,
                parsed.document.model_dump_json(),
                _json_list([plan.model_dump_json() for plan in parsed.plans]),
            ),
        )
    return added.rowcount == 1


def _json_list(parts: Sequence[str]) -> str:
    return f"[{','.join(parts)}]"


def _containing(words: Sequence[Indexed]) -> tuple[Counter[str], Counter[str]]:
    """In how many passages each stem and word stands: in headings, and in the text."""
    headings: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    for each in words:
        headings.update({*each.heading_stems, *each.heading_folded})
        texts.update({*each.text.stems, *each.text.folded})
    return headings, texts


def _passages(places: Sequence[_Place], parsed: ParsedDocument) -> Iterator[tuple[Any, ...]]:
    ids = [None, *(passage.id for passage in parsed.passages), None]
    for place, passage in zip(places, parsed.passages, strict=True):
        around = ids[place.ordinal], ids[place.ordinal + 2]
        yield *place, passage.id, *around, passage.model_dump_json()


def _vectors(
    places: Sequence[_Place], parsed: ParsedDocument, embedded: NDArray[np.float32], model: str
) -> Iterator[tuple[Any, ...]]:
    for place, passage, vector in zip(places, parsed.passages, embedded, strict=True):
        yield *place, _digest(model, text_digest(passage.embeddable)), HalfVector(vector)


def _words(places: Sequence[_Place], words: Sequence[Indexed]) -> Iterator[tuple[Any, ...]]:
    for place, each in zip(places, words, strict=True):
        norms = norm(len(each.heading_stems)), norm(len(each.text.stems))
        yield *place, *norms, each.tsvector()


def _sentences(
    places: Sequence[_Place], parsed: ParsedDocument, words: Sequence[Indexed]
) -> Iterator[tuple[Any, ...]]:
    for place, passage, each in zip(places, parsed.passages, words, strict=True):
        for at, sentence in enumerate(passage.sentences):
            said = [stem_lexeme(stem) for stem in sorted(said_in(passage, sentence))]
            tokens = sentence_tsvector(each.heading_stems, said)
            prominence = int(prominence_of(passage, sentence))
            yield *place[:3], at, place.part, prominence, tokens


def _postings(places: Sequence[_Place], words: Sequence[Indexed]) -> Iterator[tuple[Any, ...]]:
    entries: dict[tuple[str, str, int, int, int], list[int]] = {}
    for place, each in zip(places, words, strict=True):
        for field, held in enumerate((each.heading_stems, each.text.stems)):
            for stem, frequency in Counter(held).items():
                at = level(field, frequency, len(held))
                key = (place.area, FIELDS[field] + stem, at, place.revision, place.part)
                posting = packed(place.ordinal, frequency, len(held))
                entries.setdefault(key, []).append(posting)
    # As text: an array of Python's would be adapted number by number.
    return ((*key, f"{{{','.join(map(str, packs))}}}") for key, packs in entries.items())
