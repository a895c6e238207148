"""An officer searches the report that ships, over HTTP, through the real parts and a fake model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from service.app import build_app
from service.bootstrap import Bootstrap
from service.schemas import SearchHit, SearchPage
from service.settings import load_settings
from tests.unit.service.command_line import fake_embedder


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = load_settings(data_dir=tmp_path_factory.mktemp("search"))
    with TestClient(build_app(Bootstrap(fake_embedder).state(settings))) as client:
        yield client


def page(client: TestClient, q: str, mode: str = "keyword", **how: object) -> SearchPage:
    response = client.get("/v1/search", params={"q": q, "mode": mode, **how})
    assert response.status_code == 200, response.text
    return SearchPage.model_validate_json(response.content)


def all_hits(client: TestClient, q: str, mode: str) -> list[SearchHit]:
    """The hits of every page of three."""
    found = page(client, q, mode, limit=3)
    hits = [*found.hits]
    while found.next_cursor:
        found = page(client, q, mode, limit=3, cursor=found.next_cursor)
        hits += found.hits
    return hits


def lit(hit: SearchHit) -> list[str]:
    return [hit.passage.text[start:end] for start, end in hit.highlights]


def test_a_phrase_stands_in_the_source_to_the_letter(client: TestClient) -> None:
    found = page(client, '"top five wards for violence"')
    hit = found.hits[0]
    assert (found.total, lit(hit)) == (1, ["top five wards for violence"])
    text = client.get(f"/v1/documents/{hit.passage.document_id}/text").text
    start, end = hit.highlights[0]
    at = hit.passage.start
    assert text[at + start : at + end] == "top five wards for violence"
    assert page(client, '"five top wards for violence"').total == 0


def test_a_prefix_finds_every_ending(client: TestClient) -> None:
    endings = {word.lower() for hit in page(client, "burgl*").hits for word in lit(hit)}
    assert endings == {"burglary", "burglaries"}


def test_words_can_be_joined_and_left_out(client: TestClient) -> None:
    either = page(client, "burglary OR shoplifting").total
    both = page(client, "burglary AND shoplifting").total
    without = page(client, "burglary -shoplifting").total
    alone = [page(client, word).total for word in ("burglary", "shoplifting")]
    assert either == sum(alone) - both
    assert without == alone[0] - both
    assert 0 < both < min(alone) + 1


@pytest.mark.parametrize("mode", ["keyword", "meaning", "hybrid"])
def test_the_counts_are_those_of_all_pages(client: TestClient, mode: str) -> None:
    hits = all_hits(client, "alcohol OR drugs", mode)
    found = page(client, "alcohol OR drugs", mode)
    assert len({hit.passage.id for hit in hits}) == len(hits) == found.total
    areas = Counter(hit.passage.area for hit in hits if hit.passage.plan_id)
    assert {each.value: each.count for each in found.facets.areas} == areas
    years = Counter(y for hit in hits if hit.period for y in range(2011, 2015))
    assert {each.value: each.count for each in found.facets.years} == years
    assert [each.count for each in found.facets.documents] == [len(hits)]


def test_one_area_by_another_name_of_it(client: TestClient) -> None:
    found = page(client, "theft", area="Redcar")
    assert [each.value for each in found.facets.areas] == ["Redcar and Cleveland"]
    assert {hit.passage.area for hit in found.hits} == {"Redcar and Cleveland"}


def test_a_slip_is_mended_and_said_a_name_never(client: TestClient) -> None:
    found = page(client, "metal thetf")
    assert (found.did_you_mean, found.searched_for) == ("metal theft", "metal theft")
    assert page(client, "Wigan").did_you_mean is None
    assert page(client, "DVA").did_you_mean is None


def test_other_words_lead_to_what_is_said_otherwise_and_can_go(client: TestClient) -> None:
    found = page(client, "break-ins", "hybrid")
    assert "burglary" in found.added_terms
    assert "burglary" in " ".join(lit(found.hits[0])).lower()
    less = page(client, "break-ins", "hybrid", without=list(found.added_terms))
    assert less.added_terms == ()
    assert page(client, "break-ins", "hybrid", expand=False).hits == less.hits


@pytest.mark.parametrize("q", ['"', "(", "theft AND", "-", "*", "NOT", "((((", '"metal the', "a*"])
def test_what_is_half_typed_is_no_error(client: TestClient, q: str) -> None:
    for mode in ("keyword", "meaning", "hybrid"):
        page(client, q, mode)
