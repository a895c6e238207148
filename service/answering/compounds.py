"""Topics that a question joins: 'a or b', 'both a and b', 'a but not b'."""

from __future__ import annotations

import re
from enum import StrEnum

from service.answering import asking, denials, grammar
from service.answering.asking import asks_only, content
from service.answering.lexicon import Lexicon
from service.answering.topics import Topic, trimmed

_LONGEST_TOPIC = 6
"""Words that carry meaning in the longest phrase taken for a topic as it stands."""


_PREPOSITION = "|".join(sorted(asking.PREPOSITIONS))


_HAPPENS = re.compile(r"\w (?:being|getting|\w{3,}(?:ing|ed))\b")
"""Something is done: 'ponies abandoned', but not 'begging'."""
_SHARED = re.compile(rf" (?:(?:being|getting) \w+|\w{{3,}}(?:ing|ed)\b|{_PREPOSITION}) .*")
"""What the last of some things has behind it that is true of all: 'falling over at home'."""

_INCLUDED = re.compile(
    r",? (?:including|especially|particularly|not least|rather than|as opposed to) .+$"
    r"|, [^,]+ (?:especially|in particular)$|, (?:that|those) of .+$",
    re.IGNORECASE,
)
"""What a topic is said to have in it."""


_QUESTION = re.compile(r"(?:what|who|which|where|how|when|why)\b", re.IGNORECASE)


class Combine(StrEnum):
    """How the topics of a question belong together."""

    ANY = "any"
    ALL = "all"


class Compounds:
    """Parts topics that are joined. Built once; holds no state between calls."""

    def __init__(self, lexicon: Lexicon) -> None:
        """`lexicon` tells the terms that are one topic though they have an 'and'."""
        self._lexicon = lexicon

    def parts_of(
        self, topic: Topic | None, *, denied: bool, told: bool = False
    ) -> tuple[tuple[str, ...], tuple[str, ...], Combine]:
        """The topics asked for, those asked to be absent, and how the former belong together.

        `told` tells that the topic is told of beside the question: of several things any will do.
        """
        if topic is None:
            return (), (), Combine.ALL
        phrase = _INCLUDED.sub("", topic.phrase)
        wanted, unwanted = _sides(phrase, denied=denied)
        if self._lexicon.is_term(phrase) and not unwanted:
            return (phrase,), (), Combine.ALL
        if _tells_a_story(phrase) and not told:
            return (self._lexicon.longest_term_in(phrase) or phrase,), (), Combine.ALL
        topics, combine = self._split(wanted)
        if told and not unwanted:
            return self._told(phrase, topics), (), Combine.ANY
        return topics, self._split(unwanted)[0] if unwanted else (), combine

    def _told(self, phrase: str, topics: tuple[str, ...]) -> tuple[str, ...]:
        """What a story joins by 'and': one thing where something happens in it, else things."""
        happens = any(map(_HAPPENS.search, topics)) and re.search(r" (?:and|&) ", phrase)
        listed = all(map(self._lexicon.longest_term_in, topics))
        return topics if listed or not happens else (phrase,)

    def _split(self, phrase: str) -> tuple[tuple[str, ...], Combine]:
        for pattern, combine in (
            # The commas of "a, b or c" are ors too.
            (r",? n?or | / |, (?=.* n?or )", Combine.ANY),
            (r",? (?:and|&) (?:other|similar) ", Combine.ANY),
            (r",? (?!and over\b)(?:and also|but also|and|as well as|&|\+) |, ", Combine.ALL),
        ):
            parts = [
                part for part in re.split(pattern, phrase, flags=re.IGNORECASE) if content(part)
            ]
            parts = [part for part in parts if not _asks(part)] or parts
            if len(parts) == 1 and parts[0] != phrase:
                return self._split(trimmed(parts[0]))
            if len(parts) > 1:
                topics = [trimmed(self._with_tail(part, parts[-1])) for part in parts]
                if "other" in pattern:
                    topics = [_with_start(topic, parts[0]) for topic in topics]
                elif combine is Combine.ANY:
                    topics = [self._completed(topic, parts[0]) for topic in topics]
                return tuple(dict.fromkeys(topics)), combine
        return (phrase,), Combine.ALL

    def _completed(self, part: str, first: str) -> str:
        """'medics' of 'attacks on nurses or medics', if it is no topic of its own."""
        own = len(content(part)) > 1 or self._lexicon.longest_term_in(part)
        return part if own else _with_start(part, first)

    def _with_tail(self, part: str, last: str) -> str:
        """'domestic' of 'domestic and sexual violence' becomes 'domestic violence'.

        'slips' of 'slips or falls among the old' becomes 'slips among the old'.
        """
        part = re.sub(r"^(?:both|either) ", "", part, flags=re.IGNORECASE)
        words, last_words = part.split(), last.split()
        if part is last or len(words) > 1 or len(last_words) < 2 or self._lexicon.is_term(part):
            return part
        behind = _SHARED.search(last)
        shared = part + (behind.group() if behind else f" {last_words[-1]}")
        listed_apart = self._lexicon.is_term(last) and not self._lexicon.is_term(shared)
        return part if listed_apart else shared


def _sides(phrase: str, *, denied: bool) -> tuple[str, str]:
    """What is asked for and what is asked to be absent, which may be nothing."""
    contrast = denials.CONTRAST.search(phrase)
    if contrast is None:
        return phrase, ""
    first, second = phrase[: contrast.start()], phrase[contrast.end() :]
    if contrast["beside"] and not denied:
        return f"{first} and {second}", ""
    return (second, first) if contrast["beside"] else (first, second)


def _tells_a_story(phrase: str) -> bool:
    """Whether words say more than what they are about: a topic has no people who speak."""
    many = len(content(phrase)) > _LONGEST_TOPIC and grammar.STORY.search(phrase)
    return bool(many or grammar.SPEAKER.search(phrase))


def _with_start(part: str, first: str) -> str:
    """'medics' of 'attacks on nurses and other medics' becomes 'attacks on medics'."""
    before = re.match(rf".* (?:{_PREPOSITION}) ", first)
    return part if before is None or part == first else before.group() + part


def _asks(part: str) -> bool:
    """Whether a part of a topic is a question, a year, or but words of asking."""
    return asks_only(part) or part.strip().isdigit() or _QUESTION.match(part.strip()) is not None
