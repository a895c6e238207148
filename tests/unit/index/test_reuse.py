"""A text that is held is never embedded again, wherever it moves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.models import Area, ParsedDocument
from index.generations import open_current, publish
from index.layout import VECTORS
from index.vectors import Vectors
from tests.builders import document, plan
from tests.fakes import FakeEmbedder

STOCKTON = Area(name="Stockton")


class Counting(FakeEmbedder):
    """Remembers what it was given."""

    def __init__(self, fingerprint: str = "fake@1") -> None:
        super().__init__(fingerprint)
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        return super().embed(texts)


def report(name: str, *words: str) -> ParsedDocument:
    return document(name, plan("Stockton", {f"Heading of {each}": f"{each}." for each in words}))


def put(
    place: Path, *documents: ParsedDocument, model: str = "fake@1", chunker: str = "1"
) -> Sequence[str]:
    """Publishes, checks the vectors against new ones, and gives the texts that were embedded."""
    embedder = Counting(model)
    made = publish(place, documents, [STOCKTON], embedder, chunker_version=chunker, report={})
    texts = [passage.embeddable for each in documents for passage in each.passages]
    held = Vectors(place / "generations" / made / VECTORS)
    made_anew = FakeEmbedder(model).embed(texts).astype(np.float16)  # as an index keeps them
    assert np.array_equal(held.of_rows(range(len(texts))), made_anew.astype(np.float32))
    return embedder.texts


def test_only_new_texts_are_embedded(tmp_path: Path) -> None:
    assert len(put(tmp_path, report("a.txt", "Theft", "Arson"))) == 2
    (new,) = put(tmp_path, report("b.txt", "Arson", "Drugs", "Theft"))
    assert new.endswith("Drugs.")
    assert put(tmp_path, report("b.txt", "Arson", "Drugs")) == []


def test_a_text_that_stands_in_many_places_is_embedded_once(tmp_path: Path) -> None:
    same = [document(f"{n}.txt", preface={"Theft": "It rose."}) for n in range(5)]
    assert len(put(tmp_path, *same)) == 1


def test_another_version_of_the_chunker_keeps_the_vectors(tmp_path: Path) -> None:
    put(tmp_path, report("a.txt", "Theft"))
    assert put(tmp_path, report("a.txt", "Theft"), chunker="2") == []


def test_another_model_keeps_none(tmp_path: Path) -> None:
    put(tmp_path, report("a.txt", "Theft"))
    assert len(put(tmp_path, report("a.txt", "Theft"), model="fake@2")) == 1


def test_vectors_of_a_damaged_index_are_not_trusted(tmp_path: Path) -> None:
    put(tmp_path, report("a.txt", "Theft"))
    (held,) = tmp_path.glob(f"generations/*/{VECTORS}")
    held.write_bytes(held.read_bytes()[:-4] + b"\xff\xff\xff\xff")
    assert len(put(tmp_path, report("a.txt", "Theft", "Arson"))) == 2


def test_progress_counts_what_is_embedded(tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    put(tmp_path, report("a.txt", "Theft"))
    publish(
        tmp_path,
        [report("a.txt", "Theft", "Arson")],
        [STOCKTON],
        FakeEmbedder(),
        chunker_version="1",
        report={},
        on_progress=lambda done, total: calls.append((done, total)),
    )
    assert calls == [(1, 1)]


@settings(max_examples=10)  # each publishes, and waits for the disk
@given(
    st.lists(
        st.lists(st.sampled_from("Theft Arson Drugs Fraud Noise".split()), unique=True, max_size=4),
        min_size=1,
        max_size=4,
    )
)
def test_after_any_publications_the_vectors_are_those_of_the_texts(
    tmp_path_factory: pytest.TempPathFactory, corpora: list[list[str]]
) -> None:
    place = tmp_path_factory.mktemp("data")
    for words in corpora:
        put(place, report("a.txt", *words))
    engine = open_current(place, FakeEmbedder(), chunker_version="1")
    assert engine.passage_count == len(corpora[-1])
