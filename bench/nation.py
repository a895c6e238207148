"""Makes an index of as many passages as asked: a nation's plans, made up of real sentences.

Each plan has 300 passages, there are 350 areas, and from the 351st plan on an area has a further,
later edition; with ten of each a nation is full, and the next one's areas follow. A passage is two
real sentences of the plans that this repository holds and one of invented words, drawn by Zipf's
law, so that the vocabulary grows as a language's does. Its vector is the mean of those of its two
sentences, which are the model's, turned a little at random: near its neighbours as true ones are,
without the days that the model would take. Every third section is a priority, and the first
sentence of each opens it.
"""

from __future__ import annotations

import hashlib
import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bench.environment import ROOT
from corpus.models import (
    Area,
    Document,
    ParsedDocument,
    Passage,
    Period,
    Plan,
    Role,
    Section,
    Sentence,
    Span,
    Standing,
)
from index.embedding import Embedder
from index.places import Place
from ingest.version import CHUNKER_VERSION

AREAS, EDITIONS = 350, 10
PASSAGES_PER_PLAN = 300
_SECTION = 10
"""Passages of a section."""
_RANKED = 3
"""One section in so many is a priority."""

_FIRST_YEAR, _YEARS = 2000, 3
_WORDS = 60_000
TURN = 0.35
"""Length of the random part beside the mean's."""
_MARK = re.compile(r"\(paragraph (\d+)\)$")


class NationVectors:
    """An embedder that makes up the vectors of made-up passages, and asks the model for others."""

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self._known = model.embed(sentences())
        self.fingerprint, self.dimension = model.fingerprint, model.dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape `(len(texts), dimension)`, unit norm."""
        marks = [_MARK.search(text) for text in texts]
        if not all(marks):
            return self._model.embed(texts)
        numbers = [int(mark[1]) for mark in marks if mark]
        pairs = np.array([_drawn(number) for number in numbers])
        means = self._known[pairs].mean(axis=1)
        turns = np.random.default_rng(numbers[0]).standard_normal(means.shape, dtype=np.float32)
        turned = means + TURN * turns / np.sqrt(self.dimension)
        made: NDArray[np.float32] = turned / np.linalg.norm(turned, axis=1, keepdims=True)
        return made


def make(place: Place, passages: int, model: Embedder) -> str:
    """Publishes a nation of at least this many passages; gives the generation's id."""
    documents, areas = nation(passages)
    return place.publish(
        documents,
        areas,
        NationVectors(model),
        chunker_version=CHUNKER_VERSION,
        report={},
    )


def nation(passages: int, more: int = 0) -> tuple[list[ParsedDocument], list[Area]]:
    """The documents of a nation of at least this many passages and some plans more; its areas."""
    plans = max(1, passages // PASSAGES_PER_PLAN)
    size = -(-passages // plans)
    documents = [_document(number, size) for number in range(plans + more)]
    names = dict.fromkeys(map(area_name, range(plans + more)))
    return documents, [Area(name=name) for name in names]


@lru_cache
def sentences() -> tuple[str, ...]:
    """The sentences of the report and of the plans that are developed with, each once."""
    collections = ROOT / "evals/collections"
    splits = tomllib.loads((collections / "splits.toml").read_text(encoding="utf-8"))
    places = (ROOT / "corpus/data", *(collections / name for name in splits["development"]))
    files = [file for place in places for kind in ("*.txt", "*.md") for file in place.rglob(kind)]
    whole = " ".join(file.read_text(encoding="utf-8") for file in sorted(files))
    parts = re.split(r"(?<=[.!?])\s+|\n\n+", whole)
    clean = (" ".join(part.split()) for part in parts)
    return tuple(dict.fromkeys(part for part in clean if 30 <= len(part) <= 250))


def area_name(number: int) -> str:
    """The name of the area of this plan; none is that of a true place."""
    nation, place = number // (AREAS * EDITIONS), number % AREAS
    return f"{_invented()[nation * AREAS + place + 500].capitalize()}shire"


def _edition(number: int) -> int:
    """How many plans its area had before this plan."""
    return number % (AREAS * EDITIONS) // AREAS


@lru_cache
def _invented() -> tuple[str, ...]:
    rng = random.Random(_FIRST_YEAR)
    words: dict[str, None] = {}
    while len(words) < _WORDS:
        pairs = rng.randint(2, 4)
        word = "".join(rng.choice("bcdfglmnprst") + rng.choice("aeiou") for _ in range(pairs))
        words[word] = None
    return tuple(words)


def _drawn(number: int) -> tuple[int, int]:
    """The two real sentences of a passage."""
    rng = random.Random(number)
    count = len(sentences())
    return rng.randrange(count), rng.randrange(count)


def _text(number: int) -> str:
    rng = random.Random(-number - 1)
    ranks = (int(_WORDS ** rng.random()) for _ in range(12))
    invented = " ".join(_invented()[rank - 1] for rank in ranks).capitalize()
    first, second = (sentences()[place] for place in _drawn(number))
    return f"{first} {second} {invented}. (paragraph {number})"


def _document(number: int, size: int) -> ParsedDocument:
    name, start = f"d{number:06}", _FIRST_YEAR + _YEARS * _edition(number)
    plan = Plan(
        id=f"{name}/plan",
        document_id=name,
        title=f"{area_name(number)} Community Safety Plan {start}",
        area=area_name(number),
        period=Period(start=start, end=start + _YEARS),
        span=Span(start=0, end=1),
    )
    parts, passages, at = [], [], 0
    for place in range(size):
        text = _text(number * size + place)
        passages.append(_passage(plan, place, at, text))
        parts.append(text)
        at += len(text) + 1
    whole = "\n".join(parts)
    document = Document(
        id=name,
        title=plan.title,
        source=f"{name}.txt",
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        text_sha256=hashlib.sha256(whole.encode()).hexdigest(),
        characters=len(whole),
    )
    sections = tuple(_section(plan, passages, first) for first in range(0, size, _SECTION))
    plan = plan.model_copy(update={"span": Span(start=0, end=len(whole))})
    return ParsedDocument(
        document=document,
        text=whole,
        plans=(plan,),
        sections=sections,
        passages=tuple(passages),
    )


def _passage(plan: Plan, place: int, at: int, text: str) -> Passage:
    section = place // _SECTION
    return Passage(
        id=f"{plan.document_id}/{place}",
        document_id=plan.document_id,
        plan_id=plan.id,
        section_id=f"{plan.document_id}/s{section}",
        area=plan.area,
        path=(plan.title, _invented()[section * 7 % _WORDS].capitalize()),
        role=_role(section),
        start=at,
        end=at + len(text),
        text=text,
        sentences=tuple(_sentences_of(text, at, opens=place % _SECTION == 0)),
    )


def _role(section: int) -> Role:
    return Role.PRIORITY if section % _RANKED == 0 else Role.OTHER


def _sentences_of(text: str, at: int, *, opens: bool) -> Iterator[Sentence]:
    for number, found in enumerate(re.finditer(r"\S.*?[.!?](?=\s)|\S.*$", text)):
        start, end = found.span()
        standing = Standing.OPENING if opens and number == 0 else Standing.BODY
        yield Sentence(start=at + start, end=at + end, standing=standing)


def _section(plan: Plan, passages: Sequence[Passage], first: int) -> Section:
    held = passages[first : first + _SECTION]
    return Section(
        id=held[0].section_id,
        document_id=plan.document_id,
        plan_id=plan.id,
        parent_id=None,
        path=held[0].path,
        role=held[0].role,
        heading=None,
        span=Span(start=held[0].start, end=held[-1].end),
    )
