"""One question, one answer: the same words, verdicts and citations on every surface."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from starlette.testclient import TestClient

from bots.slack.markup import unescape
from service.app import build_app
from service.bootstrap import Bootstrap
from service.labels import plans_read, verdict_words
from service.schemas import Answer
from service.settings import Settings
from service.state import AppState
from tests.fake_slack.workspace import Json
from tests.scenario.slack_bench import PUBLIC_URL, bench, links_of, scenario, text_of
from tests.unit.service.command_line import fake_embedder, run

QUESTIONS = (
    "Which boroughs prioritise metal theft?",
    "Which plans do not mention burglary?",
    "What does Stockton say about anti-social behaviour?",
    "List Redcar's priorities",
    "Which boroughs prioritise piracy?",
)


class Held(NamedTuple):
    """The report that ships, ingested once."""

    folder: Path
    state: AppState


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    folder = tmp_path_factory.mktemp("held")
    settings = Settings(data_dir=folder, public_url=PUBLIC_URL)
    return Held(folder, Bootstrap(fake_embedder).state(settings))


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_surface_says_the_same(held: Held, tmp_path: Path, question: str) -> None:
    arguments = ("ask", question, "--data-dir", held.folder)
    given = Answer.model_validate_json(run(*arguments, "--json").stdout)
    terminal = run(*arguments).stdout
    page = TestClient(build_app(held.state)).get("/", params={"q": question}).text
    shown = _in_slack(held, tmp_path, question)

    assert unescape(shown["text"]) == given.text
    in_slack, on_page = _flat(text_of(shown["blocks"])), _flat(_visible(page))
    for line in _lines(given):
        assert line in in_slack
        assert line in _flat(terminal)
    for words in _substance(given):
        assert words in in_slack
        assert words in _flat(terminal)
        assert words in on_page
    proofs = {n for verdict in given.verdicts for n in verdict.citations}
    for citation in given.citations:
        if citation.n in proofs:
            assert f"{PUBLIC_URL}{citation.url}" in links_of(shown["blocks"])
            words = citation.url.removesuffix("#lit").partition("?")[2]
            assert html.escape(f"/documents/{citation.document_id}?{words}") in page
            assert f"characters {citation.start:,} to {citation.end:,}" in _flat(terminal)


def _in_slack(held: Held, tmp_path: Path, question: str) -> Json:
    found: list[Json] = []

    @scenario
    async def ask() -> None:
        async with bench(tmp_path, state=held.state) as made:
            found.extend(made.replies(await made.mention(question)))

    ask()
    (only,) = found
    return only


def _lines(given: Answer) -> list[str]:
    """The answer's own lines, without the numbers of citations."""
    return [_flat(line) for line in given.text.splitlines()]


def _substance(given: Answer) -> list[str]:
    """What no surface leaves out: the direct sentence, quotations, verdicts, areas."""
    read = plans_read(given.scope)
    direct = next(said for line in _lines(given) if (said := line.removeprefix(f"{read}.").strip()))
    quotes = [_flat(each.quote) for each in given.citations if _proves(given, each.n)]
    verdicts = [verdict_words(each.verdict, each.basis).words for each in given.verdicts]
    return [direct, *quotes, *verdicts, *(each.area for each in given.verdicts)]


def _visible(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def _proves(given: Answer, number: int) -> bool:
    return f"[{number}]" in given.text or any(number in each.citations for each in given.verdicts)


def _flat(text: str) -> str:
    return " ".join(re.sub(r"\[\d+\]", "", text).split())
