"""Settings, from the environment: `SAFERPLANS_…`, each with what it means and its bounds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from corpus.glossary import read_glossary
from service import messages

PREFIX = "SAFERPLANS_"

EMBEDDED = "embedded"
"""The engine that needs no server: its index is in the data directory."""

KEPT_DAYS = 90
"""For how long an answer is kept where nothing else is set."""


class SettingsError(ValueError):
    """A setting has a value that can't be; the message names it and says what it may be."""


def default_data_dir() -> Path:
    """Where the user's own data belongs on this system."""
    return platformdirs.user_data_path("saferplans", appauthor=False)


def _web_address(value: str) -> str:
    """Checks an address; it is kept as written, without a slash at its end."""
    if value:
        from pydantic import HttpUrl, TypeAdapter  # noqa: PLC0415 - slow to import, seldom set

        TypeAdapter(HttpUrl).validate_python(value)
    return value.rstrip("/")


def _known_engine(value: str) -> str:
    """Checks that an engine is one of ours; a database is named by its address."""
    if value != EMBEDDED and not value.startswith(("postgresql://", "postgres://")):
        raise PydanticCustomError("engine", messages.BAD_ENGINE)
    return value


def _glossary_file(path: Path) -> Path:
    """Checks that a file can be read as a glossary."""
    path = path.expanduser()
    try:
        read_glossary(path)
    except (OSError, ValueError) as error:
        raise PydanticCustomError("glossary_file", messages.BAD_GLOSSARY) from error
    return path


class Settings(BaseModel):
    """What can be set. Environment variables carry the prefix; the command line's options win."""

    model_config = ConfigDict(frozen=True)

    data_dir: Annotated[Path, AfterValidator(Path.expanduser)] = Field(
        default_factory=default_data_dir,
        description="Folder that holds the index and the documents' text.",
    )
    engine: Annotated[str, AfterValidator(_known_engine)] = Field(
        default=EMBEDDED,
        repr=False,  # a database's address holds a password
        description="Where the index is: `embedded`, in the data directory, or the address of a "
        "database, postgresql://user:password@host/name.",
    )
    model: str | None = Field(
        default=None,
        description="Path or name of a sentence-transformers model; unset, the one that ships.",
    )
    glossary: Annotated[Path, AfterValidator(_glossary_file)] | None = Field(
        default=None,
        description="File with more rows for the glossary, in the form of the one that ships.",
    )
    file_seconds: float = Field(
        default=300,
        gt=0,
        description="Seconds that `ingest` gives to one file before it is given up.",
    )
    file_megabytes: int = Field(
        default=2_000, ge=200, description="Memory that `ingest` gives to one file, in MB."
    )
    public_url: Annotated[str, AfterValidator(_web_address)] = Field(
        default="",
        description="Address under which users reach the service; put before links to sources.",
    )
    host: str = Field(
        default="127.0.0.1", min_length=1, description="Network address that `serve` listens on."
    )
    port: int = Field(
        default=8000,
        ge=0,
        le=65_535,
        description="Port that `serve` listens on; 0 takes a free one.",
    )
    answers_kept_days: int = Field(
        default=KEPT_DAYS,
        ge=1,
        le=36_500,
        description="Days for which answers, and what users said of them, are kept.",
    )


def load_settings(**overrides: object) -> Settings:
    """The settings of the environment; an override that is None leaves the environment's value.

    Raises:
        SettingsError: a value can't be; the first one is named.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings.model_validate(_set_in_environment() | given)
    except ValidationError as error:
        raise SettingsError(_first_problem(error)) from error


def _set_in_environment() -> dict[str, object]:
    # By hand: pydantic-settings takes as long to import as pydantic, for what a short command asks.
    # Any case will do; the exact name wins over another spelling of it.
    held = {name.upper(): value for name, value in os.environ.items()} | dict(os.environ)
    names = ((name, f"{PREFIX}{name.upper()}") for name in Settings.model_fields)
    return {name: held[variable] for name, variable in names if variable in held}


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False)[0]
    name = str(problem["loc"][0]).lower()
    told = messages.invalid(
        f"{PREFIX}{name.upper()}", problem["type"], problem.get("ctx", {}), problem["msg"]
    )
    return f"{told} It is: {Settings.model_fields[name].description}"
