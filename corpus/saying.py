"""What a sentence says, for an index and a judge alike: its words, and what its stretches mean."""

from __future__ import annotations

from corpus.models import Passage, Sentence
from corpus.words import stem_set


def meaning_stem(term: str) -> str:
    """What stands for the meaning of a term among stems; no word of a text looks like it."""
    return "≈" + "_".join(term.casefold().split())


def said_in(passage: Passage, sentence: Sentence) -> frozenset[str]:
    """The stems of a sentence, and those that stand for what its stretches mean."""
    meant = (meaning_stem(each.term) for each in passage.meanings_of(sentence))
    return stem_set(passage.quote(sentence)).union(meant)
