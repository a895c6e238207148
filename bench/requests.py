"""What the benchmarks ask: of each kind one question a round, about a topic that no other has.

The service keeps the vectors of questions, so that only a new question shows what one costs.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, islice
from typing import NamedTuple
from urllib.parse import urlencode

from corpus.glossary import load_glossary

_SEED = 2011
"""Any number: it makes every run ask the same."""


class Request(NamedTuple):
    """One request; `text` is what is embedded once for comparison."""

    text: str
    method: str
    path: str
    body: bytes | None = None


class Kind(NamedTuple):
    """A kind of request, made of a topic."""

    name: str
    about: Callable[[str], Request]


def _ask(wording: str, topic: str) -> Request:
    question = wording.format(topic=topic)
    return Request(question, "POST", "/v1/ask", json.dumps({"question": question}).encode())


def _search(mode: str, topic: str) -> Request:
    return Request(topic, "GET", f"/v1/search?{urlencode({'q': topic, 'mode': mode})}")


def _nothing(topic: str) -> Request:
    return Request(topic, "GET", "/healthz")


KINDS = (
    Kind("board, a listed topic", partial(_ask, "Which boroughs prioritise {topic}?")),
    Kind("board, an unlisted one", partial(_ask, "Which boroughs target {topic} at bus stops?")),
    Kind("board, named by all", partial(_ask, "Which boroughs prioritise domestic violence?")),
    Kind("board, asked before", partial(_ask, "Which boroughs prioritise metal theft?")),
    Kind("lookup", partial(_ask, "What does Hartlepool's plan say about {topic}?")),
    Kind("fact", partial(_ask, "How often is work on {topic} reviewed?")),
    Kind("search, hybrid", partial(_search, "hybrid")),
    Kind("search, keyword", partial(_search, "keyword")),
    Kind("nothing (/healthz)", _nothing),
)
"""'Listed' is a topic that the glossary has; others are compared with its terms by meaning."""


def rounds() -> Iterator[tuple[Request, ...]]:
    """One request of each kind at a time; no topic comes twice before all have come once."""
    topics = sorted(set(load_glossary().terms))
    random.Random(_SEED).shuffle(topics)
    for first in count(step=len(KINDS)):
        yield tuple(kind.about(topics[(first + at) % len(topics)]) for at, kind in enumerate(KINDS))


def requests(number: int) -> Iterator[Request]:
    """The first `number` requests of all rounds."""
    return islice((request for each in rounds() for request in each), number)
