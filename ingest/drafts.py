"""Sections before they have ids, and the role of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from corpus.models import Role, Span
from ingest.blocks import Block, BlockKind
from ingest.headings import Heading
from ingest.lists import LEAD_CHARS, own_list
from ingest.runins import has_run_ins
from ingest.vocabulary import HeadingSense, calls_new, heading_sense, names_document

PRIORITY_ROLES = (Role.PRIORITY, Role.PRIORITY_PART)
_CELLS = " | "
"""What parts the cells of a row that looks like a heading: no priority has it in its title."""
_LEAST_NUMBERED = 2
_NUMBER_CELL = re.compile(r"^\d{1,2} \| ")
_INHERITED = (Role.VISION, Role.OBJECTIVES, Role.EMERGING)


@dataclass(frozen=True, slots=True)
class Draft:
    """A section: a heading and the blocks under it up to the next section.

    `blocks` is never empty; the first `head` of them are the heading, which is 0 where it opens a
    paragraph or there is none. `title` is None for text that goes on after a list, under the
    heading above the list. `depth` 0 is the root. `names` are those of the priorities that an item
    or a sentence names; `restates` is whether it is one more place of a priority that has a section
    of its own.
    """

    title: str | None
    heading: Span | None
    blocks: tuple[Block, ...]
    depth: int
    head: int = 0
    role: Role = Role.OTHER
    sense: HeadingSense | None = None
    names: tuple[str, ...] = ()
    restates: bool = False

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks after the heading."""
        return self.blocks[self.head :]

    @property
    def depth_within(self) -> int:
        """The depth of what it holds; text that only goes on holds nothing, but stands beside."""
        return self.depth + 1 if self.title is not None else self.depth


def drafted(
    blocks: Sequence[Block], headings: Sequence[Heading], depths: Sequence[int]
) -> list[Draft]:
    """One draft for each heading, without a role yet; depths count from 1 under the root."""
    places = [heading.place for heading in headings]
    return [
        Draft(
            title=heading.title,
            heading=Span(
                start=blocks[place].words.start, end=blocks[place + heading.size - 1].words.end
            ),
            blocks=tuple(blocks[place:end]),
            depth=depth + 1,
            head=heading.size,
            sense=heading.sense,
        )
        for heading, depth, (place, end) in zip(
            headings, depths, pairwise([*places, len(blocks)]), strict=True
        )
    ]


def outdented(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Ends a section whose text is indented where text no deeper than its heading follows it."""
    for draft in drafts:
        end = _indented_end(draft)
        yield replace(draft, blocks=draft.blocks[:end])
        if end < len(draft.blocks):
            yield Draft(title=None, heading=None, blocks=draft.blocks[end:], depth=draft.depth)


def _indented_end(draft: Draft) -> int:
    heading, body = draft.blocks[0], draft.body
    if not body or body[0].kind is not BlockKind.PARAGRAPH or body[0].indent <= heading.indent:
        return len(draft.blocks)
    places = range(1, len(draft.blocks))
    ends = (at for at in places if draft.blocks[at].indent <= heading.indent)
    return next(ends, len(draft.blocks))


def with_roles(text: str, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts with their roles, which rest on their words, their place and their content."""
    above: list[Draft] = []
    places: list[int] = []
    numbered = {at for at in range(len(drafts)) if _numbers_its_own(drafts, at)}
    for place, draft in enumerate(drafts):
        while above and above[-1].depth >= draft.depth:
            above.pop()
            places.pop()
        parent = above[-1].role if above else Role.OTHER
        if parent is Role.PRIORITY_LIST and places[-1] in numbered and not _is_numbered(draft):
            # Beside 'Promise 1' and 'Promise 2', 'If things go wrong' is none.
            parent = Role.OTHER
        is_left_out = any(each.sense and each.sense.left_out for each in (*above, draft))
        role = Role.OTHER if is_left_out else _role(draft, parent)
        if role is Role.OTHER and not is_left_out and has_children(drafts, place):
            role = _led_into(text, draft)
        if role is Role.PRIORITY_LIST and not _holds_list(text, drafts, place):
            role = _role_without_list(draft, parent)
        if role is Role.EMERGING and _leaves_to_part(drafts, place):
            role = Role.OTHER
        above.append(replace(draft, role=role))
        places.append(place)
        yield above[-1]


def own_priorities(drafts: Sequence[Draft]) -> int:
    """How many priorities show that a plan lists its own; emerging issues alone don't."""
    above: list[Draft] = []
    count = 0
    for draft in drafts:
        while above and above[-1].depth >= draft.depth:
            above.pop()
        above.append(draft)
        is_emerging = any(each.sense and each.sense.emerging for each in above)
        if draft.role is Role.PRIORITY and not is_emerging:
            count += len(draft.names) or 1
    return count


def eligible(draft: Draft) -> bool:
    """Whether a heading under a list of priorities may be one of them."""
    sense = draft.sense
    if sense is None or sense.excluded or sense.apart or sense.contents:
        return False
    if names_document(draft.title or "") or _CELLS in _NUMBER_CELL.sub("", draft.title or ""):
        return False
    return sense.role in (Role.OTHER, Role.PRIORITY, Role.PRIORITY_LIST)


def has_children(drafts: Sequence[Draft], place: int) -> bool:
    """Whether sub-headings that may be priorities stand directly under the draft at `place`."""
    return any(map(eligible, _children(drafts, place)))


def _children(drafts: Sequence[Draft], place: int) -> Iterator[Draft]:
    """The drafts directly under the one at `place`."""
    depth = drafts[place].depth
    below = takewhile(lambda draft: draft.depth > depth, drafts[place + 1 :])
    return (draft for draft in below if draft.depth == depth + 1)


def _is_numbered(draft: Draft) -> bool:
    """Whether a heading numbers a priority."""
    return draft.sense is not None and draft.sense.role is Role.PRIORITY


def _numbers_its_own(drafts: Sequence[Draft], place: int) -> bool:
    """Whether headings directly under the one at `place` number priorities."""
    return sum(map(_is_numbered, _children(drafts, place))) >= _LEAST_NUMBERED


def _leaves_to_part(drafts: Sequence[Draft], place: int) -> bool:
    """Whether a section of it, a chapter such as 'What is coming up', holds what is new."""
    if calls_new(drafts[place].title or ""):
        return False
    return any(draft.sense and draft.sense.emerging for draft in _children(drafts, place))


def _holds_list(text: str, drafts: Sequence[Draft], place: int) -> bool:
    body = drafts[place].body
    return (
        has_children(drafts, place) or own_list(text, body) is not None or has_run_ins(text, body)
    )


def _led_into(text: str, draft: Draft) -> Role:
    """The role of a section that ends in words such as 'Our priorities are:' above sub-headings."""
    last = draft.body[-1].words.of(text) if draft.body else ""
    is_lead = last.rstrip("*_").endswith(":") and len(last) <= LEAD_CHARS
    sense = heading_sense(last) if is_lead else None
    is_list = sense is not None and sense.role is Role.PRIORITY_LIST and not sense.like
    return Role.PRIORITY_LIST if is_list else Role.OTHER


def _role(draft: Draft, parent: Role) -> Role:
    """The role that a heading's words and place give it, if it holds what it announces."""
    sense = draft.sense
    if parent in PRIORITY_ROLES:
        return Role.PRIORITY_PART
    if sense is None:
        return Role.OTHER
    if sense.emerging and sense.role is not Role.PRIORITY:
        # Only what a plan lists with its priorities is one of them.
        return Role.PRIORITY_LIST if parent is Role.PRIORITY_LIST else Role.EMERGING
    if parent is Role.PRIORITY_LIST and eligible(draft) and sense.role is Role.OTHER:
        return Role.PRIORITY
    return parent if parent in _INHERITED and sense.role is Role.OTHER else sense.role


def _role_without_list(draft: Draft, parent: Role) -> Role:
    """Prose under 'Our priorities' is no priority; prose under 'Emerging issues' is the issue."""
    is_emerging = draft.sense is not None and draft.sense.emerging
    return Role.PRIORITY if is_emerging or parent is Role.PRIORITY_LIST else Role.OTHER
