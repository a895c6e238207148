"""Answers as they were given, kept so long as is set, and what users said of them.

One SQLite file, which threads and processes may use at once; with the index in a database,
`service.database_archive` keeps them there. Once `keep` has returned, every process finds the
answer. A disk that takes nothing costs the permalink, never the answer.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from service.schemas import Answer, AskRequest, Feedback
from service.settings import KEPT_DAYS

_log = logging.getLogger(__name__)

FILE = "answers.sqlite"
"""The archive's file in the data directory."""
IN_MEMORY = Path(":memory:")
"""Where an archive is kept that ends with its process."""

_DAY = 86_400
_SWEEP_EVERY = 3_600
"""Seconds between two removals of what has expired; it isn't found meanwhile."""
_PATIENCE = 2.0
"""Seconds to wait for another process that writes. A write takes a millisecond."""
_QUICK = 1
"""zlib's quickest level: an answer shrinks to a quarter in a tenth of a millisecond."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    id TEXT PRIMARY KEY,
    given REAL NOT NULL,        -- seconds since 1970
    content BLOB NOT NULL,      -- the answer's JSON, deflated
    asked TEXT NOT NULL,        -- the request, as JSON
    earlier TEXT NOT NULL       -- ids of the answers before it, a JSON list
);
CREATE INDEX IF NOT EXISTS answers_given ON answers (given);
CREATE TABLE IF NOT EXISTS feedback (
    answer_id TEXT NOT NULL REFERENCES answers ON DELETE CASCADE,
    given REAL NOT NULL,
    helpful INTEGER NOT NULL,
    comment TEXT
);
CREATE INDEX IF NOT EXISTS feedback_answer ON feedback (answer_id);
"""


# No REPLACE, which would remove what was said of the answer.
_KEEP = """
INSERT INTO answers VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
SET given = excluded.given, content = excluded.content, earlier = excluded.earlier
"""


@dataclass(frozen=True)
class Given:
    """An answer as it was given: its JSON, what was asked, and the conversation before it."""

    content: bytes
    asked: AskRequest
    earlier: tuple[str, ...] = ()
    """The ids of the answers before it, the last one last; fewer where some aren't known."""

    def read(self) -> Answer:
        """The answer.

        Raises:
            ValidationError: it was kept by a version that gave answers of another shape.
        """
        return Answer.model_validate_json(self.content)

    @classmethod
    def unpacked(cls, content: bytes, asked: str, earlier: str) -> Given:
        """From the columns in which an archive keeps it."""
        return cls(
            zlib.decompress(content),
            AskRequest.model_validate_json(asked),
            tuple(json.loads(earlier)),
        )

    def packed(self) -> tuple[bytes, str, str]:
        """The columns in which an archive keeps it."""
        return (
            zlib.compress(self.content, _QUICK),
            self.asked.model_dump_json(),
            json.dumps(self.earlier),
        )


class Keeping(Protocol):
    """What keeps answers. Safe to share between threads."""

    @property
    def days(self) -> int:
        """For how long an answer is kept, from when it was last given."""

    def keep(self, answer_id: str, given: Given) -> bool:
        """Keeps an answer, or the same one anew; whether it is kept."""

    def find(self, answer_id: str) -> Given | None:
        """An answer that is kept, or None."""

    def add_feedback(self, feedback: Feedback) -> bool:
        """Keeps what a user said of an answer, as long as the answer; False if it isn't kept."""

    def feedback_on(self, answer_id: str) -> tuple[Feedback, ...]:
        """What was said of an answer, oldest first."""

    def close(self) -> None:
        """Lets go of what is open; another use opens it again."""


class Archive:
    """Keeps answers in a file. Safe to share between threads; opens its file at the first use."""

    def __init__(
        self, file: Path = IN_MEMORY, days: int = KEPT_DAYS, now: Callable[[], float] = time.time
    ) -> None:
        self._days = days
        self._file = file
        self._seconds = days * _DAY
        self._now = now
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None
        self._swept = float("-inf")

    @property
    def days(self) -> int:
        """For how long an answer is kept, from when it was last given."""
        return self._days

    def keep(self, answer_id: str, given: Given) -> bool:
        """Keeps an answer, or the same one anew; whether it is kept."""
        row = (answer_id, self._now(), *given.packed())
        try:
            with self._transaction() as database:
                self._sweep(database)
                database.execute(_KEEP, row)
        except sqlite3.Error as error:
            _log.warning("answer=%s is not kept: %s: %s", answer_id, self._file, error)
            return False
        return True

    def find(self, answer_id: str) -> Given | None:
        """An answer that is kept, or None."""
        with self._transaction() as database:
            row = database.execute(
                "SELECT content, asked, earlier FROM answers WHERE id = ? AND given > ?",
                (answer_id, self._oldest()),
            ).fetchone()
        return None if row is None else Given.unpacked(*row)

    def add_feedback(self, feedback: Feedback) -> bool:
        """Keeps what a user said of an answer, as long as the answer; False if it isn't kept."""
        with self._transaction() as database:
            added = database.execute(
                "INSERT INTO feedback SELECT id, ?, ?, ? FROM answers WHERE id = ? AND given > ?",
                (
                    self._now(),
                    feedback.helpful,
                    feedback.comment,
                    feedback.answer_id,
                    self._oldest(),
                ),
            )
            return added.rowcount > 0

    def feedback_on(self, answer_id: str) -> tuple[Feedback, ...]:
        """What was said of an answer, oldest first."""
        with self._transaction() as database:
            rows = database.execute(
                "SELECT helpful, comment FROM feedback WHERE answer_id = ? ORDER BY given, rowid",
                (answer_id,),
            ).fetchall()
        return tuple(
            Feedback(answer_id=answer_id, helpful=bool(helpful), comment=comment)
            for helpful, comment in rows
        )

    def close(self) -> None:
        """Lets go of the file; another use opens it again."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._opened is None:
                self._opened = _opened(self._file)
            with self._opened:
                yield self._opened

    def _oldest(self) -> float:
        return self._now() - self._seconds

    def _sweep(self, database: sqlite3.Connection) -> None:
        """Removes what has expired, now and then."""
        if self._now() - self._swept >= _SWEEP_EVERY:
            database.execute("DELETE FROM answers WHERE given <= ?", (self._oldest(),))
            self._swept = self._now()


def _opened(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=_PATIENCE, check_same_thread=False)
    try:
        # Readers and the writer don't wait for each other, and a write doesn't wait for the disk:
        # a power cut may lose the last answers, and never harms the file.
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA foreign_keys = ON")
        database.executescript(_SCHEMA)
    except sqlite3.Error:
        database.close()
        raise
    return database
