"""Answers are kept as they were given, by several threads and processes, and expire."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.archive import Archive, Given
from service.schemas import AskRequest, Feedback, Turn
from tests.unit.service.stand_ins import state

DAY = 86_400
ROOT = Path(__file__).parents[3]


class Clock:
    """Seconds since 1970, as a test wants them."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0

    def __call__(self) -> float:
        return self.time


def given(question: str = "theft", *earlier: str) -> Given:
    history = (Turn(role="user", text="Hello"), Turn(role="assistant", text="“Hello” [1]"))
    asked = AskRequest(question=question, history=history)
    return Given(state().ask(asked).given.content, asked, earlier)


def test_an_answer_is_found_as_it_was_given(tmp_path: Path) -> None:
    kept = given("theft", "first", "second")
    assert Archive(tmp_path / "a.sqlite").keep("a1", kept)
    assert Archive(tmp_path / "a.sqlite").find("a1") == kept
    assert Archive(tmp_path / "a.sqlite").find("a2") is None


def test_the_same_answer_again_is_kept_from_then(tmp_path: Path) -> None:
    clock = Clock()
    archive = Archive(tmp_path / "a.sqlite", 90, clock)
    archive.keep("a1", given())
    clock.time += 60 * DAY
    archive.keep("a1", given())
    clock.time += 60 * DAY
    assert archive.find("a1") == given()


def test_an_answer_expires_with_what_was_said_of_it(tmp_path: Path) -> None:
    clock = Clock()
    file = tmp_path / "a.sqlite"
    archive = Archive(file, 90, clock)
    archive.keep("old", given())
    assert archive.add_feedback(Feedback(answer_id="old", helpful=True))
    clock.time += 90 * DAY
    assert archive.find("old") is None
    assert not archive.add_feedback(Feedback(answer_id="old", helpful=True))
    archive.keep("new", given())
    with sqlite3.connect(file) as database:
        assert database.execute("SELECT id FROM answers").fetchall() == [("new",)]
        assert database.execute("SELECT * FROM feedback").fetchall() == []


def test_feedback_is_kept_in_order_and_only_of_answers_kept(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "a.sqlite")
    said = [
        Feedback(answer_id="a1", helpful=False, comment="It isn't 'theft'; DROP TABLE answers"),
        Feedback(answer_id="a1", helpful=True),
    ]
    assert not archive.add_feedback(said[0])
    archive.keep("a1", given())
    assert [archive.add_feedback(each) for each in said] == [True, True]
    assert archive.feedback_on("a1") == tuple(said)
    assert archive.feedback_on("a2") == ()


@pytest.mark.parametrize("file", ["missing/folder/a.sqlite", "garbage.sqlite"])
def test_a_file_that_can_not_be_written_costs_the_permalink_only(
    tmp_path: Path, file: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "garbage.sqlite").write_bytes(b"no database at all" * 100)
    with caplog.at_level(logging.WARNING):
        assert not Archive(tmp_path / file).keep("a1", given())
    assert "answer=a1 is not kept" in caplog.text


def test_threads_share_an_archive(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "a.sqlite")

    def keep_and_find(number: int) -> bool:
        kept = given(f"theft {number}")
        archive.keep(f"a{number}", kept)
        return archive.find(f"a{number}") == kept

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(keep_and_find, range(64)))


WRITER = """
import sys
from pathlib import Path
from service.archive import Archive, Given
from service.schemas import AskRequest, Feedback
archive = Archive(Path(sys.argv[1]))
for number in range(50):
    answer = f"{sys.argv[2]}-{number}"
    assert archive.keep(answer, Given(b"{}" * 500, AskRequest(question="theft")))
    assert archive.find(answer)
    assert archive.add_feedback(Feedback(answer_id=answer, helpful=True))
"""


def test_processes_share_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    command = [sys.executable, "-c", WRITER, str(file)]
    writers = [
        subprocess.Popen([*command, name], stderr=subprocess.PIPE, cwd=ROOT) for name in "abc"
    ]
    assert [(writer.communicate(timeout=60)[1], writer.returncode) for writer in writers] == [
        (b"", 0)
    ] * 3
    assert all(Archive(file).find(f"{name}-{n}") for name in "abc" for n in range(50))
