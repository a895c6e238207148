"""An answer laid out for a page: pure functions from the contract's values to what is shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from corpus.models import Basis, Plan
from service import messages
from service.answering import wording
from service.answering.citing import cited_in
from service.labels import VerdictWords, shown_verdict, text_lines
from service.schemas import Answer, Citation, Intent, TopicVerdict
from service.web.render import address

_MARKED = re.compile(r"(“.*?”(?= \[\d+\]|[\s).,;:]|$))|\[(\d+)\]", re.DOTALL)
"""What is quoted in a line of an answer, or a number that points at a citation."""
_QUOTATION = re.compile(r"“(.*)” \[(\d+)\]", re.DOTALL)
"""A line that is a quotation and nothing else."""

_WHICH_AREAS = frozenset({Intent.SET, Intent.SEARCH, Intent.COUNT, Intent.NEGATION})
"""Questions whose answer is the areas themselves."""


class Quotation(NamedTuple):
    """A citation, and the link that opens its source at its words.

    Quoted twice on a page, it is `anchored` the first time, where the answer's numbers lead.
    """

    citation: Citation
    link: str
    anchored: bool = True

    @property
    def headings(self) -> tuple[str, ...]:
        """Those it stands under; a quoted heading itself is none of them."""
        *above, last = self.citation.section or ("",)
        return tuple(above) if last == self.citation.quote else self.citation.section


class Row(NamedTuple):
    """One plan's line of a board."""

    verdict: TopicVerdict
    shown: VerdictWords
    citations: tuple[Quotation, ...]
    nearest: tuple[Quotation, ...]
    period: str | None


class AnswerView(NamedTuple):
    """An answer as a page shows it.

    `areas` are those that are the answer, where a question asks which. `direct` is its first
    sentence, `said` the lines after it, each a text or a quotation; none where there is a board,
    which they repeat: then `note` says what kind of text it rests on, where that isn't the plans
    themselves. `others` are quoted nowhere else. `tried` are the wordings looked for, by topic.
    """

    answer: Answer
    areas: tuple[str, ...]
    direct: Markup
    said: list[Markup | Quotation]
    note: str
    rows: list[Row]
    others: list[Quotation]
    tried: dict[str, tuple[str, ...]]


def view(answer: Answer, plans: Sequence[Plan]) -> AnswerView:
    """An answer laid out; `plans` are those held now, which tell editions apart."""
    quotations = {each.n: quotation(each, answer) for each in answer.citations}
    rows = board_rows(answer.verdicts, quotations, plans)
    direct, *rest = _lines(answer)
    known = cited_in(answer.text)
    said = [] if rows else [_line(line, quotations, known) for line in rest]
    shown = {n for each in answer.verdicts for n in (*each.citations, *each.nearest)}
    shown |= {line.citation.n for line in said if isinstance(line, Quotation)}
    is_list = answer.intent in _WHICH_AREAS and bool(rows)
    return AnswerView(
        answer,
        answer.areas if is_list else (),
        _linked(direct, known),
        said,
        _note(rest) if rows else "",
        rows,
        [each for n, each in quotations.items() if n not in shown],
        {each.topic: each.terms_tried for each in answer.verdicts if each.terms_tried},
    )


def quotation(citation: Citation, answer: Answer) -> Quotation:
    """A citation of an answer; its link says of which, so that the words can be compared."""
    place, _, fragment = citation.url.partition("#")
    return Quotation(citation, f"{place}&answer={answer.id}&n={citation.n}#{fragment}")


def source_link(citation: Citation, **more: object) -> str:
    """The source page with the cited words lit."""
    place = {"start": citation.start, "end": citation.end}
    return address(f"/documents/{citation.document_id}", "lit", **place, **more)


def board_rows(
    verdicts: Iterable[TopicVerdict], quotations: Mapping[int, Quotation], plans: Sequence[Plan]
) -> list[Row]:
    """A board in its own order; a period tells plans of one area apart."""
    periods, anchored = _periods(plans), set[int]()

    def quoted(numbers: Iterable[int]) -> Iterator[Quotation]:
        for n in numbers:
            yield quotations[n]._replace(anchored=n not in anchored)
            anchored.add(n)

    return [
        Row(
            verdict,
            shown_verdict(verdict),
            tuple(quoted(verdict.citations)),
            tuple(quoted(verdict.nearest)),
            periods.get(verdict.plan_id or ""),
        )
        for verdict in verdicts
    ]


def _periods(plans: Sequence[Plan]) -> dict[str, str]:
    """By id the periods of plans whose area has several."""
    held = Counter(plan.area for plan in plans)
    return {p.id: str(p.period) for p in plans if p.period and held[p.area] > 1}


def _lines(answer: Answer) -> list[str]:
    """The text by line, without the count of plans read, which the page shows by itself."""
    read = wording.plans_read(answer.scope.plans_read, answer.scope.plans_in_scope)
    first, *rest = text_lines(answer) or [""]
    first = first.removeprefix(read).strip()
    return [*([first] if first else []), *rest] or [messages.plans_read(answer.scope)]


def _note(lines: Sequence[str]) -> str:
    """The line that says that the text held only sums up the plans."""
    note = wording.summary_note(Basis.SUMMARY)
    return note if note in lines else ""


def _line(
    line: str, quotations: Mapping[int, Quotation], known: frozenset[int]
) -> Markup | Quotation:
    """A line of the answer; one that is a quotation is shown with its source."""
    found = _QUOTATION.fullmatch(line)
    quoted = quotations.get(int(found[2])) if found else None
    if found and quoted and quoted.citation.quote == found[1]:
        return quoted
    return _linked(line, known)


def _linked(line: str, known: frozenset[int]) -> Markup:
    """A line, escaped; what is quoted keeps to itself, and numbers lead to the citations."""
    made, at = Markup(""), 0
    for found in _MARKED.finditer(line):
        made += escape(line[at : found.start()]) + _marked(found, known)
        at = found.end()
    return made + escape(line[at:])


def _marked(found: re.Match[str], known: frozenset[int]) -> Markup:
    quoted, number = found.groups()
    if quoted:
        return Markup("<bdi>") + quoted + Markup("</bdi>")
    if int(number) not in known:
        return escape(found[0])
    return Markup('<a href="#citation-{0}">[{0}]</a>').format(number)
