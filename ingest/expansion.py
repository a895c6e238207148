"""Sections within sections: run-in headings, and the items of a list of priorities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from corpus.models import Role, Span
from corpus.words import content_stems
from ingest.blocks import Block
from ingest.drafts import Draft, eligible, has_children, own_priorities
from ingest.headings import title_of
from ingest.lists import (
    ItemList,
    introduced_as_priorities,
    item_heading,
    list_heading,
    own_list,
)
from ingest.runins import RunIn, run_ins, telling_run_ins
from ingest.vocabulary import heading_sense

_SUMMARY_SHARE = 0.5
"""A list of which so many items repeat priorities with headings is a summary of them."""


class _Inner(NamedTuple):
    """A heading inside a section, and the places `[start, end)` in its body that it heads."""

    heading: Span
    start: int
    end: int


def expanded(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of one plan, with run-in headings and listed priorities as sections."""
    headed = [_stems(draft.title) for draft in drafts if draft.role is Role.PRIORITY]
    found: list[Draft] = []
    for place, draft in enumerate(drafts):
        may_list = draft.role is Role.PRIORITY_LIST and not has_children(drafts, place)
        found.extend(_split(text, draft, headed, may_list=may_list))
    # A foreword often lists in passing what has sections of its own later: headings come first.
    if own_priorities(found):
        return found
    return [part for draft in found for part in _introduced(text, draft)]


def _split(
    text: str, draft: Draft, headed: Sequence[frozenset[str]], *, may_list: bool
) -> Iterator[Draft]:
    """One draft as the sections that it holds, itself first."""
    find = run_ins if draft.depth else telling_run_ins
    found = find(text, draft.body)
    is_regular = any(run_in.regular for run_in in found.values())
    items = own_list(text, draft.body) if may_list and not is_regular else None
    if items:
        yield from _itemised(text, draft, items, headed)
    elif found:
        role = _role_within(draft, may_list=may_list)
        yield from _cut(text, draft, _parts(found, len(draft.body)), role)
    else:
        yield draft


def _parts(found: Mapping[int, RunIn], size: int) -> list[_Inner]:
    """The stretches under run-in headings: one without siblings heads its own block only."""
    return [
        _Inner(run_in.words, place, until if run_in.regular else place + 1)
        for (place, until), run_in in zip(pairwise([*found, size]), found.values(), strict=True)
    ]


def _role_within(draft: Draft, *, may_list: bool) -> Role:
    if may_list:
        return Role.PRIORITY
    if draft.role in (Role.PRIORITY, Role.PRIORITY_PART):
        return Role.PRIORITY_PART
    return Role.OTHER if draft.role is Role.PRIORITY_LIST else draft.role


def _itemised(
    text: str, draft: Draft, items: ItemList, headed: Sequence[frozenset[str]]
) -> Iterator[Draft]:
    """Each item as a priority, unless the list only sums up priorities that have headings."""
    parts = _item_parts(text, draft, items)
    repeats = sum(_is_held(_stems(part.heading.of(text)), headed) for part in parts)
    if repeats >= _SUMMARY_SHARE * len(parts):
        yield draft
    else:
        yield from _cut(text, draft, parts, Role.PRIORITY)


def _introduced(text: str, draft: Draft) -> Iterator[Draft]:
    """A list that its lead-in calls priorities, in a plan where no heading announces any."""
    items = introduced_as_priorities(text, draft.body)
    if draft.role is not Role.OTHER or items is None or items.lead is None:
        yield draft
        return
    lead = draft.head + items.lead
    if lead:
        yield replace(draft, blocks=draft.blocks[:lead])
    words = list_heading(items, draft.body)
    below = Draft(
        title=title_of(words.of(text)),
        heading=words,
        blocks=draft.blocks[lead:],
        depth=_depth_within(draft),
        head=1,
        role=Role.PRIORITY_LIST,
    )
    within = replace(items, tops=tuple(top - items.lead - 1 for top in items.tops))
    within = replace(within, end=items.end - items.lead - 1)
    yield from _cut(text, below, _item_parts(text, below, within), Role.PRIORITY)


def _item_parts(text: str, draft: Draft, items: ItemList) -> list[_Inner]:
    body = draft.body
    return [
        _Inner(item_heading(text, body[top], items.column), top, until)
        for top, until in pairwise([*items.tops, items.end])
    ]


def _cut(text: str, draft: Draft, parts: Sequence[_Inner], role: Role) -> Iterator[Draft]:
    """The draft up to the first part, then the parts; what lies between them has no heading."""
    body, at = draft.body, draft.head + parts[0].start
    if at:
        yield replace(draft, blocks=draft.blocks[:at])
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        yield _inner(text, draft, part.heading, body[part.start : part.end], role)
        rest = body[part.end : following.start if following else None]
        if rest:
            yield Draft(title=None, heading=None, blocks=rest, depth=_depth_within(draft))


def _depth_within(draft: Draft) -> int:
    """The depth of what a draft holds; text that only goes on holds nothing, but stands beside."""
    return draft.depth + 1 if draft.title is not None else draft.depth


def _inner(text: str, draft: Draft, heading: Span, blocks: tuple[Block, ...], role: Role) -> Draft:
    title = title_of(heading.of(text))
    sense = heading_sense(title)
    inner = Draft(
        title=title,
        heading=heading,
        blocks=blocks,
        depth=_depth_within(draft),
        sense=sense,
    )
    is_listed = eligible(inner) or sense.instead is Role.PRIORITY
    if role is Role.PRIORITY_PART or (role is Role.PRIORITY and is_listed):
        return replace(inner, role=role)
    if sense.tells:
        return replace(inner, role=Role.PRIORITY if sense.emerging else sense.role)
    return replace(inner, role=Role.OTHER if role is Role.PRIORITY else role)


def _stems(title: str | None) -> frozenset[str]:
    return frozenset(content_stems(title or ""))


def _is_held(item: frozenset[str], headed: Sequence[frozenset[str]]) -> bool:
    return bool(item) and any(item <= title or title <= item for title in headed if title)
