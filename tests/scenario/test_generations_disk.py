"""Disks that are full or can't be written, for real: a small file system, limits of the kernel."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.query import any_word_of
from corpus.retrieval import Scope
from index.errors import DataDirError
from index.generations import current_id, open_current
from tests.fakes import FakeEmbedder
from tests.scenario import publisher
from tests.scenario.disks import mount, room


def check_untouched(place: Path, before: str) -> None:
    assert current_id(place) == before
    assert {path.name for path in (place / "generations").iterdir()} == {before}
    engine = open_current(place, FakeEmbedder(), chunker_version="1")
    assert engine.passages(engine.documents()[0].id) == publisher.corpus(1)[0].passages


def test_a_disk_that_fills_at_any_point_leaves_the_old_generation(small_disk: Path) -> None:
    before = publisher.put(small_disk, 1)
    pages = 0
    while (said := attempt(small_disk, pages)) != "done":
        assert "is full: make room and run this again" in said
        check_untouched(small_disk, before)
        pages += 1
    assert pages > 20
    assert open_current(small_disk, FakeEmbedder(), chunker_version="1").generation != before


def attempt(place: Path, pages: int) -> str:
    """What publishing says with room for so many pages."""
    with room(place, pages * 4096):
        try:
            publisher.put(place, 2)
        except DataDirError as error:
            return str(error)
    return "done"


def test_a_full_disk_from_the_start(small_disk: Path) -> None:
    with room(small_disk, 0), pytest.raises(DataDirError, match="is full"):
        publisher.put(small_disk / "place", 1)
    publisher.put(small_disk / "place", 1)


def test_a_read_only_disk_is_read_and_not_written(small_disk: Path) -> None:
    before = publisher.put(small_disk, 1)
    mount("-o", "remount,ro", str(small_disk))
    with pytest.raises(DataDirError, match="can't be written"):
        publisher.put(small_disk, 2)
    with pytest.raises(DataDirError, match="can't be written"):
        publisher.put(small_disk / "new", 2)
    check_untouched(small_disk, before)
    engine = open_current(small_disk, FakeEmbedder(), chunker_version="1")
    found = engine.search(any_word_of("metal theft"), None, Scope(), 5)
    assert found.total == publisher.SECTIONS


@pytest.mark.parametrize("kibibytes", [0, 1, 2, 4, 8, 16, 32])
def test_a_write_that_the_kernel_cuts_short_leaves_the_old_generation(
    tmp_path: Path, kibibytes: int
) -> None:
    before = publisher.put(tmp_path, 1)
    done = subprocess.run(
        publisher.command(tmp_path, 2, 1),
        env=publisher.environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (kibibytes * 1024,) * 2),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[1].startswith("DataDirError 2 "), done
    assert "Traceback" not in done.stderr
    check_untouched(tmp_path, before)


@contextmanager
def without_root() -> Iterator[None]:
    """Root may write anywhere; here it may not, for as long as this lasts."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_folder_that_may_not_be_written_is_refused() -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        before = publisher.put(place, 1)
        for path in (place, *place.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        with without_root():
            with pytest.raises(DataDirError, match="make it writable, or choose another"):
                publisher.put(place, 2)
            check_untouched(place, before)
        for path in (place, *place.rglob("*")):
            path.chmod(0o755)
