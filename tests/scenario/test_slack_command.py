"""`saferplans slack`: what it checks, and how it says what is missing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bots.slack.manifest import bot_scopes, manifest_text
from service.app import build_app
from service.cli import main
from tests.fake_slack.server import serving
from tests.fake_slack.workspace import APP_TOKEN, BOT_TOKEN, Workspace
from tests.scenario.slack_bench import Weather, served
from tests.unit.service import stand_ins

GOOD = {
    "SAFERPLANS_SLACK_BOT_TOKEN": BOT_TOKEN,
    "SAFERPLANS_SLACK_APP_TOKEN": APP_TOKEN,
    "SAFERPLANS_PUBLIC_URL": "https://plans.example",
}


def _run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, ["slack", *arguments], env=environment)


def _check(tmp_path: Path, scopes: set[str] | None = None, **environment: str) -> Result:
    """`--check` against a fake Slack and the service."""

    async def run() -> Result:
        workspace = Workspace(scopes=set(bot_scopes()) if scopes is None else scopes)
        weather = Weather(build_app(stand_ins.state()))
        async with serving(workspace) as slack, served(weather) as service:
            addresses = {
                "SAFERPLANS_SLACK_API_URL": slack.api_url,
                "SAFERPLANS_SERVICE_URL": service,
                "SAFERPLANS_DATA_DIR": str(tmp_path),
            }
            return await asyncio.to_thread(_run, "--check", **{**GOOD, **addresses, **environment})

    return asyncio.run(run())


def test_all_is_well(tmp_path: Path) -> None:
    result = _check(tmp_path)
    assert result.exit_code == 0, result.output
    assert [line[:2] for line in result.output.splitlines()] == ["ok"] * 6
    assert "it is saferplans in Tees" in result.output


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"SAFERPLANS_SLACK_BOT_TOKEN": ""}, "SAFERPLANS_SLACK_BOT_TOKEN isn't set"),
        ({"SAFERPLANS_SLACK_BOT_TOKEN": "xoxb-old"}, "Slack refuses the bot token (invalid_auth)"),
        ({"SAFERPLANS_SLACK_APP_TOKEN": ""}, "SAFERPLANS_SLACK_APP_TOKEN isn't set"),
        ({"SAFERPLANS_SLACK_APP_TOKEN": "xapp-old"}, "connections:write"),
        ({"SAFERPLANS_SLACK_MODE": "http"}, "SAFERPLANS_SLACK_SIGNING_SECRET isn't set"),
        ({"SAFERPLANS_SERVICE_URL": "http://127.0.0.1:9"}, "The service doesn't answer"),
        ({"SAFERPLANS_SLACK_API_URL": "http://127.0.0.1:9"}, "Slack can't be reached"),
        ({"SAFERPLANS_PUBLIC_URL": ""}, "Quotations carry no links"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_said_with_its_mending(
    tmp_path: Path, environment: dict[str, str], told: str
) -> None:
    result = _check(tmp_path, **environment)
    assert result.exit_code == 1
    wrong = [line for line in result.output.splitlines() if line.startswith("fix")]
    assert any(told in line for line in wrong), result.output
    assert "Traceback" not in result.output


def test_permissions_that_are_missing_are_named(tmp_path: Path) -> None:
    result = _check(tmp_path, scopes=set(bot_scopes()) - {"files:write"})
    assert result.exit_code == 1
    assert "The app lacks files:write" in result.output


def test_the_manifest_is_printed_as_it_ships() -> None:
    result = _run("--manifest")
    assert result.exit_code == 0
    assert result.output == manifest_text()


def test_without_tokens_it_says_which_and_where_to_read_on() -> None:
    result = _run()
    assert result.exit_code == 2
    assert "SAFERPLANS_SLACK_BOT_TOKEN and SAFERPLANS_SLACK_APP_TOKEN must be set" in result.output
    assert "docs/slack.md" in result.output


def test_a_setting_that_can_not_be_is_named_and_its_value_kept_quiet() -> None:
    result = _run(SAFERPLANS_SLACK_PORT="xoxb-oops", SAFERPLANS_SLACK_BOT_TOKEN="xoxb-secret")
    assert result.exit_code == 2
    assert "SAFERPLANS_SLACK_PORT" in result.output
    assert "xoxb" not in result.output


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Leaves the logging as it was."""
    handlers = list(logging.getLogger().handlers)
    yield
    logging.getLogger().handlers[:] = handlers
