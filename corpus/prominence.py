"""What a sentence makes of whatever it names: told by where it stands and how it puts it.

It depends on no topic, so an index keeps it beside each sentence, and a board knows before it reads
one what verdict it can give.
"""

from __future__ import annotations

import re
from enum import IntEnum, IntFlag

from corpus.models import Passage, Role, Sentence, Standing

EMERGING = re.compile(
    r"\b(?:emerging|emergent|newly (?:identified|emerged)|"
    r"(?:issue|matter|concern|threat|risk|need|problem|thing)s? (?:that )?"
    r"ha(?:s|ve) (?:(?:only|recently|lately|newly|just|since) )*(?:emerged|come up|arisen)|"
    r"new(?:est)? (?:and emerging )?(?:issue|threat|concern|risk|challenge|problem|trend)s?)\b"
    r"|^new this year (?:is|are)\b|^(?:this|it) is new\b",
    re.IGNORECASE,
)
"""What a heading or a sentence says that calls a thing emerging or new."""
_DENIAL = re.compile(
    r"\b(?:not|no longer|never|neither|nor|without)\b[^.;]{0,60}\bpriorit|"
    r"\bpriorit\w*[^.;]{0,40}\b(?:not|no longer|never)\b|\bno priority\b",
    re.IGNORECASE,
)
_SENTENCE = 4
"""Words in the shortest sentence that says something."""


class Rank(IntEnum):
    """What a thing is that a sentence names, strongest first."""

    PRIORITY = 0
    EMERGING = 1
    MENTIONED = 2


class Prominence(IntFlag):
    """A sentence's rank in two bits, whether it is of the body, and whether it is a mere label."""

    RANK = 3
    BODY = 4
    LABEL = 8


def prominence_of(passage: Passage, sentence: Sentence) -> Prominence:
    """That of one of a passage's sentences."""
    told = Prominence(rank_of(passage, sentence))
    if sentence.standing is Standing.BODY:
        told |= Prominence.BODY
    return told | Prominence.LABEL if is_label(passage.quote(sentence)) else told


def is_label(quote: str) -> bool:
    """Whether words are too few to say much: "Street lighting."."""
    return len(quote.split()) < _SENTENCE


def rank_of(passage: Passage, sentence: Sentence) -> Rank:
    """The ladder of ranks, from where a sentence stands in its plan."""
    quote, body = passage.quote(sentence), sentence.standing is Standing.BODY
    says_new = EMERGING.search(quote) is not None
    is_emerging = passage.role is Role.EMERGING or EMERGING.search(" / ".join(passage.path[1:]))
    # Below 'Emerging issues' one paragraph often has several, and says of each that it is new.
    is_told = not body or (is_emerging and says_new)
    if not is_told or _DENIAL.search(quote):
        return Rank.MENTIONED
    if is_emerging or says_new:
        return Rank.EMERGING
    # Ingest lets no sentence but a priority's first be the opening of one of its parts.
    is_priority = not body and passage.role in (Role.PRIORITY, Role.PRIORITY_PART)
    return Rank.PRIORITY if is_priority else Rank.MENTIONED
