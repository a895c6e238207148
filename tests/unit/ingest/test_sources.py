"""Which files of a folder are read, under which names, and what is said of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.sources import sources


def names(*paths: Path, leave_out: Path | None = None) -> list[str]:
    return [source.name for source in sources(paths, leave_out).files]


def problems(folder: Path) -> dict[str, str]:
    return {each.name: str(each.problem) for each in sources([folder]).files if each.problem}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a/c.txt", "a.txt", ".git/d.txt", "~$b.docx", "catalogue.toml"):
        file = tmp_path / "plans" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("A plan.")
    return tmp_path / "plans"


def test_the_files_of_a_folder_in_the_order_of_their_names(folder: Path) -> None:
    assert names(folder) == ["a/c.txt", "a.txt", "b.txt"]


def test_each_file_once_however_often_it_is_given(folder: Path) -> None:
    assert names(folder / "a", folder, folder / "b.txt", folder) == ["c.txt", "a.txt", "b.txt"]


def test_a_folder_that_is_left_out(folder: Path) -> None:
    assert names(folder, leave_out=folder / "a") == ["a.txt", "b.txt"]


def test_links_within_the_folder_are_followed_to_files_only(folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder / ".git" / "d.txt")
    (folder / "again").symlink_to(folder / "a")
    (folder / "itself").symlink_to(folder)
    assert names(folder) == ["a/c.txt", "a.txt", "b.txt", "link.txt"]
    assert problems(folder) == {}


def test_links_out_of_the_folder_are_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("A secret.")
    (folder / "a" / "file.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to("..")
    told = problems(folder)
    assert told.keys() == {"a/file.txt", "up"}
    assert all("leads out of the folder" in problem for problem in told.values())


def test_a_folder_given_by_a_link_is_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert names(tmp_path / "link") == names(folder)
    assert sources([tmp_path / "link"]).files == sources([folder]).files


def test_what_the_system_does_not_give_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_dir = Path.is_dir

    def refused(path: Path) -> bool:
        if path.name == "a":
            raise PermissionError(13, "Permission denied")
        return is_dir(path)

    monkeypatch.setattr(Path, "is_dir", refused)
    assert names(folder) == ["a", "a.txt", "b.txt"]
    assert problems(folder)["a"].endswith(
        "can't be read (Permission denied): check its permissions."
    )


def test_folders_nested_deeper_than_a_path_may_be_long(folder: Path) -> None:
    here = os.open(folder, os.O_RDONLY)
    for _ in range(300):
        os.mkdir("a-folder-of-a-long-name", dir_fd=here)
        inner = os.open("a-folder-of-a-long-name", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    (told,) = problems(folder).values()
    assert "File name too long" in told
    assert names(folder)[-1] == "b.txt"
