"""The glossary made ready for matching: which wordings a topic can be said in.

A *wording* is a list of slots, each a set of stems of which a text must have one. A topic is said
in its own words, in the glossary's other words for it or for a part of it, as initials, or by a
narrower thing. Everything is decided once for a topic, nothing for a passage.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Protocol

from rapidfuzz.distance import OSA

from corpus.glossary import Glossary, WordSet
from corpus.words import FUNCTION_WORDS, Word, iter_words, stems, telling_stems
from service.answering.thesaurus import Paraphrases, Thesaurus
from service.answering.wordings import (
    Key,
    Phrase,
    Relation,
    Slot,
    Topic,
    Wording,
    Wordings,
    distinct,
)

_INITIALS = "="
"""Marks the key of initials."""

_PREFIXES = (
    "anti",
    "co",
    "cross",
    "cyber",
    "inter",
    "mid",
    "multi",
    "non",
    "over",
    "pre",
    "re",
    "self",
    "sub",
    "under",
)
"""Prefixes that are written with a hyphen or without: 're-offending', 'reoffending'."""
_LONG_TOPIC = 4
"""From this many words on a topic is a description: with one unmet it is perhaps meant."""

_REVERSING = frozenset({"anti", "counter", "non"})
"""Words that make of a phrase its contrary."""
_LONGEST_TERM = 8
"""Words that carry meaning in the longest term worth looking for, or topic worth respelling."""
_INITIALS_ADDED = re.compile(r"\s*\([A-Z&]{2,8}\)")

_TOPICS_KEPT = 512
"""Topics kept with their wordings: people ask for the same things again and again."""
_QUOTED = re.compile(r"“(?P<words>.*)”")

_BRIDGE = 0.70
"""Cosine from which a topic and a glossary term are taken for two wordings of one thing."""
_PERHAPS = 0.60
"""Cosine from which they may be. Both were set on the development half of the evaluation only:
docs/evaluation.md has the curve."""

_ALIKE = 0.50
"""Cosine below which two words, each in the other's place, make siblings of two phrases:
'female' and 'young' offenders, drunk 'cyclists' and 'drivers'. Set on the same half."""


class Meaning(Protocol):
    """How near phrases are in meaning."""

    def nearest_terms(self, phrase: str) -> Sequence[tuple[str, float]]:
        """The glossary's terms nearest to a phrase with their cosines, best first."""

    def alike(self, first: str, second: str) -> float:
        """The cosine of two phrases."""


class Vocabulary:
    """Synonyms, classes and light words, looked up by stems."""

    def __init__(
        self,
        glossary: Glossary,
        meaning: Meaning,
        is_plan_word: Callable[[str], bool],
    ) -> None:
        """`is_plan_word` tells whether the plans held use a word: such a one is no slip."""
        self._glossary = glossary
        self._meaning = meaning
        self._is_plan_word = is_plan_word
        self._made = lru_cache(maxsize=_TOPICS_KEPT)(self._make)

    def is_term(self, phrase: str) -> bool:
        """Whether a phrase is one of the glossary's terms."""
        key = self._listed_key(phrase)
        return key in self._rows or key in self._narrower

    def longest_term_in(self, phrase: str) -> str | None:
        """The longest term of the glossary that stands in a phrase, as it stands there."""
        return max(self._terms_as_written(phrase), key=lambda term: len(term.split()), default=None)

    def term_length(self, words: Sequence[Word]) -> int:
        """How many of some words, from the first on, make the longest term there; 0 for none."""
        sequence = tuple(word.stem for word in words[:_LONGEST_TERM])
        lengths = range(len(sequence), 0, -1)
        return next((length for length in lengths if sequence[:length] in self._sequences), 0)

    def subjects_of(self, text: str) -> set[str]:
        """What a text is about: for each term in it its first wording, and the classes above."""
        found: set[str] = set()
        waiting = [self._first_wording(term) for term in self._terms_as_written(text)]
        while waiting:
            term = waiting.pop()
            key = self._key(term)
            if term not in found and key not in self._too_wide:
                found.add(term)
                waiting += map(self._first_wording, self._classes.get(key, ()))
        return found

    def _first_wording(self, term: str) -> str:
        return self._rows.get(self._key(term), [term])[0]

    def is_within(self, term: str, wider: str) -> bool:
        """Whether one term is below another, at any depth."""
        return term in self._terms_below(wider)

    def _terms_as_written(self, phrase: str) -> Iterator[str]:
        """The glossary's terms in a phrase as they stand there, the longest, none overlapping."""
        words = [word for word in iter_words(phrase) if word.folded not in FUNCTION_WORDS]
        at = 0
        while at < len(words):
            lengths = range(min(len(words) - at, _LONGEST_TERM), 0, -1)
            keys = (tuple(word.stem for word in words[at : at + length]) for length in lengths)
            key = next((key for key in keys if key in self._rows or key in self._narrower), ())
            if key:
                yield phrase[words[at].start : words[at + len(key) - 1].end]
            at += max(len(key), 1)

    def topic(self, phrase: str) -> Topic | None:
        """A topic with its wordings, or None where it has no word that carries meaning."""
        return self._made(phrase)

    def _make(self, phrase: str) -> Topic | None:
        quoted = _QUOTED.fullmatch(phrase)
        if quoted:
            return _as_it_stands(quoted["words"])
        # 'domestic violence (DV)' says one thing twice.
        spelt = self._spelt(_INITIALS_ADDED.sub("", phrase))
        key = self._listed_key(spelt)
        if not key:
            return None
        bridged, perhaps = self._bridged(spelt)
        listed = self._key(bridged) if bridged else key
        wordings = [
            *self._own_wordings(spelt, key),
            *(self._wording(term, Relation.SAME) for term in self._terms_of(bridged or spelt)),
            *self._with_parts_replaced(key),
            *self._narrower_wordings(listed),
            *(self._wording(term, Relation.PERHAPS) for term in perhaps),
            *self._terms_in_other_words(self._terms_of(bridged or spelt)),
        ]
        return Topic(phrase, key, distinct(wordings), distinct(self._wider(listed)))

    def _bridged(self, phrase: str) -> tuple[str | None, list[str]]:
        """The term that says the same as an unlisted topic, if any, and those that may."""
        if self.is_term(phrase):
            return None, []
        paraphrases = self._paraphrases.of(phrase)
        if paraphrases:
            return paraphrases[0], []
        near = [near for near in self._meaning.nearest_terms(phrase) if near[1] >= _PERHAPS]
        if not near:
            return None, []
        best, cosine = near[0]
        if cosine >= _BRIDGE and self._says_the_same(phrase, best):
            return best, []
        return None, self._terms_of(best)

    def _says_the_same(self, phrase: str, term: str) -> bool:
        """Whether a near term is neither wider than a phrase nor its sibling."""
        left, right = _unshared(phrase, term), _unshared(term, phrase)
        if (left and not right) or set(right) & _REVERSING:
            return False
        if len(left) == len(right) == 1:
            return self._meaning.alike(left[0], right[0]) >= _ALIKE
        return True

    # Looking up

    @cached_property
    def light(self) -> frozenset[str]:
        """Stems of words that mean next to nothing in a topic."""
        return frozenset(stem for term in self._glossary.light_words.terms for stem in stems(term))

    @cached_property
    def _everyday(self) -> Thesaurus:
        """Everyday words."""
        return Thesaurus(self._glossary.word_sets, self.light)

    @cached_property
    def _field(self) -> Thesaurus:
        """Everyday words and the glossary's terms with what is below them."""
        rows = [
            WordSet(terms=tuple(row.terms), narrower=tuple(self._terms_below(row.terms[0])))
            for row in self._glossary.same
        ]
        return Thesaurus((*self._glossary.word_sets, *rows), self.light)

    @cached_property
    def _paraphrases(self) -> Paraphrases:
        return Paraphrases(self._everyday, self._glossary.terms)

    def _terms_below(self, term: str) -> Iterator[str]:
        return (other for below in self._below(self._key(term)) for other in self._terms_of(below))

    @cached_property
    def _crime(self) -> Slot:
        words = (stem for term in self._glossary.crime_words.terms for stem in stems(term))
        return Slot(frozenset((word,) for word in words))

    @cached_property
    def _provision(self) -> Slot:
        words = (stem for term in self._glossary.provision_words.terms for stem in stems(term))
        return Slot(frozenset((word,) for word in words))

    @cached_property
    def _too_wide(self) -> frozenset[Key]:
        return frozenset(self._key(term) for term in self._glossary.too_wide.terms)

    @cached_property
    def _rows(self) -> dict[Key, list[str]]:
        """By the key of each term, all the terms of its rows."""
        rows: dict[Key, list[str]] = defaultdict(list)
        for row in self._glossary.same:
            for term in row.terms:
                rows[self._key(term)] += row.terms
        return dict(rows)

    @cached_property
    def _narrower(self) -> dict[Key, list[str]]:
        """By the key of each term of a class, in any wording, what is immediately below it."""
        below: dict[Key, list[str]] = defaultdict(list)
        for row in self._glossary.classes:
            for term in self._terms_of(row.term):
                below[self._key(term)] += row.narrower
        return dict(below)

    @cached_property
    def _classes(self) -> dict[Key, list[str]]:
        """By the key of each thing, in any wording, the classes immediately above it."""
        above: dict[Key, list[str]] = defaultdict(list)
        for row in self._glossary.classes:
            for thing in row.narrower:
                for term in self._terms_of(thing):
                    above[self._key(term)].append(row.term)
        return dict(above)

    @cached_property
    def _words(self) -> frozenset[str]:
        """Every word of the glossary, as typed."""
        terms = (term for row in self._glossary.same for term in row.terms)
        return frozenset(word.folded for term in terms for word in iter_words(term))

    @cached_property
    def _sequences(self) -> frozenset[Phrase]:
        """The stems of every word of each term, in order."""
        return frozenset(tuple(stems(term)) for term in self._glossary.terms)

    def _key(self, phrase: str) -> Key:
        return _key_of(phrase)

    def _listed_key(self, phrase: str) -> Key:
        """The key of a topic; initials are known for them however they were typed."""
        initials = (_INITIALS + phrase.strip().casefold(),)
        return initials if initials in self._rows else self._key(phrase) or tuple(stems(phrase))

    def _terms_of(self, term: str) -> list[str]:
        """A term and its synonyms, itself first."""
        return list(dict.fromkeys([term, *self._rows.get(self._listed_key(term), ())]))

    def _below(self, key: Key) -> Iterator[str]:
        """Everything narrower than a term, at any depth."""
        seen: set[str] = set()
        waiting = list(self._narrower.get(key, ()))
        while waiting:
            thing = waiting.pop(0)
            if thing not in seen:
                seen.add(thing)
                yield thing
                waiting += self._narrower.get(self._key(thing), ())

    # Making wordings

    def _own_wordings(self, phrase: str, key: Key) -> Iterator[Wording]:
        # Of a proper name every word tells: the Freedom Programme isn't any freedom.
        slots = tuple(map(Slot.of, key)) if _is_name(phrase) else self._slots(key)
        yield Wording(phrase, slots, Relation.SAME, own=True)
        if len(key) > _LONGEST_TERM:
            return
        for parts in self._everyday_slots(phrase):
            if len(parts) > 1:
                yield Wording(phrase, parts, Relation.SAME, everyday=True)
        if len(slots) >= _LONG_TOPIC:
            yield Wording(phrase, slots, Relation.PERHAPS, optional=1)
        for other in _respelt(phrase, key):
            yield Wording(phrase, self._slots(other), Relation.SAME, own=True)
        initials = "".join(word.folded[0] for word in iter_words(phrase) if len(word.folded) > 1)
        if len(initials) >= 3:
            slot = Slot.of(stems(initials)[0])
            yield Wording(initials.upper(), (slot,), Relation.SAME, initials=True)

    def _terms_in_other_words(self, terms: Iterable[str]) -> Iterator[Wording]:
        """Terms with everyday words for their parts: two steps from the topic, so only perhaps."""
        for term in terms:
            slots = self._everyday.slots(term)
            if len(slots) > 1 and not self._wording(term, Relation.PERHAPS).in_order:
                yield Wording(term, slots, Relation.PERHAPS)

    def _everyday_slots(self, phrase: str) -> Iterator[tuple[Slot, ...]]:
        """The parts of a phrase with other words for them: terms of the field, phrases, words."""
        yield self._field.slots(phrase)
        yield self._everyday.slots(phrase)
        yield self._everyday.slots(phrase, longest=1)

    def _slots(self, key: Iterable[str]) -> tuple[Slot, ...]:
        """A slot for each word that carries meaning; any word for crime stands for another."""
        key = tuple(dict.fromkeys(key))
        key = tuple(stem.removeprefix(_INITIALS) for stem in key)
        telling = [stem for stem in key if stem not in self.light] or list(key)
        provided = [stem for stem in key if stem in self._provision.words]
        if len(telling) == 1 and provided and provided != telling:
            return (self._slot(telling[0]), self._provision)
        return tuple(map(self._slot, telling))

    def _slot(self, stem: str) -> Slot:
        return self._crime if stem in self._crime.words else Slot.of(stem)

    def _narrower_wordings(self, key: Key) -> Iterator[Wording]:
        for below in self._below(key):
            for term in self._terms_of(below):
                yield self._wording(term, Relation.NARROWER)

    def _wording(self, term: str, relation: Relation) -> Wording:
        """A glossary term as a wording; one that its telling words don't carry goes in order."""
        words, slots = term.split(), self._slots(self._key(term))
        initials = len(words) == 1 and term.isupper()
        name = len(words) > 1 and any(word[0].isupper() and not word.isupper() for word in words)
        phrase = len(words) > 1 and len(slots) == 1
        return Wording(term, slots, relation, 0, initials, in_order=name or phrase)

    def _with_parts_replaced(self, key: Key) -> Iterator[Wording]:
        """'victims of domestic abuse' with the other words for domestic abuse in its place."""
        for start, end in self._parts(key):
            for term in self._rows[key[start:end]]:
                if self._wording(term, Relation.SAME).in_order:
                    continue  # its words say it only as they stand, which a longer topic loses
                replaced = (*key[:start], *self._key(term), *key[end:])
                yield Wording(" ".join(replaced), self._slots(replaced), Relation.SAME)

    def _parts(self, key: Key) -> Iterator[tuple[int, int]]:
        """The longest parts of a topic that are terms, none inside another."""
        at = 0
        while at < len(key):
            ends = range(len(key), at, -1)
            end = next((e for e in ends if key[at:e] in self._rows and e - at < len(key)), None)
            if end is not None:
                yield at, end
            at = end or at + 1

    def _wider(self, key: Key) -> Iterator[Wording]:
        """The classes just above a topic and its siblings there, but none that is too wide."""
        for parent in dict.fromkeys(self._classes.get(key, ())):
            family = [parent, *self._narrower.get(self._key(parent), ())]
            for thing in family:
                if self._key(thing) not in self._too_wide and self._key(thing) != key:
                    for term in self._terms_of(thing):
                        yield self._wording(term, Relation.SAME)
        head = key[-1:]
        is_thing = head in self._rows or head in self._narrower
        if len(self._slots(key)) > 1 and is_thing and head not in self._too_wide:
            yield Wording(head[0], (Slot.of(head[0]),), Relation.SAME)

    def _spelt(self, phrase: str) -> str:
        """The phrase with slips of spelling mended to the glossary's words, initials never."""
        return " ".join(self._mended(word) for word in phrase.split())

    def _mended(self, word: str) -> str:
        plain = word.lower()
        if len(plain) < 6 or word.isupper() or not plain.isalpha() or plain in self._words:
            return word
        if set(stems(plain)) & self._known_stems:
            return word
        near = [known for known in self._words_by_initial[plain[0]] if _is_slip(plain, known)]
        if not near or self._is_plan_word(plain):
            return word
        return min(near, key=lambda known: (OSA.distance(plain, known), known))

    @cached_property
    def _known_stems(self) -> frozenset[str]:
        return frozenset(stem for word in self._words for stem in stems(word))

    @cached_property
    def _words_by_initial(self) -> dict[str, list[str]]:
        words: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            words[word[0]].append(word)
        return words


def _as_it_stands(words: str) -> Topic:
    """A topic that is said in these words only, side by side and in order."""
    sequence = tuple(stems(words))
    slots = tuple(Slot(frozenset({(stem,)})) for stem in dict.fromkeys(sequence))
    wording = Wording(words.casefold(), slots, Relation.SAME, in_order=True)
    return Topic(f"“{words}”", sequence, Wordings((wording,)), Wordings())


@lru_cache(maxsize=16_384)
def _key_of(phrase: str) -> Key:
    if phrase.isupper() and phrase.isalnum():
        # Initials share no stem with words: 'VAP' isn't vaping.
        return (_INITIALS + phrase.casefold(),)
    return tuple(telling_stems(phrase))


def _respelt(phrase: str, key: Key) -> Iterator[Key]:
    """The key with two words written as one, or a prefix parted: 'hotspot', 're-offending'."""
    words = _content(phrase)
    for at in range(len(words) - 1):
        yield (*key[:at], *stems(words[at] + words[at + 1]), *key[at + 2 :])
    for at, word in enumerate(words):
        for prefix in _PREFIXES:
            rest = word.removeprefix(prefix)
            if rest != word and len(rest) > 3:
                yield (*key[:at], *stems(f"{prefix} {rest}"), *key[at + 1 :])


def _is_name(phrase: str) -> bool:
    """Whether a phrase of several words is a proper name, by its capitals."""
    telling = [phrase[word.start] for word in iter_words(phrase) if not word.is_function_word]
    return len(telling) > 1 and all(map(str.isupper, telling)) and not phrase.isupper()


def _unshared(phrase: str, other: str) -> list[str]:
    """The words of a phrase that carry meaning and aren't in the other one."""
    shared = _key_of(other)
    return [word for word in _content(phrase) if _key_of(word)[0] not in shared]


def _content(phrase: str) -> list[str]:
    return [word.folded for word in iter_words(phrase) if word.folded not in FUNCTION_WORDS]


def _is_slip(typed: str, known: str) -> bool:
    allowed = 1 if len(known) < 9 else 2
    return abs(len(typed) - len(known)) <= allowed and OSA.distance(typed, known) <= allowed
