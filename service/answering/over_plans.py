"""Questions that range over plans: which name a topic, which don't, and how many."""

from __future__ import annotations

from service.answering import wording
from service.answering.asked_parts import Part
from service.answering.board import PlanVerdict
from service.answering.case import Case, Draft, short_evidence
from service.answering.judge import if_named
from service.answering.part_answers import PART_NAMES, list_of_parts, parts_of
from service.schemas import NAMED, Status, Verdict


def over_plans(case: Case) -> Draft:
    """Which areas name the topics, or make them a priority; without a topic, have a plan."""
    if not case.question.topics and case.scope.year is not None:
        lines = [wording.plans_for_year(case.scope.year, case.scope.areas)]
        return case.draft(Status.ANSWERED, lines, case.scope.areas)
    if not case.question.topics and case.question.structure is not None:
        return list_of_parts(case)
    judged, areas, weaker = case.areas_with(case.wanted)
    if not areas and not weaker:
        return case.draft(Status.NOT_IN_PLANS, case.refusal_lines(judged))
    lines = case.opening(judged)
    if not areas:
        lines.append(wording.only_weaker(case.topics_phrase, case.wanted))
    lines += case.board_lines(judged)
    status = Status.ANSWERED if areas else Status.PARTLY
    return case.draft(case.with_missing(status), lines, areas)


def count(case: Case) -> Draft:
    """How many areas, or how many priorities and the like."""
    if case.question.structure is not None and not case.question.topics:
        return list_of_parts(case)
    if case.question.negated:
        return negation(case)
    draft = over_plans(case)
    status = Status.ANSWERED if draft.status is Status.NOT_IN_PLANS else draft.status
    return case.draft(status, draft.text.split("\n"), draft.areas)


def negation(case: Case) -> Draft:
    """Which areas have no plan that names the topics as asked: all read, none possible."""
    part = case.question.structure
    if part is not None and not case.question.topics:
        return _without_part(case, part)
    judged = case.judge_topics(short_evidence)
    having = {v.plan.area for verdicts in judged for v in verdicts if _may_have(v, case.wanted)}
    areas = tuple(area for area in case.scope.areas if area not in having)
    lines = [
        wording.plans_read(case.scope.summary.plans_read, len(case.scope.plans)),
        wording.negation_opening(case.topics_phrase, areas, case.wanted),
        *case.board_lines(judged),
    ]
    return case.draft(case.with_missing(Status.ANSWERED), lines, areas)


def _without_part(case: Case, part: Part) -> Draft:
    """Which areas have no plan with a part, such as emerging issues: all read whole."""
    having = {plan.area for plan in case.scope.plans if parts_of(case, plan, part)}
    unread = {plan.area for plan in case.scope.plans if not plan.read_whole}
    areas = tuple(area for area in case.scope.areas if area not in having | unread)
    lines = [
        wording.plans_read(case.scope.summary.plans_read, len(case.scope.plans)),
        wording.negation_opening(PART_NAMES[part].lower(), areas, NAMED),
        wording.summary_note(case.basis),
    ]
    return case.draft(case.with_missing(Status.ANSWERED), lines, areas)


def _may_have(verdict: PlanVerdict, wanted: frozenset[Verdict]) -> bool:
    """Whether a plan has a wanted verdict, or could: read in part, or perhaps in other words.

    What may be meant in passing is no priority, whatever it means.
    """
    if verdict.verdict is Verdict.POSSIBLE:
        return any(if_named(each.passage, each.sentence) in wanted for each in verdict.findings)
    return verdict.verdict is Verdict.UNREADABLE or verdict.verdict in wanted
