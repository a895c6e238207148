"""An answer to take away, with its citations: plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from corpus.models import Document
from service import messages
from service.labels import shown_verdict, text_lines
from service.schemas import Answer, Citation
from service.web import wording

_MEANT = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
"""What Markdown gives a meaning to inside a line (CommonMark 0.31, section 2.4)."""
_OPENING = re.compile(r"^(\s*\d*)([-+=]|(?<=\d)[.)])", re.MULTILINE)
"""What it gives a meaning to at the start of one: of '1.' the stop, as no digit can be escaped."""


class Style(NamedTuple):
    """How a format writes a heading, a text, a citation's number and the breaks inside an entry."""

    heading: Callable[[str, int], str]
    text: Callable[[str], str]
    number: Callable[[int], str]
    link: Callable[[str], str]


def _underlined(words: str, level: int) -> str:
    return f"{words}\n{('=' if level == 1 else '-') * min(len(words), 72)}"


def escaped(text: str) -> str:
    """A text that Markdown shows as it is."""
    return _OPENING.sub(r"\1\\\2", _MEANT.sub(r"\\\1", text))


TEXT = Style(_underlined, str, lambda n: f"[{n}]", str)
MARKDOWN = Style(
    lambda words, level: f"{'#' * level} {escaped(words)}",
    escaped,
    lambda n: f"\\[{n}\\]",
    lambda address: f"<{address}>",
)


def export(answer: Answer, documents: Mapping[str, Document], base: str, style: Style) -> str:
    """An answer that is kept, with its board and citations; `base` is put before its links."""
    blocks = [
        style.heading(answer.question, 1),
        *(style.text(" ".join(line.split())) for line in text_lines(answer)),
    ]
    if answer.verdicts:
        blocks += [style.heading(wording.BOARD, 2), "\n".join(_board(answer, style))]
    if answer.citations:
        blocks += [style.heading(wording.SOURCES, 2)]
        blocks += [
            _entry(each, documents.get(each.document_id), base, style) for each in answer.citations
        ]
    place = style.link(f"{base}/answers/{answer.id}")
    blocks.append(f"{wording.given_from(answer.generation)} {place}")
    return "\n\n".join(blocks) + "\n"


def _board(answer: Answer, style: Style) -> Iterator[str]:
    several = len(answer.topics) > 1
    for verdict in answer.verdicts:
        topic = f" ({verdict.topic})" if several else ""
        words = shown_verdict(verdict).words
        numbers = "".join(style.number(n) for n in verdict.citations or verdict.nearest)
        near = f" {messages.nearest(numbers)}" if numbers and not verdict.citations else ""
        proof = f" {numbers}" if verdict.citations else near
        yield f"- {style.text(f'{verdict.area}{topic}: {words}')}{proof}"


def _entry(citation: Citation, document: Document | None, base: str, style: Style) -> str:
    quote = " ".join(citation.quote.split())
    where = [" › ".join(citation.section)]
    if document:
        where.append(wording.published(document.title, document.publisher, document.published))
    where.append(wording.span_words(citation.page, citation.start, citation.end))
    return "\n".join(
        (
            f"{style.number(citation.n)} {style.text(f'“{quote}”')}  ",
            f"{style.text('. '.join(filter(None, where)))}.  ",
            f"{style.link(base + citation.url)}  ",
            wording.text_digest(citation.text_sha256),
        )
    )
