from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.ids import sha256_hex
from corpus.query import any_word_of
from corpus.retrieval import Scope
from index.engine import EmbeddedEngine
from index.errors import (
    BrokenGenerationError,
    DataDirError,
    FingerprintMismatchError,
    NoGenerationError,
    WriterBusyError,
)
from index.generations import current_id, open_current
from index.manifest import FORMAT
from index.places import Folder
from tests.builders import document, plan
from tests.fakes import FakeEmbedder
from tests.publications import HARTLEPOOL, STOCKTON, Counting, put, report


def get(place: Path, embedder: FakeEmbedder | None = None, chunker: str = "1") -> EmbeddedEngine:
    return open_current(place, embedder or FakeEmbedder(), chunker_version=chunker)


def names(place: Path) -> set[str]:
    return {path.name for path in (place / "generations").iterdir()}


def test_what_is_published_is_opened(tmp_path: Path) -> None:
    made = put(Folder(tmp_path / "new" / "place"), report(1))
    engine = get(tmp_path / "new" / "place")
    assert engine.generation == made == current_id(tmp_path / "new" / "place")
    assert engine.documents() == (report(1)[0].document,)


def test_the_layout_is_as_promised(tmp_path: Path) -> None:
    made = put(Folder(tmp_path), report(1))
    assert (tmp_path / "CURRENT").read_text() == f"{made}\n"
    assert names(tmp_path) == {made}
    assert {path.name for path in (tmp_path / "generations" / made).iterdir()} == {
        "manifest.json",
        "corpus.sqlite",
        "vectors.faiss",
        "keywords",
        "sentences",
        "lines",
        "report.json",
    }
    manifest = json.loads((tmp_path / "generations" / made / "manifest.json").read_text())
    assert manifest["fingerprint"] == {
        "format": FORMAT,
        "model": "fake@1",
        "dimension": 64,
        "chunker": "1",
    }
    assert manifest["counts"] == {"documents": 1, "plans": 1, "sections": 2, "passages": 2}


def test_the_same_again_is_the_same_generation_and_isnt_built_twice(tmp_path: Path) -> None:
    counting = Counting()
    made = put(Folder(tmp_path), report(1), embedder=counting)
    before = (tmp_path / "generations" / made / "manifest.json").stat()
    assert put(Folder(tmp_path), report(1), embedder=counting) == made
    assert counting.texts == 2
    assert (tmp_path / "generations" / made / "manifest.json").stat() == before


def test_the_id_is_that_of_the_input_on_any_day_and_in_any_place(tmp_path: Path) -> None:
    assert put(Folder(tmp_path / "a"), report(1)) == put(Folder(tmp_path / "b"), report(1))
    both = [STOCKTON, HARTLEPOOL]
    assert put(Folder(tmp_path / "a"), report(1), both) == put(
        Folder(tmp_path / "b"), report(1), both[::-1]
    )


def test_the_current_and_the_previous_generation_are_kept(tmp_path: Path) -> None:
    made = [put(Folder(tmp_path), report(number)) for number in range(4)]
    assert names(tmp_path) == set(made[2:])
    assert put(Folder(tmp_path), report(2)) == made[2] == current_id(tmp_path)
    assert names(tmp_path) == set(made[2:])


def test_left_overs_of_killed_writers_go_with_the_next_publication(tmp_path: Path) -> None:
    made = put(Folder(tmp_path), report(1))
    for name in (".building-0123456789abcdef", ".removed-0123456789abcdef"):
        (tmp_path / "generations" / name / "keywords").mkdir(parents=True)
    (tmp_path / ".CURRENT").write_text("half")
    put(Folder(tmp_path), report(1))
    assert names(tmp_path) == {made}
    again = put(Folder(tmp_path), report(2))
    assert {path.name for path in tmp_path.iterdir()} == {"CURRENT", "generations", "writer.lock"}
    assert names(tmp_path) == {made, again}


def test_nothing_published_yet(tmp_path: Path) -> None:
    assert current_id(tmp_path) is None
    assert current_id(tmp_path / "missing") is None
    with pytest.raises(NoGenerationError, match="run `saferplans ingest`"):
        get(tmp_path)
    with pytest.raises(NoGenerationError):
        get(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


def test_another_format_is_refused_with_the_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(Folder(tmp_path), report(1))
    monkeypatch.setattr("index.manifest.FORMAT", FORMAT + 1)
    named = f"format {FORMAT} and this run uses format {FORMAT + 1}"
    with pytest.raises(FingerprintMismatchError, match=named):
        get(tmp_path)


def _truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _flip(path: Path) -> None:
    held = bytearray(path.read_bytes())
    held[len(held) // 2] ^= 1
    path.write_bytes(held)


PARTS = [
    "corpus.sqlite",
    "vectors.faiss",
    "manifest.json",
    "report.json",
    "keywords/meta.json",
    "sentences/meta.json",
]
DAMAGES: list[Callable[[Path], None]] = [Path.unlink, _truncate, _flip]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("damage", DAMAGES, ids=["missing", "truncated", "changed"])
def test_a_damaged_generation_is_refused_and_publishing_again_mends_it(
    tmp_path: Path, part: str, damage: Callable[[Path], None]
) -> None:
    made = put(Folder(tmp_path), report(1))
    damage(tmp_path / "generations" / made / part)
    with pytest.raises(BrokenGenerationError, match="run `saferplans ingest`"):
        get(tmp_path)
    assert put(Folder(tmp_path), report(1)) == made
    assert get(tmp_path).generation == made


def test_a_half_deleted_generation_is_refused(tmp_path: Path) -> None:
    made = put(Folder(tmp_path), report(1))
    shutil.rmtree(tmp_path / "generations" / made / "keywords")
    with pytest.raises(BrokenGenerationError, match=r"keywords/.* is missing"):
        get(tmp_path)


def test_a_pointer_to_nowhere_is_refused_and_mended(tmp_path: Path) -> None:
    made = put(Folder(tmp_path), report(1))
    shutil.rmtree(tmp_path / "generations" / made)
    with pytest.raises(BrokenGenerationError, match="which isn't there"):
        get(tmp_path)
    assert put(Folder(tmp_path), report(1)) == made
    assert get(tmp_path).generation == made


def test_a_generation_under_another_name_is_refused(tmp_path: Path) -> None:
    made = put(Folder(tmp_path), report(1))
    (tmp_path / "generations" / made).rename(tmp_path / "generations" / ("0" * 16))
    (tmp_path / "CURRENT").write_text("0" * 16)
    with pytest.raises(BrokenGenerationError, match="is of another index"):
        get(tmp_path)


def test_parts_that_are_whole_and_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    more = [document("more.txt", plan("Stockton", {"A": "One.", "B": "Two.", "C": "Three."}))]
    other = tmp_path / "generations" / put(Folder(tmp_path), more)
    made = tmp_path / "generations" / put(Folder(tmp_path), report(1))
    swap(made, "vectors.faiss", (other / "vectors.faiss").read_bytes())
    with pytest.raises(BrokenGenerationError, match="don't hold the same passages"):
        get(tmp_path)
    swap(made, "vectors.faiss", b"no index")
    with pytest.raises(BrokenGenerationError, match="can't be opened"):
        get(tmp_path)


def swap(folder: Path, name: str, content: bytes) -> None:
    """Puts other content into a generation and makes its manifest agree."""
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name] = {"size": len(content), "sha256": sha256_hex(content)}
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize("words", [b"", b"../../etc", b"\xff\xfe", b"0123456789abcdeg"])
def test_a_pointer_that_is_no_id_is_refused_and_mended(tmp_path: Path, words: bytes) -> None:
    put(Folder(tmp_path), report(1))
    (tmp_path / "CURRENT").write_bytes(words)
    with pytest.raises(BrokenGenerationError, match="names no index"):
        current_id(tmp_path)
    with pytest.raises(BrokenGenerationError, match="names no index"):
        get(tmp_path)
    made = put(Folder(tmp_path), report(2))
    assert get(tmp_path).generation == made


def test_a_generation_that_goes_while_it_is_opened_is_followed_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(Folder(tmp_path), report(1))
    opened: list[str] = []

    class Slow(FakeEmbedder):
        @property
        def fingerprint(self) -> str:
            # Asked once the manifest is read: the worst moment for two publications.
            if not opened:
                opened.append("once")
                put(Folder(tmp_path), report(2))
                put(Folder(tmp_path), report(3))
            return super().fingerprint

    assert get(tmp_path, Slow()).documents() == (report(3)[0].document,)


def test_opening_gives_up_on_a_directory_that_is_replaced_for_ever(tmp_path: Path) -> None:
    numbers = iter(range(100))
    put(Folder(tmp_path), report(next(numbers)))

    class Slow(FakeEmbedder):
        @property
        def fingerprint(self) -> str:
            put(Folder(tmp_path), report(next(numbers)))
            put(Folder(tmp_path), report(next(numbers)))
            return super().fingerprint

    with pytest.raises(BrokenGenerationError, match="is missing"):
        get(tmp_path, Slow())


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    made = put(Folder(tmp_path), report(1))
    with (
        FileLock(tmp_path / "writer.lock"),
        pytest.raises(WriterBusyError, match="wait until it's done"),
    ):
        put(Folder(tmp_path), report(2))
    assert current_id(tmp_path) == made
    put(Folder(tmp_path), report(2))


def test_readers_of_an_old_generation_go_on_after_its_files_are_gone(tmp_path: Path) -> None:
    put(Folder(tmp_path), report(0))
    reader = get(tmp_path)
    vector = reader.embed("metal theft")
    passage = report(0)[0].passages[0]
    for number in range(1, 4):
        put(Folder(tmp_path), report(number))
    assert reader.generation not in names(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        for meant in (None, vector):
            ask = pool.submit(reader.search, any_word_of("metal theft"), meant, Scope(), 1)
            assert ask.result().hits[0].passage == passage
    assert reader.text(passage.document_id) == report(0)[0].text
    assert reader.sections(passage.document_id) == report(0)[0].sections


def test_a_data_directory_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataDirError, match="can't be written"):
        put(Folder(tmp_path / "file"), report(1))
    with pytest.raises(NoGenerationError):
        get(tmp_path / "file")


@pytest.mark.parametrize(
    "failing", ["store.write", "vectors.write", "keywords.write", "sentences.write", "sync_tree"]
)
@pytest.mark.parametrize("code", [28, 5, 30], ids=["ENOSPC", "EIO", "EROFS"])
def test_a_failed_write_at_any_step_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, code: int
) -> None:
    made = put(Folder(tmp_path), report(1))

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(f"index.generations.{failing}", fail)
        with pytest.raises(DataDirError, match="is full" if code == 28 else "can't be written"):
            put(Folder(tmp_path), report(2))
    assert current_id(tmp_path) == made
    assert names(tmp_path) == {made}
    assert get(tmp_path).generation == made
    put(Folder(tmp_path), report(2))
