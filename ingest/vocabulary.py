"""What the words of a heading or title say; the words themselves are in `data/vocabulary.toml`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from corpus.models import Period, PlanKind, Role
from corpus.words import fold, number_of
from ingest.periods import find_period
from ingest.wordlists import vocabulary

_SENSE_CHARS = 300
"""Characters of a heading that are looked at: more would be slow, and say no more."""

_NUMBER = re.compile(
    r"^(?:q(?:uestion)?(?: ?\d{1,2})?[.:)] *|\d{1,3}(?:\.\d{1,3})*[.)]? +(?:\| )?"
    r"|(?:[a-z]\d{0,2}|[ivx]{2,4})[.)] +)+(?=\w)"
)
_TWO_TONGUES = " · "
"""What parts a heading in two languages, of which the second is English."""
_AFTER_LABEL = re.compile(r"^[\s.:–—-]+")
_LISTING_CHARS = 600
"""A longer sentence is no list of names."""
_JOINING = re.compile(r"^(?:and|but|so) (?=.*\?$)")
"""What may stand before the words of a heading: 'Q. And …?', '4.1 '."""


_AND_LISTS = re.compile(r"(?:\b(?:and|with)|[&,]) (?:(?:our|the|key|strategic) )*priorit")
"""Priorities that a title names beside the kind of document."""


class HeadingSense(NamedTuple):
    """What a heading's words say, before its place and content are looked at.

    `role` is VISION, OBJECTIVES, PRIORITY_LIST (it may hold priorities), PRIORITY (it numbers one)
    or OTHER. `emerging` is a heading for issues that are new; `apart` one that no list of
    priorities contains, such as a question; `contents` one for the table of contents; `excluded`
    one that speaks of priorities which are not the plan's own; `left_out` one for what the plan
    doesn't take on; `recommends` one for what is put to a partnership.

    `like` is one of what only a plan without priorities by that name has in their place: themes,
    focus areas. `instead` is the role in a plan that has neither, where it lists or numbers its
    aims, say, under `name`.
    """

    role: Role
    emerging: bool
    apart: bool
    contents: bool
    excluded: bool
    left_out: bool
    recommends: bool
    like: bool
    instead: Role
    name: str

    @property
    def tells_other(self) -> bool:
        """Whether the words say that it is something else than one of the plan's priorities."""
        return self.excluded or self.apart or self.contents or self.emerging

    @property
    def tells(self) -> bool:
        """Whether the words give a section its role by themselves, whatever it contains."""
        return self.emerging or self.role in (Role.VISION, Role.OBJECTIVES, Role.PRIORITY)


def heading_sense(title: str, plan_period: Period | None = None, plan: str = "") -> HeadingSense:
    """What the words of a heading say in a plan of this period and title."""
    words = _unnumbered(title)
    table = vocabulary()
    left_out = _any(table.priorities.left_out, words)
    not_own = _is_others(words, plan) or _is_earlier(words, plan_period)
    excluded = left_out or not_own or _any(table.priorities.asked, words)
    instead, name = (Role.OTHER, "") if excluded else _instead(words)
    return HeadingSense(
        role=_role(words, excluded=excluded),
        emerging=_any(table.roles.emerging, words) and not (left_out or not_own),
        apart=left_out or words.endswith("?") or _stands_apart(words),
        contents=_any(table.sections.contents, words),
        excluded=excluded,
        left_out=left_out,
        recommends=_any(table.roles.recommended, words),
        like=_is_like(words),
        instead=instead,
        name=name,
    )


def calls_new(title: str) -> bool:
    """Whether a heading calls what it holds emerging or new, in these words."""
    return re.search(r"\b(?:emerging|new)\b", fold(title[:_SENSE_CHARS])) is not None


def may_name_priorities(words: str) -> bool:
    """Whether running words hold what a sentence that names priorities has."""
    return _any(vocabulary().priorities.named, fold(words))


def priorities_named_in(sentence: str, *, recommended: bool = False) -> str:
    """The words, folded, by which a sentence lists the plan's priorities; empty if it lists none.

    Where only what is `recommended` counts, the sentence has to say that too.
    """
    words, table = fold(sentence), vocabulary().priorities
    found = _joined(table.named).search(words)
    if (
        found is None
        or len(words) > _LISTING_CHARS
        or re.match(table.not_named, words[found.end() :])
    ):
        return ""
    sense = heading_sense(words[: found.end()])
    is_own = not sense.excluded and (sense.recommends or not recommended)
    return words[found.end() :] if is_own else ""


def priorities_counted(sentence: str) -> int | None:
    """How many priorities a sentence says that the plan has; None where it doesn't say."""
    words = fold(sentence[:_SENSE_CHARS])
    found = re.match(vocabulary().priorities.counts, words)
    if found is None or heading_sense(words[: found.end()]).excluded:
        return None
    number = found["number"]
    return int(number) if number.isdigit() else number_of(number)


def may_count_priorities(words: str) -> bool:
    """Whether running words hold what a sentence that counts a priority has."""
    return _any(vocabulary().priorities.counted, fold(words))


def counts_priority(sentence: str) -> bool:
    """Whether a sentence begins by saying which priority it is: 'Our second priority covers …'."""
    words = _NUMBER.sub("", fold(sentence[:_SENSE_CHARS]).lstrip(" >*_"), count=1)
    return _joined(vocabulary().priorities.counted).match(words) is not None


def counts_on(sentence: str) -> bool:
    """Whether a sentence names one more of what is listed: 'The second is …', 'So is …'."""
    return _joined((vocabulary().priorities.counted_on,)).match(fold(sentence)) is not None


def tells_of_deeds(lead: str) -> bool:
    """Whether words before a list say that it holds what is done: 'We will:'."""
    return _any((vocabulary().priorities.deeds,), fold(lead[:_SENSE_CHARS]))


def promises(lead: str) -> bool:
    """Whether words before a list end in a promise: 'Over the next three years we will:'."""
    return re.search(r"\b(?:we|partners|partnership) will:?$", fold(lead).strip(" *_")) is not None


def without_label(title: str) -> str:
    """A heading's words, folded, without its number or a label such as 'Priority 1:'."""
    table, words = vocabulary(), _unnumbered(title)
    for pattern in (table.priorities.numbered, table.instead.numbered):
        if found := re.match(pattern, words):
            return _AFTER_LABEL.sub("", words[found.end("label") :])
    return words


def is_bare_number(title: str) -> bool:
    """Whether a heading only numbers a priority and has yet to name it: 'Priority 1'."""
    table, words = vocabulary(), fold(title[:_SENSE_CHARS]).strip(" .")
    numbers = (table.priorities.numbered, table.instead.numbered, table.priorities.recommendation)
    return any(re.fullmatch(each, words) for each in numbers)


def names_office(title: str) -> bool:
    """Whether a line is what stands under a signature: 'Chair of the Partnership'."""
    return _any((vocabulary().sections.offices,), fold(title[:_SENSE_CHARS]))


def tells_particular(words: str) -> bool:
    """Whether a line says who leads and the like, and nothing yet of what it stands under."""
    is_line = len(words) <= _SENSE_CHARS and not words.rstrip().endswith((".", "!", "?"))
    return is_line and _any((vocabulary().sections.particular,), fold(words))


def announces_aim(words: str) -> bool:
    """Whether a line says what a section is for, after a label: 'Outcome: fewer victims'."""
    is_line = len(words) <= _SENSE_CHARS
    return is_line and _any((vocabulary().sections.announced,), fold(words).lstrip("*_ "))


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


def is_subtitle(title: str) -> bool:
    """Whether a heading below a title may say what the document is: 'Needs assessment 2024'."""
    words = _unnumbered(title)
    # 'Plan priorities 2021-24' heads a list; 'Assessment and priorities, 2024' is a title.
    lists = _any(vocabulary().roles.priority_list, words)
    return names_document(words) and (not lists or _AND_LISTS.search(words) is not None)


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


def _unnumbered(title: str) -> str:
    """The words of a heading, folded, without the number or the 'Q.' before them."""
    # Of a heading in two languages the second half is taken: 'Ein hamcanion · Our objectives'.
    words = fold(title[:_SENSE_CHARS].rsplit(_TWO_TONGUES, 1)[-1]).strip(" :")
    return _JOINING.sub("", _NUMBER.sub("", words, count=1), count=1)


def _instead(words: str) -> tuple[Role, str]:
    """What a heading is where the top list of a plan isn't called priorities, and its name."""
    table = vocabulary().instead
    numbers = (re.match(pattern, words) for pattern in (table.numbered, table.promised))
    if numbered := next((each for each in numbers if each), None):
        return Role.PRIORITY, numbered["name"]
    found = (re.match(pattern, words) for pattern in table.listed)
    listed = next((each for each in found if each), None)
    return (Role.PRIORITY_LIST, listed["name"]) if listed else (Role.OTHER, "")


def _is_others(words: str, plan: str) -> bool:
    """Whether a heading speaks of priorities that aren't those of the plan with this title."""
    table = vocabulary()
    is_own = _any((table.titles.commissioners,), fold(plan))
    patterns = table.priorities.not_listed
    return _any(patterns if is_own else (*patterns, table.priorities.commissioners), words)


def _is_like(words: str) -> bool:
    """Whether what it lists or numbers stands in for priorities, and isn't called so."""
    table = vocabulary()
    if _any(table.roles.priority_list, words):
        return False
    return _any((*table.roles.like_priorities, table.priorities.like), words)


def _stands_apart(words: str) -> bool:
    sections = vocabulary().sections
    return _any((*sections.standing_apart, sections.offices), words)


def _role(words: str, *, excluded: bool) -> Role:
    roles, priorities = vocabulary().roles, vocabulary().priorities
    is_numbered = re.match(priorities.numbered, words) or re.search(priorities.marked, words)
    if is_numbered and not excluded:
        return Role.PRIORITY
    if not excluded and _any((*roles.priority_list, *roles.like_priorities), words):
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
