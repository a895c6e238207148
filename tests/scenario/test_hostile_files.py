"""Files made to harm, ingested with good ones: each gets its line, and nothing else suffers."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from ingest.pipeline import IngestResult, ingest_files
from ingest.report import FileReport, Outcome
from ingest.workers import Limits
from tests.hostile.archives import ARCHIVES
from tests.hostile.make import samples
from tests.hostile.samples import SECRET, Sample
from tests.scenario.publisher import environment
from tests.unit.service.command_line import run

LIMITS = Limits(seconds=20, memory=1_000_000_000)

MAKE = "tests.hostile.make"
"""Makes them in a process of its own, since what this one takes is measured."""

GROWTH_KB = 300_000
"""The most that the ingesting process itself may grow by."""

PLAN = "{area} Community Safety Plan 2022-2025\n\nOur priorities\n\n1 Burglary\n\nWe act.\n"
GOOD = {"Aldham.txt": "Aldham", "Middleham.txt": "Middleham", "Zennor.txt": "Zennor"}
"""Before, among and after the hostile ones by name."""

SAMPLES = samples(Path("outside"))


class Attacked(NamedTuple):
    """What came of an ingest of hostile files."""

    folder: Path
    result: IngestResult
    grown_kb: int

    def report(self, line: str) -> FileReport:
        (found,) = [file for file in self.result.report.files if file.name == line]
        return found


def _add_good(folder: Path) -> None:
    for name, area in GOOD.items():
        (folder / name).write_text(PLAN.format(area=area), encoding="utf-8")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    root = tmp_path_factory.mktemp("attack")
    subprocess.run([sys.executable, "-m", MAKE, root], env=environment(), check=True)
    _add_good(root / "hostile")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = ingest_files([root / "hostile"], limits=LIMITS)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return Attacked(root / "hostile", result, grown)


def test_there_are_at_least_forty_of_each_sort() -> None:
    assert len(SAMPLES) >= 40
    assert len({sample.name for sample in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: ascii(sample.name))
def test_a_hostile_file_has_a_clear_line(attacked: Attacked, sample: Sample) -> None:
    report = attacked.report(sample.line)
    assert report.outcome in sample.outcomes
    for sentence in filter(None, [report.problem, *report.notes]):
        assert sentence.endswith(".")
        assert len(sentence) < 400
        assert not re.search(r"Traceback|Error\b|Exception|0x[0-9a-f]{6}|/tmp/", sentence)
    if report.outcome is Outcome.FAILED:
        assert sample.name.splitlines()[0].encode("ascii", "ignore") in (
            report.problem or ""
        ).encode("ascii", "ignore")
        assert any(words in report.problem for words in sample.told or ("",))


def test_the_good_ones_are_read_and_nothing_else_is_lost(attacked: Attacked) -> None:
    assert {name: attacked.report(name).outcome for name in GOOD} == dict.fromkeys(
        GOOD, Outcome.READ
    )
    lines = [file.name for file in attacked.result.report.files]
    assert len(lines) == len(set(lines))
    assert set(lines) == {sample.line for sample in SAMPLES} | GOOD.keys()


def test_no_document_holds_what_stands_outside(attacked: Attacked) -> None:
    texts = [parsed.text for parsed in attacked.result.documents]
    assert not [text for text in texts if SECRET in text or "root:" in text]


def test_nothing_was_written_outside(attacked: Attacked) -> None:
    root = attacked.folder.parent
    assert {path.name for path in root.iterdir()} == {"hostile", "outside"}
    assert not list(root.rglob("*slipped*"))
    assert not Path("/tmp/slipped.txt").exists()


def test_the_ingesting_process_stays_small(attacked: Attacked) -> None:
    assert attacked.grown_kb < GROWTH_KB


def test_a_document_that_is_held_says_what_became_of_its_file(attacked: Attacked) -> None:
    for parsed in attacked.result.documents:
        assert parsed.passages or parsed.document.status == "unreadable"


def test_the_index_and_its_answers_are_as_without_them(tmp_path: Path) -> None:
    folder, data = tmp_path / "plans", tmp_path / "data"
    folder.mkdir()
    _add_good(folder)
    assert run("ingest", folder, "--data-dir", data).exit_code == 0
    before = run("ask", "burglary", "--json", "--data-dir", data).stdout
    _write(folder, [sample for sample in ARCHIVES if sample.outcomes == ("failed",)])
    result = run("ingest", folder, "--data-dir", data)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert _without_time(run("ask", "burglary", "--json", "--data-dir", data).stdout) == (
        _without_time(before)
    )


def _write(folder: Path, some: Sequence[Sample]) -> None:
    for sample in some:
        sample.write(folder / sample.name)


def _without_time(answer: str) -> str:
    return re.sub(r'"took_ms": \{[^}]*\}', "", answer)
