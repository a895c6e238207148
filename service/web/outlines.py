"""The page on which a person sees whether a document was understood."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from service import messages
from service.outlines import held_outline
from service.problems import not_found
from service.state import State
from service.web.render import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.api_route("/documents/{document_id}/outline", methods=["GET", "HEAD"])
def outline(state: State, document_id: str) -> HTMLResponse:
    """How a document was understood."""
    engine = state.library.held().engine
    document = engine.document(document_id)
    if document is None:
        raise not_found(messages.NO_SUCH_DOCUMENT)
    context = {"document": document, "outline": held_outline(document, engine)}
    return page("outline.html", context)
