"""Periods of years in running words."""

from __future__ import annotations

import re

from pydantic import ValidationError

from corpus.models import Period

_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:(?:\d{1,2}(?:st|nd|rd|th)? )?[a-z]{3,9} )?"
_RANGE = re.compile(
    rf"(?<![\d/.-])({_YEAR})\s*(?:[-–—/]|to|until|and)\s*{_MONTH}({_YEAR}|\d\d)(?![\d%])",
    re.IGNORECASE,
)
_YEARS = re.compile(
    rf"(?<![\d/.-])({_YEAR})\s*[-–—/]\s*\d\d\s*(?:[-–—]|to|until|and)\s*"
    rf"{_YEAR}\s*[-–—/]\s*({_YEAR}|\d\d)(?![\d%])",
    re.IGNORECASE,
)
"""From one financial year to another: '2023-24 to 2025-26'."""
_SINGLE = re.compile(rf"(?<![\d/.-])({_YEAR})(?![\d/.%-])")
_MONTH_BEFORE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?,? $", re.IGNORECASE
)

_LONGEST = 15
"""More years than any plan covers: a longer stretch is no plan's period."""


def find_period(words: str) -> Period | None:
    """The first period in `words`: '2011-2014', '2021 to 2024', '2011/12', or a single year.

    That of a stretch of financial years, '2023-24 to 2025-26', comes before the others.
    """
    found = [*_YEARS.finditer(words), *_RANGE.finditer(words)]
    ranges = [_period(*each.groups()) for each in found]
    if ranges:
        return next((period for period in ranges if period), None)
    single = next((y for y in _SINGLE.finditer(words) if not _is_dated(words, y.start())), None)
    return _period(single.group(1), single.group(1)) if single else None


def _is_dated(words: str, year: int) -> bool:
    """Whether a month stands before the year, which is then the date of something."""
    return _MONTH_BEFORE.search(words[max(0, year - 12) : year]) is not None


def _period(first: str, last: str) -> Period | None:
    end = int(first[: -len(last)] + last)
    try:
        period = Period(start=int(first), end=end)
    except ValidationError:
        return None
    return period if end - int(first) <= _LONGEST else None
