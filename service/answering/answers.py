"""An answer for each kind of question, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from service.answering import wording
from service.answering.board import no_plan_verdicts
from service.answering.case import Case, Draft
from service.answering.fact_answers import fact
from service.answering.of_areas import compare, lookup, yes_or_no
from service.answering.over_plans import count, negation, over_plans
from service.answering.part_answers import list_of_parts
from service.answering.surveys import survey
from service.schemas import Intent, Status

_TOPICS = 12
"""Topics of one question, at most: each is a board over every plan in scope."""

_KINDS: Mapping[Intent, Callable[[Case], Draft]] = {
    Intent.SET: over_plans,
    Intent.SEARCH: over_plans,
    Intent.COUNT: count,
    Intent.NEGATION: negation,
    Intent.LOOKUP: lookup,
    Intent.COMPARE: compare,
    Intent.YESNO: yes_or_no,
    Intent.LIST: list_of_parts,
    Intent.FACT: fact,
}


def answer(case: Case) -> Draft:
    """The answer of the kind that the question asks for, or a refusal."""
    draft = _refusal(case) or _answer(case)
    if case.question.several:
        # In the first line, which every surface shows whole.
        first, parted, rest = draft.text.partition("\n")
        text = f"{first} {wording.only_one_question()}{parted}{rest}"
        return replace(draft, text=text)
    return draft


def _answer(case: Case) -> Draft:
    if case.question.opinion:
        return case.draft(Status.NOT_IN_PLANS, [wording.no_judgement()])
    if case.question.survey:
        return survey(case, case.question.survey)
    return _KINDS[case.question.intent](case)


def _refusal(case: Case) -> Draft | None:
    """The answer where there is nothing to read or nothing was asked, else None."""
    question = case.question
    if case.scope.held == 0:
        return case.draft(Status.NO_PLAN_HELD, [wording.nothing_held()])
    asks_nothing = not (
        question.topics or question.mentions or question.structure or question.survey
    )
    if asks_nothing and question.year is None:
        return case.draft(Status.UNCLEAR, [wording.unclear()])
    if len(question.topics) > _TOPICS:
        told = wording.too_many_topics(len(question.topics), _TOPICS)
        return case.draft(Status.UNCLEAR, [told])
    on_report = question.intent is Intent.FACT and not (question.mentions or question.edition)
    if case.scope.plans or on_report:
        return None
    lines = []
    if case.scope.missing_areas:
        lines.append(wording.no_plan_line(case.scope.missing_areas))
    elif case.scope.year is None:
        lines.append(wording.no_plan_matches())
    else:
        lines.append(wording.no_plan_for_year(case.scope.year, case.scope.held_period))
    case.wire.extend(no_plan_verdicts(case.question.topics, case.scope))
    return case.draft(Status.NO_PLAN_HELD, lines)
