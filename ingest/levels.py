"""Depths of headings: from what the file states, and else from their styles and their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.models import Role
from ingest.headings import Heading

_LOOKS = ("capitals", "line", "in list", "repeated")
"""Styles without a level of their own, highest first."""


@dataclass(frozen=True, slots=True)
class _Open:
    style: tuple[str, int]
    heading: Heading


def depths(headings: Sequence[Heading]) -> list[int]:
    """The depth of each heading, from 0, each at most one more than the one before it."""
    open_headings: list[_Open] = []
    found: list[int] = []
    between = _between_numbered(headings)
    beside = _beside_numbered(headings)
    for place, (heading, inner) in enumerate(zip(headings, between, strict=True)):
        style = beside.get(place) or _style_in(open_headings, heading, inner=inner)
        _close(open_headings, style)
        found.append(len(open_headings))
        open_headings.append(_Open(style, heading))
    return found


def _style_in(open_headings: Sequence[_Open], heading: Heading, *, inner: bool) -> tuple[str, int]:
    """The style that places a heading among those that are open."""
    if heading.style[0] in ("explicit", "number"):
        return heading.style
    # 'Actions' under each of four priorities says of itself that it belongs to a larger unit.
    if heading.repeated or inner:
        return "repeated", 0
    return ("in list", 0) if _is_listed(open_headings, heading) else heading.style


def _is_listed(open_headings: Sequence[_Open], heading: Heading) -> bool:
    """Whether a heading without a level belongs to the list of priorities that is open."""
    places = [at for at, each in enumerate(open_headings) if each.heading.lists]
    if not places or heading.numbered:
        return bool(places)
    # Plain text has no levels: below a list that is still empty, headings that look the same are
    # what it lists, until one that no list contains, or that lacks the number of those before it.
    above = open_headings[places[-1]].heading
    is_told = above.sense.emerging and not above.bare
    if above.style != heading.style or above.listing or is_told:
        return False
    listed = [each.heading for each in open_headings[places[-1] + 1 :][:1]]
    if any(each.numbered or each.style[0] == "number" for each in listed):
        return False
    sense = heading.sense
    return sense.role is Role.OTHER and not (sense.apart or sense.emerging or sense.excluded)


def _between_numbered(headings: Sequence[Heading]) -> list[bool]:
    """Whether each heading stands between 'Priority 1' and 'Priority 2', and so under the first."""
    numbered = [place for place, heading in enumerate(headings) if heading.numbered]
    if not numbered:
        return [False] * len(headings)
    return [
        numbered[0] < place < numbered[-1] and not heading.numbered
        for place, heading in enumerate(headings)
    ]


def _beside_numbered(headings: Sequence[Heading]) -> dict[int, tuple[str, int]]:
    """The style of the last numbered heading, for those after it that stand beside it.

    Their own look stood before the first numbered heading and not between them: it heads chapters.
    """
    numbered = [place for place, heading in enumerate(headings) if heading.numbered]
    if not numbered:
        return {}
    first, last = numbered[0], numbered[-1]
    style = headings[last].style
    looks = {each.style for each in headings[:first] if each.style[0] in _LOOKS}
    between = {each.style for each in headings[first:last]}
    outer = {look for look in looks - between if _is_lower(look, style)}
    after = enumerate(headings[last + 1 :], last + 1)
    return {place: style for place, heading in after if heading.style in outer}


def _close(open_headings: list[_Open], style: tuple[str, int]) -> None:
    """Ends the headings that one of this style ends: its equals, and all that lies under them."""
    for place, each in enumerate(open_headings):
        if each.style == style or _is_lower(each.style, style):
            del open_headings[place:]
            return


def _is_lower(style: tuple[str, int], than: tuple[str, int]) -> bool:
    """Whether one style always lies under another; between a number and a look the order tells."""
    if style[0] == than[0]:
        return style[1] > than[1]
    if than[0] == "explicit":
        return True
    if style[0] in _LOOKS and than[0] in _LOOKS:
        return _LOOKS.index(style[0]) > _LOOKS.index(than[0])
    return False
