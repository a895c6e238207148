"""Sentences of a block, with exact offsets, none longer than a quotation may be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nupunkt import sent_spans

from corpus.models import Span
from corpus.words import FUNCTION_WORDS

MAX_SENTENCE_CHARS = 600
"""The most characters of a quotation, by the answer's contract, and so of a sentence."""

_TITLES = re.compile(
    r"\b(?:cllrs?|sgt|sergt|insp|supt|ch|pc|pcs|pcso|dc|ds|di|dci|acc|dcc|st|mr|mrs|ms|messrs|dr"
    r"|prof|rev|hon|rt|gov|approx|inc|incl|vs|cf|viz|e\.g|i\.e|eg|ie)\.\s*$",
    re.IGNORECASE,
)
"""Titles, ranks and Latin: a stop after them never ends a sentence."""
_REFERENCES = re.compile(
    r"\b(?:nos?|figs?|paras?|pt|vol|ref|tel|ext|pp?|art|sec|ss?|chap)\.\s*$", re.IGNORECASE
)
"""What a number follows; 'The answer is no.' ends a sentence."""
_INITIALS = re.compile(r"(?:\b[A-Z]\.)+\s*$|\betc\.\s*$")
"""These end a sentence only where the next word opens one, as 'The' or 'We' does."""
_LIST_MARK = re.compile(
    r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[a-z]\d{0,2}|[ivx]{2,4})[.)]\s*$", re.IGNORECASE
)
_LABEL = re.compile(
    r"\W*(?:(?:strategic|key|our|local) )?(?:priority(?: area| theme)?|theme|focus area|aim|goal"
    r"|objective|outcome|commitment|pledge|promise|ambition|part|section|chapter|appendix|annex"
    r"|stage|step|strand|pillar|action)(?: no\.?)?"
    r" (?:\d{1,2}|[a-h]|one|two|three|four|five|six|seven|eight|nine|ten)\.\s*$",
    re.IGNORECASE,
)
"""A label goes on with the title after it: 'Priority 1. Burglary'."""
_TAIL = 24
"""Characters at the end of a sentence that show an abbreviation."""
_LABEL_CHARS = 60
"""A longer sentence is no label."""

_LONGEST_WORD = 200
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD},}}")
_NOT_SPACE = re.compile(r"\S|$")
_SPACE = re.compile(r"\s")
_BREAKS = (re.compile(r";\s"), re.compile(r":\s"), re.compile(r",\s"), _SPACE)


def sentences(text: str, words: Span) -> list[Span]:
    """The sentences in `words`, without outer white space; together they hold all its characters.

    They may be longer than `MAX_SENTENCE_CHARS`: see `cut`.
    """
    block = text[words.start : words.end]
    spans = [_trimmed(block, start, end) for start, end in _rejoined(block)]
    return [
        Span(start=words.start + start, end=words.start + end)
        for start, end in spans
        if end > start
    ]


def cut(text: str, sentence: Span) -> Iterator[Span]:
    """Pieces of a sentence of at most `MAX_SENTENCE_CHARS`, cut after ; or : or , or between words.

    Only a single word that is longer than a quotation may be is cut inside.
    """
    start = sentence.start
    while sentence.end - start > MAX_SENTENCE_CHARS:
        window = text[start : start + MAX_SENTENCE_CHARS + 1]
        end = start + _break_in(window)
        yield Span(start=start, end=start + len(text[start:end].rstrip()))
        start = _next_word(text, end)
    yield Span(start=start, end=sentence.end)


def _next_word(text: str, place: int) -> int:
    found = _NOT_SPACE.search(text, place)
    return found.start() if found else len(text)


def _break_in(window: str) -> int:
    """Where to cut: at the best mark in the second half of the window, as late as may be."""
    for mark in _BREAKS:
        places = [found.start() + 1 for found in mark.finditer(window)]
        if places and places[-1] > MAX_SENTENCE_CHARS // 2:
            return min(places[-1], MAX_SENTENCE_CHARS)
    spaces = [found.start() for found in _SPACE.finditer(window)]
    return spaces[-1] if spaces else MAX_SENTENCE_CHARS


def _rejoined(block: str) -> Iterator[tuple[int, int]]:
    """The splitter's sentences, joined again where the break was at an abbreviation."""
    # Words without an end (a line of dots) cost the splitter the square of their length.
    masked = _LONG_WORD.sub(lambda found: "x" * len(found.group()), block)
    start: int | None = None
    for begin, end in sent_spans(masked):
        start = begin if start is None else start
        if end < len(block) and _goes_on(block, start, end):
            continue
        yield start, end
        start = None


def _goes_on(block: str, start: int, end: int) -> bool:
    """Whether a sentence that seems to end at `end` goes on with the word there."""
    tail = block[max(start, end - _TAIL) : end]
    following = "".join(block[end : end + _TAIL].split()[:1])
    # In 'Noise . Dogs . Litter' stops part the items of a line.
    if tail.rstrip().endswith(" .") or _LABEL.fullmatch(
        block, start, min(end, start + _LABEL_CHARS)
    ):
        return True
    if _TITLES.search(tail) or (end - start <= _TAIL and _LIST_MARK.fullmatch(tail)):
        return True
    if _REFERENCES.search(tail):
        return following[:1].isdigit()
    if _INITIALS.search(tail):
        return following.casefold().strip(",") not in FUNCTION_WORDS or following[:1].islower()
    return False


def _trimmed(block: str, start: int, end: int) -> tuple[int, int]:
    words = block[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())
