"""The manifest asks for what the bot uses: no event, command or permission too few or too many."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from slack_bolt.async_app import AsyncApp

from bots.slack.listeners import COMMAND, add_listeners
from bots.slack.manifest import bot_scopes, manifest
from tests.fake_slack.api import SCOPES

_FOLDER = Path(__file__).parents[2] / "bots" / "slack"
_MESSAGES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
}


class _Recorder:
    """Stands where the app would, and notes what is registered."""

    def __init__(self) -> None:
        self.events: set[str] = set()
        self.commands: set[str] = set()

    def event(self, name: str, **_: object) -> object:
        self.events.add(name)
        return lambda listener: listener

    def command(self, name: str) -> object:
        self.commands.add(name)
        return lambda listener: listener

    def action(self, _: object) -> object:
        return lambda listener: listener

    view = action


class _Anything:
    def __getattr__(self, _: str) -> object:
        return self


@pytest.fixture
def listening() -> _Recorder:
    recorder = _Recorder()
    add_listeners(recorder, _Anything(), _Anything())  # type: ignore[arg-type]
    assert all(hasattr(AsyncApp, name) for name in ("event", "command", "action", "view"))
    return recorder


def test_the_events_are_those_listened_to(listening: _Recorder) -> None:
    events = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert {event.partition(".")[0] for event in events} == listening.events
    assert _MESSAGES.keys() <= set(events)


def test_the_commands_are_those_listened_to(listening: _Recorder) -> None:
    commands = manifest()["features"]["slash_commands"]
    assert {each["command"] for each in commands} == listening.commands == {COMMAND}
    assert all(each["should_escape"] for each in commands), "mentions come as ids"


@pytest.mark.tree
def test_the_permissions_are_those_that_the_methods_and_events_need() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in _FOLDER.glob("*.py"))
    called = set(re.findall(r"_client\.(\w+)|client\.(auth_test|apps_connections_open)", code))
    methods = {name for pair in called for name in pair if name}
    known = {method.replace(".", "_"): scope for method, scope in SCOPES.items()}
    uploads = {"files_upload_v2": "files:write"}
    needed = {scope for name in methods if (scope := {**known, **uploads}[name])}
    by_events = {"app_mentions:read", "commands", *_MESSAGES.values()}
    anywhere = {"chat:write.public"}  # to share in public channels without being invited
    assert bot_scopes() == needed | by_events | anywhere


def test_slacks_limits_of_a_manifest_are_kept() -> None:
    features = manifest()["features"]
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert len(features["agent_view"]["suggested_prompts"]) <= 4
    assert len(manifest()["display_information"]["description"]) <= 140
    assert features["app_home"]["home_tab_enabled"]
    assert features["app_home"]["messages_tab_enabled"]
    assert not features["app_home"]["messages_tab_read_only_enabled"]
    assert manifest()["settings"]["interactivity"]["is_enabled"]
    assert manifest()["settings"]["socket_mode_enabled"]
