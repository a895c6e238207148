"""Block Kit's documented limits: what is wrong with a message or a view, in sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]

MESSAGE, MODAL, HOME = "message", "modal", "home"
_BLOCKS = {MESSAGE: 50, MODAL: 100, HOME: 100}
_CHARACTERS = 13_200
"""Of all blocks of a message; slackapi/bolt-js#2509 saw `msg_blocks_too_long` from there."""
_TABLE_CHARACTERS = 10_000

_SURFACES = {
    **dict.fromkeys(
        ("section", "divider", "image", "actions", "header", "context", "rich_text"),
        (
            MESSAGE,
            MODAL,
            HOME,
        ),
    ),
    "input": (MESSAGE, MODAL, HOME),
    "context_actions": (MESSAGE,),
    "data_table": (MESSAGE, HOME),
    "table": (MESSAGE, HOME),
}

_MENTION = re.compile(r"<[@!#][^>]*>")


def problems(blocks: object, surface: str) -> list[str]:
    """What is wrong with blocks on a surface; nothing if Slack would take them."""
    if not isinstance(blocks, list):
        return ["blocks must be an array"]
    found = [each for place, block in enumerate(blocks) for each in _block(block, surface, place)]
    if len(blocks) > _BLOCKS[surface]:
        found.append(f"no more than {_BLOCKS[surface]} items allowed")
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        found.append("block_id must be unique")
    if sum(block.get("type") in {"table", "data_table"} for block in blocks) > 1:
        found.append("only_one_table_allowed")
    if surface == MESSAGE and characters(blocks) > _CHARACTERS:
        found.append("msg_blocks_too_long")
    return found


def characters(value: object) -> int:
    """Characters of every text and address, however deep."""
    if isinstance(value, Mapping):
        return sum(
            len(each)
            if key in {"text", "url", "caption"} and isinstance(each, str)
            else characters(each)
            for key, each in value.items()
        )
    if isinstance(value, list):
        return sum(map(characters, value))
    return 0


def _block(block: Json, surface: str, place: int) -> Iterator[str]:
    kind = block.get("type", "")
    if kind not in _CHECKS:
        yield f"[{place}] unsupported block type {kind!r}"
    elif surface not in _SURFACES[kind]:
        yield f"[{place}] {kind} is not allowed in a {surface}"
    else:
        yield from (f"[{place}] {kind}: {problem}" for problem in _CHECKS[kind](block))
    if not 0 < len(block.get("block_id", "x")) <= 255:
        yield f"[{place}] block_id must have 1 to 255 characters"


def _text(value: object, most: int, *kinds: str) -> Iterator[str]:
    if not isinstance(value, Mapping) or value.get("type") not in kinds:
        yield f"text must be one of {', '.join(kinds)}"
    elif not 0 < len(value.get("text", "")) <= most:
        yield f"text must have 1 to {most} characters"


def _header(block: Json) -> Iterator[str]:
    yield from _text(block.get("text"), 150, "plain_text")


def _section(block: Json) -> Iterator[str]:
    yield from _text(block.get("text"), 3_000, "plain_text", "mrkdwn")
    if "accessory" in block:
        yield from _element(block["accessory"])


def _context(block: Json) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 10:
        yield "1 to 10 elements"
    for element in elements:
        yield from _text(element, 3_000, "plain_text", "mrkdwn")


def _actions(block: Json) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 25:
        yield "1 to 25 elements"
    ids = [element.get("action_id") for element in elements]
    if len(ids) != len(set(ids)):
        yield "action_id must be unique in a block"
    for element in elements:
        yield from _element(element)


def _element(element: Json) -> Iterator[str]:
    if element.get("type") != "button":
        yield f"element {element.get('type')!r} is not known here"
        return
    yield from _text(element.get("text"), 75, "plain_text")
    yield from _at_most(element, {"value": 2_000, "action_id": 255, "url": 3_000})
    yield from _at_most(element, {"accessibility_label": 75})
    if element.get("style", "primary") not in {"primary", "danger"}:
        yield "style must be primary or danger"


def _at_most(value: Json, limits: Mapping[str, int]) -> Iterator[str]:
    for key, most in limits.items():
        if key in value and not 0 < len(value[key]) <= most:
            yield f"{key} must have 1 to {most} characters"


def _context_actions(block: Json) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 5:
        yield "1 to 5 elements"
    for element in elements:
        if element.get("type") != "feedback_buttons":
            yield "only feedback_buttons are known here"
            continue
        for name in ("positive_button", "negative_button"):
            yield from _text(element[name].get("text"), 75, "plain_text")
            yield from _at_most(element[name], {"value": 2_000, "accessibility_label": 75})


def _input(block: Json) -> Iterator[str]:
    yield from _text(block.get("label"), 2_000, "plain_text")
    if "hint" in block:
        yield from _text(block["hint"], 2_000, "plain_text")
    if block.get("element", {}).get("max_length", 1) > 3_000:
        yield "max_length is at most 3000"


def _rich_text(block: Json) -> Iterator[str]:
    elements = block.get("elements", [])
    if not elements:
        yield "elements must not be empty"
    for element in elements:
        yield from _rich_element(element)


def _rich_element(element: Json) -> Iterator[str]:
    kind = element.get("type", "")
    if kind == "rich_text_list":
        for item in element["elements"]:
            yield from _rich_element(item)
    elif kind in {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}:
        for leaf in element["elements"]:
            yield from _leaf(leaf)
    else:
        yield f"unsupported element {kind!r}"


def _leaf(leaf: Json) -> Iterator[str]:
    kind = leaf.get("type")
    if kind == "text":
        yield from _at_most({"text": leaf.get("text", "")}, {"text": 100_000})
    elif kind == "link":
        yield from _at_most({"url": leaf.get("url", "")}, {"url": 3_000})
        if not str(leaf.get("url", "")).startswith(("http://", "https://")):
            yield "url must be an address"
    elif kind not in {"user", "emoji"}:
        yield f"unsupported element {kind!r}"


def _data_table(block: Json) -> Iterator[str]:
    rows: Sequence[Sequence[Json]] = block.get("rows", [])
    if not 2 <= len(rows) <= 101:
        yield "a header and 1 to 100 rows"
    if len({len(row) for row in rows}) != 1 or not 1 <= len(rows[0]) <= 20:
        yield "every row has the same 1 to 20 cells"
    if not block.get("caption"):
        yield "caption is required"
    if not 1 <= block.get("page_size", 5) <= 100:
        yield "page_size is 1 to 100"
    if characters(block) > _TABLE_CHARACTERS:
        yield f"no more than {_TABLE_CHARACTERS} characters"
    for number, row in enumerate(rows):
        for cell in row:
            yield from _cell(cell, header=number == 0)


def _cell(cell: Json, *, header: bool) -> Iterator[str]:
    kind = cell.get("type")
    if kind == "raw_text":
        yield from _at_most({"text": cell.get("text", "")}, {"text": 10_000})
    elif kind == "rich_text" and not header:
        yield from _rich_text(cell)
    else:
        yield f"a cell can't be {kind!r}"


def _nothing(_: Json) -> Iterator[str]:
    yield from ()


_CHECKS: dict[str, Callable[[Json], Iterator[str]]] = {
    "actions": _actions,
    "context": _context,
    "context_actions": _context_actions,
    "data_table": _data_table,
    "divider": _nothing,
    "header": _header,
    "input": _input,
    "rich_text": _rich_text,
    "section": _section,
}


def view_problems(view: Json) -> list[str]:
    """What is wrong with a modal or a home page."""
    modal = view.get("type") == "modal"
    found = problems(view.get("blocks"), MODAL if modal else HOME)
    if modal:
        found += [f"title: {each}" for each in _text(view.get("title"), 24, "plain_text")]
        for name in ("close", "submit"):
            if name in view:
                found += [f"{name}: {each}" for each in _text(view[name], 24, "plain_text")]
    has_input = any(block.get("type") == "input" for block in view.get("blocks", []))
    if has_input and "submit" not in view:
        found.append("a view with an input needs submit")
    if len(view.get("private_metadata", "")) > 3_000:
        found.append("private_metadata must have at most 3000 characters")
    return found


def live_mentions(text: str) -> list[str]:
    """What Slack would turn into mentions in a `mrkdwn` text."""
    return _MENTION.findall(text)
