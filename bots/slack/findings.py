"""An answer's sentences, each with the quotations that it rests on and links to their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from slack_sdk.models.blocks import RichTextBlock, RichTextSectionElement
from slack_sdk.models.blocks.block_elements import RichTextElement

from bots.slack import limits, messages
from bots.slack.markup import clipped
from bots.slack.parts import Links, characters, linked, marked, markers, quote, rich, section
from service.labels import plans_read, text_lines
from service.schemas import Answer, Citation


@dataclass(frozen=True)
class Finding:
    """A line of the answer with the quotations that it rests on."""

    block: RichTextBlock
    citations: tuple[Citation, ...] = ()
    is_proof: bool = False
    """Whether it is a quotation that only the board names."""

    @cached_property
    def characters(self) -> int:
        """The room that it takes in a message."""
        return characters([self.block.to_dict()])


def findings(answer: Answer, links: Links) -> Iterator[Finding]:
    """The answer's lines, each with its sources; then the evidence that only the board names."""
    cited = {citation.n: citation for citation in answer.citations}
    for place, line in enumerate(text_lines(answer)):
        yield from _line(line, cited, links, len(_bold(line, place, answer)))
    in_text = set(markers(answer.text))
    for number in dict.fromkeys(n for verdict in answer.verdicts for n in verdict.citations):
        if number not in in_text and number in cited:
            yield replace(_quotation(cited[number], links), is_proof=True)


def _bold(line: str, place: int, answer: Answer) -> str:
    """The part of a line that stands out: the direct sentence, or the area that the line is on."""
    # Where the first line only counts, the next one answers.
    counts_only = answer.text.splitlines()[0].rstrip(".") == plans_read(answer.scope)
    if place <= counts_only:
        return line
    areas = (verdict.area for verdict in answer.verdicts)
    return max((area for area in areas if line.startswith(f"{area}:")), key=len, default="")


def _line(line: str, cited: Mapping[int, Citation], links: Links, bold: int) -> Iterator[Finding]:
    """A line with its sources; its first `bold` characters are in bold."""
    elements = [
        *marked(line[:bold], cited, links, bold=True),
        *marked(line[bold:], cited, links),
    ]
    *whole, last = _packed(elements)
    yield from (Finding(rich(section(elements))) for elements in whole)
    sources = [cited[number] for number in dict.fromkeys(markers(line)) if number in cited]
    # A line with many citations gets its quotations in blocks of their own.
    beside = sources if len(sources) == 1 else []
    paragraphs: list[RichTextElement] = [section(last)]
    for source in beside:
        paragraphs += [] if source.quote in line else [quote(source.quote)]
        paragraphs.append(_source(source, links))
    yield Finding(rich(*paragraphs), tuple(beside))
    if not beside:
        yield from (_quotation(source, links) for source in sources)


def _packed(elements: Iterable[RichTextElement]) -> list[list[RichTextElement]]:
    """Elements in runs that each fit a block."""
    runs: list[list[RichTextElement]] = [[]]
    used = 0
    for element in elements:
        size = characters([element.to_dict()])
        if runs[-1] and used + size > limits.RICH_TEXT:
            runs.append([])
            used = 0
        runs[-1].append(element)
        used += size
    return runs


def _quotation(citation: Citation, links: Links) -> Finding:
    return Finding(rich(quote(citation.quote), _source(citation, links)), (citation,))


def _source(citation: Citation, links: Links) -> RichTextSectionElement:
    place = messages.cited_from(citation.section, citation.page)
    label = messages.source_of(citation.n, clipped(place, limits.PLACE))
    return section([linked(links.source(citation.url), label)])
