"""Words that no passage has, spelt as the plans spell them; acronyms, numbers and names stay."""

from __future__ import annotations

from collections.abc import Callable, Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.query import Form, Term, wanted_terms
from corpus.retrieval import Scope
from corpus.words import fold
from service.ports import Engine
from service.searching.grammar import parse, respelt

_SHORTEST = 4
"""Letters of a word that may be misspelt: shorter ones are near to too many others."""
_LONG = 8
"""From this many letters on two slips are allowed, below it one."""


class Speller:
    """Mends slips by the words that the plans use.

    Slips are letters left out, put in, mistaken or swapped, but never the first: by Pollock and
    Zamora, "Automatic spelling correction in scientific and scholarly text" (CACM 1984), it is
    seldom wrong.
    """

    def __init__(
        self, engine: Engine, is_term: Callable[[str], bool], names: Collection[str]
    ) -> None:
        """`is_term` knows the glossary's words, `names` are the folded words of places."""
        self._engine = engine
        self._is_term = is_term
        self._names = names

    def corrected(self, text: str) -> str | None:
        """A query with its unknown words respelt, or None where there is nothing to mend."""
        words = {
            term.words[0]
            for term in wanted_terms(parse(text, loose=True))
            if term.form is Form.ANY and len(term.words) == 1
        }
        doubtful = [word for word in words if not self._stays(word, fold(word))]
        standing = self._engine.standing([Term((word,)) for word in doubtful], Scope())
        unknown = [word for word, stands in zip(doubtful, standing, strict=True) if not stands]
        mended = {fold(word): self._mended(word) for word in unknown}
        spellings = {word: spelling for word, spelling in mended.items() if spelling}
        return respelt(text, spellings) if spellings else None

    def _mended(self, word: str) -> str | None:
        folded = fold(word)
        used = self._engine.spellings(folded[0])
        near = process.extract(
            folded,
            [known for known in used if known.isalpha() and len(known) >= _SHORTEST],
            scorer=OSA.distance,
            score_cutoff=1 if len(folded) < _LONG else 2,
            limit=None,
        )
        best = min(near, key=lambda found: (found[1], -used[found[0]], found[0]), default=None)
        if best is None:
            return None
        return best[0].capitalize() if word[0].isupper() else best[0]

    def _stays(self, word: str, folded: str) -> bool:
        """Whether a word is known wherever it stands, or of a kind that is never changed."""
        return (
            len(folded) < _SHORTEST
            or not folded.isalpha()
            or word.isupper()
            or folded in self._names
            or self._is_term(folded)
        )
