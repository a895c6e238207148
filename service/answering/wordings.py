"""What a topic can be said in: wordings, each of slots, each met by one of several phrases.

A topic is said in its own words, in everyday words for them, in the glossary's other words for it
or for a part of it, as initials, or by a narrower thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter

from corpus.words import FUNCTION_WORDS, stems

Key = tuple[str, ...]
"""The stems of a phrase without function words: what makes two phrases the same term."""
Phrase = tuple[str, ...]
"""The stems of words that stand side by side, function words among them."""


class Relation(StrEnum):
    """How a wording stands to the topic."""

    SAME = "same"
    NARROWER = "narrower"
    PERHAPS = "perhaps"


@dataclass(frozen=True)
class Slot:
    """What a text must have one of. `lent` are phrases that a heading above may lend, too."""

    phrases: frozenset[Phrase]
    lent: frozenset[Phrase] = frozenset()

    @staticmethod
    def of(stem: str) -> Slot:
        """A slot that one word meets, here or in a heading."""
        return _slot_of(stem)

    @cached_property
    def words(self) -> frozenset[str]:
        """The phrases that are one word."""
        return frozenset(phrase[0] for phrase in self.phrases if len(phrase) == 1)

    @cached_property
    def longer(self) -> Mapping[str, tuple[Phrase, ...]]:
        """The phrases of several words, by their first."""
        longer = sorted(phrase for phrase in self.phrases if len(phrase) > 1)
        return {first: tuple(them) for first, them in groupby(longer, key=itemgetter(0))}

    @cached_property
    def clause(self) -> frozenset[str]:
        """Stems of which a text that meets the slot has at least one: of each phrase the longest.

        A function word is taken only where a phrase has no other: it tells texts apart the least.
        """
        return frozenset(
            max(phrase, key=lambda stem: (stem not in FUNCTION_WORDS, len(stem)))
            for phrase in self.phrases
        )


@lru_cache(maxsize=65_536)
def _slot_of(stem: str) -> Slot:
    # The same for all topics: what is made of a slot is kept with it.
    return Slot(frozenset({(stem,)}), frozenset({(stem,)}))


@dataclass(frozen=True)
class Wording:
    """One way to say a topic.

    `optional` is how many slots may go unmet; `initials` asks for the word as typed, in capitals;
    `own` is the topic's own words, `everyday` those or other words for them, and both may stand
    apart and lean on a heading; `in_order` asks for the words of the phrase side by side and in
    order, for a proper name or a phrase that says little by its telling words alone ("people
    without a home").
    """

    phrase: str
    slots: tuple[Slot, ...]
    relation: Relation
    optional: int = 0
    initials: bool = False
    in_order: bool = False
    own: bool = False
    everyday: bool = False
    meant: float | None = None
    """Set where a stretch says it that means the phrase, in whatever words: how near it must be."""

    @property
    def distance(self) -> int:
        """How far it is from what was asked: 0 for its own words, then its other names."""
        if self.own:
            return 0
        if self.meant is not None:
            return 3
        return 1 if self.relation is Relation.SAME and not self.everyday else 2

    @cached_property
    def sequence(self) -> Phrase:
        """The stems of all words of the phrase, in order."""
        return tuple(stems(self.phrase))


class Wordings(tuple[Wording, ...]):
    """Wordings in order, with an index of the words that a text must have to say one of them."""

    @cached_property
    def own(self) -> Wordings:
        """Those that are the topic's own words."""
        return Wordings(wording for wording in self if wording.own)

    @cached_property
    def leaning(self) -> Wordings:
        """Those of which a heading may lend words."""
        return Wordings(wording for wording in self if wording.own or wording.optional)

    @cached_property
    def alone(self) -> Wordings:
        """Those that a sentence has to say by itself."""
        return Wordings(wording for wording in self if not (wording.own or wording.optional))

    @cached_property
    def _by_stem(self) -> dict[str, list[int]]:
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, wording in enumerate(self):
            for stem in frozenset().union(*_telling(wording)):
                numbers[stem].append(number)
        return dict(numbers)

    def sayable(self, words: Collection[str]) -> Iterator[Wording]:
        """Those that a text with these stems may say, in order; none that it says is left out."""
        numbers = {number for word in words for number in self._by_stem.get(word, ())}
        return (self[number] for number in sorted(numbers) if _may_say(self[number], words))


def _may_say(wording: Wording, words: Collection[str]) -> bool:
    """Whether a text with these stems has a word for each slot, where it must have one."""
    if wording.own or wording.optional:
        return True
    return not any(slot.clause.isdisjoint(words) for slot in wording.slots)


def _telling(wording: Wording) -> Sequence[frozenset[str]]:
    """Sets of stems: a text that says the wording has a stem of at least one of them.

    Where no heading can lend a word and none may be missing, one slot will do: the narrowest.
    """
    clauses = sorted((slot.clause for slot in wording.slots), key=len)
    return clauses if wording.own or wording.optional else clauses[:1]


@dataclass(frozen=True)
class Topic:
    """A topic with all its wordings, its own words first; `wider` are those of its classes."""

    phrase: str
    key: Key
    wordings: Wordings
    wider: Wordings

    @cached_property
    def terms_tried(self) -> tuple[str, ...]:
        """The phrases looked for, each once."""
        return tuple(dict.fromkeys(wording.phrase for wording in self.wordings))


def distinct(wordings: Iterable[Wording]) -> Wordings:
    """Wordings without those whose slots an earlier one has."""
    first: dict[tuple[object, ...], Wording] = {}
    for wording in wordings:
        kind = (
            wording.meant,
            wording.optional,
            wording.initials,
            wording.sequence if wording.in_order else (),
        )
        phrases = frozenset(slot.phrases for slot in wording.slots)
        first.setdefault((phrases, *kind), wording)
    return Wordings(first.values())
