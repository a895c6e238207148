"""Source: a document's text, opened at the cited words, which are compared with it on the way."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from corpus.ids import sha256_hex
from corpus.models import Document, Span
from service import messages
from service.holdings import document_out
from service.library import Held
from service.ports import Engine
from service.problems import not_found
from service.schemas import Answer, Citation
from service.state import AppState, State
from service.verification import CitedWords, Export, Verification, verify
from service.web import source
from service.web.forms import SourceForm
from service.web.render import address, page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


class Cited(NamedTuple):
    """An answer that cites a document, the citation, and what comparing it now found."""

    answer: Answer
    citation: Citation
    check: Verification

    @property
    def topic(self) -> str:
        """The topic that it is cited on, or ''."""
        n = self.citation.n
        on = (each.topic for each in self.answer.verdicts if n in (*each.citations, *each.nearest))
        return next(on, next(iter(self.answer.topics), ""))


@router.api_route("/documents/{document_id}", methods=["GET", "HEAD"])
def document(state: State, document_id: str, form: Annotated[SourceForm, Query()]) -> HTMLResponse:
    """A document's text, with the words from `start` to `end` lit."""
    held = state.library.held()
    found, text = held.engine.document(document_id), held.engine.text(document_id)
    if found is None or text is None:
        raise not_found(messages.NO_SUCH_DOCUMENT)
    cited = _cited(state, form, found, held.engine)
    lit = source.span_in(text, form.start, form.end)
    topic = form.topic.strip() or (cited.topic if cited else "")
    mentions = _mentions(held, topic, document_id)
    return page(
        "document.html",
        {
            "document": document_out(found, held.engine),
            "same_text": sha256_hex(text) == found.text_sha256,
            "misplaced": (form.start, form.end) != (None, None) and lit is None,
            "cited": cited,
            "topic": topic,
            **_layout(held.engine, found, text, lit, mentions, form.part),
            **_around(document_id, topic, mentions, lit),
        },
    )


def _cited(state: AppState, form: SourceForm, document: Document, engine: Engine) -> Cited | None:
    """The citation that was followed here, if its answer is kept and it points here."""
    given = state.archive.find(form.answer) if form.answer else None
    try:
        answer = given.read() if given else None
    except ValidationError:
        return None
    here = (document.id, form.start, form.end, form.n)
    for each in answer.citations if answer else ():
        if answer and (each.document_id, each.start, each.end, each.n) == here:
            words = CitedWords.model_validate(each.model_dump())
            export = Export(citations=(words,), verdicts=(), generation=answer.generation)
            return Cited(answer, each, verify(export, engine))
    return None


def _mentions(held: Held, topic: str, document_id: str) -> list[Span]:
    if not topic:
        return []
    found = {(each.sentence.start, each.sentence.end) for each in held.mentions(topic, document_id)}
    return [Span(start=start, end=end) for start, end in sorted(found)]


def _layout(
    engine: Engine,
    document: Document,
    text: str,
    lit: Span | None,
    mentions: list[Span],
    asked: int | None,
) -> dict[str, object]:
    """The part of the text that is shown, and the outline of the whole."""
    sections = engine.sections(document.id)
    cuts = source.parts(text, sections)
    at = source.part_at(cuts, lit.start) if lit else min((asked or 1), len(cuts)) - 1
    passages = engine.passages(document.id)
    lit_in = next((p for p in passages if lit and p.start <= lit.start < p.end), None)
    page_number = lit_in.page if lit_in else None
    return {
        "pieces": source.pieces(text, cuts[at], sections, lit, mentions),
        "outline": source.outline(sections, cuts, lit),
        "part": at + 1,
        "parts": len(cuts),
        "lit": lit,
        "words": lit.of(text) if lit else "",
        "section": source.section_at(sections, lit) if lit else None,
        "page_number": page_number,
        "published_page": source.published_page(document, page_number),
    }


def _around(
    document_id: str, topic: str, mentions: list[Span], lit: Span | None
) -> dict[str, object]:
    """Where the topic is mentioned before and after the lit words."""
    number, before, after = source.neighbours(mentions, lit)

    def link(span: Span | None) -> str | None:
        if span is None:
            return None
        place = {"start": span.start, "end": span.end, "topic": topic}
        return address(f"/documents/{document_id}", "lit", **place)

    return {
        "mentioned": len(mentions),
        "mention_number": number,
        "previous_mention": link(before),
        "next_mention": link(after),
    }
