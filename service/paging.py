"""Pages of a list: an opaque cursor says where the next page starts, and of which list."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from corpus.ids import sha256_hex

DEFAULT_LIMIT = 10
MAX_LIMIT = 100

Item = TypeVar("Item")


class BadCursorError(ValueError):
    """A cursor that wasn't given out for this list, or was for documents held before."""


class Page(NamedTuple, Generic[Item]):
    """Some items of a list, and the cursor of those after them (None at the end)."""

    items: Sequence[Item]
    next_cursor: str | None


def list_key(*parts: object) -> str:
    """Names a list by what decides its content: the generation, the route and its parameters."""
    return sha256_hex(json.dumps(parts, default=str))[:12]


def cursor_at(offset: int, key: str) -> str:
    """The cursor of the page that starts at `offset` of the list named by `key`."""
    return base64.urlsafe_b64encode(f"{key}:{offset}".encode()).decode().rstrip("=")


def offset_of(cursor: str | None, key: str) -> int:
    """Where a page starts; 0 without a cursor.

    Raises:
        BadCursorError: the cursor is garbled, or of another list.
    """
    if cursor is None:
        return 0
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        named, _, offset = (
            base64.b64decode(padded, altchars=b"-_", validate=True).decode().partition(":")
        )
    except (binascii.Error, UnicodeError, ValueError) as error:
        raise BadCursorError from error
    if named != key or not (offset.isascii() and offset.isdigit() and len(offset) <= 9):
        raise BadCursorError
    return int(offset)


def page_of(items: Sequence[Item], limit: int, cursor: str | None, key: str) -> Page[Item]:
    """The page of a whole list that a cursor names."""
    start = offset_of(cursor, key)
    end = start + limit
    return Page(items[start:end], cursor_at(end, key) if end < len(items) else None)
