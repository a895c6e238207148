"""The parts that messages are made of: rich text, in which Slack parses nothing, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from slack_sdk.models.basic_objects import JsonValidator
from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    PlainTextObject,
    RawTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextQuoteElement,
    RichTextSectionElement,
)
from slack_sdk.models.blocks.block_elements import RichTextElement

from bots.slack import limits
from bots.slack.markup import clipped
from service.schemas import Citation

_MARKER = re.compile(r"\[(\d+)\]")

BOLD = {"bold": True}


class Links(NamedTuple):
    """Makes addresses from the contract's paths; without a public address there are none."""

    public_url: str

    def source(self, path: str) -> str | None:
        """The address of a source, at the words."""
        return self._whole(path)

    def answer(self, answer_id: str) -> str | None:
        """The permalink of an answer."""
        return self._whole(f"/answers/{answer_id}")

    def _whole(self, path: str) -> str | None:
        whole = f"{self.public_url}{path}"
        return whole if self.public_url and len(whole) <= limits.URL else None


def words(text: str, *, bold: bool = False) -> RichTextElement:
    """Words as they are: in rich text, Slack parses neither markup nor mentions."""
    return RichTextElementParts.Text(text=text, style=BOLD if bold else None)


def linked(url: str | None, label: str) -> RichTextElement:
    """A link, or only its label where there is no address."""
    return RichTextElementParts.Link(url=url, text=label) if url else words(label)


def marked(
    text: str, cited: Mapping[int, Citation], links: Links, *, bold: bool = False
) -> list[RichTextElement]:
    """A line of the answer, its `[n]` leading to the sources."""
    # Split at a group: texts stand at even places, numbers at odd ones.
    made: list[RichTextElement] = []
    for place, part in enumerate(_MARKER.split(text)):
        if place % 2:
            made.append(_marker(int(part), cited, links))
        else:
            made += [words(piece, bold=bold) for piece in pieces(part, limits.RICH_TEXT // 2)]
    return made


def pieces(text: str, most: int) -> list[str]:
    """A text in pieces of at most `most` characters, cut at spaces; joined they are the text."""
    cut = []
    while len(text) > most:
        place = text.rfind(" ", 0, most) + 1 or most
        cut.append(text[:place])
        text = text[place:]
    return [*cut, text] if text else cut


def _marker(number: int, cited: Mapping[int, Citation], links: Links) -> RichTextElement:
    known = cited.get(number)
    return linked(links.source(known.url) if known else None, f"[{number}]")


def markers(text: str) -> list[int]:
    """The numbers of the `[n]` in a text, in their order."""
    return [int(number) for number in _MARKER.findall(text)]


def section(elements: Sequence[RichTextElement]) -> RichTextSectionElement:
    """A paragraph of rich text."""
    return RichTextSectionElement(elements=list(elements))


def quote(text: str) -> RichTextQuoteElement:
    """A quotation set off from the text."""
    return RichTextQuoteElement(elements=[words(text)])


def rich(*paragraphs: RichTextElement) -> RichTextBlock:
    """A block of rich text."""
    return RichTextBlock(elements=list(paragraphs))


def context(*mrkdwn: str) -> ContextBlock:
    """Small print; the texts are `mrkdwn`, escaped by the caller."""
    return ContextBlock(
        elements=[MarkdownTextObject(text=text, verbatim=True) for text in mrkdwn if text]
    )


def button(
    action: str, label: str, value: str, spoken: str, *, style: str | None = None
) -> ButtonElement:
    """A button; `spoken` is what a screen reader says."""
    return ButtonElement(
        text=PlainTextObject(text=clipped(label, limits.BUTTON_TEXT), emoji=False),
        action_id=action,
        value=value,
        accessibility_label=clipped(spoken, limits.BUTTON_TEXT),
        style=style,
    )


def raw(text: str) -> RawTextObject:
    """A table's cell of plain words."""
    return RawTextObject(text=text)


class DataTableBlock(Block):
    """A table that readers sort and page through; not modelled by the SDK yet.

    Source: https://docs.slack.dev/reference/block-kit/blocks/data-table-block
    """

    type = "data_table"

    @property
    def attributes(self) -> set[str]:  # type: ignore[override]
        """What is sent."""
        return super().attributes | {"caption", "rows", "page_size", "row_header_column_index"}

    def __init__(self, *, caption: str, rows: Sequence[Sequence[RawTextObject | RichTextBlock]]):
        super().__init__(type=self.type)
        self.caption = caption
        self.rows = rows
        self.page_size = min(max(len(rows) - 1, 1), limits.TABLE_PAGE)
        self.row_header_column_index = 0

    @JsonValidator("rows must be a header and 1 to 100 rows of as many cells, 20 at most")
    def _validate_rows(self) -> bool:
        widths = {len(row) for row in self.rows}
        return (
            2 <= len(self.rows) <= limits.TABLE_ROWS + 1
            and len(widths) == 1
            and 1 <= widths.pop() <= limits.TABLE_COLUMNS
        )

    @JsonValidator("no cell may be empty, and the header holds plain text only")
    def _validate_cells(self) -> bool:
        header, *_ = self.rows
        plain = all(isinstance(cell, RawTextObject) for cell in header)
        return plain and all(characters([cell.to_dict()]) for row in self.rows for cell in row)


def characters(parts: Iterable[Any]) -> int:
    """The characters of all texts and addresses in Block Kit's JSON, however deep."""
    total = 0
    for part in parts:
        if isinstance(part, Mapping):
            own = [part.get(key) for key in ("text", "url", "caption")]
            total += sum(len(each) for each in own if isinstance(each, str))
            total += characters(value for value in part.values() if not isinstance(value, str))
        elif isinstance(part, list | tuple):
            total += characters(part)
    return total
