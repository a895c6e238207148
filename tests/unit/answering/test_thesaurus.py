"""Parts of a topic met by other words for them, and terms found part by part."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.glossary import Glossary, Synonyms, WordSet, load_glossary
from service.answering.judge import named
from service.answering.tabulating import listing_of
from service.answering.thesaurus import Paraphrases, Senses, Thesaurus
from service.answering.vocabulary import Vocabulary
from service.ports import NoMeanings
from service.schemas import Verdict
from tests.unit.answering.passages import passage

SETS = """
steal, theft, nick
pet, companion animal > dog, cat
town centre, high street
shop, store
worker, staff, people who work in
attack, beaten up, violence
"""
GLOSSARY = Glossary.model_validate(
    {
        "same": [
            {"terms": ["dognapping", "pet theft"], "source": "a statute"},
            {"terms": ["shop crime", "staff violence in stores"], "source": "a survey"},
        ],
        "crime_words": {"terms": ["crime", "offence"]},
        "light_words": {"terms": ["getting", "issue"]},
        "words": [{"about": "all", "source": "ordinary English", "sets": SETS}],
    }
)
VOCABULARY = Vocabulary(GLOSSARY, NoMeanings(), lambda _: False)
EVERYDAY = Thesaurus(Senses(GLOSSARY, listing_of(GLOSSARY)), VOCABULARY.lexicon.light)


def verdicts(phrase: str, sentence: str, heading: str = "Our work") -> list[Verdict]:
    topic = VOCABULARY.topic(phrase)
    assert topic is not None
    found = named(topic, passage(sentence, path=("Plan", heading)))
    return [finding.verdict for finding in found]


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("nicked pets", "The theft of dogs is rising."),
        ("shop staff getting beaten up", "We will act on attacks on people who work in stores."),
        ("violence on the high street", "Attacks in the town centre are rising."),
        ("pets being stolen", "Dognapping is rising."),
    ],
)
def test_a_topic_is_named_by_everyday_words_for_its_parts(phrase: str, sentence: str) -> None:
    assert any(verdict.is_named for verdict in verdicts(phrase, sentence))


@pytest.mark.parametrize(
    ("phrase", "sentence", "heading"),
    [
        ("nicked dogs", "The theft of pets is rising.", "Our work"),  # wider
        ("nicked dogs", "The theft of cats is rising.", "Our work"),  # a sibling
        ("nicked pets", "Theft is rising. Dogs bark.", "Our work"),  # another sentence
        ("nicked pets", "We act on theft, noise and dogs.", "Our work"),  # another item
        ("nicked pets", "Dogs must be on a lead.", "Theft"),  # a heading lends only its own words
    ],
)
def test_what_is_wider_beside_or_apart_names_nothing(
    phrase: str, sentence: str, heading: str
) -> None:
    assert not any(verdict.is_named for verdict in verdicts(phrase, sentence, heading))


def test_a_listed_term_in_other_words_is_only_possibly_meant() -> None:
    # "staff violence in stores" is a wording of "shop crime"; these are words for that wording.
    assert verdicts("shop crime", "Workers attacked in shops need help.") == [Verdict.POSSIBLE]


def test_words_in_quotation_marks_are_looked_for_as_they_stand() -> None:
    assert verdicts("“theft of dogs”", "The theft of dogs is rising.")
    assert not verdicts("“theft of dogs”", "Dog theft is rising.")


def test_parts_are_the_longest_phrases_that_have_a_sense() -> None:
    assert EVERYDAY.parts("violence in the town centre") == (("violenc",), ("town", "centr"))
    assert EVERYDAY.parts("town centre", longest=1) == (("town",), ("centr",))


def test_terms_are_found_that_say_a_phrase_part_by_part() -> None:
    terms = ["pet theft", "shop theft", "theft", "cat theft"]
    listed = GLOSSARY.model_copy(update={"same": (Synonyms(terms=tuple(terms), source="a test"),)})
    paraphrases = Paraphrases(EVERYDAY, listed, listing_of(listed))
    assert paraphrases.of("companion animals being nicked") == ["cat theft", "pet theft"]
    assert paraphrases.of("nicking") == []


def test_a_users_own_file_adds_rows_of_every_kind(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        """
        [[same]]
        terms = ["Operation Halcyon", "the summer patrols"]
        source = "our list"
        [[words]]
        about = "places here"
        source = "local usage"
        sets = "seafront, promenade > lido"
        """,
        encoding="utf-8",
    )
    shipped, joined = load_glossary(), load_glossary(own)
    assert [row.terms[0] for row in joined.same[len(shipped.same) :]] == ["Operation Halcyon"]
    assert joined.word_sets[-1].narrower == ("lido",)
    assert joined.classes == shipped.classes


def test_a_line_of_the_file_is_a_set_with_what_is_narrower() -> None:
    assert WordSet.of_line("pet, companion animal > dog") == WordSet(
        terms=("pet", "companion animal"), narrower=("dog",)
    )
