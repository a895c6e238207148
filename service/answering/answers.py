"""One answer of each kind, from verdicts and passages to status, areas, text and citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from time import perf_counter

from corpus.models import Basis, Passage, Plan, Role, Section, Sentence, Standing
from corpus.retrieval import Scope, SearchMode
from corpus.words import content_stems
from service.answering import facts, grammar, wording
from service.answering.board import (
    Boards,
    PlanVerdict,
    Stopwatch,
    no_plan_verdicts,
    to_wire,
)
from service.answering.citing import CitationBook, cited_in
from service.answering.judge import EMERGING, Finding, named
from service.answering.reading import Combine, Part, Question
from service.answering.scoping import PlanScope
from service.answering.vocabulary import Vocabulary
from service.answering.wordings import Topic
from service.ports import Engine
from service.schemas import NAMED, RANKED, Intent, Status, TopicVerdict, Verdict

_DETAILS = 5
"""Sentences quoted of one plan where the question is what that plan says."""
_FACT_CANDIDATES = 40
"""Passages read for a fact, best first by words and meaning."""
_FACT_COVERAGE = 0.55
"""The share of a question's words, by weight, that a sentence must meet to answer it."""
_TOPICS = 12
"""Topics of one question, at most: each is a board over every plan in scope."""

_PART_NAMES = {
    Part.VISION: "Vision",
    Part.OBJECTIVES: "Objectives",
    Part.PRIORITIES: "Priorities",
    Part.EMERGING: "Emerging issues",
}

_ROLES = {
    Part.VISION: Role.VISION,
    Part.OBJECTIVES: Role.OBJECTIVES,
    Part.PRIORITIES: Role.PRIORITY,
}

Judged = list[PlanVerdict]
Quotable = list[tuple[Passage, Sentence]]


@dataclass(frozen=True)
class Draft:
    """An answer before it is numbered and timed."""

    scope: PlanScope
    status: Status
    text: str
    book: CitationBook
    areas: tuple[str, ...] = ()
    verdicts: tuple[TopicVerdict, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether the plans held answer the question, if only in part."""
        return self.status in {Status.ANSWERED, Status.PARTLY}


@dataclass
class Answers:
    """Answers one question over the plans in its scope."""

    engine: Engine
    boards: Boards
    vocabulary: Vocabulary
    question: Question
    scope: PlanScope
    book: CitationBook
    watch: Stopwatch
    _wire: list[TopicVerdict] = field(default_factory=list)

    # What can't be answered at all

    def refusal(self) -> Draft | None:
        """The answer where there is nothing to read or nothing was asked, else None."""
        question = self.question
        if self.scope.held == 0:
            return self._draft(Status.NO_PLAN_HELD, [wording.nothing_held()])
        asks_nothing = not (question.topics or question.mentions or question.structure)
        if asks_nothing and question.year is None:
            return self._draft(Status.UNCLEAR, [wording.unclear()])
        if len(question.topics) > _TOPICS:
            told = wording.too_many_topics(len(question.topics), _TOPICS)
            return self._draft(Status.UNCLEAR, [told])
        on_report = question.intent is Intent.FACT and not question.mentions
        if self.scope.plans or on_report:
            return None
        lines = []
        if self.scope.missing_areas:
            lines.append(wording.no_plan_line(self.scope.missing_areas))
        elif self.scope.year is None:
            lines.append(wording.no_plan_matches())
        else:
            lines.append(wording.no_plan_for_year(self.scope.year, self.scope.held_period))
        self._wire.extend(no_plan_verdicts(self.question.topics, self.scope))
        return self._draft(Status.NO_PLAN_HELD, lines)

    # Questions that range over plans

    def over_plans(self) -> Draft:
        """Which areas name the topics, or make them a priority; without a topic, have a plan."""
        if not self.question.topics and self.scope.year is not None:
            lines = [wording.plans_for_year(self.scope.year, self.scope.areas)]
            return self._draft(Status.ANSWERED, lines, self.scope.areas)
        judged, areas, weaker = self._areas_with(self._wanted)
        if not areas and not weaker:
            return self._draft(Status.NOT_IN_PLANS, self._refusal_lines(judged))
        lines = self._opening(judged)
        if not areas:
            ranked = self.question.ranked_only
            lines.append(wording.only_weaker(self._topics_phrase, ranked=ranked))
        lines += self._board_lines(judged)
        status = Status.ANSWERED if areas else Status.PARTLY
        return self._draft(self._with_missing(status), lines, areas)

    def count(self) -> Draft:
        """How many areas, or how many priorities and the like."""
        if self.question.structure is not None and not self.question.topics:
            return self.list_of_parts()
        if self.question.negated:
            return self.negation()
        draft = self.over_plans()
        status = Status.ANSWERED if draft.status is Status.NOT_IN_PLANS else draft.status
        return self._draft(status, draft.text.split("\n"), draft.areas)

    def negation(self) -> Draft:
        """Which areas have no plan that names the topics: all read, none possible."""
        judged = self._judge_topics(self._single_evidence)
        wanted = RANKED if self.question.ranked_only else NAMED
        excluded = {Verdict.POSSIBLE, Verdict.UNREADABLE, *wanted}
        having = {v.plan.area for verdicts in judged for v in verdicts if v.verdict in excluded}
        areas = tuple(area for area in self.scope.areas if area not in having)
        lines = [
            wording.plans_read(self.scope.summary.plans_read, len(self.scope.plans)),
            wording.negation_opening(self._topics_phrase, areas, ranked=self.question.ranked_only),
            *self._board_lines(judged),
        ]
        return self._draft(self._with_missing(Status.ANSWERED), lines, areas)

    # Questions about what certain plans say

    def lookup(self) -> Draft:
        """What the plans of the asked areas say of the topics."""
        if not self.question.topics:
            return self.list_of_parts()
        kind = facts.asked_kind(self.question.text)
        if kind is not None:
            return self.fact()
        judged = self._judge_topics(_detailed_evidence)
        areas = _areas_named(judged, NAMED)
        if not areas:
            draft = self.fact()
            if draft.answerable:
                return draft
            return self._draft(Status.NOT_IN_PLANS, self._refusal_lines(judged))
        lines = [*self._opening(judged), *self._board_lines(judged, details=True)]
        lines += self._report_lines(areas)
        return self._draft(self._with_missing(Status.ANSWERED), lines, areas)

    def compare(self) -> Draft:
        """What each of the compared areas says of the topics, side by side."""
        judged = self._judge_topics(_detailed_evidence)
        areas = _areas_named(judged, NAMED)
        if not areas:
            return self._draft(Status.NOT_IN_PLANS, self._refusal_lines(judged))
        compared = {*self.scope.areas, *self.scope.missing_areas}
        status = Status.ANSWERED if set(areas) == compared else Status.PARTLY
        lines = [*self._opening(judged), *self._board_lines(judged, details=True)]
        return self._draft(status, lines, areas)

    def yes_or_no(self) -> Draft:
        """Whether the plans say so; never "no" about the world from their silence."""
        judged, areas, _ = self._areas_with(self._wanted)
        silent = {Verdict.RELATED, Verdict.NOT_MENTIONED, Verdict.MENTIONED}
        says_no = all(v.verdict in silent for verdicts in judged for v in verdicts)
        topic = self._topics_phrase
        if areas:
            found = [v for verdicts in judged for v in verdicts if v.plan.area in areas]
            lines, status = (
                [wording.yes(topic, [(v.plan.area, v.verdict) for v in found])],
                Status.ANSWERED,
            )
        elif self.question.about_text and says_no:
            ranked = self.question.ranked_only
            lines = [wording.no(topic, self.scope.areas, ranked=ranked)]
            status = Status.ANSWERED
        else:
            return self._draft(Status.NOT_IN_PLANS, self._refusal_lines(judged))
        lines += [*self._opening(judged), *self._board_lines(judged)]
        return self._draft(self._with_missing(status), lines, areas)

    def list_of_parts(self) -> Draft:
        """A plan's own vision, objectives or priorities, in its order."""
        part = self.question.structure or Part.PRIORITIES
        lines, areas = [], []
        for plan in self.scope.plans:
            items = self._parts(plan, part)
            if items:
                areas.append(plan.area)
                lines.append(wording.list_opening(_PART_NAMES[part], plan.area, len(items)))
                lines += [
                    wording.quotation(passage.quote(sentence), self.book.cite(passage, sentence))
                    for passage, sentence in items
                ]
        if not areas:
            return self._nothing()
        lines.append(wording.summary_note(self._basis))
        status = self._with_missing(Status.ANSWERED)
        return self._draft(status, lines, tuple(dict.fromkeys(areas)))

    def _parts(self, plan: Plan, part: Part) -> Quotable:
        passages = self.engine.passages(plan.document_id)
        found: Quotable = []
        for section in self.engine.sections(plan.document_id):
            sentences = _sentences_of(section, passages)
            if section.plan_id == plan.id and _is_part(section, sentences, part):
                found += _title(section, sentences) if part is Part.PRIORITIES else _body(sentences)
        return found

    # Facts

    def fact(self) -> Draft:
        """The sentence that holds the kind of thing asked for, or a refusal."""
        question = facts.fact_question(
            _without_areas(self.question),
            asking=grammar.HELPERS | grammar.ASK_VERBS,
            light=self.vocabulary.light,
        )
        passages = self._fact_candidates(question)
        found = facts.best_facts(question, passages, self._weights(question))
        best = found[0] if found and found[0].coverage >= _FACT_COVERAGE else None
        self._judge_for_fact()
        if best is None:
            return self._nothing()
        area = best.passage.area or self._named_area(best.passage)
        n = self.book.cite(best.passage, best.sentence, area)
        lines = [
            wording.quotation(best.passage.quote(best.sentence), n),
            wording.summary_note(self._basis if best.passage.plan_id else None),
        ]
        return self._draft(Status.ANSWERED, lines, (area,) if area else ())

    def _fact_candidates(self, question: facts.FactQuestion) -> list[Passage]:
        query = " ".join(question.content.values()) or self.question.text
        started = perf_counter()
        # The topic's vector serves its terms and its nearest passages too: it is made once.
        vector = self.engine.embed(self.question.topics[0] if self.question.topics else query)
        embedded = perf_counter()
        scope = Scope()
        if self.question.about_report:
            scope = Scope(outside_plans=True)
        elif self.question.mentions:
            scope = self.scope.retrieval
        hits = self.engine.search(query, vector, SearchMode.HYBRID, scope, _FACT_CANDIDATES).hits
        passages = [hit.passage for hit in hits]
        if self.question.mentions:
            passages += self._report_passages()
        self.watch.embed += embedded - started
        self.watch.search += perf_counter() - embedded
        return passages

    def _weights(self, question: facts.FactQuestion) -> dict[str, float]:
        """How much each word of the question tells, by its rarity among the passages held."""
        total = self.engine.passage_count
        return {
            stem: facts.weight(
                total, self.engine.search(word, None, SearchMode.KEYWORD, Scope(), 1).total
            )
            for stem, word in question.content.items()
        }

    def _judge_for_fact(self) -> None:
        """A fact asked of certain areas still gets its verdicts; one of the report has none."""
        if self.question.mentions and self.scope.plans and not self._wire:
            self._judge_topics(lambda _: ())

    # What the report itself says, outside its plans

    def _report_passages(self) -> list[Passage]:
        """Passages outside every plan that name an area in scope."""
        clauses = [{stem} for stem in self._area_stems()]
        if not clauses:
            return []
        any_area = [frozenset(stem for clause in clauses for stem in clause)]
        found = self.engine.containing(any_area, Scope(outside_plans=True))
        return [passage for passage in found if self._named_area(passage)]

    def _area_stems(self) -> set[str]:
        return {stem for area in self.scope.areas for stem in content_stems(area)}

    def _named_area(self, passage: Passage) -> str | None:
        """The first area in scope that a passage outside the plans names."""
        if not self.question.mentions:
            return None
        return next((area for area in self.scope.areas if area in passage.text), None)

    def _report_lines(self, areas: Sequence[str]) -> list[str]:
        """Sentences of the report itself on the topics that name one of the areas."""
        lines = []
        for terms in self._terms:
            for passage in self._report_passages():
                for finding in named(terms, passage):
                    area = next((a for a in areas if a in passage.quote(finding.sentence)), None)
                    if area:
                        n = self.book.cite(passage, finding.sentence, area)
                        quote = passage.quote(finding.sentence)
                        lines.append(wording.report_adds(area, quote, n))
        return lines

    # Shared steps

    @cached_property
    def _terms(self) -> list[Topic]:
        """The topics with their wordings; one without a word that tells is left out."""
        started = perf_counter()
        topics = [self.vocabulary.topic(topic) for topic in self.question.topics]
        # Most of the time goes into the vectors of topics that the glossary doesn't list.
        self.watch.embed += perf_counter() - started
        return [topic for topic in topics if topic is not None]

    @property
    def _topics_phrase(self) -> str:
        conjunction = "or" if self.question.combine is Combine.ANY else "and"
        wanted = wording.names(self.question.wanted, conjunction)
        unwanted = wording.names(self.question.unwanted, "or")
        return f"{wanted} but not {unwanted}" if unwanted else wanted

    @property
    def _wanted(self) -> frozenset[Verdict]:
        return RANKED if self.question.ranked_only else NAMED

    @property
    def _basis(self) -> Basis | None:
        """The basis shared by the plans in scope, None where they differ."""
        bases = {plan.basis for plan in self.scope.plans}
        return bases.pop() if len(bases) == 1 else None

    def _single_evidence(self, verdict: PlanVerdict) -> Iterable[Finding]:
        return verdict.findings[:1] if verdict.verdict.is_named else ()

    def _judge_topics(self, evidence: Callable[[PlanVerdict], Iterable[Finding]]) -> list[Judged]:
        """The board of each topic; its verdicts go into the answer with the evidence chosen."""
        judged = []
        for terms in self._terms:
            verdicts = self.boards.of(terms, self.scope, self.watch)
            verdicts.sort(key=lambda v: (v.verdict.strength, v.plan.area))
            self._wire += [to_wire(terms, v, self.book, evidence(v)) for v in verdicts]
            self._wire += no_plan_verdicts([terms.phrase], self.scope)
            judged.append(verdicts)
        return judged

    def _areas_with(
        self, wanted: frozenset[Verdict]
    ) -> tuple[list[Judged], tuple[str, ...], tuple[str, ...]]:
        """The boards, the areas that have a wanted verdict, and those that have a weaker one."""
        judged = self._judge_topics(self._single_evidence)
        areas = self._combined(judged, wanted)
        weaker = self._combined(judged, NAMED | {Verdict.POSSIBLE})
        return judged, areas, weaker

    def _combined(self, judged: list[Judged], wanted: frozenset[Verdict]) -> tuple[str, ...]:
        """The areas with a wanted verdict, the topics taken as the question joins them."""
        unwanted = set(self.question.unwanted)
        by_topic: dict[bool, list[set[str]]] = {True: [], False: []}
        for topic, verdicts in zip(self._terms, judged, strict=True):
            by_topic[topic.phrase not in unwanted].append(set(_areas_named([verdicts], wanted)))
        if not by_topic[True]:
            return ()
        join = set.union if self.question.combine is Combine.ANY else set.intersection
        areas = join(*by_topic[True]).difference(*by_topic[False])
        return tuple(area for area in _areas_named(judged, wanted) if area in areas)

    def _opening(self, judged: list[Judged]) -> list[str]:
        read = self.scope.summary.plans_read
        lines = [wording.plans_read(read, len(self.scope.plans))]
        for terms, verdicts in zip(self._terms, judged, strict=True):
            lines[0] += " " + wording.counts(terms.phrase, [v.verdict for v in verdicts])
        return lines

    def _board_lines(self, judged: list[Judged], *, details: bool = False) -> list[str]:
        """The evidence of each topic, then who has only related words and who has nothing."""
        lines = []
        for terms, verdicts in zip(self._terms, judged, strict=True):
            if len(judged) > 1:
                lines.append(f"{terms.phrase}:")
            lines += self._evidence_lines(verdicts, details=details)
            lines += [
                wording.possible_line(v.plan.area, v.best.passage.quote(v.best.sentence))
                for v in verdicts
                if v.verdict is Verdict.POSSIBLE
            ]
            lines += self._absence_lines(verdicts)
        if self.scope.missing_areas:
            lines.append(wording.no_plan_line(self.scope.missing_areas))
        lines.append(wording.summary_note(self._basis))
        return lines

    def _refusal_lines(self, judged: list[Judged]) -> list[str]:
        """How many were read, and that nothing is claimed; who lacks what, without a citation."""
        read = self.scope.summary.plans_read
        lines = [
            wording.plans_read(read, len(self.scope.plans)),
            wording.none_names_all(self._topics_phrase)
            if any(v.verdict.is_named for verdicts in judged for v in verdicts)
            else wording.not_found(self.scope.areas if self.question.mentions else ()),
        ]
        for terms, verdicts in zip(self._terms, judged, strict=True):
            prefix = f"{terms.phrase}: " if len(judged) > 1 else ""
            lines += [f"{prefix}{line}" for line in self._absence_lines(verdicts)]
        return [*lines, wording.summary_note(self._basis)]

    def _evidence_lines(self, verdicts: Judged, *, details: bool) -> list[str]:
        lines = []
        for verdict in verdicts:
            if not verdict.verdict.is_named:
                continue
            first, *more = _detailed_evidence(verdict) if details else verdict.findings[:1]
            n = self.book.cite(first.passage, first.sentence)
            quote = self.book.citation(n).quote
            path = verdict.best.passage.path
            lines.append(wording.finding_line(verdict.plan.area, verdict.verdict, path, quote, n))
            for finding in more:
                n = self.book.cite(finding.passage, finding.sentence)
                lines.append(wording.quotation(self.book.citation(n).quote, n))
        return lines

    def _absence_lines(self, verdicts: Judged) -> list[str]:
        related = [(v.plan.area, v.best.words) for v in verdicts if v.verdict is Verdict.RELATED]
        absent = [v.plan.area for v in verdicts if v.verdict is Verdict.NOT_MENTIONED]
        unreadable = [v.plan.area for v in verdicts if v.verdict is Verdict.UNREADABLE]
        return [
            *([wording.related_line(related)] if related else []),
            *([wording.absent_line(absent, self._basis)] if absent else []),
            *([wording.unreadable_line(unreadable)] if unreadable else []),
        ]

    def _with_missing(self, status: Status) -> Status:
        """An answer that leaves out an area asked for is one in part."""
        if self.scope.missing_areas and status is Status.ANSWERED:
            return Status.PARTLY
        return status

    def _nothing(self) -> Draft:
        """No answer: the nearest passages, and no claim."""
        if self.question.topics and not self._wire and self.scope.plans:
            self._judge_topics(lambda _: ())
        return self._draft(
            Status.NOT_IN_PLANS,
            [wording.not_found(self.scope.areas if self.question.mentions else ())],
        )

    def _draft(self, status: Status, lines: Iterable[str], areas: tuple[str, ...] = ()) -> Draft:
        answerable = status in {Status.ANSWERED, Status.PARTLY}
        text = "\n".join(line for line in lines if line)
        return Draft(
            scope=self.scope,
            status=status,
            text=text,
            book=self.book,
            areas=areas if answerable else (),
            verdicts=_without_evidence_in_nearest(self._wire, text),
        )


def _without_evidence_in_nearest(
    verdicts: Sequence[TopicVerdict], text: str
) -> tuple[TopicVerdict, ...]:
    """What is evidence for one topic isn't shown as the mere nearest passage of another."""
    evidence = {n for verdict in verdicts for n in verdict.citations} | cited_in(text)
    return tuple(
        verdict.model_copy(
            update={"nearest": tuple(n for n in verdict.nearest if n not in evidence)}
        )
        for verdict in verdicts
    )


def _detailed_evidence(verdict: PlanVerdict) -> tuple[Finding, ...]:
    """The sentence that the verdict rests on, then others that name the topic, in reading order."""
    if not verdict.verdict.is_named:
        return ()
    named_only = [found for found in verdict.findings if found.verdict.is_named]
    best, *more = named_only[:_DETAILS]
    return (best, *sorted(more, key=lambda found: found.sentence.start))


def _areas_named(judged: list[Judged], wanted: frozenset[Verdict]) -> tuple[str, ...]:
    """Areas with a wanted verdict on any topic, strongest first, then by name."""
    found = [v for verdicts in judged for v in verdicts if v.verdict in wanted]
    found.sort(key=lambda v: (v.verdict.strength, v.plan.area))
    return tuple(dict.fromkeys(v.plan.area for v in found))


def _is_part(section: Section, sentences: Quotable, part: Part) -> bool:
    if part is not Part.EMERGING:
        return section.role is _ROLES[part]
    opening = [p.quote(sentence) for p, sentence in sentences if sentence.standing != "body"]
    return any(EMERGING.search(words) for words in (*section.path[1:], *opening))


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


def _body(sentences: Quotable) -> Quotable:
    """The sentences under a heading, without it; the heading where there is nothing else."""
    return [pair for pair in sentences if pair[1].standing != "heading"] or sentences


def _without_areas(question: Question) -> str:
    """The question without the areas and the report that it names."""
    letters = list(question.text)
    for mention in question.mentions:
        letters[mention.start : mention.end] = " " * (mention.end - mention.start)
    return re.sub(grammar.REPORT.pattern, " ", "".join(letters), flags=re.IGNORECASE)
