"""Errors have one shape on every route, and tell nothing of the inside."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient

from service.app import build_app
from service.library import Held, Library
from service.middleware import MAX_BODY
from service.paging import cursor_at, list_key
from service.schemas import Answer, AskRequest, Board, Filters
from service.state import AppState
from tests.unit.service.stand_ins import MemoryEngine, engine, searcher, state

SECRET = "the inside of the service"


@dataclass(frozen=True)
class FailingAssistant:
    engine: MemoryEngine

    def answer(self, request: AskRequest) -> Answer:
        raise RuntimeError(SECRET)

    def board(self, topic: str, filters: Filters) -> Board:
        raise RuntimeError(SECRET)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(build_app(state())) as client:
        yield client


@pytest.fixture
def broken() -> TestClient:
    made = engine()
    held = Held(made, FailingAssistant(made), searcher(made))
    return TestClient(build_app(AppState(Library(lambda: held, lambda: "g1"))))


def check(response: object, status: int, words: str) -> None:
    body = response.json()  # type: ignore[attr-defined]
    headers = response.headers  # type: ignore[attr-defined]
    assert headers["content-type"] == "application/problem+json"
    assert set(body) == {"type", "title", "status", "detail", "request_id"}
    assert (response.status_code, body["status"]) == (status, status)  # type: ignore[attr-defined]
    assert words in body["detail"]
    assert headers["x-request-id"] == body["request_id"]


ROUTES = ["/v1/search?q=x", "/v1/board?topic=x", "/v1/plans", "/v1/plans/x", "/v1/documents"]
ROUTES += [
    "/v1/board.csv?topic=x",
    "/v1/answers/x",
    "/v1/documents/x",
    "/v1/documents/x/text",
    "/v1/passages/x",
    "/healthz",
    "/readyz",
]


@pytest.mark.parametrize("path", [*ROUTES, "/", "/plans", "/documents/x"])
def test_a_method_that_a_route_does_not_take(client: TestClient, path: str) -> None:
    response = client.delete(path)
    check(response, 405, "DELETE")
    assert "GET" in response.headers["allow"]


def test_ask_takes_only_a_post(client: TestClient) -> None:
    check(client.get("/v1/ask"), 405, "GET")


@pytest.mark.parametrize("path", ["/nothing", "/v1", "/v1/nothing", "/v1/ask/x", "/static/x.css"])
def test_an_address_where_nothing_is(client: TestClient, path: str) -> None:
    check(client.get(path), 404, "nothing at this address")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/v1/plans/x", "plan"),
        ("/v1/documents/x", "document"),
        ("/v1/documents/x/text", "document"),
        ("/v1/passages/x", "passage"),
        ("/v1/answers/x", "answer"),
        ("/documents/x", "document"),
    ],
)
def test_an_id_that_is_not_held(client: TestClient, path: str, words: str) -> None:
    check(client.get(path), 404, f"No {words} with this id")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/v1/search", "q: it is needed"),
        ("/v1/search?q=", "q: it is empty"),
        ("/v1/search?q=%00%07", "q: it is empty"),
        ("/v1/search?q=" + "x" * 1001, "q: it has more than 1,000 characters"),
        ("/v1/search?q=x&mode=other", "mode: it must be 'keyword', 'meaning' or 'hybrid'"),
        ("/v1/search?q=x&year=soon", "year: it must be a whole number"),
        ("/v1/search?q=x&year=12", "year: it must be 1900 or more"),
        ("/v1/search?q=x&limit=0", "limit: it must be 1 or more"),
        ("/v1/search?q=x&limit=101", "limit: it must be 100 or less"),
        ("/v1/search?q=x&cursor=garbled", "cursor"),
        ("/v1/board", "topic: it is needed"),
        ("/v1/board?topic=%F0%9F%9A%93", "topic: it has no word to look for"),
        ("/v1/plans?limit=0", "limit: it must be 1 or more"),
        ("/v1/plans?cursor=%C3%A9", "cursor"),
        ("/v1/documents?cursor=" + cursor_at(1, "other"), "cursor"),
        ("/v1/documents?cursor=" + cursor_at(-1, list_key("g1", "documents")), "cursor"),
        ("/documents/x?start=y", "start: it must be a whole number"),
    ],
)
def test_a_value_that_can_not_be(client: TestClient, path: str, words: str) -> None:
    check(client.get(path), 422, words)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "question: it is needed"),
        ({"question": ""}, "question: it is empty"),
        ({"question": " \x00\x1b "}, "question: it is empty"),
        ({"question": "x" * 10_000}, "question: it has more than 1,000 characters"),
        ({"question": 7}, "question: "),
        ({"question": "x", "other": 1}, "other: no such field"),
        (
            {"question": "x", "history": [{"role": "system", "text": ""}]},
            "history, entry 1, role",
        ),
        ({"question": "x", "history": [{"role": "user", "text": "x"}] * 21}, "history: it has"),
        ({"question": "x", "filters": {"year": 12}}, "filters.year: it must be 1900 or more"),
        ([], "body: it must be a JSON object"),
    ],
)
def test_a_question_that_can_not_be(client: TestClient, body: object, words: str) -> None:
    check(client.post("/v1/ask", json=body), 422, words)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"helpful": True}, "answer_id: it is needed"),
        ({"answer_id": "a1"}, "helpful: it is needed"),
        ({"answer_id": "a1", "helpful": "perhaps"}, "helpful: it must be true or false"),
        ({"answer_id": "a1", "helpful": True, "comment": "x" * 2001}, "comment: it has more"),
    ],
)
def test_feedback_that_can_not_be(client: TestClient, body: object, words: str) -> None:
    check(client.post("/v1/feedback", json=body), 422, words)


def test_feedback_on_an_answer_that_is_not_kept(client: TestClient) -> None:
    check(client.post("/v1/feedback", json={"answer_id": "x", "helpful": True}), 404, "No answer")


def test_a_body_that_is_no_json(client: TestClient) -> None:
    sent = {"content-type": "application/json"}
    check(client.post("/v1/ask", content=b"{", headers=sent), 422, "not valid JSON")
    check(client.post("/v1/ask", content=b'"\xff"', headers=sent), 400, "could not be read")
    check(client.post("/v1/ask", content=b"[" * 99_999, headers=sent), 400, "could not be read")
    check(client.post("/v1/ask", content=b"question=x"), 422, "sent as application/json")
    check(client.post("/v1/ask"), 422, "body: it is needed")


def test_a_body_that_is_too_large(client: TestClient) -> None:
    check(client.post("/v1/ask", content=b" " * (MAX_BODY + 1)), 413, "larger than")


def test_a_body_that_grows_too_large_on_the_way(client: TestClient) -> None:
    pieces = (b" " * 1_000_000 for _ in range(6))
    sent = {"content-type": "application/json"}
    check(client.post("/v1/ask", content=pieces, headers=sent), 413, "larger than")


def test_a_fault_tells_nothing_of_the_inside(
    broken: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        response = broken.post("/v1/ask", json={"question": "x"})
    check(response, 500, "has been logged")
    assert SECRET not in response.text
    assert SECRET in caplog.text
    assert response.json()["request_id"] in caplog.text


def test_a_browser_gets_a_page(broken: TestClient, client: TestClient) -> None:
    sent = {"accept": "text/html,*/*;q=0.8"}
    for response, status in [
        (broken.get("/?q=theft", headers=sent), 500),
        (client.get("/nothing", headers=sent), 404),
        (client.get("/documents/x", headers=sent), 404),
        (client.delete("/plans", headers=sent), 405),
    ]:
        assert response.status_code == status
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert response.headers["x-request-id"] in response.text
        assert SECRET not in response.text
    check(client.get("/v1/nothing", headers=sent), 404, "nothing at this address")


def test_the_id_of_a_request_is_the_callers_if_it_is_harmless(client: TestClient) -> None:
    assert (
        client.get("/healthz", headers={"x-request-id": "abc-12345"}).headers["x-request-id"]
        == "abc-12345"
    )
    for forged in ("short", "x" * 65, "a b c d e f g", "injected\\n2026"):
        given = client.get("/healthz", headers={"x-request-id": forged}).headers["x-request-id"]
        assert given != forged


def test_the_log_holds_no_question(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        client.get("/v1/search", params={"q": "a private matter"})
        client.get("/v1/nothing%0Astatus=200")
    lines = [r.getMessage() for r in caplog.records if r.name == "saferplans.requests"]
    assert len(lines) == 2
    assert "path='/v1/search' status=200" in lines[0]
    assert not any("private" in line or "\n" in line for line in lines)
