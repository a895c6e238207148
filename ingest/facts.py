"""The area, partnership, kind and period of a plan, each with the reason for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.catalogue import PlanEntry, Stated
from corpus.models import Basis, Fact, Period, PlanKind
from corpus.words import fold
from ingest.periods import find_period
from ingest.places import PlaceNames
from ingest.vocabulary import joining_words, kind_in, says_summary

_GAP = r"(?:[^\S\r\n]+|\r?\n(?=\S))"
"""What stands between the words of a name: never an empty line."""
_BODY = re.compile(r"\b(?:Council|Partnership)\b")
_NAME_BEFORE = re.compile(
    rf"\b[A-Z][\w'’-]*(?:{_GAP}(?:[A-Z][\w'’-]*|and|of|on|upon|for|the|in|&)){{0,8}}{_GAP}\Z"
)
_NAME_CHARS = 120
"""The longest name of a council or partnership, up to that word."""
_OWNER = re.compile(r"\b[Ss]afer\b|\b[Cc]ommunit(?:y|ies)\b|\b[Cc]rime\b")
"""What the name of a community safety partnership holds, beside or in place of its area's."""
_LEAST_NAMED = 2
"""An area told only by the bodies that the text names must be named so often, and most often."""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What is known of a plan; `inferred` holds what no catalogue said."""

    title: str
    area: str
    partnership: str | None
    kind: PlanKind
    period: Period | None
    basis: Basis
    inferred: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Clues:
    """Where the facts of one plan are looked for, in this order.

    `front` are the lines that stand with the title, `properties` is the title that the file's own
    properties give, `body` is the plan's text, `summarised` whether a report before the plan says
    that it only sums it up.
    """

    title: str
    front: Sequence[str]
    properties: str | None
    file_name: str
    body: str
    summarised: bool = False


def catalogued_facts(entry: PlanEntry, heading: str, basis: Basis) -> PlanFacts:
    """The facts of a catalogued plan; what its entry leaves out its heading may say."""
    return PlanFacts(
        title=entry.title or heading,
        area=entry.area,
        partnership=entry.partnership,
        kind=entry.kind,
        period=entry.period or find_period(heading),
        basis=basis,
    )


def inferred_facts(clues: Clues, names: PlaceNames, stated: Stated) -> PlanFacts | None:
    """The facts of a plan that no catalogue describes; None where no area can be told.

    What is stated of it isn't inferred.
    """
    area = None if stated.area else _area(clues, names)
    where = stated.area or (area.value if area else None)
    if where is None:
        return None
    kind = None if stated.kind else _kind(clues)
    period = None if stated.period else _period(clues)
    partnership = None if stated.partnership else _partnership(clues, where)
    basis = _basis(clues)
    return PlanFacts(
        title=stated.title or clues.title,
        area=where,
        partnership=partnership.value if partnership else stated.partnership,
        kind=PlanKind(kind.value) if kind else stated.kind or PlanKind.PLAN,
        period=find_period(period.value) if period else stated.period,
        basis=Basis(basis.value) if basis else Basis.FULL,
        inferred=tuple(fact for fact in (area, partnership, kind, period, basis) if fact),
    )


def _area(clues: Clues, names: PlaceNames) -> Fact | None:
    if place := names.in_title(clues.title):
        return Fact(what="area", value=place, reason=f"named in the title “{clues.title}”")
    for line in clues.front:
        if place := names.in_title(line):
            return Fact(what="area", value=place, reason=f"named with the title, in “{line}”")
    if clues.properties and (place := names.in_title(clues.properties)):
        reason = f"named in the title in the file's properties, “{clues.properties}”"
        return Fact(what="area", value=place, reason=reason)
    return _area_of_file_name(clues, names) or _area_of_bodies(clues.body, names)


def _area_of_file_name(clues: Clues, names: PlaceNames) -> Fact | None:
    words = re.sub(r"[-_.\d]+", " ", PurePath(clues.file_name).stem).split()
    small = joining_words()
    title = " ".join(word if fold(word) in small else word.title() for word in words)
    place = names.in_title(title) or names.known_within(words)
    if place is None:
        return None
    written = re.search(re.escape(place).replace(r"\ ", r"[\s-]+"), clues.body, re.IGNORECASE)
    name = place if names.is_known(place) or not written else " ".join(written.group().split())
    return Fact(what="area", value=name, reason=f"named in the file name {clues.file_name}")


def _area_of_bodies(body: str, names: PlaceNames) -> Fact | None:
    """The area of the council or partnership that the text names most, if it stands out."""
    counts = Counter(place for name in _bodies(body) if (place := names.in_title(name)))
    if not counts:
        return None
    place, times = counts.most_common(1)[0]
    if times < _LEAST_NAMED or 2 * times <= counts.total():
        return None
    return Fact(what="area", value=place, reason=f"{times} of the bodies named in the text are its")


def _bodies(text: str) -> Iterator[str]:
    """The names of councils and partnerships in a text, white space folded."""
    for found in _BODY.finditer(text):
        before = text[max(0, found.start() - _NAME_CHARS) : found.start()]
        if name := _NAME_BEFORE.search(before):
            yield " ".join((name.group() + found.group()).split())


def _kind(clues: Clues) -> Fact:
    for where, line in _lines(clues):
        if kind := kind_in(line):
            return Fact(what="kind", value=kind, reason=f"{where} says so: “{line}”")
    return Fact(what="kind", value=PlanKind.PLAN, reason="no title says otherwise")


def _period(clues: Clues) -> Fact | None:
    for where, line in _lines(clues):
        if period := find_period(line):
            return Fact(what="period", value=str(period), reason=f"{where} says so: “{line}”")
    return None


def _basis(clues: Clues) -> Fact | None:
    if says_summary(clues.title):
        return Fact(what="basis", value=Basis.SUMMARY, reason="the title says so")
    if clues.summarised:
        return Fact(what="basis", value=Basis.SUMMARY, reason="the report before it says so")
    return None


def _lines(clues: Clues) -> Iterator[tuple[str, str]]:
    yield "the title", clues.title
    yield from (("a line with the title", line) for line in clues.front)
    if clues.properties:
        yield "the title in the file's properties", clues.properties
    # A hyphen between years means what it says; any other stands for a space.
    yield "the file name", re.sub(r"[_.]+|(?<!\d)-+|-+(?!\d)", " ", PurePath(clues.file_name).stem)


def _partnership(clues: Clues, area: str) -> Fact | None:
    """The partnership named most, among those with the area or 'safer' in the name."""
    # Title lines are often in capitals, in which no name can be told from the words around it.
    text = "\n".join((*(line.title() for line in clues.front if line.isupper()), clues.body))
    partnerships = (name for name in _bodies(text) if name.endswith("Partnership"))
    # Capitals run on from 'Prepared for the Safer Hartlepool Partnership'.
    trimmed = (re.split(r"\b[Tt]he ", name)[-1] for name in partnerships)
    own = Counter(n for n in trimmed if fold(area) in fold(n) or _OWNER.search(n))
    if not own:
        return None
    name, times = max(own.items(), key=lambda item: (fold(area) in fold(item[0]), item[1]))
    often = "once" if times == 1 else f"{times} times"
    return Fact(what="partnership", value=name, reason=f"so named in the text, {often}")
