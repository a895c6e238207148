"""No question makes the patterns that read it run for long, whatever is repeated in it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest

import service.answering


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.iter_modules(service.answering.__path__):
        loaded = importlib.import_module(f"service.answering.{module.name}")
        for name, value in vars(loaded).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value


def repeated_branches(parsed: object) -> Iterator[list[str]]:
    """The branches of every group that may be repeated."""
    for code, of in parsed:  # type: ignore[attr-defined]
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            _, most, inner = of
            for inside, branches in inner_branches(inner):
                if most is codes.MAXREPEAT and inside is codes.BRANCH:
                    yield [str(branch) for branch in branches]
            yield from repeated_branches(inner)
        elif code is codes.SUBPATTERN:
            yield from repeated_branches(of[-1])
        elif code is codes.BRANCH:
            for branch in of[1]:
                yield from repeated_branches(branch)


def inner_branches(inner: object) -> Iterator[tuple[object, object]]:
    for code, of in inner:  # type: ignore[attr-defined]
        if code is codes.SUBPATTERN:
            yield from inner_branches(of[-1])
        elif code is codes.BRANCH:
            yield code, of[1]


@pytest.mark.parametrize(("name", "pattern"), list(patterns()), ids=lambda value: str(value)[:40])
def test_what_may_be_repeated_has_no_branch_twice(name: str, pattern: re.Pattern[str]) -> None:
    for branches in repeated_branches(parser.parse(pattern.pattern, pattern.flags)):
        twice = {branch for branch in branches if branches.count(branch) > 1}
        assert not twice, f"{name}: each repetition doubles the time"


@pytest.mark.parametrize(("name", "pattern"), list(patterns()), ids=lambda value: str(value)[:40])
def test_its_own_words_repeated_are_read_at_once(name: str, pattern: re.Pattern[str]) -> None:
    # A pattern that doubles its time with each word would never come to the end.
    words = dict.fromkeys(re.findall(r"[a-z]{2,}", re.sub(r"\\.", " ", pattern.pattern)))
    for word in [*words, *(f"is {word}" for word in words)]:
        assert pattern.search(f"{word} " * 30 + "x") is None or name
