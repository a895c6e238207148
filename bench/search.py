"""What a search costs where 10,000 passages are held, by kind of query, without the model.

The plans are made up: real sentences of the report that ships among sentences of invented words,
drawn so that the vocabulary grows as a language's does. Vectors point at random, which costs an
exact search as much as true ones, and embedding the query is left out: `warm` measures that.
"""

from __future__ import annotations

import hashlib
import math
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.report import Measured, Spread
from corpus.catalogue import Catalogue, shipped_catalogue, shipped_data
from corpus.retrieval import SearchMode
from corpus.words import typed_words
from ingest.pipeline import ingest_files
from service.bootstrap import Bootstrap
from service.library import Held
from service.queries import SearchQuery
from service.settings import Settings, load_settings

PLANS = 350
SECTIONS = 21
"""Of each plan: some 10,000 passages in all."""
TARGET = 50.0
"""Milliseconds within which 95 of 100 searches by words shall be answered."""

_WORDS = 30_000
_SEED = 2011
"""Any number: it makes every run ask the same."""


class RandomVectors:
    """Fulfils `index.embedding.Embedder`: a direction drawn by the text's digest."""

    fingerprint = "random@1"
    dimension = 384

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape `(len(texts), 384)`, unit norm."""
        seeds = (hashlib.sha256(text.encode()).digest() for text in texts)
        drawn = [np.random.default_rng(list(s)).standard_normal(self.dimension) for s in seeds]
        vectors = np.array(drawn, dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _vectors(_settings: Settings) -> RandomVectors:
    return RandomVectors()


class Kind(NamedTuple):
    """A kind of query, made of words that stand side by side somewhere."""

    name: str
    mode: str
    typed: Callable[[list[str]], str]


KINDS = (
    Kind("one word", "keyword", lambda words: words[0]),
    Kind("three words", "keyword", lambda words: " ".join(words[:3])),
    Kind("a phrase", "keyword", lambda words: f'"{" ".join(words[:3])}"'),
    Kind("AND, OR, NOT", "keyword", lambda w: f"({w[0]} OR {w[1]}) AND {w[2]} NOT {w[3]}"),
    Kind("all but a word", "keyword", lambda words: f"-{words[0]}"),
    Kind("a prefix", "keyword", lambda words: f"{max(words, key=len)[:4]}*"),
    Kind("a slip", "keyword", lambda words: _slip(max(words, key=len))),
    Kind("a question", "keyword", " ".join),
    Kind("by meaning", "meaning", lambda words: " ".join(words[:3])),
    Kind("by both", "hybrid", lambda words: " ".join(words[:3])),
)


def measure(_data_dir: Path, times: int) -> Measured:
    """`times` searches of each kind, in turns, each for words that no other search has."""
    with tempfile.TemporaryDirectory(
        prefix="saferplans-bench-", ignore_cleanup_errors=True
    ) as folder:
        held = _held(Path(folder), _sentences())
        taken = _timed(held, times)
        passages = held.engine.passage_count
    return Measured(
        name="search",
        title=f"A search in process, {passages:,} passages, embedding aside ({times} of each kind)",
        header=("", "median ms", "95 of 100 within", "max ms", "median of CPU", "95 of 100"),
        rows=[_row(kind, taken[kind.name]) for kind in KINDS],
        data={
            "target": TARGET,
            "passages": passages,
            "milliseconds": {
                name: {"whole": whole.as_dict(), "cpu": cpu.as_dict()}
                for name, (whole, cpu) in taken.items()
            },
        },
        notes=(
            f"target: words within {TARGET:g} ms. From the query to the page as JSON: reading it,",
            "searching, counting all matches, ten hits with what is lit in them. CPU: milliseconds",
            "of this process, whatever else the machine does.",
        ),
    )


def _row(kind: Kind, taken: tuple[Spread, Spread]) -> list[str]:
    whole, cpu = taken
    figures = (whole.median, _within(whole), max(whole.values), cpu.median, _within(cpu))
    return [kind.name, *(f"{figure:.1f}" for figure in figures)]


def _within(taken: Spread) -> float:
    """The figure that 95 of 100 don't exceed."""
    return sorted(taken.values)[math.ceil(0.95 * len(taken.values)) - 1]


def _timed(held: Held, times: int) -> dict[str, tuple[Spread, Spread]]:
    """Milliseconds by kind, by the clock and of the processor; the first round is to warm up."""
    asked = _queries(held)
    taken: dict[str, list[tuple[float, float]]] = {kind.name: [] for kind in KINDS}
    for turn in range(times + 1):
        for kind in KINDS:
            query = SearchQuery(q=kind.typed(next(asked)), mode=SearchMode(kind.mode))
            held.engine.embed(query.q)  # kept, so that it isn't part of what follows
            started = time.perf_counter(), time.process_time()
            held.search(query).model_dump_json()
            ended = time.perf_counter(), time.process_time()
            if turn:
                whole, cpu = ((b - a) * 1000 for a, b in zip(started, ended, strict=True))
                taken[kind.name].append((whole, cpu))
    return {
        name: (Spread(tuple(whole)), Spread(tuple(cpu)))
        for name, (whole, cpu) in ((n, zip(*each, strict=True)) for n, each in taken.items())
    }


def _queries(held: Held) -> Iterator[list[str]]:
    """Words that stand side by side in some passage, six at a time."""
    rng = random.Random(_SEED)
    documents = held.engine.documents()
    while True:
        text = held.engine.text(rng.choice(documents).id) or ""
        words = list(typed_words(text))
        at = rng.randrange(len(words) - 6)
        yield words[at : at + 6]


def _slip(word: str) -> str:
    """A word with two letters in the middle swapped."""
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


def _sentences() -> list[str]:
    """The sentences of the report that ships, each on one line."""
    catalogue = shipped_catalogue()
    paths = [shipped_data() / entry.file for entry in catalogue.document]
    read = ingest_files(paths, catalogue).documents
    passages = [passage for parsed in read for passage in parsed.passages]
    return [" ".join(p.quote(each).split()) for p in passages for each in p.sentences]


def _held(folder: Path, sentences: Sequence[str]) -> Held:
    """Made-up plans, ingested and open."""
    bootstrap = Bootstrap(_vectors)
    settings = load_settings(data_dir=folder / "data")
    plans = folder / "plans"
    plans.mkdir()
    rng = random.Random(_SEED)
    invented = [_word(rng) for _ in range(_WORDS)]
    for number in range(PLANS):
        plan = _plan(number, sentences, invented, rng)
        (plans / f"{number}.md").write_text(plan, encoding="utf-8")
    bootstrap.ingestion(settings).add(sorted(plans.iterdir()), Catalogue())
    return bootstrap.library(settings).held()


def _plan(
    number: int, sentences: Sequence[str], invented: Sequence[str], rng: random.Random
) -> str:
    years = f"{2010 + number % 12}-{2013 + number % 12}"
    lines = [f"# {invented[number].title()} Community Safety Plan {years}", "## Our priorities"]
    for _ in range(SECTIONS):
        lines.append(f"### {_sentence(invented, rng, 3)}")
        lines.append(f"{rng.choice(sentences)} {_sentence(invented, rng, 40)}.")
    return "\n\n".join(lines)


def _sentence(invented: Sequence[str], rng: random.Random, length: int) -> str:
    """Words drawn so that the rank of a word times its frequency is the same for all (Zipf)."""
    ranks = (int(len(invented) ** rng.random()) for _ in range(length))
    return " ".join(invented[rank - 1] for rank in ranks).capitalize()


def _word(rng: random.Random) -> str:
    return "".join(
        rng.choice("bcdfglmnprst") + rng.choice("aeiou") for _ in range(rng.randint(2, 4))
    )
