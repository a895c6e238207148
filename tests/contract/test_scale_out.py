"""What the README and docs/scale-out.md say to type does what they say, on a real database."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from service.bootstrap import Bootstrap
from service.cli import main
from tests.engines import fresh_database, named, server_url
from tests.fakes import FakeEmbedder

pytestmark = pytest.mark.tree

ROOT = Path(__file__).parents[2]
PLAN = (
    "# Stockton Community Safety Plan 2021-2024\n\n## Our priorities\n\n### Metal theft\n\nLead.\n"
)


def run(command: list[str], url: str, folder: Path) -> Result:
    """What `saferplans` does with this database."""
    settings = {"SAFERPLANS_ENGINE": url, "SAFERPLANS_DATA_DIR": str(folder / "data")}
    bootstrap = Bootstrap(lambda _settings: FakeEmbedder())
    return CliRunner().invoke(main, command, env=settings, obj=bootstrap)


def commands(document: str, heading: str) -> list[list[str]]:
    """The words of each `saferplans` command below a heading."""
    text = (ROOT / document).read_text(encoding="utf-8").split(heading, 1)[1]
    block = re.search(r"```sh\n(.*?)```", text, re.DOTALL)
    assert block is not None
    lines = [line for line in block[1].splitlines() if line.startswith("saferplans ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def test_the_commands_of_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my-plans").mkdir()
    (tmp_path / "my-plans" / "stockton.md").write_text(PLAN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    url = fresh_database()
    done = [run(each, url, tmp_path) for each in commands("README.md", "## The scale-out engine")]
    assert [each.exit_code for each in done] == [0, 0, 0], done[1].output
    checked, ingested, asked = (each.stdout for each in done)
    assert "engine: postgresql://" in checked
    assert "1 document held now" in ingested
    assert asked.startswith("1 of 1 plan")
    again = run(["doctor"], url, tmp_path)
    assert "✓ parts agree: 1 documents, 1 plans" in again.stdout
    assert again.exit_code == 0


def test_a_backup_restored_gives_the_same_answers(tmp_path: Path) -> None:
    url, other = fresh_database(), named(server_url(), "restored")
    question = ["ask", "Which boroughs prioritise metal theft?", "--json"]
    before = run(question, url, tmp_path)
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS restored")
        connection.execute("CREATE DATABASE restored")
    dump = tmp_path / "saferplans.dump"
    for program, *arguments in (
        ["pg_dump", "--format=custom", f"--file={dump}", url],
        ["pg_restore", "--no-owner", "--no-comments", f"--dbname={other}", str(dump)],
    ):
        subprocess.run([_programs() / program, *arguments], check=True, capture_output=True)
    after = run(question, other, tmp_path)
    assert (before.exit_code, after.exit_code) == (0, 0)
    assert _answer(after) == _answer(before)


def _programs() -> Path:
    server = find_spec("pgserver")
    assert server is not None
    assert server.origin is not None
    return next(Path(server.origin).parent.rglob("pg_dump")).parent


def _answer(result: Result) -> dict[str, object]:
    answer: dict[str, object] = json.loads(result.stdout)
    del answer["took_ms"]
    return answer


def test_without_the_driver_the_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "index.postgres.database", None)
    failed = run(["ask", "theft"], "postgresql://nowhere/plans", tmp_path)
    assert failed.exit_code == 1
    assert "pip install -c constraints.txt -e '.[postgres]'" in failed.stderr


def test_an_engine_that_is_none_is_refused(tmp_path: Path) -> None:
    failed = run(["ask", "theft"], "mysql://nowhere/plans", tmp_path)
    assert failed.exit_code != 0
    assert "is neither `embedded` nor an address" in failed.stderr


def test_the_embedded_engine_imports_no_driver() -> None:
    script = (
        "import sys\nfrom service.bootstrap import Bootstrap\nfrom service.cli import main\n"
        "print([name for name in sys.modules if name.split('.')[0] in"
        " ('psycopg', 'psycopg_pool', 'pgvector', 'alembic', 'sqlalchemy', 'procrastinate')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
