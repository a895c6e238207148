"""What a caller may ask for, over HTTP or from the command line: types with their bounds.

Control characters are taken out of whatever a user typed before its length is judged.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from corpus.retrieval import SearchMode
from corpus.words import content_stems
from service.paging import DEFAULT_LIMIT, MAX_LIMIT
from service.schemas import MAX_QUESTION, AskRequest, Filters, Question, Year

_SPACE_LIKE = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")
"""Controls that part words: they become a space, so that no two words grow together."""


def without_controls(text: object) -> object:
    """A text without control characters; anything but a text is passed on to be refused."""
    if not isinstance(text, str):
        return text
    return "".join(" " if char in _SPACE_LIKE else char for char in text if _is_kept(char))


def is_blank(text: str) -> bool:
    """Whether nothing but white space and controls was typed."""
    return not str(without_controls(text)).strip()


def _is_kept(char: str) -> bool:
    return char in _SPACE_LIKE or unicodedata.category(char) != "Cc"


def _described(what: str) -> WithJsonSchema:
    # Its length is judged after clean-up, which a schema's maxLength can't say.
    words = f"{what}: 1 to {MAX_QUESTION:,} characters, controls and outer white space aside."
    return WithJsonSchema({"type": "string", "minLength": 1, "description": words})


Typed = Annotated[Question, BeforeValidator(without_controls), _described("Words")]
"""A question, query or topic as a user typed it: 1 to 1,000 characters after clean-up."""

Place = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION),
    BeforeValidator(without_controls),
    _described("A name or an id"),
]
"""The name of an area, or the id of a plan, as a user typed it."""


class AskBody(AskRequest):
    """A question as it comes in; control characters in it are stripped."""

    question: Typed


def _with_a_word(topic: str) -> str:
    if not content_stems(topic):
        raise PydanticCustomError("wordless", "it has no word to look for")
    return topic


class _Query(BaseModel):
    model_config = ConfigDict(frozen=True)


class PageQuery(_Query):
    """Which page of a list."""

    limit: int = Field(default=DEFAULT_LIMIT, ge=1, le=MAX_LIMIT, description="Entries of a page.")
    cursor: str | None = Field(
        default=None, max_length=200, description="`next_cursor` of the page before; opaque."
    )


class Scoped(_Query):
    """Which plans, by area and year; all where nothing is said."""

    area: tuple[Place, ...] = Field(
        default=(), max_length=400, description="An area by name or alias; may be repeated."
    )
    year: Year | None = Field(default=None, description="A year inside the plan's period.")


class SearchQuery(Scoped, PageQuery):
    """What is searched for, where, and which page of it."""

    q: Typed = Field(
        description='Words to search for; "…" for a phrase, AND, OR, NOT, +, -, brackets, '
        "and * for any ending."
    )
    mode: SearchMode = Field(
        default=SearchMode.HYBRID, description="By words, by meaning, or both."
    )
    plan: tuple[Place, ...] = Field(
        default=(), max_length=400, description="The id of a plan; may be repeated."
    )
    document: tuple[Place, ...] = Field(
        default=(), max_length=400, description="The id of a document; may be repeated."
    )
    expand: bool = Field(
        default=True, description="Whether other words for the same are looked for, save by word."
    )
    without: tuple[Place, ...] = Field(
        default=(),
        max_length=100,
        description="One of `added_terms` that is not to be looked for; may be repeated.",
    )


class BoardQuery(Scoped):
    """One topic, and the plans to judge it in."""

    topic: Annotated[Typed, AfterValidator(_with_a_word)] = Field(
        description="What to look for, such as 'metal theft'."
    )

    def filters(self) -> Filters:
        """The same scope as answering takes it."""
        return Filters(areas=self.area or None, year=self.year)
