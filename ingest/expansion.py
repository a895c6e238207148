"""Sections within sections: run-in headings, and the items of a list of priorities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.models import Role, Span
from corpus.words import content_stems
from ingest.drafts import Draft, eligible, has_children
from ingest.headings import title_of
from ingest.lists import ItemList, introduced_as_priorities, item_heading, own_list
from ingest.runins import run_ins
from ingest.vocabulary import heading_sense

_SUMMARY_SHARE = 0.5
"""A list of which so many items repeat priorities with headings is a summary of them."""


def expanded(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of one plan, with run-in headings and listed priorities as sections."""
    headed = [_stems(draft.title) for draft in drafts if draft.role is Role.PRIORITY]
    found: list[Draft] = []
    for place, draft in enumerate(drafts):
        may_list = draft.role is Role.PRIORITY_LIST and not has_children(drafts, place)
        found.extend(_split(text, draft, headed, may_list=may_list))
    if any(draft.role is Role.PRIORITY for draft in found):
        return found
    return [part for draft in found for part in _introduced(text, draft)]


def _split(
    text: str, draft: Draft, headed: Sequence[frozenset[str]], *, may_list: bool
) -> Iterator[Draft]:
    """One draft as the sections that it holds, itself first."""
    found = run_ins(text, draft.body) if draft.depth else {}
    if found:
        starts = {place: run_in.words for place, run_in in found.items()}
        yield from _cut(text, draft, starts, _role_within(draft, may_list=may_list))
    elif may_list and (items := own_list(text, draft.body)):
        yield from _itemised(text, draft, items, headed)
    else:
        yield draft


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
    titles = {place: item_heading(text, draft.body[place]) for place in items.tops}
    repeats = sum(_is_held(_stems(span.of(text)), headed) for span in titles.values())
    if repeats >= _SUMMARY_SHARE * len(titles):
        yield draft
    else:
        yield from _cut(text, draft, titles, Role.PRIORITY, end=items.end)


def _introduced(text: str, draft: Draft) -> Iterator[Draft]:
    """A list that its lead-in calls priorities, in a plan where no heading announces any."""
    items = introduced_as_priorities(text, draft.body)
    if draft.role is not Role.OTHER or items is None or items.lead is None:
        yield draft
        return
    skipped = len(draft.blocks) - len(draft.body)
    lead = skipped + items.lead
    if lead:
        yield replace(draft, blocks=draft.blocks[:lead])
    words = draft.blocks[lead].words
    below = Draft(
        title=title_of(words.of(text)),
        heading=words,
        blocks=draft.blocks[lead:],
        depth=draft.depth + 1,
        role=Role.PRIORITY_LIST,
    )
    places = {tops - items.lead - 1: item_heading(text, draft.body[tops]) for tops in items.tops}
    yield from _cut(text, below, places, Role.PRIORITY, end=items.end - items.lead - 1)


def _cut(
    text: str, draft: Draft, starts: Mapping[int, Span], role: Role, end: int | None = None
) -> Iterator[Draft]:
    """The draft up to the first start, then a draft from each; what follows `end` has no heading.

    Starts and `end` are places in the draft's body.
    """
    skipped = len(draft.blocks) - len(draft.body)
    places = [skipped + place for place in starts]
    last = len(draft.blocks) if end is None else skipped + end
    if places[0]:
        yield replace(draft, blocks=draft.blocks[: places[0]])
    for place, until, heading in zip(places, [*places[1:], last], starts.values(), strict=True):
        yield _inner(text, draft, heading, (place, until), role)
    if last < len(draft.blocks):
        yield Draft(title=None, heading=None, blocks=draft.blocks[last:], depth=draft.depth + 1)


def _inner(text: str, draft: Draft, heading: Span, blocks: tuple[int, int], role: Role) -> Draft:
    title = title_of(heading.of(text))
    inner = Draft(
        title=title,
        heading=heading,
        blocks=draft.blocks[slice(*blocks)],
        depth=draft.depth + 1,
        role=role,
        sense=heading_sense(title),
    )
    if role is Role.PRIORITY and not eligible(inner):
        return replace(inner, role=Role.OTHER)
    is_numbered = inner.sense is not None and inner.sense.role is Role.PRIORITY
    return replace(inner, role=Role.PRIORITY) if is_numbered and role is Role.OTHER else inner


def _stems(title: str | None) -> frozenset[str]:
    return frozenset(content_stems(title or ""))


def _is_held(item: frozenset[str], headed: Sequence[frozenset[str]]) -> bool:
    return bool(item) and any(item <= title or title <= item for title in headed if title)
