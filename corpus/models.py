"""The domain: documents, plans, sections and passages, as frozen values.

Every offset counts Unicode code points of a document's canonical text, and every span is half open:
`text[span.start:span.end]`. The words are those of the glossary in `docs/architecture.md`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Frozen(BaseModel):
    """A value object: immutable, and unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Frozen):
    """A stretch `[start, end)` of a canonical text, in code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"a span ends at {self.end}, before it starts at {self.start}")
        return self

    def of(self, text: str) -> str:
        """The words of this span in `text`."""
        return text[self.start : self.end]


class Basis(StrEnum):
    """Whether the text held is the plan itself or somebody's summary of it."""

    FULL = "full"
    SUMMARY = "summary"


class PlanKind(StrEnum):
    """What a document about one area calls itself."""

    PLAN = "community_safety_plan"
    STRATEGY = "strategy"
    NEEDS_ASSESSMENT = "needs_assessment"
    PROFILE = "profile"
    REPORT = "report"


class ReadStatus(StrEnum):
    """How much of a file's text could be read."""

    READ = "read"
    DEGRADED = "degraded"
    UNREADABLE = "unreadable"


class Role(StrEnum):
    """What a section is in its plan; verdicts rest on it.

    EMERGING is what the plan sets out as new or emerging, apart from its priorities.
    """

    VISION = "vision"
    OBJECTIVES = "objectives"
    PRIORITY_LIST = "priority_list"
    PRIORITY = "priority"
    PRIORITY_PART = "priority_part"
    EMERGING = "emerging"
    OTHER = "other"


class Standing(StrEnum):
    """Where a sentence stands in its section."""

    HEADING = "heading"
    OPENING = "opening"
    BODY = "body"


class Period(Frozen):
    """The years a plan is for, both included."""

    start: int = Field(ge=1900, le=2200)
    end: int = Field(ge=1900, le=2200)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"the period {self.start}-{self.end} ends before it starts")
        return self

    def covers(self, year: int) -> bool:
        """Whether `year` lies inside the period."""
        return self.start <= year <= self.end

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start}-{self.end}"


class Area(Frozen):
    """The borough, district, force or city that a plan is for."""

    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()


class Fact(Frozen):
    """Something that was inferred of a document or a plan, and why."""

    what: str
    value: str
    reason: str


class Document(Frozen):
    """One file as published. `source` is its file name as ingested, `origin` where it came from.

    `copies` are the names of other files with the same bytes; `notes` say what was degraded,
    `left_out` counts what is no part of the text, such as '3 page headers'. `inferred` holds what
    no catalogue said.
    """

    id: str
    title: str
    source: str
    sha256: str = Field(description="of the file's bytes, hexadecimal")
    text_sha256: str = Field(description="of the canonical text in UTF-8, hexadecimal")
    characters: int = Field(ge=0, description="length of the canonical text in code points")
    pages: int | None = None
    status: ReadStatus = ReadStatus.READ
    notes: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    inferred: tuple[Fact, ...] = ()
    publisher: str | None = None
    publisher_inferred: bool = False
    published: date | None = None
    licence: str | None = Field(default=None, description="None: not stated, so none is claimed")
    origin: str | None = None


class Plan(Frozen):
    """What one partnership sets out for one area and period; `span` is where it stands.

    `inferred` holds what no catalogue said of it.
    """

    id: str
    document_id: str
    title: str
    area: str
    partnership: str | None = None
    kind: PlanKind = PlanKind.PLAN
    period: Period | None = None
    basis: Basis = Basis.FULL
    span: Span
    read_whole: bool = True
    inferred: tuple[Fact, ...] = ()


class Section(Frozen):
    """A heading and what stands directly under it.

    `path` holds the headings from the plan (or document) down to this one; `span` runs from the
    heading to the last word before the first sub-section, so that sections never overlap.
    """

    id: str
    document_id: str
    plan_id: str | None
    parent_id: str | None
    path: tuple[str, ...]
    role: Role
    heading: Span | None
    span: Span


class Sentence(Frozen):
    """The unit that is quoted: a sentence, a heading or a list item, without outer white space."""

    start: int
    end: int
    standing: Standing


class Meaning(Frozen):
    """What a stretch of a passage means: a term of the glossary, as a model tells (docs/adr/0028).

    `[start, end)` are offsets as those of a sentence, within one; `score` is a cosine.
    """

    start: int
    end: int
    term: str
    score: float


class Passage(Frozen):
    """The unit that is indexed and cited: whole sentences of one section.

    `text` is the canonical text from `start` to `end`; `sentences` cover all its words, in order,
    but for those that belong to the page: a running head, a page number.
    `columns` are the words that head the columns of its rows, where the header stands before it.
    """

    id: str
    document_id: str
    plan_id: str | None
    section_id: str
    area: str | None
    path: tuple[str, ...]
    role: Role
    page: int | None = None
    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...] = Field(min_length=1)
    columns: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] = ()

    @property
    def embeddable(self) -> str:
        """What stands for this passage in an index: its headings, its columns', then its text."""
        above = (" > ".join(self.path), " | ".join(self.columns))
        return "\n".join((*filter(None, above), self.text))

    def quote(self, sentence: Sentence) -> str:
        """The words of one of this passage's sentences."""
        return self.text[sentence.start - self.start : sentence.end - self.start]

    def meanings_of(self, sentence: Sentence) -> tuple[Meaning, ...]:
        """What stretches of one of this passage's sentences mean."""
        return tuple(each for each in self.meanings if sentence.start <= each.start < sentence.end)


class Place(Frozen):
    """A file that a document was read from: the name it is reported by, and its absolute path.

    What an archive holds has the archive's path, then its own, as if the archive were a folder.
    """

    name: str
    path: str


class Origin(Frozen):
    """How a document came to be held. Paths are this machine's own business and never served.

    `key` is a digest of all that the parse depended on: the same key again needs no parse.
    """

    places: tuple[Place, ...] = ()
    key: str = ""


class ParsedDocument(Frozen):
    """Everything that ingest knows of one file; passages stand in reading order."""

    document: Document
    text: str
    plans: tuple[Plan, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    origin: Origin = Origin()
