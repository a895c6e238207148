"""What one passage says of a topic: named as a priority, named elsewhere, or only something near.

The rule is simple on purpose: a topic is named where all its words that carry meaning, by stem,
stand in one sentence together with the headings above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.models import Passage, Role, Sentence, Standing
from corpus.words import iter_words, stems
from service.answering.terms import TopicTerms, Vocabulary
from service.schemas import Verdict

_EMERGING = re.compile(
    r"\b(?:emerging|emergent|new (?:and emerging )?(?:issue|threat|concern|risk)|"
    r"newly (?:identified|emerged))",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:not|no longer|never|neither|nor)\b[^.;]{0,60}\bpriorit|"
    r"\bpriorit\w*[^.;]{0,40}\b(?:not|no longer|never)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Finding:
    """A sentence of a passage and the verdict that it carries; `words` are those that matched."""

    passage: Passage
    sentence: Sentence
    verdict: Verdict
    words: tuple[str, ...]
    complete: bool
    """Whether the sentence alone, without its headings, has all the words."""


class Judge:
    """Judges passages against topics. Pure: the same passage and topic, the same findings."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def clauses(self, topic: TopicTerms) -> tuple[frozenset[str], ...]:
        """What a passage must contain to be able to name the topic: none is lost by pruning."""
        return tuple(frozenset({stem}) for stem in topic.required)

    def named(self, topic: TopicTerms, passage: Passage) -> list[Finding]:
        """The sentences of a passage that name the topic, in order."""
        above = set(stems(" ".join(passage.path[1:])))
        findings = []
        for sentence in passage.sentences:
            quote = passage.quote(sentence)
            own = {word.stem: word.folded for word in iter_words(quote)}
            if all(stem in own or stem in above for stem in topic.required):
                words = tuple(own[stem] for stem in topic.required if stem in own)
                # What the headings alone say is found where the heading itself stands.
                if words:
                    verdict = _verdict(passage, sentence, quote)
                    complete = len(words) == len(topic.required)
                    findings.append(Finding(passage, sentence, verdict, words, complete))
        return findings

    def related(self, topic: TopicTerms, passage: Passage) -> Finding | None:
        """The first sentence that names the topic's wider class: its head without the modifiers."""
        if len(topic.required) < 2 or topic.head in self._vocabulary.too_wide:
            return None
        for sentence in passage.sentences:
            words = [w for w in iter_words(passage.quote(sentence)) if w.stem == topic.head]
            if words:
                return Finding(
                    passage, sentence, Verdict.RELATED, (words[0].folded,), complete=False
                )
        return None


def _verdict(passage: Passage, sentence: Sentence, quote: str) -> Verdict:
    """The ladder of verdicts, from where a naming sentence stands in its plan."""
    heading = " / ".join(passage.path[1:])
    if sentence.standing is Standing.BODY or _DENIAL.search(quote):
        return Verdict.MENTIONED
    if _EMERGING.search(heading) or _EMERGING.search(quote):
        return Verdict.EMERGING
    if passage.role is Role.PRIORITY:
        return Verdict.PRIORITY
    if passage.role is Role.PRIORITY_PART and sentence.standing is Standing.HEADING:
        return Verdict.PRIORITY
    return Verdict.MENTIONED
