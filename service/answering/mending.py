"""Slips in the words that ask, mended before a question is read: 'whcih', 'theyll', 'anyones'.

Only words that ask, help or act are mended to, never one that may be asked about: a closed class,
of which each is known. A word that the plans or the glossary use is no slip.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from rapidfuzz.distance import OSA

from corpus.words import FUNCTION_WORDS
from service.answering import asking
from service.answering.areas import AreaMention
from service.answering.slips import by_initial, nearest, undoubled

_SHORTEST = 5
"""Letters of the shortest word that is mended: one of fewer is near to too many others."""
_SUBJECTS = frozenset(
    """borough boroughs council councils area areas partnership partnerships plan plans district
    districts authority authorities document documents strategy strategies priority priorities
    three seven eight eleven twelve together mentions receive receives received""".split()
)
_KNOWN = frozenset(
    word
    for word in (
        FUNCTION_WORDS
        | asking.HELPERS
        | asking.ASK_VERBS
        | asking.ACTING
        | asking.TAIL
        | asking.TAIL_AFTER_FUNCTION_WORD
        | _SUBJECTS
    )
    if len(word) >= _SHORTEST and word.isalpha()
)
_MENDED_TO = _SUBJECTS | frozenset(
    """which where whose there their these those about anyone anybody anything anywhere everyone
    everybody everything someone somebody something nothing nobody please between before compare
    comparison difference mention mentioned mentioning prioritise prioritised prioritising
    prioritize tackle tackles tackled tackling address addresses addressed addressing cover covers
    covered covering include includes included including target targets targeting working planning
    approach approaches against altogether entirely completely emerging identify identified
    currently looking dealing""".split()
)
"""Of these only a slip is made into: other words are near to some that may be asked about, as
'follows' is to fellows and 'through' to trough."""


_BY_INITIAL = by_initial(_MENDED_TO)
_SHORT = {
    **dict.fromkeys(("wich", "whch", "wch"), "which"),
    **dict.fromkeys(("wot", "wat"), "what"),
    **dict.fromkeys(("hav", "hve"), "have"),
    **dict.fromkeys(("teh", "hte"), "the"),
    **dict.fromkeys(("adn", "nad"), "and"),
    **dict.fromkeys(("taht", "tht"), "that"),
    **dict.fromkeys(("bout", "abt"), "about"),
    "waht": "what",
    "wiht": "with",
    "em": "them",
    "ppl": "people",
    "yr": "year",
    "yrs": "years",
    "thier": "their",
    "prioritys": "priorities",
}
"""Slips too short to be told by their letters."""
_APOSTROPHES = re.compile(
    r"(?P<who>they|you|it|we|that|who|what)(?P<verb>ll|ve|d)"
    r"|(?P<owner>(?:any|every|some|no)(?:one|body))(?P<s>s)",
    re.IGNORECASE,
)
_OTHER_WORDS = frozenset({"well", "wed", "whod"})
"""Words that are no short form without an apostrophe, or as good as it."""
_WORD = re.compile(r"(?<![\w'’&@./-])[A-Za-z]+(?![\w'’&@/-])")


def in_full(text: str) -> str:
    """A text with what is shortened at a word's end or beginning in full: 'plan(s)', ''em'."""
    return _PLURAL_OR_NOT.sub("s", _THEM.sub("them", _BOROUGHS.sub(r"\g<which> boroughs", text)))


_PLURAL_OR_NOT = re.compile(r"(?<=\w)\(s\)")
_THEM = re.compile(r"(?<!\w)['’]em\b")
_BOROUGHS = re.compile(
    r"\b(?P<which>which|what|any|all|the|two|three|four|other|how many) boro['’]?s\b", re.IGNORECASE
)


class Mending:
    """Mends the words that ask. Built once; holds no state between calls."""

    def __init__(self, is_known: Callable[[str], bool]) -> None:
        """`is_known` tells whether the plans or the glossary use a word, in any of its forms."""
        self._is_known = is_known

    def mended(self, text: str, areas: Iterable[AreaMention]) -> str:
        """The text with its slips mended; areas and words in capitals stay as they are."""
        kept = [(area.start, area.end) for area in areas]

        def word(match: re.Match[str]) -> str:
            start, end = match.span()
            if any(a < end and start < b for a, b in kept):
                return match.group()
            opens = not text[:start].strip() or text[:start].rstrip()[-1] in ".?!:"
            return self._word(match.group(), opens=opens)

        return _WORD.sub(word, text)

    def _word(self, word: str, *, opens: bool) -> str:
        plain = word.lower()
        # A capital within a sentence makes a name.
        if word != plain and not (opens and word[1:].islower()):
            return word
        short = _APOSTROPHES.fullmatch(plain)
        if short and plain not in _OTHER_WORDS:
            cut = short.start("verb") if short["verb"] else short.start("s")
            return f"{word[:cut]}'{word[cut:]}"
        if plain in _SHORT:
            return _SHORT[plain]
        if len(plain) < _SHORTEST or plain in _KNOWN:
            return word
        known = nearest(plain, _BY_INITIAL, _is_slip)
        return word if known is None or self._is_known(plain) else known


def _is_slip(typed: str, known: str) -> bool:
    """Whether letters are swapped, doubled or left out within a word, or a vowel is wrong.

    One more letter at the end makes another word ("cover", "covert"), and so does another consonant
    ("plans", "plays"). Forms in -ing are near to too many verbs ("starting", "staring").
    """
    edits = OSA.distance(typed, known)
    if edits > (2 if len(known) > _LONG else 1):
        return False
    if Counter(typed) == Counter(known) or undoubled(typed) == undoubled(known):
        return True
    if known.endswith("ing") or typed[-1] != known[-1] or len(known) < _SHORTEST + 2:
        return False
    return len(typed) != len(known) or _VOWELS.sub("", typed) == _VOWELS.sub("", known)


_LONG = 10
_VOWELS = re.compile("[aeiou]")
