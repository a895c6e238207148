"""What can be set for the bot, from the environment: `SAFERPLANS_…`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import AfterValidator, Field, HttpUrl, SecretStr, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bots.slack import operator_messages as messages

PREFIX = "SAFERPLANS_"


class SettingsError(ValueError):
    """A setting has a value that can't be; the message names it and says what it is."""


def _web_address(value: str) -> str:
    if value:
        TypeAdapter(HttpUrl).validate_python(value)
    return value.rstrip("/")


_Address = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseSettings):
    """The bot's settings; tokens never show in a log or an error."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    slack_bot_token: SecretStr = Field(
        default=SecretStr(""), description="Bot token of the Slack app; begins with xoxb-."
    )
    slack_app_token: SecretStr = Field(
        default=SecretStr(""),
        description="App-level token for Socket Mode; begins with xapp-.",
    )
    slack_signing_secret: SecretStr = Field(
        default=SecretStr(""), description="Signing secret of the Slack app, for HTTP mode."
    )
    slack_mode: Literal["socket", "http"] = Field(
        default="socket",
        description="How Slack reaches the bot: socket needs no public address, http does.",
    )
    slack_host: str = Field(
        default="127.0.0.1",
        min_length=1,
        description="Network address of the bot's health page, and of /slack/events in HTTP mode.",
    )
    slack_port: int = Field(
        default=8010, ge=0, le=65_535, description="Port of the same; 0 takes a free one."
    )
    slack_api_url: _Address = Field(
        default="https://slack.com/api", description="Address of Slack's Web API."
    )
    service_url: _Address = Field(
        default="http://127.0.0.1:8000", description="Address at which the bot reaches the service."
    )
    service_timeout: float = Field(
        default=10, gt=0, le=60, description="Seconds that the service gets for one answer."
    )
    patience: float = Field(
        default=900,
        gt=0,
        description="Seconds for which a question is tried again before the bot gives it up.",
    )
    public_url: _Address = Field(
        default="",
        max_length=200,
        description="Address under which users reach the service; put before links to sources.",
    )
    data_dir: Annotated[Path, AfterValidator(Path.expanduser)] = Field(
        default_factory=lambda: platformdirs.user_data_path("saferplans", appauthor=False),
        description="Folder that holds slack.sqlite3, the questions received and answered.",
    )

    def missing(self) -> list[str]:
        """The settings without which the bot can't start in its mode."""
        way_in = "slack_app_token" if self.slack_mode == "socket" else "slack_signing_secret"
        needed = ("slack_bot_token", way_in)
        return [
            f"{PREFIX}{name.upper()}"
            for name in needed
            if not getattr(self, name).get_secret_value()
        ]

    @property
    def ledger(self) -> Path:
        """Where questions and posts are noted down."""
        return self.data_dir / "slack.sqlite3"


def load_settings(**overrides: object) -> Settings:
    """The settings of the environment; an override that is None leaves the environment's value.

    Raises:
        SettingsError: a value can't be; the first one is named, its value is not shown.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        name = str(error.errors(include_url=False, include_input=False)[0]["loc"][0])
        description = Settings.model_fields[name].description or ""
        raise SettingsError(messages.bad_setting(f"{PREFIX}{name.upper()}", description)) from error
