"""Whatever is typed has a reading, and the reading is what a person means by it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.query import NOTHING, Clauses, Expression, Form, Term, wanted_terms
from service.searching.grammar import is_plain, parse, respelt

# Marks in every order, and words that fold to marks.
_pieces = st.lists(
    st.sampled_from(
        ["(", ")", '"', "“", "+", "-", "*", "'", "_", " ", " ", "AND", "OR", "NOT", "and"]
    )
    | st.sampled_from(["metal", "theft", "the", "of", "anti-soc", "b", "c", "½", "⑴", "don’t"]),
    max_size=200,
).map("".join)
typed = st.text(max_size=1_000) | _pieces.map(lambda text: text[:1_000])


def word(text: str) -> Term:
    return Term((text,))


def phrase(*words: str) -> Term:
    return Term(words, Form.TYPED)


def needed(*parts: Expression) -> Clauses:
    return Clauses(required=parts)


def either(*parts: Expression) -> Clauses:
    return Clauses(optional=parts)


METAL, THEFT, LEAD = word("metal"), word("theft"), word("lead")


@given(typed, st.booleans())
@example("(a" * 500, False)
@example("(" * 1_000, False)
@example("a AND (b OR " * 83, True)
@example("(AND" * 250, False)
def test_what_is_read_is_read_again_when_printed(text: str, loose: bool) -> None:
    read = parse(text, loose=loose)
    assert parse(str(read), loose=loose) == read


@given(typed)
def test_a_reading_looks_for_words_of_the_text_only(text: str) -> None:
    lowered = text.lower()
    for loose in (True, False):
        for term in wanted_terms(parse(text, loose=loose)):
            assert all(part.lower() in lowered for part in term.words)


@given(typed)
def test_to_mend_nothing_changes_nothing(text: str) -> None:
    assert respelt(text, {}) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("theft", THEFT),
        ("metal theft", needed(METAL, THEFT)),
        ("theft of the metal", needed(THEFT, METAL)),
        ("to be", needed(word("to"), word("be"))),
        ('"metal theft"', phrase("metal", "theft")),
        ("“metal theft”", phrase("metal", "theft")),
        ('"theft of metal"', phrase("theft", "of", "metal")),
        ("burgl*", Term(("burgl",), Form.PREFIX)),
        ("b*", word("b")),
        ("anti-social", Term(("anti", "social"))),
        ("anti-soc*", needed(phrase("anti"), Term(("soc",), Form.PREFIX))),
        ("theft -metal", Clauses(required=(THEFT,), excluded=(METAL,))),
        ("theft NOT metal", Clauses(required=(THEFT,), excluded=(METAL,))),
        ("theft AND NOT metal", Clauses(required=(THEFT,), excluded=(METAL,))),
        ("NOT theft", Clauses(excluded=(THEFT,))),
        ("+theft metal", Clauses(required=(THEFT,), optional=(METAL,))),
        ("theft OR lead", either(THEFT, LEAD)),
        ("metal theft OR lead", either(needed(METAL, THEFT), LEAD)),
        ("metal AND theft OR lead", either(needed(METAL, THEFT), LEAD)),
        ("metal AND (theft OR lead)", needed(METAL, either(THEFT, LEAD))),
        ("metal (theft OR lead)", needed(either(THEFT, LEAD), METAL)),
        ("theft -(metal OR lead)", Clauses((THEFT,), (), (either(METAL, LEAD),))),
        ("metal and theft or lead", needed(METAL, THEFT, LEAD)),
        ("theft - metal", needed(THEFT, METAL)),
        ("metal, theft; lead.", needed(METAL, THEFT, LEAD)),
    ],
)
def test_what_is_typed_in_full(text: str, read: Expression) -> None:
    assert parse(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", NOTHING),
        ("?!", NOTHING),
        ("AND", NOTHING),
        ("-", NOTHING),
        ('""', NOTHING),
        ("()", NOTHING),
        ('"metal the', phrase("metal", "the")),
        ('theft"', THEFT),
        ("(metal theft", needed(METAL, THEFT)),
        ("metal theft)", needed(METAL, THEFT)),
        ("metal ) theft", needed(METAL, THEFT)),
        ("theft AND", THEFT),
        ("OR theft", THEFT),
        ("theft OR OR metal", either(THEFT, METAL)),
        ("theft -", THEFT),
        ("theft NOT", THEFT),
        ("theft (", THEFT),
        ("* theft", THEFT),
        ('-"?!" theft', THEFT),
    ],
)
def test_what_is_half_typed(text: str, read: Expression) -> None:
    assert parse(text) == read


def test_of_many_words_any_will_do_but_a_phrase_is_always_needed() -> None:
    words = tuple(map(word, ["worried", "lead", "roofs", "stolen"]))
    assert parse("who is worried about lead roofs being stolen") == either(*words)
    assert parse("metal theft", loose=True) == either(METAL, THEFT)
    assert parse('"metal theft" lead', loose=True) == Clauses((phrase("metal", "theft"),), (LEAD,))


def test_only_words_are_plain() -> None:
    assert is_plain("who is worried about anti-social behaviour?")
    for text in ('"metal theft"', "burgl*", "theft -metal", "theft OR metal", "(theft)"):
        assert not is_plain(text)


def test_words_are_respelt_where_they_stand_but_not_in_quotations() -> None:
    spellings = {"metla": "metal", "thefd": "theft"}
    assert respelt('Metla (thefd, -metla) "metla"', spellings) == 'metal (theft, -metal) "metla"'
