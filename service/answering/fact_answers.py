"""Facts: the sentence that holds what is asked for, or a refusal."""

from __future__ import annotations

import re
from time import perf_counter

from corpus.models import Passage
from corpus.query import any_word_of
from corpus.retrieval import Scope
from service.answering import asking, facts, grammar, times, wording
from service.answering.asked_parts import Part
from service.answering.case import Case, Draft
from service.answering.part_answers import list_of_parts
from service.answering.reading import Question, mask
from service.answering.report import named_area, report_passages
from service.schemas import Status

_CANDIDATES = 40
"""Passages read for a fact, best first by words and meaning."""
_COVERAGE = 0.55
"""The share of a question's words, by weight, that a sentence must meet to answer it."""


def fact(case: Case) -> Draft:
    """The sentence that holds the kind of thing asked for, or a refusal."""
    if case.question.structure is Part.PERIOD:
        return list_of_parts(case)
    question = facts.fact_question(
        _without_areas(case.question),
        asking=asking.HELPERS | asking.ASK_VERBS,
        light=case.vocabulary.lexicon.light,
        words_for=case.vocabulary.words_for,
    )
    passages = _candidates(case, question)
    found = facts.best_facts(question, passages, _weights(case, question))
    best = found[0] if found and found[0].coverage >= _COVERAGE else None
    _judge_areas(case)
    if best is None:
        return case.nothing()
    area = best.passage.area or named_area(case, best.passage)
    n = case.book.cite(best.passage, best.sentence, area)
    lines = [
        wording.quotation(best.passage.quote(best.sentence), n),
        wording.summary_note(case.basis if best.passage.plan_id else None),
    ]
    return case.draft(Status.ANSWERED, lines, (area,) if area else ())


def _candidates(case: Case, question: facts.FactQuestion) -> list[Passage]:
    query = " ".join(question.content.values()) or case.question.text
    started = perf_counter()
    # The topic's vector serves its terms and its nearest passages too: it is made once.
    vector = case.engine.embed(case.question.topics[0] if case.question.topics else query)
    embedded = perf_counter()
    scope = Scope()
    if case.question.about_report and not case.question.mentions:
        scope = Scope(outside_plans=True)
    elif case.question.mentions:
        scope = case.scope.retrieval
    hits = case.engine.search(any_word_of(query), vector, scope, _CANDIDATES).hits
    passages = [hit.passage for hit in hits]
    if case.question.mentions:
        passages += report_passages(case)
    case.watch.embed += embedded - started
    case.watch.search += perf_counter() - embedded
    return passages


def _weights(case: Case, question: facts.FactQuestion) -> dict[str, float]:
    """How much each word of the question tells, by its rarity among the passages held."""
    total = case.engine.passage_count
    return {
        stem: facts.weight(total, case.engine.count(any_word_of(word), Scope()))
        for stem, word in question.content.items()
    }


def _judge_areas(case: Case) -> None:
    """A fact asked of certain areas still gets its verdicts; one of the report has none."""
    if case.question.mentions and case.scope.plans and not case.wire:
        case.judge_topics(lambda _: ())


def _without_areas(question: Question) -> str:
    """The question without the areas, their documents and the report that it names."""
    masked = mask(question.text, question.mentions)
    letters = list(question.text)
    for pattern in (_IN_A_DOCUMENT, *_EDITION, grammar.REPORT, _AREA):
        for found in pattern.finditer(masked):
            letters[slice(*found.span())] = " " * len(found.group())
    start, end = question.asked
    text = "".join(letters[start:end])
    if question.topic and not start <= question.topic.start < end:
        # What "it" means was said before.
        text = f"{text} {question.topic.phrase}"
    return " ".join(_SHORT_PERIOD.sub(r"20\1/\2", text).split())


_AREA = re.compile(r"@+(?:['’]s)?")
_EDITION = (
    times.PREVIOUS,
    times.NTH_EDITION,
    re.compile(r"\b(?:the|that) (?:19|20)\d\d one\b"),
    times.LATELY,
)
_IN_A_DOCUMENT = re.compile(rf"(?=\b(?:in|of|from|under|within|by) )(?:{grammar.OF_AREA.pattern})")
_SHORT_PERIOD = re.compile(r"(?<![\d/])(\d\d)/(\d\d)\b(?!/)")
"""A financial year without its century, as sentences hardly write it: '25/26'."""
