"""Where the plans of a document stand: from its catalogue entry, else from its titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.catalogue import DocumentEntry, Stated
from corpus.models import Fact, Role
from corpus.words import fold
from ingest.blocks import ReadFile
from ingest.errors import CatalogueMismatchError
from ingest.facts import Clues, PlanFacts, catalogued_facts, inferred_facts
from ingest.front import PROSE_CHARS, Front
from ingest.headings import words_at
from ingest.places import PlaceNames
from ingest.regions import Region, covering, headings_between
from ingest.vocabulary import heading_sense, kind_in, names_other_plan, says_summary

_REPORT_HEADINGS = 2
"""So many headings before a plan's title, none of them a plan's, make a report of their own."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's title and regions, which hold all its blocks, in order."""

    title: str
    regions: tuple[Region, ...]
    inferred: tuple[Fact, ...] = ()


def laid_out(name: str, file: ReadFile, known: DocumentEntry | Stated, names: PlaceNames) -> Layout:
    """Where the plans of a file stand and what is known of each: its entry, or what is stated.

    Raises:
        CatalogueMismatchError: the entry names a heading that the text doesn't have.
    """
    front = Front.of(name, file, known)
    if isinstance(known, Stated):
        plans = _inferred(_Source(name, file, front, names, known))
    elif known.plan:
        plans = _catalogued(name, file, known, front)
    else:
        plans = _inferred(_Source(name, file, front, names, Stated()))
    return Layout(front.title, tuple(covering(plans, file, front)), front.inferred)


def _catalogued(name: str, file: ReadFile, document: DocumentEntry, front: Front) -> list[Region]:
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
    words = [fold(words_at(file, place)) for place in range(len(file.blocks))]
    places = [place for place, each in enumerate(words) if each == wanted]
    if not places:
        raise CatalogueMismatchError(
            f"{name} has no heading “{heading}”, which its catalogue entry names: "
            "correct the heading in the catalogue."
        )
    # In a table of contents the line after a plan's title is the next plan's title.
    real = [p for p in places if p + 1 < len(words) and words[p + 1] not in others]
    return (real or places)[0]


@dataclass(frozen=True, slots=True)
class _Source:
    """A file in which plans are looked for, and what is known before."""

    name: str
    file: ReadFile
    front: Front
    places: PlaceNames
    stated: Stated

    def facts(self, clues: Clues) -> PlanFacts | None:
        """What the clues and the statement tell of a plan."""
        return inferred_facts(clues, self.places, self.stated)


def _inferred(source: _Source) -> list[Region]:
    """Several plans where titles of several areas stand in the text; else one, of all the file."""
    file, front = source.file, source.front
    # Who states one area for a file says that it holds one plan.
    starts = [] if source.stated.area else _titled(source)
    areas = {start.plan.area for start in starts if start.plan}
    if len(areas) > 1 or (starts and _follows_report(starts[0], file)):
        return starts
    facts = source.facts(Clues(front.title, front.lines, file.title, source.name, file.text))
    if facts is None:
        return []
    return [Region(0, len(file.blocks), facts.title, front.heading, facts)]


def _titled(source: _Source) -> list[Region]:
    """The regions that begin with the title of a plan and hold what a plan holds, one an area."""
    file = source.file
    headings = headings_between(file, 0, len(file.blocks))
    places = [place for place in headings if _is_plan_title(file, place, source.places)]
    if not places:
        return []
    level = file.blocks[places[0]].level
    places = [place for place in places if file.blocks[place].level == level]
    summarised = says_summary(file.text[: file.blocks[places[0]].span.start])
    found: dict[str, Region] = {}
    for place, end in pairwise([*places, len(file.blocks)]):
        # A report names plans in headings too; what begins a plan has a vision or priorities below.
        if not _holds_plan(file, place, end):
            continue
        clues = _clues(source, place, end)
        facts = source.facts(replace(clues, summarised=summarised))
        if facts:
            found.setdefault(facts.area, Region(place, end, facts.title, place, facts))
    return list(found.values())


def _is_plan_title(file: ReadFile, place: int, names: PlaceNames) -> bool:
    title = words_at(file, place)
    if kind_in(title) is None or names_other_plan(title) or names.in_title(title) is None:
        return False
    sense = heading_sense(title)
    return sense.role is Role.OTHER and not (sense.excluded or sense.apart)


def _clues(source: _Source, place: int, end: int) -> Clues:
    file = source.file
    body = file.text[file.blocks[place].span.start : file.blocks[end - 1].span.end]
    near = (words_at(file, after) for after in range(place + 1, min(place + 3, end)))
    lines = [line for line in near if len(line) <= PROSE_CHARS]
    front = [*lines, *source.front.lines]
    return Clues(words_at(file, place), front, file.title, source.name, body)


def _holds_plan(file: ReadFile, start: int, end: int) -> bool:
    """Whether a heading after the first announces a vision, objectives or priorities."""
    return any(
        heading_sense(words_at(file, place)).role is not Role.OTHER
        for place in headings_between(file, start + 1, end)
    )


def _follows_report(start: Region, file: ReadFile) -> bool:
    """Whether a plan's title stands after a report of its own, as an appendix does."""
    before = list(headings_between(file, 0, start.start))
    return len(before) >= _REPORT_HEADINGS and not _holds_plan(file, -1, start.start)
