"""Citations: a sentence of a passage, numbered, with all that is needed to check it."""

from __future__ import annotations

import re

from corpus.models import Document, Passage, Sentence
from service.schemas import Citation

Place = tuple[str, int, int]

_MARKER = re.compile(r"\[(\d+)\]")
_QUOTED = re.compile(r"“.*?”(?= \[\d+\]|[\s).,;]|$)", re.DOTALL)


def source_url(document_id: str, start: int, end: int) -> str:
    """The path of the source page that opens a document at `[start, end)`, with the words lit."""
    return f"/documents/{document_id}?start={start}&end={end}#lit"


def cited_in(text: str) -> frozenset[int]:
    """The numbers cited in an answer's text; a number within a quotation is the plan's own."""
    return frozenset(int(number) for number in _MARKER.findall(_QUOTED.sub("", text)))


class CitationBook:
    """Numbers the citations of one answer: a sentence cited twice keeps its number."""

    def __init__(self, documents: dict[str, Document]) -> None:
        self._documents = documents
        self._entries: dict[Place, Citation] = {}

    def cite(self, passage: Passage, sentence: Sentence, area: str | None = None) -> int:
        """The number of a sentence's citation; `area` for a passage that stands in no plan."""
        place = (passage.document_id, sentence.start, sentence.end)
        if place not in self._entries:
            document = self._documents[passage.document_id]
            self._entries[place] = Citation(
                n=len(self._entries) + 1,
                passage_id=passage.id,
                document_id=passage.document_id,
                sha256=document.sha256,
                text_sha256=document.text_sha256,
                plan_id=passage.plan_id,
                area=passage.area or area,
                section=passage.path,
                page=passage.page,
                quote=passage.quote(sentence),
                start=sentence.start,
                end=sentence.end,
                url=source_url(*place),
            )
        return self._entries[place].n

    def citation(self, n: int) -> Citation:
        """A citation by its number."""
        return self.citations[n - 1]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations in the order of their numbers."""
        return tuple(self._entries.values())
