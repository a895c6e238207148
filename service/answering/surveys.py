"""What plans have in common, and what one has alone: their priorities side by side.

A priority is about the glossary's terms in its title and its opening sentence, and about the
classes above them. What is claimed of a subject is confirmed by the judge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.models import Passage, Plan, Sentence
from service.answering import wording
from service.answering.asked_parts import Part, Survey
from service.answering.case import Case, Draft
from service.answering.part_answers import parts_of, quotations, sentences_of_priorities
from service.answering.scoping import PlanScope, current_editions
from service.schemas import RANKED, Status

_SUBJECTS = 10
"""Subjects told of in one answer, at most; how many there are beside is said."""
_QUOTED = 5
"""Areas quoted for each of them, at most; the others are named."""

_CONFIRMED = 40
"""Subjects that the judge confirms, at most: each is a board over the plans."""

Evidence = tuple[Passage, Sentence]
Subjects = Mapping[str, Mapping[str, Evidence]]
"""By subject and area, the sentence that makes it a priority there."""


def survey(case: Case, kind: Survey) -> Draft:
    """What was asked of the plans in scope, from their own priorities."""
    if kind in {Survey.MOST, Survey.FEWEST}:
        return _by_number(case, most=kind is Survey.MOST)
    # What one plan has alone is so among all that are held, not only those asked about.
    plans = current_editions(case.engine.plans()) if kind is Survey.UNIQUE else case.scope.plans
    subjects = _confirmed(case, _chosen(case, kind, _counted(case, plans)), plans)
    chosen = _telling(case, _chosen(case, kind, subjects), subjects)
    if not chosen:
        return case.draft(Status.ANSWERED, [_read(case), wording.survey_empty(kind.value)])
    shown = chosen[:_SUBJECTS]
    lines = [_read(case), wording.survey_opening(kind.value, shown)]
    for subject in shown:
        lines += _lines(case, subject, subjects[subject])
    lines += [wording.more_subjects(len(chosen) - len(shown)), wording.summary_note(case.basis)]
    areas = sorted({area for subject in shown for area in subjects[subject]})
    return case.draft(case.with_missing(Status.ANSWERED), lines, tuple(areas))


def _read(case: Case) -> str:
    return wording.plans_read(case.scope.summary.plans_read, len(case.scope.plans))


def _counted(case: Case, plans: Iterable[Plan]) -> Subjects:
    """Subjects by the terms that titles and opening sentences hold: quick, and close."""
    found: dict[str, dict[str, Evidence]] = defaultdict(dict)
    for plan in plans:
        for passage, sentence in sentences_of_priorities(case, plan):
            for subject in sorted(case.vocabulary.lexicon.subjects_of(passage.quote(sentence))):
                found[subject].setdefault(plan.area, (passage, sentence))
    return found


def _confirmed(case: Case, chosen: Sequence[str], plans: Sequence[Plan]) -> Subjects:
    """The subjects as the judge has them: by area the sentence that makes each a priority."""
    scope = PlanScope(tuple(plans), len(plans), (), None)
    confirmed: dict[str, dict[str, Evidence]] = {}
    for subject in chosen[:_CONFIRMED]:
        topic = case.vocabulary.topic(subject)
        named = case.boards.named(topic, scope, case.watch) if topic else {}
        confirmed[subject] = {
            plan.area: (best.passage, best.sentence)
            for plan in plans
            if plan.id in named and (best := named[plan.id].best) and best.verdict in RANKED
        }
    return confirmed


def _chosen(case: Case, kind: Survey, subjects: Subjects) -> list[str]:
    """The subjects that the question is for, by the number of areas in scope, then by name."""
    wanted = set(case.scope.areas)
    number = {subject: len(wanted & areas.keys()) for subject, areas in subjects.items()}
    ordered = sorted(number, key=lambda subject: (-number[subject], subject))
    if kind is Survey.UNIQUE:
        return [each for each in ordered if number[each] == len(subjects[each]) == 1]
    least = len(wanted) if kind is Survey.SHARED else max(2, number[ordered[0]] if ordered else 0)
    return [each for each in ordered if number[each] >= least]


def _telling(case: Case, chosen: Sequence[str], subjects: Subjects) -> list[str]:
    """Without classes that are there by one thing below them only: that thing tells more."""
    chosen = sorted(chosen)
    return [
        wider
        for wider in chosen
        if not any(
            case.vocabulary.lexicon.is_within(term, wider)
            and subjects[term].keys() == subjects[wider].keys()
            for term in chosen
        )
    ]


def _lines(case: Case, subject: str, areas: Mapping[str, Evidence]) -> Iterator[str]:
    within = sorted(area for area in areas if area in case.scope.areas)
    yield wording.subject_line(subject, within)
    for area in within[:_QUOTED]:
        passage, sentence = areas[area]
        yield wording.area_quotation(
            area, passage.quote(sentence), case.book.cite(passage, sentence)
        )


def _by_number(case: Case, *, most: bool) -> Draft:
    """The areas with the most priorities, or the fewest, and how many each has."""
    counts = {plan.area: len(parts_of(case, plan, Part.PRIORITIES)) for plan in case.scope.plans}
    told = {area: count for area, count in counts.items() if count}
    if not told:
        return case.nothing()
    best = (max if most else min)(told.values())
    areas = tuple(sorted(area for area, count in told.items() if count == best))
    lines = [_read(case), wording.by_number(areas, best, most=most)]
    for plan in case.scope.plans:
        if plan.area in told:
            lines.append(wording.list_opening("Priorities", plan.area, told[plan.area]))
        if plan.area in areas:
            lines += quotations(case, parts_of(case, plan, Part.PRIORITIES))
    return case.draft(Status.ANSWERED, [*lines, wording.summary_note(case.basis)], areas)
