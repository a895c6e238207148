"""What stands around a question: other sentences, courtesies, a topic or an exception put first.

Spans are of the *masked* question (see `grammar`), and so of the question itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from service.answering import asking, denials, grammar, ranks
from service.answering.courtesies import COURTESY, GREETING, TOLD, YES_OR_NO_BEHIND

_SENTENCE = re.compile(r"\S.*?(?:[.!?]+(?=\s)|$)")
_ASKED = re.compile(
    rf"(?:{grammar.ASKS}|{grammar.SUBJECT} (?:that|which|who|with|where)\b|"
    r"(?:more |a bit )?about\b|(?:if|whether)\b)"
)
_WHETHER = re.compile(r"(?:if|whether)\b ?")
_EXCEPT_FIRST = re.compile(rf"(?:{denials.EXCLUSION.pattern}(?:['’]s)?[,:;]? )")
_PARTS = re.compile(r"(?:: ?| ?[–—] ?| - ?|(?P<comma>[,;] ))(?=\S)")
"""Where what is put before a question may end: 'knife crime: who …', 'knife crime, who …'."""
_OPENS_A_CLAUSE = re.compile(
    r"(?:which|what|who|whose|where|when|why|how|(?:who|what|where|how)['’]?s|"
    r"(?:does|do|did|is|are|was|were|has|have|will) (?:@|(?:it|that|this|they|there|these|those|"
    rf"the|any\w*|anyone|we|you|i|{grammar.SUBJECT})\b)|"
    rf"any(?:one|body|thing|where)|owt|(?:any|every|no) {grammar.SUBJECT}|"
    r"any (?:mention|word|sign|news|plans?|reference|(?:one )?of)|one of (?:the|their|its|@))"
)
_JUST_WHO = re.compile(r"(?:who|any(?:one|body)|which ones?)(?: else)?\W*")
_ASKS_ON = re.compile(
    rf"[,;] (?:and|or|but) (?={_OPENS_A_CLAUSE.pattern})(?=[^,;?]*\b(?:it|this|that|them|they)\b)"
)
"""Where a second question begins that leans on the first: '…, and who funds it?'."""
_PURPOSE = re.compile(r"(?:for|on behalf of) ")
SPEAKS = re.compile(r"\b(?:i|we|my|our|us|you|your)\b|\b(?:i|we|you)['’]")
"""Words of somebody who speaks of himself or to another."""
_TELLS = re.compile(r"\b(?:i|we|you)\b")
_ASIDE = re.compile(r"[,;] (?=(?P<aside>[^,;?]+)[?. ]*$)")
"""What is said behind a question."""
_FORM = re.compile(
    r"(?:in|by|as|with|the|an?|order|turn|sequence|full|short|brief|bullets?|points?|numbers?|"
    r"figures|pounds|they|it|that|come|comes|appear|not|even|just|only|once|twice|all|top|first|"
    r"last|any|flavou?r|kind|sort|or|and|so|forth|on|like|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|please|pls|ta| )+"
)
"""In what form or how fully an answer is wanted: 'in the order they come', 'not once'."""


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
    tag = YES_OR_NO_BEHIND.search(masked)
    last = tag.start() if tag and _says(masked[: tag.start()]) else len(masked)
    sentence, end, several = _sentence(masked, last)
    greeting = GREETING.match(masked, sentence, end)
    start = _after_courtesy(masked, greeting.end() if greeting else sentence, end)
    for said_first in (_EXCEPT_FIRST, grammar.SOURCE_FIRST):
        said = said_first.match(masked, start, end)
        start = said.end() if said and _opens(masked[said.end() : end]) else start
    told = TOLD.match(masked, start, end)
    asks_whether = last < len(masked) or bool(told and told["whether"])
    start = told.end() if told and asks_whether else start
    start, ahead = _behind_ahead(masked, start, end)
    whether = _WHETHER.match(masked, start, end)
    start = whether.end() if whether else start
    end = _before_aside(masked, start, end)
    return Frame(start, end, ahead, asks_whether or bool(whether), several, sentence)


def _sentence(masked: str, last: int) -> tuple[int, int, bool]:
    """The span of the sentence that asks, the last of several that do, and whether several do."""
    sentences = [match.span() for match in _SENTENCE.finditer(masked, 0, last)]
    that_ask = [span for span in sentences if _asks(masked[slice(*span)])]
    while len(that_ask) > 1 and _only_asks_for_help(masked[slice(*that_ask[-1])]):
        that_ask.pop()
    if len(sentences) < 2 or not (that_ask or last < len(masked)):
        return 0, last, len(that_ask) > 1
    start, end = (that_ask or sentences)[-1]
    if start and _JUST_WHO.fullmatch(masked, start, end):
        # "Drones. Anyone?": the sentence before is what is asked about.
        start = max(begins for begins, _ in sentences if begins < start)
    return start, end, len(that_ask) > 1


def _only_asks_for_help(sentence: str) -> bool:
    """Whether a sentence behind a question asks nothing more: 'any ideas?', 'can you help?'."""
    return bool(_HELP.fullmatch(sentence)) or (
        asking.asks_only(sentence)
        and not grammar.PRONOUN.search(sentence)
        and not _ASKS_WHO.match(sentence)
    )


_HELP = re.compile(r"(?:can|could) (?:you|u|anyone|someone) (?:please )?help(?: me| us)?\W*")
_ASKS_WHO = re.compile(r"(?:which|who|whose|what|where|how|any(?:one|body)|is|are|does|do)\b")


def _behind_ahead(masked: str, start: int, end: int) -> tuple[int, tuple[int, int] | None]:
    """Where the question begins behind what is put before it, and the topic that this is."""
    parts = list(_PARTS.finditer(masked, start, end))
    # What a colon or a dash parts is parted more than what a comma does.
    parts.sort(key=lambda part: (part["comma"] is not None, -part.start()))
    for part in parts:
        said = masked[start : part.start()]
        begins = _after_courtesy(masked, part.end(), end)
        if not _is_topic(said) or _lists(said) or not _asks_behind(masked, part, begins, end):
            continue
        if not _says(said):
            return begins, None
        # A clause in which somebody speaks tells why it is asked, not of what.
        aside = _PURPOSE.match(said) or (part["comma"] and _TELLS.search(said))
        return begins, None if aside else (start, part.start())
    return start, None


def _asks_behind(masked: str, part: re.Match[str], begins: int, end: int) -> bool:
    if not part["comma"] and _opens(masked[part.end() : end]):
        return True
    return bool(_OPENS_A_CLAUSE.match(masked, begins, end)) or begins > part.end()


def _lists(said: str) -> bool:
    """Whether words name several areas or a part of a plan, or compare: they are what is asked."""
    of_plan = "@" in said and ranks.STRUCTURE.search(said)
    several = not _says(said) and said.count(" ") > 1
    return several or bool(of_plan or grammar.COMPARISON.search(said))


def _before_aside(masked: str, start: int, end: int) -> int:
    """Where a question ends before clauses in which the asker tells of something else."""
    asks_on = _ASKS_ON.search(masked, start, end)
    end = asks_on.start() if asks_on and _opens(masked[start:end]) else end
    while True:
        aside = _ASIDE.search(masked, start, end)
        if aside is None or not _is_aside(
            aside["aside"].rstrip(" .!"), masked[start : aside.start()]
        ):
            return end
        end = aside.start()


def _is_aside(words: str, before: str) -> bool:
    """Whether a last clause tells of the asker, or only in what form an answer is wanted."""
    if "@" in words or ranks.RANK.search(words) or grammar.COMPARISON.search(words):
        return False
    if asking.asks_only(words) or _FORM.fullmatch(words):
        return not asking.asks_only(before) or "@" in before
    return bool(SPEAKS.search(words)) and not _opens(words)


def _says(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _after_courtesy(masked: str, start: int, end: int) -> int:
    """Where a question begins behind its courtesies; they are none before anything else."""
    courtesy = COURTESY.match(masked, start, end)
    asks = courtesy and _ASKED.match(masked, courtesy.end(), end)
    return courtesy.end() if courtesy and asks else start


def _asks(sentence: str) -> bool:
    if sentence.endswith("?"):
        return True
    only_says_how = asking.asks_only(sentence) and not _OPENS_A_CLAUSE.match(sentence)
    return _opens(sentence) and not only_says_how


def _opens(text: str) -> bool:
    """Whether a text begins as a question does."""
    return bool(_ASKED.match(text, _after_courtesy(text, 0, len(text))))


def _is_topic(text: str) -> bool:
    return not grammar.ASKING.search(text) and any(char.isalnum() or char == "@" for char in text)
