"""The topic of a question: the words left between what asks and what says where, when and how."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from corpus.words import FUNCTION_WORDS, Word, iter_words
from service.answering import asking, grammar
from service.answering.areas import AreaMention
from service.answering.framing import Frame
from service.answering.idioms import idioms_in

TermLength = Callable[[Sequence[Word]], int]
"""How many of some words, from the first on, make the longest term of the glossary; 0 for none."""


@dataclass(frozen=True)
class Topic:
    """What a question is about, and where in it the words stand."""

    phrase: str
    start: int
    end: int


class Due(Enum):
    """The form of a verb that may stand next, and that asks whatever verb it is."""

    ANY = auto()
    BASE = auto()
    ING = auto()
    PARTICIPLE = auto()


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
    if asked.frame.ahead and (topic is None or _takes_up(asked, topic, term_length)):
        return _stretch(
            asked.text, _without_tail(_words_left(asked, spent, *asked.frame.ahead)), spent
        )
    return topic


def _takes_up(asked: Asked, topic: Topic, term_length: TermLength) -> bool:
    """Whether a question speaks of what is put before it: it says 'it', and names no term."""
    words = list(iter_words(topic.phrase))
    names = any(term_length(words[at:]) for at in range(len(words)))
    return not names and grammar.PRONOUN.search(asked.core) is not None


def asks_only(text: str) -> bool:
    """Whether a text holds but words that ask, help or act: 'if anybody', 'just the headings'."""
    return all(word in _OF_ASKING or _SUBJECT.fullmatch(word) for word in content(text))


def trimmed(text: str) -> str:
    """A text without the words of grammar and asking around it: 'also X' and 'X is covered'."""
    words = _without_tail(list(iter_words(text)))
    return text[words[0].start : words[-1].end] if words else text


_SUBJECT = re.compile(grammar.SUBJECT)
_NUMBERS = frozenset("one two three four five six seven eight nine ten".split())
_OF_ASKING = (
    asking.HELPERS
    | asking.ASK_VERBS
    | asking.ACTING
    | asking.TAIL
    | asking.BESIDE_A_VERB
    | _NUMBERS
)


def content(text: str) -> list[str]:
    """The words of a text that carry meaning, folded."""
    return [word.folded for word in iter_words(text) if not _is_function(word)]


Spans = list[tuple[int, int]]


def _spent(asked: Asked, told: Sequence[re.Match[str]]) -> Spans:
    """What says where, when and how, and what is asked for: no part of a topic."""
    spent = [(mention.start, mention.end) for mention in asked.mentions]
    spent += [match.span() for match in told]
    spent += asked.subjects
    for pattern in (
        grammar.EXCLUSION,
        grammar.AS_RANK,
        grammar.AS_EMERGING,
        grammar.OF_RANK,
        grammar.ACCORDING,
        grammar.OF_AREA,
        grammar.INSTITUTION,
        grammar.NUMBERED,
        grammar.LATELY,
        grammar.ANYWHERE,
        grammar.THE_ONLY_ONE,
        grammar.EDITIONS,
        grammar.PREVIOUS,
        grammar.NTH_EDITION,
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
    state = _State(asked)
    for at, word in enumerate(words):
        state.pass_areas(word.start)
        state.pass_idioms(word.start)
        rest = words[at:]
        length, asks = term_length(rest), word.folded in asking.ASK_VERBS
        helps = (
            _is_function(word)
            or word.folded in asking.HELPERS
            or (state.wants_a_subject and word.folded in asking.ACTING)
        )
        if length > 1 or (length == 1 and not asks and not helps):
            return _with_prefix(words, at)
        if helps:
            state.pass_helper(word.folded)
            continue
        if (asks and state.may_ask()) or _is_verb(rest, state.due, term_length):
            state.pass_verb()
            continue
        return words[at + 2 :] if _has_object(rest) else _with_prefix(words, at)
    return []


def _with_prefix(words: list[Word], at: int) -> list[Word]:
    """The words from one on, with what belongs to it: 'off road', 'under age'."""
    return words[at - 1 :] if at and words[at - 1].folded in asking.PREFIXES else words[at:]


class _State:
    """What came before a word: whether somebody who acts, and a verb of which form is due."""

    def __init__(self, asked: Asked) -> None:
        subjects = [asked.masked[start:end] for start, end in asked.subjects]
        self._has_subject = bool(subjects)
        # "Where are …" waits for a thing, "which areas …" for a verb.
        acts = any(grammar.ENDS_IN_A_SUBJECT.search(words) for words in subjects)
        self.due: Due | None = Due.ANY if acts else None
        self._auxiliary: Due | None = None
        self._areas = sorted(mention.start for mention in asked.mentions)
        self._idioms = sorted(end for _, end in asked.idioms)
        self._due_before: Due | None = None
        self._verb_spent = False
        self._previous = ""

    def pass_areas(self, position: int) -> None:
        """Areas before a position act."""
        while self._areas and self._areas[0] < position:
            self._areas.pop(0)
            # "Who in Saltmere leads on …": where they are doesn't take the verb's place.
            self.due = self.due or self._due_before
            self._acts()

    def pass_idioms(self, position: int) -> None:
        """Behind an idiom its topic stands, and no verb is due."""
        while self._idioms and self._idioms[0] <= position:
            self._idioms.pop(0)
            self.due = None

    def pass_helper(self, folded: str) -> None:
        """A word of grammar or of asking."""
        form = _FORMS.get(folded)
        self._due_before = self.due
        if folded == "to":
            self.due = None if self._previous in asking.NOUNS_BEFORE_TO else Due.BASE
        elif form is not None:
            self._auxiliary = form
            self.due = form if self._has_subject else None
        elif folded in asking.ACTING:
            self._acts()
        elif folded not in asking.BESIDE_A_VERB:
            self.due = self._auxiliary = None
        self._previous = folded

    def pass_verb(self) -> None:
        """The verb that was due."""
        self.due = self._auxiliary = None
        self._verb_spent = True
        self._previous = ""

    def may_ask(self) -> bool:
        """Whether a verb of asking asks here: one does, and each that a helper leads to."""
        return not self._verb_spent or self._previous in asking.LEADS_TO_A_VERB

    @property
    def wants_a_subject(self) -> bool:
        """Whether a helping verb waits for those who act: 'what will … do'."""
        return self._auxiliary is not None and not self._has_subject

    def _acts(self) -> None:
        self._has_subject = True
        self.due = self._auxiliary or self.due


_FORMS = {
    **dict.fromkeys(asking.BEFORE_A_BASE_FORM, Due.BASE),
    **dict.fromkeys(asking.FORMS_OF_BE, Due.ING),
    **dict.fromkeys(asking.FORMS_OF_HAVE, Due.PARTICIPLE),
}


def _is_verb(words: Sequence[Word], due: Due | None, term_length: TermLength) -> bool:
    """Whether the first of some words is the verb that is due; the last word never is."""
    if due is None or len(words) < 2:
        return False
    verb, follows = words[0].folded, words[1]
    if due is Due.BASE:
        return True
    if due is Due.ING:
        led = verb in asking.ADJECTIVES and follows.folded in asking.PREPOSITIONS
        return led or verb.endswith(("ing", "ed"))
    if due is Due.PARTICIPLE:
        return verb.endswith(("ed", "en")) and follows.is_function_word
    acts = verb.removesuffix("s") in asking.ACTIONS
    return acts or follows.is_function_word or term_length(words[1:]) > 0


def _has_object(words: list[Word]) -> bool:
    """Whether words begin with a verb and what it is done to: 'follow a management model'."""
    return (
        len(words) > 2
        and words[1].folded in asking.DETERMINERS
        and words[2].folded not in asking.TAIL
    )


def _without_tail(words: list[Word]) -> list[Word]:
    while words:
        after_function = len(words) > 1 and _is_function(words[-2])
        last = words[-1]
        if not (
            _is_function(last)
            or last.folded in asking.TAIL
            or (after_function and last.folded in asking.TAIL_AFTER_FUNCTION_WORD)
        ):
            break
        words = words[:-1]
    while words and _is_function(words[0]) and words[0].folded not in asking.PREFIXES:
        words = words[1:]
    return words


def _is_function(word: Word) -> bool:
    if word.folded in asking.SHORT_FORMS:
        return True
    return word.folded in FUNCTION_WORDS or word.folded.removesuffix("'s") in FUNCTION_WORDS


def _stretch(text: str, words: Sequence[Word], spent: Spans) -> Topic | None:
    """From the first word to the last without the spent stretches, white space folded."""
    if not words:
        return None
    start, end = words[0].start, words[-1].end
    letters = [" " if any(a <= at < b for a, b in spent) else text[at] for at in range(start, end)]
    phrase = re.sub(r"\s+", " ", "".join(letters)).strip()
    return Topic(re.sub(r"\s+(?:in|of|for|at|by|'s|’s)$", "", phrase), start, end)
