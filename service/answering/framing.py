"""What stands around a question: other sentences, courtesies, a topic or an exception put first.

Spans are of the *masked* question (see `grammar`), and so of the question itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from service.answering import denials, grammar

_SENTENCE = re.compile(r"\S.*?(?:[.!?]+(?=\s)|$)")
_YOU = r"(?:can|could|would|will|might|may) (?:you|u|we|i|someone|anyone)"
_HOW = r"(?: (?:please|pls|kindly|just|possibly|also|really|now))*"
_TELL = (
    r"(?:tell|show|give|help|let|remind|advise|say|see|ask|check|confirm|find out|explain|identify|"
    r"pull(?: together| out| up)?|put together|set out|sum up|gather|collect|look up|dig out|"
    r"work out|list|have|get|send|point out|find|name|"
    r"(?:run|talk|walk|take) (?:me|us) through)"
)
_LEARN = (
    r"(?:know|find(?: out)?|see|understand|hear|check|ask|learn|establish|work out|identify|"
    r"confirm|get|tell|look for|read)"
)
_WISH = (
    r"(?:need(?:ing)?|want(?:ing)?|have|like|love|try(?:ing)?|look(?:ing)?|search(?:ing)?|"
    r"wish(?:ing)?|hop(?:e|ing)|keen|after|interested)"
)
_WHO_WISHES = r"(?:i|we)(?:['’](?:m|d|re|ve)| am| would| are| was| were| have)?"
_COURTESY = re.compile(
    r"(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|please|pls|plz|thanks|thank you|ta|"
    r"cheers|ok|okay|right|well|sorry|excuse me|quick question|just|also|so|and|but|now|then|"
    rf"{_YOU}{_HOW}(?: {_TELL}(?: (?:me|us))?)?(?: (?:know|see|with|to|for me|for us))?(?: that)?|"
    rf"(?:{_WHO_WISHES} )?(?:just |also |really )?{_WISH}(?: to {_LEARN}|(?= for\b| at\b))?"
    r"(?: for)?(?: an?(?= list\b| note\b| summary\b))?|"
    r"(?:list|note|summary|names?) of|"
    rf"(?:{_WHO_WISHES} )?(?:just |was )?(?:wonder(?:ing)?|checking)|interested to know|"
    r"(?:my|our|the|an?) (?:\w+ ){1,3}?(?:wants|needs|asks|asked|has asked|is asking|would like)"
    rf"(?: me| us)?(?: to {_LEARN})?|"
    r"(?:do|does) (?:you|we|anyone|anybody) (?:happen to )?know|any idea|"
    r"(?:tell|show|remind) (?:me|us)(?: (?:again|please))?"
    r"(?= (?:which|what|who|whose|where|when|why|how|if|whether)\b))"
    r"[,:;!.–— -]*(?=\S))+"
)
_ASKED = re.compile(
    rf"(?:{grammar.ASKS}|{grammar.SUBJECT} (?:that|which|who|with|where)\b|"
    r"(?:more |a bit )?about\b|(?:if|whether)\b)"
)
_WHETHER = re.compile(r"(?:if|whether)\b ?")
_EXCEPT_FIRST = re.compile(rf"(?:{denials.EXCLUSION.pattern}(?:['’]s)?[,:;]? )")
_AHEAD = re.compile(r"(?P<topic>[^:?]{2,60}?)(?:: ?| ?[–—] ?| - ?)(?=\S)")
"""A topic put before the question: 'knife crime: who …'."""
_CLAUSE = re.compile(r"(?P<topic>[^,;?]{2,90}?)[,;] (?=\S)")
"""A clause put before the question: 'knife crime, who …', 'for our return, which …'."""
_OPENS_A_CLAUSE = re.compile(
    r"(?:which|what|who|whose|where|when|why|how|(?:who|what|where|how)['’]?s|does|do|did|is|are|"
    rf"has|have|will|any(?:one|body)|(?:any|every|no) {grammar.SUBJECT})\b"
)
_JUST_WHO = re.compile(r"(?:who|any(?:one|body)|which ones?)(?: else)?\W*")
_ASKS_ON = re.compile(
    rf"[,;] (?:and|or|but) (?={_OPENS_A_CLAUSE.pattern}[^,;?]*\b(?:it|this|that|them|they)\b)"
)
"""Where a second question begins that leans on the first: '…, and who funds it?'."""
_PURPOSE = re.compile(r"for (?:my|our|an?|the|this|some) ")
_SPEAKS = re.compile(r"\b(?:i|we|my|our|us|you|your)\b|\b(?:i|we|you)['’]")
_ASIDE = re.compile(r"[,;] (?=(?P<aside>[^,;?]+)[?. ]*$)")
"""What is said behind a question."""


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
    if sentence and _JUST_WHO.fullmatch(masked, sentence, end):
        # "Drones. Anyone?": the sentence before is what is asked about.
        sentence = max(start for start, _ in sentences if start < sentence)
    start = _after_courtesy(masked, sentence, end)
    for said_first in (_EXCEPT_FIRST, grammar.SOURCE_FIRST):
        said = said_first.match(masked, start, end)
        start = said.end() if said and _opens(masked[said.end() : end]) else start
    start, ahead = _behind_ahead(masked, start, end)
    whether = _WHETHER.match(masked, start, end)
    start = whether.end() if whether else start
    end = _before_aside(masked, start, end)
    return Frame(start, end, ahead, bool(whether), len(asking) > 1, sentence)


def _behind_ahead(masked: str, start: int, end: int) -> tuple[int, tuple[int, int] | None]:
    """Where the question begins behind what is put before it, and the topic that this is."""
    purpose = _PURPOSE.match(masked, start, end)
    ahead = _AHEAD.match(masked, start, end)
    if ahead and _is_topic(ahead["topic"]) and _opens(masked[ahead.end() : end]):
        begins = _after_courtesy(masked, ahead.end(), end)
        return begins, None if purpose else ahead.span("topic")
    clause = _CLAUSE.match(masked, start, end)
    # A clause that names an area, or compares, is a part of what is asked.
    own = clause and ("@" in clause["topic"] or grammar.COMPARISON.search(clause["topic"]))
    if clause is None or own or not _is_topic(clause["topic"]):
        return start, None
    begins = _after_courtesy(masked, clause.end(), end)
    if not _OPENS_A_CLAUSE.match(masked, begins, end) and begins == clause.end():
        return start, None
    # A clause in which somebody speaks tells why it is asked, not of what.
    told = purpose or _SPEAKS.search(clause["topic"])
    return begins, None if told else clause.span("topic")


def _before_aside(masked: str, start: int, end: int) -> int:
    """Where a question ends before a last clause in which the asker tells of something else."""
    asks_on = _ASKS_ON.search(masked, start, end)
    end = asks_on.start() if asks_on and _opens(masked[start:end]) else end
    aside = _ASIDE.search(masked, start, end)
    tells = aside and _SPEAKS.search(aside["aside"]) and not _opens(aside["aside"])
    return aside.start() if aside and tells else end


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
