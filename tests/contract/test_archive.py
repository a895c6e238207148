"""Answers are kept as they were given, by several threads and processes, and expire.

In a file, and in a database where the index is there.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.places import Folder
from index.postgres.database import Database
from service.archive import Archive, Given, Keeping
from service.database_archive import DatabaseArchive
from service.schemas import AskRequest, Feedback, Turn
from tests.engines import AnyPlace
from tests.unit.service.stand_ins import state

DAY = 86_400
FILE = "a.sqlite"


def archive_in(
    place: AnyPlace, days: int = 90, now: Callable[[], float] = time.time
) -> Archive | DatabaseArchive:
    """The archive beside an index in this place."""
    if isinstance(place, Folder):
        return Archive(place.root / FILE, days, now)
    return DatabaseArchive(place.database, days, now)


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


def test_an_answer_is_found_as_it_was_given(place: AnyPlace) -> None:
    kept = given("theft", "first", "second")
    assert archive_in(place).keep("a1", kept)
    assert archive_in(place).find("a1") == kept
    assert archive_in(place).find("a2") is None


def test_the_same_answer_again_is_kept_from_then(place: AnyPlace) -> None:
    clock = Clock()
    archive = archive_in(place, 90, clock)
    archive.keep("a1", given())
    clock.time += 60 * DAY
    archive.keep("a1", given())
    clock.time += 60 * DAY
    assert archive.find("a1") == given()


def test_an_answer_expires_with_what_was_said_of_it(place: AnyPlace) -> None:
    clock = Clock()
    archive = archive_in(place, 90, clock)
    archive.keep("old", given())
    assert archive.add_feedback(Feedback(answer_id="old", helpful=True))
    clock.time += 90 * DAY
    assert archive.find("old") is None
    assert not archive.add_feedback(Feedback(answer_id="old", helpful=True))
    archive.keep("new", given())
    clock.time -= 90 * DAY  # what was only hidden would be found again
    assert archive.find("old") is None
    assert archive.feedback_on("old") == ()


def test_feedback_is_kept_in_order_and_only_of_answers_kept(place: AnyPlace) -> None:
    archive = archive_in(place)
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


def test_a_database_that_is_gone_costs_the_permalink_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gone = Database(f"postgresql:///plans?host={tmp_path}")
    with caplog.at_level(logging.WARNING):
        assert not DatabaseArchive(gone).keep("a1", given())
    assert "answer=a1 is not kept: The database" in caplog.text


def test_threads_share_an_archive(place: AnyPlace) -> None:
    archive: Keeping = archive_in(place)

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
where = sys.argv[1]
if where.startswith("postgresql:"):
    from index.postgres.database import Database
    from service.database_archive import DatabaseArchive
    archive = DatabaseArchive(Database(where))
else:
    archive = Archive(Path(where))
for number in range(50):
    answer = f"{sys.argv[2]}-{number}"
    assert archive.keep(answer, Given(b"{}" * 500, AskRequest(question="theft")))
    assert archive.find(answer)
    assert archive.add_feedback(Feedback(answer_id=answer, helpful=True))
"""


def test_processes_share_an_archive(place: AnyPlace) -> None:
    where = str(place.root / FILE) if isinstance(place, Folder) else place.database.url
    command = [sys.executable, "-c", WRITER, where]
    # What these tests import, the tree or the wheel, their children import too.
    paths = os.pathsep.join(path for path in sys.path if path)
    writers = [
        subprocess.Popen(
            [*command, name], stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths}
        )
        for name in "abc"
    ]
    assert [(writer.communicate(timeout=60)[1], writer.returncode) for writer in writers] == [
        (b"", 0)
    ] * 3
    archive = archive_in(place)
    assert all(archive.find(f"{name}-{n}") for name in "abc" for n in range(50))
