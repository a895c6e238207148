"""Whether the report that ships gives the same plans and answers in every format.

Usage: python evals/round_trip.py [--only FORMAT …] [--keep FOLDER] [--outlines]

The report is set in type in two designs (`evals/typeset.py`) and converted by LibreOffice to Word,
OpenDocument, HTML and PDF. Each file is ingested alone, with the facts of the shipped catalogue,
and asked the development questions, which takes minutes a file (`--outlines` leaves them out); the
text itself comes first. Exit status 1 if a format gives
other plans or priorities than the text, or scores more than one question apart from it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from typeset import DESIGNS, FILTERS, lines_of, typeset  # beside this file

from corpus.catalogue import Catalogue, shipped_catalogue, shipped_data
from corpus.glossary import load_glossary
from corpus.models import ParsedDocument, Role
from corpus.places import load_places
from index.embedding import Embedder, open_embedder
from index.generations import open_current
from index.places import Folder
from ingest.pipeline import ingest_files
from ingest.readers import READERS, read
from ingest.version import CHUNKER_VERSION
from service.answering.assistant import Assistant
from service.bootstrap import open_meanings
from service.evaluation.questions import Golden, load_questions
from service.evaluation.run import ASSISTANT, evaluate
from service.ingestion import Ingestion
from service.library import Held
from service.search import Searcher

QUESTIONS = Path(__file__).parent / "report" / "questions.jsonl"
TOLERANCE = 1
"""Questions by which a format may differ from the text: the target that the project set."""


class Trip(NamedTuple):
    """One file, what it was made of and how its answers scored."""

    design: str
    suffix: str
    same_plans: bool
    same_priorities: bool
    inferred_plans: bool
    right: frozenset[str]
    asked: int


def main() -> int:
    """Prints a table in Markdown."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="saferplans-trip-", ignore_cleanup_errors=True) as made:
        folder = arguments.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        trips = _trips(folder, arguments.only, [] if arguments.outlines else _questions())
        text = next(trips)
        print(f"| format | design | plans | priorities | right of {text.asked} |")
        print("|---|---|---|---|---|")
        print(_row(text, text), flush=True)
        faulty = 0
        for trip in trips:
            print(_row(trip, text), flush=True)
            faulty += not _is_same(trip, text)
    return 1 if faulty else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", choices=list(FILTERS), default=list(FILTERS))
    parser.add_argument("--keep", type=Path, help="where the files are left to be looked at")
    parser.add_argument("--outlines", action="store_true", help="ask no questions")
    return parser.parse_args()


def _questions() -> Sequence[Golden]:
    return load_questions(QUESTIONS)


def _trips(folder: Path, suffixes: list[str], questions: Sequence[Golden]) -> Iterator[Trip]:
    source = shipped_data() / shipped_catalogue().document[0].file
    embedder = open_embedder()
    text = _document(source)
    yield _trip("", source, text, questions, embedder)
    file = read(source.name, source.read_bytes())
    lines = lines_of(file, text)
    for design in DESIGNS:
        made = typeset(lines, design, text.document.title, folder)
        for suffix in suffixes:
            if f".{suffix}" in READERS:
                yield _trip(design, made[suffix], text, questions, embedder)


def _catalogue(name: str) -> Catalogue:
    """The shipped catalogue, its document under another file's name."""
    shipped = shipped_catalogue()
    entry = shipped.document[0].model_copy(update={"file": name, "sha256": None})
    return shipped.model_copy(update={"document": (entry,)})


def _document(path: Path, catalogue: Catalogue | None = None) -> ParsedDocument:
    result = ingest_files([path], _catalogue(path.name) if catalogue is None else catalogue)
    if result.report.failed:
        raise SystemExit(result.report.files[0].problem)
    return result.documents[0]


def _trip(
    design: str, path: Path, text: ParsedDocument, questions: Sequence[Golden], embedder: Embedder
) -> Trip:
    parsed = _document(path)
    return Trip(
        design=design,
        suffix=path.suffix.lstrip("."),
        same_plans=_plans(parsed) == _plans(text),
        same_priorities=_priorities(parsed) == _priorities(text),
        inferred_plans=_plans(_document(path, Catalogue())) == _plans(text),
        right=_right(path, questions, embedder),
        asked=len(questions),
    )


def _plans(parsed: ParsedDocument) -> list[tuple[object, ...]]:
    return [(p.title, p.area, p.partnership, p.kind, p.period, p.basis) for p in parsed.plans]


def _priorities(parsed: ParsedDocument) -> list[tuple[str, ...]]:
    """The headings of the priorities, each under its plan's."""
    return [
        (section.path[0], section.path[-1])
        for section in parsed.sections
        if section.role is Role.PRIORITY
    ]


def _right(path: Path, questions: Sequence[Golden], embedder: Embedder) -> frozenset[str]:
    """The questions that are answered rightly of this file alone."""
    if not questions:
        return frozenset()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        data_dir = Path(name)
        places, glossary = load_places(), load_glossary()
        meanings = open_meanings(embedder, glossary)
        Ingestion(Folder(data_dir), embedder, meanings=meanings).add([path], _catalogue(path.name))
        engine = open_current(data_dir, embedder, chunker_version=CHUNKER_VERSION)
        assistant = Assistant(engine, places, glossary, meanings)
        searcher = Searcher(engine, assistant.vocabulary, glossary, places)
        held = Held(engine, assistant, searcher)
        done = evaluate(questions, held, lambda _done, _total: None)
    return frozenset(score.question.id for score in done.scores(ASSISTANT) if score.right)


def _is_same(trip: Trip, text: Trip) -> bool:
    close = abs(len(trip.right) - len(text.right)) <= TOLERANCE
    return close and trip.same_plans and trip.same_priorities


def _row(trip: Trip, text: Trip) -> str:
    apart = sorted(trip.right ^ text.right)
    plans = "same" if trip.same_plans else "other"
    if trip.same_plans and not trip.inferred_plans:
        plans += "; other without the catalogue"
    priorities = "same" if trip.same_priorities else "other"
    questions = f"{len(trip.right)}" + (f" (apart: {', '.join(apart)})" if apart else "")
    return f"| {trip.suffix} | {trip.design or '-'} | {plans} | {priorities} | {questions} |"


if __name__ == "__main__":
    sys.exit(main())
