"""One priority in several places: named in a list or a sentence, and set out under a heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.models import Role
from ingest.drafts import Draft
from ingest.naming import Names, is_fuller
from ingest.readers.lines import is_capitals

_SUMMARY_SHARE = 0.5
"""A list of which so many items repeat priorities with headings is a summary of them."""


def sums_up(names: Sequence[str | None], headed: Names) -> bool:
    """Whether a list names priorities that have headings of their own elsewhere."""
    repeats = sum(map(headed.holds, names))
    return repeats > 0 and repeats >= _SUMMARY_SHARE * len(names)


def restating(members: Sequence[Draft], headed: Names) -> list[Draft]:
    """The members of a list as other places of the headed priorities.

    Those that none of the headings can mean are priorities themselves.
    """
    repeats = [headed.holds(each.title) for each in members]
    is_whole = sum(repeats) >= len(headed)
    return [
        member
        if member.role is not Role.PRIORITY or (is_whole and not repeat)
        else _as_restated(member)
        for member, repeat in zip(members, repeats, strict=True)
    ]


def listed_in_full(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, the priorities by the names in their list where headings only shorten those.

    Or write them in capitals, which are hard to read in an answer.
    """
    items = [draft for draft in drafts if draft.restates and draft.names and draft.heading]
    headed = [draft for draft in drafts if draft.role is Role.PRIORITY and not draft.names]
    names = Names(draft.title for draft in headed)
    pairs = [(names.places_of(item.title), item.title) for item in items]
    found = {places[0] for places, _ in pairs if places}
    shortens = any(places and is_fuller(title, headed[places[0]].title) for places, title in pairs)
    shouts = _in_capitals(headed) and not _in_capitals(items)
    if not ((shortens or shouts) and len(found) == len(headed) == len(items)):
        return list(drafts)
    return [
        replace(draft, role=Role.PRIORITY, restates=False)
        if any(draft is item for item in items)
        else _as_restated(draft)
        if any(draft is each for each in headed)
        else draft
        for draft in drafts
    ]


def _in_capitals(drafts: Sequence[Draft]) -> bool:
    return all(is_capitals(draft.title or "") for draft in drafts)


def _as_restated(draft: Draft) -> Draft:
    return replace(draft, role=Role.PRIORITY_PART, restates=True)
