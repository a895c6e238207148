"""Answers as they were given, and what users said of them, in the database that has the index.

So every machine that serves finds what any of them has answered. A database that takes nothing
costs the permalink, never the answer.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from index.errors import DatabaseError
from index.postgres.database import Database
from service.archive import Given
from service.schemas import Feedback
from service.settings import KEPT_DAYS

_log = logging.getLogger(__name__)

_DAY = 86_400
_SWEEP_EVERY = 3_600
"""Seconds between two removals of what has expired; it isn't found meanwhile."""

_KEEP = """
INSERT INTO answers (id, given, content, asked, earlier)
VALUES (%(id)s, to_timestamp(%(now)s), %(content)s, %(asked)s, %(earlier)s)
ON CONFLICT (id) DO UPDATE
SET given = excluded.given, content = excluded.content, earlier = excluded.earlier
"""
_FIND = """
SELECT content, asked, earlier FROM answers WHERE id = %(id)s AND given > to_timestamp(%(oldest)s)
"""
_SAY = """
INSERT INTO feedback (answer_id, given, helpful, comment)
SELECT id, to_timestamp(%(now)s), %(helpful)s, %(comment)s FROM answers
WHERE id = %(id)s AND given > to_timestamp(%(oldest)s)
"""


class DatabaseArchive:
    """Fulfils `service.archive.Keeping`. Safe to share between threads.

    Raises:
        DatabaseError: from every method but `keep`, where the database can't be used.
    """

    def __init__(
        self,
        database: Database,
        days: int = KEPT_DAYS,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._days = days
        self._now = now
        self._swept = float("-inf")

    @property
    def days(self) -> int:
        """For how long an answer is kept, from when it was last given."""
        return self._days

    def keep(self, answer_id: str, given: Given) -> bool:
        """Keeps an answer, or the same one anew; whether it is kept."""
        content, asked, earlier = given.packed()
        row = {
            "id": answer_id,
            "now": self._now(),
            "content": content,
            "asked": asked,
            "earlier": earlier,
        }
        try:
            with self._database.transaction() as connection:
                connection.execute(_KEEP, row)
            self._sweep()
        except DatabaseError as error:
            _log.warning("answer=%s is not kept: %s", answer_id, error)
            return False
        return True

    def find(self, answer_id: str) -> Given | None:
        """An answer that is kept, or None."""
        found = self._database.rows(_FIND, {"id": answer_id, "oldest": self._oldest()})
        return Given.unpacked(*found[0]) if found else None

    def add_feedback(self, feedback: Feedback) -> bool:
        """Keeps what a user said of an answer, as long as the answer; False if it isn't kept."""
        with self._database.transaction() as connection:
            added = connection.execute(
                _SAY,
                {
                    "id": feedback.answer_id,
                    "now": self._now(),
                    "helpful": feedback.helpful,
                    # What a form sends may hold NUL, which no column of text does.
                    "comment": (feedback.comment or "").replace("\0", "") or feedback.comment,
                    "oldest": self._oldest(),
                },
            )
        return added.rowcount > 0

    def feedback_on(self, answer_id: str) -> tuple[Feedback, ...]:
        """What was said of an answer, oldest first."""
        found = self._database.rows(
            "SELECT helpful, comment FROM feedback WHERE answer_id = %(id)s ORDER BY number",
            {"id": answer_id},
        )
        return tuple(
            Feedback(answer_id=answer_id, helpful=helpful, comment=comment)
            for helpful, comment in found
        )

    def close(self) -> None:
        """Nothing: the database is shared with the engine."""

    def _oldest(self) -> float:
        return self._now() - self._days * _DAY

    def _sweep(self) -> None:
        """Removes what has expired, now and then."""
        if self._now() - self._swept >= _SWEEP_EVERY:
            with self._database.transaction() as connection:
                connection.execute(
                    "DELETE FROM answers WHERE given <= to_timestamp(%(oldest)s)",
                    {"oldest": self._oldest()},
                )
            self._swept = self._now()
