"""Invented plans of many makes (`plans/`), each with what a person reads in it: `*.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.models import Frozen, ParsedDocument, Passage, Plan, Role, Sentence, Standing
from corpus.prominence import EMERGING
from ingest.parsing import parse

FOLDER = Path(__file__).parent / "plans"

_LABEL = re.compile(
    r"^(?:(?:[a-z]+ ){1,2}(?:(?:\d{1,2}|one|two|three|four|five)\s?[:.–-]\s?|\d{1,2} )"
    r"|priority (?:one|two|three|four|five) |priority: |[A-H]\. |\d+(?:\.\d+)*\.? )",
    re.IGNORECASE,
)
"""What numbers a priority and is no part of its name: 'Focus area 1: ', '4.1 '."""
_ON_PRIORITIES = (Role.PRIORITY, Role.PRIORITY_PART)


class Expected(Frozen):
    """One plan as a person reads it.

    `priorities` are its own, in its order, without their numbers; where only a sentence names them,
    that sentence. `emerging` are the headings under which it says what is emerging. `says` are the
    first words of sentences, each with the verdict that it carries for what it names.
    """

    area: str
    period: str
    kind: str
    vision: str
    priorities: tuple[str, ...]
    emerging: tuple[str, ...]
    says: tuple[tuple[str, str], ...]


class Found(Frozen):
    """The same of the plan that ingest made of it."""

    area: str
    period: str
    kind: str
    vision: str
    priorities: tuple[str, ...]
    emerging: tuple[str, ...]
    says: tuple[tuple[str, str], ...]


def names() -> list[str]:
    """The fixtures' names, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def expected(name: str) -> list[Expected]:
    """The plans that stand in a fixture, in order."""
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return [Expected.model_validate(plan) for plan in table["plan"]]


def found(name: str) -> list[Found]:
    """The plans that ingest finds in a fixture; `says` answers for the expected sentences."""
    made = _parsed(name)
    wanted = [each.says for each in expected(name)]
    rows = [*wanted, *([()] * len(made.plans))]
    return [_found(made, plan, says) for plan, says in zip(made.plans, rows, strict=False)]


@cache
def _parsed(name: str) -> ParsedDocument:
    path = next(path for path in FOLDER.glob(f"{name}.*") if path.suffix != ".toml")
    return parse(path.name, path.read_bytes(), Catalogue()).document


def _found(made: ParsedDocument, plan: Plan, says: tuple[tuple[str, str], ...]) -> Found:
    passages = [passage for passage in made.passages if passage.plan_id == plan.id]
    sections = [section for section in made.sections if section.plan_id == plan.id]
    visions = (p.text for p in passages if p.role is Role.VISION)
    emerging = (
        section.path[-1]
        for section in sections
        if section.heading is not None and _is_emerging(section.role, section.path)
    )
    return Found(
        area=plan.area,
        period=str(plan.period),
        kind=plan.kind,
        vision=" ".join(" ".join(visions).split()),
        priorities=tuple(bare(s.path[-1]) for s in sections if s.role is Role.PRIORITY),
        emerging=tuple(emerging),
        says=tuple((words, _verdict(passages, words)) for words, _ in says),
    )


def bare(title: str) -> str:
    """A priority's name without what numbers it."""
    return _LABEL.sub("", title, count=1)


def _verdict(passages: list[Passage], words: str) -> str:
    """The strongest verdict that a sentence with these first words carries."""
    ranked = {"priority": 0, "emerging": 1, "mentioned": 2}
    pairs = [(p, s) for p in passages for s in p.sentences if words in _folded(p.quote(s))]
    opened = [(p, s) for p, s in pairs if _begins(p.quote(s), words)]
    given = [_carries(passage, sentence) for passage, sentence in opened or pairs]
    return min(given, key=lambda verdict: ranked[verdict], default="missing")


def _begins(quote: str, words: str) -> bool:
    return re.sub(r"^[\W\d]+", "", _folded(quote)).startswith(re.sub(r"^[\W\d]+", "", words))


def _folded(words: str) -> str:
    return " ".join(words.split())


def _carries(passage: Passage, sentence: Sentence) -> str:
    """The ladder of the design (section 1), from where a sentence stands."""
    if sentence.standing is Standing.BODY:
        return "mentioned"
    if _is_emerging(passage.role, passage.path):
        return "emerging"
    return "priority" if passage.role in _ON_PRIORITIES else "mentioned"


def _is_emerging(role: Role, path: tuple[str, ...]) -> bool:
    return role.value == "emerging" or EMERGING.search(" / ".join(path[1:])) is not None
