"""Buttons, windows, the command, the home page: everything beside the conversation."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from bots.slack import messages
from service.library import Library
from service.state import AppState
from tests.fake_slack import payloads
from tests.fake_slack.workspace import BOT_USER, Fault, Json
from tests.scenario.slack_bench import (
    ANN,
    BOB,
    METAL_THEFT,
    PUBLIC_URL,
    Bench,
    bench,
    button,
    buttons,
    links_of,
    many_plans,
    scenario,
    text_of,
)
from tests.unit.service import stand_ins

MODES = pytest.mark.parametrize("mode", ["http", "socket"])


def _window(made: Bench) -> Json:
    (view,) = made.workspace.views.values()
    return view


async def _answered(made: Bench, question: str = METAL_THEFT) -> Json:
    return made.replies(await made.mention(question))[0]


def _passage(shown: Json) -> str:
    """The button of the last citation."""
    ids = [str(each["action_id"]) for each in buttons(shown)]
    return [each for each in ids if each.startswith("passage:")][-1]


@MODES
@scenario
async def test_a_button_opens_the_passage_with_the_words_lit(tmp_path: Path, mode: str) -> None:
    async with bench(tmp_path, mode) as made:
        shown = await _answered(made)
        await made.press(shown, _passage(shown))
        await made.seen(lambda: "Metal theft" in text_of(_window(made)["blocks"]))
        view = _window(made)
        assert "Metal theft" in _bold(view["blocks"])
        assert any(url.startswith(f"{PUBLIC_URL}/documents/") for url in links_of(view["blocks"]))
        assert made.workspace.refused == []


def _bold(value: Any) -> str:
    if isinstance(value, dict):
        if value.get("style") == {"bold": True}:
            return str(value["text"])
        return " ".join(_bold(each) for each in value.values())
    return " ".join(_bold(each) for each in value) if isinstance(value, list) else ""


@scenario
async def test_a_window_opens_at_once_and_says_when_the_service_is_down(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        shown = await _answered(made)
        made.weather.down = True
        await made.press(shown, _passage(shown))
        await made.seen(lambda: "can't be reached" in text_of(_window(made)["blocks"]))


@scenario
async def test_a_passage_that_is_no_longer_held_is_told(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        shown = await _answered(made)
        await made.press(shown, _passage(shown), value="0:5:gone.0-5")
        await made.seen(lambda: "no longer held" in text_of(_window(made)["blocks"]))


@scenario
async def test_what_the_others_say_is_shown_on_demand(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        shown = await _answered(made)
        await made.press(shown, "rest")
        await made.seen(lambda: "Looked for" in text_of(_window(made)["blocks"]))
        words = text_of(_window(made)["blocks"])
        assert "Hartlepool: – Not mentioned" in words
        assert "Domestic burglary fell." in words, "the nearest passage"
        assert "Stockton" not in words


@scenario
async def test_many_others_are_shown_a_page_at_a_time(tmp_path: Path) -> None:
    async with bench(tmp_path, state=_state(50)) as made:
        shown = await _answered(made, "Which boroughs prioritise arson?")
        await made.press(shown, "rest")
        await made.seen(lambda: "Area 000" in text_of(_window(made)["blocks"]))
        for first, last in (("Area 020", "20 of 50"), ("Area 040", "40 of 50")):
            more = button(_window(made), "rest_more")
            assert last in more["text"]["text"]
            payload = payloads.view_action(ANN, _window(made), more)
            await made.delivery.send("interactive", payload)
            await made.seen(lambda: first in text_of(_window(made)["blocks"]))  # noqa: B023
        assert "rest_more" not in {each["action_id"] for each in buttons(_window(made))}


@scenario
async def test_helpful_is_noted_and_thanked_for(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        shown = await _answered(made)
        value = button(shown, "feedback")["positive_button"]["value"]
        url = await made.press(shown, "feedback", value=value)
        await made.seen(lambda: bool(made.slack.responses(url)))
        (told,) = made.slack.responses(url)
        assert told["text"] == messages.THANKS
        assert told["response_type"] == "ephemeral"
        assert told["thread_ts"] == shown["thread_ts"]


@MODES
@scenario
async def test_not_helpful_asks_why_and_hands_it_on(tmp_path: Path, mode: str) -> None:
    async with bench(tmp_path, mode) as made:
        shown = await _answered(made)
        value = button(shown, "feedback")["negative_button"]["value"]
        url = await made.press(shown, "feedback", value=value)
        await made.seen(lambda: bool(made.workspace.views))
        values = {"reason": {"reason": {"type": "plain_text_input", "value": "Hartlepool has it"}}}
        payload = payloads.submission(ANN, _window(made), values)
        assert (await made.delivery.send("interactive", payload)).ok
        await made.seen(lambda: bool(made.slack.responses(url)))
        assert made.slack.responses(url)[0]["text"] == messages.THANKS
        assert made.workspace.refused == []


@scenario
async def test_a_window_that_slack_refuses_is_told_where_the_button_is(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        shown = await _answered(made)
        made.workspace.faults = lambda method, _: (
            Fault(error="expired_trigger_id") if method == "views.open" else None
        )
        url = await made.press(shown, _passage(shown))
        await made.seen(lambda: bool(made.slack.responses(url)))
        assert "could not be opened" in str(made.slack.responses(url)[0]["text"])


# The command


@MODES
@scenario
async def test_a_command_is_answered_to_its_asker_alone_and_shared_once(
    tmp_path: Path, mode: str
) -> None:
    async with bench(tmp_path, mode) as made:
        url = await made.command(METAL_THEFT)
        (private,) = made.slack.responses(url)
        assert private["response_type"] == "ephemeral"
        assert "Stockton names it" in str(private["text"])
        assert made.room.messages == []
        shown = {**private, "ts": made.workspace.now()}
        first = await made.press(shown, "share")
        await made.press(shown, "share")
        (shared,) = made.workspace.by_bot(made.room)
        assert f"<@{ANN}> asked: {METAL_THEFT}" in shared["text"]
        assert "thread_ts" not in shared
        assert made.slack.responses(first)[0]["text"] == messages.SHARED
        assert made.workspace.refused == []


@scenario
async def test_sharing_where_the_bot_is_not_says_what_to_do(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        closed = made.workspace.channel("closed", member=False, public=False)
        url = await made.command(METAL_THEFT, room=closed)
        shown = {**made.slack.responses(url)[0], "ts": made.workspace.now()}
        told = await made.press(shown, "share", room=closed)
        assert "/invite @Saferplans" in str(made.slack.responses(told)[0]["text"])


@scenario
async def test_a_command_while_the_service_is_down_is_told_once_then_answered(
    tmp_path: Path,
) -> None:
    async with bench(tmp_path) as made:
        made.weather.down = True
        url = made.slack.response_url()
        await made.delivery.send(
            "slash_commands", payloads.command(made.room, ANN, METAL_THEFT, url)
        )
        await made.seen(lambda: bool(made.slack.responses(url)))
        made.weather.down = False
        await made.settled()
        notice, answer = made.slack.responses(url)
        assert "can't be reached" in str(notice["text"])
        assert "Stockton names it" in str(answer["text"])


@scenario
async def test_a_private_answer_that_may_be_lost_is_offered_again_and_never_repeated(
    tmp_path: Path,
) -> None:
    async with bench(tmp_path) as made:
        made.slack.lose_next_response()
        url = await made.command(METAL_THEFT)
        answer, told = made.slack.responses(url)
        assert "Stockton names it" in str(answer["text"])
        assert "was interrupted" in str(told["text"])
        shown = {**told, "ts": made.workspace.now()}
        again = await made.press(shown, "again")
        await made.press(shown, "again")
        (only,) = made.slack.responses(again)
        assert "Stockton names it" in str(only["text"])


# The app's own pages


@MODES
@scenario
async def test_the_home_page_shows_what_is_held_and_how_to_ask(tmp_path: Path, mode: str) -> None:
    async with bench(tmp_path, mode) as made:
        room = made.workspace.direct(ANN)
        await made.event(payloads.home_opened(ANN, room, "home"))
        await made.seen(lambda: ANN in made.workspace.homes)
        words = text_of(made.workspace.homes[ANN]["blocks"])
        assert "Stockton (2011-2014" in words
        assert "/plans" in words
        await made.event(payloads.home_opened(ANN, room, "messages"))
        await made.seen(lambda: bool(made.workspace.prompts))
        prompts = made.workspace.prompts[room.id]
        assert 1 <= len(prompts) <= 4
        assert made.workspace.refused == []


@scenario
async def test_the_home_page_says_when_the_service_is_down(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        made.weather.down = True
        await made.event(payloads.home_opened(ANN, made.workspace.direct(ANN), "home"))
        await made.seen(lambda: ANN in made.workspace.homes)
        assert messages.HOME_NOT_NOW in text_of(made.workspace.homes[ANN]["blocks"])


# More than a message holds


def _state(areas: int) -> AppState:
    held = stand_ins.held(parsed=many_plans(areas))
    return AppState(Library(lambda: held, lambda: "g1"))


@scenario
async def test_a_board_of_400_areas_overflows_into_the_thread_and_a_file(tmp_path: Path) -> None:
    async with bench(tmp_path, state=_state(400)) as made:
        asked = await made.mention(METAL_THEFT)
        first, *rest = made.replies(asked)
        *further, file = rest
        told = text_of(first["blocks"])
        assert "rows of the board are here" in told
        assert "CSV file" in told
        assert 1 <= len(further) <= 6
        stored = made.workspace.contents[file["files"][0]["id"]]
        lines = list(csv.reader(io.StringIO(stored.decode("utf-8-sig"))))
        assert len(lines) == 401
        assert made.workspace.refused == []


@scenario
async def test_an_edit_to_a_shorter_answer_takes_the_rest_away(tmp_path: Path) -> None:
    async with bench(tmp_path, state=_state(120)) as made:
        asked = await made.mention(METAL_THEFT)
        assert len(made.replies(asked)) > 2
        await made.edit(asked, f"<@{BOT_USER}> {'theft ' * 200}")
        (only,) = made.replies(asked)
        assert "1,000 characters" in only["text"]
        assert made.workspace.files == {}


@scenario
async def test_without_the_permission_for_files_the_thread_says_so(tmp_path: Path) -> None:
    async with bench(tmp_path, state=_state(120)) as made:
        made.workspace.scopes.remove("files:write")
        asked = await made.mention(METAL_THEFT)
        assert made.replies(asked)[-1]["text"] == messages.NO_FILE


@scenario
async def test_every_button_that_is_shown_has_a_listener(tmp_path: Path) -> None:
    async with bench(tmp_path) as made:
        shown = await _answered(made)
        url = await made.command(METAL_THEFT, user=BOB)
        private = {**made.slack.responses(url)[0], "ts": made.workspace.now()}
        for each in [*buttons(shown), *buttons(private)]:
            pressed = {"value": "no:gone"} if each["action_id"] == "feedback" else {}
            payload = payloads.action(
                made.room, ANN, shown, {**each, **pressed}, made.slack.response_url()
            )
            assert (await made.delivery.send("interactive", payload)).ok, each["action_id"]
