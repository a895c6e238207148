"""What is published is served whole or not at all, and known again, whichever engine holds it.

What only a folder can suffer (damaged files, a lost pointer, a full disk) is in
`tests/unit/index/test_generations.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.models import Area, ParsedDocument
from corpus.query import any_word_of
from corpus.retrieval import Scope
from index.errors import (
    BrokenGenerationError,
    EmbedderError,
    FingerprintMismatchError,
    InconsistentCorpusError,
    NoGenerationError,
    WriterBusyError,
)
from index.postgres.place import DatabasePlace
from tests.builders import document, plan
from tests.engines import AnyEngine, AnyPlace
from tests.fakes import FakeEmbedder
from tests.publications import HARTLEPOOL, STOCKTON, Counting, put, report


def get(place: AnyPlace, embedder: FakeEmbedder | None = None, chunker: str = "1") -> AnyEngine:
    return place.open_current(embedder or FakeEmbedder(), chunker_version=chunker)


def test_what_is_published_is_opened(place: AnyPlace) -> None:
    made = put(place, report(1))
    engine = get(place)
    assert engine.generation == made == place.current_id()
    assert engine.documents() == (report(1)[0].document,)
    assert engine.passage_count == 2
    if isinstance(place, DatabasePlace):
        assert place.counted(made) == place.catalogue().counts


def test_the_report_is_kept_as_given(place: AnyPlace) -> None:
    words = {"failed": ["scan.pdf"], "read": 1, "note": "déjà vu \0"}
    made = place.publish(report(1), [STOCKTON], FakeEmbedder(), chunker_version="1", report=words)
    assert json.loads(place.report(made) or b"") == words
    assert place.report("0" * 16) is None


def test_a_corpus_without_passages_is_a_corpus(place: AnyPlace) -> None:
    put(place, [], [])
    assert get(place).documents() == ()
    put(place, [document("scan.pdf", plan("Stockton", {}))])
    engine = get(place)
    vector = engine.embed("theft")
    assert engine.nearest_per_plan(vector, Scope(), 3) == {engine.plans()[0].id: ()}
    assert engine.containing([], Scope()) == ()
    for meant in (None, vector):
        assert engine.search(any_word_of("theft"), meant, Scope(), 3).total == 0


def test_a_text_may_hold_anything(place: AnyPlace) -> None:
    odd = "NUL \0, it's a 'quote', a back\\slash, % and \U0001f687."
    put(place, [document("odd.txt", plan("Stockton", {"O'dd \\ % \0": odd}))])
    engine = get(place)
    (held,) = engine.documents()
    assert odd in (engine.text(held.id) or "")
    assert [passage.text for passage in engine.containing([{"slash"}], Scope())] == [odd]


def test_progress_counts_passages(place: AnyPlace) -> None:
    seen: list[tuple[int, int]] = []
    many = {f"Heading {number}": "Theft." for number in range(1_500)}
    place.publish(
        [document("a.txt", plan("Stockton", many))],
        [STOCKTON],
        FakeEmbedder(),
        chunker_version="1",
        report={},
        on_progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(1_024, 1_500), (1_500, 1_500)]


def test_the_same_again_is_the_same_generation_and_is_not_embedded_twice(place: AnyPlace) -> None:
    counting = Counting()
    made = put(place, report(1), embedder=counting)
    assert put(place, report(1), embedder=counting) == made
    assert counting.texts == 2


def test_only_texts_that_are_not_held_are_embedded(place: AnyPlace) -> None:
    counting = Counting()
    put(place, report(1), embedder=counting)
    put(place, [*report(1), *report(2)], embedder=counting)
    assert counting.texts == 3  # that drug use fell is held
    engine = get(place)
    vectors = engine.nearest_per_plan(engine.embed("Drugs\nDrug use fell."), Scope(), 1)
    assert all(hit.score == pytest.approx(1, abs=1e-3) for (hit,) in vectors.values())


def test_another_model_embeds_all_anew(place: AnyPlace) -> None:
    put(place, report(1))
    other = Counting("fake@2")
    put(place, report(1), embedder=other)
    assert other.texts == 2


def test_the_id_differs_with_all_that_answers_rest_on(place: AnyPlace) -> None:
    changed = report(1)[0].model_copy(update={"text": "Other words."})
    made = {
        put(place, report(1)),
        put(place, report(2)),
        put(place, [*report(1), *report(2)]),
        put(place, [*report(2), *report(1)]),
        put(place, [changed]),
        put(place, report(1), [STOCKTON, HARTLEPOOL]),
        put(place, report(1), embedder=FakeEmbedder("fake@2")),
        put(place, report(1), embedder=FakeEmbedder(dimension=32)),
        put(place, report(1), chunker="2"),
    }
    assert len(made) == 9


def test_the_id_does_not_depend_on_the_order_of_areas(place: AnyPlace) -> None:
    both = [STOCKTON, HARTLEPOOL]
    assert put(place, report(1), both) == put(place, report(1), both[::-1])


def test_nothing_published_yet(place: AnyPlace) -> None:
    assert place.current_id() is None
    with pytest.raises(NoGenerationError, match="run `saferplans ingest`"):
        get(place)


@pytest.mark.parametrize(
    ("reader", "chunker", "named"),
    [
        (FakeEmbedder("fake@2"), "1", "model fake@1 and this run uses model fake@2"),
        (FakeEmbedder(dimension=32), "1", "dimension 64 and this run uses dimension 32"),
        (FakeEmbedder(), "2", "chunker 1 and this run uses chunker 2"),
    ],
)
def test_another_fingerprint_is_refused_with_the_fix(
    place: AnyPlace, reader: FakeEmbedder, chunker: str, named: str
) -> None:
    put(place, report(1))
    with pytest.raises(FingerprintMismatchError, match=named) as refused:
        get(place, reader, chunker)
    assert "run `saferplans ingest` on your documents again" in str(refused.value)
    put(place, report(1), embedder=reader, chunker=chunker)
    assert get(place, reader, chunker).documents()


@pytest.mark.parametrize(
    ("documents", "areas", "named"),
    [
        ([*report(1), *report(1)], [STOCKTON], "The document .* is there twice"),
        (report(1), [STOCKTON, STOCKTON], "The area Stockton is there twice"),
        (report(1), [], "The area Stockton is named and not described"),
        ([report(1)[0].model_copy(update={"plans": ()})], [], "The plan stockton-.* is named"),
    ],
    ids=["document", "area", "no area", "no plan"],
)
def test_a_corpus_that_contradicts_itself_is_refused(
    place: AnyPlace, documents: list[ParsedDocument], areas: list[Area], named: str
) -> None:
    with pytest.raises(InconsistentCorpusError, match=named):
        put(place, documents, areas)
    assert place.current_id() is None


class Crooked(FakeEmbedder):
    """Gives what a model must not."""

    def __init__(self, spoil: Callable[[NDArray[np.float32]], NDArray[np.float32]]) -> None:
        super().__init__()
        self._spoil = spoil

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._spoil(super().embed(texts))


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda made: made[:-1], "shape"),
        (lambda made: made[:, :-1], "shape"),
        (lambda made: made * 2, "unit length"),
        (lambda made: made * np.nan, "unit length"),
    ],
    ids=["rows", "dimension", "long", "nan"],
)
def test_vectors_that_no_cosine_can_use_are_refused(
    place: AnyPlace, spoil: Callable[[NDArray[np.float32]], NDArray[np.float32]], named: str
) -> None:
    made = put(place, report(1))
    with pytest.raises(EmbedderError, match=named):
        put(place, report(2), embedder=Crooked(spoil))
    assert place.current_id() == made


def test_of_writers_in_one_process_each_publishes_whole_or_is_told_to_wait(
    place: AnyPlace,
) -> None:
    def attempt(number: int) -> str | None:
        try:
            return put(place, report(number))
        except WriterBusyError:
            return None

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(attempt, range(24)))
    assert place.current_id() in done
    assert get(place).generation == place.current_id()


def test_of_two_ingests_one_is_told_to_wait(place: AnyPlace) -> None:
    with place.alone(), pytest.raises(WriterBusyError, match="Another ingest"), place.alone():
        pass
    with place.alone():
        pass


def answers(engine: AnyEngine) -> list[str]:
    found = engine.search(any_word_of("metal theft"), engine.embed("theft"), Scope(), 1)
    return [hit.passage.text for hit in found.hits]


def test_a_reader_of_the_generation_before_goes_on(place: AnyPlace) -> None:
    put(place, report(0))
    reader = get(place)
    put(place, report(1))
    assert answers(reader) == ["Metal theft rose by 0."]
    assert answers(get(place)) == ["Metal theft rose by 1."]


def test_a_reader_of_one_that_is_gone_goes_on_or_says_so(place: AnyPlace) -> None:
    put(place, report(0))
    reader = get(place)
    for number in range(1, 4):
        put(place, report(number))
    if isinstance(place, DatabasePlace):
        # What is left of it would be too little, and nothing would show it.
        with pytest.raises(BrokenGenerationError, match="ask again"):
            answers(reader)
    else:
        assert answers(reader) == ["Metal theft rose by 0."]
