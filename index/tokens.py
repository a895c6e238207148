"""Words as an index holds them, whichever engine it is of."""

from __future__ import annotations

import hashlib
from functools import lru_cache

_LONGEST = 200
"""Characters; an engine would drop or refuse a term of some thousand bytes."""


@lru_cache(maxsize=65_536)
def token(word: str) -> str:
    """A stem or folded word: itself, or its digest where an engine would split or drop it.

    Folding can put white space inside a word (some Arabic ligatures), and binary rubbish taken for
    text can run on for thousands of letters.
    """
    if word and len(word) <= _LONGEST and word.split() == [word]:
        return word
    # The mark keeps it apart from words that begin with the same letters.
    return "#" + hashlib.sha256(word.encode()).hexdigest()
