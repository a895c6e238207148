"""The strongest thing that a plan says of a topic, judging no more sentences than that takes.

Of each sentence found it is known, unread, what it can say at most: by its prominence, by whether
it holds a word for something new, and by whether it holds the topic's own words. The sentences of a
plan are judged in that order, until none that is left can say anything stronger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.models import Passage, Prominence, Sentence, Standing
from corpus.retrieval import Found
from corpus.words import stems
from service.answering.judge import Finding, named_in, related_in
from service.answering.wordings import Topic
from service.schemas import Verdict

_SENTENCE = 4
"""Words in the shortest sentence that says something."""
_AT_ONCE = 8
"""Passages read at once, where the first of a plan doesn't settle it."""

WORDS_FOR_NEW = frozenset(stems("emerging emergent new newest newly"))
"""Stems of the words with one of which all begin that `judge.EMERGING` looks for."""

Read = Callable[[Sequence[int]], Sequence[Passage]]


class Place(NamedTuple):
    """Where a sentence is: the place of its passage, and its own in that."""

    passage: int
    at: int


class Strength(NamedTuple):
    """How strong a finding is, or can be; the least is the strongest."""

    verdict: int
    by_heading: bool
    distance: int
    is_label: bool
    place: Place


def by_strength(finding: Finding) -> tuple[int, bool, int, bool, int]:
    """Strongest verdict first, then the surest words, told by no heading, then in order.

    A mere label ("Street lighting.") says less than a sentence.
    """
    match, quote = finding.match, finding.passage.quote(finding.sentence)
    is_label = finding.verdict is Verdict.MENTIONED and len(quote.split()) < _SENTENCE
    strength = finding.verdict.strength
    return strength, match.by_heading, match.wording.distance, is_label, finding.sentence.start


@dataclass(frozen=True)
class Naming:
    """What one plan says by the wordings of a topic.

    `bounds` are those of the sentences that may say one, and where they are; strongest first.
    """

    topic: Topic
    bounds: Sequence[Strength]
    read: Read

    @property
    def first(self) -> int:
        """The place of the passage that is read first."""
        return self.bounds[0].place.passage

    @property
    def best(self) -> Finding | None:
        """The strongest finding, or None where nothing names the topic or may mean it."""
        return self._strongest[0] if self._strongest else None

    @cached_property
    def _strongest(self) -> tuple[Finding, Strength] | None:
        best: tuple[Finding, Strength] | None = None
        places = [bound.place for bound in self.bounds]
        for bound, (passage, sentence) in zip(self.bounds, _said(places, self.read), strict=True):
            if best is not None and best[1] < bound:
                break
            finding = named_in(self.topic, passage, sentence)
            if finding is not None:
                strength = Strength(*by_strength(finding)[:-1], bound.place)
                if best is None or strength < best[1]:
                    best = finding, strength
        return best

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every sentence that names the topic or may mean it, strongest first."""
        return self._judged(_said(self._places, self.read))

    @property
    def beside(self) -> tuple[Finding, ...]:
        """Of these, the ones in the section of the strongest."""
        if self._strongest is None:
            return ()
        best, strength = self._strongest
        at = self._places.index(strength.place)

        def in_section(places: Sequence[Place]) -> Iterator[tuple[Passage, Sentence]]:
            section = best.passage.section_id
            return takewhile(lambda said: said[0].section_id == section, _said(places, self.read))

        before, after = self._places[:at], self._places[at:]
        return self._judged([*in_section(before[::-1]), *in_section(after)])

    @cached_property
    def _places(self) -> list[Place]:
        """Where the sentences are, in reading order."""
        return sorted(bound.place for bound in self.bounds)

    def _judged(self, said: Iterable[tuple[Passage, Sentence]]) -> tuple[Finding, ...]:
        found = (named_in(self.topic, passage, sentence) for passage, sentence in said)
        return tuple(sorted((finding for finding in found if finding), key=by_strength))


def namings(
    topic: Topic, found: Found, new: NDArray[np.bool_], own: NDArray[np.bool_], read: Read
) -> dict[int, Naming]:
    """By the number of each plan, what it says by the sentences found.

    `new` tells of each of them whether it may call something new, `own` whether it holds the
    topic's own words.
    """
    verdict, distance = _strongest_verdict(found, new), np.where(own, 0, 1)
    order = np.lexsort((found.at, found.places, distance, verdict, found.plans))
    columns = (verdict, distance, found.places, found.at)
    bounds = [
        Strength(strongest, False, words, False, Place(place, at))  # noqa: FBT003 - as they sort
        for strongest, words, place, at in zip(*(c[order].tolist() for c in columns), strict=True)
    ]
    numbers, starts = np.unique(found.plans[order], return_index=True)
    ends = [*starts.tolist(), len(bounds)][1:]
    return {
        number: Naming(topic, bounds[start:end], read)
        for number, start, end in zip(numbers.tolist(), starts.tolist(), ends, strict=True)
    }


def _strongest_verdict(found: Found, new: NDArray[np.bool_]) -> NDArray[np.int64]:
    may_be = {
        Verdict.PRIORITY: found.prominence == Prominence.PRIORITY,
        Verdict.EMERGING: new | (found.prominence == Prominence.EMERGING),
    }
    strengths = [verdict.strength for verdict in may_be]
    return np.select(list(may_be.values()), strengths, default=Verdict.MENTIONED.strength)


def first_related(topic: Topic, found: Found, read: Read) -> Finding | None:
    """The first sentence that names something near; one of the body only where there is no other.

    The sentences found are all of one plan.
    """
    in_body = found.prominence == Prominence.BODY
    first = None
    for passage, sentence in _said(_places(found.those(~in_body)), read):
        finding = related_in(topic, passage, sentence)
        if finding and sentence.standing is not Standing.BODY:
            return finding
        first = first or finding
    for passage, sentence in _said(_places(found.those(in_body)), read):
        if first and first.sentence.start < sentence.start:
            break
        finding = related_in(topic, passage, sentence)
        if finding:
            return finding
    return first


def _places(found: Found) -> list[Place]:
    return list(map(Place, found.places.tolist(), found.at.tolist()))


def _said(places: Sequence[Place], read: Read) -> Iterator[tuple[Passage, Sentence]]:
    """The sentences at these places; passages are read as they are asked for, a few at once."""
    for first, end in _parts(len(places)):
        some = places[first:end]
        passages = read([place.passage for place in some])
        for place, passage in zip(some, passages, strict=True):
            yield passage, passage.sentences[place.at]


def _parts(count: int) -> Iterator[tuple[int, int]]:
    """The first by itself, then some at once."""
    yield 0, 1
    for first in range(1, count, _AT_ONCE):
        yield first, first + _AT_ONCE
