"""How a question says when: years, periods and editions of plans.

Patterns are matched on a *masked* question, as those of `grammar`.
"""

from __future__ import annotations

import re

from service.answering.grammar import DOCUMENT

PERIOD = re.compile(
    r"\bhow long (?:do|does|did|will|is|are) .*\bplans? (?:last|run|for|cover|apply)\b"
    r"|\b(?:what|which) (?:period|years?|dates?|time ?(?:span|frame|scale))\b.*"
    r"\b(?:cover\w*|for|span\w*|run|runs|apply|applies|stretch\w*|extends?|last|lasts)\b"
    r"|\bwhen (?:do|does|did|will) .*\bplans?(?: of @+| for @+)? "
    r"(?:start|begin|end|expire|run out|finish)\b"
    r"|\bwhen (?:the |its |their |@+(?:['’]s)? )?plans?(?: of @+| for @+)? "
    r"(?:starts?|begins?|ends?|expires?|runs? out|finish(?:es)?)\b"
)
"""Asks for the years that plans are for."""

EDITIONS = re.compile(
    r"\b(?:in|under|across|from)? ?(?:(?:any|all|every|each|both|either)(?: of)?(?: the| its)?"
    r" (?:editions?|versions?)"
    r"|(?:their|the|its) (?:past|previous|earlier|old) (?:plans?|editions?)"
    r"|,? ?(?:old|past|previous|earlier|current|present|new|latest) (?:or|and) "
    r"(?:old|past|previous|earlier|current|present|new|latest),?)"
    r"(?: of (?:the|their|its) plans?)?\b"
)
"""Asks over superseded editions too."""

PREVIOUS = re.compile(
    r"\b(?:in |under |from |of )?(?:the |its |their |that |@(?:['’]s)? )?"
    r"(?:(?:plan|edition|version|one|strategy) before"
    r"(?: (?:that|it|this|the (?:current|latest) one))?"
    rf"|(?:previous|preceding|prior|former|earlier|old(?:er)?) (?:{DOCUMENT}|version|one)"
    r"|last (?:edition|version|plan|strategy))\b"
)
"""Asks for the edition before the one in force, or before the one of a year."""

NTH_EDITION = re.compile(
    r"\b(?P<nth>first|second|third|original|earliest|oldest) (?:@+(?:['’]s)? )?"
    r"(?:plan|strategy|edition|version)(?:['’]s)?(?=\W|$)"
)
"""Asks for an edition by its number among those held: 'the second … plan'."""

PLAN_YEAR = re.compile(
    r"\b(?P<year>(?:19|20)\d\d)(?: ?[-/–] ?(?:(?:19|20)?\d\d))? "
    r"(?:plan|edition|version|strategy|one)\b"
)
"""A year that names a plan, whatever is asked of it."""

SHORT_YEAR = re.compile(r"\b(?:in|for|during|of|the) ['’]?(?P<year>\d\d) ?[-/–] ?\d\d\b")
"""A period as '22/23': its first year in this century."""

YEAR = re.compile(
    r"\b(?:(?:in|for|during|as of|from|between|covering|dated|since) )?(?P<year>(?:19|20)\d\d)"
    r"(?: ?(?:[-–/]|to|and|until) ?(?:(?:19|20)?\d\d))?\b"
)

LATELY = re.compile(
    r"\b(?:(?:in|over|during|for|since) )?(?:the )?(?:last|past|this|next|coming) "
    r"(?:year|month|week|quarter|decade|\w+ (?:years|months|weeks))\b"
    r"|\bat (?:the moment|present)\b|\b(?:right|just) now\b|\b(?:these days|nowadays)\b"
)
"""When, without a date."""

CHANGED = re.compile(r"\b(?:chang\w+|evolv\w+|mov\w+ on|shift\w*)\b")

BETWEEN_YEARS = re.compile(
    r"\b(?:between|from|since)? ?(?:19|20)\d\d ?(?:and|to|until|[-–]) ?(?:19|20)\d\d\b"
)

PLANS_OF_YEARS = re.compile(rf"\b(?:19|20)\d\d and (?:19|20)\d\d {DOCUMENT}(?=\W|$)")


def year_in(masked: str, *, of_plan: bool) -> re.Match[str] | None:
    """The year a question is for; `of_plan` allows only one that names a plan."""
    named = PLAN_YEAR.search(masked)
    if named or of_plan:
        return named
    return YEAR.search(masked) or SHORT_YEAR.search(masked)


def number(year: re.Match[str]) -> int:
    """The year in four digits."""
    typed = year["year"]
    return int(typed) if len(typed) == 4 else 2000 + int(typed)


def asks_for_previous(masked: str) -> bool:
    """Whether the edition before is asked for; 'the old one, of 2019' is that of the year."""
    found = PREVIOUS.search(masked)
    return bool(found and not _OF_YEAR.match(masked, found.end()))


def edition_in(masked: str) -> int | None:
    """The number of the edition that is asked for; the original is the first."""
    found = NTH_EDITION.search(masked)
    return {"second": 2, "third": 3}.get(found["nth"], 1) if found else None


_OF_YEAR = re.compile(r",? (?:(?:the|that|one|of|from|for) )*(?:19|20)\d\d\b")
