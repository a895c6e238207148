"""Named, and where it stands; related is not named, and a denial is no priority."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.glossary import Glossary
from corpus.models import Meaning, Passage, Role
from corpus.words import stems
from service.answering.judge import clauses, named, related
from service.answering.vocabulary import Topic, Vocabulary
from service.answering.wordings import Relation
from service.ports import NoMeanings
from service.schemas import Verdict
from tests.unit.answering.passages import Known, passage

GLOSSARY = Glossary.model_validate(
    {
        "same": [
            {"terms": ["metal theft", "stealing metal"], "source": "a statute"},
            {"terms": ["case conference", "CCF"], "source": "a statute"},
            {"terms": ["home burglary", "break-ins at homes"], "source": "a statute"},
            {"terms": ["street begging", "Begging Action"], "source": "a programme"},
        ],
        "class": [
            {"term": "theft", "narrower": ["metal theft", "bicycle theft"], "source": "a statute"},
            {"term": "crime", "narrower": ["theft"], "source": "a statute"},
        ],
        "too_wide": {"terms": ["crime"]},
        "crime_words": {"terms": ["crime", "offence"]},
        "light_words": {"terms": ["issue", "problem", "related"]},
    }
)
NEAREST = {
    "copper taken from roofs": (("metal theft", 0.9),),
    "petty metal theft": (("metal theft", 0.9),),
    "copper pipes": (("metal theft", 0.45),),
}
VOCABULARY = Vocabulary(GLOSSARY, Known(NEAREST), lambda _: False)


def topic(phrase: str) -> Topic:
    made = VOCABULARY.topic(phrase)
    assert made is not None
    return made


def names(phrase: str, sentence: str, heading: str = "Our work") -> bool:
    return bool(named(topic(phrase), passage(sentence, path=("Plan", heading))))


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("metal theft", "We will act on metal thefts."),
        ("metal theft", "Theft of metal is rising."),
        ("metal theft", "People are stealing metal from roofs."),
        ("theft", "Bicycle theft is rising."),
        ("theft", "Stealing metal pays."),
        ("case conference", "Each case goes to the CCF."),
        ("CCF", "A case conference meets."),
        ("home burglary", "Break-ins at homes fell."),
        ("gun crime", "Offences with guns fell."),
        ("gun problem", "Guns were found."),
        ("sexual violence", "Violence, including domestic, sexual and alcohol related violence."),
        ("reoffending", "We reduce re-offending."),
        ("re-offending", "We reduce reoffending."),
        ("hot spot patrols", "We patrol hotspots."),
        ("street begging", "Begging Action days are held."),
        ("integrated offender management", "The IOM team meets."),
        ("home burglry", "Break-ins at homes fell."),
    ],
)
def test_a_topic_is_named_in_its_own_words_and_in_others(phrase: str, sentence: str) -> None:
    assert names(phrase, sentence)


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("metal theft", "We will act on theft."),
        (
            "metal theft",
            "Theft from shops fell, and residents who live near the metal works agree.",
        ),
        ("gun crime", "Crime fell."),
        ("sexual violence", "We will reduce violence."),
        ("case conference", "ccf is no word."),
        ("street begging", "Action on begging letters."),
        ("bicycle theft", "Stealing metal pays."),
        ("drug dealing", "Drug use, litter, noise, graffiti and dealing with complaints."),
    ],
)
def test_a_wider_or_a_neighbouring_thing_names_nothing(phrase: str, sentence: str) -> None:
    assert not names(phrase, sentence)


def test_a_heading_lends_a_sentence_its_words() -> None:
    [finding] = named(
        topic("town centre violence"),
        passage("We reduce violence at night.", path=("Plan", "Priorities", "Town centre safety")),
    )
    assert finding.match.by_heading


def test_the_plans_own_title_lends_nothing() -> None:
    assert not named(topic("metal theft"), passage("Theft fell.", path=("Metal plan", "Our work")))


@pytest.mark.parametrize(
    ("sentence", "role", "heading", "opening", "verdict"),
    [
        ("Metal theft comes first.", Role.PRIORITY, "Theft", 1, Verdict.PRIORITY),
        ("Metal theft comes first.", Role.PRIORITY, "Theft", 0, Verdict.MENTIONED),
        ("Metal theft comes first.", Role.VISION, "Vision", 1, Verdict.MENTIONED),
        ("Metal theft comes first.", Role.PRIORITY, "Emerging issues", 1, Verdict.EMERGING),
        ("Metal theft is an emerging threat.", Role.PRIORITY, "Theft", 1, Verdict.EMERGING),
        ("Metal theft is not a priority here.", Role.PRIORITY, "Theft", 1, Verdict.MENTIONED),
        ("We do not prioritise metal theft.", Role.PRIORITY, "Theft", 1, Verdict.MENTIONED),
    ],
)
def test_the_ladder(
    sentence: str, role: Role, heading: str, opening: int, verdict: Verdict
) -> None:
    made = passage(sentence, role=role, path=("Plan", heading), opening=opening)
    assert [finding.verdict for finding in named(topic("metal theft"), made)] == [verdict]


def test_related_is_the_class_or_a_sibling_and_quotes_its_words() -> None:
    [wider] = related(topic("metal theft"), passage("We will act on other theft."))
    [sibling] = related(topic("metal theft"), passage("Bicycle theft rose."))
    assert (wider.words, sibling.words) == ("other theft", "Bicycle theft")
    assert wider.verdict is Verdict.RELATED


def test_a_class_too_wide_to_inform_is_not_related() -> None:
    assert not related(topic("theft"), passage("Crime fell."))


_WORDS = st.sampled_from(
    "metal theft stealing bicycle gun offence crime home the of in case".split()
)


@given(st.lists(_WORDS, min_size=1, max_size=9), st.lists(_WORDS, min_size=1, max_size=3))
def test_pruning_loses_nothing(sentence: list[str], phrase: list[str]) -> None:
    made, asked = passage(" ".join(sentence)), VOCABULARY.topic(" ".join(phrase))
    if asked is None or not named(asked, made):
        return
    held = {*stems(made.text), *stems(" ".join(made.path))}
    assert any(all(slot & held for slot in kept) for kept in clauses(asked.wordings))


def verdicts_of(phrase: str, sentence: str) -> list[Verdict]:
    return [finding.verdict for finding in named(topic(phrase), passage(sentence))]


def test_a_topic_near_a_term_in_meaning_is_named_by_the_terms_words() -> None:
    assert verdicts_of("copper taken from roofs", "Stealing metal pays.") == [Verdict.PRIORITY]


def test_a_term_that_leaves_a_word_of_the_topic_out_is_wider_and_may_only_be_meant() -> None:
    assert verdicts_of("petty metal theft", "Stealing metal pays.") == [Verdict.POSSIBLE]


def test_a_topic_less_near_a_term_may_be_meant() -> None:
    assert verdicts_of("copper pipes", "Metal theft rose.") == [Verdict.POSSIBLE]


def test_a_long_topic_with_a_word_unmet_may_be_meant() -> None:
    asked = "stones thrown at passing buses"
    assert verdicts_of(asked, "Stones were thrown at buses.") == [Verdict.POSSIBLE]
    assert not verdicts_of(asked, "Buses were late.")


def test_words_that_tell_little_by_themselves_are_matched_in_order() -> None:
    glossary = Glossary.model_validate(
        {"same": [{"terms": ["homelessness", "people without a home"], "source": "a statute"}]}
        | {"light_words": {"terms": ["people"]}}
    )
    homeless = Vocabulary(glossary, NoMeanings(), lambda _: False).topic("homelessness")
    assert homeless is not None
    assert named(homeless, passage("We help people without a home."))
    assert not named(homeless, passage("Violence at home fell."))


def test_a_word_that_the_plans_use_is_no_slip() -> None:
    asked = Vocabulary(GLOSSARY, NoMeanings(), lambda word: word == "burglry").topic("burglry")
    assert asked is not None
    assert asked.key == ("burglri",)


def meaning_passage(*meant: tuple[str, str, float], text: str, path: tuple[str, ...]) -> Passage:
    """A passage of one sentence with stretches that mean a term."""
    made = passage(text, path=path)
    meanings = tuple(
        Meaning(start=text.index(words), end=text.index(words) + len(words), term=term, score=score)
        for words, term, score in meant
    )
    return made.model_copy(update={"meanings": meanings})


@pytest.mark.parametrize(
    ("score", "verdict"),
    [(0.80, Verdict.PRIORITY), (0.58, Verdict.POSSIBLE), (0.50, None)],
)
def test_a_stretch_that_means_the_topic_names_it(score: float, verdict: Verdict | None) -> None:
    asked = VOCABULARY.topic("metal theft")
    assert asked is not None
    text = "Lead goes from roofs, and churches get wet."
    held = meaning_passage(
        ("Lead goes from roofs", "metal theft", score), text=text, path=("Plan", "Churches")
    )
    found = named(asked, held)
    assert [finding.verdict for finding in found] == ([verdict] if verdict else [])
    assert [finding.words for finding in found] == (["Lead goes from roofs"] if verdict else [])


def test_what_means_a_sibling_is_no_naming() -> None:
    asked = VOCABULARY.topic("metal theft")
    assert asked is not None
    text = "Two wheels gone from the rack."
    held = meaning_passage((text, "bicycle theft", 0.9), text=text, path=("Plan", "Travel"))
    assert named(asked, held) == []


def test_what_means_something_narrower_names_the_class() -> None:
    asked = VOCABULARY.topic("theft")
    assert asked is not None
    text = "Lead goes from roofs."
    held = meaning_passage((text, "metal theft", 0.9), text=text, path=("Plan", "Churches"))
    [finding] = named(asked, held)
    assert finding.match.wording.relation is Relation.NARROWER


def test_words_that_say_a_topic_are_surer_than_what_others_mean() -> None:
    asked = VOCABULARY.topic("metal theft")
    assert asked is not None
    text = "Lead goes from roofs; metal theft is up."
    held = meaning_passage(
        ("Lead goes from roofs", "metal theft", 0.9), text=text, path=("Plan", "Churches")
    )
    [finding] = named(asked, held)
    assert finding.words == "metal theft"


def test_a_sure_meaning_comes_before_one_that_may_be() -> None:
    asked = VOCABULARY.topic("theft")
    assert asked is not None
    text = "Lead goes from roofs and things go."
    held = meaning_passage(
        ("things go", "theft", 0.58),
        ("Lead goes from roofs", "metal theft", 0.9),
        text=text,
        path=("Plan", "Churches"),
    )
    [finding] = named(asked, held)
    assert finding.match.wording.relation is Relation.NARROWER
