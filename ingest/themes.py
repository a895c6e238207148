"""Priorities in two levels: themes, and under each of them what the plan will work on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.models import Role
from corpus.words import fold, number_word
from ingest.drafts import Draft, eligible

_LEAST_THEMES = 2


def with_themes_opened(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a plan; what has a heading of its own under a theme is a priority as well.

    That holds where all of a plan's priorities are themes by name, and each has other headings
    under it than the next: 'What we will do' under every theme is no priority. Where the plan says
    that it has so many priorities, or some under each theme, the themes are but their lists.
    """
    found = list(drafts)
    themes = [at for at, draft in enumerate(found) if draft.role is Role.PRIORITY]
    named = [at for at in themes if (sense := found[at].sense) is not None and sense.like]
    if len(named) < _LEAST_THEMES or named != themes:
        return found
    below = {at: list(_below(found, at)) for at in themes}
    titles = [fold(found[at].title or "") for places in below.values() for at in places]
    if not all(below.values()) or len(set(titles)) < len(titles) or len(titles) <= len(themes):
        return found
    themes_only_list = _says(text, drafts, len(titles))
    for theme, places in below.items():
        if themes_only_list:
            found[theme] = replace(found[theme], role=Role.PRIORITY_LIST)
        for at in places:
            found[at] = replace(found[at], role=Role.PRIORITY)
    return found


def _says(text: str, drafts: Sequence[Draft], number: int) -> bool:
    """Whether a plan says that it has so many priorities, or some under each of its themes."""
    said = re.compile(
        rf"\b(?:{number_word(number)}|{number}) (?:\w+ )?priorities\b"
        r"|\bpriorities (?:under|in|for|below|within) (?:each|every|them)\b"
    )
    start, end = drafts[0].blocks[0].span.start, drafts[-1].blocks[-1].span.end
    return said.search(" ".join(fold(text[start:end]).split())) is not None


def _below(drafts: Sequence[Draft], theme: int) -> Iterator[int]:
    """The places of the headings directly under a theme."""
    depth = drafts[theme].depth
    for at in range(theme + 1, len(drafts)):
        draft = drafts[at]
        if draft.depth <= depth:
            return
        is_part = draft.depth == depth + 1 and draft.role is Role.PRIORITY_PART
        if is_part and draft.title is not None and eligible(draft):
            yield at
