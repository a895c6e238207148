"""Small documents for tests, with true offsets, built without a reader.

>>> parsed = document("a.txt", plan("Stockton", {"Theft": "Metal theft rose. We act."}))
>>> parsed.passages[0].text
'Metal theft rose. We act.'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.ids import document_id, passage_id, plan_id, section_id, sha256_hex
from corpus.models import (
    Basis,
    Document,
    ParsedDocument,
    Passage,
    Period,
    Plan,
    Role,
    Section,
    Sentence,
    Span,
    Standing,
)

_SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s|$)|$)", re.DOTALL)


@dataclass(frozen=True)
class PlanText:
    """A plan to be: its area and its sections, heading to body."""

    area: str
    sections: Mapping[str, str]
    period: Period | None = None
    basis: Basis = Basis.FULL
    read_whole: bool = True


def plan(area: str, sections: Mapping[str, str], years: tuple[int, int] | None = None) -> PlanText:
    """A plan for `document`; `years` are its period's first and last."""
    period = Period(start=years[0], end=years[1]) if years else None
    return PlanText(area=area, sections=sections, period=period)


def document(
    name: str, *plans: PlanText, preface: Mapping[str, str] | None = None
) -> ParsedDocument:
    """A parsed document: the preface's sections outside every plan, then the plans in order.

    Each section has one passage, its body; the body's sentences end at full stops.
    """
    builder = _Builder(document_id(sha256_hex(_layout(name, preface or {}, plans))))
    builder.write(f"{name}\n")
    builder.sections_of(preface or {}, None)
    for each in plans:
        builder.plan(each)
    return builder.finish(name)


def _layout(name: str, preface: Mapping[str, str], plans: tuple[PlanText, ...]) -> str:
    return repr((name, sorted(preface.items()), plans))


@dataclass
class _Builder:
    document: str
    text: str = ""
    plans: list[Plan] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    def write(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(start=start, end=start + len(words.rstrip("\n")))

    def plan(self, words: PlanText) -> None:
        start = len(self.text)
        made = plan_id(self.document, words.area, words.period)
        self.write(f"Plan for {words.area}\n")
        self.sections_of(words.sections, made, words.area)
        self.plans.append(
            Plan(
                id=made,
                document_id=self.document,
                title=f"Plan for {words.area}",
                area=words.area,
                period=words.period,
                basis=words.basis,
                read_whole=words.read_whole,
                span=Span(start=start, end=len(self.text)),
            )
        )

    def sections_of(
        self, sections: Mapping[str, str], plan: str | None, area: str | None = None
    ) -> None:
        for heading, body in sections.items():
            at = self.write(f"{heading}\n")
            span = self.write(f"{body}\n\n")
            section = Section(
                id=section_id(self.document, at.start),
                document_id=self.document,
                plan_id=plan,
                parent_id=None,
                path=(heading,),
                role=Role.PRIORITY,
                heading=at,
                span=Span(start=at.start, end=span.end),
            )
            self.sections.append(section)
            if body.strip():
                self.passages.append(self.passage(section, span, area))

    def passage(self, section: Section, span: Span, area: str | None) -> Passage:
        return Passage(
            id=passage_id(self.document, span),
            document_id=self.document,
            plan_id=section.plan_id,
            section_id=section.id,
            area=area,
            path=section.path,
            role=section.role,
            start=span.start,
            end=span.end,
            text=span.of(self.text),
            sentences=tuple(
                Sentence(
                    start=span.start + found.start(),
                    end=span.start + found.end(),
                    standing=Standing.BODY if found.start() else Standing.OPENING,
                )
                for found in _SENTENCE.finditer(span.of(self.text))
            ),
        )

    def finish(self, name: str) -> ParsedDocument:
        return ParsedDocument(
            document=Document(
                id=self.document,
                title=name,
                source=name,
                sha256=sha256_hex(self.text),
                text_sha256=sha256_hex(self.text),
                characters=len(self.text),
            ),
            text=self.text,
            plans=tuple(self.plans),
            sections=tuple(self.sections),
            passages=tuple(self.passages),
        )
