"""Sections within sections: run-in headings, and priorities in a list or a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from corpus.models import Role, Span
from ingest.drafts import PRIORITY_ROLES, Draft, eligible, has_children, own_priorities
from ingest.headings import title_of
from ingest.lists import (
    ItemList,
    introduced_as_objectives,
    introduced_as_priorities,
    item_heading,
    item_lists,
    list_heading,
    own_list,
)
from ingest.naming import REPEATED_SHARE, Names
from ingest.prose import counted_apart, named_in
from ingest.ranked import LEAST_COUNTED, counted_in
from ingest.restating import restating, sums_up
from ingest.runins import RunIn, run_ins, telling_run_ins
from ingest.stated import Stated, listed_behind_a_colon, stated
from ingest.vocabulary import heading_sense

_UNCLAIMED = (Role.OTHER, Role.OBJECTIVES, Role.PRIORITY_LIST)
"""Roles of sections in which words may name priorities: below an objective they often do."""


class _Inner(NamedTuple):
    """A heading inside a section, and the places `[start, end)` in its body that it heads."""

    heading: Span
    start: int
    end: int


def expanded(text: str, drafts: Sequence[Draft], *, recommended: bool = False) -> list[Draft]:
    """The drafts of one plan, with run-in headings and listed priorities as sections.

    Where only what is `recommended` counts, so it does in the words before a list.
    """
    headed = _priorities(drafts)
    found: list[Draft] = []
    for place, draft in enumerate(drafts):
        if draft.role in (Role.PRIORITY_LIST, Role.EMERGING):
            is_headed = has_children(drafts, place)
            found.extend(_listing(text, draft, headed, is_headed=is_headed))
        else:
            is_all = len(drafts) == 1
            found.extend(_with_run_ins(text, draft, _role_within(draft), is_all=is_all))
    # A foreword often lists in passing what has sections of its own: it then names them once more.
    held = _priorities(found) if own_priorities(found) else Names(())
    return [
        part for draft in found for part in _introduced(text, draft, held, recommended=recommended)
    ]


def _priorities(drafts: Sequence[Draft]) -> Names:
    return Names(draft.title for draft in drafts if draft.role is Role.PRIORITY)


def _listing(text: str, draft: Draft, headed: Names, *, is_headed: bool) -> Iterator[Draft]:
    """A section that announces a list, and the members of the list.

    Where it is a list of headings, items in it are only that list in short, or something else.
    """
    is_emerging = draft.role is Role.EMERGING
    role = Role.EMERGING if is_emerging else Role.PRIORITY
    parts = _listed_parts(text, draft, emerging=is_emerging)
    members = _members(text, draft, parts, role, headed)
    if members and (not is_headed or any(member.restates for member in members)):
        yield from _cut(draft, parts, members)
    else:
        yield from _with_run_ins(text, draft, _role_within(draft) if is_headed else role)


def _listed_parts(text: str, draft: Draft, *, emerging: bool) -> list[_Inner]:
    """The members of the section's list: under regular run-in headings, or items."""
    found = run_ins(text, draft.body)
    if any(run_in.regular for run_in in found.values()):
        return _run_in_parts(found, len(draft.body))
    items = own_list(text, draft.body, emerging=emerging)
    return _item_parts(text, draft, items) if items else []


def _with_run_ins(text: str, draft: Draft, role: Role, *, is_all: bool = False) -> Iterator[Draft]:
    """A section and the sections under the run-in headings in it.

    Between the lines of a title only known words are such headings, unless the section `is_all`.
    """
    find = run_ins if draft.depth or is_all else telling_run_ins
    if found := find(text, draft.body):
        parts = _run_in_parts(found, len(draft.body))
        yield from _cut(draft, parts, [_inner(text, draft, part, role) for part in parts])
    else:
        yield draft


def _run_in_parts(found: Mapping[int, RunIn], size: int) -> list[_Inner]:
    """The stretches under run-in headings: one without siblings heads its own block only."""
    return [
        _Inner(run_in.words, place, until if run_in.regular else place + 1)
        for (place, until), run_in in zip(pairwise([*found, size]), found.values(), strict=True)
    ]


def _role_within(draft: Draft) -> Role:
    if draft.role in PRIORITY_ROLES:
        return Role.PRIORITY_PART
    return Role.OTHER if draft.role is Role.PRIORITY_LIST else draft.role


def _members(
    text: str, draft: Draft, parts: Sequence[_Inner], role: Role, headed: Names
) -> list[Draft]:
    """The members of a list in their roles; one that only sums up has none that are new."""
    members = [_inner(text, draft, part, role) for part in parts]
    members = [replace(each, names=(each.title or "",)) for each in members]
    if role is Role.PRIORITY and sums_up([each.title for each in members], headed):
        return restating(members, headed)
    return members


def _introduced(text: str, draft: Draft, held: Names, *, recommended: bool) -> Iterator[Draft]:
    """A list or sentence that names priorities, where no heading announces them.

    In a plan that has priorities, only if it names those.
    """
    if draft.role not in _UNCLAIMED or (draft.sense and draft.sense.left_out):
        yield draft
    elif items := introduced_as_priorities(text, draft.body, recommended=recommended):
        yield from _led_in(text, draft, items, held)
    elif items := _repeating(text, draft, held):
        parts = _item_parts(text, draft, items)
        yield from _cut(draft, parts, _members(text, draft, parts, Role.PRIORITY, held))
    elif not held and len(sentences := counted_in(text, draft.body)) >= LEAST_COUNTED:
        yield from counted_apart(text, draft, sentences)
    elif sentence := _sentence_of_priorities(text, draft, recommended=recommended):
        yield from named_in(text, draft, sentence, held)
    elif draft.role is Role.OTHER and (items := introduced_as_objectives(text, draft.body)):
        yield from _of_objectives(text, draft, items)
    else:
        yield draft


def _sentence_of_priorities(text: str, draft: Draft, *, recommended: bool) -> Stated | None:
    """The sentence that names priorities by these words, or under a heading that asks for them."""
    if found := stated(text, draft.body, recommended=recommended):
        return found
    asks = draft.sense is not None and draft.sense.role is Role.PRIORITY_LIST
    return listed_behind_a_colon(text, draft.body) if asks else None


def _of_objectives(text: str, draft: Draft, items: ItemList) -> Iterator[Draft]:
    """A draft with the objectives in it as a section under the words that lead into them."""
    lead, end = draft.head + (items.lead or 0), draft.head + items.end
    if lead:
        yield replace(draft, blocks=draft.blocks[:lead])
    below = _under_lead(text, draft, items, Role.OBJECTIVES)
    yield replace(below, blocks=below.blocks[: end - lead])
    if rest := draft.blocks[end:]:
        yield Draft(title=None, heading=None, blocks=rest, depth=draft.depth_within)


def _under_lead(text: str, draft: Draft, items: ItemList, role: Role) -> Draft:
    """The rest of a draft as a section, from the words on that lead into a list."""
    words = list_heading(items, draft.body)
    return Draft(
        title=title_of(words.of(text)),
        heading=words,
        blocks=draft.blocks[draft.head + (items.lead or 0) :],
        depth=draft.depth_within,
        head=1,
        role=role,
    )


def _repeating(text: str, draft: Draft, held: Names) -> ItemList | None:
    """A list that names the priorities once more, whatever the words before it; not of contents."""
    if draft.sense and draft.sense.contents:
        return None
    for items in item_lists(draft.body):
        names = [item_heading(text, draft.body[top]).of(text) for top in items.tops]
        if len(names) > 1 and sum(map(held.holds, names)) >= REPEATED_SHARE * len(names):
            return items
    return None


def _led_in(text: str, draft: Draft, items: ItemList, held: Names) -> Iterator[Draft]:
    """A draft with the list in it, under the words that lead into it."""
    lead = draft.head + (items.lead or 0)
    below = _under_lead(text, draft, items, Role.PRIORITY_LIST)
    moved = lead + 1 - draft.head
    within = replace(items, end=items.end - moved, tops=tuple(top - moved for top in items.tops))
    parts = _item_parts(text, below, within)
    members = _members(text, below, parts, Role.PRIORITY, held)
    if held and not any(member.restates for member in members):
        yield draft
        return
    if lead:
        yield replace(draft, blocks=draft.blocks[:lead])
    yield from _cut(below, parts, members)


def _item_parts(text: str, draft: Draft, items: ItemList) -> list[_Inner]:
    body = draft.body
    return [
        _Inner(item_heading(text, body[top], items.column), top, until)
        for top, until in pairwise([*items.tops, items.end])
    ]


def _cut(draft: Draft, parts: Sequence[_Inner], members: Sequence[Draft]) -> Iterator[Draft]:
    """The draft up to the first part, then the parts; what lies between them has no heading.

    What goes on below a priority is a part of it.
    """
    body, at = draft.body, draft.head + parts[0].start
    role = _role_within(draft) if draft.role in PRIORITY_ROLES else Role.OTHER
    if at:
        yield replace(draft, blocks=draft.blocks[:at])
    for part, member, following in zip(parts, members, [*parts[1:], None], strict=True):
        yield member
        rest = body[part.end : following.start if following else None]
        if rest:
            depth = draft.depth_within
            yield Draft(title=None, heading=None, blocks=rest, depth=depth, role=role)


def _inner(text: str, draft: Draft, part: _Inner, role: Role) -> Draft:
    """A part of a section in the role of a member, unless its own words tell another."""
    title = title_of(part.heading.of(text))
    sense = heading_sense(title)
    inner = Draft(
        title=title,
        heading=part.heading,
        blocks=draft.body[part.start : part.end],
        depth=draft.depth_within,
        sense=sense,
    )
    may_be = eligible(inner) or sense.instead is Role.PRIORITY
    if role in (Role.PRIORITY_PART, Role.EMERGING) or (role is Role.PRIORITY and may_be):
        return replace(inner, role=role)
    if sense.tells:
        return replace(inner, role=Role.EMERGING if sense.emerging else sense.role)
    return replace(inner, role=Role.OTHER if role is Role.PRIORITY else role)
