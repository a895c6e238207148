"""The report that ships, understood as a person understands it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, shipped_catalogue, shipped_data
from corpus.models import Basis, ParsedDocument, Role
from ingest.pipeline import ingest_files
from tests.unit.ingest.documents import tree

REPORT = "local-community-safety-plans-2011.txt"
GOLDEN = Path(__file__).parent / "golden" / "local-community-safety-plans-2011.txt"


def ingested(catalogue: Catalogue) -> ParsedDocument:
    result = ingest_files([shipped_data() / REPORT], catalogue)
    assert not result.report.failed
    return result.documents[0]


@pytest.fixture(scope="module")
def report() -> ParsedDocument:
    return ingested(shipped_catalogue())


def test_outline_is_the_golden_one(report: ParsedDocument) -> None:
    assert tree(report) == GOLDEN.read_text(encoding="utf-8")


def test_without_its_catalogue_the_same_plans_are_found(report: ParsedDocument) -> None:
    alone = ingested(Catalogue())
    facts = [(p.id, p.title, p.area, p.period, p.partnership, p.basis, p.span) for p in alone.plans]
    assert facts == [
        (p.id, p.title, p.area, p.period, p.partnership, p.basis, p.span) for p in report.plans
    ]
    assert [section.path[1:] for section in alone.sections] == [
        section.path[1:] for section in report.sections
    ]


def test_text_is_the_file_and_plans_are_summaries(report: ParsedDocument) -> None:
    assert report.text.encode() == (shipped_data() / REPORT).read_bytes()
    assert report.document.sha256 == report.document.text_sha256
    assert {plan.basis for plan in report.plans} == {Basis.SUMMARY}


def test_signature_stands_outside_the_plans(report: ParsedDocument) -> None:
    place = report.text.index("Acting Chief Executive")
    signed = next(p for p in report.passages if p.start <= place < p.end)
    assert signed.plan_id is None
    assert signed.path[-1] == "5 Conclusions"


def test_each_numbered_paragraph_is_a_passage(report: ParsedDocument) -> None:
    reasons = [p.text for p in report.passages if p.path[-1] == "3 Reasons"]
    numbers = [text.removeprefix("3 Reasons").split()[1] for text in reasons]
    assert numbers == ["3.1", "3.2", "3.3", "3.4", "3.5"]


def test_paragraph_torn_by_a_page_break_is_whole(report: ParsedDocument) -> None:
    quotes = [p.quote(sentence) for p in report.passages for sentence in p.sentences]
    torn = next(quote for quote in quotes if "Indicator Set of 198" in quote)
    assert torn.startswith("3.3 The success of Community Safety Plans")
    assert torn.endswith("comprehensive National\n\nIndicator Set of 198 performance measures.")


def test_paths_lead_from_the_plan_to_the_priority(report: ParsedDocument) -> None:
    metal = next(p for p in report.passages if "shoplifting and metal theft)" in p.text)
    assert metal.path == (
        "Redcar and Cleveland Community Safety Plan 2011-2014",
        "Strategic priorities",
        "Acquisitive crime",
    )
    assert (metal.area, metal.role) == ("Redcar and Cleveland", Role.PRIORITY)
