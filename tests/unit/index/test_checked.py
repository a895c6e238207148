"""A file that was read through is known again, until anything touches it."""

from __future__ import annotations

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from index import checked as module
from index.checked import Checked, file_digest, replace, sealed, unsealed
from index.errors import BrokenGenerationError
from index.manifest import Counts, FileDigest, Fingerprint, Manifest, check_files

_LATER = 4e9
"""A clock by which every file has been left alone for long."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "weights.bin"
    path.write_bytes(b"one")
    return path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are read through, as they are."""
    paths: list[Path] = []

    def digest(path: Path) -> str:
        paths.append(path)
        return file_digest(path)

    monkeypatch.setattr(module, "file_digest", digest)
    return paths


def checked(folder: Path, now: float = _LATER) -> Checked:
    (folder / "kept").mkdir(exist_ok=True)
    return Checked(folder / "kept" / "digests.json", lambda: now)


def entries(folder: Path) -> dict[str, list[object]]:
    held = json.loads((folder / "kept" / "digests.json").read_bytes())
    del held["sha256"]
    return dict(held)


def keep(folder: Path, held: dict[str, list[object]]) -> None:
    kept = folder / "kept" / "digests.json"
    kept.write_bytes(sealed(json.dumps(held).encode()))


def forge(folder: Path, digest: str) -> None:
    """Puts another digest in place of those that are kept, as if it had been found."""
    keep(folder, {name: [stat, digest] for name, (stat, _) in entries(folder).items()})


def known(folder: Path, file: Path, now: float = _LATER) -> None:
    assert checked(folder, now).digest(file) == file_digest(file)


def test_a_file_that_nothing_touched_is_not_read_again(
    tmp_path: Path, file: Path, read: list[Path]
) -> None:
    known(tmp_path, file)
    known(tmp_path, file)
    assert read == [file]


def test_a_digest_that_is_not_the_expected_one_is_no_reason_to_refuse_a_file(
    tmp_path: Path, file: Path, read: list[Path]
) -> None:
    right = file_digest(file)
    known(tmp_path, file)
    forge(tmp_path, "forged")
    assert checked(tmp_path).digest(file, right) == right
    assert checked(tmp_path).digest(file) == right, "mended for good"
    assert read == [file, file]


def test_an_index_is_not_refused_for_what_is_remembered_of_it(tmp_path: Path, file: Path) -> None:
    whole = FileDigest(size=file.stat().st_size, sha256=file_digest(file))
    made = Fingerprint(format=1, model="model", dimension=3, chunker="1")
    counts = Counts(documents=0, plans=0, sections=0, passages=0)
    manifest = Manifest(
        fingerprint=made, corpus_sha256="0", counts=counts, files={file.name: whole}
    )
    known(tmp_path, file)
    forge(tmp_path, "forged")
    check_files(tmp_path, manifest, checked(tmp_path).digest)
    file.write_bytes(b"two")
    with pytest.raises(BrokenGenerationError, match="changed"):
        check_files(tmp_path, manifest, checked(tmp_path).digest)


def test_a_damaged_file_of_digests_is_none(tmp_path: Path, file: Path) -> None:
    known(tmp_path, file)
    kept, right = tmp_path / "kept" / "digests.json", file_digest(file)
    other = right.replace(right[0], "0" if right[0] != "0" else "1")
    kept.write_text(kept.read_text(encoding="utf-8").replace(right, other), encoding="utf-8")
    known(tmp_path, file)


def test_a_change_that_no_time_tells_is_found_by_reading_again(tmp_path: Path, file: Path) -> None:
    known(tmp_path, file)
    assert checked(tmp_path).read_again() == []
    forge(tmp_path, "of what it was")
    assert checked(tmp_path).read_again() == [file]


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
    assert not (tmp_path / "kept" / "digests.json").exists()


def test_what_is_kept_of_other_files_stays_and_of_lost_ones_goes(
    tmp_path: Path, file: Path
) -> None:
    other = tmp_path / "index.bin"
    other.write_bytes(b"index")
    known(tmp_path, file)
    known(tmp_path, other)
    assert list(entries(tmp_path)) == [str(file), str(other)]
    file.unlink()
    other.write_bytes(b"another index")
    known(tmp_path, other)
    assert list(entries(tmp_path)) == [str(other)]


@pytest.mark.parametrize("held", ["", "[]", '{"a": 1}', '{"a": [[1, 2], "x"]}'])
def test_what_can_not_be_read_is_nothing_known(tmp_path: Path, file: Path, held: str) -> None:
    (tmp_path / "kept").mkdir()
    for content in (held.encode(), sealed(held.encode())):
        (tmp_path / "kept" / "digests.json").write_bytes(content)
        known(tmp_path, file)


@pytest.mark.parametrize("name", ["/" + "long" * 2_000, "/nul\0"], ids=["long", "nul"])
def test_an_entry_of_a_name_that_can_not_be_looked_for_is_lost(
    tmp_path: Path, file: Path, name: str
) -> None:
    known(tmp_path, file)
    keep(tmp_path, {name: [[1, 1, 1, 1], "digest"]})
    known(tmp_path, file)
    assert list(entries(tmp_path)) == [str(file)]


def test_an_entry_of_a_folder_that_may_not_be_entered_is_lost(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(tmp_path, file)
    closed = tmp_path / "closed" / "file"
    keep(tmp_path, {str(closed): [[1, 1, 1, 1], "digest"]})
    looked_at = os.stat

    def refused(path: int | str | Path, **options: Any) -> os.stat_result:
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied")
        return looked_at(path, **options)

    monkeypatch.setattr(os, "stat", refused)
    known(tmp_path, file)
    assert list(entries(tmp_path)) == [str(file)]


def test_where_nothing_can_be_written_files_are_read_each_time(tmp_path: Path, file: Path) -> None:
    (tmp_path / "kept").write_text("no folder", encoding="utf-8")
    kept = Checked(tmp_path / "kept" / "digests.json", lambda: _LATER)
    assert kept.digest(file) == file_digest(file)


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path, file: Path) -> None:
    Checked(tmp_path / "none" / "digests.json", lambda: _LATER).digest(file)
    assert not (tmp_path / "none").exists()


def test_files_that_threads_look_at_together_are_all_kept(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.bin" for number in range(40)]
    for each in files:
        each.write_bytes(each.name.encode())
    together = checked(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(together.digest, files)) == [file_digest(each) for each in files]
    assert set(entries(tmp_path)) == {str(each) for each in files}


@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_whoever_the_umask_lets_may_read_what_is_written(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        replace(tmp_path / "kept.json", b"{}")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "kept.json").stat().st_mode) == 0o666 & ~umask


def test_what_a_killed_process_left_half_written_goes_after_a_while(tmp_path: Path) -> None:
    left, written_now = tmp_path / ".kept.json-0123", tmp_path / ".kept.json-4567"
    for each in (left, written_now):
        each.touch()
    os.utime(left, (2, 2))
    replace(tmp_path / "kept.json", b"{}")
    assert {each.name for each in tmp_path.iterdir()} == {"kept.json", written_now.name}


def test_a_seal_is_json_and_breaks_with_any_byte() -> None:
    body = b'{"a": 12}'
    whole = sealed(body)
    assert json.loads(whole)["a"] == 12
    assert unsealed(whole) == body
    for place in range(len(whole)):
        assert unsealed(whole[:place] + b"~" + whole[place + 1 :]) is None
        assert unsealed(whole[:place]) is None
