"""Texts that are nobody's plan, published as an index of ours."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.models import Document, ParsedDocument, Passage, Role, Sentence, Standing
from index.engine import EmbeddedEngine
from index.generations import open_current, publish


class _Given:
    """An embedder that hands out vectors made before."""

    fingerprint = "given@1"

    def __init__(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        self._known = dict(zip(texts, vectors, strict=True))
        self.dimension = vectors.shape[1]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Those of texts that were given."""
        return np.array([self._known[text] for text in texts])


def published(folder: Path, texts: Sequence[str], vectors: NDArray[np.float32]) -> EmbeddedEngine:
    """An engine over these texts, each a passage whose id is its place."""
    given = _Given(texts, vectors)
    publish(folder, [_document(texts)], [], given, chunker_version="1", report={})
    return open_current(folder, given, chunker_version="1")


def _document(texts: Sequence[str]) -> ParsedDocument:
    passages, at = [], 0
    for number, text in enumerate(texts):
        end = at + len(text)
        passages.append(
            Passage(
                id=str(number),
                document_id="d",
                plan_id=None,
                section_id="s",
                area=None,
                path=(),
                role=Role.OTHER,
                start=at,
                end=end,
                text=text,
                sentences=(Sentence(start=at, end=end, standing=Standing.BODY),),
            )
        )
        at = end + 1
    whole = "\n".join(texts)
    digest = hashlib.sha256(whole.encode()).hexdigest()
    held = Document(
        id="d", title="d", source="d", sha256=digest, text_sha256=digest, characters=len(whole)
    )
    return ParsedDocument(
        document=held, text=whole, plans=(), sections=(), passages=tuple(passages)
    )
