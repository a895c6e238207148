"""Questions about what certain plans say: looked up, compared, or asked for a yes."""

from __future__ import annotations

from service.answering import wording
from service.answering.answer_kinds import asked_kind
from service.answering.case import Case, Draft, Judged, areas_named
from service.answering.fact_answers import fact
from service.answering.part_answers import list_of_parts
from service.answering.report import report_lines
from service.schemas import NAMED, Status, Verdict


def lookup(case: Case) -> Draft:
    """What the plans of the asked areas say of the topics."""
    if asked_kind(case.question.text) is not None:
        return fact(case)
    if not case.question.topics:
        return list_of_parts(case)
    judged = case.judge_topics(case.detailed_evidence)
    areas = areas_named(judged, NAMED)
    if not areas:
        draft = fact(case)
        if draft.answerable:
            return draft
        if _may_be_meant(judged):
            return case.draft(Status.PARTLY, _perhaps(case, judged))
        return case.draft(Status.NOT_IN_PLANS, case.refusal_lines(judged))
    lines = [*case.opening(judged), *case.board_lines(judged, details=True)]
    lines += report_lines(case, areas)
    return case.draft(case.with_missing(Status.ANSWERED), lines, areas)


def compare(case: Case) -> Draft:
    """What each of the compared areas says of the topics, or their priorities, side by side."""
    if not case.question.topics:
        return list_of_parts(case)
    judged = case.judge_topics(case.detailed_evidence)
    areas = areas_named(judged, NAMED)
    if not areas and _may_be_meant(judged):
        return case.draft(Status.PARTLY, _perhaps(case, judged))
    if not areas:
        return case.draft(Status.NOT_IN_PLANS, case.refusal_lines(judged))
    compared = {*case.scope.areas, *case.scope.missing_areas}
    status = Status.ANSWERED if set(areas) == compared else Status.PARTLY
    lines = [*case.opening(judged), *case.board_lines(judged, details=True)]
    return case.draft(status, lines, areas)


def _may_be_meant(judged: list[Judged]) -> bool:
    """Whether words of a plan may mean a topic."""
    return any(v.verdict is Verdict.POSSIBLE for verdicts in judged for v in verdicts)


def _perhaps(case: Case, judged: list[Judged]) -> list[str]:
    """That no plan clearly names it, and what may mean it: the reader decides."""
    weaker = wording.only_weaker(case.topics_phrase, NAMED)
    return [*case.opening(judged), weaker, *case.board_lines(judged, details=True)]


def yes_or_no(case: Case) -> Draft:
    """Whether the plans say so; never "no" about the world from their silence."""
    if not case.question.topics:
        return case.draft(Status.UNCLEAR, [wording.unclear()])
    judged, areas, _ = case.areas_with(case.wanted)
    silent = {Verdict.RELATED, Verdict.NOT_MENTIONED, Verdict.MENTIONED}
    says_no = all(v.verdict in silent for verdicts in judged for v in verdicts)
    topic = case.topics_phrase
    if areas:
        found = [v for verdicts in judged for v in verdicts if v.plan.area in areas]
        of_all = not case.question.quantified or set(areas) == set(case.scope.areas)
        said = [(v.plan.area, v.verdict) for v in found]
        lines, status = [wording.yes(topic, said, of_all=of_all)], Status.ANSWERED
    elif case.question.about_text and says_no:
        lines = [wording.no(topic, case.scope.areas, case.wanted)]
        status = Status.ANSWERED
    else:
        return case.draft(Status.NOT_IN_PLANS, case.refusal_lines(judged))
    lines += [*case.opening(judged), *case.board_lines(judged)]
    return case.draft(case.with_missing(status), lines, areas)
