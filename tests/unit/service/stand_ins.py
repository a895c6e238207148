"""An engine in memory and an assistant of fixed words: what the shell is tested against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus.glossary import Glossary
from corpus.models import Area, Document, ParsedDocument, Passage, Plan, Section
from corpus.places import Place
from corpus.query import NOTHING, Expression, demands, find, lines_of
from corpus.query import Place as FoundPlace
from corpus.retrieval import Hit, Neighbours, Scope, SearchResult
from corpus.words import content_stems, iter_words, stems
from service.answering.citing import CitationBook
from service.answering.vocabulary import Vocabulary
from service.library import Held, Library
from service.ports import NoMeanings, Vector
from service.schemas import (
    Answer,
    AnswerScope,
    AskRequest,
    Board,
    Filters,
    Intent,
    Reading,
    Status,
    Took,
    TopicVerdict,
    Verdict,
)
from service.search import Searcher
from service.state import AppState
from tests.builders import document, plan
from tests.fakes import FakeEmbedder


@dataclass(frozen=True)
class MemoryEngine:
    """Fulfils `service.ports.Engine` by reading everything each time."""

    parsed: tuple[ParsedDocument, ...]
    generation: str = "g1"
    embedder: FakeEmbedder = field(default_factory=FakeEmbedder)
    lost: tuple[str, ...] = ()

    def areas(self) -> tuple[Area, ...]:
        names = sorted({plan.area for plan in self.plans()})
        aliases = {"Redcar and Cleveland": ("Redcar",)}
        return tuple(Area(name=name, aliases=aliases.get(name, ())) for name in names)

    def documents(self) -> tuple[Document, ...]:
        return tuple(each.document for each in self.parsed)

    def plans(self) -> tuple[Plan, ...]:
        return tuple(
            sorted((p for each in self.parsed for p in each.plans), key=lambda plan: plan.area)
        )

    def _of(self, document_id: str) -> ParsedDocument | None:
        return next((each for each in self.parsed if each.document.id == document_id), None)

    def document(self, document_id: str) -> Document | None:
        found = self._of(document_id)
        return found.document if found else None

    def text(self, document_id: str) -> str | None:
        found = self._of(document_id)
        return found.text if found else None

    def sections(self, document_id: str) -> tuple[Section, ...]:
        found = self._of(document_id)
        return found.sections if found else ()

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        found = self._of(document_id)
        return found.passages if found else ()

    def passage(self, passage_id: str) -> Passage | None:
        return next((each for each in self._all() if each.id == passage_id), None)

    def _all(self) -> list[Passage]:
        return [passage for each in self.parsed for passage in each.passages]

    def embed(self, text: str) -> Vector:
        vector: Vector = self.embedder.embed([text])[0]
        return vector

    def _in(self, scope: Scope) -> list[Passage]:
        admitted = {plan.id for plan in self.plans() if scope.admits(plan)}
        return [
            each
            for each in self._all()
            if (each.plan_id in admitted if each.plan_id else scope.sees_outside_plans)
            and (scope.documents is None or each.document_id in scope.documents)
        ]

    def containing(self, clauses: Sequence[Collection[str]], scope: Scope) -> tuple[Passage, ...]:
        return tuple(
            each
            for each in self._in(scope)
            if all(set(clause) & set(stems(each.embeddable)) for clause in clauses)
        )

    def nearest_per_plan(
        self, vector: Vector, scope: Scope, limit: int
    ) -> Mapping[str, tuple[Hit, ...]]:
        found: dict[str, tuple[Hit, ...]] = {}
        for hit in self._ranked(vector, scope):
            if hit.passage.plan_id:
                found.setdefault(hit.passage.plan_id, ())
                found[hit.passage.plan_id] = (*found[hit.passage.plan_id], hit)[:limit]
        return found

    def _ranked(self, vector: Vector, scope: Scope) -> list[Hit]:
        passages = self._in(scope)
        scores = self.embedder.embed([each.embeddable for each in passages]) @ vector
        hits = [Hit(passage=p, score=float(s)) for p, s in zip(passages, scores, strict=True)]
        return sorted(hits, key=lambda hit: -hit.score)

    def search(
        self,
        expression: Expression,
        vector: Vector | None,
        scope: Scope,
        limit: int,
        offset: int = 0,
    ) -> SearchResult:
        if vector is None:
            hits = [
                Hit(passage=each, score=len(found)) for each, found in self._met(expression, scope)
            ]
            hits.sort(key=lambda hit: -hit.score)
        else:
            demanded = demands(expression)
            met = {each.id for each, _ in self._met(demanded, scope)}
            ranked = self._ranked(np.asarray(vector), scope)
            hits = [hit for hit in ranked if demanded == NOTHING or hit.passage.id in met]
        return SearchResult(
            total=len(hits),
            hits=tuple(hits[offset : offset + limit]),
            by_plan=Counter(hit.passage.plan_id for hit in hits if hit.passage.plan_id),
            by_document=Counter(hit.passage.document_id for hit in hits),
        )

    def count(self, expression: Expression, scope: Scope) -> int:
        return len(self._met(expression, scope))

    def standing(self, expressions: Sequence[Expression], scope: Scope) -> Sequence[bool]:
        return [self.count(each, scope) > 0 for each in expressions]

    def _met(
        self, expression: Expression, scope: Scope
    ) -> list[tuple[Passage, frozenset[FoundPlace]]]:
        found = ((each, find(expression, lines_of(each))) for each in self._in(scope))
        return [(each, places) for each, places in found if places is not None]

    def neighbours(self, passage_ids: Sequence[str]) -> Mapping[str, Neighbours]:
        found = {}
        for parsed in self.parsed:
            ids = [None, *(each.id for each in parsed.passages), None]
            for before, here, after in zip(ids, ids[1:], ids[2:], strict=False):
                if here in passage_ids:
                    found[here] = Neighbours(before, after)
        return found

    def spellings(self, initial: str) -> Mapping[str, int]:
        texts = [{word.folded for word in iter_words(each.text)} for each in self._all()]
        return Counter(word for words in texts for word in words if word.startswith(initial))


@dataclass(frozen=True)
class FixedAssistant:
    """Cites the first passage of each plan whose text holds the question's last word."""

    engine: MemoryEngine

    def answer(self, request: AskRequest) -> Answer:
        board = self.board(request.question, request.filters)
        named = tuple(each for each in board.verdicts if each.verdict.is_named)
        areas = tuple(each.area for each in named)
        return Answer(
            id="a1",
            question=request.question,
            standalone_question=request.question,
            intent=Intent.SET,
            topics=(board.topic,),
            reading=Reading(intent=Intent.SET, topics=(board.topic,), areas=()),
            scope=board.scope,
            answerable=bool(areas),
            status=Status.ANSWERED if areas else Status.NOT_IN_PLANS,
            text=" ".join(f"{each.area} names it [{each.citations[0]}]." for each in named)
            or "No plan names it.",
            areas=areas,
            verdicts=board.verdicts,
            citations=board.citations,
            generation=self.engine.generation,
            took_ms=Took(total=1, embed=1, search=0, judge=0),
        )

    def board(self, topic: str, filters: Filters) -> Board:
        book = CitationBook({each.id: each for each in self.engine.documents()})
        word = (content_stems(topic) or [""])[-1]
        scope = Scope(areas=frozenset(filters.areas) if filters.areas else None, year=filters.year)
        plans = [plan for plan in self.engine.plans() if scope.admits(plan)]
        verdicts = tuple(self._verdict(plan, word, book) for plan in plans)
        return Board(
            topic=topic,
            scope=AnswerScope(
                plans_in_scope=len(plans),
                plans_read=len(plans),
                plans_held=len(self.engine.plans()),
                areas=tuple(plan.area for plan in plans),
                period=None,
            ),
            verdicts=verdicts,
            citations=book.citations,
            generation=self.engine.generation,
        )

    def _verdict(self, plan: Plan, word: str, book: CitationBook) -> TopicVerdict:
        scope = Scope(plans=frozenset({plan.id}))
        found = self.engine.containing([{word}], scope)
        nearest = self.engine.containing([], scope)
        shown = found or nearest[:1]
        numbers = tuple(book.cite(each, each.sentences[0]) for each in shown)
        return TopicVerdict(
            topic=word,
            area=plan.area,
            plan_id=plan.id,
            basis=plan.basis,
            verdict=Verdict.PRIORITY if found else Verdict.NOT_MENTIONED,
            section=shown[0].path if shown else (),
            citations=numbers if found else (),
            nearest=() if found else numbers,
            terms_tried=(word,),
        )


HOSTILE = "<script>alert('x')</script> {{ 7 * 7 }} & \x1b[31m theft"

CORPUS = (
    document(
        "report.txt",
        plan("Stockton", {"Emerging issues": "Metal theft rose. We act on it."}, (2011, 2014)),
        plan("Hartlepool", {"Acquisitive crime": "Domestic burglary fell."}, (2011, 2014)),
        plan("Redcar and Cleveland", {"Acquisitive crime": "Metal theft is tackled."}),
        preface={"Purpose": "This report informs members."},
    ),
    document("hostile.txt", plan("Middlesbrough", {"<b>Bold</b>": HOSTILE}, (2015, 2018))),
)


def engine(generation: str = "g1", parsed: tuple[ParsedDocument, ...] = CORPUS) -> MemoryEngine:
    """An engine over a small corpus."""
    return MemoryEngine(parsed, generation)


def held(generation: str = "g1", parsed: tuple[ParsedDocument, ...] = CORPUS) -> Held:
    """One generation, as a request sees it."""
    made = engine(generation, parsed)
    return Held(made, FixedAssistant(made), searcher(made))


def searcher(made: MemoryEngine, glossary: Glossary | None = None) -> Searcher:
    """What searches an engine, with the terms of a glossary by their words alone."""
    terms = glossary or Glossary()
    vocabulary = Vocabulary(terms, NoMeanings(), lambda _: False)
    return Searcher(made, vocabulary, terms, [Place(name="Darlington", kind="unitary")])


def state() -> AppState:
    """The state of a service that serves the small corpus."""
    return AppState(Library(held, lambda: "g1"))
