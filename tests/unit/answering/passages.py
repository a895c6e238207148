"""Passages for tests of the judge, made from a heading path and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.models import Passage, Role, Sentence, Standing
from service.ports import NoMeanings


def passage(
    *sentences: str,
    path: tuple[str, ...] = ("Plan", "Priorities", "Acquisitive crime"),
    role: Role = Role.PRIORITY,
    opening: int = 1,
) -> Passage:
    """A passage of these sentences; the first `opening` of them open their section."""
    text, spans = "", []
    for number, words in enumerate(sentences):
        start = len(text) + bool(text)
        text = f"{text} {words}".strip()
        standing = Standing.OPENING if number < opening else Standing.BODY
        spans.append(Sentence(start=start, end=len(text), standing=standing))
    return Passage(
        id="d.0-1",
        document_id="d",
        plan_id="p",
        section_id="d.s0",
        area="Northmoor",
        path=path,
        role=role,
        start=0,
        end=len(text),
        text=text,
        sentences=tuple(spans),
    )


class Known(NoMeanings):
    """Phrases of which it is known which terms they may mean, with their chances."""

    def __init__(self, near: Mapping[str, Sequence[tuple[str, float]]]) -> None:
        self._near = near

    def meant_by(self, phrase: str) -> Sequence[tuple[str, float]]:
        return self._near.get(phrase, ())
