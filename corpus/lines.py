"""Sentences as numbers: what is compared of many before any is read.

A word stands as 32 bits of its stem's checksum: two stems in a hundred thousand may share one, so
that equal numbers may be equal words, and different numbers are different words.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from enum import IntFlag
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.models import Passage, Sentence
from corpus.saying import meaning_stem
from corpus.words import Word, iter_words, stems

_SEPARATOR = re.compile(
    # Commas around a name in quotation marks part no items: 'a course, "New Tide", for drivers'.
    r"""(?<!["”]),(?!\s*["“])|[;:)•|]|[.!?]\s|\s[–—-]\s"""
)


class Mark(IntFlag):
    """What is so of a word.

    Something parts it from the one before, as items of a list are; it begins with a capital; it is
    typed in capitals, but for an s at its end.
    """

    APART = 1
    CAPITAL = 2
    CAPITALS = 4


class Lines(NamedTuple):
    """Sentences in order; those of number n are `words[starts[n] : starts[n + 1]]`, `marks` alike.

    What stretches of it mean are `meant[meant_starts[n] : meant_starts[n + 1]]`, with `scores`. The
    headings above it are those whose `heading_list` is `above[n]`; their words stand as sentences'.
    """

    starts: NDArray[np.int64]
    words: NDArray[np.uint32]
    marks: NDArray[np.uint8]
    meant_starts: NDArray[np.int64]
    meant: NDArray[np.uint32]
    scores: NDArray[np.float64]
    above: NDArray[np.uint32]
    heading_starts: NDArray[np.int64]
    heading_words: NDArray[np.uint32]
    heading_list: NDArray[np.uint32]

    def those(self, numbers: NDArray[np.int64]) -> Lines:
        """The sentences of these numbers, numbered anew; the headings stay as they are."""
        starts, words = runs(self.starts, numbers)
        meant_starts, meant = runs(self.meant_starts, numbers)
        return self._replace(
            starts=starts,
            words=self.words[words],
            marks=self.marks[words],
            meant_starts=meant_starts,
            meant=self.meant[meant],
            scores=self.scores[meant],
            above=self.above[numbers],
        )


def runs(
    starts: NDArray[np.int64], numbers: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the runs of these numbers start when they are put together, and what goes there.

    The run of number n goes from `starts[n]` to `starts[n + 1]`.
    """
    first = starts[numbers]
    lengths = starts[numbers + 1] - first
    together = np.concatenate([[0], np.cumsum(lengths)])
    return together, np.arange(together[-1]) + np.repeat(first - together[:-1], lengths)


@lru_cache(maxsize=200_000)
def number_of(stem: str) -> int:
    """What stands for a stem."""
    return crc32(stem.encode())


def items_of(text: str, words: Sequence[Word]) -> list[int]:
    """For each word the number of the list item or clause that it stands in."""
    numbers, number, end = [], 0, 0
    for word in words:
        number += _part(text, end, word.start)
        numbers.append(number)
        end = word.end
    return numbers


def parts(text: str, start: int, end: int) -> bool:
    """Whether something between two places of a text parts items of a list, or clauses."""
    return _SEPARATOR.search(text, start, end) is not None


def _part(text: str, start: int, end: int) -> bool:
    return text[start:end] != " " and parts(text, start, end)


def lines_of(said: Iterable[tuple[Passage, Sentence]]) -> Lines:
    """Sentences of passages as numbers, in this order."""
    words, marks, starts = array("I"), array("B"), array("q", [0])
    meant, scores, meant_starts = array("I"), array("d"), array("q", [0])
    above, lists = array("I"), dict[tuple[str, ...], int]()
    for passage, sentence in said:
        for number, mark in _words_of(passage.quote(sentence)):
            words.append(number)
            marks.append(mark)
        for each in passage.meanings_of(sentence):
            meant.append(number_of(meaning_stem(each.term)))
            scores.append(each.score)
        starts.append(len(words))
        meant_starts.append(len(meant))
        above.append(lists.setdefault(passage.path[1:], len(lists)))
    return Lines(
        _array(starts, np.int64),
        _array(words, np.uint32),
        _array(marks, np.uint8),
        _array(meant_starts, np.int64),
        _array(meant, np.uint32),
        _array(scores, np.float64),
        _array(above, np.uint32),
        *_headings(lists),
    )


def in_capitals(text: str, word: Word) -> bool:
    """Whether a word is typed in capitals, but for an s at its end."""
    return text[word.start : word.end].rstrip("s").isupper()


def _words_of(text: str) -> Iterator[tuple[int, int]]:
    words = list(iter_words(text))
    items = items_of(text, words)
    for word, (before, item) in zip(words, pairwise([0, *items]), strict=True):
        mark = Mark.APART if before != item else 0
        mark |= Mark.CAPITAL if text[word.start].isupper() else 0
        mark |= Mark.CAPITALS if in_capitals(text, word) else 0
        yield number_of(word.stem), mark


def _headings(lists: Iterable[tuple[str, ...]]) -> tuple[NDArray, NDArray, NDArray]:  # type: ignore[type-arg]
    words, starts, of_list = array("I"), array("q", [0]), array("I")
    for number, headings in enumerate(lists):
        for heading in headings:
            words.extend(map(number_of, stems(heading)))
            starts.append(len(words))
            of_list.append(number)
    return _array(starts, np.int64), _array(words, np.uint32), _array(of_list, np.uint32)


def _array(values: array[int] | array[float], kind: type) -> NDArray:  # type: ignore[type-arg]
    return np.array(values, dtype=kind)
