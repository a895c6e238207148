"""Templates to responses, under a content security policy that lets nothing in from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from service import messages
from service.web import wording

FOLDER = Path(__file__).parent

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
"""Unicode's formatting characters that turn the direction of writing, so that words look otherwise
(UAX 9), and the controls that no page may hold; white space stays."""


def page(
    template: str,
    context: Mapping[str, object],
    status: int = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """A page made from a template; every value is escaped unless it is `Markup`."""
    content = _visible(_environment().get_template(template).render(context))
    return HTMLResponse(content, status, {"Content-Security-Policy": _POLICY, **(headers or {})})


def address(path: str, fragment: str = "", /, **query: object) -> str:
    """A path with its query; values that are None, empty or without entries are left out."""
    pairs = [(name, one) for name, value in query.items() for one in _each(value)]
    asked = f"?{urlencode(pairs)}" if pairs else ""
    return f"{path}{asked}{f'#{fragment}' if fragment else ''}"


def _each(value: object) -> Iterable[object]:
    if value is None or value == "":
        return ()
    return value if isinstance(value, list | tuple) else (value,)


def _visible(page: str) -> str:
    """A page, each of its characters one that can be seen: the last guard of all of them."""
    return _HIDDEN.sub("\N{REPLACEMENT CHARACTER}", page)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(messages=messages, wording=wording, address=address)
    return environment
