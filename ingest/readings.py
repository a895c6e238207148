"""Ways to read the headings of a plan, by what it may call the list that comes first.

A theme, a focus area, a pledge, an outcome or an objective is a priority where the plan has no
other kind. So the stricter readings come first, and the first that finds a list holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.models import PlanKind, Role
from ingest.drafts import Draft
from ingest.headings import Heading
from ingest.lists import item_heading, item_lists
from ingest.naming import REPEATED_SHARE, Names
from ingest.vocabulary import HeadingSense

_LISTS = (Role.PRIORITY, Role.PRIORITY_LIST)
_ADVISES = (PlanKind.NEEDS_ASSESSMENT, PlanKind.PROFILE)
"""Kinds that may put priorities to a partnership; others that they name are then not theirs."""
_SETS_AIMS = (PlanKind.PLAN, PlanKind.STRATEGY, PlanKind.PROFILE)
"""Kinds whose aims are the area's; an assessment's are mostly its own: 'to identify trends'."""
_LEAST_TAKEN_UP, _SHARE_TAKEN_UP = 2, 0.5
"""So many headings alike, for such a share of the priorities in a list, are the list set out."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The headings as one reading takes them.

    It holds at once where it finds `enough` priorities, and never where it finds less than `least`.
    `recommended` is whether only what is recommended counts, in the words before a list too.
    """

    headings: Sequence[Heading]
    least: int = 0
    enough: int = 2
    recommended: bool = False


def readings(headings: Sequence[Heading], kind: PlanKind | None) -> Iterator[Reading]:
    """The readings of a plan of this kind, strictest first."""
    if kind in _ADVISES:
        yield Reading(_only(headings, lambda sense: sense.recommends), 1, 1, recommended=True)
    strict = _only(headings, lambda sense: not sense.like)
    yield Reading(strict)
    # The themes of an assessment or a profile are mostly what it found: its aims come before them.
    if kind not in _ADVISES:
        yield Reading(headings)
    if kind in _SETS_AIMS:
        names = dict.fromkeys(heading.sense.name for heading in headings if heading.sense.name)
        own = strict if kind in _ADVISES else headings
        yield from (Reading(_called(own, name), 2) for name in names)
    if kind in _ADVISES:
        yield Reading(headings)


def taken_up(reading: Reading, drafts: Sequence[Draft], kind: PlanKind | None) -> Reading | None:
    """The reading in which headings that set out the listed priorities are those; None for none.

    What an assessment has under such a heading is what was found, and not what is recommended.
    """
    listed = [draft for draft in drafts if draft.role is Role.PRIORITY and draft.names]
    if not listed or kind in _ADVISES:
        return None
    start = listed[0].blocks[0].span.start
    names = Names(name for draft in listed for name in draft.names)
    found = _best_named(reading.headings, names, start)
    if len(found) < max(_LEAST_TAKEN_UP, _SHARE_TAKEN_UP * len(names)):
        return None
    return replace(reading, headings=as_priorities(reading.headings, found))


def _best_named(headings: Sequence[Heading], names: Names, start: int) -> list[Heading]:
    """The headings of one look, after an offset, that name most of what is listed."""
    alike: dict[tuple[str, int], list[Heading]] = defaultdict(list)
    for heading in headings:
        if heading.start > start and _may_set_out(heading.sense):
            alike[heading.style].append(heading)
    return max((_naming(each, names) for each in alike.values()), key=len, default=[])


def as_priorities(headings: Sequence[Heading], found: Sequence[Heading]) -> list[Heading]:
    """The headings, of which those that were found are priorities."""
    places = {heading.place for heading in found}
    return [_in_role(each, Role.PRIORITY) if each.place in places else each for each in headings]


def set_out(text: str, headings: Sequence[Heading], drafts: Sequence[Draft]) -> Reading | None:
    """The reading in which the headings that set out a list are priorities, whatever it is called.

    'We will work on four things:', and each of the four has a section later.
    """
    for draft in drafts:
        is_told = draft.sense is not None and (draft.sense.contents or draft.sense.left_out)
        for items in () if is_told else item_lists(draft.body):
            if items.lead is None or not text[: draft.body[items.lead].words.end].endswith(":"):
                continue
            titles = [item_heading(text, draft.body[top]).of(text) for top in items.tops]
            start = draft.body[items.start].span.start
            found = _best_named(headings, Names(titles), start)
            if len(found) >= max(_LEAST_TAKEN_UP, REPEATED_SHARE * len(titles)):
                return Reading(as_priorities(headings, found))
    return None


def _may_set_out(sense: HeadingSense) -> bool:
    return sense.role in (Role.OTHER, Role.PRIORITY_LIST) and not sense.tells_other


def _naming(headings: Sequence[Heading], names: Names) -> list[Heading]:
    """The headings that name one of the priorities each, no priority twice."""
    taken: set[int] = set()
    found = []
    for heading in headings:
        free = [at for at in names.places_of(heading.title) if at not in taken]
        if free:
            taken.add(free[0])
            found.append(heading)
    return found


def _only(headings: Sequence[Heading], lists: Callable[[HeadingSense], bool]) -> list[Heading]:
    """The headings, of which only those with such a sense list or number priorities."""
    return [
        _in_role(heading, Role.OTHER)
        if heading.sense.role in _LISTS and not lists(heading.sense)
        else heading
        for heading in headings
    ]


def _called(headings: Sequence[Heading], name: str) -> list[Heading]:
    """The headings, of which those that list or number what is called so hold priorities."""
    return [
        _in_role(heading, heading.sense.instead) if heading.sense.name == name else heading
        for heading in headings
    ]


def _in_role(heading: Heading, role: Role) -> Heading:
    return replace(heading, sense=heading.sense._replace(role=role))
