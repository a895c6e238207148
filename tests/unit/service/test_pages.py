"""The pages: whole without scripts, everything escaped, the source lit where it is cited."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from service import messages
from service.app import build_app
from service.web import wording
from service.web.render import FOLDER
from tests.unit.service.stand_ins import CORPUS, HOSTILE, state

REPORT, HOSTILE_DOCUMENT = CORPUS


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(build_app(state()), headers={"accept": "text/html"}) as client:
        yield client


class Outline(HTMLParser):
    """Collects what a page must have, and its visible words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.labels: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        self.labels += [given["for"] or ""] if "for" in given else []

    def handle_data(self, data: str) -> None:
        self.words += data


def outline(page: str) -> Outline:
    made = Outline()
    made.feed(page)
    return made


SCRIPT = '<script src="/static/enhance.js" defer></script>'
PATHS = ["/", "/?q=theft", "/?q=", "/plans", f"/documents/{REPORT.document.id}", "/nothing"]
PATHS += [f"/documents/{document.document.id}/outline" for document in CORPUS]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_its_landmarks_and_no_script(client: TestClient, path: str) -> None:
    response = client.get(path)
    page = outline(response.text)
    assert {"header", "nav", "main", "footer", "h1", "title"} <= set(page.tags)
    assert page.tags.count("h1") == 1
    assert not {"style", "iframe"} & set(page.tags)
    assert re.findall("<script.*?>.*?</script>", response.text) == [SCRIPT]
    assert not re.search(r"\son\w+=", response.text)
    assert " style=" not in response.text
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert set(page.labels) <= set(page.ids)
    assert '<html lang="en-GB">' in response.text


@pytest.mark.parametrize("path", PATHS)
def test_the_policy_lets_nothing_in_from_elsewhere(client: TestClient, path: str) -> None:
    policy = client.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_every_sentence_that_a_template_names_exists() -> None:
    modules = {"messages": messages, "wording": wording}
    templates = {each.name: each.read_text() for each in (FOLDER / "templates").glob("*.html")}
    named = {
        (name, module, sentence)
        for name, text in templates.items()
        for module, sentence in re.findall(r"(?<!\.)\b(messages|wording)\.(\w+)", text)
    }
    assert len(named) > 20
    assert {each for each in named if not hasattr(modules[each[1]], each[2])} == set()


def test_the_style_sheet_ships(client: TestClient) -> None:
    sheet = client.get("/static/style.css")
    assert sheet.headers["content-type"].startswith("text/css")
    assert "http" not in sheet.text


def test_the_start_page_offers_questions(client: TestClient) -> None:
    page = outline(client.get("/").text)
    samples = [link for link in page.links if link.startswith("/?q=")]
    assert len(samples) >= 3
    assert client.get(samples[0]).status_code == 200


def test_an_answer_shows_its_words_board_and_sources(client: TestClient) -> None:
    page = outline(client.get("/", params={"q": "metal theft"}).text)
    assert "4 of 4 plans read" in page.words
    assert "Redcar and Cleveland names it" in page.words
    assert "Not mentioned" in page.words
    assert "Metal theft is tackled." in page.words
    assert {"table", "caption", "blockquote"} <= set(page.tags)
    source = next(link for link in page.links if link.startswith("/documents/"))
    assert re.fullmatch(r"/documents/\w+\?start=\d+&end=\d+&answer=\w+&n=\d+#lit", source)


@pytest.mark.parametrize(
    ("question", "words"), [("", "Enter a question"), ("x" * 1001, "at most 1,000 characters")]
)
def test_a_question_that_can_not_be_is_explained_beside_the_field(
    client: TestClient, question: str, words: str
) -> None:
    response = client.get("/", params={"q": question})
    assert response.status_code == 422
    assert response.text.count(words) == 2
    assert 'aria-invalid="true"' in response.text
    assert "Error: " in response.text[: response.text.index("</title>")]


def test_the_source_page_holds_the_whole_text_with_the_words_lit(client: TestClient) -> None:
    passage = REPORT.passages[1]
    url = f"/documents/{REPORT.document.id}?start={passage.start}&end={passage.end}"
    response = client.get(url)
    article = response.text[response.text.index("<article") : response.text.index("</article>")]
    assert outline(article).words == REPORT.text
    (lit,) = re.findall(r'<mark id="lit">(.*?)</mark>', article, re.DOTALL)
    assert html.unescape(lit) == passage.text
    assert REPORT.document.text_sha256 in response.text


@pytest.mark.parametrize("query", ["", "?start=5", "?start=9&end=9", "?start=0&end=99999"])
def test_words_that_are_not_there_are_not_lit(client: TestClient, query: str) -> None:
    response = client.get(f"/documents/{REPORT.document.id}{query}")
    assert "<mark" not in response.text
    assert ("not in this document" in response.text) == bool(query)


def test_hostile_text_shows_as_text(client: TestClient) -> None:
    hostile = "<script>alert('q')</script> {{ 7 * 7 }} theft"
    answered = client.get("/", params={"q": hostile}).text
    source = client.get(f"/documents/{HOSTILE_DOCUMENT.document.id}").text
    plans = client.get("/plans").text
    for page in (answered, source, plans):
        assert "<script" not in page.replace(SCRIPT, "")
        assert "<b>" not in page
    assert hostile in html.unescape(answered)
    assert "49" not in outline(answered).words
    assert HOSTILE.replace("\x1b", "\N{REPLACEMENT CHARACTER}") in html.unescape(source)


def test_pages_answer_to_head(client: TestClient) -> None:
    for path in ("/", "/plans", f"/documents/{REPORT.document.id}"):
        response = client.head(path)
        assert (response.status_code, response.content) == (200, b"")
