"""The conversation as a page, near enough to Slack's own that a person can judge it.

Every kind of block that the bot sends is drawn; whatever is not known is shown as such. Buttons
work: they send the action that Slack would.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from importlib import resources
from typing import Any

from markupsafe import Markup, escape

from tests.fake_slack.workspace import BOT_USER, Channel, Json, Workspace

_LINK = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")


def render(workspace: Workspace, room: Channel | None = None, viewer: str = "") -> str:
    """The page of a room, as somebody sees it."""
    shown = room or next(iter(workspace.channels.values()), None)
    style = resources.files("tests.fake_slack").joinpath("page.css").read_text(encoding="utf-8")
    return Markup(
        "<!doctype html><html lang='en-GB'><meta charset='utf-8'><title>Fake Slack</title>"
        "<style>{}</style><body><nav><h1>Tees Valley</h1><h2>Channels</h2>{}"
        "<h2>Direct messages</h2>{}</nav><main><header>{}</header><div class='log'>{}</div>{}"
        "</main>{}</body></html>"
    ).format(
        Markup(style),
        _rooms(workspace, shown, direct=False),
        _rooms(workspace, shown, direct=True),
        _title(shown) if shown else "",
        _log(workspace, shown, viewer) if shown else "",
        _box(shown) if shown else "",
        _overlay(workspace),
    )


def _rooms(workspace: Workspace, shown: Channel | None, *, direct: bool) -> Markup:
    rooms = [each for each in workspace.channels.values() if each.id.startswith("D") is direct]
    return _joined(
        Markup("<a href='/?room={}' class='{}'>{}</a>").format(
            each.id, "here" if each is shown else "", _title(each)
        )
        for each in rooms
    )


def _title(room: Channel) -> str:
    return "Saferplans" if room.id.startswith("D") else f"# {room.name}"


def _log(workspace: Workspace, room: Channel, viewer: str) -> Markup:
    top = [each for each in room.messages if each.get("thread_ts", each["ts"]) == each["ts"]]
    threads = _joined(
        _message(workspace, room, each) + _thread(workspace, room, each) for each in top
    )
    private = _joined(
        _message(workspace, room, each, private=True)
        for each in workspace.ephemeral
        if each["channel"] == room.id and each["to"] == viewer
    )
    return threads + private


def _thread(workspace: Workspace, room: Channel, root: Json) -> Markup:
    replies = [
        each
        for each in room.messages
        if each.get("thread_ts") == root["ts"] and each["ts"] != root["ts"]
    ]
    if not replies:
        return Markup()
    count = f"{len(replies)} {'reply' if len(replies) == 1 else 'replies'}"
    drawn = _joined(_message(workspace, room, each) for each in replies)
    return Markup("<section class='thread'><p class='count'>{}</p>{}</section>").format(
        count, drawn
    )


def _message(
    workspace: Workspace, room: Channel, message: Json, *, private: bool = False
) -> Markup:
    bot = message["user"] == BOT_USER
    name = "Saferplans" if bot else workspace.people.get(message["user"], message["user"])
    clock = time.strftime("%H:%M", time.gmtime(float(message.get("ts", time.time()))))
    blocks = message.get("blocks") or []
    body = _joined(_block(each, room, message) for each in blocks) or mrkdwn(message["text"])
    return Markup(
        "<article class='{}'><span class='face'>{}</span><div><p class='who'><b>{}</b>{}"
        "<time>{}</time>{}</p>{}{}{}</div></article>"
    ).format(
        "bot" if bot else "person",
        name[0],
        name,
        Markup("<i>APP</i>") if bot else "",
        clock,
        Markup("<em>Only visible to you</em>") if private else "",
        Markup("<div class='body'>{}</div>").format(body),
        Markup("<small>(edited)</small>") if "edited" in message and not bot else "",
        _joined(map(_file, message.get("files", []))),
    )


def _file(file: Json) -> Markup:
    return Markup("<p class='file'><b>{}</b><br>{}</p>").format(file["title"], file["name"])


# Blocks


def _block(block: Json, room: Channel | None, message: Json) -> Markup:
    draw = _DRAWN.get(block["type"])
    if draw:
        return draw(block)
    if block["type"] in {"actions", "context_actions"}:
        buttons = _joined(_element(each, room, message) for each in block["elements"])
        return Markup("<div class='{}'>{}</div>").format(block["type"], buttons)
    return Markup("<p class='unknown'>{} is not drawn</p>").format(block["type"])


def _element(element: Json, room: Channel | None, message: Json) -> Markup:
    if element["type"] == "feedback_buttons":
        return _joined(
            _press({**element, **element[name]}, element[name]["text"]["text"], room, message)
            for name in ("positive_button", "negative_button")
        )
    if "url" in element:
        return Markup("<a class='button' href='{}'>{}</a>").format(
            element["url"], element["text"]["text"]
        )
    return _press(element, element["text"]["text"], room, message)


def _press(element: Json, label: str, room: Channel | None, message: Json) -> Markup:
    where = room.id if room else message["id"]
    return Markup(
        "<form method='post' action='/press'><input type='hidden' name='where' value='{}'>"
        "<input type='hidden' name='ts' value='{}'><input type='hidden' name='action' value='{}'>"
        "<button name='value' value='{}' class='{}' title='{}'>{}</button></form>"
    ).format(
        where,
        message.get("ts", ""),
        element["action_id"],
        element.get("value", ""),
        element.get("style", ""),
        element.get("accessibility_label", ""),
        label,
    )


def _context(block: Json) -> Markup:
    return Markup("<p class='context'>{}</p>").format(
        Markup(" &nbsp; ").join(mrkdwn(each["text"]) for each in block["elements"])
    )


def _header(block: Json) -> Markup:
    return Markup("<h3>{}</h3>").format(block["text"]["text"])


def _table(block: Json) -> Markup:
    header, *rows = block["rows"]
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(
        _joined(Markup("<th>{}</th>").format(cell["text"]) for cell in header),
        _joined(
            Markup("<tr>{}</tr>").format(
                _joined(Markup("<td>{}</td>").format(_cell(cell)) for cell in row)
            )
            for row in rows
        ),
    )


def _cell(cell: Json) -> Markup:
    return escape(cell["text"]) if cell["type"] == "raw_text" else _rich(cell)


def _input(block: Json) -> Markup:
    return Markup(
        "<label>{}<textarea name='reason' rows='4'></textarea></label><p class='context'>{}</p>"
    ).format(block["label"]["text"], block.get("hint", {}).get("text", ""))


def _divider(_: Json) -> Markup:
    return Markup("<hr>")


def _rich(value: Mapping[str, Any]) -> Markup:
    kind, inner = value["type"], value.get("elements", [])
    if kind == "text":
        bold = value.get("style", {}).get("bold")
        return (
            Markup("<strong>{}</strong>").format(value["text"]) if bold else escape(value["text"])
        )
    if kind == "link":
        return Markup("<a href='{}'>{}</a>").format(value["url"], value.get("text", value["url"]))
    if kind == "user":
        return Markup("<span class='at'>@{}</span>").format(value["user_id"])
    drawn = [_rich(each) for each in inner]
    if kind == "rich_text_list":
        items = _joined(Markup("<li>{}</li>").format(each) for each in drawn)
        return Markup("<ul>{}</ul>").format(items)
    tags = {"rich_text_section": "p", "rich_text_quote": "blockquote", "rich_text": "div"}
    return Markup("<{0}>{1}</{0}>").format(Markup(tags[kind]), Markup().join(drawn))


_DRAWN: dict[str, Callable[[Json], Markup]] = {
    "context": _context,
    "data_table": _table,
    "divider": _divider,
    "header": _header,
    "input": _input,
    "rich_text": _rich,
}


def mrkdwn(text: str) -> Markup:
    """A text as Slack shows it: links and mentions live, all else as it is."""
    return Markup(_LINK.sub(_live, text).replace("\n", "<br>"))


def _live(found: re.Match[str]) -> str:
    target, label = found[1], found[2]
    if target[0] in "@#!":
        shown = label or ("Saferplans" if BOT_USER in target else target[1:])
        return f"<span class='at'>@{shown}</span>"
    return f"<a href='{target}'>{label or target}</a>"


# What people can do


def _box(room: Channel) -> Markup:
    return Markup(
        "<form class='box' method='post' action='/say'><input type='hidden' name='room' value='{}'>"
        "<input name='text' placeholder='Message {}: @Saferplans is mentioned for you; "
        "begin with /plans for a private answer'></form>"
    ).format(room.id, _title(room))


def _overlay(workspace: Workspace) -> Markup:
    """The window that was opened last, until it is closed."""
    if not workspace.views:
        return Markup()
    view = list(workspace.views.values())[-1]
    return Markup(
        "<aside><div class='window'><h2>{}</h2><form method='post' action='/submit' id='view'>"
        "<input type='hidden' name='view' value='{}'></form><div class='body'>{}</div>"
        "<p class='foot'>{}<a class='button' href='/close'>{}</a></p></div></aside>"
    ).format(
        view["title"]["text"],
        view["id"],
        _joined(_block(each, None, view) for each in view["blocks"]),
        Markup("<button form='view' class='primary'>{}</button>").format(view["submit"]["text"])
        if "submit" in view
        else "",
        view["close"]["text"],
    )


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup().join(parts)
