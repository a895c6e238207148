"""Texts for the tests of ingest: read in one call, and generated for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from corpus.catalogue import Catalogue
from corpus.models import ParsedDocument, Role
from ingest.parsing import Parsed, parse

WORDS = (
    "the Partnership will reduce crime and anti-social behaviour in Hartlepool by 2014 with "
    "patrols, visits and e.g. Cllr. Smith's team (see 3.4); metal theft – shoplifting: naïve café "
    "№5 “quoted” A.S.B. burglary\u202e\u2066hidden\u2069 *bold* _it_ etc. No. 7 😀 ẞ"
).split()
"""Words with what trips readers: abbreviations, quotation marks, emphasis, bidirectional marks."""


def parsed(text: str, name: str = "plan.txt", catalogue: Catalogue | None = None) -> Parsed:
    """A text as the parsed document and report that ingest makes of it."""
    return parse(name, text.encode(), catalogue or Catalogue())


def document(text: str, name: str = "plan.txt") -> ParsedDocument:
    """A text as a parsed document."""
    return parsed(text, name).document


def with_role(text: str, role: Role, name: str = "plan.txt") -> list[str]:
    """The headings of the sections that have a role, in reading order."""
    sections = document(text, name).sections
    return [section.path[-1] for section in sections if section.role is role]


def priorities(text: str, name: str = "plan.txt") -> list[str]:
    """The titles of the priorities, in reading order."""
    return with_role(text, Role.PRIORITY, name)


def tree(parsed_document: ParsedDocument) -> str:
    """The outline as lines: indent by depth, heading, role, and the plan that a root begins."""
    plans = {plan.id: plan for plan in parsed_document.plans}
    lines = []
    for section in parsed_document.sections:
        plan = plans.get(section.plan_id or "")
        mark = (
            f" [{plan.area}, {plan.period}, {plan.basis}]" if plan and not section.parent_id else ""
        )
        indent = "  " * (len(section.path) - 1)
        lines.append(f"{indent}{section.path[-1]} ({section.role}){mark}")
    return "\n".join(lines) + "\n"


def _phrases(least: int, most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=least, max_size=most).map(" ".join)


_headings = st.builds(
    "{}{}".format,
    st.sampled_from(["# ", "## ", "### ", "", "3 ", "4.1 ", "Priority 2: ", "Our priorities "]),
    _phrases(1, 6).map(str.capitalize),
)
_titles = st.builds(
    "{} Community Safety Plan {}".format,
    st.sampled_from(["Hartlepool", "Stockton", "DUNMARROW"]),
    st.sampled_from(["2011-2014", "2021 to 2024", ""]),
)
_paragraphs = st.builds(
    "{}{}{}".format,
    st.sampled_from(
        ["", "", "- 3.4 ", "Burglary – ", "Burglary: ", "**Theft.** ", "    ", "\ufeff"]
    ),
    _phrases(1, 250),
    st.sampled_from([".", ":", "", "?", ";"]),
)
_items = st.builds(
    "{}{}".format, st.sampled_from(["- ", "* ", "  • ", "1. ", "a) ", "      - "]), _phrases(1, 20)
)
_ornaments = st.sampled_from(["---", "===", "***", "|---|---|", "| a | b |", "\f", "-", "#", "1."])
_separators = st.sampled_from(["\n\n", "\n\n", "\n", "\r\n\r\n", "\r", "\n \t\n", "\u2028", "\f"])

texts = st.lists(
    st.tuples(st.one_of(_titles, _headings, _paragraphs, _items, _ornaments), _separators),
    min_size=1,
    max_size=25,
).map(lambda parts: "Safety.\n\n" + "".join(block + gap for block, gap in parts))
"""Documents of every mixture of blocks, newlines and marks; each has at least one word."""
