"""Where the plans of a document stand: from its catalogue entry, else from its titles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.catalogue import DocumentEntry
from corpus.models import Role
from corpus.words import fold
from ingest.blocks import BlockKind, ReadFile
from ingest.errors import CatalogueMismatchError
from ingest.facts import Clues, Fact, PlanFacts, catalogued_facts, inferred_facts
from ingest.headings import title_of
from ingest.places import PlaceNames
from ingest.readers.lines import looks_like_heading
from ingest.vocabulary import heading_sense, kind_in, names_other_plan

_FRONT_BLOCKS = 12
"""The title stands within so many blocks, before the first prose."""
_PROSE_CHARS = 160
"""A longer block is prose, and ends the lines that stand with the title."""
_REPORT_HEADINGS = 2
"""So many headings before a plan's title, none of them a plan's, make a report of their own."""


@dataclass(frozen=True, slots=True)
class Region:
    """Blocks `[start, end)` of a file: one plan, or where `plan` is None text outside the plans.

    `heading` is the place of the title's block among all blocks; None where it isn't in the text.
    """

    start: int
    end: int
    title: str
    heading: int | None = None
    plan: PlanFacts | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's title and regions, which hold all its blocks, in order."""

    title: str
    regions: tuple[Region, ...]
    inferred: tuple[Fact, ...] = ()


def laid_out(name: str, file: ReadFile, entry: DocumentEntry | None, names: PlaceNames) -> Layout:
    """Where the plans of a file stand and what is known of each.

    Raises:
        CatalogueMismatchError: the entry names a heading that the text doesn't have.
    """
    front = _Front.of(name, file, entry)
    if entry and entry.plan:
        plans = _catalogued(name, file, entry, front)
    else:
        plans = _inferred(name, file, front, names)
    return Layout(front.title, tuple(_covering(plans, file, front)), front.inferred)


@dataclass(frozen=True, slots=True)
class _Front:
    """The title of a document, the place of its heading, and the lines that stand with it."""

    title: str
    heading: int | None
    lines: tuple[str, ...]
    inferred: tuple[Fact, ...]

    @classmethod
    def of(cls, name: str, file: ReadFile, entry: DocumentEntry | None) -> _Front:
        places = _front_places(file)
        lines = [title_of(file.blocks[place].words.of(file.text)) for place in places]
        title, heading, reason = _title(name, file, places)
        if entry is None:
            fact = Fact(what="title", value=title, reason=reason)
            return cls(title, heading, tuple(lines), (fact,))
        is_title = heading == 0 or kind_in(title) is not None or _within(title, entry.title)
        return cls(entry.title, heading if is_title else None, tuple(lines), ())


def _front_places(file: ReadFile) -> list[int]:
    """The places of the blocks before the first section and the first prose."""
    places: list[int] = []
    for place, block in enumerate(file.blocks[:_FRONT_BLOCKS]):
        is_prose = block.words.end - block.words.start > _PROSE_CHARS
        if is_prose or (block.kind is BlockKind.HEADING and _begins_text(file, place)):
            break
        places.append(place)
    return places


def _begins_text(file: ReadFile, place: int) -> bool:
    """Whether a heading is that of a first section, such as 'Foreword' or '1 Purpose'."""
    sense = heading_sense(_words(file, place))
    speaks = sense.apart or sense.contents or sense.role is not Role.OTHER
    return speaks or file.blocks[place].number is not None


def _title(name: str, file: ReadFile, places: Sequence[int]) -> tuple[str, int | None, str]:
    """A document's title: the first front line that names a kind, else the first heading."""
    words = {place: _words(file, place) for place in places}
    titles = [p for p in places if looks_like_heading(words[p]) and not _is_particular(p, words)]
    for place in titles:
        if kind_in(words[place]):
            return words[place], place, "the first line that names a kind of document"
    headings = [place for place in titles if file.blocks[place].kind is BlockKind.HEADING]
    if headings:
        return words[headings[0]], headings[0], "the first heading"
    return name, None, "the file's name: no line at its beginning reads as a title"


def _is_particular(place: int, words: Mapping[int, str]) -> bool:
    """Whether it is one of several lines such as 'Date: 14 September 2023'."""
    beside = (words.get(place - 1, ""), words.get(place + 1, ""))
    return ": " in words[place] and any(": " in line for line in beside)


def _within(words: str, title: str) -> bool:
    """Whether a heading is the beginning of the catalogued title, or the title of it."""
    return fold(title).startswith(fold(words)) or fold(words).startswith(fold(title))


def _catalogued(name: str, file: ReadFile, document: DocumentEntry, front: _Front) -> list[Region]:
    entries = document.plan
    headings = [fold(" ".join(entry.heading.split())) for entry in entries if entry.heading]
    regions = []
    for entry in entries:
        if entry.heading is None:
            facts = catalogued_facts(entry, front.title, document.basis)
            regions.append(Region(0, len(file.blocks), facts.title, front.heading, facts))
            continue
        place = _place_of(name, file, entry.heading, headings)
        facts = catalogued_facts(entry, entry.heading, document.basis)
        regions.append(Region(place, len(file.blocks), facts.title, place, facts))
    return sorted(regions, key=lambda region: region.start)


def _place_of(name: str, file: ReadFile, heading: str, others: Sequence[str]) -> int:
    """The block that a catalogued heading names; one of a table of contents is passed over."""
    wanted = fold(" ".join(heading.split()))
    words = [fold(title_of(block.words.of(file.text))) for block in file.blocks]
    places = [place for place, each in enumerate(words) if each == wanted]
    if not places:
        raise CatalogueMismatchError(
            f"{name} has no heading “{heading}”, which its catalogue entry names: "
            "correct the heading in the catalogue."
        )
    real = [p for p in places if p + 1 < len(words) and words[p + 1] not in others]
    return (real or places)[0]


def _inferred(name: str, file: ReadFile, front: _Front, names: PlaceNames) -> list[Region]:
    """Several plans where titles of several areas stand in the text; else one, of all the file."""
    starts = _titled(name, file, front, names)
    areas = {start.plan.area for start in starts if start.plan}
    if len(areas) > 1 or (starts and _follows_report(starts[0], file)):
        return starts
    facts = inferred_facts(Clues(front.title, front.lines, name, file.text), names)
    if facts is None:
        return []
    return [Region(0, len(file.blocks), front.title, front.heading, facts)]


def _titled(name: str, file: ReadFile, front: _Front, names: PlaceNames) -> list[Region]:
    """The regions that begin with the title of a plan and hold what a plan holds, one an area."""
    places = [p for p in _headings(file) if _is_plan_title(file, p, names)]
    level = file.blocks[places[0]].level if places else None
    places = [place for place in places if file.blocks[place].level == level]
    found: dict[str, Region] = {}
    for place, end in pairwise([*places, len(file.blocks)]):
        region = _region(name, file, front, place, end, names)
        if region.plan and _holds_plan(file, place, end):
            found.setdefault(region.plan.area, region)
    return list(found.values())


def _headings(file: ReadFile) -> Iterator[int]:
    return (i for i, block in enumerate(file.blocks) if block.kind is BlockKind.HEADING)


def _words(file: ReadFile, place: int) -> str:
    return title_of(file.blocks[place].words.of(file.text))


def _is_plan_title(file: ReadFile, place: int, names: PlaceNames) -> bool:
    title = _words(file, place)
    if kind_in(title) is None or names_other_plan(title) or names.in_title(title) is None:
        return False
    sense = heading_sense(title)
    return sense.role is Role.OTHER and not (sense.excluded or sense.apart)


def _region(
    name: str, file: ReadFile, front: _Front, place: int, end: int, names: PlaceNames
) -> Region:
    title = _words(file, place)
    body = file.text[file.blocks[place].span.start : file.blocks[end - 1].span.end]
    lines = [_words(file, near) for near in range(place + 1, min(place + 3, end))]
    lines = [line for line in lines if len(line) <= _PROSE_CHARS]
    before = file.text[: file.blocks[place].span.start] if place else ""
    facts = inferred_facts(Clues(title, [*lines, *front.lines], name, body, before), names)
    return Region(place, end, title, place, facts)


def _holds_plan(file: ReadFile, start: int, end: int) -> bool:
    """Whether a heading in it announces a vision, objectives or priorities."""
    return any(
        heading_sense(_words(file, place)).role is not Role.OTHER
        for place in _headings(file)
        if start < place < end
    )


def _follows_report(start: Region, file: ReadFile) -> bool:
    """Whether a plan's title stands after a report of its own, as an appendix does."""
    headings_before = sum(place < start.start for place in _headings(file))
    return headings_before >= _REPORT_HEADINGS and not _holds_plan(file, -1, start.start)


def _covering(plans: Sequence[Region], file: ReadFile, front: _Front) -> Iterator[Region]:
    """The plans, each up to where it ends, and what lies between and around them."""
    at = 0
    for place, plan in enumerate(plans):
        limit = plans[place + 1].start if place + 1 < len(plans) else len(file.blocks)
        if at < plan.start:
            yield _outside(at, plan.start, front)
        at = _plan_end(plan, file, limit)
        yield replace(plan, end=at)
    if at < len(file.blocks):
        yield _outside(at, len(file.blocks), front)


def _outside(start: int, end: int, front: _Front) -> Region:
    is_here = front.heading is not None and start <= front.heading < end
    return Region(start, end, front.title, front.heading if is_here else None)


def _plan_end(plan: Region, file: ReadFile, limit: int) -> int:
    """Where a plan among several ends: at the next heading of its own stated level or a higher."""
    if plan.start == 0:
        return limit
    limit = _numbering_resumed(plan, file, limit)
    level = file.blocks[plan.heading].level if plan.heading is not None else None
    if level is None:
        return limit
    levels = {i: file.blocks[i].level or 0 for i in range(plan.start + 1, limit)}
    inner = [i for i in _headings(file) if i in levels]
    # A title with no lower heading under it says nothing of levels.
    if not inner or levels[inner[0]] <= level:
        return limit
    return next((i for i in inner if levels[i] <= level), limit)


def _numbering_resumed(plan: Region, file: ReadFile, limit: int) -> int:
    """Where the numbers before the plans go on: '5 Equality', the plans, '6 Comment'."""
    outer = [
        int(n) for place in _headings(file) if place < plan.start and (n := _number(file, place))
    ]
    expected = outer[-1] + 1 if outer else 0
    inner = [place for place in _headings(file) if plan.start < place < limit]
    numbered = [place for place in inner if _number(file, place)]
    if numbered and expected > 1 and int(_number(file, numbered[0])) == expected:
        return numbered[0]
    return limit


def _number(file: ReadFile, place: int) -> str:
    """The number of a heading, if it is a whole one."""
    number = file.blocks[place].number or ""
    return number if number.isdigit() else ""
