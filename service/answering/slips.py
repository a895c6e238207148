"""Slips of spelling in a topic, mended to the words of the glossary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property

from rapidfuzz.distance import OSA

from corpus.words import stems
from service.answering.listing import Listing


class Slips:
    """Mends words that are typed wrongly; initials and words that the plans use never."""

    def __init__(self, listing: Listing, is_plan_word: Callable[[str], bool]) -> None:
        """`listing` has the words that are known; `is_plan_word` tells whether a plan uses one."""
        self._listing = listing
        self._is_plan_word = is_plan_word

    def mended(self, phrase: str) -> str:
        """The phrase with slips of spelling mended to the glossary's words, initials never."""
        return " ".join(self._word(word) for word in phrase.split())

    def _word(self, word: str) -> str:
        plain = word.lower()
        if len(plain) < 6 or word.isupper() or not plain.isalpha() or plain in self._words:
            return word
        if set(stems(plain)) & self._known_stems:
            return word
        near = [known for known in self._words_by_initial[plain[0]] if _is_slip(plain, known)]
        if not near or self._is_plan_word(plain):
            return word
        return min(near, key=lambda known: (OSA.distance(plain, known), known))

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._listing.words)

    @cached_property
    def _known_stems(self) -> frozenset[str]:
        return frozenset(self._listing.stems)

    @cached_property
    def _words_by_initial(self) -> dict[str, list[str]]:
        words: dict[str, list[str]] = defaultdict(list)
        for word in self._listing.words:
            words[word[0]].append(word)
        return words


def _is_slip(typed: str, known: str) -> bool:
    allowed = 1 if len(known) < 9 else 2
    return abs(len(typed) - len(known)) <= allowed and OSA.distance(typed, known) <= allowed
