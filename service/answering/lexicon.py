"""What the glossary lists, looked up by stems: terms, their other names, what is above and below.

Two phrases are the same term if their telling words have the same stems in the same order; initials
are a term of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from corpus.glossary import Glossary
from corpus.words import FUNCTION_WORDS, Word, iter_words, stems
from service.answering.listing import INITIALS, Listing, joined, key_of, numbers_in
from service.answering.wordings import Key, Slot

LONGEST_TERM = 8
"""Words that carry meaning in the longest term worth looking for, or topic worth respelling."""


class Lexicon:
    """Synonyms, classes and light words. Built once; safe to share between threads."""

    def __init__(self, glossary: Glossary, listing: Listing) -> None:
        """`listing` has the tables of the glossary."""
        self._glossary, self._listing = glossary, listing

    def is_term(self, phrase: str) -> bool:
        """Whether a phrase is one of the glossary's terms."""
        key = self.listed_key(phrase)
        return self._is_known(key)

    def _is_known(self, key: Key) -> bool:
        return self.is_listed(key) or self.is_class(key)

    def has_word(self, word: str) -> bool:
        """Whether a word stands in the glossary, in any of its forms."""
        return word in self._words or not self._word_stems.isdisjoint(stems(word))

    def longest_term_in(self, phrase: str) -> str | None:
        """The longest term of the glossary that stands in a phrase, as it stands there."""
        return max(self._terms_as_written(phrase), key=lambda term: len(term.split()), default=None)

    def term_length(self, words: Sequence[Word]) -> int:
        """How many of some words, from the first on, make the longest term there; 0 for none."""
        sequence = tuple(word.stem for word in words[:LONGEST_TERM])
        phrases, lengths = self._listing.phrases, range(len(sequence), 0, -1)
        return next((length for length in lengths if joined(sequence[:length]) in phrases), 0)

    def subjects_of(self, text: str) -> set[str]:
        """What a text is about: for each term in it its first wording, and the classes above."""
        found: set[str] = set()
        waiting = [self._first_wording(term) for term in self._terms_as_written(text)]
        while waiting:
            term = waiting.pop()
            key = key_of(term)
            if term not in found and key not in self.too_wide:
                found.add(term)
                waiting += map(self._first_wording, self.just_above(key))
        return found

    def is_within(self, term: str, wider: str) -> bool:
        """Whether one term is below another, at any depth."""
        return term in self.terms_below(wider)

    def _terms_as_written(self, phrase: str) -> Iterator[str]:
        """The glossary's terms in a phrase as they stand there, the longest, none overlapping."""
        words = [word for word in iter_words(phrase) if word.folded not in FUNCTION_WORDS]
        at = 0
        while at < len(words):
            lengths = range(min(len(words) - at, LONGEST_TERM), 0, -1)
            keys = (tuple(word.stem for word in words[at : at + length]) for length in lengths)
            key = next(filter(self._is_known, keys), ())
            if key:
                yield phrase[words[at].start : words[at + len(key) - 1].end]
            at += max(len(key), 1)

    def _first_wording(self, term: str) -> str:
        return next(iter(self.row_terms(key_of(term))), term)

    @cached_property
    def light(self) -> frozenset[str]:
        """Stems of words that mean next to nothing in a topic."""
        return frozenset(stem for term in self._glossary.light_words.terms for stem in stems(term))

    @cached_property
    def crime(self) -> Slot:
        """Words for crime, any of which stands for another."""
        return _any_word_of(self._glossary.crime_words.terms)

    @cached_property
    def provision(self) -> Slot:
        """Words for what is laid on for people, any of which stands for another."""
        return _any_word_of(self._glossary.provision_words.terms)

    @cached_property
    def too_wide(self) -> frozenset[Key]:
        """Classes that inform nobody."""
        return frozenset(key_of(term) for term in self._glossary.too_wide.terms)

    def is_listed(self, key: Key) -> bool:
        """Whether a key is that of a term with other wordings."""
        return joined(key) in self._listing.rows

    def row_terms(self, key: Key) -> list[str]:
        """All the terms of the rows that a key is in."""
        rows = numbers_in(self._listing.rows, key)
        return [term for number in rows for term in self._glossary.same[number].terms]

    def is_class(self, key: Key) -> bool:
        """Whether a key is that of a class, in any wording."""
        return joined(key) in self._listing.below

    def just_below(self, key: Key) -> list[str]:
        """What is immediately below a class."""
        classes = numbers_in(self._listing.below, key)
        return [thing for number in classes for thing in self._glossary.classes[number].narrower]

    def just_above(self, key: Key) -> list[str]:
        """The classes immediately above a thing."""
        classes = numbers_in(self._listing.above, key)
        return [self._glossary.classes[number].term for number in classes]

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._listing.words)

    @cached_property
    def _word_stems(self) -> frozenset[str]:
        return frozenset(self._listing.stems)

    def listed_key(self, phrase: str) -> Key:
        """The key of a topic; initials are known for them however they were typed."""
        initials = (INITIALS + phrase.strip().casefold(),)
        return initials if self.is_listed(initials) else key_of(phrase) or tuple(stems(phrase))

    def terms_of(self, term: str) -> list[str]:
        """A term and its synonyms, itself first."""
        return list(dict.fromkeys([term, *self.row_terms(self.listed_key(term))]))

    def names_of(self, key: Key) -> tuple[str, ...]:
        """The first terms of the rows that a key is in: what a meaning is called by."""
        rows = numbers_in(self._listing.rows, key)
        return tuple(dict.fromkeys(self._glossary.same[number].terms[0] for number in rows))

    def below(self, key: Key) -> Iterator[str]:
        """Everything narrower than a term, at any depth."""
        seen: set[str] = set()
        waiting = self.just_below(key)
        while waiting:
            thing = waiting.pop(0)
            if thing not in seen:
                seen.add(thing)
                yield thing
                waiting += self.just_below(key_of(thing))

    def terms_below(self, term: str) -> Iterator[str]:
        """Everything narrower than a term, in all its wordings."""
        return (other for below in self.below(key_of(term)) for other in self.terms_of(below))


def _any_word_of(terms: Iterable[str]) -> Slot:
    return Slot(frozenset((stem,) for term in terms for stem in stems(term)))
