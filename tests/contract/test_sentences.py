"""Which sentences can say a topic, against brute force; what is found is not read yet."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.lines import Lines, lines_of
from corpus.models import ParsedDocument, Passage, Sentence
from corpus.prominence import prominence_of
from corpus.retrieval import Scope
from corpus.words import stems
from tests.builders import document, plan
from tests.engines import ENGINES, Opened, fresh_place, opener
from tests.unit.index.strategies import corpora, in_scope, scopes

clauses = st.lists(st.sets(st.sampled_from(["metal", "theft", "drug", "asb"])), max_size=2)
alternatives = st.lists(clauses, max_size=2)


@pytest.fixture(scope="module", params=ENGINES)
def opened(request: pytest.FixtureRequest) -> Iterator[Opened]:
    with fresh_place(request.param) as made:
        yield opener(made)


def spelled(lines: Lines) -> list[tuple[list[float] | list[list[int]], ...]]:
    """What is known of each sentence, whatever number its list of headings has."""
    headings: dict[int, list[list[int]]] = {}
    for number, a, z in zip(lines.heading_list, *_ends(lines.heading_starts), strict=True):
        headings.setdefault(int(number), []).append(lines.heading_words[a:z].tolist())
    return [
        (
            lines.words[a:z].tolist(),
            lines.marks[a:z].tolist(),
            lines.meant[b:y].tolist(),
            lines.scores[b:y].tolist(),
            headings.get(int(above), []),
        )
        for a, z, b, y, above in zip(
            *_ends(lines.starts), *_ends(lines.meant_starts), lines.above, strict=True
        )
    ]


def _ends(starts: NDArray[np.int64]) -> tuple[list[int], list[int]]:
    return starts[:-1].tolist(), starts[1:].tolist()


def meets(words: set[str], wanted: list[list[set[str]]]) -> bool:
    return any(all(words & clause for clause in each) for each in wanted)


@settings(max_examples=30)
@given(st.data(), corpora(), alternatives, alternatives)
def test_sentences_are_those_of_brute_force_in_reading_order(
    opened: Opened,
    data: st.DataObject,
    documents: list[ParsedDocument],
    alone: list[list[set[str]]],
    leaning: list[list[set[str]]],
) -> None:
    scope = data.draw(scopes(documents))

    def said(passage: Passage, sentence: Sentence) -> bool:
        words = set(stems(passage.quote(sentence)))
        above = {stem for heading in passage.path for stem in stems(heading)}
        return meets(words, alone) or meets(words | above, leaning)

    expected = [
        (passage, sentence)
        for passage in in_scope(documents, scope)
        for sentence in passage.sentences
        if said(passage, sentence)
    ]
    engine = opened(documents)
    found = engine.sentences(alone, leaning, scope)
    read = engine.read(found.places.tolist())
    sentences = [
        (passage, passage.sentences[at])
        for passage, at in zip(read, found.at.tolist(), strict=True)
    ]
    assert sentences == expected
    assert found.prominence.tolist() == [prominence_of(*each) for each in expected]
    plans = [engine.plans()[number].id if number >= 0 else None for number in found.plans.tolist()]
    assert plans == [passage.plan_id for passage, _ in expected]
    assert spelled(found.lines) == spelled(lines_of(expected))
    if data.draw(st.booleans()):
        places = list(dict.fromkeys(found.places.tolist()))[::-1]
        whole = [(each, said) for each in engine.read(places) for said in each.sentences]
        assert spelled(engine.whole(places).lines) == spelled(lines_of(whole))


def test_a_word_that_stands_in_headings_only_is_lent_and_not_said(opened: Opened) -> None:
    words = {"Theft of theft": "We act. Metal was taken.", "Drugs": "Theft fell."}
    engine = opened([document("a.txt", plan("Stockton", words))])
    for alone, leaning, count in (([[{"theft"}]], [], 1), ([], [[{"theft"}]], 3)):
        assert len(engine.sentences(alone, leaning, Scope()).at) == count


def test_no_alternatives_are_met_by_nothing(opened: Opened) -> None:
    engine = opened([document("a.txt", plan("Stockton", {"Theft": "It rose."}))])
    found = engine.sentences([], [], Scope())
    assert [len(column) for column in found[:4]] == [0] * 4
    assert spelled(found.lines) == []
    assert engine.read([]) == ()
