"""Makes the tables of a glossary (`service.answering.listing`)."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.glossary import Glossary
from corpus.words import folded_words, stems
from service.answering.lexicon import Lexicon
from service.answering.listing import Listing, joined, key_of, phrase_of, table_of
from service.answering.thesaurus import Senses, Thesaurus
from service.answering.wordings import Key


def listing_of(glossary: Glossary) -> Listing:
    """The tables of a glossary: some 26,000 terms of the one that ships take a second."""
    terms = [(term, number) for number, row in enumerate(glossary.same) for term in row.terms]
    everyday = [(term, n) for n, each in enumerate(glossary.word_sets) for term in each.terms]
    words = {word for term, _ in (*terms, *everyday) for word in folded_words(term)}
    phrases = table_of((phrase_of(term), number) for term, number in terms)
    first = Listing(
        rows=table_of((key_of(term), number) for term, number in terms),
        phrases={joined(phrase_of(term)): "" for term in glossary.terms} | phrases,
        sets=table_of((phrase_of(term), number) for term, number in everyday),
        words=tuple(sorted(words)),
        stems=tuple(sorted({stem for word in words for stem in stems(word)})),
    )
    lexicon = Lexicon(glossary, first)
    tables = {
        "above": table_of(_above(glossary, lexicon)),
        "below": table_of(_below(glossary, lexicon)),
        "parts": table_of(_parts(glossary, Thesaurus(Senses(glossary, first), lexicon.light))),
    }
    return first.model_copy(update=tables)


def _above(glossary: Glossary, lexicon: Lexicon) -> Iterator[tuple[Key, int]]:
    for number, each in enumerate(glossary.classes):
        for thing in each.narrower:
            yield from ((key_of(term), number) for term in lexicon.terms_of(thing))


def _below(glossary: Glossary, lexicon: Lexicon) -> Iterator[tuple[Key, int]]:
    for number, each in enumerate(glossary.classes):
        yield from ((key_of(term), number) for term in lexicon.terms_of(each.term))


def _parts(glossary: Glossary, everyday: Thesaurus) -> Iterator[tuple[Key, int]]:
    # A term of one part is none to find: a single word says too little to be turned.
    for number, term in enumerate(glossary.terms):
        parts = everyday.parts(term)
        if len(parts) > 1:
            yield from ((part, number) for part in parts)
