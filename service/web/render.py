"""Templates to responses, under a content security policy that lets nothing in from elsewhere."""

from __future__ import annotations

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

_HIDDEN = "".join(
    chr(code)
    for first, last in (
        (0x202A, 0x202E),
        (0x2066, 0x2069),
        (0, 8),
        (0xB, 0xB),
        (0xE, 0x1F),
        (0x7F, 0x9F),
    )
    for code in range(first, last + 1)
)
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
    # Finding none, which is the rule, is ten times as quick one by one as by an expression.
    found = [char for char in _HIDDEN if char in page]
    return (
        page.translate(dict.fromkeys(map(ord, found), "\N{REPLACEMENT CHARACTER}"))
        if found
        else page
    )


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
