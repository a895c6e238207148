"""A plan's own parts: its vision, objectives or priorities, in its order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice

from corpus.models import Passage, Plan, Role, Section, Sentence, Standing
from corpus.prominence import EMERGING
from corpus.words import number_word
from service.answering import wording
from service.answering.asked_parts import Part
from service.answering.case import Case, Draft
from service.schemas import Intent, Status

PART_NAMES = {
    Part.VISION: "Vision",
    Part.OBJECTIVES: "Objectives",
    Part.PRIORITIES: "Priorities",
    Part.EMERGING: "Emerging issues",
    Part.PERIOD: "Period",
}
"""What each part is called in an answer."""

_ROLES = {
    Part.VISION: Role.VISION,
    Part.OBJECTIVES: Role.OBJECTIVES,
    Part.PRIORITIES: Role.PRIORITY,
}

_COUNTED = (
    r"(?:priorit(?:y|ies)|objectives?|aims|themes|outcomes|pledges|promises|commitments|"
    r"ambitions|goals|"
    r"(?:focus|priority) areas|areas of focus)\b"
)

Quotable = list[tuple[Passage, Sentence]]


def list_of_parts(case: Case) -> Draft:
    """A plan's own vision, objectives or priorities, in its order."""
    part = case.question.structure or Part.PRIORITIES
    lines, areas = [], []
    for plan in case.scope.plans:
        kind, items = _kind_and_items(case, plan, part)
        if items:
            areas.append(plan.area)
            lines.append(wording.list_opening(PART_NAMES[kind], plan.area, len(items)))
            lines += quotations(case, items)
            if case.question.intent is Intent.COUNT:
                lines += quotations(case, _said_number(case, plan, len(items)))
    if not areas:
        return case.nothing()
    lines.append(wording.summary_note(case.basis))
    status = case.with_missing(Status.ANSWERED)
    return case.draft(status, lines, tuple(dict.fromkeys(areas)))


def _kind_and_items(case: Case, plan: Plan, part: Part) -> tuple[Part, Quotable]:
    """The part asked for; the priorities, where a plan calls those its objectives."""
    items = parts_of(case, plan, part)
    if part is Part.OBJECTIVES and not items:
        return Part.PRIORITIES, parts_of(case, plan, Part.PRIORITIES)
    return part, items


def _said_number(case: Case, plan: Plan, number: int) -> Quotable:
    """The first sentence in which a plan itself says how many of the part it has."""
    word = number_word(number)
    said = re.compile(rf"\b(?:{word}|{number})\b(?:\W+\w+){{0,2}}?\W+{_COUNTED}", re.IGNORECASE)
    return _first_saying(plan, case.engine.passages(plan.document_id), said.search)


def quotations(case: Case, items: Quotable) -> list[str]:
    """Each sentence with its citation."""
    return [
        wording.quotation(passage.quote(sentence), case.book.cite(passage, sentence))
        for passage, sentence in items
    ]


def parts_of(case: Case, plan: Plan, part: Part) -> Quotable:
    """What a plan has of a part, in its order."""
    passages = case.engine.passages(plan.document_id)
    if part is Part.PERIOD:
        return _period(plan, passages)
    found: Quotable = []
    for section in case.engine.sections(plan.document_id):
        sentences = _sentences_of(section, passages)
        if section.plan_id == plan.id and _is_part(section, sentences, part):
            found += _told_of(section, sentences, part)
    return found


def sentences_of_priorities(case: Case, plan: Plan) -> Quotable:
    """Of a plan's priorities the titles and the sentences that open them."""
    passages = case.engine.passages(plan.document_id)
    return [
        (passage, sentence)
        for passage in passages
        if passage.plan_id == plan.id and passage.role is Role.PRIORITY
        for sentence in passage.sentences
        if sentence.standing is not Standing.BODY
    ]


def _is_part(section: Section, sentences: Quotable, part: Part) -> bool:
    if part is not Part.EMERGING:
        return section.role is _ROLES[part]
    if section.role is Role.EMERGING:
        return True
    opening = [p.quote(sentence) for p, sentence in sentences if sentence.standing != "body"]
    return any(EMERGING.search(words) for words in (*section.path[1:], *opening))


def _told_of(section: Section, sentences: Quotable, part: Part) -> Quotable:
    """Of a priority the title; of other parts what is said, under headings that name one each."""
    if part is Part.PRIORITIES:
        return _title(section, sentences)
    body = [pair for pair in sentences if pair[1].standing is not Standing.HEADING]
    names_one = part is Part.EMERGING and not EMERGING.search(section.path[-1])
    return [*_title(section, sentences), *body] if names_one else body or sentences


def _sentences_of(section: Section, passages: Sequence[Passage]) -> Quotable:
    return [
        (passage, sentence)
        for passage in passages
        if passage.section_id == section.id
        for sentence in passage.sentences
    ]


def _title(section: Section, sentences: Quotable) -> Quotable:
    """The heading of a section as something to quote."""
    if section.heading is None or not sentences:
        return sentences[:1]
    start, end = section.heading.start, section.heading.end
    heading = Sentence(start=start, end=end, standing=Standing.HEADING)
    return [(sentences[0][0], heading)]


def _period(plan: Plan, passages: Sequence[Passage]) -> Quotable:
    """The first words of a plan that hold the first of its years."""
    if plan.period is None:
        return []
    start = str(plan.period.start)
    return _first_saying(plan, passages, lambda quote: start in quote)


def _first_saying(
    plan: Plan, passages: Sequence[Passage], says: Callable[[str], object]
) -> Quotable:
    """The first sentence of a plan that says something; none where no sentence does."""
    saying = (
        (passage, sentence)
        for passage in passages
        if passage.plan_id == plan.id
        for sentence in passage.sentences
        if says(passage.quote(sentence))
    )
    return list(islice(saying, 1))
