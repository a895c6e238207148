"""A changed byte anywhere in a citation is found, and said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from service.schemas import AskRequest, Filters
from service.verification import ExportError, Verification, read_export, verify
from tests.unit.service.stand_ins import CORPUS, engine, held


def exported() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(
        held().answer(AskRequest(question="metal theft")).model_dump_json()
    )
    return made


def check(export: dict[str, Any]) -> Verification:
    return verify(read_export(json.dumps(export).encode()), engine())


def test_an_answer_as_exported_passes() -> None:
    result = check(exported())
    assert result.passed
    assert result.citations == 4
    assert result.same_generation


def test_a_board_as_exported_passes() -> None:
    board = held().board("theft", Filters())
    assert verify(read_export(board.model_dump_json().encode()), engine()).passed


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("quote", "Metal theft is tackled!", "other words"),
        ("quote", "Metal theft is tackled. ", "other words"),
        ("quote", "x" * 601, "longer than 600"),
        ("start", 0, "other words"),
        ("start", -1, "no characters"),
        ("start", 99_999, "no characters"),
        ("end", 99_999, "no characters"),
        ("sha256", "0" * 64, "its file's digest"),
        ("text_sha256", "0" * 64, "its text's digest"),
        ("document_id", "other", "the document other is not held"),
        ("passage_id", "other", "the passage other is not held"),
        ("n", 9, "used and not among"),
        ("n", 2, "there twice"),
    ],
)
def test_a_change_is_found(field: str, value: object, reason: str) -> None:
    export = exported()
    citation = next(each for each in export["citations"] if "tackled" in each["quote"])
    citation[field] = value
    result = check(export)
    assert not result.passed
    assert any(reason in failure.reason for failure in result.failures), result.failures


@pytest.mark.parametrize("at", range(len(CORPUS[0].passages[1].text.split(".")[0])))
def test_each_letter_of_a_quotation_counts(at: int) -> None:
    export = exported()
    citation = next(each for each in export["citations"] if "rose" in each["quote"])
    changed = chr(ord(citation["quote"][at]) ^ 1)
    citation["quote"] = citation["quote"][:at] + changed + citation["quote"][at + 1 :]
    assert not check(export).passed


def test_an_export_of_other_documents_says_so() -> None:
    result = verify(read_export(json.dumps(exported()).encode()), engine("g2"))
    assert result.passed
    assert not result.same_generation


def test_fields_of_a_later_version_are_passed_over() -> None:
    export = exported() | {"new": 1}
    export["citations"][0]["new"] = 1
    assert check(export).passed


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"citations": 1}', b"\xff", b'"\\ud800"']
)
def test_what_is_no_export_is_refused(content: bytes) -> None:
    with pytest.raises(ExportError, match="no exported answer"):
        read_export(content)
