"""The parts of a plan that a question asks for, and what plans have side by side."""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.words import iter_words
from service.answering import asking, grammar, ranks, times
from service.answering.asking import asks_only, content
from service.answering.intents import intent_on_part
from service.answering.lexicon import Lexicon
from service.answering.topics import Asked, Topic, topic_of
from service.schemas import Intent


class Part(StrEnum):
    """A part of a plan that can be listed."""

    VISION = "vision"
    OBJECTIVES = "objectives"
    PRIORITIES = "priorities"
    EMERGING = "emerging"
    PERIOD = "period"


class Survey(StrEnum):
    """What a question asks of plans side by side, without a topic."""

    SHARED = "shared"
    COMMONEST = "commonest"
    UNIQUE = "unique"
    MOST = "most"
    FEWEST = "fewest"


def part_in(masked: str) -> Part | None:
    """The part of a plan that a masked question names, if any."""
    if times.PERIOD.search(masked):
        return Part.PERIOD
    match = ranks.STRUCTURE.search(masked)
    return Part(match.lastgroup) if match and match.lastgroup else None


def changes_over_years(core: str) -> bool:
    """Whether a question asks how a part of a plan changed from one year to another."""
    return bool(
        (ranks.STRUCTURE.search(core) or times.PLANS_OF_YEARS.search(core))
        and times.CHANGED.search(core)
        and times.BETWEEN_YEARS.search(core)
    )


def survey_in(asked: Asked, lexicon: Lexicon) -> Survey | None:
    """What is asked of plans side by side, where taking that away leaves no topic."""
    match = ranks.SURVEY.search(asked.masked)
    if match is None or match.lastgroup is None:
        return None
    rest = topic_of(asked, [match], lexicon.term_length)
    return Survey(match.lastgroup) if rest is None or _only_names(rest) else None


_DOCUMENT = rf"(?:[\w’'-]+ ){{0,4}}\b{grammar.DOCUMENT}(?=\W|$)"
"""A document with what tells which: 'the youth justice plan'."""

_GENERIC = frozenset(
    """commissioner commissioner's pcc pcc's partnership's board board's strategic annual key
    main community safety partnership safer list one two three four five six seven eight nine
    ten latest current chosen set out anything something action joint""".split()
)
"""Words beside the name of a part of a plan that say nothing more."""


def is_of_part(topic: Topic | None, asked: Asked) -> bool:
    """Whether words only say more of a part of a plan: its other name, or whose it is.

    Behind the name of a part a topic is led to ("priorities on drugs"); what isn't says whose the
    part is, or for when ("the priorities in its half of the booklet").
    """
    part = ranks.STRUCTURE.search(asked.core)
    if topic is None or part is None:
        return False
    if _only_names(topic):
        return True
    start = asked.frame.start + part.start()
    end = asked.frame.start + part.end()
    # Where the topic has the part's name in it, what follows the name would lead to the topic.
    between = asked.masked[end : topic.start if topic.start > start else topic.end]
    lists = intent_on_part(asked.core) in {Intent.LIST, Intent.COUNT}
    behind = topic.start >= start
    words = {word.folded for word in iter_words(between)}
    return lists and behind and words.isdisjoint(asking.LEADS_TO_A_TOPIC)


def _only_names(topic: Topic) -> bool:
    """Whether a topic is but the name of a part of a plan, such as 'strategic priorities'."""
    names = re.sub(ranks.STRUCTURE, " ", topic.phrase.lower())
    names = re.sub(rf"{_DOCUMENT}|\b{grammar.SUBJECT}\b", " ", names)
    return all(word in _GENERIC or asks_only(word) for word in content(names))
