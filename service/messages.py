"""Every sentence that the service shows to a user, but for the answers themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from corpus.models import Basis
from service.schemas import MAX_QUESTION, AnswerScope, Verdict

SUMMARY = "Answers questions about community safety plans, every quotation checkable."

# Problems of a request

NO_SUCH_ADDRESS = "There is nothing at this address."
NO_SUCH_DOCUMENT = "No document with this id is held."
NO_SUCH_PLAN = "No plan with this id is held."
NO_SUCH_PASSAGE = "No passage with this id is held."
BAD_CURSOR = (
    "This cursor doesn't belong to this list, or the documents held have changed since it was "
    "given out: start again without a cursor."
)
BAD_JSON = "The body is not valid JSON."
UNREADABLE_BODY = "The body could not be read as JSON in UTF-8."
WENT_WRONG = "Something went wrong here. The fault has been logged under this request's id."
OTHER_PROBLEM = "The request could not be carried out."


def wrong_method(method: str) -> str:
    """An address was called with a method that it doesn't take."""
    return f"This address doesn't take {method}."


def too_large(limit: int) -> str:
    """A body was larger than `limit` bytes."""
    return f"The body is larger than {limit:,} bytes."


def invalid(field: str, kind: str, context: Mapping[str, Any], otherwise: str) -> str:
    """A value of a request was refused; `kind` and `context` are pydantic's."""
    wording = _INVALID.get(kind)
    said = wording.format(**context) if wording else otherwise
    return f"{field or 'body'}: {said}."


_INVALID = {
    "missing": "it is needed, and missing",
    "extra_forbidden": "no such field is known",
    "string_too_short": "it is empty",
    "string_too_long": "it has more than {max_length:,} characters",
    "too_long": "it has more than {max_length:,} entries",
    "greater_than_equal": "it must be {ge} or more",
    "less_than_equal": "it must be {le} or less",
    "int_parsing": "it must be a whole number",
    "int_from_float": "it must be a whole number",
    "model_attributes_type": "it must be a JSON object, sent as application/json",
    "enum": "it must be {expected}",
    "literal_error": "it must be {expected}",
}


# Verdicts


class VerdictWords(NamedTuple):
    """How a verdict is shown: by shape and by words, never by colour alone."""

    shape: str
    words: str


_VERDICTS = {
    Verdict.PRIORITY: VerdictWords("●", "Priority"),
    Verdict.EMERGING: VerdictWords("◐", "Emerging issue"),
    Verdict.MENTIONED: VerdictWords("○", "Mentioned"),
    Verdict.POSSIBLE: VerdictWords("?", "May mean it"),
    Verdict.RELATED: VerdictWords("≈", "Related only"),
    Verdict.NOT_MENTIONED: VerdictWords("–", "Not mentioned"),
    Verdict.UNREADABLE: VerdictWords("!", "Not read in full"),
    Verdict.NO_PLAN: VerdictWords("×", "No plan held"),
}


def verdict_words(verdict: Verdict, basis: Basis | None) -> VerdictWords:
    """A verdict's shape and words; absence is claimed only of the text held."""
    said = _VERDICTS[verdict]
    if verdict is Verdict.NOT_MENTIONED and basis is Basis.SUMMARY:
        return said._replace(words=f"{said.words} in the summary")
    return said


def plans_read(scope: AnswerScope) -> str:
    """How many plans the answer rests on: '4 of 4 plans read'."""
    noun = "plan" if scope.plans_in_scope == 1 else "plans"
    return f"{scope.plans_read} of {scope.plans_in_scope} {noun} read"


# The pages

ASK_SOMETHING = "Enter a question."
QUESTION_TOO_LONG = f"A question has at most {MAX_QUESTION:,} characters: shorten it."
NO_SUCH_SPAN = "The words that the link points at are not in this document, so none are marked."


def sample_questions(areas: Sequence[str]) -> tuple[str, ...]:
    """Questions to begin with; those on an area name areas that are held."""
    general = ("Which boroughs prioritise metal theft?", "Which plans do not mention burglary?")
    first, second = areas[:1], areas[:2]
    return (
        *general,
        *(f"What does {area} say about anti-social behaviour?" for area in first),
        *(f"List {area}'s priorities" for area in second[1:]),
        *([f"Compare {' and '.join(second)} on violence"] if len(second) > 1 else []),
    )
