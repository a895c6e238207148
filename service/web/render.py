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

# Unicode's formatting characters that turn the direction of writing, so that words look otherwise
# (UAX 9), and the controls that no page may hold; white space stays.
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_HIDDEN = {
    place: "\N{REPLACEMENT CHARACTER}"
    for place in (*_TURNING, *_CONTROLS)
    if chr(place) not in "\t\n\f\r"
}
_ANY_HIDDEN = re.compile(f"[{re.escape(''.join(map(chr, _HIDDEN)))}]")


def page(
    template: str,
    context: Mapping[str, object],
    status: int = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """A page made from a template; every value is escaped unless it is `Markup`."""
    content = _environment().get_template(template).render(context)
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


def visible(value: str) -> str:
    """A text, each of its characters one that can be seen; as long as it was."""
    # Most texts hold none, and a look is far cheaper than a copy.
    return value.translate(_HIDDEN) if _ANY_HIDDEN.search(value) else value


def _finished(value: object) -> object:
    """A value as it goes into a page: the last guard of all of them."""
    return visible(value) if isinstance(value, str) else value


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        finalize=_finished,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(messages=messages, wording=wording, address=address)
    return environment
