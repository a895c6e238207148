"""Whatever fails, the one who asked is told in a sentence, or answered once it works again."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr
from starlette.responses import JSONResponse

from bots.slack.bot import StartError, running
from bots.slack.desk import Pace
from service.library import Library
from service.state import AppState
from tests.fake_slack import payloads
from tests.fake_slack.delivery import signed
from tests.fake_slack.workspace import BOT_USER, Fault, Json
from tests.scenario.slack_bench import (
    ANN,
    METAL_THEFT,
    QUICK,
    Bench,
    bench,
    many_plans,
    scenario,
)
from tests.unit.service import stand_ins

ANSWER = "Stockton names it"


def _once(method: str, fault: Fault, times: int = 1):  # type: ignore[no-untyped-def]
    """A fault for the first calls of a method."""
    left = [times]

    def happens(called: str, _: Json) -> Fault | None:
        if called != method or not left[0]:
            return None
        left[0] -= 1
        return fault

    return happens


async def _asked(made: Bench) -> Json:
    said = made.workspace.said(made.room, ANN, f"<@{BOT_USER}> {METAL_THEFT}")
    await made.event(payloads.mention(made.room, said))
    return said


async def _told(made: Bench, said: Json, words: str) -> str:
    """Waits until the bot's only message holds words."""
    while not (replies := made.replies(said)) or words not in replies[0]["text"]:
        await asyncio.sleep(0.002)
    assert len(replies) == 1
    return str(replies[0]["text"])


@scenario
async def test_while_the_service_is_down_it_says_so_and_answers_in_the_same_place(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with bench(tmp_path) as made:
        made.weather.down = True
        said = await _asked(made)
        notice = await _told(made, said, "can't be reached")
        made.weather.down = False
        await made.settled()
        (answer,) = made.replies(said)
        assert ANSWER in answer["text"]
        reference = notice.rpartition("Reference ")[2].rstrip(")")
        assert f"ref={reference}" in caplog.text


@scenario
async def test_a_restart_of_the_service_is_not_told_of(tmp_path: Path) -> None:
    async with bench(tmp_path, pace=Pace(first=0.1)) as made:
        made.weather.down = True
        said = await _asked(made)
        await asyncio.sleep(0.03)
        made.weather.down = False
        await made.settled()
        assert made.workspace.calls["chat.postMessage"] == 1
        assert ANSWER in made.replies(said)[0]["text"]


@scenario
async def test_a_slow_service_is_told_of_and_waited_for(tmp_path: Path) -> None:
    async with bench(tmp_path, service_timeout=0.1) as made:
        made.weather.slow = asyncio.Event()
        said = await _asked(made)
        await _told(made, said, "longer than usual")
        made.weather.slow.set()
        await made.settled()
        assert ANSWER in made.replies(said)[0]["text"]


@scenario
async def test_a_question_is_given_up_with_a_sentence(tmp_path: Path) -> None:
    async with bench(tmp_path, pace=QUICK._replace(patience=0.05)) as made:
        made.weather.down = True
        said = await _asked(made)
        await made.settled()
        (told,) = made.replies(said)
        assert "There is no answer to this question" in told["text"]


@scenario
async def test_retry_after_is_honoured(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        made.workspace.faults = _once("chat.postMessage", Fault(retry_after=1))
        loop = asyncio.get_running_loop()
        began = loop.time()
        said = await _asked(made)
        await made.settled()
        assert loop.time() - began >= 1
        assert made.workspace.calls["chat.postMessage"] == 2
        assert ANSWER in made.replies(said)[0]["text"]


@pytest.mark.parametrize("times", [1, 3])
@scenario
async def test_a_post_whose_answer_is_lost_is_not_repeated(tmp_path: Path, times: int) -> None:
    async with bench(tmp_path) as made:
        made.workspace.faults = _once("chat.postMessage", Fault(lost=True), times)
        said = await _asked(made)
        await made.settled()
        (answer,) = made.replies(said)
        assert ANSWER in answer["text"]


@pytest.mark.parametrize("fault", [Fault(status=503), Fault(error="internal_error")])
@scenario
async def test_an_outage_of_slack_is_waited_for(tmp_path: Path, fault: Fault) -> None:
    async with bench(tmp_path) as made:
        made.workspace.faults = _once("chat.postMessage", fault, 3)
        said = await _asked(made)
        await made.settled()
        assert ANSWER in made.replies(said)[0]["text"]


@scenario
async def test_refused_blocks_leave_the_text(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        made.workspace.faults = _once("chat.postMessage", Fault(error="invalid_blocks"))
        said = await _asked(made)
        await made.settled()
        (answer,) = made.replies(said)
        assert ANSWER in answer["text"]
        assert answer["blocks"] == []


@pytest.mark.parametrize("error", ["token_revoked", "missing_scope"])
@scenario
async def test_a_refused_token_is_in_the_log_and_the_health_and_mended_when_it_works_again(
    tmp_path: Path, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with bench(tmp_path) as made, aiohttp.ClientSession() as session:
        refusal = Fault(error=error, extra={"needed": "chat:write"})
        made.workspace.faults = lambda method, _: refusal if method.startswith("chat.") else None
        said = await _asked(made)
        while not made.bot.health.problem:
            await asyncio.sleep(0.002)
        async with session.get(f"{made.url}/healthz") as got:
            body = await got.json()
        assert (got.status, body["status"], body["unanswered"]) == (503, "failing", 1)
        assert error in body["problem"]
        assert [r for r in caplog.records if r.levelno == logging.ERROR and error in r.message]
        made.workspace.faults = lambda _method, _call: None
        await made.settled()
        assert ANSWER in made.replies(said)[0]["text"]
        async with session.get(f"{made.url}/healthz") as got:
            assert (await got.json())["status"] == "ok"


@scenario
async def test_where_it_may_not_write_it_tells_the_asker_directly(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        made.room.archived = True
        await _asked(made)
        await made.settled()
        (told,) = made.workspace.direct(ANN).messages
        assert "can't be posted where you asked it" in told["text"]


@scenario
async def test_what_was_open_is_answered_after_a_restart(tmp_path: Path) -> None:
    async with bench(tmp_path, pace=Pace(first=30)) as made:
        made.weather.down = True
        said = await _asked(made)
        await made.stop()
        made.weather.down = False
        await made.start()
        await made.settled()
        (answer,) = made.replies(said)
        assert ANSWER in answer["text"]


@scenario
async def test_a_question_that_can_not_be_noted_is_not_acknowledged(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        said = made.workspace.said(made.room, ANN, f"<@{BOT_USER}> {METAL_THEFT}")
        made.bot.ledger.close()
        ack = await made.event(payloads.mention(made.room, said))
        assert not ack.ok
        await made.stop()
        await made.start()
        await made.event(payloads.mention(made.room, said), retry=1)
        await made.settled()
        assert len(made.replies(said)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(b"{}", "another secret"),
        signed(b"{}", at=1_000),
        signed(b"{}") | {"X-Slack-Request-Timestamp": "soon"},
        signed(b'{"type": "other"}'),
    ],
    ids=["unsigned", "another secret", "too old", "no number", "another body"],
)
@scenario
async def test_what_slack_did_not_sign_is_refused(tmp_path: Path, headers: dict[str, str]) -> None:
    async with bench(tmp_path) as made, aiohttp.ClientSession() as session:
        given = {"Content-Type": "application/json", **headers}
        async with session.post(f"{made.url}/slack/events", data=b"{}", headers=given) as got:
            assert got.status == 401


@scenario
async def test_a_lost_connection_is_in_the_health_and_made_anew(tmp_path: Path) -> None:
    async with bench(tmp_path, "socket") as made:
        assert await made.bot.connected()
        await made.slack.sockets.close()
        await made.seen(lambda: not made.slack.sockets.open)
        await made.slack.sockets.reopened()
        asked = await made.mention(METAL_THEFT)
        assert len(made.replies(asked)) == 1
        assert await made.bot.connected()


@scenario
async def test_an_answer_that_is_none_is_told_of_and_not_asked_again(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        made.weather.app = JSONResponse({"not": "an answer"})
        said = await _asked(made)
        await made.settled()
        (told,) = made.replies(said)
        assert "something went wrong on our side" in told["text"]
        assert "(" not in told["text"], "no exception's text"


@scenario
async def test_a_file_whose_upload_is_lost_is_attached_once(tmp_path: Path) -> None:
    held = stand_ins.held(parsed=many_plans(120))
    state = AppState(Library(lambda: held, lambda: "g1"))
    async with bench(tmp_path, state=state) as made:
        made.workspace.faults = _once("files.completeUploadExternal", Fault(lost=True))
        said = await _asked(made)
        await made.settled()
        assert sum("files" in each for each in made.replies(said)) == 1


@scenario
async def test_two_bots_do_not_share_a_ledger(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        with pytest.raises(StartError, match="Another bot is at work"):
            async with running(made.settings):
                pass


@pytest.mark.parametrize(
    ("wrong", "told"),
    [("slack_bot_token", "refuses the bot token"), ("slack_app_token", "app-level token")],
)
@scenario
async def test_it_does_not_start_with_a_token_that_slack_refuses(
    tmp_path: Path, wrong: str, told: str
) -> None:
    async with bench(tmp_path, "socket") as made:
        changed = {wrong: SecretStr("old"), "data_dir": tmp_path / "another"}
        with pytest.raises(StartError, match=told):
            async with running(made.settings.model_copy(update=changed)):
                pass


@scenario
async def test_a_service_that_says_more_than_the_bot_knows_is_understood(tmp_path: Path) -> None:
    async with bench(tmp_path) as made, aiohttp.ClientSession() as session:
        asked = {"question": METAL_THEFT}
        async with session.post(f"{made.settings.service_url}/v1/ask", json=asked) as got:
            answer = await got.json()
        made.weather.app = JSONResponse(
            {**answer, "mood": "new", "scope": answer["scope"] | {"n": 1}}
        )
        said = await _asked(made)
        await made.settled()
        assert ANSWER in made.replies(said)[0]["text"]
