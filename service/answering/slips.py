"""Slips of spelling in a topic, and American spellings, mended to the words of the glossary."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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
        return " ".join(self._word(self.in_british(word)) for word in phrase.split())

    def in_british(self, word: str) -> str:
        """A word in British spelling, if it is an American one of a word that is known."""
        plain = word.lower()
        if word.isupper() or not plain.isalpha():
            return word
        for american, british in _AMERICAN:
            spelt = american.sub(british, plain)
            known = spelt != plain and (spelt in self._words or self._is_plan_word(spelt))
            if known and not self._is_plan_word(plain):
                return american.sub(british, word)
        return word

    def _word(self, word: str) -> str:
        plain = word.lower()
        if len(plain) < 6 or word.isupper() or not plain.isalpha() or plain in self._words:
            return word
        if set(stems(plain)) & self._known_stems:
            return word
        known = nearest(plain, self._words_by_initial, _is_slip)
        return word if known is None or self._is_plan_word(plain) else known

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._listing.words)

    @cached_property
    def _known_stems(self) -> frozenset[str]:
        return frozenset(self._listing.stems)

    @cached_property
    def _words_by_initial(self) -> Mapping[str, Sequence[str]]:
        return by_initial(self._listing.words)


def by_initial(words: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Words by their first letter, which is seldom mistaken."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        found[word[0]].append(word)
    return found


def nearest(
    typed: str, words: Mapping[str, Sequence[str]], is_slip: Callable[[str, str], bool]
) -> str | None:
    """Of the words with its initial the one that is nearest to one typed, if any is a slip away."""
    near = (known for known in words.get(typed[0], ()) if is_slip(typed, known))
    return min(near, key=lambda known: (OSA.distance(typed, known), known), default=None)


def _is_slip(typed: str, known: str) -> bool:
    if undoubled(typed) == undoubled(known):
        return True
    allowed = 1 if len(known) < 9 else 2
    return abs(len(typed) - len(known)) <= allowed and OSA.distance(typed, known) <= allowed


def undoubled(word: str) -> str:
    """A word with each doubled letter once: what is doubled is what slips most."""
    return _DOUBLED.sub(r"\1", word)


_DOUBLED = re.compile(r"(.)\1")
_AMERICAN = (
    (re.compile(r"or(?=s?$|al|ed$|ing$|hood|ful|able)"), "our"),
    (re.compile(r"(?<=...)iz(?=e[ds]?$|ing$|ations?$)"), "is"),
    (re.compile(r"er(?=s?$)"), "re"),
    (re.compile(r"ens(?=es?$)"), "enc"),
    (re.compile(r"og(?=s?$)"), "ogue"),
    (re.compile(r"(?<=gr)am(?=s?$)"), "amme"),
    (re.compile(r"(?<=[aeiou])l(?=ed$|ing$|ers?$)"), "ll"),
    (re.compile(r"(?<=[gk])ment(?=s?$)"), "ement"),
)
"""American endings and what Britain has for them: 'behavior', 'organized', 'center', 'offense',
'catalog', 'program', 'traveler', 'judgment'."""
