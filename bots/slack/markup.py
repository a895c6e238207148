"""Slack's own markup: what people wrote out of it, and foreign text safely into it.

Blocks carry text from users and documents as `rich_text` or `plain_text`, which Slack doesn't
parse. What must be `mrkdwn` (fallback texts, contexts) goes through `escape`.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"<([^<>]*)>")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def escape(text: str) -> str:
    """A text that Slack shows as it is: no mention, channel or link can come of it.

    Slack makes those of `<…>` only; see "Escaping text" in its formatting reference.
    """
    shown = _UNPRINTABLE.sub("", text)
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(url: str, label: str) -> str:
    """A link in `mrkdwn`; the label can't end it."""
    return f"<{escape(url).replace('|', '%7C')}|{escape(label).replace('|', '¦')}>"


def mentions(text: str) -> frozenset[str]:
    """The ids of the people mentioned in a message's text."""
    found = (match[1] for match in _TOKEN.finditer(text) if match[1].startswith("@"))
    return frozenset(each[1:].partition("|")[0] for each in found)


def plain(text: str) -> str:
    """What a person wrote, of a message's text: no mentions, links by their labels."""
    return " ".join(unescape(_TOKEN.sub(lambda match: _shown(match[1]), text)).split())


def _shown(token: str) -> str:
    target, _, label = token.partition("|")
    if target.startswith("@"):
        return " "
    if target.startswith("!"):
        return label or " "
    if target.startswith("#"):
        return f"#{label}" if label else " "
    return label or target.removeprefix("mailto:")


def unescape(text: str) -> str:
    """Text as it was before Slack escaped it."""
    return _ENTITY.sub(lambda match: _ENTITIES[match[0]], text)


def clipped(text: str, most: int) -> str:
    """At most `most` characters; a text that was cut ends with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
