"""Payloads as Slack sends them, of each kind that the bot listens to."""

from __future__ import annotations

import itertools
import time

from tests.fake_slack.workspace import APP, BOT_USER, TEAM, Channel, Json

_ids = itertools.count(1)


def event(inner: Json) -> Json:
    """An event's envelope, with an id of its own."""
    return {
        "token": "verification-token-no-longer-used",
        "team_id": TEAM,
        "api_app_id": APP,
        "event": inner | {"event_ts": inner.get("event_ts", inner.get("ts", ""))},
        "type": "event_callback",
        "event_id": f"Ev{next(_ids):010d}",
        "event_time": int(time.time()),
        "authorizations": [
            {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}
        ],
        "is_ext_shared_channel": False,
        "event_context": "4-context",
    }


def mention(channel: Channel, message: Json) -> Json:
    """`app_mention`."""
    return event({**message, "type": "app_mention", "channel": channel.id})


def message(channel: Channel, said: Json) -> Json:
    """`message.channels`, or `message.im` in a direct message."""
    kind = "im" if channel.id.startswith("D") else "channel" if channel.public else "group"
    return event({**said, "type": "message", "channel": channel.id, "channel_type": kind})


def changed(channel: Channel, before: Json, now: Json) -> Json:
    """`message_changed`."""
    return event(
        {
            "type": "message",
            "subtype": "message_changed",
            "channel": channel.id,
            "ts": now.get("edited", {}).get("ts", now["ts"]),
            "message": now,
            "previous_message": before,
            "hidden": True,
        }
    )


def deleted(channel: Channel, before: Json, ts: str) -> Json:
    """`message_deleted`."""
    return event(
        {
            "type": "message",
            "subtype": "message_deleted",
            "channel": channel.id,
            "ts": ts,
            "deleted_ts": before["ts"],
            "previous_message": before,
            "hidden": True,
        }
    )


def home_opened(user: str, channel: Channel, tab: str) -> Json:
    """`app_home_opened`, for the home or the messages tab."""
    return event({"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab})


def command(channel: Channel, user: str, text: str, response_url: str) -> dict[str, str]:
    """A slash command: form fields over HTTP, JSON in Socket Mode."""
    return {
        "token": "verification-token-no-longer-used",
        "team_id": TEAM,
        "team_domain": "tees",
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user,
        "user_name": user.lower(),
        "command": "/plans",
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": f"{next(_ids)}.trigger",
    }


def action(channel: Channel, user: str, shown: Json, pressed: Json, response_url: str) -> Json:
    """`block_actions` of a button in a message; a private message isn't sent along."""
    private = shown.get("response_type") == "ephemeral"
    container = {"type": "message", "message_ts": shown["ts"], "channel_id": channel.id}
    return {
        "type": "block_actions",
        "user": {"id": user, "username": user.lower(), "team_id": TEAM},
        "api_app_id": APP,
        "team": {"id": TEAM, "domain": "tees"},
        "container": {**container, "is_ephemeral": private},
        "trigger_id": f"{next(_ids)}.trigger",
        "channel": {"id": channel.id, "name": channel.name},
        **({} if private else {"message": shown}),
        "response_url": response_url,
        "actions": [{**pressed, "action_ts": f"{time.time():.6f}"}],
    }


def view_action(user: str, view: Json, pressed: Json) -> Json:
    """`block_actions` of a button in a window."""
    return {
        "type": "block_actions",
        "user": {"id": user, "username": user.lower(), "team_id": TEAM},
        "api_app_id": APP,
        "team": {"id": TEAM, "domain": "tees"},
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": f"{next(_ids)}.trigger",
        "view": view,
        "actions": [{**pressed, "action_ts": f"{time.time():.6f}"}],
    }


def submission(user: str, view: Json, values: Json) -> Json:
    """`view_submission` of a modal."""
    return {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "tees"},
        "user": {"id": user, "username": user.lower(), "team_id": TEAM},
        "api_app_id": APP,
        "trigger_id": f"{next(_ids)}.trigger",
        "view": {**view, "state": {"values": values}},
        "response_urls": [],
    }
