"""What the ledger keeps across restarts, and what it lets go."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bots.slack.events import Asked, Kind
from bots.slack.ledger import Ledger
from service.schemas import MAX_HISTORY


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(tmp_path / "slack.sqlite3")
    yield made
    made.close()


def _asked(ts: str, text: str = "theft?", thread: str = "1.0", user: str = "U1") -> Asked:
    return Asked(
        key=f"C1:{ts}", kind=Kind.MENTION, channel="C1", user=user, text=text, ts=ts, thread=thread
    )


def test_a_question_is_new_once_and_open_until_it_is_finished(ledger: Ledger) -> None:
    assert ledger.take(_asked("1.0"))
    assert not ledger.take(_asked("1.0"))
    assert ledger.unanswered() == ["C1:1.0"]
    ledger.finish("C1:1.0", 1, "4 of 4 plans read.")
    assert ledger.unanswered() == []


def test_an_edit_meanwhile_keeps_a_question_open(ledger: Ledger) -> None:
    ledger.take(_asked("1.0"))
    assert ledger.amend(_asked("1.0", "arson?").model_copy(update={"edited": "2.0"}))
    ledger.finish("C1:1.0", 1, "on theft")
    assert ledger.unanswered() == ["C1:1.0"]


def test_an_older_edit_or_the_same_words_change_nothing(ledger: Ledger) -> None:
    ledger.take(_asked("1.0"))
    newest = _asked("1.0", "arson?").model_copy(update={"edited": "3.0"})
    assert ledger.amend(newest)
    assert not ledger.amend(_asked("1.0", "fraud?").model_copy(update={"edited": "2.0"}))
    assert not ledger.amend(newest.model_copy(update={"edited": "4.0"}))


def test_history_is_of_the_thread_before_the_question_oldest_first(ledger: Ledger) -> None:
    for number in range(1, 20):
        ledger.take(_asked(f"{number:03}.0", f"question {number}"))
        ledger.finish(f"C1:{number:03}.0", 1, f"answer {number}")
    ledger.take(_asked("500.0", "elsewhere", thread="500.0"))
    ledger.finish("C1:500.0", 1, "elsewhere")
    turns = ledger.history(_asked("015.0"))
    assert len(turns) == MAX_HISTORY
    assert [turn.text for turn in turns[-2:]] == ["question 14", "answer 14"]
    assert [turn.role for turn in turns[:2]] == ["user", "assistant"]


def test_nothing_is_noted_of_a_transaction_that_fails(ledger: Ledger) -> None:
    def fail() -> None:
        with ledger.transaction():
            ledger.first_delivery("Ev1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert ledger.first_delivery("Ev1")


def test_what_is_old_and_answered_is_forgotten_and_what_is_open_is_not(ledger: Ledger) -> None:
    for ts in ("1.0", "2.0"):
        ledger.take(_asked(ts))
        ledger.posted(f"C1:{ts}", "answer", "9.0", "digest")
    ledger.first_delivery("Ev1")
    ledger.finish("C1:1.0", 1, None)
    ledger.forget(time.time() + 1)
    assert ledger.entry("C1:1.0") is None
    assert ledger.posts("C1:1.0") == {}
    assert ledger.unanswered() == ["C1:2.0"]
    assert ledger.first_delivery("Ev1")


def test_a_thread_follows_whom_it_answered_last_until_somebody_writes(ledger: Ledger) -> None:
    ledger.take(_asked("1.0"))
    assert ledger.follows(_asked("2.0"))
    assert not ledger.follows(_asked("2.0", user="U2"))
    ledger.overhear(_asked("3.0", user="U2"))
    assert ledger.follows(_asked("2.5")), "written before, delivered after"
    assert not ledger.follows(_asked("4.0"))
    ledger.take(_asked("5.0", user="U2"))
    assert ledger.follows(_asked("6.0", user="U2"))
    assert not ledger.follows(_asked("6.0"))
