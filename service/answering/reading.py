"""What a question asks: its intent, topics, areas and year, read by the grammar of questions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from corpus.words import FUNCTION_WORDS, Word, iter_words
from service.answering import grammar
from service.answering.areas import AreaFinder, AreaMention
from service.answering.vocabulary import Vocabulary
from service.schemas import Intent, Reading

_LONGEST_TOPIC = 6
"""Words that carry meaning in the longest phrase taken for a topic as it stands."""


class Combine(StrEnum):
    """How the topics of a question belong together."""

    ANY = "any"
    ALL = "all"


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


@dataclass(frozen=True)
class Topic:
    """What a question is about, and where in it the words stand."""

    phrase: str
    start: int
    end: int


@dataclass(frozen=True)
class Question:
    """A question as it was read."""

    text: str
    intent: Intent
    topic: Topic | None
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    combine: Combine
    mentions: tuple[AreaMention, ...]
    excluded: tuple[str, ...]
    year: int | None
    ranked_only: bool
    negated: bool
    about_report: bool
    about_text: bool
    all_editions: bool
    previous: bool
    structure: Part | None
    survey: Survey | None

    @property
    def topics(self) -> tuple[str, ...]:
        """All topics, the unwanted ones ("but not …") last."""
        return self.wanted + self.unwanted

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas held that it asks about, in its order, without repeats."""
        held = (mention.name for mention in self.mentions if mention.held)
        return tuple(dict.fromkeys(name for name in held if name not in self.excluded))

    @property
    def unknown_areas(self) -> tuple[str, ...]:
        """The places it asks about of which nothing is held."""
        return tuple(dict.fromkeys(area.name for area in self.mentions if not area.held))

    @property
    def reading(self) -> Reading:
        """The reading as the answer carries it."""
        return Reading(
            intent=self.intent,
            topics=self.topics,
            areas=self.areas,
            excluded_areas=self.excluded,
            unknown_areas=self.unknown_areas,
            year=self.year,
            ranked_only=self.ranked_only,
        )


class Reader:
    """Reads questions for one generation."""

    def __init__(
        self, areas: AreaFinder, vocabulary: Vocabulary, is_plan_word: Callable[[str], bool]
    ) -> None:
        """`is_plan_word` tells whether the plans held use a word, in any of its forms."""
        self._areas = areas
        self._vocabulary = vocabulary
        self._is_plan_word = is_plan_word

    def read(self, text: str) -> Question:
        """The reading of a question; a question without words has no topic and is a search."""
        mentions = self._with_unknown_place(text, self._areas.find(text))
        masked = _mask(text, mentions)
        excluded = _excluded(masked, mentions)
        intent = _intent(masked, mentions)
        structure = _structure(masked)
        year = _year(masked, intent)
        survey = _survey(text, masked, mentions)
        topic = _topic(text, masked, mentions, year)
        if survey or structure is Part.PERIOD or (structure and topic and _only_names(topic)):
            topic = None
        if survey:
            intent = Intent.SET if survey in {Survey.MOST, Survey.FEWEST} else Intent.LIST
        if topic is not None and intent is Intent.LIST:
            intent, structure = _open_intent(masked, mentions), None
        wanted, unwanted, combine = self._parts(topic.phrase) if topic else ((), (), Combine.ALL)
        return Question(
            text=text,
            intent=intent,
            topic=topic,
            wanted=wanted,
            unwanted=unwanted,
            combine=combine,
            mentions=mentions,
            excluded=excluded,
            year=int(year["year"]) if year else None,
            ranked_only=bool(grammar.RANK.search(masked)),
            negated=_denies(masked),
            about_report=bool(grammar.REPORT.search(masked)),
            about_text=bool(grammar.ABOUT_TEXT.search(masked)),
            all_editions=bool(grammar.EDITIONS.search(masked)),
            previous=bool(grammar.PREVIOUS.search(masked)),
            structure=structure,
            survey=survey,
        )

    def _with_unknown_place(
        self, text: str, mentions: tuple[AreaMention, ...]
    ) -> tuple[AreaMention, ...]:
        """The areas, and the one that does what only an area does though no list knows it."""
        found = grammar.PLACE_AS_SUBJECT.search(text)
        if found is None or any(area.start < found.end("place") for area in mentions):
            return mentions
        name = found["place"]
        # A name that the plans use is what they speak of, such as an operation.
        if all(map(self._is_plan_word, name.split())):
            return mentions
        start, end = found.span("place")
        return (AreaMention(name, held=False, start=start, end=end), *mentions)

    def _parts(self, phrase: str) -> tuple[tuple[str, ...], tuple[str, ...], Combine]:
        """The topics asked for, those asked to be absent, and how the former belong together."""
        if self._vocabulary.is_term(phrase):
            return (phrase,), (), Combine.ALL
        if len(_content(phrase)) > _LONGEST_TOPIC and grammar.STORY.search(phrase):
            return (self._vocabulary.longest_term_in(phrase) or phrase,), (), Combine.ALL
        wanted, *unwanted = re.split(r",? but not ", phrase)
        topics, combine = self._split(wanted)
        return topics, tuple(part for other in unwanted for part in self._split(other)[0]), combine

    def _split(self, phrase: str) -> tuple[tuple[str, ...], Combine]:
        for pattern, combine in (
            # The commas of "a, b or c" are ors too.
            (r",? n?or | / |, (?=.* n?or )", Combine.ANY),
            (r",? (?:and|as well as|&) |, ", Combine.ALL),
        ):
            parts = [part for part in re.split(pattern, phrase) if _content(part)]
            if len(parts) > 1:
                topics = [self._with_head(part, parts[-1]) for part in parts]
                return tuple(dict.fromkeys(topics)), combine
        return (phrase,), Combine.ALL

    def _with_head(self, part: str, last: str) -> str:
        """'domestic' of 'domestic and sexual violence' becomes 'domestic violence'."""
        part = part.removeprefix("both ").removeprefix("either ")
        words, last_words = part.split(), last.split()
        if part is last or len(words) > 1 or len(last_words) < 2 or self._vocabulary.is_term(part):
            return part
        shared = f"{part} {last_words[-1]}"
        listed_apart = self._vocabulary.is_term(last) and not self._vocabulary.is_term(shared)
        return part if listed_apart else shared


def _mask(text: str, mentions: tuple[AreaMention, ...]) -> str:
    letters = [char.lower() if len(char.lower()) == 1 else char for char in text]
    for mention in mentions:
        letters[mention.start : mention.end] = "@" * (mention.end - mention.start)
    return "".join(letters)


def _excluded(masked: str, mentions: tuple[AreaMention, ...]) -> tuple[str, ...]:
    spans = [match.span() for match in grammar.EXCLUSION.finditer(masked)]
    return tuple(
        area.name for area in mentions if any(start <= area.start < end for start, end in spans)
    )


def _denies(masked: str) -> bool:
    """Whether it asks who does not; "but not" only takes a topic or an area away."""
    plain = grammar.EXCLUSION.sub(" ", masked).replace("but not ", " ")
    return bool(grammar.NEGATION.search(plain))


def _intent(masked: str, mentions: tuple[AreaMention, ...]) -> Intent:
    if grammar.COMPARISON.search(masked):
        return Intent.COMPARE
    if grammar.COUNT_SUBJECT.search(masked):
        return Intent.COUNT
    if grammar.SET_SUBJECT.search(masked):
        return Intent.NEGATION if _denies(masked) else Intent.SET
    if grammar.REPORT.search(masked):
        return Intent.FACT
    return _intent_on_structure(masked) or _open_intent(masked, mentions)


def _intent_on_structure(masked: str) -> Intent | None:
    """The intent of a question for the parts of a plan: its vision, objectives or priorities."""
    if grammar.PERIOD.search(masked):
        return Intent.FACT
    if not grammar.STRUCTURE.search(masked):
        return None
    if grammar.COUNT_THINGS.search(masked):
        return Intent.COUNT
    return Intent.LIST if grammar.LIST_OPENING.search(masked) else None


def _open_intent(masked: str, mentions: tuple[AreaMention, ...]) -> Intent:
    """The intent of a question that neither ranges over plans nor wants a part of one."""
    if grammar.YES_NO.search(masked):
        return Intent.YESNO
    if mentions:
        return Intent.FACT if grammar.SPECIFIC_FACT.search(masked) else Intent.LOOKUP
    if grammar.FACT_OPENING.search(masked) and not grammar.BARE_TOPIC.search(masked):
        return Intent.FACT
    return Intent.SEARCH


def _structure(masked: str) -> Part | None:
    if grammar.PERIOD.search(masked):
        return Part.PERIOD
    match = grammar.STRUCTURE.search(masked)
    return Part(match.lastgroup) if match and match.lastgroup else None


def _year(masked: str, intent: Intent) -> re.Match[str] | None:
    """The year a question is for; in a question for a fact only one that names a plan."""
    named = grammar.PLAN_YEAR.search(masked)
    return named or (grammar.YEAR.search(masked) if intent is not Intent.FACT else None)


def _survey(text: str, masked: str, mentions: tuple[AreaMention, ...]) -> Survey | None:
    """What is asked of plans side by side, where taking that away leaves no topic."""
    match = grammar.SURVEY.search(masked)
    if match is None or match.lastgroup is None:
        return None
    rest = _topic(text, masked, mentions, match)
    return Survey(match.lastgroup) if rest is None or _only_names(rest) else None


_GENERIC = frozenset(
    """strategic annual key main community safety partnership safer list one two three four five six
    seven eight nine ten latest current chosen set out anything something""".split()
)
"""Words beside the name of a part of a plan that say nothing more."""


def _only_names(topic: Topic) -> bool:
    """Whether a topic is but the name of a part of a plan, such as 'strategic priorities'."""
    names = re.sub(grammar.STRUCTURE, " ", topic.phrase.lower())
    names = re.sub(rf"\b{grammar.SUBJECT}\b", " ", names)
    return all(word in _GENERIC for word in _content(names))


def _content(text: str) -> list[str]:
    return [word.folded for word in iter_words(text) if not _is_function(word)]


def _is_function(word: Word) -> bool:
    return word.folded in FUNCTION_WORDS or word.folded.removesuffix("'s") in FUNCTION_WORDS


def _topic(
    text: str, masked: str, mentions: tuple[AreaMention, ...], year: re.Match[str] | None
) -> Topic | None:
    """The stretch of the question between what asks and what says where and when."""
    quoted = grammar.QUOTED.search(text)
    if quoted:
        return Topic(f"“{quoted['words'].strip()}”", *quoted.span())
    spent = [(mention.start, mention.end) for mention in mentions]
    spent += [
        match.span()
        for match in (
            grammar.SET_SUBJECT.search(masked),
            grammar.COUNT_SUBJECT.search(masked),
            year,
        )
        if match
    ]
    for pattern in (grammar.EXCLUSION, grammar.AS_RANK, grammar.EDITIONS, grammar.PREVIOUS):
        spent += [match.span() for match in pattern.finditer(masked)]
    words = [
        word
        for word in iter_words(text)
        if not any(
            start <= word.start and word.end <= end + 2 and word.start < end for start, end in spent
        )
    ]
    if grammar.ASKING.search(masked) or mentions:
        words = _without_asking(words)
    words = _without_tail(words)
    while words and _is_function(words[0]):
        words = words[1:]
    if not words:
        return None
    start, end = words[0].start, words[-1].end
    return Topic(_unmasked(text, start, end, spent), start, end)


def _without_asking(words: list[Word]) -> list[Word]:
    verb_spent = False
    for position, word in enumerate(words):
        if _is_function(word) or word.folded in grammar.HELPERS:
            continue
        previous = words[position - 1].folded if position else ""
        if word.folded in grammar.ASK_VERBS and (
            not verb_spent or previous in grammar.LEADS_TO_A_VERB
        ):
            verb_spent = True
            continue
        return words[position + 2 :] if _has_object(words[position:]) else words[position:]
    return []


def _has_object(words: list[Word]) -> bool:
    """Whether words begin with a verb and what it is done to: 'follow a management model'."""
    return (
        len(words) > 2
        and words[1].folded in grammar.DETERMINERS
        and words[2].folded not in grammar.TAIL
    )


def _without_tail(words: list[Word]) -> list[Word]:
    while words:
        after_function = len(words) > 1 and _is_function(words[-2])
        last = words[-1]
        if not (
            _is_function(last)
            or last.folded in grammar.TAIL
            or (after_function and last.folded in grammar.TAIL_AFTER_FUNCTION_WORD)
        ):
            break
        words = words[:-1]
    return words


def _unmasked(text: str, start: int, end: int, spent: list[tuple[int, int]]) -> str:
    """The words from `start` to `end` without the spent stretches, white space folded."""
    letters = [" " if any(a <= at < b for a, b in spent) else text[at] for at in range(start, end)]
    phrase = re.sub(r"\s+", " ", "".join(letters)).strip()
    return re.sub(r"\s+(?:in|of|for|at|by|'s|’s)$", "", phrase)
