"""Whether a sentence, read under its headings, says a wording: which words of it do, and where.

All slots must be met close together, and not by words gathered from different items of a list,
unless the items share the head that follows them ("domestic, sexual and alcohol related violence").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.words import Word, iter_words
from service.answering.vocabulary import Slot, Wording

_OWN_SPREAD = 5
"""Words that may stand between the topic's own words, in all."""
_TERM_SPREAD = 1
"""The same for a term of the glossary, which stands for more than its words. Set on the development
half of the evaluation: from 2 on, words gathered from different phrases named what wasn't there."""
_SEPARATOR = re.compile(r"[,;:()•|]|\s[–—-]\s")


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
    def above(self) -> frozenset[str]:
        """The stems of the headings."""
        return frozenset(word.stem for heading in self._headings for word in iter_words(heading))

    @cached_property
    def _items(self) -> list[int]:
        """For each word the number of the list item or clause that it stands in."""
        numbers, number, end = [], 0, 0
        for word in self.words:
            number += bool(_SEPARATOR.search(self.text, end, word.start))
            numbers.append(number)
            end = word.end
        return numbers

    def is_one_item(self, match: Match) -> bool:
        """Whether the words of a match stand in one item of a list, or one clause."""
        first, last = match.words[0], match.words[-1]
        return _SEPARATOR.search(self.text, first.end, last.start) is None

    def match(self, wording: Wording) -> Match | None:
        """How the sentence says the wording, or None where it doesn't."""
        if wording.initials:
            return self._match_initials(wording)
        if wording.in_order:
            return self._match_in_order(wording)
        here = [slot for slot in wording.slots if self._positions(slot)]
        missing = [slot for slot in wording.slots if not self._positions(slot)]
        # A heading lends the topic's own words, but not the mere word for crime.
        lent = wording.own or wording.optional
        unmet = [s for s in missing if len(s) > 1 or not lent or not s & self.above]
        if not here or len(unmet) > wording.optional:
            return None
        by_heading = len(missing) > len(unmet)
        found = self._close_together(here, wording)
        return Match(wording, found, by_heading) if found else None

    def _positions(self, slot: Slot) -> list[int]:
        return [position for stem in slot for position in self.places.get(stem, ())]

    def _match_initials(self, wording: Wording) -> Match | None:
        for position in self._positions(wording.slots[0]):
            word = self.words[position]
            if self.text[word.start : word.end].rstrip("s").isupper():
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

    def _close_together(self, slots: list[Slot], wording: Wording) -> tuple[Word, ...]:
        """The closest words that meet all slots and belong together, or nothing."""
        options = [sorted(self._positions(slot)) for slot in slots]
        windows = []
        for first in sorted({position for positions in options for position in positions}):
            chosen = {next((p for p in positions if p >= first), -1) for positions in options}
            if -1 not in chosen and len(chosen) == len(slots):
                windows.append(sorted(chosen))
        for places in sorted(windows, key=lambda places: (places[-1] - places[0], places)):
            if wording.optional or self._belong_together(places, slots, wording):
                return tuple(self.words[position] for position in places)
        return ()

    def _belong_together(self, places: list[int], slots: list[Slot], wording: Wording) -> bool:
        """Whether words stand near each other and in one phrase."""
        between = places[-1] - places[0] + 1 - len(places)
        spread = _OWN_SPREAD if wording.own else _TERM_SPREAD
        return between <= spread and self._one_phrase(places, slots)

    def _one_phrase(self, places: list[int], slots: list[Slot]) -> bool:
        """Whether words stand in one item, or each ends an item before a head that they share."""
        last = self._items[places[-1]]
        elsewhere = [place for place in places if self._items[place] != last]
        if not elsewhere:
            return True
        head_last = self.words[places[-1]].stem in slots[-1]
        return head_last and all(
            self._items[place] != self._items[place + 1] for place in elsewhere
        )
