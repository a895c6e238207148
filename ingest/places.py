"""Names of places in titles and file names, told from other words by how the text uses them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from corpus.catalogue import Catalogue
from corpus.places import Place, load_places
from corpus.words import fold
from ingest.vocabulary import generic_words, joining_words

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[&:|–—]| - ")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$", re.IGNORECASE)
_PARTS = frozenset({":", "|", "–", "—", " - "})
_LOWER = re.compile(r"(?<![\w'’-])[^\W\d_A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*")
_CAPITALISED = re.compile(r"(?<![\w'’-])[A-Z][^\W\d_]*[a-z](?:['’-][^\W\d_]+)*")

_GAP = r"[^\S\r\n]+"
_CUE_BEFORE = rf"(?i:in|across|of|around|throughout|within|safer){_GAP}"
_CUE_AFTER = (
    rf"(?:['’]s?)?{_GAP}(?i:(?:metropolitan{_GAP})?(?:borough|city|district|county|council|community"
    r"|csp|police|residents|partnership|people|town|safer))\b"
)
"""What stands beside a place's name in running words, and seldom beside other capitalised words."""
_RANKED = re.compile(
    r"\b(?i:city|borough|district|county|town|isle) (?i:of) ((?:[A-Z][\w'’-]*(?: |$)){1,4})"
)
_LONGEST = 6
"""Words of the longest name that is looked for among others: 'Bournemouth, Christchurch and Poole'
has four."""
_MOST_NAMES = 200
"""Unknown names that are looked up in one text: each costs a reading of all of it."""


class PlaceNames:
    """Which capitalised words of one text are names of places.

    A known name (of the catalogue, or of the list of authorities that ships) is one; so is a run
    of capitalised words that holds one which the text never writes small, if the text also uses
    it as a place is used ('in Stockton', 'Stockton residents').
    """

    def __init__(self, text: str, catalogue: Catalogue) -> None:
        self._text = text
        self._small = {fold(found.group()) for found in _LOWER.finditer(text)}
        self._cased = _usual_case(text)
        self._judged: dict[tuple[str, ...], bool] = {}
        self._held = {fold(n): a.name for a in catalogue.area for n in (a.name, *a.aliases)}

    def in_title(self, title: str) -> str | None:
        """The place that a title names; a catalogued name where it is an alias of one.

        An authority is spelled as the list of them has it.
        """
        runs = list(self._runs(title))
        for words in runs:
            name = " ".join(words)
            if held := self._held.get(fold(name)):
                return held
        folded = (fold(" ".join(words)) for words in runs)
        if known := next((known_places()[name] for name in folded if name in known_places()), None):
            return known
        return next((" ".join(words) for words in runs if self._is_place(words)), None) or next(
            (" ".join(words) for words in self._runs(_after_rank(title))), None
        )

    def known_within(self, words: Sequence[str]) -> str | None:
        """The longest known name among words that stand in no sentence: 'scan redcar v3'.

        A name that is an ordinary word too, such as Reading, is none there.
        """
        for size in range(min(len(words), _LONGEST), 0, -1):
            for start in range(len(words) - size + 1):
                name = fold(" ".join(words[start : start + size]))
                if found := self._held.get(name) or unmistakable_places().get(name):
                    return found
        return None

    def is_known(self, name: str) -> bool:
        """Whether it is a catalogued name or an authority's."""
        return fold(name) in self._held or fold(name) in known_places()

    def _runs(self, title: str) -> Iterator[list[str]]:
        """Runs of words that may be a name, without generic words and without joining ends."""
        run: list[str] = []
        for token in [*_TOKEN.findall(title.replace("_", " ")), ":"]:
            if self._may_stand_in_name(token):
                run.append(self._in_usual_case(token))
                continue
            if trimmed := _trimmed(run):
                yield [*trimmed[:-1], self._without_possessive(trimmed[-1])]
            run = []

    def _may_stand_in_name(self, token: str) -> bool:
        if token in _PARTS or fold(token) in generic_words() - joining_words():
            return False
        return token[:1].isupper() or fold(token) in joining_words()

    def _in_usual_case(self, token: str) -> str:
        if not token.isupper() or len(token) < 2:
            return token
        return self._cased.get(fold(token), token.title() if len(token) > 4 else token)

    def _without_possessive(self, word: str) -> str:
        """'Pellow' of “Pellow's Plan”, where the text writes it so too."""
        bare = _POSSESSIVE.sub("", word)
        return bare if fold(bare) in self._cased else word

    def _is_place(self, words: Sequence[str]) -> bool:
        """Whether the text uses the words as a place's name; judged once, as it reads all of it."""
        key = tuple(words)
        if key not in self._judged:
            if len(self._judged) >= _MOST_NAMES:
                return False
            self._judged[key] = self._is_used_as_place(words)
        return self._judged[key]

    def _is_used_as_place(self, words: Sequence[str]) -> bool:
        telling = [w for w in words if fold(w) not in joining_words() | self._small]
        if not telling:
            return False
        spelt = _GAP.join(map(re.escape, words))
        name = f"(?:{spelt}|{_GAP.join(re.escape(word.upper()) for word in words)})"
        cue = rf"\b(?:{_CUE_BEFORE}{name}\b|{name}{_CUE_AFTER})"
        return re.search(cue, self._text) is not None


def _after_rank(title: str) -> str:
    """What a title names as an area by itself: the name after 'the City of'."""
    found = _RANKED.search(title)
    return found.group(1) if found else ""


def _spellings(places: Iterable[Place]) -> Mapping[str, str]:
    return {fold(name): name for place in places for name in (place.name, *place.aliases)}


@lru_cache(maxsize=1)
def known_places() -> Mapping[str, str]:
    """The names and aliases of the authorities and forces listed in `places.toml`, by fold."""
    return _spellings(load_places())


@lru_cache(maxsize=1)
def unmistakable_places() -> Mapping[str, str]:
    """Those of them that are no ordinary words."""
    return _spellings(place for place in load_places() if not place.ordinary_word)


def _usual_case(text: str) -> dict[str, str]:
    """The usual capitalised form of each word that the text writes with a capital."""
    counts = Counter(found.group() for found in _CAPITALISED.finditer(text))
    return {fold(word): word for word, _ in reversed(counts.most_common())}


def _trimmed(run: list[str]) -> list[str]:
    """A run without the joining words at its ends."""
    places = [i for i, word in enumerate(run) if fold(word) not in joining_words()]
    return run[places[0] : places[-1] + 1] if places else []
