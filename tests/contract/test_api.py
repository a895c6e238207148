"""Each route gives what DESIGN's contract says, and pages of a list fit together."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from corpus.retrieval import SearchMode
from service import schemas
from service.app import build_app
from tests.unit.service.stand_ins import CORPUS, state

REPORT = CORPUS[0].document
TEXT = CORPUS[0].text


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(build_app(state())) as client:
        yield client


def test_ask_gives_the_answer_whose_citations_stand_in_the_text(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "Who names metal theft?"})
    answer = schemas.Answer.model_validate_json(response.content)
    assert response.headers["content-type"] == "application/json"
    assert answer.areas == ("Middlesbrough", "Redcar and Cleveland", "Stockton")
    for citation in answer.citations:
        text = client.get(f"/v1/documents/{citation.document_id}/text").content.decode()
        assert text[citation.start : citation.end] == citation.quote


def test_ask_takes_history_and_filters_with_aliases(client: TestClient) -> None:
    body = {
        "question": "theft",
        "history": [{"role": "user", "text": "Hello"}],
        "filters": {"areas": ["redcar", "Stockton"]},
    }
    answer = client.post("/v1/ask", json=body).json()
    assert answer["scope"]["areas"] == ["Redcar and Cleveland", "Stockton"]


@pytest.mark.parametrize(
    ("question", "understood"),
    [("me\x00tal theft", "metal theft"), ("metal\ttheft\n", "metal theft"), ("🚓🚓", "🚓🚓")],
)
def test_control_characters_are_stripped_from_a_question(
    client: TestClient, question: str, understood: str
) -> None:
    answer = client.post("/v1/ask", json={"question": question}).json()
    assert answer["question"] == understood


def test_a_question_is_measured_after_it_was_cleaned(client: TestClient) -> None:
    padded = "\x00" * 5_000 + "x" * 1_000
    assert client.post("/v1/ask", json={"question": padded}).status_code == 200


def test_search_gives_passages_with_highlights(client: TestClient) -> None:
    response = client.get("/v1/search", params={"q": "metal thefts", "mode": "keyword"})
    page = schemas.SearchPage.model_validate_json(response.content)
    assert page.mode is SearchMode.KEYWORD
    assert page.total == 2
    first = page.hits[0]
    assert [first.passage.text[a:b].casefold() for a, b in first.highlights] == ["metal", "theft"]


@pytest.mark.parametrize("mode", list(SearchMode))
def test_search_takes_each_mode(client: TestClient, mode: SearchMode) -> None:
    assert client.get("/v1/search", params={"q": "theft", "mode": mode}).json()["mode"] == mode


def test_search_keeps_to_areas_plans_and_years(client: TestClient) -> None:
    def areas(**scope: object) -> set[str]:
        hits = client.get("/v1/search", params={"q": "theft burglary", **scope}).json()["hits"]
        return {hit["passage"]["area"] for hit in hits}

    assert areas(area=["stockton", "Redcar"]) == {"Stockton", "Redcar and Cleveland"}
    assert areas(year=2016) == {"Middlesbrough"}
    assert areas(plan=CORPUS[0].plans[0].id) == {"Stockton"}


def test_search_names_areas_that_are_not_held(client: TestClient) -> None:
    page = client.get("/v1/search", params={"q": "theft", "area": ["Narnia"]}).json()
    assert (page["unknown_areas"], page["hits"], page["total"]) == (["Narnia"], [], 0)


def test_board_gives_one_verdict_for_each_plan(client: TestClient) -> None:
    response = client.get("/v1/board", params={"topic": "theft", "year": 2012})
    board = schemas.Board.model_validate_json(response.content)
    assert [each.area for each in board.verdicts] == ["Hartlepool", "Stockton"]


def test_the_board_as_a_table(client: TestClient) -> None:
    response = client.get("/v1/board.csv", params={"topic": "theft", "year": 2012})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="board.csv"'
    rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
    board = client.get("/v1/board", params={"topic": "theft", "year": 2012}).json()
    assert [(row["area"], row["verdict"]) for row in rows] == [
        (each["area"], each["verdict"]) for each in board["verdicts"]
    ]


def test_an_answer_is_found_again_to_the_byte(client: TestClient) -> None:
    asked = client.post("/v1/ask", json={"question": "theft"})
    found = client.get(f"/v1/answers/{asked.json()['id']}")
    assert found.content == asked.content
    assert found.headers["content-type"] == "application/json"


def test_feedback_is_taken_of_an_answer_that_is_kept(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "theft"}).json()
    said = {"answer_id": answer["id"], "helpful": False, "comment": "Not what I asked."}
    response = client.post("/v1/feedback", json=said)
    assert (response.status_code, response.content) == (204, b"")


def test_a_plan_has_its_priorities_and_its_sections(client: TestClient) -> None:
    listed = client.get("/v1/plans").json()["plans"]
    assert [plan["area"] for plan in listed] == sorted(plan["area"] for plan in listed)
    plan = schemas.PlanDetail.model_validate(client.get(f"/v1/plans/{listed[0]['id']}").json())
    priority = plan.priorities[0]
    assert TEXT[priority.start : priority.end].startswith(priority.title)
    assert [section.path for section in plan.sections] == [("Acquisitive crime",)]


def test_a_document_says_what_it_holds(client: TestClient) -> None:
    document = client.get(f"/v1/documents/{REPORT.id}").json()
    assert document == client.get("/v1/documents").json()["documents"][0]
    assert document["areas"] == ["Hartlepool", "Redcar and Cleveland", "Stockton"]
    assert document["period"] == "2011-2014"
    assert document["source"] == "report.txt"
    assert schemas.DocumentOut.model_validate(document)


def test_the_text_is_the_canonical_text_byte_for_byte(client: TestClient) -> None:
    response = client.get(f"/v1/documents/{REPORT.id}/text")
    assert response.content == TEXT.encode()
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    digest = hashlib.sha256(response.content).hexdigest()
    assert response.headers["etag"] == f'"{digest}"' == f'"{REPORT.text_sha256}"'


@pytest.mark.parametrize("tag", ['"{}"', 'W/"{}"', '"other", "{}"', "*"])
def test_a_text_that_the_caller_has_is_not_sent_again(client: TestClient, tag: str) -> None:
    headers = {"If-None-Match": tag.format(REPORT.text_sha256)}
    response = client.get(f"/v1/documents/{REPORT.id}/text", headers=headers)
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["etag"] == f'"{REPORT.text_sha256}"'


def test_a_text_that_has_changed_is_sent(client: TestClient) -> None:
    headers = {"If-None-Match": '"other"'}
    assert client.get(f"/v1/documents/{REPORT.id}/text", headers=headers).status_code == 200


def test_passages_lead_to_their_neighbours(client: TestClient) -> None:
    ids = [passage.id for passage in CORPUS[0].passages]
    walked = []
    at: str | None = ids[0]
    while at:
        passage = schemas.PassageOut.model_validate(client.get(f"/v1/passages/{at}").json())
        assert passage.previous == (walked[-1] if walked else None)
        assert TEXT[passage.start : passage.end] == passage.text
        walked.append(passage.id)
        at = passage.next
    assert walked == ids


@pytest.mark.parametrize(
    ("path", "query", "entries"),
    [
        ("/v1/plans", {}, "plans"),
        ("/v1/documents", {}, "documents"),
        ("/v1/search", {"q": "theft"}, "hits"),
        ("/v1/search", {"q": "theft", "mode": "keyword"}, "hits"),
    ],
)
def test_the_pages_of_a_list_together_are_the_list(
    client: TestClient, path: str, query: dict[str, str], entries: str
) -> None:
    whole = client.get(path, params=query | {"limit": "100"}).json()
    walked: list[object] = []
    turn: dict[str, str] = {}
    while True:
        page = client.get(path, params=query | {"limit": "1"} | turn).json()
        walked += page[entries]
        if page["next_cursor"] is None:
            break
        turn = {"cursor": page["next_cursor"]}
    assert walked == whole[entries]
    assert len(walked) > 1
    assert whole["next_cursor"] is None


def test_a_cursor_is_of_one_list_only(client: TestClient) -> None:
    cursor = client.get("/v1/search", params={"q": "theft", "limit": 1}).json()["next_cursor"]
    other = client.get("/v1/search", params={"q": "burglary", "cursor": cursor})
    assert other.status_code == 422


def test_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert (ready["status"], ready["generation"], ready["plans"]) == ("ready", "g1", 4)


def test_json_is_the_same_bytes_each_time(client: TestClient) -> None:
    asked = [client.post("/v1/ask", json={"question": "theft"}).content for _ in range(2)]
    assert asked[0] == asked[1]
