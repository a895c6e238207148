"""Check the evaluation collections: fields, quotations, completeness, counts.

Run it as ``python evals/check_collections.py``. It prints every fault and the counts of each split.
Its exit status is 0 where there is no fault and 1 where there is one. It needs only Python 3.11.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent / "collections"
TYPES = set(
    "set lookup fact report compare count negation list yesno followup unanswerable".split()
)
VERDICTS = set("priority emerging mentioned related not_mentioned".split())
NAMED = set("priority emerging mentioned".split())
KINDS = set("exact paraphrase acronym spelling narrower wider neighbour negated absent".split())
HARD = set("wider neighbour negated".split())
PLAN_KINDS = set("community_safety_plan strategy needs_assessment profile report".split())
QUESTION_FIELDS = set(
    "id question type kind boroughs must_quote forbidden_boroughs answerable".split()
)
VERDICT_FIELDS = set("topic area verdict kind quote".split())
DOCUMENT_FIELDS = set("file title publisher published basis licence source plan".split())
PLAN_FIELDS = set("area partnership kind period title".split())
LONGEST_QUOTE = 300
SMALL_WORDS = set(
    "a about an and are as at be being by do for from go has have how in into is it its "
    "no not of off on or other our out own over people so than that the their them they "
    "this to up we when where which while who whom with".split()
)
ENDINGS = "ations ation ings ing ies ied ers er ed es s ly e y".split()


@dataclass
class Collection:
    """One collection as read from disk."""

    name: str
    areas: set[str]
    documents: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    verdicts: list[dict[str, Any]]
    area_texts: dict[str, list[str]] = field(default_factory=dict)
    plan_texts: dict[tuple[str, str], str] = field(default_factory=dict)


def fold(text: str) -> str:
    """The text with every run of white space made one space."""
    return re.sub(r"\s+", " ", text).strip()


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file that holds one a line."""
    return [
        json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def read_collection(folder: Path) -> Collection:
    """Read a collection's catalogue, documents, questions and verdicts."""
    catalogue = tomllib.loads((folder / "catalogue.toml").read_text(encoding="utf-8"))
    collection = Collection(
        name=folder.name,
        areas={area["name"] for area in catalogue["area"]},
        documents=catalogue["document"],
        questions=read_rows(folder / "questions.jsonl"),
        verdicts=read_rows(folder / "verdicts.jsonl"),
    )
    for document in collection.documents:
        text = (folder / "documents" / document["file"]).read_text(encoding="utf-8")
        for plan, part in split_plans(text, document["plan"]):
            collection.plan_texts[plan["area"], plan["period"]] = fold(part)
            collection.area_texts.setdefault(plan["area"], []).append(fold(text))
    return collection


def split_plans(text: str, plans: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str]]:
    """Each plan of a document with the text from its heading to the next plan's."""
    starts = [text.find(plan["heading"]) if "heading" in plan else 0 for plan in plans]
    for plan, start, end in zip(plans, starts, [*starts[1:], len(text)], strict=True):
        yield plan, text[start:end]


def stem(word: str) -> str:
    """A word with one common ending off, so that 'drugs' meets 'drug'."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def content_words(text: str) -> set[str]:
    """The stems of the words that carry meaning."""
    return {stem(word) for word in re.findall(r"[a-z]+", text.lower()) if word not in SMALL_WORDS}


def check_catalogue(collection: Collection, folder: Path) -> Iterator[str]:
    """Faults of the catalogue: fields, files, headings, areas."""
    listed = {document["file"] for document in collection.documents}
    present = {path.name for path in (folder / "documents").iterdir()}
    if listed != present:
        yield f"files listed and files present differ: {sorted(listed ^ present)}"
    for document in collection.documents:
        path = folder / "documents" / document["file"]
        lines = path.read_text(encoding="utf-8").splitlines()
        if missing := DOCUMENT_FIELDS - document.keys():
            yield f"{document['file']}: fields missing: {sorted(missing)}"
        for plan in document["plan"]:
            yield from (
                f"{document['file']}: {fault}" for fault in check_plan(collection, plan, lines)
            )
        if len(document["plan"]) > 1 and not all("heading" in plan for plan in document["plan"]):
            yield f"{document['file']}: several plans, and one without a heading"


def check_plan(collection: Collection, plan: dict[str, Any], lines: list[str]) -> Iterator[str]:
    """Faults of one plan's entry in the catalogue."""
    if missing := PLAN_FIELDS - plan.keys():
        yield f"plan fields missing: {sorted(missing)}"
    if plan["area"] not in collection.areas:
        yield f"unknown area {plan['area']}"
    if plan["kind"] not in PLAN_KINDS:
        yield f"unknown kind of plan {plan['kind']}"
    if "heading" in plan and lines.count(plan["heading"]) != 1:
        yield f"no single line reads {plan['heading']!r}"


def check_question(collection: Collection, row: dict[str, Any]) -> Iterator[str]:
    """Faults of one question."""
    if missing := QUESTION_FIELDS - row.keys():
        yield f"fields missing: {sorted(missing)}"
        return
    yield from check_question_areas(collection, row)
    yield from check_question_type(row)
    yield from check_must_quote(collection, row)


def check_question_areas(collection: Collection, row: dict[str, Any]) -> Iterator[str]:
    """Faults of the areas that a question wants and forbids."""
    if unknown := {*row["boroughs"], *row["forbidden_boroughs"]} - collection.areas:
        yield f"unknown areas {sorted(unknown)}"
    if both := {*row["boroughs"]} & {*row["forbidden_boroughs"]}:
        yield f"areas both wanted and forbidden: {sorted(both)}"


def check_question_type(row: dict[str, Any]) -> Iterator[str]:
    """Faults of a question's type beside its other fields."""
    if row["type"] not in TYPES:
        yield f"unknown type {row['type']}"
    if row["type"] not in {"unanswerable", "followup"} and not row["answerable"]:
        yield "only follow-ups and unanswerable questions may go without an answer"
    if row["type"] == "unanswerable" and row["answerable"]:
        yield "an unanswerable question has an answer"
    if not row["answerable"] and (row["boroughs"] or row["must_quote"]):
        yield "an unanswerable question wants areas or quotations"
    if row["type"] == "followup" and not row.get("history"):
        yield "a follow-up without history"


def check_must_quote(collection: Collection, row: dict[str, Any]) -> Iterator[str]:
    """Faults of the quotations that a question asks for."""
    areas = row["boroughs"] or sorted(collection.areas)
    texts = {area: " ".join(collection.area_texts.get(area, [])) for area in areas}
    for quote in row["must_quote"]:
        if len(quote) > LONGEST_QUOTE:
            yield f"quotation too long: {quote[:40]}"
        if not any(fold(quote) in text for text in texts.values()):
            yield f"quotation in no document of its areas: {quote!r}"
    if row["type"] in {"set", "count", "compare"} and row["answerable"]:
        for area in row["boroughs"]:
            if not any(fold(quote) in texts[area] for quote in row["must_quote"]):
                yield f"no quotation for {area}"


def check_verdict(collection: Collection, row: dict[str, Any]) -> Iterator[str]:
    """Faults of one verdict."""
    if missing := VERDICT_FIELDS - row.keys():
        yield f"fields missing: {sorted(missing)}"
        return
    periods = [period for area, period in collection.plan_texts if area == row["area"]]
    if not periods:
        yield f"unknown area {row['area']}"
        return
    if ("period" in row) != (len(periods) > 1) or row.get("period", periods[0]) not in periods:
        yield "a period stands exactly where an area has two editions, and is one of them"
        return
    if row["kind"] not in KINDS or {row["verdict"], *row.get("also", [])} - VERDICTS:
        yield "unknown kind or verdict"
    text = collection.plan_texts[row["area"], row.get("period", periods[0])]
    yield from check_verdict_quote(row, text)


def check_verdict_quote(row: dict[str, Any], text: str) -> Iterator[str]:
    """Faults of a verdict's quotation: it proves a name, and only a name."""
    quote = row["quote"]
    if (row["verdict"] in NAMED) != bool(quote):
        yield "a quotation stands exactly where the verdict is a named one"
    if quote and fold(quote) not in text:
        yield f"quotation not in the plan: {quote!r}"
    shared = content_words(row["topic"]) & content_words(quote or "")
    if row["kind"] == "paraphrase" and shared:
        yield f"paraphrase that shares {sorted(shared)} with its quotation"
    if row["kind"] == "absent" and row["verdict"] != "not_mentioned":
        yield "kind absent goes with not_mentioned"


def check_completeness(collection: Collection) -> Iterator[str]:
    """Faults of the whole: topics without a verdict for every plan, and duplicates."""
    rows = collection.verdicts
    judged = Counter((row["topic"], row["area"], row.get("period")) for row in rows)
    yield from (f"verdict twice: {key}" for key, times in judged.items() if times > 1)
    for topic, times in Counter(row["topic"] for row in rows).items():
        if times != len(collection.plan_texts):
            yield f"topic {topic!r}: {times} verdicts for {len(collection.plan_texts)} plans"
    asked = Counter(
        (row["question"].lower(), json.dumps(row.get("history"))) for row in collection.questions
    )
    yield from (f"question twice: {key[0]}" for key, times in asked.items() if times > 1)
    ids = Counter(row["id"] for row in collection.questions)
    yield from (f"id twice: {key}" for key, times in ids.items() if times > 1)


def check_collection(collection: Collection, folder: Path) -> Iterator[str]:
    """All faults of a collection, each with the row it is in."""
    yield from check_catalogue(collection, folder)
    for row in collection.questions:
        yield from (f"{row.get('id')}: {fault}" for fault in check_question(collection, row))
    for row in collection.verdicts:
        label = f"{row.get('topic')} / {row.get('area')} {row.get('period', '')}".strip()
        yield from (f"{label}: {fault}" for fault in check_verdict(collection, row))
    yield from check_completeness(collection)


def check_across(collections: list[Collection]) -> Iterator[str]:
    """Faults between collections: an id or an area in two of them."""
    ids = Counter(row["id"] for collection in collections for row in collection.questions)
    areas = Counter(area for collection in collections for area in collection.areas)
    yield from (f"in two collections: {key}" for key, times in (ids + areas).items() if times > 1)


def swapped(rows: list[dict[str, Any]]) -> int:
    """How many verdicts of absence are on topics that another plan of the collection names."""
    named = {row["topic"] for row in rows if row["verdict"] in NAMED}
    return sum(row["kind"] == "absent" and row["topic"] in named for row in rows)


def print_counts(split: str, collections: list[Collection]) -> None:
    """Print how many plans, questions and verdicts a split holds, by type and kind."""
    questions = [row for collection in collections for row in collection.questions]
    verdicts = [row for collection in collections for row in collection.verdicts]
    hard = sum(row["kind"] in HARD for row in verdicts)
    plans = sum(len(collection.plan_texts) for collection in collections)
    print(f"\n{split}: {plans} plans")
    print(f"  questions {len(questions)}: {listing(row['type'] for row in questions)}")
    print(f"  kinds of question: {listing(row['kind'] for row in questions)}")
    print(f"  verdicts {len(verdicts)}: {listing(row['verdict'] for row in verdicts)}")
    print(f"  kinds of verdict: {listing(row['kind'] for row in verdicts)}")
    swaps = sum(swapped(collection.verdicts) for collection in collections)
    print(f"  hard negatives {hard} (wider, neighbour, negated), and {swaps} with the area swapped")


def listing(values: Iterable[str]) -> str:
    """Values with their counts, the commonest first."""
    return ", ".join(f"{value} {count}" for value, count in Counter(values).most_common())


def main() -> int:
    """Check every collection that the splits name; print faults and counts; 1 where faults."""
    splits = tomllib.loads((ROOT / "splits.toml").read_text(encoding="utf-8"))
    faults, everything = 0, []
    for split, names in splits.items():
        collections = [read_collection(ROOT / name) for name in names]
        everything += collections
        for collection in collections:
            for fault in check_collection(collection, ROOT / collection.name):
                print(f"{collection.name}: {fault}")
                faults += 1
        print_counts(split, collections)
    for fault in check_across(everything):
        print(fault)
        faults += 1
    print(f"\n{faults} faults" if faults else "\nno faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
