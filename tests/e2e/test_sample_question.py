"""The sample question with the real model and the report that ships, over real HTTP.

Terminal, HTTP and JSON give the same words, verdicts and citations.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from service.schemas import Answer

pytestmark = pytest.mark.model

QUESTION = "Which boroughs prioritise metal theft?"
SAFERPLANS = [sys.executable, "-c", "from service.cli import main; main()"]


def run(*arguments: str | Path) -> str:
    """What a command printed, in a process of its own."""
    done = subprocess.run(
        [*SAFERPLANS, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("e2e") / "data"


@pytest.fixture(scope="module")
def printed(data: Path) -> Answer:
    """The answer as JSON; on the empty data directory this ingests the report first."""
    return Answer.model_validate_json(run("ask", QUESTION, "--json", "--data-dir", data))


@pytest.fixture(scope="module")
def address(data: Path, printed: Answer) -> Iterator[str]:
    """Where a real server listens."""
    command = [*SAFERPLANS, "serve", "--port", "0", "--data-dir", str(data)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        # Ends at the latest when the server does, since its pipe closes then.
        told = next((line for line in server.stderr if "Saferplans is at" in line), "")
        threading.Thread(target=server.stderr.read, daemon=True).start()
        found = re.search(r"http://\S+", told)
        assert found, told
        yield found.group()
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=address, timeout=60) as client:
        yield client


def told(answer: Any) -> dict[str, Any]:
    """An answer but for its timings."""
    made: dict[str, Any] = json.loads(answer.model_dump_json(exclude={"took_ms"}))
    return made


def test_the_answer_is_right(printed: Answer) -> None:
    assert printed.areas == ("Redcar and Cleveland", "Stockton")
    assert printed.scope.plans_read == 4
    verdicts = {each.area: (each.verdict.value, each.basis) for each in printed.verdicts}
    assert verdicts == {
        "Redcar and Cleveland": ("priority", "summary"),
        "Stockton": ("emerging", "summary"),
        "Hartlepool": ("related", "summary"),
        "Middlesbrough": ("related", "summary"),
    }


def test_the_terminal_says_the_same(data: Path, printed: Answer) -> None:
    terminal = " ".join(run("ask", QUESTION, "--data-dir", data).split())
    assert " ".join(printed.text.split()) in terminal
    for citation in printed.citations:
        assert " ".join(citation.quote.split()) in terminal


def test_http_says_the_same(client: httpx2.Client, printed: Answer) -> None:
    response = client.post("/v1/ask", json={"question": QUESTION})
    assert told(Answer.model_validate_json(response.content)) == told(printed)


def test_the_page_says_the_same(client: httpx2.Client, printed: Answer) -> None:
    page = client.get("/", params={"q": QUESTION}, headers={"accept": "text/html"}).text
    assert "4 of 4 plans read" in page
    for citation in printed.citations:
        # A link from an answer names it too, so that its words are compared with the source.
        place, _, _ = citation.url.partition("#")
        assert place.replace("&", "&amp;") in page


def test_every_citation_stands_in_the_source(client: httpx2.Client, printed: Answer) -> None:
    for citation in printed.citations:
        text = client.get(f"/v1/documents/{citation.document_id}/text").content.decode()
        assert text[citation.start : citation.end] == citation.quote
        assert '<mark id="lit">' in client.get(citation.url).text


def test_the_answer_is_verified(data: Path, printed: Answer, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    file.write_text(printed.model_dump_json(), encoding="utf-8")
    assert run("verify", file, "--data-dir", data).startswith("Verified:")


def test_the_installation_is_healthy(data: Path, printed: Answer) -> None:
    checks = json.loads(run("doctor", "--json", "--data-dir", data))["checks"]
    assert {check["state"] for check in checks} == {"ok"}
