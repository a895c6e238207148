"""Which areas a text names: those held by their aliases, others from the list of places.

Misspelt names are corrected to areas held (Damerau-Levenshtein distance, scaled with length), but
never a word that the plans themselves use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from rapidfuzz.distance import OSA

from corpus.models import Area
from corpus.places import Place
from corpus.words import Word, iter_words

_LONGEST_NAME = 6
"""Words in the longest name or alias worth trying ('bath and north east somerset' has 5)."""


_SHORTEST_POSSESSIVE = 6
"""Letters of the shortest name with an s behind it that is read as its possessive."""


class AreaMention(NamedTuple):
    """An area named at `[start, end)` of a text; `held` tells whether a plan of it may be held."""

    name: str
    held: bool
    start: int
    end: int


class _Name(NamedTuple):
    area: str
    held: bool
    needs_capital: bool


class AreaFinder:
    """Finds areas in questions. Built once for a generation; holds no state between calls."""

    def __init__(
        self,
        areas: Sequence[Area],
        places: Iterable[Place],
        is_plan_word: Callable[[str], bool],
    ) -> None:
        """`is_plan_word` tells whether the plans held use a word, in any of its forms."""
        self._is_plan_word = is_plan_word
        self._names: dict[tuple[str, ...], _Name] = {}
        for area in areas:
            for alias in (area.name, *area.aliases):
                self._names.setdefault(
                    _key(alias), _Name(area.name, held=True, needs_capital=False)
                )
        for place in places:
            self._add_place(place)
        self._initials = _by_initials(areas)

    @cached_property
    def _by_initial(self) -> dict[str, list[tuple[tuple[str, ...], _Name]]]:
        """The names by their first letter, which is seldom mistaken."""
        names: dict[str, list[tuple[tuple[str, ...], _Name]]] = defaultdict(list)
        for key, name in self._names.items():
            names[key[0][0]].append((key, name))
        return dict(names)

    def _add_place(self, place: Place) -> None:
        keys = [_key(name) for name in (place.name, *place.aliases)]
        # A place known under one of its names as an area held lends it all its aliases.
        held = next((self._names[key] for key in keys if key in self._names), None)
        area, is_held = (held.area, held.held) if held else (place.name, False)
        for position, key in enumerate(keys):
            needs_capital = place.ordinary_word and position == 0
            self._names.setdefault(key, _Name(area, is_held, needs_capital))

    def find(self, text: str) -> tuple[AreaMention, ...]:
        """The areas named in a text, in order, longest names first, none overlapping."""
        words = [word for word in iter_words(text) if word.folded != "and"]
        mentions: list[AreaMention] = []
        at = 0
        while at < len(words):
            length, name = self._match_at(words, at, text)
            if name is not None:
                span = (words[at].start, _without_possessive(text, words[at + length - 1]))
                mentions.append(AreaMention(name.area, name.held, *span))
            at += max(length, 1)
        return tuple(mentions)

    def _match_at(self, words: list[Word], at: int, text: str) -> tuple[int, _Name | None]:
        exact = self._exact_at(words, at, text)
        misspelt = self._misspelt_at(words, at)
        return max(exact, misspelt, key=lambda match: match[0])

    def _exact_at(self, words: list[Word], at: int, text: str) -> tuple[int, _Name | None]:
        initials = words[at : at + 2]
        typed = text[initials[0].start : _without_possessive(text, initials[-1])]
        if typed in self._initials:
            return 2, self._initials[typed]
        for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            window = words[at : at + length]
            name = self._named(tuple(_bare(word.folded) for word in window))
            if name and (not name.needs_capital or text[window[0].start].isupper()):
                return length, name
        return 0, None

    def _named(self, typed: tuple[str, ...]) -> _Name | None:
        """The area of a name; of an area held also where its apostrophe is left out."""
        name = self._names.get(typed)
        if name or len(typed[-1]) < _SHORTEST_POSSESSIVE or not typed[-1].endswith("s"):
            return name
        owner = self._names.get((*typed[:-1], typed[-1][:-1]))
        return owner if owner and owner.held else None

    def _misspelt_at(self, words: list[Word], at: int) -> tuple[int, _Name | None]:
        if words[at].is_function_word:
            return 0, None
        window = words[at : at + _LONGEST_NAME]
        typed = tuple(_bare(word.folded) for word in window)
        found = [
            (len(key), -slips, name)
            for key, name in self._by_initial.get(typed[0][0], ())
            if (slips := _slips(typed[: len(key)], key, name)) is not None
            and not self._uses_plan_words(window, key)
        ]
        if not found:
            return 0, None
        length, _, name = max(found, key=lambda match: match[:2])
        return length, name

    def _uses_plan_words(self, window: list[Word], key: tuple[str, ...]) -> bool:
        """Whether a word that would have to be a slip is one that the plans use."""
        return any(
            _bare(word.folded) != known and self._is_plan_word(word.folded)
            for word, known in zip(window, key, strict=False)
        )


def _by_initials(areas: Sequence[Area]) -> dict[str, _Name]:
    """Areas of two names by their initials, 'R&C', where no other area has them."""
    found: dict[str, set[str]] = {}
    for area in areas:
        sides = [side.split() for side in area.name.replace("&", " and ").split(" and ")]
        if len(sides) == 2 and all(sides):
            initials = "&".join("".join(word[0] for word in side) for side in sides).upper()
            found.setdefault(initials, set()).add(area.name)
    return {
        initials: _Name(names.pop(), held=True, needs_capital=False)
        for initials, names in found.items()
        if len(names) == 1 and initials not in _IN_GENERAL_USE
    }


_IN_GENERAL_USE = frozenset({"A&E", "B&B", "H&S", "Q&A", "R&B", "R&D"})
"""Initials by which nobody means an area."""


def _key(name: str) -> tuple[str, ...]:
    return tuple(_bare(word.folded) for word in iter_words(name) if word.folded != "and")


def _bare(folded: str) -> str:
    return folded.removesuffix("'s").removesuffix("'")


def _without_possessive(text: str, word: Word) -> int:
    tail = text[word.start : word.end].replace("’", "'")
    return word.end - 2 if tail.endswith("'s") else word.end


def _slips(window: tuple[str, ...], key: tuple[str, ...], name: _Name) -> int | None:
    """Edits between a typed name and a known one, None where too many to be a slip."""
    if len(window) != len(key) or (len(key) == 1 and name.needs_capital):
        return None
    total = 0
    for typed, known in zip(window, key, strict=True):
        edits = OSA.distance(typed, known)
        if edits > _allowed(known, held=name.held):
            return None
        total += edits
    return total


def _allowed(known: str, *, held: bool) -> int:
    """Edits that still are a slip: more in a long name, and in one that is held."""
    if len(known) < (5 if held else 7):
        return 0
    return 2 if held and len(known) >= 8 else 1
