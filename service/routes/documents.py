"""`GET /v1/documents`: the documents held, one of them, and its canonical text."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.responses import PlainTextResponse, Response

from corpus.models import Document
from service import messages
from service.holdings import document_out
from service.outlines import held_outline
from service.paging import list_key, page_of
from service.ports import Engine
from service.problems import declared, not_found
from service.queries import PageQuery
from service.schemas import DocumentList, DocumentOut, DocumentOutline
from service.state import State

router = APIRouter(prefix="/v1/documents", tags=["holdings"])

_ONE = declared(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)


@router.get("", responses=declared(HTTPStatus.UNPROCESSABLE_ENTITY))
def documents(state: State, query: Annotated[PageQuery, Query()]) -> DocumentList:
    """The documents held, in the order of ingest."""
    engine = state.library.held().engine
    key = list_key(engine.generation, "documents")
    page = page_of(engine.documents(), query.limit, query.cursor, key)
    return DocumentList(
        documents=tuple(document_out(each, engine) for each in page.items),
        next_cursor=page.next_cursor,
    )


@router.get("/{document_id}", responses=_ONE)
def document(state: State, document_id: str) -> DocumentOut:
    """One document."""
    engine = state.library.held().engine
    return document_out(_found(document_id, engine), engine)


@router.get("/{document_id}/outline", responses=_ONE)
def outline(state: State, document_id: str) -> DocumentOutline:
    """How a document was understood: its plans with the reasons, its sections with their sizes."""
    engine = state.library.held().engine
    return held_outline(_found(document_id, engine), engine)


@router.get(
    "/{document_id}/text",
    response_class=PlainTextResponse,
    responses={int(HTTPStatus.NOT_MODIFIED): {"description": "Unchanged"}, **_ONE},
)
def text(
    state: State, document_id: str, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """The canonical text, whole; `ETag` is its SHA-256."""
    engine = state.library.held().engine
    etag = f'"{_found(document_id, engine).text_sha256}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if _matches(if_none_match, etag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return PlainTextResponse(engine.text(document_id), headers=headers)


def _found(document_id: str, engine: Engine) -> Document:
    found = engine.document(document_id)
    if found is None:
        raise not_found(messages.NO_SUCH_DOCUMENT)
    return found


def _matches(if_none_match: str | None, etag: str) -> bool:
    """Whether a caller holds this text already (RFC 9110, section 13.1.2: compared weakly)."""
    held = [tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")]
    return "*" in held or etag in held
