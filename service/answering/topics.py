"""The topic of a question: the words left between what asks and what says where, when and how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.words import Word, iter_words
from service.answering import asking, denials, grammar, ranks, times
from service.answering.areas import AreaMention
from service.answering.framing import Frame
from service.answering.idioms import idioms_in
from service.answering.verbs import TermLength, Verbs, is_verb


@dataclass(frozen=True)
class Topic:
    """What a question is about, and where in it the words stand."""

    phrase: str
    start: int
    end: int


@dataclass(frozen=True)
class Asked:
    """A question as typed and masked, with what is known of it before its topic is."""

    text: str
    masked: str
    frame: Frame
    mentions: tuple[AreaMention, ...]

    @cached_property
    def core(self) -> str:
        """The masked question from its first own word on."""
        return self.masked[self.frame.start : self.frame.end]

    @property
    def asks_at_the_end(self) -> bool:
        """Whether bare words are followed by what asks for areas: 'quad theft who'."""
        return asks_at_the_end(self.core)

    @cached_property
    def idioms(self) -> list[tuple[int, int]]:
        """Where it says how a topic is treated: 'high on the agenda'."""
        start = self.frame.start
        return [(start + first, start + last) for first, last in idioms_in(self.core)]

    @cached_property
    def subjects(self) -> list[tuple[int, int]]:
        """Where those who are asked for stand: 'which boroughs', 'do all plans'."""
        return self.first_of(
            grammar.SET_SUBJECT,
            grammar.COUNT_SUBJECT,
            grammar.QUANTIFIED,
            grammar.EXISTENTIAL,
            *([grammar.ASKS_AT_THE_END] if self.asks_at_the_end else []),
        )

    def first_of(self, *patterns: re.Pattern[str]) -> list[tuple[int, int]]:
        """Where the first match of each pattern stands in the question, if it has one."""
        found = (pattern.search(self.core) for pattern in patterns)
        start = self.frame.start
        return [(start + match.start(), start + match.end()) for match in found if match]


def asks_at_the_end(core: str) -> bool:
    """Whether bare words are followed by what asks for areas: 'quad theft who'."""
    behind = grammar.LEANING.sub("", core)
    return bool(grammar.ASKS_AT_THE_END.search(core) and not grammar.ASKING.search(behind))


def topic_of(asked: Asked, told: Sequence[re.Match[str]], term_length: TermLength) -> Topic | None:
    """The stretch of the question between what asks and what says where and when.

    `told` are stretches that are known to say something else, such as a year.
    """
    quoted = grammar.QUOTED.search(asked.text)
    if quoted:
        return Topic(f"“{quoted['words'].strip()}”", *quoted.span())
    spent = _spent(asked, told)
    words = _words_left(asked, spent, asked.frame.start, asked.frame.end)
    if grammar.ASKING.search(asked.core) or asked.mentions:
        words = _without_asking(words, asked, term_length)
    topic = _stretch(asked.text, _without_tail(words), spent)
    if asked.frame.ahead and (
        topic is None or asking.asks_only(topic.phrase) or _takes_up(asked, topic, term_length)
    ):
        return _topic_ahead(asked, *asked.frame.ahead, spent, term_length) or topic
    return topic


def _topic_ahead(
    asked: Asked, first: int, last: int, spent: Spans, term_length: TermLength
) -> Topic | None:
    """The topic that is put before the question: 'Saltmere's scooters: what …'."""
    words = _words_left(asked, spent, first, last)
    if any(first <= area.start < last for area in asked.mentions):
        words = _without_asking(words, asked, term_length)
    return _stretch(asked.text, _without_tail(words), spent)


def _takes_up(asked: Asked, topic: Topic, term_length: TermLength) -> bool:
    """Whether a question speaks of what is put before it: it says 'it', and names no term."""
    words = list(iter_words(topic.phrase))
    names = any(term_length(words[at:]) for at in range(len(words)))
    taken_up = grammar.PRONOUN.search(asked.core) is not None and not names
    return taken_up or _THERE.search(asked.core) is not None


_THERE = re.compile(r"(?<!is )(?<!are )(?<!was )(?<!in )(?<!up )(?<!out )\bthere\b")
"""'… what's on there at night': a place that was named before."""


def trimmed(text: str) -> str:
    """A text without the words of grammar and asking around it: 'also X' and 'X is covered'."""
    words = _without_tail(list(iter_words(text)))
    return text[words[0].start : words[-1].end] if words else text


Spans = list[tuple[int, int]]


def _spent(asked: Asked, told: Sequence[re.Match[str]]) -> Spans:
    """What says where, when and how, and what is asked for: no part of a topic."""
    spent = [(mention.start, mention.end) for mention in asked.mentions]
    spent += [match.span() for match in told]
    spent += asked.subjects
    for pattern in (
        denials.EXCLUSION,
        denials.NOT_DENYING,
        ranks.AS_RANK,
        ranks.AS_EMERGING,
        ranks.OF_RANK,
        grammar.ACCORDING,
        grammar.OF_AREA,
        grammar.INSTITUTION,
        grammar.PART_OF_PLAN,
        grammar.NUMBERED,
        times.LATELY,
        grammar.ANYWHERE,
        grammar.THE_ONLY_ONE,
        times.EDITIONS,
        times.PREVIOUS,
        times.NTH_EDITION,
    ):
        spent += [match.span() for match in pattern.finditer(asked.masked)]
    spent += asked.first_of(grammar.WHAT_BECAME, grammar.HOW_MUCH)
    return spent + asked.idioms + _named_documents(asked)


def _named_documents(asked: Asked) -> Spans:
    """Where documents of areas stand by their initials."""
    found = grammar.NAMED_DOCUMENT.finditer(asked.masked)
    return [each.span() for each in found if asked.text[slice(*each.span("name"))].isupper()]


def _words_left(asked: Asked, spent: Spans, first: int, last: int) -> list[Word]:
    def is_spent(word: Word) -> bool:
        # A possessive ending belongs to the name before it.
        return any(a <= word.start < b and word.end <= b + 2 for a, b in spent)

    return [
        word
        for word in iter_words(asked.text)
        if first <= word.start and word.end <= last and not is_spent(word)
    ]


def _without_asking(words: list[Word], asked: Asked, term_length: TermLength) -> list[Word]:
    """The words from the topic's first on: neither helpers nor verbs that ask come before it."""
    state = Verbs(
        [asked.masked[start:end] for start, end in asked.subjects],
        [mention.start for mention in asked.mentions],
        [end for _, end in asked.idioms],
    )
    for at, word in enumerate(words):
        state.pass_areas(word.start)
        state.pass_idioms(word.start)
        rest = words[at:]
        if _are_people(words[at - 1 : at], rest):
            return rest
        length, asks = term_length(rest), word.folded in asking.ASK_VERBS
        helps = (
            asking.is_function(word)
            or word.folded in asking.HELPERS
            or word.folded in asking.BESIDE_A_VERB
            or (state.wants_a_subject and word.folded in asking.ACTING)
        )
        if length > 1 or (length == 1 and not asks and not helps):
            return _with_prefix(words, at)
        if helps:
            state.pass_helper(word.folded)
            continue
        if (asks and state.may_ask()) or is_verb(rest, state.due, term_length):
            state.pass_verb()
            continue
        return words[at + 2 :] if _has_object(rest) else _with_prefix(words, at)
    return []


def _are_people(before: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether a topic begins with people who do something: 'about the people looking after …'."""
    leading = asking.PREPOSITIONS | asking.DETERMINERS | asking.ASK_VERBS
    led = all(word.folded in leading for word in before)
    if not led or len(words) < 3 or words[0].folded not in asking.PEOPLE:
        return False
    verb = words[1].folded
    acts = verb.endswith("ing") and verb in asking.HELPERS | asking.ASK_VERBS
    return acts or verb in {"who", "whose"}


def _with_prefix(words: list[Word], at: int) -> list[Word]:
    """The words from one on, with what belongs to it: 'off road', 'under age'."""
    return words[at - 1 :] if at and words[at - 1].folded in asking.PREFIXES else words[at:]


def _has_object(words: list[Word]) -> bool:
    """Whether words begin with a verb and what it is done to: 'follow a management model'."""
    return (
        len(words) > 2
        and words[1].folded in asking.DETERMINERS
        and words[2].folded not in asking.TAIL
    )


def _without_tail(words: list[Word]) -> list[Word]:
    while words:
        after_function = len(words) > 1 and asking.is_function(words[-2])
        last = words[-1]
        if _belongs_to_a_verb(words) or not (
            asking.is_function(last)
            or last.folded in asking.TAIL
            or (after_function and last.folded in asking.TAIL_AFTER_FUNCTION_WORD)
        ):
            break
        words = words[:-1]
    while words and asking.is_function(words[0]) and words[0].folded not in asking.PREFIXES:
        words = words[1:]
    return words


def _belongs_to_a_verb(words: Sequence[Word]) -> bool:
    """Whether the last word is the particle of a verb before: 'frightened to go out'."""
    if [word.folded for word in words[-3:]] == ["over", "and", "over"]:
        return True
    if [word.stem for word in words[-2:]] == ["look", "after"]:
        return True
    if len(words) < 2 or words[-1].folded not in asking.PARTICLES:
        return False
    verb = words[-2].folded
    led = len(words) > 2 and words[-3].folded in {"to", "being", "be", "getting", "get", "got"}
    acts = verb.endswith(("ing", "ed")) and verb not in asking.ASK_VERBS
    return acts or (led and verb != "do")


def _stretch(text: str, words: Sequence[Word], spent: Spans) -> Topic | None:
    """From the first word to the last without the spent stretches, white space folded."""
    if not words:
        return None
    start, end = words[0].start, words[-1].end
    letters = [" " if any(a <= at < b for a, b in spent) else text[at] for at in range(start, end)]
    phrase = re.sub(r"\s+", " ", "".join(letters)).strip()
    if "(" in phrase and ")" not in phrase:
        phrase += ")"
    return Topic(re.sub(r"\s+(?:in|of|for|at|by|'s|’s)$|['’]s$", "", phrase), start, end)
