"""What each document is: title, publisher, dates, areas, licence. Data, validated before use.

A catalogue is a TOML file; `corpus/data/catalogue.toml` describes the document that ships and shows
every field. What a catalogue does not say is inferred at ingest and marked so.
"""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, field_validator, model_validator

from corpus.models import Area, Basis, Frozen, Period, PlanKind


class CatalogueError(ValueError):
    """A catalogue file can't be used; the message says which entry and what to change."""


def parse_period(words: str) -> Period:
    """Reads '2011', '2011-2014', '2011/12' or '2011 to 2014'.

    Raises:
        ValueError: it is none of these.
    """
    parts = words.replace("to", "-").replace("–", "-").replace("/", "-").split("-")
    years = [part.strip() for part in parts]
    if not all(year.isdigit() for year in years) or len(years) > 2:
        raise ValueError(f"'{words}' is no period: write it as 2011-2014, 2011/12 or 2011")
    first, last = years[0], years[-1]
    # '2011/12': the second year borrows the century of the first.
    return Period(start=int(first), end=int(first[: -len(last)] + last))


class PlanEntry(Frozen):
    """One plan of a document; `heading` is the line where it starts, unless it is the whole."""

    area: str
    heading: str | None = None
    title: str | None = None
    partnership: str | None = None
    kind: PlanKind = PlanKind.PLAN
    period: Period | None = None

    @field_validator("period", mode="before")
    @classmethod
    def _read_period(cls, value: object) -> object:
        return parse_period(value) if isinstance(value, str) else value


class DocumentEntry(Frozen):
    """One catalogued document; `sha256`, where given, must be the file's."""

    file: str
    title: str
    sha256: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")
    publisher: str | None = None
    publisher_inferred: bool = False
    published: date | None = None
    licence: str | None = None
    source: str | None = None
    basis: Basis = Basis.FULL
    plan: tuple[PlanEntry, ...] = ()

    @model_validator(mode="after")
    def _headings_tell_plans_apart(self) -> Self:
        if len(self.plan) > 1 and not all(plan.heading for plan in self.plan):
            raise ValueError(f"{self.file} holds several plans: give each its first heading")
        return self


class Stated(Frozen):
    """What is known of plans that have no entry of their own; it comes before what is inferred."""

    area: str | None = None
    title: str | None = None
    partnership: str | None = None
    kind: PlanKind | None = None
    period: Period | None = None


class Catalogue(Frozen):
    """Areas with their aliases, documents by file name, and what is stated of all others."""

    area: tuple[Area, ...] = ()
    document: tuple[DocumentEntry, ...] = ()
    stated: Stated = Stated()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _refuse_repeats("file", [entry.file for entry in self.document])
        _refuse_repeats("area", [area.name for area in self.area])
        return self

    def entry(self, file_name: str) -> DocumentEntry | None:
        """The entry of a file by its name, or None if the catalogue doesn't hold it."""
        return next((entry for entry in self.document if entry.file == file_name), None)

    def narrowed(self, file_name: str) -> Catalogue:
        """All that this catalogue says for one file: every area, and the file's own entry."""
        entry = self.entry(file_name)
        return self.model_copy(update={"document": (entry,) if entry else ()})

    def described(self, area_name: str) -> Area:
        """The area with its aliases; one that isn't catalogued has none."""
        return next((area for area in self.area if area.name == area_name), Area(name=area_name))


def _refuse_repeats(what: str, names: list[str]) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ValueError(f"the {what} {repeated[0]} is listed twice")


def load_catalogue(path: Path) -> Catalogue:
    """Reads and validates a catalogue file.

    Raises:
        CatalogueError: the file can't be read, isn't TOML, or says something that can't be.
    """
    try:
        return Catalogue.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CatalogueError(f"The catalogue {path} can't be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"The catalogue {path} is not valid TOML: {error}.") from error
    except ValidationError as error:
        raise CatalogueError(f"The catalogue {path}: {_first_problem(error)}.") from error


def _first_problem(error: ValidationError) -> str:
    problem = error.errors()[0]
    place = ".".join(str(part) for part in problem["loc"])
    message = problem["msg"].removeprefix("Value error, ")
    return f"{place}: {message}" if place else message


def shipped_data() -> Path:
    """The folder of the documents and data files that ship with the package."""
    return Path(str(files("corpus") / "data"))


def shipped_catalogue() -> Catalogue:
    """The catalogue of the documents that ship."""
    return load_catalogue(shipped_data() / "catalogue.toml")
