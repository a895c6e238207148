"""A phrase as parts, each with all the words that may stand for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from corpus.glossary import WordSet
from corpus.words import Word, iter_words, stems
from service.answering.wordings import Phrase, Slot

_HYPHENS = ("-", "‐", "‑")

LONGEST_PART = 6
"""Words in the longest phrase looked for in a topic ('people with a drug problem' has 5)."""


class Thesaurus:
    """Looks up the senses of words and phrases. Built once; safe to share between threads."""

    def __init__(self, sets: Iterable[WordSet], light: Collection[str]) -> None:
        """Words with a stem in `light` mean next to nothing by themselves."""
        self._light = light
        self._senses: dict[Phrase, list[frozenset[Phrase]]] = defaultdict(list)
        for each in sets:
            terms = frozenset(_phrases(each.terms))
            said_by = terms.union(_phrases(each.narrower))
            for term in terms:
                self._senses[term].append(said_by)

    def slots(self, phrase: str, longest: int = LONGEST_PART) -> tuple[Slot, ...]:
        """A slot for each part of a phrase that carries meaning: the part, or words for it."""
        return tuple(self._slot(part) for part in self.parts(phrase, longest))

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
        having = (sequence[:n] for n in lengths if sequence[:n] in self._senses)
        return next(having, sequence[:least])

    def _tells(self, word: Word) -> bool:
        return not word.is_function_word and word.stem not in self._light

    def _slot(self, part: Phrase) -> Slot:
        phrases = frozenset({part}).union(*self._senses.get(part, ()))
        return Slot(phrases, lent=frozenset({part}))


def _compound(phrase: str, words: list[Word]) -> int:
    """How many words from the first on are one by their hyphens: two of 'break-ins at farms'."""
    pairs = enumerate(pairwise(words), 1)
    parted = (at for at, (word, after) in pairs if phrase[word.end : after.start] not in _HYPHENS)
    return next(parted, len(words))


class Paraphrases:
    """Finds, of a list of terms, those that say a phrase in other words, part by part."""

    def __init__(self, thesaurus: Thesaurus, terms: Iterable[str]) -> None:
        """Terms of one part are none to find: a single word says too little to be turned."""
        self._thesaurus = thesaurus
        self._parts: dict[str, tuple[Phrase, ...]] = {}
        self._terms: dict[Phrase, set[str]] = defaultdict(set)
        for term in terms:
            parts = thesaurus.parts(term)
            if len(parts) > 1:
                self._parts[term] = parts
                for part in parts:
                    self._terms[part].add(term)

    def of(self, phrase: str) -> list[str]:
        """The terms each of whose parts stands for one part of the phrase and the reverse."""
        slots = self._thesaurus.slots(phrase)
        if len(slots) < 2:
            return []
        near = (self._near(slot) for slot in slots)
        return sorted(term for term in set.intersection(*near) if self._covers(slots, term))

    def _near(self, slot: Slot) -> set[str]:
        return set().union(*(self._terms.get(phrase, ()) for phrase in slot.phrases))

    def _covers(self, slots: tuple[Slot, ...], term: str) -> bool:
        parts = self._parts[term]
        return len(parts) == len(slots) and all(
            any(part in slot.phrases for slot in slots) for part in parts
        )


def _phrases(terms: Iterable[str]) -> Iterator[Phrase]:
    return map(_phrase, terms)


@lru_cache(maxsize=65_536)
def _phrase(term: str) -> Phrase:
    """The stems of a term; kept, for the terms of the field come again with those above them."""
    return tuple(stems(term))
