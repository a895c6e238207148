"""Other words for what is searched for, from the glossary or by way of it."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.glossary import Glossary
from corpus.query import Term
from corpus.words import FUNCTION_WORDS, fold, typed_words
from service.answering.vocabulary import Vocabulary

_MOST_TOPICS = 4
"""Terms of one query that are looked up."""
WEIGHT = 0.75
"""What an added term counts for, beside one that was typed: docs/evaluation.md, "Search"."""


class Expander:
    """Looks up the glossary's terms in a query, or the nearest one in meaning if there is none."""

    def __init__(self, vocabulary: Vocabulary, glossary: Glossary) -> None:
        self._vocabulary = vocabulary
        self._terms = frozenset(glossary.terms)
        self._too_wide = frozenset(glossary.too_wide.terms)

    def others(self, text: str) -> dict[str, Term]:
        """By name, the other terms that a text may be said in: same things before narrower."""
        typed = typed_words(text)
        found: dict[str, Term] = {}
        listed = [*self._listed(text), *self._initials(text)]
        for topic in listed[:_MOST_TOPICS] or [text]:
            if topic.casefold() not in self._too_wide:
                found |= self._wordings(topic)
        return {name: term for name, term in found.items() if typed_words(name) != typed}

    def _listed(self, text: str) -> Iterator[str]:
        """The terms of the glossary that stand in a text, the longest first."""
        term = self._vocabulary.lexicon.longest_term_in(text)
        if term:
            yield term
            before, _, after = text.partition(term)
            yield from self._listed(before)
            yield from self._listed(after)

    def _initials(self, text: str) -> Iterator[str]:
        """The glossary's initials in a text, typed as such."""
        words = typed_words(text)
        return (word for word in words if word.isupper() and self._vocabulary.lexicon.is_term(word))

    def _wordings(self, topic: str) -> dict[str, Term]:
        known = self._vocabulary.topic(topic)
        if known is None:
            return {}
        own = typed_words(topic)
        return {
            wording.phrase: Term(typed_words(wording.phrase), weight=WEIGHT)
            for wording in known.wordings
            if wording.phrase in self._terms
            and typed_words(wording.phrase) != own
            and not FUNCTION_WORDS.issuperset(map(fold, typed_words(wording.phrase)))
        }
