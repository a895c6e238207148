"""What the words of a heading or title say; the words themselves are in `data/vocabulary.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from corpus.models import Frozen, Period, PlanKind, Role
from corpus.words import fold
from ingest.periods import find_period


class _Roles(Frozen):
    priority_list: tuple[str, ...]
    emerging: tuple[str, ...]
    objectives: tuple[str, ...]
    vision: tuple[str, ...]


class _Priorities(Frozen):
    numbered: str
    not_listed: tuple[str, ...]
    deeds: str


class _Sections(Frozen):
    standing_apart: tuple[str, ...]
    contents: tuple[str, ...]


class _Titles(Frozen):
    plan: tuple[str, ...]
    strategy: tuple[str, ...]
    needs_assessment: tuple[str, ...]
    profile: tuple[str, ...]
    report: tuple[str, ...]
    other_plans: tuple[str, ...]
    summary: tuple[str, ...]
    generic: str
    joining: str


class Vocabulary(Frozen):
    """The tables of `data/vocabulary.toml`, one field each."""

    roles: _Roles
    priorities: _Priorities
    sections: _Sections
    titles: _Titles


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary that ships."""
    source = files("ingest") / "data" / "vocabulary.toml"
    return Vocabulary.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))


_SENSE_CHARS = 300
"""Characters of a heading that are looked at: more would be slow, and say no more."""


class HeadingSense(NamedTuple):
    """What a heading's words say, before its place and content are looked at.

    `role` is VISION, OBJECTIVES, PRIORITY_LIST (it may hold priorities), PRIORITY (it numbers one)
    or OTHER. `emerging` is a heading for issues that are new; `apart` one that no list of
    priorities contains; `contents` one for the table of contents; `excluded` one that speaks of
    priorities which are not the plan's own.
    """

    role: Role
    emerging: bool
    apart: bool
    contents: bool
    excluded: bool

    @property
    def tells(self) -> bool:
        """Whether the words give a section its role by themselves, whatever it contains."""
        return self.emerging or self.role in (Role.VISION, Role.OBJECTIVES, Role.PRIORITY)


def heading_sense(title: str, plan_period: Period | None = None) -> HeadingSense:
    """What the words of a heading say in a plan of this period."""
    words = fold(title[:_SENSE_CHARS]).strip(" :")
    table = vocabulary()
    excluded = _any(table.priorities.not_listed, words) or _is_earlier(words, plan_period)
    return HeadingSense(
        role=_role(words, excluded=excluded),
        emerging=_any(table.roles.emerging, words) and not excluded,
        apart=_any(table.sections.standing_apart, words),
        contents=_any(table.sections.contents, words),
        excluded=excluded,
    )


def tells_of_deeds(lead: str) -> bool:
    """Whether words before a list say that it holds what is done: 'We will:'."""
    return _any((vocabulary().priorities.deeds,), fold(lead[:_SENSE_CHARS]))


def is_bare_number(title: str) -> bool:
    """Whether a heading only numbers a priority and has yet to name it: 'Priority 1'."""
    return re.fullmatch(vocabulary().priorities.numbered, fold(title).strip(" .")) is not None


def kind_in(title: str) -> PlanKind | None:
    """The kind of document that a title names, by the last word that names one."""
    titles = vocabulary().titles
    patterns = {
        PlanKind.PLAN: titles.plan,
        PlanKind.STRATEGY: titles.strategy,
        PlanKind.NEEDS_ASSESSMENT: titles.needs_assessment,
        PlanKind.PROFILE: titles.profile,
        PlanKind.REPORT: titles.report,
    }
    # What stands in brackets qualifies the title: 'Stockton Plan 2021-24 (summary report)'.
    words = re.sub(r"\([^()]*\)", " ", fold(title[:_SENSE_CHARS]))
    places = {kind: _last(each, words) for kind, each in patterns.items()}
    best = max(places, key=lambda kind: places[kind])
    return best if places[best] >= 0 else None


def names_document(title: str) -> bool:
    """Whether a heading is a document's title, with its years: 'Crime Strategy 2017-20'."""
    return kind_in(title) is not None and find_period(title) is not None


def says_summary(words: str) -> bool:
    """Whether a title or a report says that what follows is a summary of a plan."""
    return _any(vocabulary().titles.summary, fold(words))


def names_other_plan(title: str) -> bool:
    """Whether a title is that of another body's plan, on which a plan often has a section."""
    return _any(vocabulary().titles.other_plans, fold(title))


@lru_cache(maxsize=1)
def generic_words() -> frozenset[str]:
    """Words of titles that are in no place's name by themselves, folded."""
    return frozenset(vocabulary().titles.generic.split())


@lru_cache(maxsize=1)
def joining_words() -> frozenset[str]:
    """Words that stand inside a place's name, folded."""
    return frozenset(vocabulary().titles.joining.split())


def _role(words: str, *, excluded: bool) -> Role:
    roles = vocabulary().roles
    if not excluded and re.match(vocabulary().priorities.numbered, words):
        return Role.PRIORITY
    if not excluded and _any(roles.priority_list, words):
        return Role.PRIORITY_LIST
    if _any(roles.vision, words):
        return Role.VISION
    return Role.OBJECTIVES if _any(roles.objectives, words) and not excluded else Role.OTHER


def _is_earlier(words: str, plan_period: Period | None) -> bool:
    """Whether a heading names a period that is over when the plan's begins."""
    named = find_period(words)
    return bool(named and plan_period and named.start < plan_period.start >= named.end)


def _any(patterns: tuple[str, ...], words: str) -> bool:
    return _joined(patterns).search(words) is not None


def _last(patterns: tuple[str, ...], words: str) -> int:
    return max((found.start() for found in _joined(patterns).finditer(words)), default=-1)


@lru_cache(maxsize=32)
def _joined(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
