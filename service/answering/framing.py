"""What stands around a question: other sentences, courtesies, a topic or an exception put first.

Spans are of the *masked* question (see `grammar`), and so of the question itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from service.answering import grammar

_SENTENCE = re.compile(r"\S.*?(?:[.!?]+(?=\s)|$)")
_COURTESY = re.compile(
    r"(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|please|pls|plz|thanks|cheers|ok|okay|"
    r"right|well|sorry|excuse me|quick question|just|also|so|and|but|now|then|"
    r"(?:can|could|would|will) (?:you|u|we|i|someone|anyone)(?: please| kindly| just)?"
    r"(?: (?:tell|show|give|help|let|remind|advise|say|see|ask|check|confirm|find out|explain|"
    r"pull together|put together|set out|sum up|gather|collect|look up|dig out|work out|list|"
    r"(?:run|talk|walk|take) (?:me|us) through)(?: me| us)?)?(?: know| see| with| to)?|"
    r"(?:i|we)(?:['’]m| am|['’]d| would|['’]re| are| was)? ?(?:just )?"
    r"(?:need|want|have|like|trying|try|looking|wish|hoping|keen)(?: to)? "
    r"(?:know|find(?: out)?|see|understand|hear|check|ask|learn|establish|work out)|"
    r"(?:i|we)(?:['’]m| am| was)? ?wonder(?:ing)?|interested to know|"
    r"(?:do|does) (?:you|we|anyone|anybody) (?:happen to )?know|any idea|"
    r"(?:tell|show) (?:me|us)(?= (?:which|what|who|whose|where|when|why|how|if|whether)\b))"
    r"[,:;!.–— -]*(?=\S))+"
)
_ASKED = re.compile(rf"(?:{grammar.ASKS}|(?:more |a bit )?about\b|(?:if|whether)\b)")
_WHETHER = re.compile(r"(?:if|whether)\b ?")
_EXCEPT_FIRST = re.compile(rf"(?:{grammar.EXCLUSION.pattern}(?:['’]s)?[,:;]? )")
_AHEAD = re.compile(r"(?P<topic>[^:?]{2,60}?)(?:: ?| ?[–—] ?| - ?)(?=\S)")
"""A topic put before the question: 'knife crime: who …'."""


class Frame(NamedTuple):
    """`[start, end)` is the question itself; `ahead` is the span of a topic put before it.

    `several` tells that other questions stand beside it, `whether` that it is asked indirectly.
    """

    start: int
    end: int
    ahead: tuple[int, int] | None
    whether: bool
    several: bool
    sentence: int
    """Where the sentence begins that the question stands in."""


def frame_of(masked: str) -> Frame:
    """Finds the question in what was typed; all of it, where nothing stands around."""
    sentences = [match.span() for match in _SENTENCE.finditer(masked)]
    asking = [span for span in sentences if _asks(masked[slice(*span)])]
    sentence, end = asking[-1] if asking and len(sentences) > 1 else (0, len(masked))
    start = _after_courtesy(masked, sentence, end)
    for said_first in (_EXCEPT_FIRST, grammar.SOURCE_FIRST):
        said = said_first.match(masked, start, end)
        start = said.end() if said and _opens(masked[said.end() : end]) else start
    ahead = _AHEAD.match(masked, start, end)
    if ahead and _is_topic(ahead["topic"]) and _opens(masked[ahead.end() : end]):
        span, start = ahead.span("topic"), _after_courtesy(masked, ahead.end(), end)
    else:
        span = None
    whether = _WHETHER.match(masked, start, end)
    start = whether.end() if whether else start
    return Frame(start, end, span, bool(whether), len(asking) > 1, sentence)


def _after_courtesy(masked: str, start: int, end: int) -> int:
    """Where a question begins behind its courtesies; they are none before anything else."""
    courtesy = _COURTESY.match(masked, start, end)
    asks = courtesy and _ASKED.match(masked, courtesy.end(), end)
    return courtesy.end() if courtesy and asks else start


def _asks(sentence: str) -> bool:
    return sentence.endswith("?") or _opens(sentence)


def _opens(text: str) -> bool:
    """Whether a text begins as a question does."""
    return bool(_ASKED.match(text, _after_courtesy(text, 0, len(text))))


def _is_topic(text: str) -> bool:
    return not grammar.ASKING.search(text) and any(char.isalnum() for char in text)
