"""What the forms of the pages send. A field that was left empty counts as not sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints, model_validator

from corpus.retrieval import SearchMode
from service.queries import Place, Scoped
from service.schemas import Filters

AnswerId = Annotated[str, StringConstraints(max_length=100)]

Kind = Literal["mention", "prioritise", "lack", "say", "compare", "list"]
"""What the form for a reading lets a user ask."""


class _Form(BaseModel):
    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, sent: object) -> object:
        if not isinstance(sent, Mapping):
            return sent
        kept = {name: _filled(value) for name, value in sent.items()}
        return {name: value for name, value in kept.items() if value not in ("", [], None)}


def _filled(value: object) -> object:
    if isinstance(value, list | tuple):
        return [one for one in value if one != ""]
    return value


class ScopeForm(_Form, Scoped):
    """Which plans, by area and year."""

    @property
    def filters(self) -> Filters:
        """The same as answering takes it."""
        return Filters(areas=self.area or None, year=self.year)


class AskForm(ScopeForm):
    """A question; `after` is the answer that it follows."""

    q: str = ""
    after: AnswerId | None = None


class ReadingForm(ScopeForm):
    """A reading of a question, as the user corrected it."""

    kind: Kind = "mention"
    topic: str = Field(default="", max_length=1_000)


class SourceForm(_Form):
    """Where to open a document: words to light, as cited in an answer or on a topic."""

    start: int | None = None
    end: int | None = None
    answer: AnswerId | None = None
    n: int | None = None
    topic: str = Field(default="", max_length=1_000)
    part: int | None = Field(default=None, ge=1, le=10_000)


class CompareForm(ScopeForm):
    """Topics to compare, however they were entered: a list, a line with commas, or both."""

    topic: tuple[str, ...] = Field(default=(), max_length=100)
    topics: str = Field(default="", max_length=2_000)

    @property
    def asked(self) -> tuple[str, ...]:
        """The topics, each once."""
        typed = (*self.topic, *self.topics.replace("\n", ",").replace(";", ",").split(","))
        return tuple(dict.fromkeys(filter(None, (" ".join(each.split()) for each in typed))))


class PlansForm(_Form):
    """Which page of the library, and of which area."""

    page: int = Field(default=1, ge=1, le=10_000)
    area: Place | None = None


class ExplainForm(ScopeForm):
    """A topic to explain, and which plans of it."""

    topic: str = Field(default="", max_length=1_000)
    page: int = Field(default=1, ge=1, le=10_000)


class SearchForm(ScopeForm):
    """A search: its words, how they are matched, where, and which page of what was found."""

    q: str = ""
    mode: SearchMode = SearchMode.HYBRID
    document: tuple[Place, ...] = Field(default=(), max_length=400)
    without: tuple[Place, ...] = Field(default=(), max_length=100)
    expand: bool = True
    page: int = Field(default=1, ge=1, le=10_000)
