"""The wire contract: what the API takes and gives, and what bots and exports rely on.

Fields may be added; those here keep their name and meaning. Offsets count Unicode code points of a
document's canonical text. `url` is a path: clients put their own base address before it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from corpus.models import Basis, PlanKind, ReadStatus, Role
from corpus.retrieval import SearchMode

MAX_QUESTION = 1_000
"""Characters of a question, or of one turn of history."""
MAX_HISTORY = 20
"""Turns of a conversation."""
MAX_TURN = 20_000
"""Characters of one turn of a conversation."""
MAX_QUOTE = 600
"""Characters of a quotation."""


MAX_COMMENT = 2_000
"""Characters of what a user says of an answer."""


class Wire(BaseModel):
    """A message of the contract; what isn't part of it is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Intent(StrEnum):
    """What kind of answer a question asks for."""

    SET = "set"
    LOOKUP = "lookup"
    FACT = "fact"
    COMPARE = "compare"
    COUNT = "count"
    NEGATION = "negation"
    LIST = "list"
    YESNO = "yesno"
    SEARCH = "search"


class Status(StrEnum):
    """Whether the plans held answer the question."""

    ANSWERED = "answered"
    PARTLY = "partly"
    NOT_IN_PLANS = "not_in_plans"
    NO_PLAN_HELD = "no_plan_held"
    UNCLEAR = "unclear"


class Verdict(StrEnum):
    """What one plan says of one topic, strongest first."""

    PRIORITY = "priority"
    EMERGING = "emerging"
    MENTIONED = "mentioned"
    POSSIBLE = "possible"
    RELATED = "related"
    NOT_MENTIONED = "not_mentioned"
    UNREADABLE = "unreadable"
    NO_PLAN = "no_plan"

    @property
    def is_named(self) -> bool:
        """Whether the plan names the topic."""
        return self in NAMED

    @property
    def strength(self) -> int:
        """0 for the strongest verdict, growing as it weakens."""
        return _STRENGTHS[self]


_STRENGTHS = {verdict: strength for strength, verdict in enumerate(Verdict)}
NAMED = frozenset({Verdict.PRIORITY, Verdict.EMERGING, Verdict.MENTIONED})
RANKED = frozenset({Verdict.PRIORITY, Verdict.EMERGING})


class Turn(Wire):
    """One turn of a conversation, as it was said."""

    role: Literal["user", "assistant"]
    text: str = Field(max_length=MAX_TURN)


Year = Annotated[int, Field(ge=1900, le=2200)]


AreaName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Filters(Wire):
    """What an answer may rest on; None means all that is held."""

    areas: tuple[AreaName, ...] | None = Field(default=None, max_length=400)
    plans: tuple[str, ...] | None = Field(default=None, max_length=4_000)
    year: Year | None = None


Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]


class AskRequest(Wire):
    """A question with the conversation before it, oldest turn first."""

    question: Question
    history: tuple[Turn, ...] = Field(default=(), max_length=MAX_HISTORY)
    filters: Filters = Filters()


class AnswerScope(Wire):
    """Which plans the answer rests on."""

    plans_in_scope: int = Field(ge=0)
    plans_read: int = Field(
        ge=0, description="of those in scope, the plans whose text was read whole"
    )
    plans_held: int = Field(ge=0)
    areas: tuple[str, ...]
    period: str | None = Field(description="from the first year to the last of the plans in scope")


class TopicVerdict(Wire):
    """What one plan says of one topic; `citations` prove it, `nearest` are shown, not proof.

    `inferred` where the plan says it in words that no list has, so that a model had to tell: read
    the quotation.
    """

    topic: str
    area: str
    plan_id: str | None
    basis: Basis | None
    verdict: Verdict
    section: tuple[str, ...] = ()
    citations: tuple[int, ...] = ()
    nearest: tuple[int, ...] = ()
    terms_tried: tuple[str, ...] = ()
    inferred: bool = False


class Citation(Wire):
    """A quotation that can be checked: the canonical text from `start` to `end` is `quote`."""

    n: int = Field(ge=1)
    passage_id: str
    document_id: str
    sha256: str
    text_sha256: str
    plan_id: str | None
    area: str | None
    section: tuple[str, ...]
    page: int | None
    quote: str = Field(min_length=1, max_length=MAX_QUOTE)
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    url: str


class Took(Wire):
    """Milliseconds spent, in all and by stage."""

    total: float
    embed: float
    search: float
    judge: float


class Reading(Wire):
    """How the question was understood, so that a user can see and correct it."""

    intent: Intent
    topics: tuple[str, ...]
    areas: tuple[str, ...]
    excluded_areas: tuple[str, ...] = ()
    unknown_areas: tuple[str, ...] = ()
    year: int | None = None
    ranked_only: bool = Field(
        default=False, description="asked for priorities, not for any mention"
    )
    emerging_only: bool = Field(default=False, description="asked for what is called emerging")


class Answer(Wire):
    """The answer to a question: fixed wording and quotations, each with its source."""

    id: str
    question: str
    standalone_question: str
    intent: Intent
    topics: tuple[str, ...]
    reading: Reading
    scope: AnswerScope
    answerable: bool
    status: Status
    text: str
    areas: tuple[str, ...]
    verdicts: tuple[TopicVerdict, ...]
    citations: tuple[Citation, ...]
    lost_areas: tuple[str, ...] = Field(
        default=(),
        description="areas of which nothing could be looked up, since their part of the database "
        "is away; an empty name stands for what is outside every plan",
    )
    generation: str
    took_ms: Took


class Feedback(Wire):
    """What a user says of an answer."""

    answer_id: str = Field(min_length=1, max_length=100)
    helpful: bool
    comment: str | None = Field(default=None, max_length=MAX_COMMENT)


class Board(Wire):
    """One verdict for each plan in scope, on one topic."""

    topic: str
    scope: AnswerScope
    verdicts: tuple[TopicVerdict, ...]
    citations: tuple[Citation, ...]
    lost_areas: tuple[str, ...] = Field(
        default=(),
        description="areas of which nothing could be looked up, since their part of the database "
        "is away; an empty name stands for what is outside every plan",
    )
    generation: str


class PassageOut(Wire):
    """A passage with its neighbours in the same document."""

    id: str
    document_id: str
    plan_id: str | None
    area: str | None
    section: tuple[str, ...]
    page: int | None
    columns: tuple[str, ...] = Field(description="what heads the columns of its table's rows")
    text: str
    start: int
    end: int
    url: str
    previous: str | None
    next: str | None


Stretch = tuple[int, int]
"""`[start, end)` of a text, in code points."""


class SearchHit(Wire):
    """A passage found; `highlights` are what matched in `passage.text`."""

    passage: PassageOut
    score: float
    highlights: tuple[Stretch, ...]
    section_highlights: tuple[tuple[Stretch, ...], ...] = Field(
        description="for each heading of `passage.section`, what matched in it"
    )
    document_title: str
    period: str | None = Field(description="of the plan; null for a passage of none")


class AreaCount(Wire):
    """How many matches are of an area's plans."""

    value: str
    count: int = Field(ge=1)


class YearCount(Wire):
    """How many matches are of plans whose period covers a year."""

    value: int
    count: int = Field(ge=1)


class DocumentCount(Wire):
    """How many matches stand in a document; `value` is its id."""

    value: str
    title: str
    count: int = Field(ge=1)


class Facets(Wire):
    """All matches counted, not those of the page only; one outside every plan has no area or year.

    Areas and documents stand by count, then by name; years in order.
    """

    areas: tuple[AreaCount, ...] = ()
    years: tuple[YearCount, ...] = ()
    documents: tuple[DocumentCount, ...] = ()


class SearchPage(Wire):
    """One page of hits; `total` is exact for keyword, at most 1,000 candidates otherwise."""

    query: str
    mode: SearchMode
    total: int
    hits: tuple[SearchHit, ...]
    facets: Facets
    added_terms: tuple[str, ...] = Field(
        default=(), description="other words that were looked for; `without` leaves one out"
    )
    did_you_mean: str | None = Field(
        default=None, description="the query with words that no passage has spelt as one has them"
    )
    searched_for: str = Field(
        description="what the hits are of: `did_you_mean` where nothing matched, else `query`"
    )
    relaxed: bool = Field(
        default=False,
        description="no passage has all that was asked for: these have some of it, or come near",
    )
    unknown_areas: tuple[str, ...] = ()
    lost_areas: tuple[str, ...] = Field(
        default=(),
        description="areas of which nothing could be looked up, since their part of the database "
        "is away; an empty name stands for what is outside every plan",
    )
    next_cursor: str | None


class PriorityOut(Wire):
    """A priority of a plan and where it stands."""

    title: str
    section: tuple[str, ...]
    start: int
    end: int


class PlanOut(Wire):
    """A plan with its priorities in the plan's own order."""

    id: str
    document_id: str
    area: str
    partnership: str | None
    kind: PlanKind
    period: str | None
    basis: Basis
    title: str
    priorities: tuple[PriorityOut, ...]


class SectionOut(Wire):
    """A section of a plan or document and where it stands."""

    id: str
    path: tuple[str, ...]
    role: Role
    start: int
    end: int


class PlanDetail(PlanOut):
    """A plan with its sections in reading order."""

    sections: tuple[SectionOut, ...]


class DocumentOut(Wire):
    """A document as ingested: `source` is its file name, `origin` where it was published.

    `copies` are the names of other files with the same bytes; `notes` say what was degraded.
    """

    id: str
    title: str
    source: str
    sha256: str
    text_sha256: str
    areas: tuple[str, ...]
    period: str | None
    pages: int | None
    status: ReadStatus
    notes: tuple[str, ...]
    copies: tuple[str, ...]
    publisher: str | None
    publisher_inferred: bool
    published: str | None
    licence: str | None
    origin: str | None


class FactOut(Wire):
    """What is known of a document or a plan, and why."""

    what: str
    value: str
    reason: str


class OutlineSection(Wire):
    """A section in the outline of a document; `depth` 0 is the plan's or the document's title.

    `characters` and `passages` are its own, without those of the sections under it.
    """

    id: str
    title: str
    depth: int = Field(ge=0)
    role: Role
    page: int | None
    characters: int
    passages: int
    url: str


class OutlinePart(Wire):
    """A plan, or where `plan_id` is null text outside the plans."""

    plan_id: str | None
    facts: tuple[FactOut, ...]
    sections: tuple[OutlineSection, ...]


class DocumentOutline(Wire):
    """How a document was understood.

    `notes` say what was degraded, `left_out` counts what is no part of its text.
    """

    id: str
    source: str
    status: ReadStatus
    pages: int | None
    characters: int
    passages: int
    notes: tuple[str, ...]
    left_out: tuple[str, ...]
    facts: tuple[FactOut, ...]
    parts: tuple[OutlinePart, ...]


class PlanList(Wire):
    """A page of plans."""

    plans: tuple[PlanOut, ...]
    next_cursor: str | None


class DocumentList(Wire):
    """A page of documents."""

    documents: tuple[DocumentOut, ...]
    next_cursor: str | None


class Problem(BaseModel):
    """An error, as RFC 9457 says, with the id under which the service logged it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    request_id: str
