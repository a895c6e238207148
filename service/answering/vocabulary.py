"""Which wordings a topic can be said in.

A *wording* is a list of slots, each a set of stems of which a text must have one. A topic is said
in its own words, in the glossary's other words for it or for a part of it, as initials, or by a
narrower thing. Everything is decided once for a topic, nothing for a passage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache

from corpus.glossary import Glossary
from corpus.saying import meaning_stem
from corpus.words import FUNCTION_WORDS, iter_words, stems, telling_stems
from service.answering.lexicon import LONGEST_TERM, Lexicon
from service.answering.listing import INITIALS, Listing, key_of
from service.answering.slips import Slips
from service.answering.tabulating import listing_of
from service.answering.thesaurus import Paraphrases, Senses, Thesaurus
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
from service.ports import Meanings

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
_INITIALS_ADDED = re.compile(r"\s*\([A-Z&]{2,8}\)|^[A-Z&]{2,8}\s*\((?P<in_full>.+)\)$")

_TOPICS_KEPT = 512
"""Topics kept with their wordings: people ask for the same things again and again."""
_QUOTED = re.compile(r"“(?P<words>.*)”")

MEANS = 0.64
"""Cosine from which a stretch of a text means a term of the glossary."""
MAY_MEAN = 0.54
"""Cosine from which it may."""
_TELLING = 2
"""Words that carry meaning in the shortest topic that is compared with terms."""
_BRIDGE = 0.60
"""Chance from which a topic and a term are taken for two wordings of one thing."""
_TOPIC_MEANS, _TOPIC_MAY_MEAN = 0.40, 0.25
"""Chances from which what means the term says the topic, and may say it: docs/adr/0039."""


class Vocabulary:
    """Makes topics: all the wordings that the glossary, everyday words and meaning give them."""

    def __init__(
        self,
        glossary: Glossary,
        meanings: Meanings,
        is_plan_word: Callable[[str], bool],
        listing: Listing | None = None,
    ) -> None:
        """`is_plan_word` tells whether the plans held use a word: such a one is no slip.

        `listing` are the tables of the glossary; without them they are made.
        """
        self._glossary = glossary
        self._listing = listing or listing_of(glossary)
        self.lexicon = Lexicon(glossary, self._listing)
        self._nearest = lru_cache(maxsize=_TOPICS_KEPT)(meanings.meant_by)
        self._slips = Slips(self._listing, is_plan_word)
        self._made = lru_cache(maxsize=_TOPICS_KEPT)(self._make)

    def topic(self, phrase: str) -> Topic | None:
        """A topic with its wordings, or None where it has no word that carries meaning."""
        return self._made(phrase)

    def _make(self, phrase: str) -> Topic | None:
        quoted = _QUOTED.fullmatch(phrase)
        if quoted:
            return _as_it_stands(quoted["words"])
        # 'domestic violence (DV)' says one thing twice.
        plain = _INITIALS_ADDED.sub(lambda found: found["in_full"] or "", phrase)
        spelt = plain if self.lexicon.is_term(plain) else self._slips.mended(plain)
        key = self.lexicon.listed_key(spelt)
        if not key:
            return None
        bridged, perhaps = self._bridged(spelt)
        listed = key_of(bridged) if bridged else key
        terms = self.lexicon.terms_of(bridged or spelt)
        wordings = [
            *self._own_wordings(spelt, key),
            *(self._wording(term, Relation.SAME) for term in terms),
            *self._with_parts_replaced(key),
            *self._narrower_wordings(listed),
            *(self._wording(term, Relation.PERHAPS) for term in perhaps),
            *self._terms_in_other_words(terms),
            *self._meant_wordings(spelt, listed),
        ]
        return Topic(phrase, key, distinct(wordings), distinct(self._wider(listed)))

    def _bridged(self, phrase: str) -> tuple[str | None, list[str]]:
        """The term that says the same as an unlisted topic, if any, and those that may."""
        if self.lexicon.is_term(phrase):
            return None, []
        paraphrases = self._paraphrases.of(phrase)
        if paraphrases:
            return paraphrases[0], []
        best, chance = self._meant_by(phrase)
        if chance >= _BRIDGE and _says_the_same(phrase, best):
            return best, []
        return None, self.lexicon.terms_of(best) if chance >= _TOPIC_MEANS else []

    def _meant_by(self, phrase: str) -> tuple[str, float]:
        """The term that an unlisted topic means, if any, and the chance that it does."""
        # What one word says, its letters say.
        if len(telling_stems(phrase)) < _TELLING:
            return "", 0.0
        return next(iter(self._nearest(phrase)), ("", 0.0))

    def words_for(self, word: str) -> frozenset[Phrase]:
        """What may stand for a word, itself included: everyday words and terms of the field."""
        return frozenset().union(*(slot.phrases for slot in self._same.slots(word)))

    # Looking up

    @cached_property
    def _everyday(self) -> Thesaurus:
        """Everyday words."""
        return Thesaurus(Senses(self._glossary, self._listing), self.lexicon.light)

    @cached_property
    def _field(self) -> Thesaurus:
        """Everyday words and the glossary's terms with what is below them."""
        return self._with_terms(lambda terms: (*terms, *self.lexicon.terms_below(terms[0])))

    @cached_property
    def _same(self) -> Thesaurus:
        """Everyday words and the glossary's terms without what is below them."""
        return self._with_terms(lambda terms: terms)

    def _with_terms(self, terms_for: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Thesaurus:
        rows = self._glossary.same
        senses = Senses(self._glossary, self._listing, lambda number: terms_for(rows[number].terms))
        return Thesaurus(senses, self.lexicon.light)

    @cached_property
    def _paraphrases(self) -> Paraphrases:
        return Paraphrases(self._everyday, self._glossary, self._listing)

    # Making wordings

    def _own_wordings(self, phrase: str, key: Key) -> Iterator[Wording]:
        # Of a proper name every word tells: the Freedom Programme isn't any freedom.
        slots = tuple(map(Slot.of, key)) if _is_name(phrase) else self._slots(key)
        yield Wording(phrase, slots, Relation.SAME, own=True)
        if len(key) > LONGEST_TERM:
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

    def _meant_wordings(self, phrase: str, key: Key) -> Iterator[Wording]:
        """What a stretch of a text may mean that says the topic, in whatever words it does."""
        names, below = self.lexicon.names_of(key), tuple(self.lexicon.below(key))
        for name in names:
            yield from _meant(name, Relation.SAME)
        for term in below:
            for name in self.lexicon.names_of(key_of(term)):
                yield from _meant(name, Relation.NARROWER)
        if names or below:
            return
        name, chance = self._meant_by(phrase)
        if chance >= _TOPIC_MEANS:
            yield from _meant(name, Relation.SAME)
        elif chance >= _TOPIC_MAY_MEAN:
            yield _meaning(name, Relation.PERHAPS, MEANS)

    def _everyday_slots(self, phrase: str) -> Iterator[tuple[Slot, ...]]:
        """The parts of a phrase with other words for them: terms of the field, phrases, words."""
        yield self._field.slots(phrase)
        yield self._everyday.slots(phrase)
        yield self._everyday.slots(phrase, longest=1)

    def _slots(self, key: Iterable[str]) -> tuple[Slot, ...]:
        """A slot for each word that carries meaning; any word for crime stands for another."""
        key = tuple(dict.fromkeys(key))
        key = tuple(stem.removeprefix(INITIALS) for stem in key)
        telling = [stem for stem in key if stem not in self.lexicon.light] or list(key)
        provided = [stem for stem in key if stem in self.lexicon.provision.words]
        if len(telling) == 1 and provided and provided != telling:
            return (self._slot(telling[0]), self.lexicon.provision)
        return tuple(map(self._slot, telling))

    def _slot(self, stem: str) -> Slot:
        return self.lexicon.crime if stem in self.lexicon.crime.words else Slot.of(stem)

    def _narrower_wordings(self, key: Key) -> Iterator[Wording]:
        for below in self.lexicon.below(key):
            for term in self.lexicon.terms_of(below):
                yield self._wording(term, Relation.NARROWER)

    def _wording(self, term: str, relation: Relation) -> Wording:
        """A glossary term as a wording; one that its telling words don't carry goes in order."""
        words, slots = term.split(), self._slots(key_of(term))
        initials = len(words) == 1 and term.isupper()
        name = len(words) > 1 and any(word[0].isupper() and not word.isupper() for word in words)
        phrase = len(words) > 1 and len(slots) == 1
        return Wording(term, slots, relation, 0, initials, in_order=name or phrase)

    def _with_parts_replaced(self, key: Key) -> Iterator[Wording]:
        """'victims of domestic abuse' with the other words for domestic abuse in its place."""
        for start, end in self._parts(key):
            for term in self.lexicon.row_terms(key[start:end]):
                if self._wording(term, Relation.SAME).in_order:
                    continue  # its words say it only as they stand, which a longer topic loses
                replaced = (*key[:start], *key_of(term), *key[end:])
                yield Wording(" ".join(replaced), self._slots(replaced), Relation.SAME)

    def _parts(self, key: Key) -> Iterator[tuple[int, int]]:
        """The longest parts of a topic that are terms, none inside another."""
        at = 0
        while at < len(key):
            ends = range(len(key), at, -1)
            end = next(
                (e for e in ends if self.lexicon.is_listed(key[at:e]) and e - at < len(key)), None
            )
            if end is not None:
                yield at, end
            at = end or at + 1

    def _wider(self, key: Key) -> Iterator[Wording]:
        """The classes just above a topic and its siblings there, but none that is too wide."""
        for parent in dict.fromkeys(self.lexicon.just_above(key)):
            family = [parent, *self.lexicon.just_below(key_of(parent))]
            for thing in family:
                if key_of(thing) not in self.lexicon.too_wide and key_of(thing) != key:
                    for term in self.lexicon.terms_of(thing):
                        yield self._wording(term, Relation.SAME)
        head = key[-1:]
        is_thing = self.lexicon.is_listed(head) or self.lexicon.is_class(head)
        if len(self._slots(key)) > 1 and is_thing and head not in self.lexicon.too_wide:
            yield Wording(head[0], (Slot.of(head[0]),), Relation.SAME)


def _meant(name: str, relation: Relation) -> Iterator[Wording]:
    """Two wordings: of stretches that surely mean a term, and of those that may."""
    yield _meaning(name, relation, MEANS)
    yield _meaning(name, Relation.PERHAPS, MAY_MEAN)


def _meaning(name: str, relation: Relation, at_least: float) -> Wording:
    slot = Slot(frozenset({(meaning_stem(name),)}))
    return Wording(name, (slot,), relation, meant=at_least)


def _as_it_stands(words: str) -> Topic:
    """A topic that is said in these words only, side by side and in order."""
    sequence = tuple(stems(words))
    slots = tuple(Slot(frozenset({(stem,)})) for stem in dict.fromkeys(sequence))
    wording = Wording(words.casefold(), slots, Relation.SAME, in_order=True)
    return Topic(f"“{words}”", sequence, Wordings((wording,)), Wordings())


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


def _says_the_same(phrase: str, term: str) -> bool:
    """Whether a near term isn't wider than a phrase, nor its contrary."""
    left, right = _unshared(phrase, term), _unshared(term, phrase)
    return not (left and not right) and not set(right) & _REVERSING


def _unshared(phrase: str, other: str) -> list[str]:
    """The words of a phrase that carry meaning and aren't in the other one."""
    shared = key_of(other)
    return [word for word in _content(phrase) if key_of(word)[0] not in shared]


def _content(phrase: str) -> list[str]:
    return [word.folded for word in iter_words(phrase) if word.folded not in FUNCTION_WORDS]
