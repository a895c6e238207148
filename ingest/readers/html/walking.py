"""From the elements of a page to headings, paragraphs, items and tables, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from ingest.blocks import BlockKind
from ingest.readers.building import Found, Written
from ingest.readers.html.tables import is_data_table, table_of
from ingest.readers.runs import Runs

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset(("ul", "ol", "dl", "menu"))
_ITEMS = frozenset(("li", "dt"))
_STRONG = frozenset(("b", "strong", "summary"))
"""Bold type, and the titles of what is folded away."""
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i img ins kbd label mark q"
    " s samp small span strike strong sub sup time tt u var wbr".split()
)
"""Elements that don't begin a line: https://html.spec.whatwg.org/#phrasing-content-2."""
_SPACE = re.compile(r"\s+")


def found_in(root: LexborNode) -> Iterator[Found]:
    """What the element holds, in reading order."""
    page = _Page()
    for node, opens in _visits(root):
        yield from page.opened(node) if opens else page.closed(node)
    yield from page.flushed()


def _visits(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Each node as it opens and as it closes, without recursion; a data table isn't entered."""
    node = root
    while True:
        yield node, True
        if node.child is not None and not is_data_table(node):
            node = node.child
            continue
        yield node, False
        while node.next is None or node.mem_id == root.mem_id:
            if node.mem_id == root.mem_id or node.parent is None:
                return
            node = node.parent
            yield node, False
        node = node.next


@dataclass(slots=True)
class _Page:
    """Where in the page the walk is, and the words that aren't handed on yet."""

    runs: Runs = field(default_factory=Runs)
    heading: int | None = None
    lists: int = 0
    strong: int = 0
    opens_item: bool = False

    def opened(self, node: LexborNode) -> Iterator[Found]:
        """What ends where a node begins."""
        tag = node.tag or ""
        if node.is_text_node:
            self.runs.add(_SPACE.sub(" ", node.text_content or ""), strong=self.strong > 0)
            return
        if tag not in _INLINE and tag != "br":
            yield from self.flushed()
        self.lists += tag in _LISTS
        self.strong += tag in _STRONG
        self.opens_item = self.opens_item or tag in _ITEMS
        self.heading = _HEADINGS.get(tag, self.heading)
        if tag == "br":
            self.runs.add("\n")
        if is_data_table(node):
            yield from table_of(node)

    def closed(self, node: LexborNode) -> Iterator[Found]:
        """What ends where a node ends."""
        tag = node.tag or ""
        if node.is_text_node or tag == "br":
            return
        if tag not in _INLINE:
            yield from self.flushed()
        self.lists -= tag in _LISTS
        self.strong -= tag in _STRONG
        if tag in _ITEMS:
            self.opens_item = False
        if tag in _HEADINGS:
            self.heading = None

    def flushed(self) -> Iterator[Found]:
        """The words since the last block, as one."""
        if not self.runs.has_words:
            self.runs.clear()
            return
        strong, text = self.runs.strong, self.runs.take()
        if self.heading:
            yield Written(BlockKind.HEADING, text, self.heading)
        elif self.opens_item:
            self.opens_item = False
            yield Written(BlockKind.LIST_ITEM, text, max(self.lists, 1))
        else:
            yield Written(BlockKind.PARAGRAPH, text, self.lists or None, strong=strong)
