"""Facts: the sentence that holds the asked kind of thing, not merely the nearest sentence.

A question for a time, a number, a sum or an address is answered only by a sentence that has one;
where there is none the question is refused, even where its topic is in the plans.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from corpus.models import Passage, Sentence, Standing
from corpus.words import Word, content_stems, iter_words, stem_set
from service.answering.answer_kinds import AnswerKind, asked_kind
from service.answering.wordings import Phrase


@dataclass(frozen=True)
class FactQuestion:
    """The words a question is about, as typed by their stems, and the kind of thing it asks for."""

    content: dict[str, str]
    kind: AnswerKind | None
    counted: frozenset[str]
    """For a number: stems of the words behind "how many", one of which is counted."""
    others: Mapping[str, frozenset[Phrase]]
    """By the stem of a word, what stands for it: other words, as phrases of stems."""


@dataclass(frozen=True)
class Fact:
    """A sentence that answers, and the share of the question's words that it meets, 0 to 1."""

    passage: Passage
    sentence: Sentence
    coverage: float


def fact_question(
    text: str,
    asking: frozenset[str],
    light: frozenset[str],
    words_for: Callable[[str], frozenset[Phrase]],
) -> FactQuestion:
    """What a fact question is about; `text` has areas taken out.

    Neither the words in `asking` nor those with a stem in `light` are what it is about;
    `words_for` gives other words for one.
    """
    kind = asked_kind(text)
    remaining = kind.asked.sub(" ", text) if kind and not kind.says_more else text
    if kind and kind.needs:
        remaining = kind.needs.sub(" ", remaining)
    remaining = _SHORT_IS.sub(" ", remaining)
    content = {
        word.stem: word.folded
        for word in iter_words(remaining)
        if word.folded not in asking and word.stem not in light and content_stems(word.folded)
    }
    counted = _counted(text, kind) if kind and kind.name in {"number", "total"} else frozenset()
    others = {stem: words_for(word) - {(stem,)} for stem, word in content.items()}
    return FactQuestion(content, kind, counted, others)


_SHORT_IS = re.compile(r"(?<!\w)['’]s\b")
"""What is left of "how long's" when what asks is taken away."""


def _counted(text: str, kind: AnswerKind) -> frozenset[str]:
    """The stems of the first words behind "how many", up to a word of grammar."""
    asked = kind.asked.search(text)
    behind = list(iter_words(text[asked.end() :])) if asked else []
    named = takewhile(lambda word: not word.is_function_word, behind)
    return frozenset(word.stem for word in islice(named, _COUNTED_WORDS))


def best_facts(
    question: FactQuestion, passages: Sequence[Passage], weights: dict[str, float]
) -> list[Fact]:
    """The sentences that answer, best first; `passages` in the order of their retrieval."""
    total = sum(weights.get(stem, 0.0) for stem in question.content)
    if total == 0.0 and question.kind is None:
        return []
    # "Who wrote the report?" is about nothing but the kind of thing it asks for.
    whole = total or 1.0
    facts = [
        (-round(share, 6), gap, rank, Fact(passage, sentence, share))
        for rank, passage in enumerate(passages)
        for sentence, met in _coverages(question, passage, weights)
        if (gap := _gap(question, passage.quote(sentence))) is not None
        and (share := met / whole if total else 1.0)
    ]
    return [fact for *_, fact in sorted(facts, key=lambda ranked: ranked[:3])]


_FROM_ABOVE = 0.8
"""What a word is worth that stands not in the sentence but in a heading above it, or in the
sentence before one that takes it up ("Its first report …")."""
_IN_OTHER_WORDS = 0.8
"""What a word is worth for which other words stand in the sentence."""
_TAKES_UP = re.compile(r"(?:it|its|they|their|them|this|these|those|he|she|his|her|both)\b", re.I)
_COUNTED_WORDS = 3


def _coverages(
    question: FactQuestion, passage: Passage, weights: dict[str, float]
) -> Iterable[tuple[Sentence, float]]:
    """Each sentence that says something, with the weight of the question's words that it meets."""
    headings = stem_set(" ".join(passage.path[1:]))
    before: frozenset[str] = frozenset()
    for sentence in passage.sentences:
        if sentence.standing is Standing.HEADING:
            continue
        quote = passage.quote(sentence)
        own = stem_set(quote)
        above = headings | before if _TAKES_UP.match(quote) else headings
        before = own
        yield (
            sentence,
            sum(
                weights.get(stem, 0.0) * _worth(stem, own, above, question.others[stem])
                for stem in question.content
            ),
        )


def _worth(
    stem: str, own: frozenset[str], above: frozenset[str], others: frozenset[Phrase]
) -> float:
    """How well a sentence meets a word, 0 to 1: itself, from above, or in other words."""
    if stem in own:
        return 1.0
    if stem in above:
        return _FROM_ABOVE
    return _IN_OTHER_WORDS if any(own.issuperset(phrase) for phrase in others) else 0.0


def _gap(question: FactQuestion, quote: str) -> int | None:
    """Words between the thing asked for and what the question is about, None where it isn't given.

    A number must count the thing asked; of two sentences that meet the question alike, the one
    answers in which the two stand closer.
    """
    if question.kind is None:
        return 0
    if question.kind.needs and not question.kind.needs.search(quote):
        return None
    words = list(iter_words(quote))
    about = [at for at, word in enumerate(words) if word.stem in question.content]
    gaps = []
    numbered = _SECTION_NUMBER.match(quote)
    for match in question.kind.given.finditer(quote, numbered.end() if numbered else 0):
        after = [at for at, word in enumerate(words) if word.start >= match.end()]
        if question.counted and not _counts(question, words, after):
            continue
        first = after[0] if after else len(words)
        gaps.append(min((abs(at - first) for at in about), default=len(words)))
    return min(gaps, default=None)


_SECTION_NUMBER = re.compile(r"\d+(?:\.\d+)+\.? ")
"""The number of a section or paragraph: it counts nothing."""
_ONE_OF_A_GROUP = stem_set("members people individuals participants")
"""Whom a number counts, whatever they are called in the question: 'the group has 640 members'."""


def _counts(question: FactQuestion, words: Sequence[Word], after: Sequence[int]) -> bool:
    """Whether a number counts a thing: it stands behind it, or the number is one of so many.

    "39 of 44 replied" counts what the sentence spoke of before.
    """
    counted = question.counted
    behind = [words[at] for at in after[:4]]
    near = frozenset(word.stem for word in behind)
    others = (phrase for stem in counted for phrase in question.others.get(stem, ()))
    if any(near.issuperset(phrase) for phrase in others):
        return True
    if not counted.isdisjoint(near):
        return True
    if not near.isdisjoint(_ONE_OF_A_GROUP):
        # They count where the sentence speaks of the group that is asked of.
        return not counted.issuperset(question.content.keys() & {word.stem for word in words})
    of_so_many = [word.folded for word in behind[:2]]
    before = words[: after[0]] if after else words
    return (
        len(of_so_many) == 2
        and of_so_many[0] in {"of", "in"}
        and of_so_many[1].isdigit()
        and not counted.isdisjoint(word.stem for word in before)
    )


def weight(documents: int, frequency: int) -> float:
    """Inverse document frequency, smoothed (Robertson and Spärck Jones 1976, as BM25 has it).

    A word that no passage has tells passages no better apart than a common one; it weighs as the
    median word, so that a question is not refused for one word of its own.
    """
    if frequency == 0:
        return math.log1p(math.sqrt(documents))
    return math.log1p((documents - frequency + 0.5) / (frequency + 0.5))
