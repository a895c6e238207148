"""A topic as the terms that must be met for a plan to name it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from corpus.glossary import Glossary
from corpus.words import content_stems, stems


@dataclass(frozen=True)
class TopicTerms:
    """A topic's phrase and the stems of its words that carry meaning, in order."""

    phrase: str
    required: tuple[str, ...]

    @property
    def head(self) -> str:
        """The stem of the word that says what kind of thing it is: in English the last."""
        return self.required[-1]


class Vocabulary:
    """The glossary, ready for matching by stem."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary

    @cached_property
    def light(self) -> frozenset[str]:
        """Stems of words that mean next to nothing in a topic."""
        return frozenset(stem for term in self._glossary.light_words.terms for stem in stems(term))

    @cached_property
    def too_wide(self) -> frozenset[str]:
        """Classes so wide that being near them says nothing, each as its stems joined."""
        return frozenset(" ".join(stems(term)) for term in self._glossary.too_wide.terms)

    @cached_property
    def _terms(self) -> frozenset[str]:
        synonyms = (term for row in self._glossary.same for term in row.terms)
        classes = (term for row in self._glossary.classes for term in (row.term, *row.narrower))
        return frozenset(" ".join(content_stems(term)) for term in (*synonyms, *classes))

    def is_term(self, phrase: str) -> bool:
        """Whether a phrase is one of the glossary's terms."""
        return " ".join(content_stems(phrase)) in self._terms

    def terms(self, phrase: str) -> TopicTerms | None:
        """The terms of a topic, or None where it has no word that carries meaning."""
        content = content_stems(phrase)
        required = [stem for stem in content if stem not in self.light] or content
        return TopicTerms(phrase, tuple(required)) if required else None
