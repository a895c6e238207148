"""Every question gets one answer, whatever breaks."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.scenario.slack_chaos import Storm, unleash


def _survives(storm: Storm, folder: Path) -> None:
    count = asyncio.run(unleash(storm, folder))
    print(count.report())  # noqa: T201 - the figures of docs/slack.md
    log = (folder / "log").read_text()
    assert count.asked >= storm.questions
    assert (count.silent, count.wrong) == ([], []), log[-5_000:]
    assert count.answered == count.asked
    assert count.duplicates == []
    assert count.intruded == 0
    assert count.percentile(0.99) < 500
    assert "Traceback" not in log


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_a_squall(tmp_path: Path, mode: str) -> None:
    _survives(Storm(questions=40, seconds=4, kills=1, outages=1, mode=mode), tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("mode", ["socket", "http"])
def test_a_thousand_questions_in_a_storm(tmp_path: Path, mode: str) -> None:
    _survives(Storm(questions=1_000, seconds=180, kills=8, outages=20, mode=mode), tmp_path)
