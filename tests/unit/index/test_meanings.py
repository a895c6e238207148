"""The field model: what it was taught, and that what ships belongs together."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.glossary import Synonyms, load_glossary
from corpus.models import ParsedDocument
from index.meanings import (
    FIELD_GRAPH,
    FIELD_ROWS,
    SCALE,
    FieldMeanings,
    row_digest,
    row_vector,
)
from index.onnx_embedding import OnnxEmbedder
from tests.builders import document, plan

pytestmark = pytest.mark.model

GLOSSARY = load_glossary()


@pytest.fixture(scope="module")
def meanings() -> FieldMeanings:
    return FieldMeanings(GLOSSARY)


def meant(meanings: FieldMeanings, text: str) -> set[tuple[str, str]]:
    """The stretches that mean a term, each with the term."""
    told = meanings.told(document("d.txt", plan("Northmoor", {"Our work": text})))
    return {
        (passage.text[each.start - passage.start : each.end - passage.start], each.term)
        for passage in told.passages
        for each in passage.meanings
    }


@pytest.mark.parametrize(
    ("clause", "term"),
    [
        ("Mattresses dumped in a lay-by", "fly tipping"),
        ("Purses lifted from handbags on the bus", "pickpocketing"),
        ("People who sleep in doorways", "rough sleeping"),
    ],
)
def test_a_stretch_is_told_for_what_it_means(
    meanings: FieldMeanings, clause: str, term: str
) -> None:
    found = meant(meanings, f"{clause}.")
    rows = {row.terms[0]: row.terms for row in GLOSSARY.same}
    assert any(term == name or term in rows[name] for _, name in found), found


@pytest.mark.parametrize(
    "text",
    ["The minutes were printed on blue paper", "The committee thanked the caterers for lunch"],
)
def test_what_speaks_of_nothing_in_the_field_means_nothing(
    meanings: FieldMeanings, text: str
) -> None:
    assert meanings.meant_by(text)[0][1] < 0.4


@pytest.mark.parametrize(
    ("asked", "term"),
    [
        ("lads ripping up the football pitch on scramblers", "off-road bikes"),
        ("bus shelters with their glass kicked in", "damage to bus shelters"),
        ("someone pretending to be the bank on the phone", "telephone fraud"),
    ],
)
def test_what_people_ask_for_without_its_name_is_told_with_its_chance(
    meanings: FieldMeanings, asked: str, term: str
) -> None:
    (best, chance), *others = meanings.meant_by(asked)
    rows = {row.terms[0]: row.terms for row in GLOSSARY.same}
    assert term in rows[best]
    assert 1 >= chance > 0.5 > max(other for _, other in others)


def test_what_was_said_of_rows_is_that_of_rows_that_ship() -> None:
    with np.load(FIELD_ROWS) as shipped:
        said, of = shipped["said"], shipped["said_of"]
    assert said.shape == (len(of), 384)
    assert set(of.tolist()) == set(range(len(GLOSSARY.same)))
    lengths = np.linalg.norm(said.astype(np.float32) / SCALE, axis=1)
    assert np.allclose(lengths, 1, atol=0.02)


def test_every_row_that_ships_has_its_vector() -> None:
    with np.load(FIELD_ROWS) as shipped:
        digests = shipped["digests"].tolist()
    # Otherwise each start would make it anew: evals/train_field_model.py --rows writes the file.
    assert digests == [row_digest(row.terms) for row in GLOSSARY.same]


def test_the_vectors_are_those_of_the_model_that_ships() -> None:
    model = OnnxEmbedder(FIELD_GRAPH)
    with np.load(FIELD_ROWS) as shipped:
        vectors = shipped["vectors"].astype(np.float32)
    # They are of the terms and of paraphrases, which the package doesn't hold.
    for row in (0, 500, len(GLOSSARY.same) - 1):
        made = row_vector(model, GLOSSARY.same[row].terms)
        assert int(np.argmax(vectors @ made)) == row
        assert float(made @ vectors[row]) > 0.9


def test_a_second_row_close_behind_is_meant_as_well(meanings: FieldMeanings) -> None:
    words = "Preventing extremism."
    assert meant(meanings, words) == {(words, "extremism"), (words, "Prevent duty")}


def test_a_users_own_row_is_known_too(meanings: FieldMeanings) -> None:
    own = Synonyms(terms=("zorbing", "rolling downhill in a ball"), source="a user")
    mine = FieldMeanings(GLOSSARY.model_copy(update={"same": (*GLOSSARY.same, own)}))
    assert mine.meant_by("people rolling down hills in balls")[0][0] == "zorbing"
    assert meanings.meant_by("people rolling down hills in balls")[0][0] != "zorbing"


def test_meanings_lie_within_sentences(meanings: FieldMeanings) -> None:
    told: ParsedDocument = meanings.told(
        document(
            "d.txt",
            plan(
                "Northmoor", {"Our work": "We fight graffiti, noise and sofas in lanes. Dogs bark."}
            ),
        )
    )
    for passage in told.passages:
        inside = [each for sentence in passage.sentences for each in passage.meanings_of(sentence)]
        assert sorted(inside, key=repr) == sorted(passage.meanings, key=repr)
