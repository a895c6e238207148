"""A file that was read through is known again, until anything touches it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from index.checked import Checked, file_digest

_LATER = 4e9
"""A clock by which every file has been left alone for long."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "weights.bin"
    path.write_bytes(b"one")
    return path


def checked(folder: Path, now: float = _LATER) -> Checked:
    return Checked(folder / "kept" / "digests.json", lambda: now)


def forge(folder: Path, digest: str) -> None:
    """Puts another digest in place of those that are kept: whoever takes it didn't read."""
    kept = folder / "kept" / "digests.json"
    held = {name: (stat, digest) for name, (stat, _) in json.loads(kept.read_bytes()).items()}
    kept.write_text(json.dumps(held), encoding="utf-8")


def known(folder: Path, file: Path, now: float = _LATER) -> None:
    first = checked(folder, now)
    assert first.digest(file) == file_digest(file)
    first.keep()


def test_a_file_that_nothing_touched_is_not_read_again(tmp_path: Path, file: Path) -> None:
    known(tmp_path, file)
    forge(tmp_path, "forged")
    assert checked(tmp_path).digest(file) == "forged"


@pytest.mark.parametrize(
    "touch",
    [
        lambda file: file.write_bytes(b"two"),
        lambda file: file.write_bytes(b"longer"),
        lambda file: os.utime(file, (1, 1)),
        lambda file: (file.unlink(), file.write_bytes(b"one")),
    ],
    ids=["changed", "grown", "touched", "replaced"],
)
def test_a_file_that_was_touched_is_read(tmp_path: Path, file: Path, touch: object) -> None:
    os.utime(file, (2, 2))
    known(tmp_path, file)
    forge(tmp_path, "forged")
    assert callable(touch)
    touch(file)
    assert checked(tmp_path).digest(file) == file_digest(file)


def test_a_file_that_was_written_just_now_is_read_again_next_time(
    tmp_path: Path, file: Path
) -> None:
    known(tmp_path, file, now=file.stat().st_mtime + 0.5)
    assert not (tmp_path / "kept").exists()


def test_what_is_kept_of_other_files_stays_and_of_lost_ones_goes(
    tmp_path: Path, file: Path
) -> None:
    other = tmp_path / "index.bin"
    other.write_bytes(b"index")
    known(tmp_path, file)
    known(tmp_path, other)
    forge(tmp_path, "forged")
    assert checked(tmp_path).digest(file) == checked(tmp_path).digest(other) == "forged"
    file.unlink()
    other.write_bytes(b"another index")
    known(tmp_path, other)
    assert list(json.loads((tmp_path / "kept" / "digests.json").read_bytes())) == [str(other)]


@pytest.mark.parametrize("held", ["", "[]", '{"a": 1}', '{"a": [[1, 2], "x"]}'])
def test_what_can_not_be_read_is_nothing_known(tmp_path: Path, file: Path, held: str) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "digests.json").write_text(held, encoding="utf-8")
    known(tmp_path, file)


def test_where_nothing_can_be_written_files_are_read_each_time(tmp_path: Path, file: Path) -> None:
    (tmp_path / "kept").write_text("no folder", encoding="utf-8")
    known(tmp_path, file)
