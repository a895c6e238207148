"""Questions asked in Slack, each way there is, with the real Bolt app over HTTP with signatures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fake_slack import payloads, rules
from tests.fake_slack.workspace import BOT_USER, Fault
from tests.scenario.slack_bench import (
    ANN,
    BOB,
    METAL_THEFT,
    PUBLIC_URL,
    Bench,
    bench,
    links_of,
    scenario,
    text_of,
)

MODES = pytest.mark.parametrize("mode", ["http", "socket"])


def _nothing_refused(made: Bench) -> None:
    assert made.workspace.refused == []


@MODES
@scenario
async def test_a_mention_is_answered_once_in_its_thread(tmp_path: Path, mode: str) -> None:
    async with bench(tmp_path, mode) as made:
        asked = await made.mention(METAL_THEFT)
        (answer,) = made.replies(asked)
        assert answer["thread_ts"] == asked["ts"]
        assert "Stockton names it" in answer["text"]
        assert "4 of 4 plans read" in text_of(answer["blocks"])
        assert any(url.startswith(f"{PUBLIC_URL}/documents/") for url in links_of(answer["blocks"]))
        _nothing_refused(made)


@MODES
@scenario
async def test_a_direct_message_is_answered_with_a_status_meanwhile(
    tmp_path: Path, mode: str
) -> None:
    async with bench(tmp_path, mode) as made:
        room = made.workspace.direct(ANN)
        asked = await made.say(METAL_THEFT, room=room)
        (answer,) = made.replies(asked, room)
        assert "Stockton names it" in answer["text"]
        assert len(made.workspace.statuses) == 1
        _nothing_refused(made)


@scenario
async def test_retries_and_twins_are_answered_once(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        said = made.workspace.said(made.room, ANN, f"<@{BOT_USER}> {METAL_THEFT}")
        first, twin = payloads.mention(made.room, said), payloads.message(made.room, said)
        for payload, retry in ((twin, 0), (first, 0), (first, 1), (twin, 2), (first, 3)):
            assert (await made.event(payload, retry=retry)).ok
        await made.settled()
        assert len(made.replies(said)) == 1


@scenario
async def test_talk_in_a_channel_is_none_of_its_business(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        said = await made.say("Has anybody seen my keys?")
        await made.say("Which boroughs prioritise theft?", BOB, thread=said["ts"])
        assert made.workspace.by_bot(made.room) == []


@scenario
async def test_a_thread_goes_on_without_a_mention_until_somebody_joins_in(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        asked = await made.mention(METAL_THEFT)
        thread = asked["ts"]
        await made.say("And which mention burglary?", thread=thread)
        assert len(made.replies(asked)) == 2
        await made.say("thanks, that is great", thread=thread)
        assert len(made.replies(asked)) == 2, "a courtesy asks nothing"
        await made.say("What do you make of that?", BOB, thread=thread)
        await made.say("It surprises me. Which plans cover arson?", thread=thread)
        assert len(made.replies(asked)) == 2, "two people talk among themselves"
        await made.mention("Which mention arson?", BOB, thread=thread)
        await made.say("And burglary?", BOB, thread=thread)
        assert len(made.replies(asked)) == 4, "whoever mentions it is followed"
        _nothing_refused(made)


@scenario
async def test_a_remark_to_a_colleague_is_left_to_the_colleague(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        asked = await made.mention(METAL_THEFT)
        await made.say(f"<@{BOB}> does that match your plan?", thread=asked["ts"])
        assert len(made.replies(asked)) == 1


@scenario
async def test_an_edited_question_gets_its_answer_changed_in_place(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        asked = await made.mention("Which boroughs prioritise burglary?")
        (before,) = [dict(each) for each in made.replies(asked)]
        await made.edit(asked, f"<@{BOT_USER}> {METAL_THEFT}")
        (after,) = made.replies(asked)
        assert after["ts"] == before["ts"]
        assert "Hartlepool names it" in before["text"]
        assert "Stockton names it" in after["text"]


@scenario
async def test_a_preview_added_by_slack_is_no_edit(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        asked = await made.mention(METAL_THEFT)
        await made.event(payloads.changed(made.room, dict(asked), {**asked, "attachments": [{}]}))
        await made.settled()
        assert made.workspace.calls["chat.update"] == 0


@scenario
async def test_an_edit_that_comes_before_its_message_is_what_counts(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        said = made.workspace.said(made.room, ANN, f"<@{BOT_USER}> Who names burglary?")
        first = payloads.mention(made.room, dict(said))
        await made.edit(said, f"<@{BOT_USER}> {METAL_THEFT}")
        await made.event(first)
        await made.settled()
        (answer,) = made.replies(said)
        assert "Stockton names it" in answer["text"]


@scenario
async def test_a_deleted_question_keeps_its_answer(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        asked = await made.mention(METAL_THEFT)
        await made.event(payloads.deleted(made.room, asked, made.workspace.now()))
        await made.settled()
        assert len(made.replies(asked)) == 1
        assert made.workspace.calls["chat.update"] == 0


@pytest.mark.parametrize("tombstone", [False, True])
@scenario
async def test_a_question_that_is_deleted_before_its_answer_gets_none(
    tmp_path: Path, tombstone: bool
) -> None:
    async with bench(tmp_path) as made:
        made.weather.down = True
        said = made.workspace.said(made.room, ANN, f"<@{BOT_USER}> {METAL_THEFT}")
        await made.event(payloads.mention(made.room, said))
        gone = {**said, "subtype": "tombstone", "text": "This message was deleted."}
        await made.event(
            payloads.changed(made.room, said, gone)
            if tombstone
            else payloads.deleted(made.room, said, made.workspace.now())
        )
        made.weather.down = False
        await made.settled()
        assert not [each for each in made.replies(said) if "names it" in each["text"]]


@scenario
async def test_other_bots_are_not_answered(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        said = made.workspace.said(made.room, "U0OTHER", f"<@{BOT_USER}> {METAL_THEFT}")
        await made.event(payloads.mention(made.room, {**said, "bot_id": "B0OTHER"}))
        await made.event(payloads.message(made.room, {**said, "subtype": "bot_message"}))
        await made.settled()
        assert made.workspace.by_bot(made.room) == []


@scenario
async def test_an_answer_that_somebody_removed_is_not_posted_again(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        asked = await made.mention("Which boroughs prioritise burglary?")
        made.room.messages.remove(made.replies(asked)[0])
        await made.edit(asked, f"<@{BOT_USER}> {METAL_THEFT}")
        assert made.replies(asked) == []


@scenario
async def test_an_answer_that_may_not_be_changed_any_more_is_followed_by_a_new_one(
    tmp_path: Path,
) -> None:
    async with bench(tmp_path) as made:
        asked = await made.mention("Which boroughs prioritise burglary?")
        made.workspace.faults = lambda method, _: (
            Fault(error="edit_window_closed") if method == "chat.update" else None
        )
        await made.edit(asked, f"<@{BOT_USER}> {METAL_THEFT}")
        _, newest = made.replies(asked)
        assert "Stockton names it" in newest["text"]


@scenario
async def test_slack_verifies_the_address_of_a_new_app(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        challenge = {"type": "url_verification", "token": "t", "challenge": "3eZbrw1aB"}
        ack = await made.event(challenge)
        assert ack.ok
        assert "3eZbrw1aB" in ack.body


@scenario
async def test_a_mention_without_a_question_says_how_to_ask(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        asked = await made.mention("")
        (answer,) = made.replies(asked)
        assert "/plans" in text_of(answer["blocks"])
        assert "Which boroughs prioritise" in answer["text"]
        _nothing_refused(made)


@scenario
async def test_too_long_a_question_is_told_so(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        asked = await made.mention("theft " * 300)
        (answer,) = made.replies(asked)
        assert "1,000 characters" in answer["text"]


@scenario
async def test_nothing_in_a_question_or_document_becomes_a_mention(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        asked = await made.mention("Who names &lt;!channel&gt; &lt;https://evil.example|theft&gt;?")
        (answer,) = made.replies(asked)
        assert rules.live_mentions(answer["text"]) == []
        assert "https://evil.example" not in links_of(answer["blocks"])
