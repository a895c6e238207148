"""A phrase as parts, each with all the words that may stand for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import pairwise

from corpus.glossary import Glossary
from corpus.words import Word, iter_words
from service.answering.listing import Listing, Numbers, joined, numbers_in, phrase_of
from service.answering.wordings import Phrase, Slot

_HYPHENS = ("-", "‐", "‑")

LONGEST_PART = 6
"""Words in the longest phrase looked for in a topic ('people with a drug problem' has 5)."""


_SENSES_KEPT = 2_048
"""Phrases whose senses are kept: topics come again, and so do their parts."""


class Senses:
    """Sets of phrases of which each may stand for another. Safe to share between threads."""

    def __init__(
        self,
        glossary: Glossary,
        listing: Listing,
        terms_for: Callable[[int], Iterable[str]] | None = None,
    ) -> None:
        """Those of everyday words, and where it is given the terms for those of a row."""
        self._sets = glossary.word_sets
        self._listing, self._terms_for = listing, terms_for
        self.of = lru_cache(maxsize=_SENSES_KEPT)(self._of)

    def has(self, phrase: Phrase) -> bool:
        """Whether a phrase has a sense."""
        return joined(phrase) in self._listing.sets or bool(self._rows(phrase))

    def _of(self, phrase: Phrase) -> tuple[frozenset[Phrase], ...]:
        """The phrases of each sense of this phrase."""
        sets = (self._sets[number] for number in numbers_in(self._listing.sets, phrase))
        terms = [(*each.terms, *each.narrower) for each in sets]
        if self._terms_for:
            terms += map(tuple, map(self._terms_for, self._rows(phrase)))
        return tuple(frozenset(map(phrase_of, each)) for each in terms)

    def _rows(self, phrase: Phrase) -> Numbers:
        return numbers_in(self._listing.phrases, phrase) if self._terms_for else ()


class Thesaurus:
    """Looks up the senses of words and phrases. Built once; safe to share between threads."""

    def __init__(self, senses: Senses, light: Collection[str]) -> None:
        """Words with a stem in `light` mean next to nothing by themselves."""
        self._senses, self._light = senses, light
        # One for all topics, for what is made of a slot is kept with it.
        self._slot_of = lru_cache(maxsize=_SENSES_KEPT)(self._slot)

    def slots(self, phrase: str, longest: int = LONGEST_PART) -> tuple[Slot, ...]:
        """A slot for each part of a phrase that carries meaning: the part, or words for it."""
        return tuple(self._slot_of(part) for part in self.parts(phrase, longest))

    def parts(self, phrase: str, longest: int = LONGEST_PART) -> tuple[Phrase, ...]:
        """The parts of a phrase that carry meaning, in order, each once.

        They are the longest phrases that have a sense, of `longest` words at most; else words.
        """
        return tuple(dict.fromkeys(self._iter_parts(phrase, longest)))

    def _iter_parts(self, phrase: str, longest: int) -> Iterator[Phrase]:
        words, at = list(iter_words(phrase)), 0
        while at < len(words):
            compound = _compound(phrase, words[at:])
            part = self._part_at(words[at : at + max(longest, compound)], compound)
            if len(part) > 1 or self._tells(words[at]):
                yield part
            at += len(part)

    def _part_at(self, words: list[Word], least: int) -> Phrase:
        """The longest phrase that words begin with and that has a sense, else the first `least`."""
        sequence = tuple(word.stem for word in words)
        lengths = range(len(sequence), least, -1)
        having = (sequence[:n] for n in lengths if self._senses.has(sequence[:n]))
        return next(having, sequence[:least])

    def _tells(self, word: Word) -> bool:
        return not word.is_function_word and word.stem not in self._light

    def _slot(self, part: Phrase) -> Slot:
        phrases = frozenset({part}).union(*self._senses.of(part))
        return Slot(phrases, lent=frozenset({part}))


def _compound(phrase: str, words: list[Word]) -> int:
    """How many words from the first on are one by their hyphens: two of 'break-ins at farms'."""
    pairs = enumerate(pairwise(words), 1)
    parted = (at for at, (word, after) in pairs if phrase[word.end : after.start] not in _HYPHENS)
    return next(parted, len(words))


class Paraphrases:
    """Finds, of the terms of a glossary, those that say a phrase in other words, part by part."""

    def __init__(self, everyday: Thesaurus, glossary: Glossary, listing: Listing) -> None:
        """`everyday` has the words that may stand for one another."""
        self._thesaurus, self._glossary, self._listing = everyday, glossary, listing

    def of(self, phrase: str) -> list[str]:
        """The terms each of whose parts stands for one part of the phrase and the reverse."""
        slots = self._thesaurus.slots(phrase)
        if len(slots) < 2:
            return []
        numbers = set.intersection(*map(self._near, slots))
        near = (self._terms[number] for number in numbers)
        return sorted(term for term in near if self._covers(slots, term))

    @cached_property
    def _terms(self) -> tuple[str, ...]:
        return self._glossary.terms

    def _near(self, slot: Slot) -> set[int]:
        parts = self._listing.parts
        return set().union(*(numbers_in(parts, phrase) for phrase in slot.phrases))

    def _covers(self, slots: tuple[Slot, ...], term: str) -> bool:
        parts = self._thesaurus.parts(term)
        return len(parts) == len(slots) and all(
            any(part in slot.phrases for slot in slots) for part in parts
        )
