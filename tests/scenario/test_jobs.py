"""An ingest as jobs ends as one in a folder would, and each job does its part once."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.catalogue import Catalogue, DocumentEntry
from index.errors import WriterBusyError
from index.places import Folder
from index.postgres.publishing import current_id
from ingest.version import CHUNKER_VERSION
from service.bootstrap import Bootstrap
from service.cli import main
from service.feedback import Feedback
from service.ingestion import Ingested, Ingestion
from service.jobs import records
from service.jobs.ingestion import IngestFailedError
from service.jobs.queue import ATTEMPTS
from service.jobs.records import State
from service.jobs.steps import BATCH, Steps
from tests.engines import fresh_database
from tests.fakes import FakeEmbedder, FakeMeanings
from tests.scenario.jobber import ingestion_of, steps_in
from tests.scenario.test_ingest_kill import fill, write


@pytest.fixture
def steps() -> Iterator[Steps]:
    made = replace(steps_in(fresh_database()), meanings=FakeMeanings())
    yield made
    made.read_in.close()  # type: ignore[attr-defined] # a crew
    made.database.close()


def jobs_of(steps: Steps) -> list[tuple[str, str]]:
    """The jobs that there are, and how they stand."""
    return steps.database.rows("SELECT task_name, status::text FROM procrastinate_jobs ORDER BY id")


def mixed(folder: Path) -> Path:
    """Files of all fortunes: read, copied, archived, unreadable, empty, without an area."""
    fill(folder)
    (folder / "copy.txt").write_bytes((folder / "erith.txt").read_bytes())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 cut short")
    (folder / "empty.txt").write_text("")
    (folder / "notes.txt").write_text("Notes\n\nSome words about nothing at all.\n")
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("ixworth.txt", (folder / "aldham.txt").read_text().replace("Ald", "Ix"))
        archive.writestr("same.txt", (folder / "erith.txt").read_bytes())
    return folder


def catalogue() -> Catalogue:
    missing = DocumentEntry.model_validate({"file": "gone.pdf", "title": "Gone"})
    held = {"file": "broken.pdf", "title": "A plan", "plan": [{"area": "Jarrow", "title": "Plan"}]}
    return Catalogue(document=(missing, DocumentEntry.model_validate(held)))


def both(
    steps: Steps, place: Path, folder: Path, *, prune: bool = False
) -> tuple[Ingested, Ingested]:
    """What an ingest by jobs did, and one into a folder."""
    by_jobs = ingestion_of(steps).add([folder], catalogue(), prune=prune)
    ingestion = Ingestion(Folder(place), FakeEmbedder(), meanings=FakeMeanings())
    alone = ingestion.add([folder], catalogue(), prune=prune)
    return by_jobs, alone


def test_by_jobs_as_alone_at_first_and_again_and_after_changes(
    steps: Steps, tmp_path: Path
) -> None:
    place, folder = tmp_path / "data", mixed(tmp_path / "plans")
    for change in (lambda: None, lambda: None, lambda: changed(folder)):
        change()
        by_jobs, alone = both(steps, place, folder, prune=True)
        assert by_jobs.report == alone.report
        assert (by_jobs.changed, by_jobs.documents_held) == (alone.changed, alone.documents_held)
        theirs = ingestion_of(steps).place.open_current(
            FakeEmbedder(), chunker_version=CHUNKER_VERSION
        )
        ours = Folder(place).open_current(FakeEmbedder(), chunker_version=CHUNKER_VERSION)
        assert theirs.origins() == ours.origins()
        assert [theirs.parsed(each, theirs.origins()[each.id]) for each in theirs.documents()] == [
            ours.parsed(each, ours.origins()[each.id]) for each in ours.documents()
        ]
        assert theirs.areas() == ours.areas()
    assert jobs_of(steps) == []


def changed(folder: Path) -> None:
    write(folder / "aldham.txt", "Aldham", "We act more.")
    (folder / "barsham.txt").rename(folder / "moved.txt")
    (folder / "colney.txt").unlink()


def test_a_job_that_is_run_again_does_nothing(steps: Steps, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    sections = "".join(f"{n} Theft {n}\n\nWe act against theft {n}.\n\n" for n in range(BATCH + 9))
    write(file, "Aldham", sections)
    ingest = ingestion_of(steps, works=False).begin([file], Catalogue())
    [(sha256,)] = steps.database.rows("SELECT sha256 FROM ingest_files")
    for _ in range(2):
        steps.read(ingest, sha256)
    for batch in (1, 0):
        for _ in range(2):
            steps.embed(ingest, sha256, batch)
    for _ in range(2):
        steps.store(ingest, sha256)
    assert current_id(steps.database) is None
    for _ in range(2):
        steps.publish(ingest)
    names = [name for name, _ in jobs_of(steps)]
    assert names == ["read", "embed", "embed", "store", "publish"]
    assert steps.database.rows("SELECT count(*) FROM generations") == [(1,)]
    assert records.progress(steps.database, ingest).state is State.DONE
    assert steps.database.rows("SELECT count(*) FROM ingest_files") == [(0,)]
    engine = ingestion_of(steps).place.open_current(FakeEmbedder(), chunker_version=CHUNKER_VERSION)
    [document] = engine.documents()
    held = engine.parsed(document, engine.origins()[document.id])
    assert len(held.passages) > BATCH
    assert held == FakeMeanings().told(held)


def test_while_an_ingest_is_open_others_are_refused_and_the_old_is_served(
    steps: Steps, tmp_path: Path
) -> None:
    folder = fill(tmp_path / "plans")
    before = ingestion_of(steps).add([folder], Catalogue()).generation
    write(folder / "new.txt", "Ixworth")
    ingest = ingestion_of(steps, works=False).begin([folder], Catalogue())
    with pytest.raises(WriterBusyError, match="Another ingest is at work"):
        ingestion_of(steps, works=False).begin([folder], Catalogue())
    with (
        pytest.raises(WriterBusyError, match="Another ingest is at work"),
        ingestion_of(steps).place.alone(),
    ):
        pass
    [(sha256,)] = steps.database.rows("SELECT sha256 FROM ingest_files")
    steps.read(ingest, sha256)
    steps.embed(ingest, sha256, 0)
    steps.store(ingest, sha256)
    assert current_id(steps.database) == before
    steps.publish(ingest)
    assert current_id(steps.database) != before


def test_a_job_that_fails_time_and_again_ends_the_ingest_and_nothing_changes(
    steps: Steps, tmp_path: Path
) -> None:
    folder = fill(tmp_path / "plans")
    before = ingestion_of(steps).add([folder], Catalogue()).generation
    write(folder / "new.txt", "Ixworth")
    tried: list[int] = []

    def broken(ingest: int, **_where: object) -> None:
        tried.append(ingest)
        raise ArithmeticError("secret")

    ingestion = ingestion_of(steps)
    worker = ingestion.worker
    assert worker
    failing = replace(ingestion, worker=replace(worker, steps=worker.steps | {"embed": broken}))
    with pytest.raises(IngestFailedError, match=r"given up.*ArithmeticError"):
        failing.add([folder], Catalogue())
    assert len(tried) == ATTEMPTS
    assert current_id(steps.database) == before
    after = ingestion_of(steps).add([folder], Catalogue())
    assert after.documents_held == 9


def test_the_command_ingests_into_a_database_and_tells_what_it_did(tmp_path: Path) -> None:
    url, fakes = fresh_database(), Bootstrap(embedder=lambda _: FakeEmbedder())
    given = ["ingest", str(fill(tmp_path / "plans")), "--engine", url]
    done = CliRunner().invoke(main, given, obj=fakes)
    assert done.exit_code == 0, done.output
    assert "8 documents held now." in done.output
    again = CliRunner().invoke(main, [*given, "--jobs", "1"], obj=fakes)
    assert "Nothing changed: 8 documents held." in again.output


def test_a_worker_needs_a_database(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["worker", "--data-dir", str(tmp_path)])
    assert told.exit_code == 1
    assert "the index is in a folder: name the database" in told.output


def test_progress_is_told_as_it_is_made(steps: Steps, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    feedback = Feedback(
        reading=lambda done, total: told.append(("read", done, total)),
        embedding=lambda done, total: told.append(("embedded", done, total)),
    )
    folder = fill(tmp_path / "plans")
    replace(ingestion_of(steps), feedback=feedback).add([folder], Catalogue())
    assert len(told) == len(set(told))
    assert ("read", 8, 8) in told
    assert all(done <= total for _, done, total in told)
