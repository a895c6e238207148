"""Scores searches: how high the passages stand that hold what was asked for.

Usage: python evals/score_search.py [COLLECTION …] [--sweep]

Two kinds of query: the questions of a collection that have an answer and no history, for which
passages with one of their `must_quote` are right; and the topics of its verdicts, short as people
search, for which passages with the quotation of a verdict are right. `report` is the report that
ships, which has questions only. nDCG@10 with right or not as gain (Järvelin and Kekäläinen, TOIS
2002), and the mean of 1 / the rank of the first right one. Intervals are bootstrap over queries.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

import numpy as np
from score_verdicts import COLLECTIONS, DRAWS, assistant_over

from corpus.catalogue import load_catalogue, shipped_catalogue, shipped_data
from corpus.glossary import load_glossary
from corpus.places import load_places
from corpus.query import NOTHING, Expression, any_of
from corpus.retrieval import Scope, SearchResult
from index.ranking import Scores, convex
from service.evaluation.questions import load_questions
from service.evaluation.scoring import folded
from service.ports import Engine
from service.queries import SearchQuery
from service.schemas import Verdict
from service.search import Searcher
from service.searching.expansion import Expander
from service.searching.grammar import parse

REPORT = "report"
TOP = 10
SYSTEMS = {
    "words": {"mode": "keyword"},
    "meaning alone": {"mode": "meaning", "expand": False},
    "meaning, with other words": {"mode": "meaning"},
    "both, without other words": {"mode": "hybrid", "expand": False},
    "both": {"mode": "hybrid"},
}
WEIGHTS_OF_MEANING = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
WEIGHTS_OF_ADDED = (0.0, 0.25, 0.5, 0.75, 1.0)

Gain = tuple[float, float]
"""nDCG@10 and the reciprocal rank of one ranking."""


@dataclass(frozen=True)
class Case:
    """A query and the ids of the passages that are right."""

    collection: str
    kind: str
    query: str
    right: frozenset[str]

    def gain(self, ranking: Iterable[str]) -> Gain:
        """How well a ranking puts what is right first."""
        places = [at for at, name in enumerate(ranking, 1) if name in self.right]
        ideal = sum(1 / math.log2(at + 1) for at in range(1, min(len(self.right), TOP) + 1))
        found = sum(1 / math.log2(at + 1) for at in places if at <= TOP)
        return found / ideal, 1 / places[0] if places else 0.0


@dataclass(frozen=True)
class Corpus:
    """One collection, ready to be searched."""

    engine: Engine
    searcher: Searcher
    expander: Expander


def corpus_of(name: str, data_dir: Path) -> Corpus:
    """A collection, ingested into `data_dir`."""
    if name == REPORT:
        catalogue, documents = shipped_catalogue(), shipped_data()
        paths = [documents / entry.file for entry in catalogue.document]
    else:
        catalogue = load_catalogue(COLLECTIONS / name / "catalogue.toml")
        paths = [COLLECTIONS / name / "documents"]
    assistant, glossary = assistant_over(paths, catalogue, data_dir), load_glossary()
    searcher = Searcher(assistant.engine, assistant.vocabulary, glossary, load_places())
    return Corpus(assistant.engine, searcher, Expander(assistant.vocabulary, glossary))


def cases_of(name: str, engine: Engine) -> Iterator[Case]:
    """The queries of a collection for which some passage is right."""
    passages = [each for held in engine.documents() for each in engine.passages(held.id)]
    texts = {each.id: folded("\n".join([*each.path[-1:], each.text])) for each in passages}

    def holding(quotes: Iterable[str]) -> frozenset[str]:
        wanted = list(map(folded, quotes))
        return frozenset(i for i, text in texts.items() if any(one in text for one in wanted))

    for kind, query, quotes in _queries(name):
        if right := holding(quotes):
            yield Case(name, kind, query, right)


def _queries(name: str) -> Iterator[tuple[str, str, Iterable[str]]]:
    folder = Path(__file__).parent / REPORT if name == REPORT else COLLECTIONS / name
    for question in load_questions(folder / "questions.jsonl"):
        if question.answerable and not question.history:
            yield "question", question.question, question.must_quote
    if name == REPORT:
        return
    quotes: dict[str, list[str]] = defaultdict(list)
    for line in (folder / "verdicts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["quote"] and Verdict(row["verdict"]).is_named:
            quotes[row["topic"]].append(row["quote"])
    yield from (("topic", topic, of_topic) for topic, of_topic in quotes.items())


def served(case: Case, corpus: Corpus) -> dict[str, Gain]:
    """What each kind of search gives, as it is served."""
    found = {}
    for name, how in SYSTEMS.items():
        query = SearchQuery.model_validate({"q": case.query, "limit": 100, **how})
        found[name] = case.gain(hit.passage.id for hit in corpus.searcher.search(query).hits)
    return found


def swept(case: Case, corpus: Corpus) -> dict[str, Gain]:
    """What a search by both gives with other weights, and with ranks in place of scores."""
    typed = parse(case.query, loose=True)
    added = [replace(t, weight=1) for t in corpus.expander.others(case.query).values()]
    vector = corpus.engine.embed(case.query)
    meaning = _scores(corpus.engine.search(NOTHING, vector, Scope(), 10_000))
    names = list(meaning)
    cosines = np.array([meaning[name] for name in names])
    words, more = (_by_words(each, names, corpus.engine) for each in (typed, any_of(added)))
    found = {}
    for more_weight in WEIGHTS_OF_ADDED:
        summed = words + more_weight * more
        for weight in WEIGHTS_OF_MEANING:
            ranking = _ranking(names, convex(cosines, summed, weight))
            found[f"{weight} {more_weight}"] = case.gain(ranking)
        found[f"ranks {more_weight}"] = case.gain(_ranking(names, _by_ranks(cosines, summed)))
    return found


def _scores(found: SearchResult) -> dict[str, float]:
    return {hit.passage.id: hit.score for hit in found.hits}


def _by_words(expression: Expression, names: list[str], engine: Engine) -> Scores:
    scores = _scores(engine.search(expression, None, Scope(), 10_000))
    return np.array([scores.get(name, 0.0) for name in names])


def _by_ranks(cosines: Scores, words: Scores) -> Scores:
    """Reciprocal rank fusion at k = 60 (Cormack and others, SIGIR 2009)."""
    return 1 / (60 + _ranks(cosines)) + np.where(words > 0, 1 / (60 + _ranks(words)), 0)


def _ranks(scores: Scores) -> Scores:
    """The rank of each place, from 1; equal scores in order."""
    return 1.0 + np.argsort(np.argsort(-scores, kind="stable"))


def _ranking(names: list[str], scores: Scores) -> list[str]:
    return [names[at] for at in np.argsort(-scores, kind="stable")]


def interval(gains: list[Gain]) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean nDCG."""
    rng = random.Random(0)
    drawn = sorted(fmean(g for g, _ in rng.choices(gains, k=len(gains))) for _ in range(DRAWS))
    return drawn[int(DRAWS * 0.025)], drawn[int(DRAWS * 0.975)]


def main() -> None:
    """Prints, for each kind of query, a row for each search."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("collection", nargs="+")
    parser.add_argument("--sweep", action="store_true", help="other weights of the two sides")
    options = parser.parse_args()
    measure = swept if options.sweep else served
    gains: dict[str, dict[str, list[Gain]]] = defaultdict(lambda: defaultdict(list))
    for name in options.collection:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            corpus = corpus_of(name, Path(folder))
            for case in cases_of(name, corpus.engine):
                for system, gain in measure(case, corpus).items():
                    gains[case.kind][system].append(gain)
    for kind, systems in gains.items():
        print(f"\n| {kind}: {len(next(iter(systems.values())))} | nDCG@10 | MRR |\n|---|---|---|")
        for system, found in systems.items():
            low, high = interval(found)
            ndcg, rank = fmean(g for g, _ in found), fmean(r for _, r in found)
            print(f"| {system} | {ndcg:.3f} [{low:.3f}, {high:.3f}] | {rank:.3f} |")


if __name__ == "__main__":
    main()
