"""What a report itself says of an area, outside the plans that it holds."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.models import Passage
from corpus.retrieval import Scope
from corpus.words import content_stems
from service.answering import wording
from service.answering.case import Case
from service.answering.judge import named


def report_passages(case: Case) -> list[Passage]:
    """Passages outside every plan that name an area in scope."""
    clauses = [{stem} for stem in _area_stems(case)]
    if not clauses:
        return []
    any_area = [frozenset(stem for clause in clauses for stem in clause)]
    found = case.engine.containing(any_area, Scope(outside_plans=True))
    return [passage for passage in found if named_area(case, passage)]


def _area_stems(case: Case) -> set[str]:
    return {stem for area in case.scope.areas for stem in content_stems(area)}


def named_area(case: Case, passage: Passage) -> str | None:
    """The first area in scope that a passage outside the plans names."""
    if not case.question.mentions:
        return None
    return next((area for area in case.scope.areas if area in passage.text), None)


def report_lines(case: Case, areas: Sequence[str]) -> list[str]:
    """Sentences of the report itself on the topics that name one of the areas."""
    lines = []
    for terms in case.terms:
        for passage in report_passages(case):
            for finding in named(terms, passage):
                area = next((a for a in areas if a in passage.quote(finding.sentence)), None)
                if area:
                    n = case.book.cite(passage, finding.sentence, area)
                    quote = passage.quote(finding.sentence)
                    lines.append(wording.report_adds(area, quote, n))
    return lines
