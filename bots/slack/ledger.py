"""What was received and what was posted, in one SQLite file: the memory across restarts.

A question is noted down before Slack gets its acknowledgement, and closed after its answer is
posted; so a crash between the two loses nothing, and a second delivery is known for one. SQLite in
WAL mode keeps what was committed when the process is killed.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bots.slack.events import Asked
from service.schemas import MAX_HISTORY, MAX_QUESTION, Turn

KEEP = 90 * 86_400
"""Seconds for which questions are kept: as long as the service keeps answers."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, received REAL NOT NULL);
CREATE TABLE IF NOT EXISTS questions (
    key TEXT PRIMARY KEY,
    asked TEXT NOT NULL,           -- Asked, as JSON
    version INTEGER NOT NULL,      -- grows with each edit
    open INTEGER NOT NULL,         -- 1 until its answer, or a failure, is posted
    received REAL NOT NULL,
    channel TEXT NOT NULL, thread TEXT NOT NULL, ts TEXT NOT NULL,
    answer TEXT                    -- the answer's text, for the questions that follow
);
CREATE INDEX IF NOT EXISTS by_thread ON questions (channel, thread, ts);
CREATE TABLE IF NOT EXISTS posts (
    key TEXT NOT NULL, part TEXT NOT NULL,
    ts TEXT,                       -- null while it is unknown whether Slack took it
    digest TEXT NOT NULL,          -- of what was posted
    PRIMARY KEY (key, part)
);
CREATE TABLE IF NOT EXISTS threads (
    channel TEXT NOT NULL, thread TEXT NOT NULL,
    partner TEXT NOT NULL,         -- whom the bot answered last
    since TEXT NOT NULL,           -- when that was asked
    interrupted TEXT,              -- when somebody else first wrote after that
    PRIMARY KEY (channel, thread)
);
"""


class Entry(NamedTuple):
    """A question as it stands."""

    asked: Asked
    version: int
    is_open: bool
    received: float


class Post(NamedTuple):
    """A message of the bot; `ts` is None while it is unknown whether Slack took it."""

    ts: str | None
    digest: str


class Ledger:
    """The file, opened. One process at a time; every method is a few short statements."""

    UNUSABLE = sqlite3.Error
    """What is raised where the file can't be used."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is noted inside, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def first_delivery(self, event_id: str) -> bool:
        """Notes an event's id; whether it is new."""
        done = self._db.execute(
            "INSERT OR IGNORE INTO events VALUES (?, ?)", (event_id, time.time())
        )
        return done.rowcount == 1

    def forget(self, before: float) -> None:
        """Removes what was received before a time."""
        with self.transaction():
            self._db.execute("DELETE FROM events WHERE received < ?", (before,))
            old = "SELECT key FROM questions WHERE received < ? AND NOT open"
            self._db.execute(f"DELETE FROM posts WHERE key IN ({old})", (before,))  # noqa: S608
            self._db.execute("DELETE FROM questions WHERE received < ? AND NOT open", (before,))
            self._db.execute("DELETE FROM threads WHERE since < ?", (f"{before:.6f}",))

    # Questions

    def take(self, asked: Asked) -> bool:
        """Notes a question; whether it is new. Its asker is then the one whom the bot follows."""
        done = self._db.execute(
            "INSERT OR IGNORE INTO questions VALUES (?, ?, 1, 1, ?, ?, ?, ?, NULL)",
            (asked.key, asked.model_dump_json(), time.time(), *_place(asked)),
        )
        if done.rowcount and asked.thread:
            self._follow(asked)
        return done.rowcount == 1

    def amend(self, asked: Asked) -> bool:
        """Notes an edit and opens the question again; False for an older edit or the same words."""
        entry = self.entry(asked.key)
        if entry is None or asked.edited <= entry.asked.edited or asked.text == entry.asked.text:
            return False
        kept = entry.asked.model_copy(update={"text": asked.text, "edited": asked.edited})
        self._db.execute(
            "UPDATE questions SET asked = ?, version = version + 1, open = 1, received = ?"
            " WHERE key = ?",
            (kept.model_dump_json(), time.time(), asked.key),
        )
        return True

    def entry(self, key: str) -> Entry | None:
        """A question as it stands."""
        row = self._db.execute(
            "SELECT asked, version, open, received FROM questions WHERE key = ?", (key,)
        ).fetchone()
        return (
            Entry(Asked.model_validate_json(row[0]), row[1], bool(row[2]), row[3]) if row else None
        )

    def finish(self, key: str, version: int, answer: str | None) -> None:
        """Closes a question, unless it was edited meanwhile."""
        self._db.execute(
            "UPDATE questions SET open = 0, answer = ? WHERE key = ? AND version = ?",
            (answer, key, version),
        )

    def withdraw(self, key: str) -> None:
        """A message was deleted: if it isn't answered yet, it needn't be."""
        self._db.execute("UPDATE questions SET open = 0 WHERE key = ?", (key,))

    def unanswered(self) -> list[str]:
        """The keys of the open questions, oldest first."""
        rows = self._db.execute("SELECT key FROM questions WHERE open ORDER BY received")
        return [row[0] for row in rows]

    def history(self, asked: Asked) -> tuple[Turn, ...]:
        """What was asked and answered before in the thread, oldest first."""
        rows = self._db.execute(
            "SELECT asked, answer FROM questions WHERE channel = ? AND thread = ? AND ts < ?"
            " AND answer IS NOT NULL ORDER BY ts DESC LIMIT ?",
            (*_place(asked), MAX_HISTORY // 2),
        ).fetchall()
        return tuple(
            turn
            for said, answer in reversed(rows)
            for turn in (
                Turn(role="user", text=Asked.model_validate_json(said).text[:MAX_QUESTION]),
                Turn(role="assistant", text=answer),
            )
        )

    # Threads

    def _follow(self, asked: Asked) -> None:
        self._db.execute(
            "INSERT INTO threads VALUES (?, ?, ?, ?, NULL) ON CONFLICT DO UPDATE SET"
            " partner = excluded.partner, since = excluded.since, interrupted = NULL"
            " WHERE since <= excluded.since",
            (asked.channel, asked.thread, asked.user, asked.ts),
        )

    def follows(self, asked: Asked) -> bool:
        """Whether a message goes to the bot: by the one it last answered, uninterrupted."""
        row = self._db.execute(
            "SELECT 1 FROM threads WHERE channel = ? AND thread = ? AND partner = ? AND since < ?"
            " AND (interrupted IS NULL OR interrupted > ?)",
            (asked.channel, asked.thread, asked.user, asked.ts, asked.ts),
        ).fetchone()
        return row is not None

    def overhear(self, asked: Asked) -> None:
        """Somebody wrote to somebody else: from there on the thread is theirs."""
        self._db.execute(
            "UPDATE threads SET interrupted = min(coalesce(interrupted, ?), ?)"
            " WHERE channel = ? AND thread = ? AND since < ?",
            (asked.ts, asked.ts, asked.channel, asked.thread, asked.ts),
        )

    # Posts

    def post(self, key: str, part: str) -> Post | None:
        """What is known of one part of a question's reply."""
        row = self._db.execute(
            "SELECT ts, digest FROM posts WHERE key = ? AND part = ?", (key, part)
        ).fetchone()
        return Post(*row) if row else None

    def posts(self, key: str) -> dict[str, Post]:
        """All parts of a question's reply."""
        rows = self._db.execute("SELECT part, ts, digest FROM posts WHERE key = ?", (key,))
        return {row[0]: Post(row[1], row[2]) for row in rows}

    def posting(self, key: str, part: str, digest: str) -> None:
        """Before a part is posted: from here on it may be there."""
        self._db.execute("INSERT OR REPLACE INTO posts VALUES (?, ?, NULL, ?)", (key, part, digest))

    def posted(self, key: str, part: str, ts: str, digest: str) -> None:
        """After a part was posted or changed."""
        self._db.execute(
            "INSERT OR REPLACE INTO posts VALUES (?, ?, ?, ?)", (key, part, ts, digest)
        )

    def unposted(self, key: str, part: str) -> None:
        """A part is certainly not there."""
        self._db.execute("DELETE FROM posts WHERE key = ? AND part = ?", (key, part))


def _place(asked: Asked) -> tuple[str, str, str]:
    return asked.channel, asked.thread, asked.ts
