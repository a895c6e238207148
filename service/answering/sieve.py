"""Which sentences may say which wording, and how strongly: told by arrays, before any is read.

What `matching` would find here isn't lost; a little more may pass. So the judge reads the few that
do, and not the many in which the words of a wording stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.lines import Lines, Mark, number_of
from corpus.prominence import Prominence, Rank
from service.answering.matching import spread_of
from service.answering.wordings import Phrase, Relation, Slot, Wording, Wordings
from service.schemas import Verdict

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

_APART = 256
"""Places between the last word of a sentence and the first of the next."""
_LOW = 0xFFFF
_NO_PLACES = np.empty(0, dtype=np.int64)


def weight(verdict: int, by_heading: int, distance: int, is_label: int) -> int:
    """How strong a finding is, or can be; less is stronger, and parts add up.

    Strongest verdict first, then told by no heading, then the surest words, then no mere label.
    """
    return ((verdict * 2 + by_heading) * 4 + distance) * 2 + is_label


class Sifted(NamedTuple):
    """Which sentence may say which wording, by sentence and then by wording; arrays of one length.

    `sentences` and `wordings` count those that were sifted; `by_heading` tells where a heading has
    to lend a word.
    """

    sentences: Numbers
    wordings: Numbers
    by_heading: Flags


def sifted(lines: Lines, wordings: Wordings, *, in_one_item: bool = False) -> Sifted:
    """What may be said; `in_one_item`: by the sentence itself, with no comma between its words."""
    sieve = _Sieve(lines, wordings, in_one_item=in_one_item)
    found = [
        (said, number, by_heading)
        for number, wording in enumerate(wordings)
        for by_heading, said in sieve.saying(wording)
        if len(said)
    ]
    counts = [len(said) for said, _, _ in found]
    sentences = np.concatenate([_NO_PLACES, *(said for said, _, _ in found)])
    numbers = np.repeat(np.array([number for _, number, _ in found], dtype=np.int64), counts)
    by_heading = np.repeat(np.array([each for _, _, each in found], dtype=bool), counts)
    order = np.lexsort((numbers, sentences))
    return Sifted(sentences[order], numbers[order], by_heading[order])


def weights(may: Sifted, wordings: Wordings, prominence: NDArray[np.uint8]) -> Numbers:
    """How strong each of these is at most, if it is said; `prominence` is that of all sentences."""
    rank = (prominence & Prominence.RANK).astype(np.int64)
    is_label = (rank == Rank.MENTIONED) & (prominence & Prominence.LABEL > 0)
    named = rank * weight(1, 0, 0, 0) + is_label * weight(0, 0, 0, 1)
    perhaps = np.array([each.relation is Relation.PERHAPS for each in wordings], dtype=bool)
    distance = np.array([weight(0, 0, each.distance, 0) for each in wordings], dtype=np.int64)
    verdicts = np.where(
        perhaps[may.wordings], weight(Verdict.POSSIBLE.strength, 0, 0, 0), named[may.sentences]
    )
    weighed: Numbers = verdicts + may.by_heading * weight(0, 1, 0, 0) + distance[may.wordings]
    return weighed


def words_shared(lines: Lines, stems: Iterable[str]) -> Numbers:
    """For each sentence how many of these stems stand in it."""
    sentence = np.repeat(np.arange(len(lines.above)), np.diff(lines.starts))
    shared = np.zeros(len(lines.above), dtype=np.int64)
    for stem in frozenset(stems):
        shared[_distinct(sentence[lines.words == number_of(stem)])] += 1
    return shared


class _Places(NamedTuple):
    """Where a slot is met: the places of the first and of the last word, ascending."""

    first: Numbers
    last: Numbers


class _Sieve:
    """Sentences with the places of all words that the wordings ask for."""

    def __init__(self, lines: Lines, wordings: Wordings, *, in_one_item: bool = False) -> None:
        self._lines = lines
        self._in_one_item = in_one_item
        count, lengths = len(lines.above), np.diff(lines.starts)
        self._sentence = np.repeat(np.arange(count), lengths)
        parted = lines.marks & Mark.APART > 0
        parted[lines.starts[:-1][lengths > 0]] = True
        self._item = np.cumsum(parted)
        self._ends_item = np.append(parted[1:], True)
        self._at = _places(lines.words, frozenset(_stems(wordings)))
        self._met: dict[frozenset[Phrase], _Places] = {}

    def saying(self, wording: Wording) -> Iterator[tuple[int, Numbers]]:
        """The sentences that may say a wording: first by themselves (0), then by a heading (1)."""
        if wording.initials:
            yield 0, self._in_capitals(wording)
        elif wording.in_order:
            yield 0, self._in_order(wording)
        elif wording.meant is not None:
            yield 0, self._meaning(wording)
        elif wording.optional:
            yield from self._nearly(wording)
        else:
            yield 0, self._close_together(wording)
            if wording.own and not self._in_one_item:
                yield 1, self._leaning(wording)

    def _in_capitals(self, wording: Wording) -> Numbers:
        first = self._places(wording.slots[0]).first
        return self._sentences(first[self._lines.marks[first] & Mark.CAPITALS > 0])

    def _in_order(self, wording: Wording) -> Numbers:
        first = self._in_a_row(wording.sequence)
        if not wording.phrase[0].islower():
            first = first[self._lines.marks[first] & Mark.CAPITAL > 0]
        return self._sentences(first)

    def _meaning(self, wording: Wording) -> Numbers:
        lines = self._lines
        (phrase,) = wording.slots[0].phrases
        near = lines.scores >= (wording.meant or 0)
        at = np.flatnonzero((lines.meant == number_of(phrase[0])) & near)
        return _distinct(np.searchsorted(lines.meant_starts, at, side="right") - 1)

    def _close_together(self, wording: Wording) -> Numbers:
        """Those in which a word of the last slot has one of each other near it."""
        slots = [self._places(slot) for slot in wording.slots]
        *others, near = slots
        if not all(len(places.first) for places in slots):
            return _NO_PLACES
        longest = [int((places.last - places.first).max()) + 1 for places in slots]
        for places, length in zip(others, longest, strict=False):
            spread = spread_of(wording) + sum(longest) - longest[-1] - length
            beside = self._beside(near, places, spread, shared=not wording.everyday)
            if not len(beside):
                return _NO_PLACES
            near = _Places(near.first[beside], near.last[beside])
        return self._sentences(near.first)

    def _beside(self, last: _Places, others: _Places, spread: int, *, shared: bool) -> Numbers:
        """Which places of a last slot have one of another slot near, in one phrase with it."""
        reach = spread + 2 + int((others.last - others.first).max(initial=0))
        reach += int((last.last - last.first).max(initial=0))
        here, there = self._apart(last.first), self._apart(others.first)
        lowest = np.searchsorted(there, here - reach)
        counts = np.searchsorted(there, here + reach, side="right") - lowest
        if not counts.any():
            return _NO_PLACES
        number = np.repeat(np.arange(len(here)), counts)
        within = np.arange(len(number)) - np.repeat(np.cumsum(counts) - counts, counts)
        other = lowest[number] + within
        a, z = last.first[number], last.last[number]
        b, y = others.first[other], others.last[other]
        between = np.maximum(b - z, a - y) - 1
        item = self._item
        one = (item[a] == item[y]) | (item[z] == item[b]) | (item[z] == item[y])
        if shared and not self._in_one_item:
            one |= self._ends_item[y] & (b <= a)
        return _distinct(number[(between >= 0) & (between <= spread) & one])

    def _leaning(self, wording: Wording) -> Numbers:
        """Those with a word for a slot at least, and a heading's for each that they lack."""
        met, lent = self._slots_met(wording)
        whole = met.all(axis=0)
        return np.flatnonzero(met.any(axis=0) & (met | lent).all(axis=0) & ~whole)

    def _nearly(self, wording: Wording) -> Iterator[tuple[int, Numbers]]:
        """Those that lack a slot or so."""
        met, lent = self._slots_met(wording)
        enough = met.any(axis=0) & ((~(met | lent)).sum(axis=0) <= wording.optional)
        by_heading = (lent & ~met).any(axis=0)
        yield 0, np.flatnonzero(enough & ~by_heading)
        yield 1, np.flatnonzero(enough & by_heading)

    def _slots_met(self, wording: Wording) -> tuple[Flags, Flags]:
        """By slot and sentence: whether it is met there, and whether a heading lends a word."""
        met = np.zeros((len(wording.slots), len(self._lines.above)), dtype=bool)
        lent = np.zeros_like(met)
        for number, slot in enumerate(wording.slots):
            met[number, self._sentence[self._places(slot).first]] = True
            if not self._in_one_item:
                lent[number] = self._lends(slot.lent)[self._lines.above]
        return met, lent

    def _lends(self, phrases: Iterable[Phrase]) -> Flags:
        """By list of headings whether one of them has one of the phrases."""
        lines = self._lines
        lends = np.zeros(int(lines.above.max(initial=0)) + 1, dtype=bool)
        for phrase in phrases:
            first = np.flatnonzero(lines.heading_words == number_of(phrase[0]))
            first = _followed(lines.heading_words, first, phrase)
            heading = np.searchsorted(lines.heading_starts, first, side="right") - 1
            last = np.searchsorted(lines.heading_starts, first + len(phrase) - 1, side="right") - 1
            lists = lines.heading_list[heading[heading == last]]
            lends[lists[lists < len(lends)]] = True
        return lends

    def _places(self, slot: Slot) -> _Places:
        if slot.phrases not in self._met:
            self._met[slot.phrases] = self._placed(slot)
        return self._met[slot.phrases]

    def _placed(self, slot: Slot) -> _Places:
        words = [self._at[stem] for stem in slot.words & self._at.keys()]
        longer = [
            (self._in_a_row(phrase), len(phrase) - 1)
            for stem in slot.longer.keys() & self._at.keys()
            for phrase in slot.longer[stem]
        ]
        first = np.concatenate([_NO_PLACES, *words, *(places for places, _ in longer)])
        last = np.concatenate([_NO_PLACES, *words, *(places + more for places, more in longer)])
        order = np.argsort(first, kind="stable")
        return _Places(first[order], last[order])

    def _in_a_row(self, phrase: Phrase) -> Numbers:
        """Where the words of a phrase stand side by side."""
        first = _followed(self._lines.words, self._at.get(phrase[0], _NO_PLACES), phrase)
        last = first + len(phrase) - 1
        whole: Numbers = first[self._sentence[first] == self._sentence[last]]
        return whole

    def _apart(self, places: Numbers) -> Numbers:
        """The places, with a gap after each sentence."""
        apart: Numbers = places + self._sentence[places] * _APART
        return apart

    def _sentences(self, places: Numbers) -> Numbers:
        return _distinct(self._sentence[np.sort(places)])


def _distinct(numbers: Numbers) -> Numbers:
    """Ascending numbers, each once: what np.unique gives, in a fifth of its time for a few."""
    first = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return numbers[first]


def _followed(words: NDArray[np.uint32], first: Numbers, phrase: Phrase) -> Numbers:
    """The places of these from which on the words of a phrase stand."""
    first = first[first + len(phrase) <= len(words)]
    for more, stem in enumerate(phrase[1:], start=1):
        first = first[words[first + more] == number_of(stem)]
    return first


def _stems(wordings: Iterable[Wording]) -> Iterator[str]:
    for wording in wordings:
        for slot in wording.slots:
            for phrase in slot.phrases:
                yield from phrase
        if wording.in_order:
            yield from wording.sequence


def _places(words: NDArray[np.uint32], stems: frozenset[str]) -> Mapping[str, Numbers]:
    """By stem where it stands, ascending; those that stand nowhere are left out."""
    stem_of: dict[int, list[str]] = {}
    for stem in stems:
        stem_of.setdefault(number_of(stem), []).append(stem)
    wanted = np.array(sorted(stem_of), dtype=np.uint32)
    likely = np.zeros(_LOW + 1, dtype=bool)
    likely[wanted & _LOW] = True
    at = np.flatnonzero(likely[words & _LOW])
    which = np.searchsorted(wanted, words[at])
    found = np.flatnonzero(which < len(wanted))
    found = found[wanted[which[found]] == words[at[found]]]
    at, which = at[found], which[found]
    order = np.argsort(which, kind="stable")
    numbers, starts = np.unique(which[order], return_index=True)
    runs: Sequence[Numbers] = np.split(at[order], starts[1:])
    return {
        stem: run
        for number, run in zip(numbers.tolist(), runs, strict=False)
        for stem in stem_of[int(wanted[number])]
    }
