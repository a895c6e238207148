"""What a question is about that says it elsewhere: 'Mopeds on the green. Is that anywhere?'.

A sentence that holds but words of asking leans on the clause beside it that says a thing. One that
has a topic of its own is never answered by another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.answering import grammar
from service.answering.areas import AreaMention
from service.answering.asking import asks_only, content
from service.answering.courtesies import INTRODUCES, TOLD
from service.answering.framing import Frame
from service.answering.lexicon import Lexicon
from service.answering.topics import Asked, Topic, topic_of, trimmed

_CLAUSE = re.compile(r"\S.*?(?=[.,:;!?–]+(?:\s|$)| - |$)")
_SPEAKER = re.compile(r"\b(?:I|we|you)\b", re.IGNORECASE)
_OWNER = re.compile(r"\b(?:my|our|your)\b", re.IGNORECASE)
_SPEAKER_FIRST = re.compile(
    r"(?:and |so |but )?(?:i|we)(?:['’](?:ve|d|m|re))?"
    r"(?: (?:have|had|has|got|get|keep|kept|see|saw|seen|seeing|find|finding|been|am|are|was|were|"
    r"just|always|still|having|getting))*"
    r"(?: (?:writing|reading|asking|working|reporting|looking|thinking|talking)"
    r"(?: (?:about|on|at|into|up))?)?(?: an? (?:run|spate|string|series|couple|load|rash|wave) of)?"
    r" (?=\S)"
)
"""'We keep getting …': what follows is what is told of."""
_FINITE = re.compile(r" (?:is|are|was|were) (?!being\b|getting\b)", re.IGNORECASE)
_WHAT = re.compile(r"(?:and |so )?what\b")
_OF_THE_PLAN = re.compile(
    r"\b(?:the|their|its) (?:plan|strategy|council|partnership|document|area|borough|district|"
    r"force)\b|\b(?:they|their|there|its)\b"
)
_OF_IT = re.compile(
    r" (?P<joint>of|against|from|to|by|on) (?:it|this|that|them|these|those)\b", re.I
)


def leans(core: str) -> bool:
    """Whether a masked question speaks of what was named before, or says nothing by itself."""
    said_before = grammar.PRONOUN.search(core) or _OF_THE_PLAN.search(core)
    return bool(said_before) or asks_only(core)


def says_nothing(core: str) -> bool:
    """Whether a masked question asks for nothing in particular: 'what's that about'."""
    return bool(_WHAT.match(core)) and asks_only(core) and not grammar.SPECIFIC_FACT.search(core)


def topic_around(
    asked: Asked, mentions: Sequence[AreaMention], masked: str, lexicon: Lexicon
) -> Topic | None:
    """What the sentences before a question are about, else what those behind it are.

    `masked` and `mentions` are of all that was typed.
    """
    frame = asked.frame
    regions = [(0, frame.sentence), (frame.end, len(masked))]
    if not frame.ahead:
        regions.insert(0, (frame.sentence, frame.start))
    found = (_told_in(asked, mentions, masked, region, lexicon) for region in regions)
    return next((topic for topic in found if topic), None)


def with_what_it_means(topic: Topic, asked: Asked, lexicon: Lexicon) -> Topic:
    """'Reckless riding of them' with what 'them' are in its place."""
    pronoun = _OF_IT.match(asked.text, topic.end)
    term = lexicon.longest_term_in(asked.text[: asked.frame.start]) if pronoun else None
    if pronoun is None or term is None:
        return topic
    return replace(topic, phrase=f"{topic.phrase} {pronoun['joint']} {term}")


def _told_in(
    asked: Asked,
    mentions: Sequence[AreaMention],
    masked: str,
    region: tuple[int, int],
    lexicon: Lexicon,
) -> Topic | None:
    """Of the clauses of a stretch in which nobody speaks the one that says most of a thing."""
    told = [
        topic
        for start, end in _clauses(masked, *region)
        if (topic := _topic_in(asked, mentions, masked, start, end, lexicon))
    ]
    if told:
        return max(told, key=lambda topic: _weight(topic, lexicon))
    term = lexicon.longest_term_in(asked.text[slice(*region)])
    if term is None:
        return None
    start = asked.text.index(term, region[0])
    return Topic(term, start, start + len(term))


def _weight(topic: Topic, lexicon: Lexicon) -> tuple[bool, bool, int, int]:
    """How much a clause says: of no one's own, a listed term, its length, and how near it is."""
    term = lexicon.longest_term_in(topic.phrase) is not None
    own = _OWNER.search(topic.phrase) is not None
    return not own, term, len(content(topic.phrase)), topic.start


def _clauses(masked: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    for clause in _CLAUSE.finditer(masked, first, last):
        start, end = clause.span()
        if INTRODUCES.search(masked, start, end):
            continue
        told = TOLD.match(masked, start, end) or _SPEAKER_FIRST.match(masked, start, end)
        yield (told.end() if told else start), end


def _topic_in(
    asked: Asked,
    mentions: Sequence[AreaMention],
    masked: str,
    start: int,
    end: int,
    lexicon: Lexicon,
) -> Topic | None:
    """What a clause is about, without areas and the words of grammar around it."""
    inside = tuple(area for area in mentions if start <= area.start < end)
    frame = Frame(start, end, None, whether=False, several=False, sentence=start)
    clause = Asked(asked.text, " " * start + masked[start:end], frame, inside)
    topic = topic_of(clause, [], lexicon.term_length)
    if topic is None or asks_only(topic.phrase) or _SPEAKER.search(topic.phrase):
        return None
    return _side_of_a_verb(topic, lexicon)


def _side_of_a_verb(topic: Topic, lexicon: Lexicon) -> Topic:
    """Of 'ket is everywhere' and 'our moan is mopeds' the side that has a listed term alone."""
    verb = _FINITE.search(topic.phrase)
    if verb is None:
        return topic
    sides = topic.phrase[: verb.start()], topic.phrase[verb.end() :]
    listed = [side for side in sides if lexicon.longest_term_in(side)]
    return replace(topic, phrase=trimmed(listed[0])) if len(listed) == 1 else topic
