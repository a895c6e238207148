"""What one passage says of a topic: named as a priority, named elsewhere, or only something near.

A topic is named where a sentence, read under its headings, says one of its wordings: the words that
make the topic what it is must stand there, in these words or in others. Similarity never names: a
wider or a neighbouring thing is close to a topic and isn't it (docs/adr/0005).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.models import Passage, Sentence
from corpus.prominence import Rank, rank_of
from corpus.saying import meaning_stem, said_in
from corpus.words import stem_set
from service.answering.matching import Line, Match, line_of
from service.answering.wordings import Relation, Slot, Topic, Wording, Wordings
from service.schemas import Verdict

Clauses = tuple[frozenset[str], ...]

_VERDICTS = {
    Rank.PRIORITY: Verdict.PRIORITY,
    Rank.EMERGING: Verdict.EMERGING,
    Rank.MENTIONED: Verdict.MENTIONED,
}


@dataclass(frozen=True)
class Finding:
    """A sentence of a passage, the verdict that it carries, and the words that made it so."""

    passage: Passage
    sentence: Sentence
    verdict: Verdict
    match: Match

    @property
    def words(self) -> str:
        """The stretch of the sentence that matched, with the rest of its phrase beside it."""
        quote = self.passage.quote(self.sentence)
        if self.match.wording.meant is not None:
            return quote[self.match.words[0].start : self.match.words[-1].end]
        wanted = {*self.match.wording.sequence, "other"}
        first, last = self.match.words[0], self.match.words[-1]
        words = line_of(quote, ()).words
        for word in reversed([word for word in words if word.end < first.start]):
            if word.stem not in wanted:
                break
            first = word
        for word in words:
            if word.start > last.end and word.stem in wanted:
                last = word
            elif word.start > last.end:
                break
        return quote[first.start : last.end]


@lru_cache(maxsize=512)
def clauses(wordings: Wordings) -> tuple[Clauses, ...]:
    """What a passage must hold to say one of the wordings: any of these, each clause of it.

    Nothing is lost by looking only there: a slot is met in a sentence or its headings. A topic may
    have a thousand wordings, so those are joined that ask for the same: those of one clause, and
    those of two that share one. What needs a word that is enough by itself is left out.
    """
    every = {
        frozenset(slot.clause for slot in slots)
        for wording in wordings
        for slots in _required(wording)
    }
    enough = frozenset().union(*(clause for each in every if len(each) == 1 for clause in each))
    pairs: dict[frozenset[str], set[str]] = defaultdict(set)
    others: list[Clauses] = []
    for each in every:
        if len(each) < 2 or any(clause <= enough for clause in each):
            continue
        first, *rest = sorted(each, key=sorted)
        if len(rest) == 1:
            pairs[first] |= rest[0]
        else:
            others.append((first, *rest))
    joined = [(first, frozenset(second)) for first, second in pairs.items()]
    return (*([(enough,)] if enough else []), *joined, *others)


def _required(wording: Wording) -> Iterator[tuple[Slot, ...]]:
    """The slots that must be met: all, or all but any one where one is optional."""
    if not wording.optional:
        yield wording.slots
        return
    for at in range(len(wording.slots)):
        yield wording.slots[:at] + wording.slots[at + 1 :]


def named(topic: Topic, passage: Passage) -> list[Finding]:
    """The sentences of a passage that name the topic or may mean it, in order."""
    # Most sentences of a passage say nothing of the topic: their words alone tell that.
    found = (
        named_in(list(topic.wordings.sayable(said_in(passage, sentence))), passage, sentence)
        for sentence in passage.sentences
    )
    return [finding for finding in found if finding]


def named_in(sayable: Sequence[Wording], passage: Passage, sentence: Sentence) -> Finding | None:
    """The finding of one sentence of a passage by the wordings that it may say, in order."""
    match = _match(sayable, passage, sentence) if sayable else None
    if match is None:
        return None
    perhaps = match.wording.relation is Relation.PERHAPS
    verdict = Verdict.POSSIBLE if perhaps else if_named(passage, sentence)
    return Finding(passage, sentence, verdict, match)


def related(topic: Topic, passage: Passage) -> list[Finding]:
    """The sentences that name a class just above the topic, or a sibling of it under that class."""
    found = (
        related_in(list(topic.wider.sayable(stem_set(passage.quote(each)))), passage, each)
        for each in passage.sentences
    )
    return [finding for finding in found if finding]


def related_in(sayable: Sequence[Wording], passage: Passage, sentence: Sentence) -> Finding | None:
    """The finding of one sentence of a passage by wordings of such classes that it may say."""
    line = line_of(passage.quote(sentence), ())
    found = (line.match(wording) for wording in sayable)
    matches = [match for match in found if match and line.is_one_item(match)]
    if not matches:
        return None
    fullest = max(matches, key=lambda match: (len(match.words), -match.spread))
    return Finding(passage, sentence, Verdict.RELATED, fullest)


def _match(sayable: Sequence[Wording], passage: Passage, sentence: Sentence) -> Match | None:
    """How a sentence says one of the wordings: by its words, else by what a stretch of it means."""
    by_words = [wording for wording in sayable if wording.meant is None]
    line = line_of(passage.quote(sentence), passage.path[1:])
    found = _first_match(by_words, line)
    if found and _is_sure(found):
        return found
    meant = [wording for wording in sayable if wording.meant is not None]
    matches = [found, *(_meant(wording, passage, sentence, line) for wording in meant)]
    made = [match for match in matches if match]
    return next(filter(_is_sure, made), made[0] if made else None)


def _is_sure(match: Match) -> bool:
    return match.wording.relation is not Relation.PERHAPS


def _meant(wording: Wording, passage: Passage, sentence: Sentence, line: Line) -> Match | None:
    """The stretch that means a wording's phrase, the nearest one."""
    stem = meaning_stem(wording.phrase)
    near = [
        each
        for each in passage.meanings_of(sentence)
        if each.score >= (wording.meant or 0) and meaning_stem(each.term) == stem
    ]
    if not near:
        return None
    best = max(near, key=lambda each: each.score)
    start, end = best.start - sentence.start, best.end - sentence.start
    words = tuple(word for word in line.words if start <= word.start and word.end <= end)
    return Match(wording, words, by_heading=False) if words else None


def _first_match(wordings: Iterable[Wording], line: Line) -> Match | None:
    """The match of the first wording that needs no heading, else of the first that does."""
    by_heading = None
    for wording in wordings:
        match = line.match(wording)
        if match and not match.by_heading:
            return match
        by_heading = by_heading or match
    return by_heading


def if_named(passage: Passage, sentence: Sentence) -> Verdict:
    """The verdict of a sentence that names a topic."""
    return _VERDICTS[rank_of(passage, sentence)]
