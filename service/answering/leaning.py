"""What a question is about that says it elsewhere: 'Mopeds on the green. Is that anywhere?'.

A sentence that holds but words of asking leans on the clause beside it that says a thing. One that
has a topic of its own is never answered by another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.answering import grammar
from service.answering.areas import AreaMention
from service.answering.asking import asks_only, content
from service.answering.courtesies import INTRODUCES, TOLD
from service.answering.framing import Frame
from service.answering.lexicon import Lexicon
from service.answering.topics import Asked, Topic, topic_of, trimmed

_CLAUSE = re.compile(r"[\w@“\"'‘(£].*?(?=[.,:;!?–]+(?:\s|$)| - |$)")
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
_FINITE = re.compile(
    r" (?:is|are|was|were) (?!being\b|getting\b)|['’]s (?=(?:my|our|an?|the|everywhere)\b)",
    re.IGNORECASE,
)
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


@dataclass(frozen=True)
class Surroundings:
    """All that was typed around a question: `masked` and `mentions` are of the whole text."""

    asked: Asked
    masked: str
    mentions: Sequence[AreaMention]
    lexicon: Lexicon

    def topic(self) -> Topic | None:
        """What the sentences before the question are about, else what those behind it are."""
        frame = self.asked.frame
        regions = [(0, frame.sentence), (frame.end, len(self.masked))]
        if not frame.ahead:
            regions.insert(0, (frame.sentence, frame.start))
        return next((topic for region in regions if (topic := self._told_in(*region))), None)

    def _told_in(self, first: int, last: int) -> Topic | None:
        """Of the clauses of a stretch the one that says most of a thing, else a term there."""
        clauses = (self._clause(match) for match in _CLAUSE.finditer(self.masked, first, last))
        told = [topic for topic in clauses if topic]
        if told:
            return max(told, key=self._weight)
        term = self.lexicon.longest_term_in(self.asked.text[first:last])
        if term is None:
            return None
        start = self.asked.text.index(term, first)
        return Topic(term, start, start + len(term))

    def _weight(self, topic: Topic) -> tuple[bool, bool, int, int]:
        """How much a clause says: of no one's own, a listed term, its length, how near it is."""
        term = self.lexicon.longest_term_in(topic.phrase) is not None
        own = _OWNER.search(topic.phrase) is not None
        return not own, term, len(content(topic.phrase)), topic.start

    def _clause(self, match: re.Match[str]) -> Topic | None:
        """What a clause is about, without what leads to it and the words of grammar around it."""
        start, end = match.span()
        if INTRODUCES.search(self.masked, start, end):
            return None
        told = TOLD.match(self.masked, start, end)
        speaks = None if told else _SPEAKER_FIRST.match(self.masked, start, end)
        said = told or speaks
        topic = self._topic_between(said.end() if said else start, end)
        if topic is None or asks_only(topic.phrase) or _SPEAKER.search(topic.phrase):
            return None
        return self._side_of_a_verb(self._term_told(topic) if speaks else topic)

    def _topic_between(self, start: int, end: int) -> Topic | None:
        inside = tuple(area for area in self.mentions if start <= area.start < end)
        frame = Frame(start, end, None, whether=False, several=False, sentence=start)
        masked = " " * start + self.masked[start:end]
        clause = Asked(self.asked.text, masked, frame, inside)
        return topic_of(clause, [], self.lexicon.term_length)

    def _term_told(self, topic: Topic) -> Topic:
        """Of what somebody tells of himself the listed term of several words, if there is one."""
        term = self.lexicon.longest_term_in(topic.phrase)
        return replace(topic, phrase=term) if term and " " in term else topic

    def _side_of_a_verb(self, topic: Topic) -> Topic:
        """Of 'ket is everywhere' and 'our moan is mopeds' the side that alone has a listed term."""
        verb = _FINITE.search(topic.phrase)
        if verb is None:
            return topic
        sides = topic.phrase[: verb.start()], topic.phrase[verb.end() :]
        if _OWNER.match(sides[1]):  # "Mopeds are my bugbear."
            return replace(topic, phrase=trimmed(sides[0]))
        listed = [side for side in sides if self.lexicon.longest_term_in(side)]
        return replace(topic, phrase=trimmed(listed[0])) if len(listed) == 1 else topic


def with_what_it_means(topic: Topic, asked: Asked, lexicon: Lexicon) -> Topic:
    """'Reckless riding of them' with what 'them' are in its place."""
    pronoun = _OF_IT.match(asked.text, topic.end)
    term = lexicon.longest_term_in(asked.text[: asked.frame.start]) if pronoun else None
    if pronoun is None or term is None:
        return topic
    return replace(topic, phrase=f"{topic.phrase} {pronoun['joint']} {term}")
