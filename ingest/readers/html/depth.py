"""How deep the elements of a page are nested, before it is parsed."""

from __future__ import annotations

import re

_DEEPEST = 2000
"""Parsing takes the square of the depth: this much takes 20 ms. Browsers stop at 512 and saved
pages of ten councils' kinds of site stayed below 60, but sloppy ones leave many elements open."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_UNNESTED = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd"
    " option thead tbody tfoot colgroup rt rp html head body".split()
)
"""Elements without content, and those that end by themselves where another begins."""


def is_too_deep(markup: str) -> bool:
    """Whether more elements are open at once than any page has."""
    depth = 0
    for closing, tag in _TAG.findall(markup):
        if tag.lower() in _UNNESTED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > _DEEPEST:
            return True
    return False
