"""Tagged PDFs read by their structure tree, where it is sound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import BlockKind
from ingest.readers import lines as look
from ingest.readers.building import Found, Row, Table, Written
from ingest.readers.pdf.contents import undotted
from ingest.readers.pdf.hyphens import text_of, vocabulary
from ingest.readers.pdf.rows import is_header
from ingest.readers.pdf.tags import TagPart, TagTable
from ingest.readers.pdf.words import ARTIFACT, Line, Page, Word

_COVERED = 0.98
"""The tree must hold this share of the characters that aren't marked as artifacts."""
_ARTIFACTS = 0.2
"""Where more is marked as artifacts, text may be among it."""
_LEAST_HEADINGS = 2
"""With fewer headings the tree says less of the outline than the type does."""
_LONGEST = 200
"""A longer heading is a paragraph that somebody styled as one."""

Edges = Mapping[int, Collection[Word]]
"""The words of each page, by its number, that are headers, footers or page numbers."""


def is_sound(pages: Sequence[Page], edges: Edges) -> bool:
    """Whether structure trees hold nearly all the text of a document, and tell its headings."""
    held = loose = artifacts = headings = 0
    for page in pages:
        trees = _tags(page)
        headings += sum(
            isinstance(part, TagPart) and part.kind is BlockKind.HEADING for part in page.tree
        )
        for word in page.words:
            if word.tag in trees:
                held += len(word.text)
            elif word not in edges.get(page.number, ()):
                artifacts += len(word.text) if word.tag == ARTIFACT else 0
                loose += len(word.text) if word.tag != ARTIFACT else 0
    is_held = held >= _COVERED * (held + loose) and artifacts <= _ARTIFACTS * held
    return is_held and headings >= _LEAST_HEADINGS


def _tags(page: Page) -> set[int]:
    """The marked content that the tree of a page holds."""
    tags: set[int] = set()
    for part in page.tree:
        if isinstance(part, TagTable):
            tags.update(tag for row in part.rows for cell in row for tag in cell.tags)
        else:
            tags.update(part.tags)
    return tags


def tagged(pages: Sequence[Page], edges: Edges) -> Iterator[Found]:
    """The parts of a document in the order of its tags, torn ones whole again.

    What no tag holds, and is neither an artifact nor at the edge of the page, ends its page.
    """
    known = vocabulary(
        line.text for page in pages for line in _lines([w for w in page.words if w.tag != ARTIFACT])
    )
    last: Found | None = None
    for page in pages:
        for part in _Tagged.of(page, edges.get(page.number, ()), known).parts():
            whole = _resumed(last, part) if last else None
            if last and whole is None:
                yield last
            last = whole or part
    if last:
        yield last


@dataclass(frozen=True, slots=True)
class _Tagged:
    """A page and its words by the marked content that they belong to."""

    page: Page
    words: Mapping[int, Sequence[Word]]
    loose: Sequence[Word]
    known: frozenset[str]

    @classmethod
    def of(cls, page: Page, edge: Collection[Word], known: frozenset[str]) -> _Tagged:
        words: dict[int, list[Word]] = defaultdict(list)
        for word in page.words:
            words[word.tag].append(word)
        tags = {*_tags(page), ARTIFACT}
        loose = [word for word in page.words if word.tag not in tags and word not in edge]
        return cls(page, words, loose, known)

    def parts(self) -> Iterator[Found]:
        for part in self.page.tree:
            if isinstance(part, TagTable):
                yield self._table(part)
            else:
                yield self._written(part)
        if self.loose:
            yield Written(BlockKind.PARAGRAPH, self._text(self.loose), page=self.page.number)

    def _written(self, part: TagPart) -> Written:
        words = self._words(part.tags)
        text = undotted(self._text(words))
        is_long = part.kind is BlockKind.HEADING and len(text) > _LONGEST
        return Written(
            kind=BlockKind.PARAGRAPH if is_long else part.kind,
            text=text,
            level=None if is_long else part.level,
            page=self.page.number,
            strong=bool(words) and all(word.bold for word in words),
        )

    def _table(self, table: TagTable) -> Table:
        width = max((cell.column + 1 for row in table.rows for cell in row), default=0)
        rows = []
        for row in table.rows:
            texts = {cell.column: self._text(self._words(cell.tags)) for cell in row}
            rows.append(Row(tuple(texts.get(at, "") for at in range(width)), self.page.number))
        heads = [bool(row) and all(cell.heads for cell in row) for row in table.rows]
        headers = next((at for at, each in enumerate(heads) if not each), len(heads))
        if not headers and len(rows) > 1 and is_header(rows[0].cells):
            headers = 1
        return Table(tuple(rows), headers)

    def _words(self, tags: Sequence[int]) -> list[Word]:
        return [word for tag in tags for word in self.words.get(tag, ())]

    def _text(self, words: Sequence[Word]) -> str:
        return text_of([line.text for line in _lines(words)], self.known)


def _lines(words: Sequence[Word]) -> list[Line]:
    """Words in the order given, cut where the next line begins."""
    groups: list[list[Word]] = []
    for word in words:
        last = groups[-1][-1] if groups else None
        if last and abs(word.baseline - last.baseline) <= word.size / 2 and word.left >= last.left:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [Line(tuple(group)) for group in groups]


def _resumed(before: Found, part: Found) -> Found | None:
    """Both as one, where the end of a page tore them; else None."""
    if isinstance(before, Table) and isinstance(part, Table):
        return _resumed_table(before, part)
    if isinstance(before, Table) or isinstance(part, Table) or before.page == part.page:
        return None
    is_prose = before.kind is not BlockKind.HEADING and part.kind is not BlockKind.HEADING
    if not is_prose or look.ends_sentence(before.text) or not part.text[:1].islower():
        return None
    return replace(before, text=text_of([before.text, part.text], frozenset()))


def _resumed_table(before: Table, part: Table) -> Table | None:
    if not before.rows or not part.rows or before.rows[-1].page == part.rows[0].page:
        return None
    if len(before.rows[0].cells) != len(part.rows[0].cells):
        return None
    # A header that is printed again on each page heads the same columns.
    header = [row.cells for row in before.rows[: before.headers]]
    rows = part.rows
    if header and [row.cells for row in rows[: len(header)]] == header:
        rows = rows[len(header) :]
    return replace(before, rows=(*before.rows, *rows))
