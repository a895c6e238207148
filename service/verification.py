"""Checks an exported answer against the documents held: every citation, to the character.

An export is the JSON of an answer or of a board. It may have been changed on its way here, so
nothing in it is trusted: whatever can't be checked counts as failed.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.ids import sha256_hex
from service.answering.citing import cited_in
from service.ports import Engine
from service.schemas import MAX_QUOTE


class ExportError(ValueError):
    """A file is no exported answer or board; the message says why."""


class _Loose(BaseModel):
    # A later version may export more fields than this one knows.
    model_config = ConfigDict(frozen=True, extra="ignore")


class CitedWords(_Loose):
    """A citation as exported; its values are claims to check."""

    n: int
    document_id: str
    passage_id: str
    sha256: str
    text_sha256: str
    quote: str
    start: int
    end: int


class _CitedVerdict(_Loose):
    area: str
    citations: tuple[int, ...] = ()
    nearest: tuple[int, ...] = ()


class Export(_Loose):
    """An exported answer or board, as far as it can be checked."""

    citations: tuple[CitedWords, ...]
    verdicts: tuple[_CitedVerdict, ...]
    generation: str
    text: str = ""


class Failure(BaseModel):
    """One thing that is wrong; `n` is the citation's number, or None for the export itself."""

    model_config = ConfigDict(frozen=True)

    n: int | None
    reason: str


class Verification(BaseModel):
    """The result of a check."""

    model_config = ConfigDict(frozen=True)

    citations: int
    failures: tuple[Failure, ...]
    generation: str
    same_generation: bool

    @property
    def passed(self) -> bool:
        """Whether every citation is what stands in the documents held."""
        return not self.failures


def read_export(content: bytes) -> Export:
    """An export from the bytes of its file.

    Raises:
        ExportError: it isn't JSON, or no answer or board.
    """
    try:
        return Export.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        what = f"{field}: {first['msg']}" if field else first["msg"]
        raise ExportError(f"This is no exported answer or board ({what}).") from error


def verify(export: Export, engine: Engine) -> Verification:
    """Compares each citation with the documents held."""
    failures = [
        Failure(n=citation.n, reason=reason)
        for citation in export.citations
        for reason in _faults(citation, engine)
    ]
    return Verification(
        citations=len(export.citations),
        failures=(*failures, *_dangling(export)),
        generation=export.generation,
        same_generation=export.generation == engine.generation,
    )


def _faults(citation: CitedWords, engine: Engine) -> Iterable[str]:
    document, text = engine.document(citation.document_id), engine.text(citation.document_id)
    if document is None or text is None:
        yield f"the document {citation.document_id} is not held"
        return
    if citation.sha256 != document.sha256:
        yield "its file's digest differs from that of the document held"
    if citation.text_sha256 != sha256_hex(text):
        yield "its text's digest differs from that of the text held"
    yield from _faults_of_words(citation, text)
    if engine.passage(citation.passage_id) is None:
        yield f"the passage {citation.passage_id} is not held"


def _faults_of_words(citation: CitedWords, text: str) -> Iterable[str]:
    if not 0 <= citation.start < citation.end <= len(text):
        yield f"the text has no characters {citation.start} to {citation.end}"
    elif text[citation.start : citation.end] != citation.quote:
        yield f"the text has other words at characters {citation.start} to {citation.end}"
    if len(citation.quote) > MAX_QUOTE:
        yield f"its quotation is longer than {MAX_QUOTE} characters"


def _dangling(export: Export) -> Iterable[Failure]:
    """Numbers used in the text or in a verdict that no citation bears, and numbers borne twice."""
    borne = [citation.n for citation in export.citations]
    used = set(cited_in(export.text))
    used.update(n for each in export.verdicts for n in (*each.citations, *each.nearest))
    for number in sorted(used - set(borne)):
        yield Failure(n=number, reason="it is used and not among the citations")
    for number in sorted({n for n in borne if borne.count(n) > 1}):
        yield Failure(n=number, reason="it is there twice")
