"""Answers and results laid out for a terminal: pure functions from values to lines."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import click

from corpus.retrieval import SearchMode
from service import messages
from service.labels import shown_verdict
from service.schemas import Answer, Citation, SearchHit, SearchPage, Stretch, TopicVerdict

_NARROWEST = 40
_INDENT = "    "
_BETWEEN_HEADINGS = " › "

_DIRECTIONS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Invisible characters that turn the direction of writing, and so can make words look otherwise."""


class Layout(NamedTuple):
    """How to lay out: `width` in columns, the address before links ('' for none), names by id."""

    width: int
    public_url: str = ""
    sources: Mapping[str, str] = {}

    def wrapped(self, text: str, indent: str = "", first: str | None = None) -> list[str]:
        """A text in lines of this width; its own line breaks are kept."""
        lines: list[str] = []
        for line in text.splitlines() or [""]:
            opening = indent if first is None or lines else first
            width = max(self.width, _NARROWEST)
            lines += textwrap.wrap(
                printable(line), width, initial_indent=opening, subsequent_indent=indent
            ) or [""]
        return lines


def printable(text: str) -> str:
    """A text without the controls with which a document could take over a terminal."""
    return "".join("�" if _takes_over(char) else char for char in text)


def _takes_over(char: str) -> bool:
    return unicodedata.category(char) == "Cc" or unicodedata.bidirectional(char) in _DIRECTIONS


def folded(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def answer_text(answer: Answer, layout: Layout) -> str:
    """The answer, the board and the citations, as a person reads them."""
    opening, *rest = answer.text.split("\n", 1)
    blocks = [
        [click.style(line, bold=True) for line in layout.wrapped(opening)],
        layout.wrapped(rest[0]) if rest else [],
        board_lines(answer.verdicts, layout),
        _citation_lines(answer.citations, layout),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def board_lines(verdicts: Sequence[TopicVerdict], layout: Layout) -> list[str]:
    """One line for each verdict, in columns: area, verdict, section with citations."""
    rows = [(_area(verdict, verdicts), _verdict(verdict), _where(verdict)) for verdict in verdicts]
    columns = [max((len(row[at]) for row in rows), default=0) for at in (0, 1)]
    return [line for row in rows for line in _row_lines(row, columns, layout)]


def _row_lines(row: tuple[str, str, str], columns: Sequence[int], layout: Layout) -> Iterator[str]:
    area, verdict, where = row
    opening = f"  {area.ljust(columns[0])}  {verdict.ljust(columns[1])}  "
    if layout.width - len(opening) >= _NARROWEST // 2:
        lines = layout.wrapped(where, " " * len(opening), opening) if where else [opening.rstrip()]
        yield from (line.rstrip() for line in lines)
    else:
        # Too narrow for columns: one under the other.
        yield from layout.wrapped(f"{area}: {verdict}", "      ", "  ")
        yield from layout.wrapped(where, "      ") if where else ()


def _area(verdict: TopicVerdict, verdicts: Sequence[TopicVerdict]) -> str:
    several = len({each.topic for each in verdicts}) > 1
    return printable(f"{verdict.area} ({verdict.topic})" if several else verdict.area)


def _verdict(verdict: TopicVerdict) -> str:
    shape, words = shown_verdict(verdict)
    return f"{shape} {words}"


def _where(verdict: TopicVerdict) -> str:
    section = folded(verdict.section[-1]) if verdict.section else ""
    proof = "".join(f"[{n}]" for n in verdict.citations)
    near = "".join(f"[{n}]" for n in verdict.nearest)
    parts = [section, proof, messages.nearest(near) if near else ""]
    return " ".join(part for part in parts if part)


def _citation_lines(citations: Iterable[Citation], layout: Layout) -> list[str]:
    lines: list[str] = []
    for citation in citations:
        indent = " " * (len(str(citation.n)) + 3)
        quote = f"“{folded(citation.quote)}”"
        lines += layout.wrapped(quote, indent, f"[{citation.n}] ")
        lines += layout.wrapped(folded(_BETWEEN_HEADINGS.join(citation.section)), indent)
        lines += layout.wrapped(_place(citation, layout), indent)
        lines += _link(citation.url, layout, indent)
    return lines


def _place(citation: Citation, layout: Layout) -> str:
    source = layout.sources.get(citation.document_id, citation.document_id)
    return messages.place(source, citation.page, citation.start, citation.end)


def _link(url: str, layout: Layout, indent: str) -> list[str]:
    # Never wrapped: a broken address can't be followed.
    return [f"{indent}{layout.public_url}{url}"] if layout.public_url else []


def search_text(page: SearchPage, layout: Layout) -> str:
    """The hits of a search, as a person reads them."""
    lines = [line for note in _notes(page) for line in layout.wrapped(note)]
    for number, hit in enumerate(page.hits, 1):
        lines += ["", *_hit_lines(number, hit, layout)]
    if page.next_cursor:
        lines += ["", messages.more_hits(page.next_cursor)]
    return "\n".join(lines)


def _notes(page: SearchPage) -> Iterator[str]:
    """What the reader should know of how the query was taken."""
    if page.searched_for != page.query:
        yield messages.searched_instead(page.query, page.searched_for)
    elif page.did_you_mean:
        yield messages.did_you_mean(page.did_you_mean)
    if page.relaxed:
        by_words = page.mode is SearchMode.KEYWORD
        yield messages.SOME_WORDS if by_words else messages.NEAREST
    if page.added_terms:
        yield messages.added(page.added_terms)
    yield from map(messages.unknown_area, page.unknown_areas)
    if page.lost_areas:
        yield messages.lost(page.lost_areas)
    if page.mode is not SearchMode.KEYWORD:
        # By meaning every passage has its place, so counting them says nothing of the query.
        yield messages.nearest_of(len(page.hits), page.total)
        return
    yield messages.found(len(page.hits), page.total)
    if len(page.facets.areas) > 1:
        yield messages.by_area((each.value, each.count) for each in page.facets.areas)


def _hit_lines(number: int, hit: SearchHit, layout: Layout) -> list[str]:
    passage = hit.passage
    whose = ", ".join(filter(None, [passage.area, hit.period])) or hit.document_title
    source = layout.sources.get(passage.document_id, passage.document_id)
    return [
        *layout.wrapped(folded(whose), _INDENT, f"{number}. ".ljust(4)),
        *lit_lines(_BETWEEN_HEADINGS.join(passage.section), _lit_in_path(hit), layout),
        *lit_lines(passage.text, hit.highlights, layout),
        *layout.wrapped(messages.place(source, passage.page, passage.start, passage.end), _INDENT),
        *_link(passage.url, layout, _INDENT),
    ]


def _lit_in_path(hit: SearchHit) -> Iterator[Stretch]:
    """What matched in the headings, as they stand joined."""
    at = 0
    for heading, lit in zip(hit.passage.section, hit.section_highlights, strict=True):
        yield from ((at + start, at + end) for start, end in lit)
        at += len(heading) + len(_BETWEEN_HEADINGS)


def lit_lines(text: str, lit: Iterable[Stretch], layout: Layout) -> list[str]:
    """A text on lines of the layout's width, what matched in bold and underlined."""
    shown, marks = _folded_with(text, lit)
    lines, at = [], 0
    for line in layout.wrapped(shown, _INDENT):
        words = line.removeprefix(_INDENT)
        # White space at which a line was broken stands between two lines.
        at += len(shown[at:]) - len(shown[at:].lstrip())
        indent = line[: len(line) - len(words)]
        lines.append(indent + _styled(words, marks[at : at + len(words)]))
        at += len(words)
    return lines


def _folded_with(text: str, lit: Iterable[Stretch]) -> tuple[str, list[bool]]:
    """The text on one line, and for each of its characters whether it is lit."""
    marked = {at for start, end in lit for at in range(start, end)}
    shown, marks = "", []
    for word in re.finditer(r"\S+", text):
        if shown:
            shown += " "
            marks.append({word.start() - 1, word.start()} <= marked)
        shown += word.group()
        marks += [at in marked for at in range(*word.span())]
    return shown, marks


def _styled(words: str, marks: Sequence[bool]) -> str:
    runs = groupby(zip(words, marks, strict=True), key=itemgetter(1))
    parts = (("".join(char for char, _ in run), is_lit) for is_lit, run in runs)
    return "".join(
        click.style(part, bold=True, underline=True) if is_lit else part for part, is_lit in parts
    )


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Aligned columns: the first to the left, the others, numbers, to the right."""
    cells = [list(header), *(list(row) for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(header))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    )
