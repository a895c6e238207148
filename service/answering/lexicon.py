"""What the glossary lists, looked up by stems: terms, their other names, what is above and below.

Two phrases are the same term if their telling words have the same stems in the same order; initials
are a term of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from corpus.glossary import Glossary
from corpus.words import FUNCTION_WORDS, Word, folded_words, iter_words, stems, telling_stems
from service.answering.wordings import Key, Phrase, Slot

INITIALS = "="
"""Marks the key of initials."""
LONGEST_TERM = 8
"""Words that carry meaning in the longest term worth looking for, or topic worth respelling."""


class Lexicon:
    """Synonyms, classes and light words. Built once; safe to share between threads."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary

    def is_term(self, phrase: str) -> bool:
        """Whether a phrase is one of the glossary's terms."""
        key = self.listed_key(phrase)
        return key in self.rows or key in self.narrower

    def has_word(self, word: str) -> bool:
        """Whether a word stands in the glossary, in any of its forms."""
        return word in self.words or not self._word_stems.isdisjoint(stems(word))

    def longest_term_in(self, phrase: str) -> str | None:
        """The longest term of the glossary that stands in a phrase, as it stands there."""
        return max(self._terms_as_written(phrase), key=lambda term: len(term.split()), default=None)

    def term_length(self, words: Sequence[Word]) -> int:
        """How many of some words, from the first on, make the longest term there; 0 for none."""
        sequence = tuple(word.stem for word in words[:LONGEST_TERM])
        lengths = range(len(sequence), 0, -1)
        return next((length for length in lengths if sequence[:length] in self._sequences), 0)

    def subjects_of(self, text: str) -> set[str]:
        """What a text is about: for each term in it its first wording, and the classes above."""
        found: set[str] = set()
        waiting = [self._first_wording(term) for term in self._terms_as_written(text)]
        while waiting:
            term = waiting.pop()
            key = key_of(term)
            if term not in found and key not in self.too_wide:
                found.add(term)
                waiting += map(self._first_wording, self.classes.get(key, ()))
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
            key = next((key for key in keys if key in self.rows or key in self.narrower), ())
            if key:
                yield phrase[words[at].start : words[at + len(key) - 1].end]
            at += max(len(key), 1)

    def _first_wording(self, term: str) -> str:
        return self.rows.get(key_of(term), [term])[0]

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

    @cached_property
    def rows(self) -> dict[Key, list[str]]:
        """By the key of each term, all the terms of its rows."""
        rows: dict[Key, list[str]] = defaultdict(list)
        for row in self._glossary.same:
            for term in row.terms:
                rows[key_of(term)] += row.terms
        return dict(rows)

    @cached_property
    def narrower(self) -> dict[Key, list[str]]:
        """By the key of each term of a class, in any wording, what is immediately below it."""
        below: dict[Key, list[str]] = defaultdict(list)
        for row in self._glossary.classes:
            for term in self.terms_of(row.term):
                below[key_of(term)] += row.narrower
        return dict(below)

    @cached_property
    def classes(self) -> dict[Key, list[str]]:
        """By the key of each thing, in any wording, the classes immediately above it."""
        above: dict[Key, list[str]] = defaultdict(list)
        for row in self._glossary.classes:
            for thing in row.narrower:
                for term in self.terms_of(thing):
                    above[key_of(term)].append(row.term)
        return dict(above)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the glossary and of the sets of everyday words, folded."""
        terms = [term for row in self._glossary.same for term in row.terms]
        terms += [term for each in self._glossary.word_sets for term in each.terms]
        return frozenset(word for term in terms for word in folded_words(term))

    @cached_property
    def _word_stems(self) -> frozenset[str]:
        return frozenset(stem for word in self.words for stem in stems(word))

    @cached_property
    def _sequences(self) -> frozenset[Phrase]:
        """The stems of every word of each term, in order."""
        return frozenset(tuple(stems(term)) for term in self._glossary.terms)

    def listed_key(self, phrase: str) -> Key:
        """The key of a topic; initials are known for them however they were typed."""
        initials = (INITIALS + phrase.strip().casefold(),)
        return initials if initials in self.rows else key_of(phrase) or tuple(stems(phrase))

    def terms_of(self, term: str) -> list[str]:
        """A term and its synonyms, itself first."""
        return list(dict.fromkeys([term, *self.rows.get(self.listed_key(term), ())]))

    def names_of(self, key: Key) -> tuple[str, ...]:
        """The first terms of the rows that a key is in: what a meaning is called by."""
        return self._names.get(key, ())

    @cached_property
    def _names(self) -> dict[Key, tuple[str, ...]]:
        names: dict[Key, list[str]] = defaultdict(list)
        for row in self._glossary.same:
            for term in row.terms:
                names[key_of(term)].append(row.terms[0])
        return {key: tuple(dict.fromkeys(them)) for key, them in names.items()}

    def below(self, key: Key) -> Iterator[str]:
        """Everything narrower than a term, at any depth."""
        seen: set[str] = set()
        waiting = list(self.narrower.get(key, ()))
        while waiting:
            thing = waiting.pop(0)
            if thing not in seen:
                seen.add(thing)
                yield thing
                waiting += self.narrower.get(key_of(thing), ())

    def terms_below(self, term: str) -> Iterator[str]:
        """Everything narrower than a term, in all its wordings."""
        return (other for below in self.below(key_of(term)) for other in self.terms_of(below))


def _any_word_of(terms: Iterable[str]) -> Slot:
    return Slot(frozenset((stem,) for term in terms for stem in stems(term)))


@lru_cache(maxsize=65_536)
def key_of(phrase: str) -> Key:
    """What makes a phrase the same term as another."""
    if phrase.isupper() and phrase.isalnum():
        # Initials share no stem with words: 'VAP' isn't vaping.
        return (INITIALS + phrase.casefold(),)
    return tuple(telling_stems(phrase))
