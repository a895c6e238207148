"""The words by which headings and titles are understood, as `data/vocabulary.toml` lists them."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from corpus.models import Frozen


class _Roles(Frozen):
    priority_list: tuple[str, ...]
    like_priorities: tuple[str, ...]
    recommended: tuple[str, ...]
    emerging: tuple[str, ...]
    objectives: tuple[str, ...]
    vision: tuple[str, ...]


class _Instead(Frozen):
    listed: tuple[str, ...]
    numbered: str
    promised: str


class _Priorities(Frozen):
    numbered: str
    recommendation: str
    marked: str
    like: str
    left_out: tuple[str, ...]
    not_listed: tuple[str, ...]
    commissioners: str
    asked: tuple[str, ...]
    deeds: str
    named: tuple[str, ...]
    not_named: str
    counted: tuple[str, ...]
    counted_on: str
    counts: str


class _Sections(Frozen):
    standing_apart: tuple[str, ...]
    particular: str
    announced: str
    offices: str
    contents: tuple[str, ...]


class _Titles(Frozen):
    plan: tuple[str, ...]
    strategy: tuple[str, ...]
    needs_assessment: tuple[str, ...]
    profile: tuple[str, ...]
    report: tuple[str, ...]
    commissioners: str
    other_plans: tuple[str, ...]
    summary: tuple[str, ...]
    generic: str
    joining: str


class Vocabulary(Frozen):
    """The tables of `data/vocabulary.toml`, one field each."""

    roles: _Roles
    instead: _Instead
    priorities: _Priorities
    sections: _Sections
    titles: _Titles


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary that ships."""
    source = files("ingest") / "data" / "vocabulary.toml"
    return Vocabulary.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))
