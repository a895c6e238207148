"""The Web API: each method checks its arguments as documented, and answers as Slack does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.fake_slack import rules
from tests.fake_slack.workspace import (
    APP_TOKEN,
    BOT_ID,
    BOT_USER,
    TEAM,
    Channel,
    Fault,
    Json,
    Workspace,
)

_METHODS = {
    "apps.connections.open": ("open_connection", ""),
    "assistant.threads.setStatus": ("set_status", "assistant:write"),
    "assistant.threads.setSuggestedPrompts": ("set_prompts", "assistant:write"),
    "auth.test": ("auth_test", ""),
    "chat.delete": ("delete", "chat:write"),
    "chat.postMessage": ("post", "chat:write"),
    "chat.update": ("update", "chat:write"),
    "conversations.history": ("history", "channels:history"),
    "conversations.replies": ("replies", "channels:history"),
    "files.completeUploadExternal": ("complete_upload", "files:write"),
    "files.delete": ("delete_file", "files:write"),
    "files.getUploadURLExternal": ("upload_url", "files:write"),
    "views.open": ("open_view", ""),
    "views.publish": ("publish_home", ""),
    "views.update": ("update_view", ""),
}
"""What answers a method, and the permission that it needs."""
SCOPES = {method: scope for method, (_, scope) in _METHODS.items()}
"""The permission that each method needs, or nothing."""


class RefusedError(Exception):
    """Answered with `ok: false`."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.body = {"ok": False, "error": error, **more}


class Api:
    """The methods that the bot uses, and no other."""

    def __init__(self, workspace: Workspace, socket_url: Callable[[], str]) -> None:
        self._workspace = workspace
        self._socket_url = socket_url

    async def call(self, request: web.Request) -> web.StreamResponse:
        """`POST /api/{method}`."""
        method = request.match_info["method"]
        call = await _arguments(request)
        self._workspace.calls[method] += 1
        fault = self._workspace.faults(method, call)
        if fault and not fault.lost:
            return _faulty(fault)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            body = self._checked(method, token or call.get("token", ""), call)
        except RefusedError as refused:
            body = refused.body
            self._workspace.refused.append(f"{method}: {json.dumps(body)}")
        if fault and fault.lost and request.transport:
            request.transport.close()
            await asyncio.sleep(0)
        headers = {"x-oauth-scopes": ",".join(sorted(self._workspace.scopes))}
        return web.json_response(body, headers=headers)

    def _checked(self, method: str, token: str, call: Json) -> Json:
        expected = APP_TOKEN if method == "apps.connections.open" else self._workspace.token
        if token != expected:
            raise RefusedError("invalid_auth" if token else "not_authed")
        if method not in _METHODS:
            raise RefusedError("unknown_method")
        name, needed = _METHODS[method]
        if needed and needed not in self._workspace.scopes:
            provided = ",".join(sorted(self._workspace.scopes))
            raise RefusedError("missing_scope", needed=needed, provided=provided)
        return {"ok": True, **getattr(self, name)(call)}

    # Who and how

    def auth_test(self, _: Json) -> Json:
        return {
            "url": "https://example.invalid/", "team": "Tees", "user": "saferplans",
            "team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT_ID, "is_enterprise_install": False,
        }  # fmt: skip

    def open_connection(self, _: Json) -> Json:
        return {"url": self._socket_url()}

    # Messages

    def post(self, call: Json) -> Json:
        channel = self._open_channel(call)
        message = self._message(call) | {"ts": self._workspace.now()}
        if thread := call.get("thread_ts"):
            if not any(each["ts"] == thread for each in channel.messages):
                raise RefusedError("thread_not_found")
            message["thread_ts"] = thread
        channel.messages.append(message)
        return {"channel": channel.id, "ts": message["ts"], "message": message}

    def update(self, call: Json) -> Json:
        message = self._own(call)
        changed = self._message(call)
        changed.setdefault("metadata", message.get("metadata", {}))
        message.update(changed, edited={"ts": self._workspace.now()})
        return {"channel": call["channel"], "ts": message["ts"], "text": message["text"]}

    def delete(self, call: Json) -> Json:
        message = self._own(call)
        self._workspace.channels[call["channel"]].messages.remove(message)
        return {"channel": call["channel"], "ts": message["ts"]}

    def _message(self, call: Json) -> Json:
        blocks, text = call.get("blocks") or [], call.get("text", "")
        if not blocks and not text:
            raise RefusedError("no_text")
        if len(text) > 40_000:
            raise RefusedError("msg_too_long")
        if wrong := rules.problems(blocks, rules.MESSAGE):
            for code in ("only_one_table_allowed", "msg_blocks_too_long"):
                if code in wrong:
                    raise RefusedError(code)
            raise RefusedError("invalid_blocks", response_metadata={"messages": wrong})
        message = {"type": "message", "user": BOT_USER, "bot_id": BOT_ID, "team": TEAM}
        if metadata := call.get("metadata"):
            message["metadata"] = metadata
        return message | {"text": text, "blocks": blocks}

    def _open_channel(self, call: Json) -> Channel:
        wanted = call.get("channel", "")
        if wanted in self._workspace.people:
            return self._workspace.direct(wanted)
        channel = self._workspace.channels.get(wanted)
        if channel is None:
            raise RefusedError("channel_not_found")
        if channel.archived:
            raise RefusedError("is_archived")
        everywhere = channel.public and "chat:write.public" in self._workspace.scopes
        if not channel.member and not everywhere:
            raise RefusedError("not_in_channel" if channel.public else "channel_not_found")
        return channel

    def _own(self, call: Json) -> Json:
        channel = self._workspace.channels.get(call.get("channel", ""))
        if channel is None:
            raise RefusedError("channel_not_found")
        found = [each for each in channel.messages if each["ts"] == call.get("ts")]
        if not found:
            raise RefusedError("message_not_found")
        if found[0]["user"] != BOT_USER:
            raise RefusedError("cant_update_message")
        return found[0]

    def replies(self, call: Json) -> Json:
        channel = self._workspace.channels.get(call.get("channel", ""))
        if channel is None:
            raise RefusedError("channel_not_found")
        root = call.get("ts")
        found = [each for each in channel.messages if root in {each["ts"], each.get("thread_ts")}]
        if not found:
            raise RefusedError("thread_not_found")
        return {"messages": found, "has_more": False, "response_metadata": {"next_cursor": ""}}

    def history(self, call: Json) -> Json:
        channel = self._workspace.channels.get(call.get("channel", ""))
        if channel is None:
            raise RefusedError("channel_not_found")
        top = [each for each in channel.messages if "thread_ts" not in each]
        return {"messages": top[::-1][:200], "has_more": False}

    # Windows and pages

    def open_view(self, call: Json) -> Json:
        if not call.get("trigger_id"):
            raise RefusedError("invalid_trigger_id")
        view = self._view(call) | {"id": self._workspace.new_id("V")}
        self._workspace.views[view["id"]] = view
        return {"view": view}

    def update_view(self, call: Json) -> Json:
        known = call.get("view_id", "")
        if known not in self._workspace.views:
            raise RefusedError("not_found")
        view = self._view(call) | {"id": known}
        self._workspace.views[known] = view
        return {"view": view}

    def publish_home(self, call: Json) -> Json:
        view = self._view(call)
        self._workspace.homes[call["user_id"]] = view
        return {"view": view}

    def _view(self, call: Json) -> Json:
        view: Json = call["view"]
        if wrong := rules.view_problems(view):
            raise RefusedError("invalid_arguments", response_metadata={"messages": wrong})
        return dict(view)

    def set_status(self, call: Json) -> Json:
        self._workspace.statuses.append(call["status"])
        return {}

    def set_prompts(self, call: Json) -> Json:
        prompts = call["prompts"]
        if "thread_ts" in call:
            raise RefusedError(
                "invalid_arguments"
            )  # an agent's prompts with a thread fail silently
        if not 1 <= len(prompts) <= 4 or any(not each.get("title") for each in prompts):
            raise RefusedError("invalid_arguments")
        self._workspace.prompts[call["channel_id"]] = prompts
        return {}

    # Files

    def upload_url(self, call: Json) -> Json:
        made = self._workspace.new_id("F")
        self._workspace.files[made] = {"id": made, "name": call["filename"]}
        return {"file_id": made, "upload_url": f"{call['base']}/upload/{made}"}

    def complete_upload(self, call: Json) -> Json:
        channel = self._open_channel({"channel": call.get("channel_id", "")})
        files = [
            self._workspace.files[each["id"]] | {"title": each.get("title", "")}
            for each in call["files"]
        ]
        message = {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT_ID,
            "text": "",
            "files": files,
        }
        message["ts"] = self._workspace.now()
        if thread := call.get("thread_ts"):
            message["thread_ts"] = thread
        channel.messages.append(message)
        return {"files": files}

    def delete_file(self, call: Json) -> Json:
        if self._workspace.files.pop(call.get("file", ""), None) is None:
            raise RefusedError("file_not_found")
        for channel in self._workspace.channels.values():
            channel.messages[:] = [
                each
                for each in channel.messages
                if all(file["id"] != call["file"] for file in each.get("files", []))
            ]
        return {}


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return dict(await request.json())
    fields = dict(request.query) | dict(await request.post())
    call: Json = {key: _parsed(value) for key, value in fields.items()}
    return call | {"base": str(request.url.origin())}


def _parsed(value: object) -> object:
    """Arguments of a form that hold JSON."""
    if isinstance(value, str) and value[:1] in {"[", "{"}:
        return json.loads(value)
    return value


def _faulty(fault: Fault) -> web.StreamResponse:
    if fault.retry_after:
        body = {"ok": False, "error": "ratelimited"}
        return web.json_response(body, status=429, headers={"Retry-After": str(fault.retry_after)})
    if fault.status != 200:
        return web.Response(status=fault.status, text="upstream")
    return web.json_response({"ok": False, "error": fault.error, **fault.extra})
