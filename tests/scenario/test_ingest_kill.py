"""Ingests that are killed, that meet, and that find no room: nothing is lost, nothing doubled."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.catalogue import Catalogue
from index.engine import EmbeddedEngine
from index.errors import DataDirError, NoGenerationError, WriterBusyError
from index.generations import open_current
from ingest.pipeline import Before, ingest_files
from ingest.twins import Held
from ingest.version import CHUNKER_VERSION
from tests.fakes import FakeEmbedder
from tests.scenario import ingester
from tests.scenario.disks import room
from tests.scenario.publisher import environment

PLAN = "{area} Community Safety Plan 2022-2025\n\nOur priorities\n\n1 Burglary\n\n{more}\n"
AREAS = ("Aldham", "Barsham", "Colney", "Denholm", "Erith", "Fenwick", "Goring", "Hexham")

Names = dict[str, tuple[str, ...]]
"""The names of each document held, by its id."""


def write(file: Path, area: str, more: str = "We act.") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PLAN.format(area=area, more=more), encoding="utf-8")


def fill(folder: Path) -> Path:
    for area in AREAS:
        write(folder / f"{area.lower()}.txt", area)
    return folder


def change(folder: Path, chance: random.Random, number: int) -> None:
    """Some files are changed, moved, copied and added."""
    for at in range(3):
        file = chance.choice(sorted(folder.rglob("*.txt")))
        match chance.choice(["change", "move", "copy", "add"]):
            case "change":
                write(file, chance.choice(AREAS), f"We act {number}.{at}.")
            case "move":
                target = folder / chance.choice(["", "inner"]) / f"moved-{number}-{at}.txt"
                target.parent.mkdir(exist_ok=True)
                file.rename(target)
            case "copy":
                file.with_name(f"copy-{number}-{at}.txt").write_bytes(file.read_bytes())
            case "add":
                write(
                    folder / f"new-{number}-{at}.txt", chance.choice(AREAS), f"New {number}.{at}."
                )


def opened(place: Path) -> EmbeddedEngine | None:
    try:
        return open_current(place, FakeEmbedder(), chunker_version=CHUNKER_VERSION)
    except NoGenerationError:
        return None


def held(engine: EmbeddedEngine | None) -> tuple[Held, ...]:
    if engine is None:
        return ()
    return tuple(Held(document=d, origin=engine.origins()[d.id]) for d in engine.documents())


def names(engine: EmbeddedEngine | None) -> Names:
    """What an engine holds, after a look that every document is there to its last word."""
    found: Names = {}
    for each in held(engine):
        parsed = engine.parsed(each.document, each.origin)
        assert "".join(p.text for p in parsed.passages).endswith(parsed.text.split()[-1])
        found[each.document.id] = (each.document.source, *each.document.copies)
    return found


def expected(folder: Path, engine: EmbeddedEngine | None) -> Names:
    result = ingest_files([folder], Catalogue(), Before(held(engine)))
    return {h.document.id: (h.document.source, *h.document.copies) for h in result.holdings}


def start(place: Path, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, ingester.__file__, place, folder],
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )


def kill_and_look(root: Path, seed: int, times: int) -> None:
    chance = random.Random(seed)
    place, folder = root / "data", fill(root / "plans")
    whole = seconds_of_one(place, folder)
    for number in range(times):
        change(folder, chance, number)
        engine = opened(place)
        before, wanted = names(engine), expected(folder, engine)
        process = start(place, folder)
        process.stdout.readline()
        # Any moment is a good one, so none can be waited for.
        time.sleep(chance.uniform(0, 1.2 * whole))
        process.kill()
        process.communicate()
        assert names(opened(place)) in (before, wanted)
    check_final(place, folder)


def seconds_of_one(place: Path, folder: Path) -> float:
    """How long an ingest takes here and now, from where it says that it begins."""
    process = start(place, folder)
    process.stdout.readline()
    begun = time.monotonic()
    process.communicate()
    return time.monotonic() - begun


def check_final(place: Path, *folders: Path) -> None:
    """An ingest that is let alone ends as if none had been killed: every file is held once.

    Pruned, because a file that was moved and changed in one go is a new one, and the old one gone.
    """
    for folder in folders:
        ingester.ingest(place, folder, prune=True)
    files = sorted(str(file) for folder in folders for file in folder.rglob("*.txt"))
    engine = opened(place)
    assert names(engine)
    assert sorted(p.path for each in held(engine) for p in each.origin.places) == files
    left = [path.name for path in (place / "generations").iterdir()]
    assert len(left) <= 2
    assert not [name for name in left if name.startswith(".")]


@pytest.mark.parametrize("seed", range(2))
def test_an_ingest_killed_at_any_moment_loses_and_doubles_nothing(
    tmp_path: Path, seed: int
) -> None:
    kill_and_look(tmp_path, seed, times=3)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 120))
def test_two_hundred_ingests_killed_at_any_moment(tmp_path: Path, seed: int) -> None:
    kill_and_look(tmp_path, seed, times=10)


def test_two_ingests_at_once_each_end_whole_or_are_told_to_wait(tmp_path: Path) -> None:
    place = tmp_path / "data"
    folders = [fill(tmp_path / "one"), tmp_path / "two"]
    write(folders[1] / "other.txt", "Ixworth")
    said = [
        process.communicate()[0].splitlines()[1]
        for process in [start(place, folder) for folder in folders]
    ]
    assert all(line.startswith(("done ", "WriterBusyError Another ingest")) for line in said), said
    assert any(line.startswith("done ") for line in said)
    check_final(place, *folders)


def test_an_ingest_while_another_one_is_at_work_is_refused_at_once(tmp_path: Path) -> None:
    folder = fill(tmp_path / "plans")
    (tmp_path / "data").mkdir()
    with (
        FileLock(tmp_path / "data" / "ingest.lock"),
        pytest.raises(WriterBusyError, match="wait until it's done"),
    ):
        ingester.ingest(tmp_path / "data", folder)


def test_a_disk_that_fills_during_an_ingest_loses_nothing(tmp_path: Path, small_disk: Path) -> None:
    folder = fill(tmp_path / "plans")
    ingester.ingest(small_disk, folder)
    before = names(opened(small_disk))
    write(folder / "new.txt", "Ixworth")
    write(folder / "aldham.txt", "Aldham", "We act more.")
    pages = 0
    while (said := attempt(small_disk, folder, pages)) != "done":
        assert "is full: make room and run this again" in said
        assert names(opened(small_disk)) == before
        pages += 5
    assert pages > 10
    check_final(small_disk, folder)


def attempt(place: Path, folder: Path, pages: int) -> str:
    """What an ingest says with room for so many pages."""
    with room(place, pages * 4096):
        try:
            ingester.ingest(place, folder)
        except DataDirError as error:
            return str(error)
    return "done"


def test_an_archive_for_which_there_is_no_room_is_told_and_the_others_are_read(
    tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = fill(tmp_path / "plans")
    with zipfile.ZipFile(folder / "large.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("plan.txt", "A plan. " * 500_000)
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    report = ingester.ingest(tmp_path / "data", folder).report
    (failed,) = [file for file in report.files if file.problem]
    assert failed.problem == (
        "large.zip can't be unpacked (No space left on device): unpack it and ingest the folder."
    )
    assert len(names(opened(tmp_path / "data"))) == len(AREAS)
