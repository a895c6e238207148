"""The real server: what a page weighs, and what becomes of a body that is too large."""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlsplit

import pytest

from service.middleware import MAX_BODY
from tests.scenario.web.conftest import NewPage

MOST = 100 * 1024
"""Bytes that a page may take as it is sent, with all that it loads."""


@pytest.mark.needs("chromium")
def test_a_page_weighs_little_and_asks_nothing_of_another_site(
    new_page: NewPage, address: str, paths: dict[str, str]
) -> None:
    page = new_page(viewport={"width": 1000, "height": 700})
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked: list[str] = []
    taken: list[int] = []
    session.on("Network.requestWillBeSent", lambda sent: asked.append(sent["request"]["url"]))
    session.on("Network.loadingFinished", lambda done: taken.append(done["encodedDataLength"]))
    heavy = {}
    for name, path in paths.items():
        taken.clear()
        page.goto(path)
        if sum(taken) > MOST:
            heavy[name] = sum(taken)
    assert heavy == {}
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_that_is_too_large_is_refused_and_the_caller_is_told(
    address: str, declared: bool
) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    piece = b" " * 65_536
    pieces = [piece] * (MAX_BODY // len(piece) + 20)
    headers = {"content-type": "application/json"}
    if declared:
        headers["content-length"] = str(len(piece) * len(pieces))
    connection.request("POST", "/v1/ask", iter(pieces), headers, encode_chunked=not declared)
    response = connection.getresponse()
    problem = json.loads(response.read())
    assert (response.status, problem["status"]) == (413, 413)
    assert "larger than" in problem["detail"]
    connection.close()
