"""What of a page is the document: without menus, banners and the frame of the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.readers.counts import counted
from ingest.readers.lines import has_words

_NEVER_READ = (
    "script, style, noscript, template, svg, math, iframe, object, embed, audio, video, canvas,"
    " select, textarea, datalist, dialog, [hidden], [role=alert], [role=search], [role=dialog]"
)
"""Elements that print no text of the document; a menu folded away by `details` isn't hidden."""

_MAIN = ("main", "[role=main]", "#main-content", "#content", "#main")
"""Where the main content stands, the surest first."""

_AROUND = {
    "menu": "nav, [role=navigation], [class*=breadcrumb], [id*=breadcrumb], [class*=pagination],"
    " [class*=skip-link], [class*=skiplink]",
    "cookie banner": "[id*=cookie], [class*=cookie], [id*=consent], [class*=consent]",
    "page header": "[role=banner], body > header, div[title=header]",
    "page footer": "footer, [role=contentinfo], div[title=footer]",
    "list of contents": "[role=doc-toc], #toc, .toc, .table-of-contents, [id^='Table of Contents']",
    "aside": "[role=complementary], body > aside, body > div > aside",
    "row of links to share": "[class*=social], [class*=share-], [class*=sharing]",
}
"""What stands around it, by what the roles, elements and usual class names of pages say, and by
what word processors write in the pages that they save."""

_LEAST_LINKS = 2
"""So many items that are nothing but links are a list of contents, or a menu."""


@dataclass(frozen=True, slots=True)
class MainContent:
    """The element that holds the document, its title as the page states it, what was taken out."""

    root: LexborNode | None
    title: str | None
    left_out: tuple[str, ...]


def main_content(tree: LexborHTMLParser) -> MainContent:
    """The main content of a page; the tree loses what is no part of it."""
    for node in tree.css(_NEVER_READ):
        if not _holds_document(node):
            node.decompose()
    left_out = Counter(what for what in _take_out(tree))
    title = tree.css_first("head > title")
    return MainContent(
        root=_root(tree),
        title=(" ".join(title.text().split()) or None) if title else None,
        left_out=tuple(counted(what, count) for what, count in left_out.items()),
    )


def _root(tree: LexborHTMLParser) -> LexborNode | None:
    found = (tree.css(selector) for selector in _MAIN)
    # One of several is as likely as not a part of the page's frame.
    return next((nodes[0] for nodes in found if len(nodes) == 1), tree.body)


def _take_out(tree: LexborHTMLParser) -> Iterator[str]:
    """Takes out what stands around the document, and names each piece that held words."""
    for what, selector in _AROUND.items():
        for node in tree.css(selector):
            if node.parent is not None and not _holds_document(node) and not _is_quoted(node):
                yield from _without(node, what)
    for node in tree.css("ul, ol"):
        if node.parent is not None and _is_contents(node):
            yield from _without(node, "list of contents")


def _without(node: LexborNode, what: str) -> Iterator[str]:
    has_text = has_words(node.text())
    node.decompose()
    if has_text:
        yield what


def _holds_document(node: LexborNode) -> bool:
    """Whether taking it out would take the document: 'cookies-on' is often a class of `body`."""
    return node.tag in ("html", "body", "main") or node.css_first("main, h1") is not None


def _is_quoted(node: LexborNode) -> bool:
    """Whether it is the footer of a quotation, which says who is quoted."""
    return node.parent is not None and node.parent.tag in ("blockquote", "figure")


def _is_contents(node: LexborNode) -> bool:
    """Whether a list holds nothing but links into the same page."""
    links = node.css("a[href^='#']")
    linked = sum(len("".join(link.text().split())) for link in links)
    return len(links) >= _LEAST_LINKS and linked == len("".join(node.text().split()))
