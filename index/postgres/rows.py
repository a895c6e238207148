"""The rows of one document, by table: all that is held of it, before any is written.

The rows of a passage stand under the area of its plan, in a revision, at a place.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pgvector import HalfVector

from corpus.lines import lines_of
from corpus.models import ParsedDocument
from corpus.prominence import prominence_of
from corpus.saying import said_in
from index.postgres.bm25 import level, norm, packed
from index.postgres.lexemes import (
    FIELDS,
    Indexed,
    indexed,
    sentence_tsvector,
    stem_lexeme,
)
from index.postgres.lines import as_columns
from index.postgres.revisions import Revision, parts_of
from index.store import text_digest

Values = tuple[Any, ...]


class _Place(NamedTuple):
    """What the rows of a passage begin with."""

    area: str
    revision: int
    ordinal: int
    part: int


class Rows:
    """What is held of one document, with the vectors of its passages as this model makes them."""

    def __init__(
        self,
        revision: Revision,
        parsed: ParsedDocument,
        embedded: NDArray[np.float32],
        model: str,
    ) -> None:
        self._revision = revision
        self._parsed = parsed
        self._embedded = embedded
        self._model = model
        self._words = [indexed(passage) for passage in parsed.passages]
        parts = {part.plan_id: part for part in parts_of(revision, parsed)}
        self._places = [
            _Place(part.area, revision.number, ordinal, part.key)
            for ordinal, passage in enumerate(parsed.passages)
            for part in [parts[passage.plan_id]]
        ]

    def document(self) -> Mapping[str, Any]:
        """The row of `documents`, by column."""
        sizes = Counter(place.part for place in self._places)
        parts = [part for part in parts_of(self._revision, self._parsed) if sizes[part.key]]
        headings, texts = _containing(self._words)
        terms = sorted(headings | texts)
        return {
            "area": self._revision.area,
            "revision": self._revision.number,
            "sections": json_list(each.model_dump_json() for each in self._parsed.sections),
            "content": self._parsed.text.encode(),
            "parts": [part.key for part in parts],
            "part_places": [part.place for part in parts],
            "part_areas": [part.area for part in parts],
            "part_passages": [sizes[part.key] for part in parts],
            "heading_words": sum(len(each.heading_stems) for each in self._words),
            "text_words": sum(len(each.text.stems) for each in self._words),
            "terms": terms,
            "term_headings": [headings[term] for term in terms],
            "term_texts": [texts[term] for term in terms],
        }

    def head(self) -> Mapping[str, Any]:
        """The row of `heads`, by column."""
        return {
            "revision": self._revision.number,
            "body": self._parsed.document.model_dump_json(),
            "plans": json_list(plan.model_dump_json() for plan in self._parsed.plans),
        }

    def copied(self) -> Mapping[str, Iterator[Values]]:
        """The rows of other tables but `vectors`, by table with its columns."""
        return {
            "passages (area, revision, ordinal, part, id, previous, next, body)": self._passages(),
            "words (area, revision, ordinal, part, heading_norm, text_norm, tokens)": self._norms(),
            "sentences (area, revision, ordinal, part, at, prominence, tokens,"
            " words, marks, meant, scores, above)": self._sentences(),
            "postings (area, term, level, revision, part, entries)": self._postings(),
        }

    def vectors(self) -> Iterator[Values]:
        """The rows of `vectors (area, revision, ordinal, part, digest, embedding)`."""
        passages = zip(self._places, self._parsed.passages, self._embedded, strict=True)
        for place, passage, vector in passages:
            digest = digest_of(self._model, text_digest(passage.embeddable))
            yield *place, digest, HalfVector(vector)

    def _passages(self) -> Iterator[Values]:
        passages = self._parsed.passages
        ids = [None, *(passage.id for passage in passages), None]
        for place, passage in zip(self._places, passages, strict=True):
            around = ids[place.ordinal], ids[place.ordinal + 2]
            yield *place, passage.id, *around, passage.model_dump_json()

    def _norms(self) -> Iterator[Values]:
        for place, each in zip(self._places, self._words, strict=True):
            norms = norm(len(each.heading_stems)), norm(len(each.text.stems))
            yield *place, *norms, each.tsvector()

    def _sentences(self) -> Iterator[Values]:
        passages = self._parsed.passages
        lines = lines_of((passage, said) for passage in passages for said in passage.sentences)
        numbers = as_columns(lines)
        for place, passage, each in zip(self._places, passages, self._words, strict=True):
            for at, sentence in enumerate(passage.sentences):
                said = [stem_lexeme(stem) for stem in sorted(said_in(passage, sentence))]
                tokens = sentence_tsvector(each.heading_stems, said)
                prominence = int(prominence_of(passage, sentence))
                yield *place, at, prominence, tokens, *next(numbers)

    def _postings(self) -> Iterator[Values]:
        entries: dict[tuple[str, str, int, int, int], list[int]] = {}
        for place, each in zip(self._places, self._words, strict=True):
            for field, held in enumerate((each.heading_stems, each.text.stems)):
                for stem, frequency in Counter(held).items():
                    at = level(field, frequency, len(held))
                    key = (place.area, FIELDS[field] + stem, at, place.revision, place.part)
                    posting = packed(place.ordinal, frequency, len(held))
                    entries.setdefault(key, []).append(posting)
        # As text: an array of Python's would be adapted number by number.
        return ((*key, f"{{{','.join(map(str, packs))}}}") for key, packs in entries.items())


def digest_of(model: str, text: bytes) -> bytes:
    """Names a text as this model embeds it, given the text's own digest."""
    return hashlib.sha256(model.encode() + text).digest()


def json_list(parts: Iterable[str]) -> str:
    """A JSON list of what is JSON."""
    return f"[{','.join(parts)}]"


def _containing(words: Sequence[Indexed]) -> tuple[Counter[str], Counter[str]]:
    """In how many passages each stem and word stands: in headings, and in the text."""
    headings: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    for each in words:
        headings.update({*each.heading_stems, *each.heading_folded})
        texts.update({*each.text.stems, *each.text.folded})
    return headings, texts
