"""What a question asks: its intent, topics, areas and year, read by the grammar of questions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from corpus.words import iter_words
from service.answering import grammar
from service.answering.areas import AreaFinder, AreaMention
from service.answering.framing import Frame, frame_of
from service.answering.lexicon import Lexicon
from service.answering.topics import Asked, Topic, content, topic_of
from service.schemas import Intent, Reading

_LONGEST_TOPIC = 6
"""Words that carry meaning in the longest phrase taken for a topic as it stands."""


_PREPOSITION = "|".join(sorted(grammar.PREPOSITIONS))


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
    emerging_only: bool
    quantified: bool
    several: bool
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
            emerging_only=self.emerging_only,
        )


class Reader:
    """Reads questions for one generation."""

    def __init__(
        self, areas: AreaFinder, lexicon: Lexicon, is_plan_word: Callable[[str], bool]
    ) -> None:
        """`is_plan_word` tells whether the plans held use a word, in any of its forms."""
        self._areas = areas
        self._lexicon = lexicon
        self._is_plan_word = is_plan_word

    def read(self, text: str) -> Question:
        """The reading of a question; a question without words has no topic and is a search."""
        mentions = self._with_unknown_place(text, self._areas.find(text))
        whole = _mask(text, mentions)
        frame = frame_of(whole)
        mentions = tuple(area for area in mentions if frame.sentence <= area.start < frame.end)
        masked = _only(whole, frame)
        asked = Asked(text, masked, frame, mentions)
        core = asked.core
        intent = _intent(core, mentions, whether=frame.whether)
        if intent is Intent.YESNO and grammar.THE_ONLY_ONE.search(core):
            # Whether an area is the only one is said by all that are.
            intent, mentions = Intent.SET, ()
        elif intent is Intent.YESNO and grammar.ANYWHERE.search(core) and not mentions:
            intent = Intent.SET
        year, structure = _year(masked, intent), _structure(core)
        survey = _survey(asked, self._lexicon)
        topic = topic_of(asked, [year] if year else [], self._lexicon.term_length)
        if survey or structure is Part.PERIOD or _is_of_part(topic, asked):
            topic = None
        elif topic is None and intent is not Intent.LIST:
            topic = self._topic_before(text, frame)
        if survey:
            intent = Intent.SET if survey in {Survey.MOST, Survey.FEWEST} else Intent.LIST
        if topic is not None and intent is Intent.LIST:
            intent, structure = _open_intent(core, mentions), None
        negated = _denies(core)
        wanted, unwanted, combine = (
            self._parts(topic.phrase, denied=negated) if topic else ((), (), Combine.ALL)
        )
        if negated and unwanted:
            # "Who leaves out A but mentions B?" asks for those that name B, without A.
            negated, intent = False, Intent.SET if intent is Intent.NEGATION else intent
        ranked = bool(grammar.RANK.search(masked))
        return Question(
            text=text,
            intent=intent,
            topic=topic,
            wanted=wanted,
            unwanted=unwanted,
            combine=combine,
            mentions=mentions,
            excluded=_excluded(masked, mentions),
            year=_number(year) if year else None,
            ranked_only=ranked,
            negated=negated,
            about_report=bool(grammar.REPORT.search(core)),
            about_text=bool(grammar.ABOUT_TEXT.search(core)),
            emerging_only=not ranked and bool(grammar.AS_EMERGING.search(masked)),
            quantified=bool(grammar.QUANTIFIED.search(core)),
            several=frame.several,
            all_editions=bool(grammar.EDITIONS.search(masked)),
            previous=bool(grammar.PREVIOUS.search(masked)),
            structure=structure,
            survey=survey,
        )

    def _topic_before(self, text: str, frame: Frame) -> Topic | None:
        """What the sentences before the question are about, for one that says only 'it'."""
        term = self._lexicon.longest_term_in(text[: frame.sentence])
        if term is None or not grammar.PRONOUN.search(text[frame.start : frame.end]):
            return None
        start = text.index(term)
        return Topic(term, start, start + len(term))

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

    def _parts(
        self, phrase: str, *, denied: bool
    ) -> tuple[tuple[str, ...], tuple[str, ...], Combine]:
        """The topics asked for, those asked to be absent, and how the former belong together."""
        wanted, unwanted = _sides(phrase, denied=denied)
        if self._lexicon.is_term(phrase) and not unwanted:
            return (phrase,), (), Combine.ALL
        if _tells_a_story(phrase):
            return (self._lexicon.longest_term_in(phrase) or phrase,), (), Combine.ALL
        topics, combine = self._split(wanted)
        return topics, self._split(unwanted)[0] if unwanted else (), combine

    def _split(self, phrase: str) -> tuple[tuple[str, ...], Combine]:
        for pattern, combine in (
            # The commas of "a, b or c" are ors too.
            (r",? n?or | / |, (?=.* n?or )", Combine.ANY),
            (r",? (?:and|&) (?:other|similar) ", Combine.ANY),
            (r",? (?:and|as well as|&) |, ", Combine.ALL),
        ):
            parts = [part for part in re.split(pattern, phrase) if content(part)]
            if len(parts) > 1:
                topics = [self._with_tail(part, parts[-1]) for part in parts]
                if "other" in pattern:
                    topics = [_with_start(topic, parts[0]) for topic in topics]
                return tuple(dict.fromkeys(topics)), combine
        return (phrase,), Combine.ALL

    def _with_tail(self, part: str, last: str) -> str:
        """'domestic' of 'domestic and sexual violence' becomes 'domestic violence'.

        'slips' of 'slips or falls among the old' becomes 'slips among the old'.
        """
        part = part.removeprefix("both ").removeprefix("either ")
        words, last_words = part.split(), last.split()
        if part is last or len(words) > 1 or len(last_words) < 2 or self._lexicon.is_term(part):
            return part
        behind = re.search(rf" (?:{_PREPOSITION}) .*", last)
        shared = part + (behind.group() if behind else f" {last_words[-1]}")
        listed_apart = self._lexicon.is_term(last) and not self._lexicon.is_term(shared)
        return part if listed_apart else shared


def _sides(phrase: str, *, denied: bool) -> tuple[str, str]:
    """What is asked for and what is asked to be absent, which may be nothing."""
    contrast = grammar.CONTRAST.search(phrase)
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
    plain = grammar.CONTRAST.sub(_without_denial, grammar.EXCLUSION.sub(" ", masked))
    return bool(grammar.NEGATION.search(plain))


def _without_denial(contrast: re.Match[str]) -> str:
    return contrast.group() if contrast["beside"] else " "


def _only(masked: str, frame: Frame) -> str:
    """The sentence that asks; white space in the place of what stands around it."""
    sentence = masked[frame.sentence : frame.end]
    return " " * frame.sentence + sentence + " " * (len(masked) - frame.end)


def _intent(masked: str, mentions: tuple[AreaMention, ...], *, whether: bool) -> Intent:
    if grammar.COMPARISON.search(masked):
        return Intent.COMPARE
    if grammar.COUNT_SUBJECT.search(masked):
        return Intent.COUNT
    if grammar.SET_SUBJECT.search(masked):
        return Intent.NEGATION if _denies(masked) else Intent.SET
    of_part = _intent_on_structure(masked)
    if grammar.REPORT.search(masked) and not (of_part and mentions):
        return Intent.FACT
    if whether:
        return Intent.YESNO
    return of_part or _open_intent(masked, mentions)


def _intent_on_structure(masked: str) -> Intent | None:
    """The intent of a question for the parts of a plan: its vision, objectives or priorities."""
    if grammar.PERIOD.search(masked):
        return Intent.FACT
    if not grammar.STRUCTURE.search(masked):
        return None
    if grammar.COUNT_THINGS.search(masked):
        return Intent.COUNT
    asks = grammar.LIST_OPENING.search(masked) or grammar.WHICH_PARTS.search(masked)
    return Intent.LIST if asks else None


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
    if named or intent is Intent.FACT:
        return named
    return grammar.YEAR.search(masked) or grammar.SHORT_YEAR.search(masked)


def _number(year: re.Match[str]) -> int:
    """The year in four digits."""
    typed = year["year"]
    return int(typed) if len(typed) == 4 else 2000 + int(typed)


def _survey(asked: Asked, lexicon: Lexicon) -> Survey | None:
    """What is asked of plans side by side, where taking that away leaves no topic."""
    match = grammar.SURVEY.search(asked.masked)
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


def _is_of_part(topic: Topic | None, asked: Asked) -> bool:
    """Whether words only say more of a part of a plan: its other name, or whose it is.

    Behind the name of a part a topic is led to ("priorities on drugs"); what isn't says whose the
    part is, or for when ("the priorities in its half of the booklet").
    """
    part = grammar.STRUCTURE.search(asked.core)
    if topic is None or part is None:
        return False
    if _only_names(topic):
        return True
    start = asked.frame.start + part.start()
    end = asked.frame.start + part.end()
    # Where the topic has the part's name in it, what follows the name would lead to the topic.
    between = asked.masked[end : topic.start if topic.start > start else topic.end]
    lists = _intent_on_structure(asked.core) in {Intent.LIST, Intent.COUNT}
    behind = topic.start >= start
    words = {word.folded for word in iter_words(between)}
    return lists and behind and words.isdisjoint(grammar.LEADS_TO_A_TOPIC)


def _only_names(topic: Topic) -> bool:
    """Whether a topic is but the name of a part of a plan, such as 'strategic priorities'."""
    names = re.sub(grammar.STRUCTURE, " ", topic.phrase.lower())
    names = re.sub(rf"{_DOCUMENT}|\b{grammar.SUBJECT}\b", " ", names)
    return all(word in _GENERIC for word in content(names))
