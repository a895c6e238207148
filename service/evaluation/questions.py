"""Questions with their right answers, one JSON object a line."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.schemas import AskRequest, Turn


class QuestionsError(ValueError):
    """A file of questions can't be used; the message says which line and why."""


class Golden(BaseModel):
    """One question and what a right answer to it holds. Fields that aren't known are passed over.

    `boroughs` must all stand in the answer's areas and `forbidden` must not; an area in neither may
    do either. `must_quote` are exact substrings of the source, white space folded.
    """

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    id: str
    question: str
    type: str
    boroughs: frozenset[str] = frozenset()
    forbidden: frozenset[str] = Field(default=frozenset(), alias="forbidden_boroughs")
    must_quote: tuple[str, ...] = ()
    answerable: bool
    history: tuple[Turn, ...] = ()

    def request(self) -> AskRequest:
        """The question as the service takes it."""
        return AskRequest(question=self.question, history=self.history)


def load_questions(path: Path) -> tuple[Golden, ...]:
    """The questions of a file, in its order.

    Raises:
        QuestionsError: it can't be read, a line is no question, or it holds none.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(f"The questions in {path} can't be read: {error}.") from error
    questions = tuple(
        _question(line, f"{path}, line {number}")
        for number, line in enumerate(lines, 1)
        if line.strip()
    )
    if not questions:
        raise QuestionsError(f"There is no question in {path}.")
    return questions


def _question(line: str, place: str) -> Golden:
    try:
        return Golden.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "the line"
        raise QuestionsError(f"{place}: {field}: {first['msg']}.") from error
