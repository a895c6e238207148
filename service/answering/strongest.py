"""The strongest thing that a plan says of a topic, judging no more sentences than that takes.

Of each sentence found it is known, unread, what it can say at most (`sieve`). The sentences of a
plan are judged in that order, until none that is left can say anything stronger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile
from operator import attrgetter
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from corpus.lines import Lines
from corpus.models import Passage, Sentence
from corpus.prominence import Prominence, is_label
from corpus.retrieval import Found
from service.answering.judge import Finding, named_in, related_in
from service.answering.sieve import Sifted, sifted, weight, weights
from service.answering.wordings import Topic, Wording, Wordings
from service.schemas import Verdict

_AT_ONCE = 8
"""Passages read at once, where the first of a plan doesn't settle it."""

Read = Callable[[Sequence[int]], Sequence[Passage]]


class Place(NamedTuple):
    """Where a sentence is: the place of its passage, and its own in that."""

    passage: int
    at: int


class Candidate(NamedTuple):
    """A sentence that may say a topic: the least that it can weigh, and by which wordings."""

    least: int
    place: Place
    wordings: Sequence[Wording]


def by_strength(finding: Finding) -> tuple[int, int]:
    """How a finding sorts among those of its plan: strongest first, then in order."""
    match, verdict = finding.match, finding.verdict
    label = verdict is Verdict.MENTIONED and is_label(finding.passage.quote(finding.sentence))
    weighed = weight(verdict.strength, match.by_heading, match.wording.distance, label)
    return weighed, finding.sentence.start


@dataclass(frozen=True)
class Naming:
    """What one plan says by the wordings of a topic.

    `candidates` are the sentences that may say one, those that can be strongest first.
    """

    candidates: Sequence[Candidate]
    read: Read

    @property
    def best(self) -> Finding | None:
        """The strongest finding, or None where nothing names the topic or may mean it."""
        return self._strongest[0] if self._strongest else None

    @cached_property
    def _strongest(self) -> tuple[Finding, Place] | None:
        best: tuple[int, Place, Finding] | None = None
        for some in _parts(self.candidates):
            if best is not None and best[:2] < some[0][:2]:
                break
            for candidate, passage, sentence in _read(some, self.read):
                finding = named_in(candidate.wordings, passage, sentence)
                if finding is not None:
                    weighed = by_strength(finding)[0], candidate.place
                    if best is None or weighed < best[:2]:
                        best = *weighed, finding
        return best and (best[2], best[1])

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every sentence that names the topic or may mean it, strongest first."""
        return self._judged(_said(self._in_order, self.read))

    @property
    def beside(self) -> tuple[Finding, ...]:
        """Of these, the ones in the section of the strongest."""
        if self._strongest is None:
            return ()
        best, place = self._strongest
        at = [candidate.place for candidate in self._in_order].index(place)

        def in_section(candidates: Sequence[Candidate]) -> Iterator[_Said]:
            section, said = best.passage.section_id, _said(candidates, self.read)
            return takewhile(lambda each: each.passage.section_id == section, said)

        before, after = self._in_order[:at], self._in_order[at:]
        return self._judged([*in_section(before[::-1]), *in_section(after)])

    @cached_property
    def _in_order(self) -> list[Candidate]:
        """The candidates in reading order."""
        return sorted(self.candidates, key=attrgetter("place"))

    def _judged(self, said: Iterable[_Said]) -> tuple[Finding, ...]:
        found = (named_in(each.candidate.wordings, each.passage, each.sentence) for each in said)
        return tuple(sorted((finding for finding in found if finding), key=by_strength))


def namings(topic: Topic, found: Found, lines: Lines, read: Read) -> dict[int, Naming]:
    """By the number of each plan, what it says by the sentences found, which `lines` holds.

    The passages of the first candidates are read, all at once.
    """
    may = sifted(lines, topic.wordings)
    weighed = weights(may, topic.wordings, found.prominence)
    by_plan = _by_plan(topic.wordings, found, may, weighed)
    _read_first(by_plan, read)
    return {plan: Naming(candidates, read) for plan, candidates in by_plan.items()}


def related(topic: Topic, found: Found, lines: Lines, read: Read) -> dict[int, Finding]:
    """By the number of each plan, the first sentence that names something near the topic.

    One of the body only where there is no other.
    """
    may = sifted(lines, topic.wider, in_one_item=True)
    of_body = found.prominence[may.sentences] & Prominence.BODY
    by_plan = _by_plan(topic.wider, found, may, of_body.astype(np.int64))
    _read_first(by_plan, read)
    told = ((plan, _first_related(each, read)) for plan, each in by_plan.items())
    return {plan: finding for plan, finding in told if finding}


def _first_related(candidates: Sequence[Candidate], read: Read) -> Finding | None:
    said = _said(candidates, read)
    found = (related_in(each.candidate.wordings, each.passage, each.sentence) for each in said)
    return next(filter(None, found), None)


def _read_first(by_plan: Mapping[int, Sequence[Candidate]], read: Read) -> None:
    """Reads the passages that are judged first, so that one query serves for all plans."""
    read([candidates[0].place.passage for candidates in by_plan.values()])


def _by_plan(
    wordings: Wordings, found: Found, may: Sifted, weighed: NDArray[np.int64]
) -> dict[int, Sequence[Candidate]]:
    """By the number of each plan its sentences that may say something, the lightest first."""
    sentences, starts = np.unique(may.sentences, return_index=True)
    if not len(sentences):
        return {}
    ends = np.append(starts[1:], len(may.sentences))
    least = np.minimum.reduceat(weighed, starts)
    plans, places, at = found.plans[sentences], found.places[sentences], found.at[sentences]
    order = np.lexsort((at, places, least, plans))
    columns = (each[order].tolist() for each in (least, places, at, starts, ends))
    held = _Columns([wordings[number] for number in may.wordings.tolist()], *columns)
    numbers, first = np.unique(plans[order], return_index=True)
    bounds = pairwise([*first.tolist(), len(order)])
    return {
        plan: _Lazily(held, range(*bound))
        for plan, bound in zip(numbers.tolist(), bounds, strict=True)
    }


class _Columns(NamedTuple):
    """Candidates one beside the other; the wordings of one are `said[start:end]`."""

    said: list[Wording]
    least: list[int]
    passages: list[int]
    at: list[int]
    starts: list[int]
    ends: list[int]

    def candidate(self, row: int) -> Candidate:
        """The candidate in a row."""
        said = self.said[self.starts[row] : self.ends[row]]
        return Candidate(self.least[row], Place(self.passages[row], self.at[row]), said)


class _Lazily(Sequence[Candidate]):
    """The candidates in some rows, made when they are asked for: of thousands few are."""

    def __init__(self, columns: _Columns, rows: range) -> None:
        self._columns, self._rows = columns, rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Candidate: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Candidate]: ...
    def __getitem__(self, at: int | slice) -> Candidate | Sequence[Candidate]:
        if isinstance(at, slice):
            return _Lazily(self._columns, self._rows[at])
        return self._columns.candidate(self._rows[at])


class _Said(NamedTuple):
    """A candidate, read."""

    candidate: Candidate
    passage: Passage
    sentence: Sentence


def _said(candidates: Sequence[Candidate], read: Read) -> Iterator[_Said]:
    """The candidates with their sentences; passages are read when asked for, a few at once."""
    for some in _parts(candidates):
        yield from _read(some, read)


def _read(candidates: Sequence[Candidate], read: Read) -> Iterator[_Said]:
    passages = read([candidate.place.passage for candidate in candidates])
    for candidate, passage in zip(candidates, passages, strict=True):
        yield _Said(candidate, passage, passage.sentences[candidate.place.at])


def _parts(candidates: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
    """The first by itself, then some at once."""
    if candidates:
        yield candidates[:1]
    for first in range(1, len(candidates), _AT_ONCE):
        yield candidates[first : first + _AT_ONCE]
