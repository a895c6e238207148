"""What a question asks: its intent, topics, areas and year, read by the grammar of questions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from service.answering import denials, grammar, ranks, times
from service.answering.areas import AreaFinder, AreaMention
from service.answering.asked_parts import (
    Part,
    Survey,
    changes_over_years,
    is_of_part,
    part_in,
    survey_in,
)
from service.answering.asking import asks_only
from service.answering.compounds import Combine, Compounds
from service.answering.denials import denies
from service.answering.framing import Frame, frame_of
from service.answering.intents import intent_of, open_intent
from service.answering.leaning import Surroundings, leans, says_nothing, with_what_it_means
from service.answering.lexicon import Lexicon
from service.answering.mending import Mending, in_full
from service.answering.topics import Asked, Topic, topic_of
from service.schemas import Intent, Reading


@dataclass(frozen=True)
class Question:
    """A question as it was read."""

    text: str
    asked: tuple[int, int]
    """Where in the text the question itself stands, without requests and asides."""
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
    opinion: bool
    """Whether it asks for a judgement of the plans themselves."""
    all_editions: bool
    previous: bool
    edition: int | None
    """Which edition of a plan is asked for by its number, from 1 on."""
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
        self._compounds = Compounds(lexicon)
        self._mending = Mending(self._is_known)
        self._is_plan_word = is_plan_word

    def read(self, text: str) -> Question:
        """The reading of a question; a question without words has no topic and is a search."""
        text = in_full(text)
        text = self._mending.mended(text, self._areas.find(text))
        asked, intent = self._asked(text)
        masked, core, mentions = asked.masked, asked.core, asked.mentions
        if intent is Intent.SET and grammar.THE_ONLY_ONE.search(core):
            mentions = ()
        over_years = changes_over_years(core)
        year = None if over_years else times.year_in(masked, of_plan=intent is Intent.FACT)
        survey = survey_in(asked, self._lexicon)
        topic = self._topic(asked, year, intent, apart=bool(survey or over_years))
        intent, part = _intent_and_part(intent, asked, topic)
        if over_years:
            intent = Intent.COMPARE
        if survey:
            intent = Intent.SET if survey in {Survey.MOST, Survey.FEWEST} else Intent.LIST
        negated = denies(core)
        told = topic is not None and not asked.frame.start <= topic.start < asked.frame.end
        both = re.search(r"\b(?:both|all|each|the two|together)\b", core)
        wanted, unwanted, combine = self._compounds.parts_of(
            topic, denied=negated, told=told and not both
        )
        if _AND_SO_ON.search(core):
            combine = Combine.ANY
        if negated and unwanted:
            # "Who leaves out A but mentions B?" asks for those that name B, without A.
            negated, intent = False, Intent.SET if intent is Intent.NEGATION else intent
        ranked = bool(ranks.RANK.search(denials.NOT_DENYING.sub(" ", masked)))
        return Question(
            text=text,
            asked=(
                asked.frame.ahead[0] if asked.frame.ahead else asked.frame.start,
                asked.frame.end,
            ),
            intent=intent,
            topic=topic,
            wanted=wanted,
            unwanted=unwanted,
            combine=combine,
            mentions=mentions,
            excluded=_excluded(masked, mentions),
            year=times.number(year) if year else None,
            ranked_only=ranked,
            negated=negated,
            about_report=bool(grammar.REPORT.search(core)),
            about_text=ranked or bool(grammar.ABOUT_TEXT.search(core)),
            emerging_only=not ranked and bool(ranks.AS_EMERGING.search(masked)),
            quantified=bool(grammar.QUANTIFIED.search(core)),
            several=asked.frame.several,
            opinion=bool(grammar.OPINION.search(core)),
            all_editions=over_years
            or (intent is Intent.FACT and year is None and bool(times.YEAR.search(masked)))
            or bool(times.EDITIONS.search(masked)),
            previous=times.asks_for_previous(masked),
            edition=times.edition_in(masked),
            structure=part,
            survey=survey,
        )

    def _asked(self, text: str) -> tuple[Asked, Intent]:
        """The question without what stands around it, and its intent by its form."""
        mentions = self._mentions(text)
        whole = mask(text, mentions)
        frame = frame_of(whole)
        inside = tuple(area for area in mentions if frame.sentence <= area.start < frame.end)
        asked = Asked(text, _only(whole, frame), frame, inside)
        intent = intent_of(asked.core, inside, whether=frame.whether)
        if not inside and intent not in _OVER_PLANS and leans(asked.core):
            # "X has a grant. How much is it?" is asked of X.
            asked = replace(asked, mentions=mentions)
            intent = intent_of(asked.core, mentions, whether=frame.whether)
        of_report = grammar.REPORT.search(asked.core)
        if intent is Intent.FACT and says_nothing(asked.core) and not of_report:
            intent = Intent.SEARCH
        return asked, intent

    def _topic(
        self, asked: Asked, year: re.Match[str] | None, intent: Intent, *, apart: bool
    ) -> Topic | None:
        """What a question is about; `apart` tells that it has no topic whatever its words."""
        if apart or part_in(asked.core) is Part.PERIOD:
            return None
        topic = topic_of(asked, [year] if year else [], self._lexicon.term_length)
        no_thing = topic and asks_only(topic.phrase) and not self._lexicon.is_term(topic.phrase)
        # "Who wrote it?" is about nothing but what it asks for.
        if no_thing and intent is not Intent.FACT:
            topic = None
        if topic is None and intent is not Intent.LIST:
            return self._topic_around(asked)
        if topic is None or is_of_part(topic, asked):
            return None
        return with_what_it_means(topic, asked, self._lexicon)

    def _topic_around(self, asked: Asked) -> Topic | None:
        """What is said around the question, for one that speaks of it or says nothing itself."""
        of_part = part_in(asked.core) and not grammar.PRONOUN.search(asked.core)
        if of_part or not leans(asked.core):
            return None
        mentions = self._mentions(asked.text)
        masked = mask(asked.text, mentions)
        return Surroundings(asked, masked, mentions, self._lexicon).topic()

    def _is_known(self, word: str) -> bool:
        """Whether the glossary or the plans have a word."""
        return self._lexicon.has_word(word) or self._is_plan_word(word)

    def _mentions(self, text: str) -> tuple[AreaMention, ...]:
        return self._with_unknown_place(text, self._areas.find(text))

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


_OVER_PLANS = frozenset({Intent.SET, Intent.COUNT, Intent.NEGATION, Intent.COMPARE})


_AND_SO_ON = re.compile(r"\b(?:and so (?:on|forth)|and (?:the|such) ?like|etc|you name it)\b")
"""Behind some things: any of them, or of others like them."""


def mask(text: str, mentions: tuple[AreaMention, ...]) -> str:
    """The text in lower case with `@` for each letter of an area: offsets stay."""
    letters = [char.lower() if len(char.lower()) == 1 else char for char in text]
    for mention in mentions:
        letters[mention.start : mention.end] = "@" * (mention.end - mention.start)
    return "".join(letters)


def _excluded(masked: str, mentions: tuple[AreaMention, ...]) -> tuple[str, ...]:
    spans = [match.span() for match in denials.EXCLUSION.finditer(masked)]
    return tuple(
        area.name for area in mentions if any(start <= area.start < end for start, end in spans)
    )


def _only(masked: str, frame: Frame) -> str:
    """The sentence that asks; white space in the place of what stands around it."""
    sentence = masked[frame.sentence : frame.end]
    return " " * frame.sentence + sentence + " " * (len(masked) - frame.end)


def _intent_and_part(
    intent: Intent, asked: Asked, topic: Topic | None
) -> tuple[Intent, Part | None]:
    """The intent and the part of a plan asked for, now that it is known whether of a topic."""
    part = part_in(asked.core)
    if topic is not None and intent is Intent.LIST:
        return open_intent(asked.core, asked.mentions), None
    if topic is None and asked.mentions and intent is Intent.LOOKUP:
        part = part or part_in(asked.masked)
        return (Intent.LIST if part else intent), part
    return intent, part
