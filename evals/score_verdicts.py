"""Scores verdicts against the gold of collections: named or not, by kind of case.

Usage: python evals/score_verdicts.py [COLLECTION …] [--errors] [--json FILE]

Each collection of `evals/collections` is ingested into a temporary folder, each of its topics
judged on every plan, and each row of its `verdicts.jsonl` compared. *Named* is priority, emerging
or mentioned; `also` lists other verdicts that are right. Intervals are bootstrap over topics
(Efron and Tibshirani 1993), 1,000 draws, seeded.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue import Catalogue, load_catalogue, parse_period
from corpus.glossary import load_glossary
from corpus.places import load_places
from index.embedding import open_embedder
from index.generations import open_current, publish
from ingest.pipeline import ingest_files
from ingest.version import CHUNKER_VERSION
from service.answering.assistant import Assistant
from service.answering.board import Boards, PlanVerdict, Stopwatch
from service.answering.scoping import Wanted, select_plans
from service.answering.wordings import Relation
from service.bootstrap import open_meanings
from service.schemas import Filters, Verdict

COLLECTIONS = Path(__file__).parent / "collections"
DRAWS = 1_000


@dataclass(frozen=True)
class Row:
    """One decision: what is right, and what was given."""

    collection: str
    topic: str
    area: str
    kind: str
    right: frozenset[Verdict]
    given: Verdict
    rests_on: str

    @property
    def should_be_named(self) -> bool:
        """Whether the plan names the topic, or may be said to."""
        return any(verdict.is_named for verdict in self.right)

    @property
    def correct(self) -> bool:
        """Whether named or not is right; where both are, either."""
        return self.given.is_named in {verdict.is_named for verdict in self.right}


def assistant_for(folder: Path, data_dir: Path) -> Assistant:
    """An assistant over one collection, ingested into `data_dir`."""
    catalogue = load_catalogue(folder / "catalogue.toml")
    return assistant_over([folder / "documents"], catalogue, data_dir)


def assistant_over(paths: list[Path], catalogue: Catalogue, data_dir: Path) -> Assistant:
    """An assistant over documents, ingested into `data_dir`."""
    result = ingest_files(paths, catalogue)
    if result.report.failed:
        raise SystemExit(f"{paths[0]}: some documents could not be read")
    embedder = open_embedder()
    areas = [catalogue.described(plan.area) for d in result.documents for plan in d.plans]
    areas = list({area.name: area for area in areas}.values())
    glossary = load_glossary()
    meanings = open_meanings(embedder, glossary)
    documents = [meanings.told(each) for each in result.documents]
    publish(data_dir, documents, areas, embedder, chunker_version=CHUNKER_VERSION, report={})
    engine = open_current(data_dir, embedder, chunker_version=CHUNKER_VERSION)
    return Assistant(engine, load_places(), glossary, meanings)


def rows_of(folder: Path) -> Iterable[Row]:
    """The gold rows of a collection with the verdicts given."""
    with tempfile.TemporaryDirectory() as data_dir:
        assistant = assistant_for(folder, Path(data_dir))
        for line in (folder / "verdicts.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            year = parse_period(row["period"]).start if row.get("period") else None
            filters = Filters(areas=(row["area"],), year=year)
            judged = judge(assistant, row["topic"], filters)
            right = frozenset(Verdict(v) for v in [row["verdict"], *row.get("also", [])])
            place = (folder.name, row["topic"], row["area"], row["kind"])
            yield Row(*place, right, judged.verdict, rests_on(judged))


def judge(assistant: Assistant, topic: str, filters: Filters) -> PlanVerdict:
    """The strongest verdict of the plans that the filters admit."""
    terms = assistant.vocabulary.topic(topic)
    if terms is None:
        raise SystemExit(f"{topic!r} has no word to look for")
    scope = select_plans(assistant.engine.plans(), Wanted(), filters)
    judged = Boards(assistant.engine).of(terms, scope, Stopwatch())
    return min(judged, key=lambda verdict: verdict.verdict.strength)


def rests_on(judged: PlanVerdict) -> str:
    """What a verdict rests on: the topic's own words, others for it, something near, nothing."""
    if not judged.verdict.is_named:
        return str(judged.verdict)
    wording = judged.best.match.wording
    if wording.own:
        return "its own words"
    if wording.meant is not None:
        return "what it means"
    if wording.everyday:
        return "everyday words"
    return "something narrower" if wording.relation is Relation.NARROWER else "a listed wording"


def figures(rows: list[Row]) -> dict[str, float]:
    """Precision, recall and F1 of named, and the macro-F1 of named against not named."""
    named = f1(rows, lambda row: row.should_be_named, lambda row: row.given.is_named)
    other = f1(rows, lambda row: not row.should_be_named, lambda row: not row.given.is_named)
    return {**named, "macro_f1": (named["f1"] + other["f1"]) / 2}


def f1(rows: list[Row], should, does) -> dict[str, float]:  # type: ignore[no-untyped-def]
    """Precision, recall, F1 of one side; a row for which either is right counts as right."""
    hits = sum(does(row) and (should(row) or row.correct) for row in rows)
    false = sum(does(row) and not row.correct for row in rows)
    missed = sum(not does(row) and not row.correct for row in rows)
    precision = hits / (hits + false) if hits + false else 1.0
    recall = hits / (hits + missed) if hits + missed else 1.0
    total = precision + recall
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / total if total else 0.0,
    }


def interval(rows: list[Row], figure: str) -> tuple[float, float]:
    """The 95 % bootstrap interval of a figure, resampling topics."""
    topics: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        topics[row.collection, row.topic].append(row)
    groups, rng = list(topics.values()), random.Random(0)
    drawn = sorted(
        figures([row for group in rng.choices(groups, k=len(groups)) for row in group])[figure]
        for _ in range(DRAWS)
    )
    return drawn[int(DRAWS * 0.025)], drawn[int(DRAWS * 0.975)]


EVIDENCE = (
    "its own words",
    "a listed wording",
    "something narrower",
    "everyday words",
    "what it means",
    "not_mentioned",
    "related",
    "possible",
)
"""What verdicts rest on, the surest first: the order in which a cautious reader takes them."""


def print_evidence(rows: list[Row]) -> None:
    """How often each kind of evidence is right, and with all surer ones: risk by coverage.

    Of `possible`, which decides nothing, how many plans truly name the topic.
    """
    print("  rests on             n   right   coverage  risk")
    taken = wrong = 0
    for kind in EVIDENCE:
        of_kind = [row for row in rows if row.rests_on == kind]
        if kind == "possible":
            named = sum(row.should_be_named for row in of_kind)
            print(f"  {kind:18} {len(of_kind):4}  truly named {named}")
            continue
        right = sum(row.correct for row in of_kind)
        taken, wrong = taken + len(of_kind), wrong + len(of_kind) - right
        share = f"{taken / len(rows):8.3f}  {wrong / taken if taken else 0.0:.3f}"
        print(f"  {kind:18} {len(of_kind):4}  {right:5}  {share}")


def main() -> None:
    """Prints the figures of the collections named, together and by kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("collection", nargs="+")
    parser.add_argument("--errors", action="store_true", help="list every wrong decision")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    rows = [row for name in options.collection for row in rows_of(COLLECTIONS / name)]
    total = figures(rows)
    low, high = interval(rows, "macro_f1")
    print(
        f"{len(rows)} decisions: named P {total['precision']:.3f} R {total['recall']:.3f} "
        f"F1 {total['f1']:.3f}, macro-F1 {total['macro_f1']:.3f} [{low:.3f}, {high:.3f}]"
    )
    for kind in sorted({row.kind for row in rows}):
        of_kind = [row for row in rows if row.kind == kind]
        right = sum(row.correct for row in of_kind)
        exact = sum(row.given in row.right for row in of_kind)
        possible = sum(row.given is Verdict.POSSIBLE for row in of_kind)
        print(
            f"  {kind:12} {len(of_kind):4}  named or not right {right:4}  verdict right {exact:4}"
            f"  possible {possible:3}"
        )
    print_evidence(rows)
    for row in rows if options.errors else ():
        if not row.correct:
            right = "/".join(sorted(row.right))
            case = f"{row.collection} {row.kind}: {row.topic!r} in {row.area}"
            print(f"  {case}: {row.given}, right {right}")
    if options.json:
        options.json.write_text(json.dumps(total, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
