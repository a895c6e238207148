"""One real service over small documents, and one browser, for all tests of the pages.

The service is the whole composition behind a real server on a socket; only the model is a stand-in.
"""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from corpus.catalogue import Catalogue
from service.app import build_app
from service.bootstrap import Bootstrap
from service.commands.serve import listen
from service.settings import Settings
from tests.scenario.web.documents import write_documents
from tests.unit.service.command_line import fake_embedder

QUESTION = "Which boroughs prioritise metal theft?"

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a real service listens that holds the report that ships and a few documents more."""
    folder = tmp_path_factory.mktemp("web")
    settings = Settings(data_dir=folder / "data")
    bootstrap = Bootstrap(fake_embedder)
    ingestion = bootstrap.ingestion(settings)
    ingestion.ship()
    ingestion.add([write_documents(folder / "documents")], Catalogue())
    state = bootstrap.state(settings)
    with listen("127.0.0.1", 0) as listener:
        config = uvicorn.Config(build_app(state), log_config=None, access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        host, port = listener.getsockname()[:2]
        try:
            yield f"http://{host}:{port}"
        finally:
            server.should_exit = True
            thread.join(30)
            state.archive.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window.

    For one file: while it is open, its event loop keeps others out of this thread.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def contexts(browser: Browser, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """Browser profiles by their options; the pages keep nothing in them, so tests share them."""
    made: dict[str, BrowserContext] = {}

    def context(**options: Any) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = browser.new_context(base_url=address, **options)
        return made[key]

    yield context
    for each in made.values():
        each.close()


@pytest.fixture
def new_page(contexts: Callable[..., BrowserContext]) -> Iterator[NewPage]:
    """Opens pages; a script's error in one, or a refusal by the policy, fails the test."""
    pages: list[Page] = []
    wrong: list[str] = []

    def opened(**options: Any) -> Page:
        page = contexts(**options).new_page()
        pages.append(page)
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if _is_fault(said) else None)
        return page

    yield opened
    for page in pages:
        page.close()
    assert wrong == []


def _is_fault(said: Any) -> bool:
    """A refusal by the policy, or a script's error; a page with an error status is none."""
    return said.type in {"error", "warning"} and "status of 4" not in said.text


@pytest.fixture(scope="session")
def ask(address: str) -> Callable[..., dict[str, Any]]:
    """Asks the API."""

    def asked(question: str, **more: Any) -> dict[str, Any]:
        body = json.dumps({"question": question, **more}).encode()
        request = urllib.request.Request(
            f"{address}/v1/ask", body, {"content-type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            answer: dict[str, Any] = json.load(response)
            return answer

    return asked


@pytest.fixture(scope="session")
def paths(address: str, ask: Callable[..., dict[str, Any]]) -> dict[str, str]:
    """One address of each page and of each of its states, by name."""
    answer = ask(QUESTION)
    citation = answer["citations"][0]
    cited = {name: citation[name] for name in ("start", "end", "n")} | {"answer": answer["id"]}
    with urllib.request.urlopen(f"{address}/v1/documents", timeout=60) as response:
        documents = {each["source"]: each["id"] for each in json.load(response)["documents"]}
    hostile, long = documents["hostile.txt"], documents["long.txt"]

    def home(**query: object) -> str:
        return f"/?{urlencode(query)}"

    return {
        "start": "/",
        "nothing asked": "/?q=",
        "answer": home(q=QUESTION),
        "follow-up": home(q="and burglary?", after=answer["id"]),
        "list": home(q="List Hartlepool's priorities"),
        "two topics": home(q="Which plans mention burglary and metal theft?"),
        "compare by question": home(q="Compare Stockton and Hartlepool on violence"),
        "not in the plans": home(q="How many drones does Redcar have?"),
        "no plan held": home(q="What does Cardiff say about theft?"),
        "unclear": home(q="???"),
        "permalink": f"/answers/{answer['id']}",
        "rated": f"/answers/{answer['id']}?rated=true",
        "source": f"/documents/{citation['document_id']}?{urlencode(cited)}",
        "source on a topic": f"/documents/{citation['document_id']}?topic=burglary",
        "source, words that aren't there": f"/documents/{hostile}?start=0&end=9999999",
        "hostile source": f"/documents/{hostile}",
        "long source": f"/documents/{long}?part=2",
        "plans": "/plans",
        "plans of an area": "/plans?area=Stockton",
        "compare": "/compare",
        "grid": "/compare?topics=metal+theft,+burglary,+violence,+arson",
        "side by side": "/compare?topics=violence&area=Stockton&area=Hartlepool",
        "search": "/search",
        "hits": "/search?q=theft",
        "hits, narrowed": "/search?q=theft&mode=keyword&area=Stockton&year=2012&expand=false",
        "nothing found": "/search?q=zebra&mode=keyword",
        "nothing searched for": "/search?q=",
        "explain": f"/answers/{answer['id']}/explain",
        "explain a topic": "/explain?topic=burglary",
        "not found": "/nothing",
        "answer not kept": "/answers/0",
        "wrong value": "/plans?page=soon",
    }
