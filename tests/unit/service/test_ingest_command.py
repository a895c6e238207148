"""`ingest` adds to what is held, replaces by file name, and says what it could not read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.catalogue import shipped_catalogue
from tests.fakes import FakeEmbedder
from tests.unit.service.command_line import one_sentence, run

SHIPPED = shipped_catalogue().document[0].file

PLAN = """{area} Community Safety Plan 2022-2025

Our priorities

1 Burglary

We will cut burglary. {more}

2 Hate crime

We will listen to victims of hate crime.
"""


def plan(folder: Path, area: str, more: str = "", name: str | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / (name or f"{area.lower()}.txt")
    file.write_text(PLAN.format(area=area, more=more), encoding="utf-8")
    return file


def catalogue(folder: Path, *areas: str) -> Path:
    file = folder / "catalogue.toml"
    file.write_text(
        "".join(
            f'[[area]]\nname = "{area}"\naliases = ["{area}shire"]\n'
            f'[[document]]\nfile = "{area.lower()}.txt"\ntitle = "{area}"\n'
            f'[[document.plan]]\narea = "{area}"\nperiod = "2022-2025"\n'
            for area in areas
        )
    )
    return file


def sources(data: Path) -> list[str]:
    found = run("search", "burglary", "--limit", "100", "--json", "--data-dir", data).stdout
    plans = {hit["passage"]["document_id"] for hit in json.loads(found)["hits"]}
    checked = json.loads(run("doctor", "--json", "--data-dir", data).stdout)
    assert len(plans) >= 1
    return [check["found"] for check in checked["checks"] if check["name"] == "parts agree"]


def documents(data: Path) -> int:
    (found,) = sources(data)
    return int(found.split()[0])


def areas(data: Path) -> list[str]:
    answer = run("ask", "burglary", "--json", "--data-dir", data).stdout
    return sorted(json.loads(answer)["scope"]["areas"])


def test_what_is_ingested_is_all_that_is_held(tmp_path: Path) -> None:
    file = plan(tmp_path / "plans", "Barsham")
    described = catalogue(tmp_path, "Barsham")
    result = run("ingest", file, "--catalogue", described, "--data-dir", tmp_path / "data")
    assert result.exit_code == 0, result.output
    assert "barsham.txt" in result.stdout
    assert areas(tmp_path / "data") == ["Barsham"]


def test_a_second_ingest_does_not_lose_the_first(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for area, known in (("Barsham", ["Barsham"]), ("Colney", ["Barsham", "Colney"])):
        file, described = plan(tmp_path / area, area), catalogue(tmp_path, *known)
        assert run("ingest", file, "--catalogue", described, "--data-dir", data).exit_code == 0
    assert areas(data) == ["Barsham", "Colney"]
    by_alias = run("ask", "burglary", "--area", "barshamshire", "--json", "--data-dir", data)
    assert json.loads(by_alias.stdout)["scope"]["areas"] == ["Barsham"]


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    data, described = tmp_path / "data", catalogue(tmp_path, "Barsham")
    file = plan(tmp_path, "Barsham")
    for _ in range(2):
        run("ingest", file, "--catalogue", described, "--data-dir", data)
    assert documents(data) == 1
    assert len(list((data / "generations").iterdir())) == 1


def test_a_file_of_the_same_name_is_replaced_and_that_is_said(tmp_path: Path) -> None:
    data, described = tmp_path / "data", catalogue(tmp_path, "Barsham")
    file = plan(tmp_path, "Barsham")
    run("ingest", file, "--catalogue", described, "--data-dir", data)
    plan(tmp_path, "Barsham", more="And metal theft.")
    result = run("ingest", file, "--catalogue", described, "--data-dir", data)
    assert "barsham.txt replaces" in result.stdout
    assert documents(data) == 1
    answer = json.loads(run("ask", "metal theft", "--json", "--data-dir", data).stdout)
    assert answer["areas"] == ["Barsham"]


def test_the_report_that_ships_stays_if_it_was_there_and_is_never_added(tmp_path: Path) -> None:
    file, described = plan(tmp_path, "Barsham"), catalogue(tmp_path, "Barsham")
    with_report = tmp_path / "with"
    run("ask", "burglary", "--data-dir", with_report)
    run("ingest", file, "--catalogue", described, "--data-dir", with_report)
    assert documents(with_report) == 2


def test_a_file_that_can_not_be_read_is_told_and_the_others_are_held(tmp_path: Path) -> None:
    good, bad = plan(tmp_path, "Barsham"), tmp_path / "empty.txt"
    bad.touch()
    data, described = tmp_path / "data", catalogue(tmp_path, "Barsham")
    result = run("ingest", good, bad, "--catalogue", described, "--data-dir", data)
    assert result.exit_code == 1
    assert "empty.txt" in result.stdout
    assert areas(data) == ["Barsham"]
    assert "empty.txt" in run("doctor", "--data-dir", data).stdout


def test_nothing_is_called_absent_from_a_plan_that_could_not_be_read(tmp_path: Path) -> None:
    bad = tmp_path / "csp-sunderland-2021.pdf"
    bad.write_bytes(b"%PDF-1.7 cut short")
    assert run("ingest", bad, "--data-dir", tmp_path / "data").exit_code == 1
    for question in ("Does Sunderland mention drugs?", "List Sunderland's priorities"):
        told = " ".join(run("ask", question, "--data-dir", tmp_path / "data").stdout.split())
        assert "not in what could be read of the plan of Sunderland" in told


def test_where_nothing_can_be_read_the_index_stays(tmp_path: Path) -> None:
    bad = tmp_path / "empty.txt"
    bad.touch()
    data, described = tmp_path / "data", catalogue(tmp_path, "Barsham")
    assert run("ingest", bad, "--data-dir", data).exit_code == 1
    run("ingest", plan(tmp_path, "Barsham"), "--catalogue", described, "--data-dir", data)
    assert run("ingest", bad, "--data-dir", data).exit_code == 1
    assert areas(data) == ["Barsham"]


def test_the_report_of_an_ingest_as_json(tmp_path: Path) -> None:
    file, described = plan(tmp_path, "Barsham"), catalogue(tmp_path, "Barsham")
    options = ("--catalogue", described, "--data-dir", tmp_path / "data", "--json")
    report = json.loads(run("ingest", file, *options).stdout)
    assert report["generation"]
    assert report["documents_held"] == 1


def test_an_index_of_another_model_is_given_up_and_that_is_said(tmp_path: Path) -> None:
    data = tmp_path / "data"
    run("ask", "burglary", "--data-dir", data)
    options = ("--catalogue", catalogue(tmp_path, "Barsham"), "--data-dir", data)
    file = plan(tmp_path, "Barsham")
    result = run("ingest", file, *options, embedder=lambda _: FakeEmbedder("other@1"))
    assert result.exit_code == 0
    assert "are not kept" in result.stderr
    assert "1 document held now" in result.stdout


def test_a_catalogued_file_that_is_neither_given_nor_held_is_told(tmp_path: Path) -> None:
    described = catalogue(tmp_path, "Barsham", "Colney")
    options = ("--catalogue", described, "--data-dir", tmp_path / "data")
    result = run("ingest", plan(tmp_path, "Barsham"), *options)
    assert result.exit_code == 1
    assert "colney.txt is in the catalogue but not among the files given" in result.stdout


def test_the_catalogue_in_a_folder_describes_its_files(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "plans"
    plan(folder, "Barsham")
    catalogue(folder, "Barsham")
    assert run("ingest", folder, "--data-dir", data).exit_code == 0
    by_alias = run("ask", "burglary", "--area", "barshamshire", "--json", "--data-dir", data)
    assert json.loads(by_alias.stdout)["scope"]["areas"] == ["Barsham"]


def test_several_catalogues_need_a_choice(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder, area in zip(folders, ("Barsham", "Colney"), strict=True):
        plan(folder, area)
        catalogue(folder, area)
    result = run("ingest", *folders, "--data-dir", tmp_path / "data")
    assert result.exit_code == 2
    assert "choose with --catalogue" in one_sentence(result)


def test_two_ingests_at_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with FileLock(data / "ingest.lock"):
        result = run("ingest", plan(tmp_path, "Barsham"), "--data-dir", data)
    assert result.exit_code == 1
    assert "Another ingest is at work" in one_sentence(result)


@pytest.mark.parametrize("words", ["[[area]", "[[area]]\nname = 1", "[[other]]\nname = 'x'"])
def test_a_catalogue_that_can_not_be(tmp_path: Path, words: str) -> None:
    bad = tmp_path / "catalogue.toml"
    bad.write_text(words)
    options = ("--catalogue", bad, "--data-dir", tmp_path / "data")
    result = run("ingest", plan(tmp_path, "Barsham"), *options)
    assert result.exit_code == 1
    assert "catalogue.toml" in one_sentence(result)


def test_a_path_where_nothing_is(tmp_path: Path) -> None:
    result = run("ingest", tmp_path / "none.txt", "--data-dir", tmp_path / "data")
    assert result.exit_code == 2


def test_a_lost_pointer_loses_no_documents(tmp_path: Path) -> None:
    data = tmp_path / "data"
    file = plan(tmp_path / "plans", "Northmoor")
    assert run("ingest", file, "--data-dir", data).exit_code == 0
    (data / "CURRENT").unlink()
    result = run("search", "burglary", "--mode", "keyword", "--data-dir", data)
    assert "Northmoor" in result.output
    assert "served again" in result.output
