"""What stretches of a text mean, in the glossary's terms: told once, when a document is ingested.

The field model is the packaged one with its upper layers taught the field's vocabulary
(docs/model-card.md): to it other words for a thing are near and neighbouring things are not. A
stretch means the term whose row of the glossary it is nearest to, if it is near enough: the other
rows compete for it, so that "house fires" mean house fires and not arson (docs/adr/0028). A second
row that is surely near, and all but as near, is meant as well: extremism and radicalisation.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.glossary import Glossary
from corpus.models import Meaning, ParsedDocument, Passage
from corpus.words import telling_stems
from index.checked import Digest, file_digest
from index.onnx_embedding import OnnxEmbedder

FIELD_GRAPH = Path(str(files("index"))) / "data" / "field.onnx"
FIELD_ROWS = FIELD_GRAPH.with_suffix(".npz")
"""The rows of the glossary that ships: `digests`, and `vectors` of shape (rows, 384), float16.

Beside them what was told of the rows in other words: `said`, of shape (texts, 384), each component
times 127 as int8, and the place of the row of each in `said_of`.
"""

LEAST = 0.50
"""Cosine below which a stretch is taken to mean nothing: a judge asks for more."""
_SECOND, _BEHIND = 0.66, 0.08
"""Cosine from which a second row is meant as well, and how far it may be behind the first."""
_TELLING = 2
"""Words that carry meaning in the shortest stretch: what one word says, its letters say."""
_NEAREST = 3
SCALE = 127
"""What the components of said texts are multiplied by, to stand as bytes."""
_AT_ONCE = 4096
"""Texts compared at once, so that few of them are decoded at a time."""
_BY_NEARNESS, _BY_LEAD, _OFFSET = 11.9, 20.3, -8.5
"""Logistic regression of whether the nearest row is what is meant: on 6,906 askings, each sixth
compared with the others and the paraphrases, and phrases of nothing in the field (docs/adr/0039).
"""

_PART = re.compile(
    r"\s*(?:[,;:()–—•|]|"
    r"\b(?:and|or|such as|including|so that|because|while|which|who|where|when)\b)\s*"
)
"""What parts the stretches of a sentence."""


Rows = Sequence[tuple[int, float]]
"""Numbers of rows with their cosines, nearest first."""


class FieldMeanings:
    """Fulfils `service.ports.Meanings`. Safe to share between threads; loads at the first use."""

    def __init__(self, glossary: Glossary, digest: Digest = file_digest) -> None:
        """`digest` tells the files of the model apart."""
        self._digest = digest
        self._rows = [tuple(row.terms) for row in glossary.same]

    def told(self, parsed: ParsedDocument) -> ParsedDocument:
        """The document with the meanings of its passages."""
        spans = [list(_stretches(passage)) for passage in parsed.passages]
        texts = _distinct(spans)
        nearest = dict(zip(texts, self._nearest_rows(texts), strict=True))
        passages = tuple(
            passage.model_copy(update={"meanings": tuple(self._meanings(each, nearest))})
            for passage, each in zip(parsed.passages, spans, strict=True)
        )
        return parsed.model_copy(update={"passages": passages})

    def meant_by(self, phrase: str) -> Sequence[tuple[str, float]]:
        """The leading terms of the rows nearest to a phrase, best first.

        Each has the chance, 0 to 1, that it is what the phrase means.
        """
        if not self._rows:
            return ()
        vector = self._model.embed([phrase])[0]
        cosines = self._vectors @ vector
        # How near a row is tells both what its texts have in common and the nearest of them.
        nearness = (cosines + self._nearest_said(vector, cosines)) / 2
        order = np.argsort(-nearness, kind="stable")[:_NEAREST]
        nearest = nearness[order].tolist()
        leads = [each - max([*nearest[:at], *nearest[at + 1 :]], default=each)
                 for at, each in enumerate(nearest)]  # fmt: skip
        return tuple(
            (self._rows[row][0], _chance(near, lead))
            for row, near, lead in zip(order.tolist(), nearest, leads, strict=True)
        )

    def _nearest_said(
        self, vector: NDArray[np.float32], cosines: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Of each row the cosine of the nearest text; its own where nothing is told of it."""
        said, rows = self._said
        alike = [
            said[first : first + _AT_ONCE].astype(np.float32) @ vector / SCALE
            for first in range(0, len(said), _AT_ONCE)
        ]
        nearest = np.full(len(cosines), -1.0, dtype=np.float32)
        if alike:
            np.maximum.at(nearest, rows, np.concatenate(alike))
        return np.where(nearest < 0, cosines, nearest)

    def _nearest_rows(self, texts: Sequence[str]) -> list[Rows]:
        """The rows that each text means, with their cosines: of the nearest two one or both."""
        if not texts or not self._rows:
            return [()] * len(texts)
        cosines = self._model.embed(texts) @ self._vectors.T
        nearest = np.argsort(-cosines, axis=1, kind="stable")[:, :2]
        return [
            tuple(_meant([(row, float(cosines[at, row])) for row in rows]))
            for at, rows in enumerate(nearest.tolist())
        ]

    def _meanings(
        self, spans: Iterable[tuple[int, int, str]], nearest: dict[str, Rows]
    ) -> Iterator[Meaning]:
        for start, end, text in spans:
            for row, cosine in nearest[text]:
                term = self._rows[row][0]
                yield Meaning(start=start, end=end, term=term, score=round(cosine, 3))

    @cached_property
    def _model(self) -> OnnxEmbedder:
        # Most questions need none.
        return OnnxEmbedder(FIELD_GRAPH, self._digest)

    @cached_property
    def _said(self) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
        """What is told of the rows in other words, and the place of the row of each text."""
        places = {row_digest(row): place for place, row in enumerate(self._rows)}
        with np.load(FIELD_ROWS, allow_pickle=False) as shipped:
            of = [places.get(digest, -1) for digest in shipped["digests"].tolist()]
            rows = np.array(of, dtype=np.int64)[shipped["said_of"]]
            return shipped["said"][rows >= 0], rows[rows >= 0]

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        """The vector of each row: shipped, or made of its terms where the row is a user's own."""
        with np.load(FIELD_ROWS, allow_pickle=False) as shipped:
            known = dict(zip(shipped["digests"].tolist(), shipped["vectors"], strict=True))
        vectors = [known.get(row_digest(row)) for row in self._rows]
        made = [
            row_vector(self._model, row) if vector is None else vector.astype(np.float32)
            for row, vector in zip(self._rows, vectors, strict=True)
        ]
        return np.array(made, dtype=np.float32).reshape(-1, self._model.dimension)


def _meant(rows: Rows) -> Iterator[tuple[int, float]]:
    """Of the nearest rows those that are meant."""
    _, nearest = rows[0]
    for rank, (row, cosine) in enumerate(rows):
        least = max(_SECOND, nearest - _BEHIND) if rank else LEAST
        if cosine >= least:
            yield row, cosine


def _chance(nearness: float, lead: float) -> float:
    """How likely a row is meant that is so near, and so far ahead of the others."""
    return 1 / (1 + math.exp(-(_BY_NEARNESS * nearness + _BY_LEAD * lead + _OFFSET)))


def row_digest(terms: Sequence[str]) -> str:
    """What a row of the glossary is known by."""
    return hashlib.sha256(json.dumps(list(terms)).encode()).hexdigest()[:16]


def row_vector(model: OnnxEmbedder, terms: Sequence[str]) -> NDArray[np.float32]:
    """The direction that the terms of a row have in common; shape (dimension,), unit norm."""
    total = model.embed(list(terms)).sum(axis=0)
    vector: NDArray[np.float32] = total / np.linalg.norm(total)
    return vector


def stretches_of(passages: Iterable[Passage]) -> list[str]:
    """The texts that are embedded to tell what passages mean, each once."""
    return _distinct(map(_stretches, passages))


def _distinct(spans: Iterable[Iterable[tuple[int, int, str]]]) -> list[str]:
    return list(dict.fromkeys(text for each in spans for _, _, text in each))


def _stretches(passage: Passage) -> Iterator[tuple[int, int, str]]:
    """The sentences of a passage and their parts, with their offsets in the canonical text."""
    for sentence in passage.sentences:
        quote = passage.quote(sentence)
        for start, end in dict.fromkeys([(0, len(quote)), *_parts(quote)]):
            text = " ".join(quote[start:end].split())
            if len(telling_stems(text)) >= _TELLING:
                yield sentence.start + start, sentence.start + end, text


def _parts(quote: str) -> Iterator[tuple[int, int]]:
    start = 0
    for separator in _PART.finditer(quote):
        if separator.start() > start:
            yield start, separator.start()
        start = separator.end()
    if start < len(quote):
        yield start, len(quote)
