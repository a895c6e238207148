"""From blocks to a tree of sections, by structure and general vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.ids import section_id
from corpus.models import Period, PlanKind, Role, Section, Span
from ingest.announced import announced
from ingest.blocks import Block
from ingest.drafts import Draft, drafted, outdented, own_priorities, with_roles
from ingest.expansion import expanded
from ingest.headings import Heading, headings_in
from ingest.levels import depths
from ingest.openings import openings
from ingest.readings import Reading, readings, set_out, taken_up
from ingest.restating import listed_in_full
from ingest.themes import with_themes_opened
from ingest.vocabulary import is_subtitle, kind_in

_TITLE_LINES = 4
"""So many lines may stand with a title: the partnership, the period, a motto, a date."""


@dataclass(frozen=True, slots=True)
class Outlined:
    """A section and the blocks that it holds, its heading's first.

    `opens` is whether its first sentence says what it is about, and not what is done about a
    priority that has been opened before it.
    """

    section: Section
    blocks: tuple[Block, ...]
    opens: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is outlined as one tree: a plan, or text outside the plans.

    `title` heads every path; `heading` is the place of its block among `blocks`, None where the
    title isn't a heading here. `period` and `kind` are the plan's.
    """

    document_id: str
    plan_id: str | None
    title: str
    blocks: tuple[Block, ...]
    heading: int | None = None
    period: Period | None = None
    kind: PlanKind | None = None


def outline(text: str, stretch: Stretch) -> list[Outlined]:
    """The sections of a stretch in reading order; together they hold all its blocks."""
    headings = headings_in(text, stretch.blocks, stretch.period, stretch.title)
    root_end, below = _under_root(stretch, headings)
    whole = _read(text, stretch, root_end, below)
    if stretch.plan_id is None:
        # What a report lists outside every plan is nobody's priority.
        whole = [replace(draft, role=Role.OTHER) for draft in whole]
    return list(_identified(text, stretch, whole))


def _read(text: str, stretch: Stretch, root_end: int, headings: Sequence[Heading]) -> list[Draft]:
    """The stretch as drafts, by the first reading of its headings that finds enough priorities."""
    best = Reading(headings)
    most = -1
    drafts: list[Draft] = []
    for reading in readings(headings, stretch.kind):
        found = _drafts(text, stretch, root_end, reading)
        count = own_priorities(found)
        if count > most and count >= reading.least:
            best, most, drafts = reading, count, found
        if count >= reading.enough:
            break
    again = taken_up(best, drafts, stretch.kind) or (
        set_out(text, headings, drafts) or announced(text, headings, drafts)
        if most < best.enough
        else None
    )
    full = listed_in_full(_drafts(text, stretch, root_end, again) if again else drafts)
    return with_themes_opened(text, full)


def _drafts(text: str, stretch: Stretch, root_end: int, reading: Reading) -> list[Draft]:
    """The stretch as drafts with their roles, by what its headings say in a reading."""
    headings = reading.headings
    drafts = list(outdented(drafted(stretch.blocks, headings, depths(headings))))
    if root_end:
        drafts.insert(0, _root(stretch, root_end))
    return expanded(text, list(with_roles(text, drafts)), recommended=reading.recommended)


def _root(stretch: Stretch, end: int) -> Draft:
    blocks = stretch.blocks[:end]
    if stretch.heading is None:
        return Draft(title=stretch.title, heading=None, blocks=blocks, depth=0)
    heading = stretch.blocks[stretch.heading].words
    head = stretch.heading + 1
    return Draft(title=stretch.title, heading=heading, blocks=blocks, depth=0, head=head)


def _under_root(stretch: Stretch, headings: Sequence[Heading]) -> tuple[int, list[Heading]]:
    """Where the root's own blocks end, and the headings that stand under it."""
    below = _without_contents(headings)
    if stretch.heading is not None:
        below = [heading for heading in below if heading.place > (stretch.heading or 0)]
        below = _without_title_block(below, stretch.heading, kind_in(stretch.title))
    return (below[0].place if below else len(stretch.blocks)), below


def _without_title_block(
    headings: Sequence[Heading], title: int, kind: PlanKind | None
) -> list[Heading]:
    """Leaves out the lines that stand with the title: the partnership's name, a motto."""
    kept = list(headings)
    end = title + 1
    last = title + _TITLE_LINES
    while kept and kept[0].place == end <= last and _is_title_line(kept[0], kind):
        heading = kept.pop(0)
        end = heading.place + heading.size
    return kept


def _is_title_line(heading: Heading, kind: PlanKind | None) -> bool:
    sense = heading.sense
    # Where the title names no kind of document, the subtitle does, whatever its level.
    if kind is None and is_subtitle(heading.title):
        return True
    says_nothing = sense.role is Role.OTHER and not (sense.apart or sense.emerging)
    return heading.bare and heading.style[0] in ("capitals", "line") and says_nothing


def _without_contents(headings: Sequence[Heading]) -> list[Heading]:
    """Leaves out the lines of a table of contents, which look like headings without text."""
    kept: list[Heading] = []
    in_contents = False
    for heading in headings:
        in_contents = heading.sense.contents or (in_contents and heading.bare)
        if heading.sense.contents or not in_contents:
            kept.append(heading)
    return kept


def _identified(text: str, stretch: Stretch, drafts: Sequence[Draft]) -> Iterator[Outlined]:
    above: list[tuple[int, Section]] = []
    for draft, opens in zip(drafts, openings(text, drafts), strict=True):
        while above and above[-1][0] >= draft.depth:
            above.pop()
        parent = above[-1][1] if above else None
        section = _section(stretch, draft, parent)
        above.append((draft.depth, section))
        yield Outlined(section, draft.blocks, opens)


def _section(stretch: Stretch, draft: Draft, parent: Section | None) -> Section:
    start, end = draft.blocks[0].span.start, draft.blocks[-1].span.end
    path = parent.path if parent else (stretch.title,)
    if draft.depth and draft.title is not None:
        path = (*path, draft.title)
    return Section(
        id=section_id(stretch.document_id, start),
        document_id=stretch.document_id,
        plan_id=stretch.plan_id,
        parent_id=parent.id if parent else None,
        path=path,
        role=draft.role,
        heading=draft.heading,
        span=Span(start=start, end=end),
    )
