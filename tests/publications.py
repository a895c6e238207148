"""Small corpora, published to a place of any engine."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.models import Area, ParsedDocument
from index.places import Place
from tests.builders import document, plan
from tests.fakes import FakeEmbedder

STOCKTON, HARTLEPOOL = Area(name="Stockton"), Area(name="Hartlepool", aliases=("The Pool",))


def report(number: int) -> list[ParsedDocument]:
    """One document with one plan, each number another."""
    words = {"Theft": f"Metal theft rose by {number}.", "Drugs": "Drug use fell."}
    return [document(f"{number}.txt", plan("Stockton", words))]


def put(
    place: Place,
    documents: Sequence[ParsedDocument],
    areas: Sequence[Area] = (STOCKTON,),
    embedder: FakeEmbedder | None = None,
    chunker: str = "1",
) -> str:
    """Publishes these documents; gives the generation's id."""
    return place.publish(
        documents, areas, embedder or FakeEmbedder(), chunker_version=chunker, report={}
    )


class Counting(FakeEmbedder):
    """Counts the texts that it embeds."""

    def __init__(self, fingerprint: str = "fake@1") -> None:
        super().__init__(fingerprint)
        self.texts = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += len(texts)
        return super().embed(texts)
