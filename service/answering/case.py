"""One question with the plans in its scope: the steps that answers of several kinds share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from time import perf_counter

from corpus.models import Basis, Standing
from corpus.words import content_stems
from service.answering import wording
from service.answering.board import Boards, PlanVerdict, Stopwatch, no_plan_verdicts, to_wire
from service.answering.citing import CitationBook, cited_in
from service.answering.compounds import Combine
from service.answering.judge import Finding
from service.answering.reading import Question
from service.answering.scoping import PlanScope
from service.answering.vocabulary import Vocabulary
from service.answering.wordings import Topic
from service.ports import Engine
from service.schemas import NAMED, RANKED, Status, TopicVerdict, Verdict

_DETAILS = 5
"""Sentences quoted of one plan where the question is what that plan says."""

Judged = list[PlanVerdict]


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
class Case:
    """One question, what it is answered from, and what the answer has so far."""

    engine: Engine
    boards: Boards
    vocabulary: Vocabulary
    question: Question
    scope: PlanScope
    book: CitationBook
    watch: Stopwatch
    wire: list[TopicVerdict] = field(default_factory=list)

    @cached_property
    def terms(self) -> list[Topic]:
        """The topics with their wordings; one without a word that tells is left out."""
        started = perf_counter()
        topics = [self.vocabulary.topic(topic) for topic in self.question.topics]
        # Most of the time goes into the vectors of topics that the glossary doesn't list.
        self.watch.embed += perf_counter() - started
        return [topic for topic in topics if topic is not None]

    @property
    def topics_phrase(self) -> str:
        """The topics as the answer words them."""
        conjunction = "or" if self.question.combine is Combine.ANY else "and"
        wanted = wording.names(self.question.wanted, conjunction)
        unwanted = wording.names(self.question.unwanted, "or")
        return f"{wanted} but not {unwanted}" if unwanted else wanted

    @property
    def wanted(self) -> frozenset[Verdict]:
        """The verdicts that the question asks for: those of rank, emerging, or all that name."""
        if self.question.emerging_only:
            return frozenset({Verdict.EMERGING})
        return RANKED if self.question.ranked_only else NAMED

    @property
    def basis(self) -> Basis | None:
        """The basis shared by the plans in scope, None where they differ."""
        bases = {plan.basis for plan in self.scope.plans}
        return bases.pop() if len(bases) == 1 else None

    def judge_topics(self, evidence: Callable[[PlanVerdict], Iterable[Finding]]) -> list[Judged]:
        """The board of each topic; its verdicts go into the answer with the evidence chosen."""
        judged = []
        for terms in self.terms:
            verdicts = self.boards.of(terms, self.scope, self.watch)
            verdicts.sort(key=lambda v: (v.verdict.strength, v.plan.area))
            self.wire += [to_wire(terms, v, self.book, evidence(v)) for v in verdicts]
            self.wire += no_plan_verdicts([terms.phrase], self.scope)
            judged.append(verdicts)
        return judged

    def detailed_evidence(self, verdict: PlanVerdict) -> tuple[Finding, ...]:
        """What the verdict rests on, then what else the plan says of the topic, in its order."""
        if not verdict.verdict.is_named:
            return ()
        naming = [found for found in verdict.findings if found.verdict.is_named]
        told = [each for found in naming for each in self._told_under(found)]
        chosen = {found.sentence.start: found for found in reversed((naming + told)[:_DETAILS])}
        best = chosen.pop(verdict.best.sentence.start)
        return (best, *(chosen[start] for start in sorted(chosen)))

    def _told_under(self, title: Finding) -> Iterator[Finding]:
        """The sentences under a title that says the topic and nothing else."""
        if title.sentence.standing is not Standing.HEADING:
            return
        quote = title.passage.quote(title.sentence)
        said = {word.stem for word in title.match.words} | self.vocabulary.lexicon.light
        if said.issuperset(content_stems(quote)):
            for sentence in title.passage.sentences:
                if sentence.start > title.sentence.start:
                    yield replace(title, sentence=sentence)

    def areas_with(
        self, wanted: frozenset[Verdict]
    ) -> tuple[list[Judged], tuple[str, ...], tuple[str, ...]]:
        """The boards, the areas that have a wanted verdict, and those that have a weaker one."""
        judged = self.judge_topics(short_evidence)
        areas = self._combined(judged, wanted)
        weaker = self._combined(judged, NAMED | {Verdict.POSSIBLE})
        return judged, areas, weaker

    def _combined(self, judged: list[Judged], wanted: frozenset[Verdict]) -> tuple[str, ...]:
        """The areas with a wanted verdict, the topics taken as the question joins them."""
        unwanted = set(self.question.unwanted)
        by_topic: dict[bool, list[set[str]]] = {True: [], False: []}
        for topic, verdicts in zip(self.terms, judged, strict=True):
            by_topic[topic.phrase not in unwanted].append(set(areas_named([verdicts], wanted)))
        if not by_topic[True]:
            return ()
        join = set.union if self.question.combine is Combine.ANY else set.intersection
        areas = join(*by_topic[True]).difference(*by_topic[False])
        return tuple(area for area in areas_named(judged, wanted) if area in areas)

    def opening(self, judged: list[Judged]) -> list[str]:
        """How many plans were read, and what they say in numbers."""
        read = self.scope.summary.plans_read
        lines = [wording.plans_read(read, len(self.scope.plans))]
        for terms, verdicts in zip(self.terms, judged, strict=True):
            lines[0] += " " + wording.counts(terms.phrase, [v.verdict for v in verdicts])
        return lines

    def board_lines(self, judged: list[Judged], *, details: bool = False) -> list[str]:
        """The evidence of each topic, then who has only related words and who has nothing."""
        lines = []
        for terms, verdicts in zip(self.terms, judged, strict=True):
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
        lines.append(wording.summary_note(self.basis))
        return lines

    def refusal_lines(self, judged: list[Judged]) -> list[str]:
        """How many were read, and that nothing is claimed; who lacks what, without a citation."""
        read = self.scope.summary.plans_read
        lines = [
            wording.plans_read(read, len(self.scope.plans)),
            wording.none_names_all(self.topics_phrase)
            if any(v.verdict.is_named for verdicts in judged for v in verdicts)
            else self._not_found(),
        ]
        for terms, verdicts in zip(self.terms, judged, strict=True):
            prefix = f"{terms.phrase}: " if len(judged) > 1 else ""
            lines += [f"{prefix}{line}" for line in self._absence_lines(verdicts)]
        return [*lines, wording.summary_note(self.basis)]

    def _evidence_lines(self, verdicts: Judged, *, details: bool) -> list[str]:
        lines = []
        for verdict in verdicts:
            if not verdict.verdict.is_named:
                continue
            chosen = self.detailed_evidence(verdict) if details else short_evidence(verdict)
            first, *more = chosen
            n = self.book.cite(first.passage, first.sentence)
            quote = self.book.citation(n).quote
            said = verdict.plan.area, verdict.verdict, verdict.best.passage.path, quote, n
            lines.append(wording.finding_line(*said, inferred=verdict.inferred))
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
            *([wording.absent_line(absent, self.basis)] if absent else []),
            *([wording.unreadable_line(unreadable)] if unreadable else []),
        ]

    def with_missing(self, status: Status) -> Status:
        """An answer that leaves out an area asked for is one in part."""
        if self.scope.missing_areas and status is Status.ANSWERED:
            return Status.PARTLY
        return status

    def nothing(self) -> Draft:
        """No answer: the nearest passages, and no claim."""
        if self.question.topics and not self.wire and self.scope.plans:
            self.judge_topics(lambda _: ())
        return self.draft(
            Status.NOT_IN_PLANS,
            [self._not_found()],
        )

    def _not_found(self) -> str:
        scope = self.scope
        whole = scope.summary.plans_read == len(scope.plans)
        return wording.not_found(scope.areas if self.question.mentions else (), whole=whole)

    def draft(self, status: Status, lines: Iterable[str], areas: tuple[str, ...] = ()) -> Draft:
        """The answer so far; one that claims nothing has no areas."""
        answerable = status in {Status.ANSWERED, Status.PARTLY}
        text = "\n".join(line for line in lines if line)
        return Draft(
            scope=self.scope,
            status=status,
            text=text,
            book=self.book,
            areas=areas if answerable else (),
            verdicts=_without_evidence_in_nearest(self.wire, text),
        )


def _without_evidence_in_nearest(
    verdicts: Sequence[TopicVerdict], text: str
) -> tuple[TopicVerdict, ...]:
    """What is evidence for one topic isn't shown as the mere nearest passage of another."""
    evidence = {n for verdict in verdicts for n in verdict.citations} | cited_in(text)
    return tuple(
        verdict
        if evidence.isdisjoint(verdict.nearest)
        else verdict.model_copy(
            update={"nearest": tuple(n for n in verdict.nearest if n not in evidence)}
        )
        for verdict in verdicts
    )


def short_evidence(verdict: PlanVerdict) -> tuple[Finding, ...]:
    """The sentence that a verdict rests on, where it names.

    A title says little by itself: the sentence that opens its section stands beside it, where it
    names the topic as well.
    """
    if not verdict.verdict.is_named:
        return ()
    best = verdict.best
    if best.sentence.standing is not Standing.HEADING:
        return (best,)
    beside = (
        found
        for found in verdict.beside
        if found.verdict is best.verdict and found.sentence.standing is not Standing.HEADING
    )
    return (best, *islice(beside, 1))


def areas_named(judged: list[Judged], wanted: frozenset[Verdict]) -> tuple[str, ...]:
    """Areas with a wanted verdict on any topic, strongest first, then by name."""
    found = [v for verdicts in judged for v in verdicts if v.verdict in wanted]
    found.sort(key=lambda v: (v.verdict.strength, v.plan.area))
    return tuple(dict.fromkeys(v.plan.area for v in found))
