"""Lines joined to one text: words that were broken at the end of a line are mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_BROKEN = re.compile(r"(\w+(?:['’]\w+)?(?:-\w+)*)[-\u2010\u00ad]$")
_RANGE = re.compile(r"\d[-\u2010–]$")
"""The first half of a range that goes on with the next line: '2011-' of '2011-2014'."""
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SOFT = "\u00ad"

_PREFIXES = frozenset(
    "anti co cross ex inter multi non off on one post pre re self semi sub well one two three four"
    " full half high long low short decision problem evidence drug alcohol hate age school".split()
)
"""What stands before a hyphen that is written in any case: 'anti-social', 'multi-agency'."""


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words of a document that stand inside its lines, small."""
    found: set[str] = set()
    for text in texts:
        # The last word of a line may be broken, so it is no witness; nor is the first of the next.
        words = _WORD.findall(text.casefold())
        found.update(words[1:-1])
    return frozenset(found)


def text_of(lines: Sequence[str], known: frozenset[str]) -> str:
    """The lines as one text; a hyphen at a line's end goes where the word is known without it."""
    joined = lines[0] if lines else ""
    for line in lines[1:]:
        joined = _joined(joined, line, known)
    return joined


def _joined(before: str, line: str, known: frozenset[str]) -> str:
    if line[:1].isdigit() and _RANGE.search(before):
        return before + line
    broken = _BROKEN.search(before)
    first = _WORD.match(line)
    if broken is None or first is None or not first.group()[0].isalpha():
        return f"{before} {line}"
    head, tail = broken.group(1), first.group()
    bare = before[: broken.end(1)]
    if before.endswith(_SOFT):
        return bare + line
    return bare + line if _is_one_word(head, tail, known) else f"{bare}-{line}"


def _is_one_word(head: str, tail: str, known: frozenset[str]) -> bool:
    """Whether a word was broken that has no hyphen of its own."""
    head, tail = head.casefold(), tail.casefold()
    last = head.rsplit("-", 1)[-1]
    if f"{last}-{tail}" in known or f"{head}-{tail}" in known:
        return False
    if last + tail in known:
        return True
    return last not in _PREFIXES and not (last in known and tail in known)
