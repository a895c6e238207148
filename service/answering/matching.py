"""Whether a sentence, read under its headings, says a wording: which words of it do, and where.

All slots must be met close together, and not by words gathered from different items of a list,
unless the items share the head that follows them ("domestic, sexual and alcohol related violence").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from corpus.lines import in_capitals, items_of, parts
from corpus.words import Word, iter_words, stems
from service.answering.wordings import Phrase, Slot, Wording

_OWN_SPREAD = 5
"""Words that may stand between the topic's own words, in all."""
_EVERYDAY_SPREAD = 3
"""The same for everyday words: on the development collections 2 loses a decision, 5 gains none."""
_TERM_SPREAD = 1
"""The same for a term of the glossary, which stands for more than its words. Set on the development
half of the evaluation: from 2 on, words gathered from different phrases named what wasn't there."""


class Place(NamedTuple):
    """Where a slot is met: the positions of the first and the last word of a phrase."""

    first: int
    last: int

    def overlaps(self, other: Place) -> bool:
        """Whether the two share a word."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Match:
    """The words that say a wording; `by_heading` if some stand in a heading above, not here."""

    wording: Wording
    words: tuple[Word, ...]
    by_heading: bool

    @property
    def spread(self) -> int:
        """Characters from the first word to the last."""
        return self.words[-1].end - self.words[0].start


@lru_cache(maxsize=10_000)
def line_of(text: str, headings: tuple[str, ...]) -> Line:
    """A sentence under its headings; kept, for the same ones are judged again and again."""
    return Line(text, headings)


class Line:
    """A sentence with the stems of the headings above it, ready to be matched."""

    def __init__(self, text: str, headings: Sequence[str]) -> None:
        self.text = text
        self._headings = headings

    @cached_property
    def words(self) -> list[Word]:
        """The words of the sentence in order."""
        return list(iter_words(self.text))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """By stem, the positions of its words."""
        places: dict[str, list[int]] = defaultdict(list)
        for position, word in enumerate(self.words):
            places[word.stem].append(position)
        return dict(places)

    @cached_property
    def stems(self) -> Phrase:
        """The stems of its words in order."""
        return tuple(word.stem for word in self.words)

    @cached_property
    def above(self) -> tuple[Phrase, ...]:
        """The stems of each heading in order."""
        return tuple(tuple(stems(heading)) for heading in self._headings)

    @cached_property
    def _items(self) -> list[int]:
        """For each word the number of the list item or clause that it stands in."""
        return items_of(self.text, self.words)

    def is_one_item(self, match: Match) -> bool:
        """Whether the words of a match stand in one item of a list, or one clause."""
        first, last = match.words[0], match.words[-1]
        return not parts(self.text, first.end, last.start)

    def match(self, wording: Wording) -> Match | None:
        """How the sentence says the wording, or None where it doesn't."""
        if wording.initials:
            return self._match_initials(wording)
        if wording.in_order:
            return self._match_in_order(wording)
        here, unmet, by_heading = [], 0, False
        for slot in wording.slots:
            places = self._places(slot)
            if places:
                here.append((slot, places))
            elif self._is_lent(slot, wording):
                by_heading = True
            else:
                unmet += 1
                if unmet > wording.optional:
                    return None
        found = self._close_together(here, wording)
        return Match(wording, found, by_heading) if found else None

    def _places(self, slot: Slot) -> list[Place]:
        """Where a slot is met, in order."""
        # A slot may have a hundred phrases, a sentence has twenty words.
        words = self.places.keys()
        found = [Place(at, at) for word in words & slot.words for at in self.places[word]]
        found += [
            Place(at, at + len(phrase) - 1)
            for first in words & slot.longer.keys()
            for phrase in slot.longer[first]
            for at in self.places[first]
            if self.stems[at : at + len(phrase)] == phrase
        ]
        return sorted(found)

    def _is_lent(self, slot: Slot, wording: Wording) -> bool:
        """Whether a heading above has the topic's own word for a slot."""
        if not (wording.own or wording.optional):
            return False
        return any(_holds(heading, phrase) for phrase in slot.lent for heading in self.above)

    def _match_initials(self, wording: Wording) -> Match | None:
        for place in self._places(wording.slots[0]):
            word = self.words[place.first]
            if in_capitals(self.text, word):
                return Match(wording, (word,), by_heading=False)
        return None

    def _match_in_order(self, wording: Wording) -> Match | None:
        wanted = wording.sequence
        for at in self.places.get(wanted[0], ()):
            found = tuple(self.words[at : at + len(wanted)])
            same = tuple(word.stem for word in found) == wanted
            # A proper name is one by its capital.
            if same and (wording.phrase[0].islower() or self.text[found[0].start].isupper()):
                return Match(wording, found, by_heading=False)
        return None

    def _close_together(
        self, here: list[tuple[Slot, list[Place]]], wording: Wording
    ) -> tuple[Word, ...]:
        """The closest words that meet all slots and belong together, or nothing."""
        starts = sorted({place.first for _, places in here for place in places})
        windows = [window for start in starts if (window := _window(here, start))]
        for window in sorted(windows, key=_width):
            if wording.optional or self._belong_together(window, wording):
                return self._words_at(window)
        return ()

    def _words_at(self, window: list[Place]) -> tuple[Word, ...]:
        return tuple(
            self.words[at] for place in sorted(window) for at in range(place.first, place.last + 1)
        )

    def _belong_together(self, window: list[Place], wording: Wording) -> bool:
        """Whether words stand near each other and in one phrase."""
        met = sum(place.last - place.first + 1 for place in window)
        between = max(window)[1] - min(window)[0] + 1 - met
        return between <= spread_of(wording) and self._one_phrase(
            window, shared=not wording.everyday
        )

    def _one_phrase(self, window: list[Place], *, shared: bool) -> bool:
        """Whether words stand in one item, or each ends an item before a head that they share.

        The head is what the last slot asks for. Only the topic's own words are taken to share one:
        in "theft, noise and dogs" theft is not of dogs.
        """
        last = max(window)
        elsewhere = [
            place for place in window if self._items[place.last] != self._items[last.first]
        ]
        if not elsewhere or not shared:
            return not elsewhere
        return window[-1] == last and all(
            self._items[place.last] != self._items[place.last + 1] for place in elsewhere
        )


def spread_of(wording: Wording) -> int:
    """Words that may stand between those that say a wording, in all."""
    if wording.own:
        return _OWN_SPREAD
    return _EVERYDAY_SPREAD if wording.everyday else _TERM_SPREAD


def _window(here: list[tuple[Slot, list[Place]]], start: int) -> list[Place]:
    """For each slot, in their order, its first place from a word on that no other has taken."""
    window: list[Place] = []
    for _, places in here:
        free = (
            place
            for place in places
            if place.first >= start and not any(map(place.overlaps, window))
        )
        place = next(free, None)
        if place is None:
            return []
        window.append(place)
    return window


def _width(window: list[Place]) -> tuple[int, list[Place]]:
    return max(window).last - min(window).first, sorted(window)


def _holds(text: Phrase, phrase: Phrase) -> bool:
    """Whether words stand side by side in a text."""
    return any(text[at : at + len(phrase)] == phrase for at in range(len(text) - len(phrase) + 1))
