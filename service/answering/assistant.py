"""From a question to an answer: read it, choose the plans, judge each, and say what was found."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from time import perf_counter

from corpus.glossary import Glossary
from corpus.models import Area
from corpus.places import Place
from corpus.query import any_word_of
from corpus.retrieval import Scope
from service import messages
from service.answering.answers import answer
from service.answering.areas import AreaFinder
from service.answering.board import Boards, Stopwatch, no_plan_verdicts, to_wire
from service.answering.case import Case, Draft
from service.answering.citing import CitationBook
from service.answering.conversation import standalone_question
from service.answering.explaining import Explainer, Explanation, mentions
from service.answering.judge import Finding
from service.answering.listing import Listing
from service.answering.reading import Question, Reader
from service.answering.scoping import Wanted, scope_of, select_plans
from service.answering.vocabulary import Vocabulary
from service.ports import Engine, Meanings
from service.schemas import Answer, AskRequest, Board, Filters, Took


class Assistant:
    """Answers questions about the plans of one generation.

    Pure but for the clock: the same request gives the same answer, `took_ms` aside. Safe to share
    between threads.
    """

    def __init__(
        self,
        engine: Engine,
        places: Iterable[Place],
        glossary: Glossary,
        meanings: Meanings,
        listing: Listing | None = None,
    ) -> None:
        """`listing` are the tables of the glossary; without them they are made."""
        self.engine = engine
        self._plans = engine.plans()
        self._documents = {document.id: document for document in engine.documents()}
        self.vocabulary = Vocabulary(glossary, meanings, self._is_plan_word, listing)
        areas = AreaFinder(_named_areas(engine), places, self._is_plan_word)
        self._reader = Reader(areas, self.vocabulary.lexicon, self._is_plan_word)
        self._boards = Boards(engine)

    def answer(self, request: AskRequest) -> Answer:
        """The answer to a question with the conversation before it."""
        started, watch = perf_counter(), Stopwatch()
        standalone = standalone_question(
            _plain(request.question),
            request.history,
            self._reader.read,
            lambda question: self._draft(question, request.filters, Stopwatch()).areas,
        )
        question = self._reader.read(standalone)
        draft = self._draft(question, request.filters, watch)
        return Answer(
            id=_answer_id(request, self.engine.generation),
            question=_plain(request.question),
            standalone_question=standalone,
            intent=question.intent,
            topics=question.topics,
            reading=question.reading,
            scope=draft.scope.summary,
            answerable=draft.answerable,
            status=draft.status,
            text=_with_lost(draft.text, self.engine.lost),
            areas=draft.areas,
            verdicts=draft.verdicts,
            citations=draft.book.citations,
            lost_areas=self.engine.lost,
            generation=self.engine.generation,
            took_ms=_took(watch, perf_counter() - started),
        )

    def board(self, topic: str, filters: Filters) -> Board:
        """One verdict for each plan that the filters admit, on one topic.

        Raises:
            ValueError: the topic has no word to look for.
        """
        terms = self.vocabulary.topic(_plain(topic))
        if terms is None:
            raise ValueError("Say what the board is about: the topic has no word to look for.")
        scope = select_plans(self._plans, Wanted(), filters)
        book = CitationBook(self._documents)
        verdicts = [
            to_wire(terms, verdict, book, [verdict.best] if verdict.strongest else [])
            for verdict in self._boards.of(terms, scope, Stopwatch())
        ]
        return Board(
            topic=terms.phrase,
            scope=scope.summary,
            verdicts=(*verdicts, *no_plan_verdicts([terms.phrase], scope)),
            citations=book.citations,
            lost_areas=self.engine.lost,
            generation=self.engine.generation,
        )

    def explain(self, topic: str, filters: Filters) -> Explanation | None:
        """Why each plan that the filters admit got its verdict; None without a word to look for."""
        terms = self.vocabulary.topic(_plain(topic))
        if terms is None:
            return None
        return Explainer(self.engine, self._boards).of(
            terms, select_plans(self._plans, Wanted(), filters)
        )

    def mentions(self, topic: str, document_id: str) -> tuple[Finding, ...]:
        """The sentences of a document that name a topic or may mean it, in reading order."""
        terms = self.vocabulary.topic(_plain(topic))
        return mentions(terms, self.engine.passages(document_id)) if terms else ()

    def _draft(self, question: Question, filters: Filters, watch: Stopwatch) -> Draft:
        case = Case(
            engine=self.engine,
            boards=self._boards,
            vocabulary=self.vocabulary,
            question=question,
            scope=scope_of(question, filters, self._plans),
            book=CitationBook(self._documents),
            watch=watch,
        )
        return answer(case)

    def _is_plan_word(self, word: str) -> bool:
        return self.engine.standing([any_word_of(word)], Scope())[0]


def _with_lost(text: str, areas: Sequence[str]) -> str:
    """An answer's text, with what it could not look up: never silently short."""
    return f"{text}\n{messages.lost(areas)}" if areas else text


def _named_areas(engine: Engine) -> list[Area]:
    """The areas held; the name of its partnership is one more name of an area."""
    partnerships: dict[str, set[str]] = {}
    for plan in engine.plans():
        if plan.partnership:
            partnerships.setdefault(plan.area, set()).add(plan.partnership)
    return [
        Area(name=area.name, aliases=(*area.aliases, *sorted(partnerships.get(area.name, ()))))
        for area in engine.areas()
    ]


def _plain(text: str) -> str:
    """Text composed (NFC), without control and formatting characters, white space folded."""
    kept = (
        "" if (kind := unicodedata.category(char)) == "Cf" else " " if kind == "Cc" else char
        for char in unicodedata.normalize("NFC", text)
    )
    return " ".join("".join(kept).split())


def _answer_id(request: AskRequest, generation: str) -> str:
    return hashlib.sha256(f"{request.model_dump_json()}\n{generation}".encode()).hexdigest()[:16]


def _took(watch: Stopwatch, total: float) -> Took:
    def milliseconds(seconds: float) -> float:
        return round(seconds * 1000, 2)

    return Took(
        total=milliseconds(total),
        embed=milliseconds(watch.embed),
        search=milliseconds(watch.search),
        judge=milliseconds(watch.judge),
    )
