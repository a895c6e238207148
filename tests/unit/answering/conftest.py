"""An assistant over a few small plans: real ingest, real index, no model."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, shipped_catalogue, shipped_data
from corpus.glossary import load_glossary
from corpus.models import ParsedDocument
from corpus.places import Place
from index.generations import open_current, publish
from ingest.pipeline import ingest_files
from ingest.version import CHUNKER_VERSION
from service.answering.assistant import Assistant
from service.ports import NoMeanings
from tests.fakes import FakeEmbedder

PLACES = [Place(name="Darlington", kind="unitary")]

NORTHMOOR = """# Northmoor Community Safety Plan 2022-2025

## Our vision

A safer Northmoor, free of hate.

## Our priorities

### Rural theft

We will focus on theft from farms, in particular metal theft. Officers will visit 40 farms a year.

### Drug dealing

We will disrupt drug dealing near schools.

## Emerging issues

### E-scooters

Riders on pavements are a worry.

## Governance

The board meets every three months. The plan is reviewed annually.
"""

SALTMERE_OLD = """# Saltmere Community Safety Plan 2018-2021

## Our priorities

### Metal theft

Lead has gone from roofs.
"""

SALTMERE = """# Saltmere Community Safety Plan 2021-2024

## Our priorities

### Burglary

We will visit every victim of burglary. We do not prioritise drug dealing.

### Street drinking

Wardens will patrol the park at weekends.
"""

EASTVALE = """# Eastvale Community Safety Plan 2022-2025

## Our priorities

- Other theft
- Graffiti
"""


def assistant_over(
    documents: tuple[ParsedDocument, ...], catalogue: Catalogue, data_dir: Path
) -> Assistant:
    embedder = FakeEmbedder()
    areas = {p.area: catalogue.described(p.area) for d in documents for p in d.plans}
    publish(
        data_dir,
        documents,
        list(areas.values()),
        embedder,
        chunker_version=CHUNKER_VERSION,
        report={},
    )
    engine = open_current(data_dir, embedder, chunker_version=CHUNKER_VERSION)
    glossary = load_glossary()
    return Assistant(engine, PLACES, glossary, NoMeanings())


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Northmoor, Eastvale, and Saltmere in two editions."""
    folder = tmp_path_factory.mktemp("plans")
    texts = {
        "northmoor": NORTHMOOR,
        "saltmere-2018": SALTMERE_OLD,
        "saltmere-2021": SALTMERE,
        "eastvale": EASTVALE,
    }
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    result = ingest_files([folder], Catalogue())
    return assistant_over(result.documents, Catalogue(), tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The report that ships."""
    catalogue = shipped_catalogue()
    paths = [shipped_data() / entry.file for entry in catalogue.document]
    result = ingest_files(paths, catalogue)
    return assistant_over(result.documents, catalogue, tmp_path_factory.mktemp("data"))
