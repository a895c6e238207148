"""Follow-ups: a question that leans on the ones before it, rewritten to stand by itself.

The rewriting is of words, so that the user sees what was understood: the part of the earlier
question that the follow-up replaces (its topic, its area) gives way to the follow-up's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from service.answering import grammar, times, wording
from service.answering.areas import AreaMention
from service.answering.asking import asks_only
from service.answering.reading import Question
from service.schemas import MAX_QUESTION, Intent, Turn

Read = Callable[[str], Question]
AnswerAreas = Callable[[Question], tuple[str, ...]]

_LEANS = re.compile(
    r"^(?:(?:and|but|so|ok|okay|or|also|then|no|sorry|yes|right|thanks|ta|"
    r"cheers|great|perfect|lovely)\b[, ]*)*"
    r"(?:(?:what|how) about\b|i (?:meant|mean)\b|(?:the )?same (?:again )?(?:for|with|on)\b|"
    r"now (?:do|for|try)\b)?",
    re.IGNORECASE,
)
_THOSE = re.compile(
    r"\b(?:(?:of|in|for) )?(?:them|those(?: (?:two|three|four|areas|boroughs|plans|councils|"
    r"ones))?|"
    r"these(?: (?:two|three|four|areas|boroughs|plans|councils|ones))?|the same (?:areas|"
    r"boroughs|plans|ones))\b",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\b(?:there|they|their|that (?:borough|area|plan|council)|its)\b", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\b(?:the (?:others?|rest)|(?:the )?other (?:areas|boroughs|plans|councils|ones))\b",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|this|that)\b(?! (?:borough|area|plan|council))", re.IGNORECASE)
_NTH = re.compile(
    r"\bthe (?P<which>first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)"
    r"(?: (?:one|borough|area|plan|council))?(?: of (?:them|those|these))?\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"^(?:why(?: not| is that)?|says who|source|prove it|are you sure|how do you know|"
    r"where(?:['’]s that| is that| does (?:it|the plan|that) say (?:that|so|this|it))|"
    r"show me(?: (?:that|where|it))?|"
    r"(?:say|tell me|tell us|give me) more|go on|more(?: details?)?|expand(?: on (?:it|"
    r"that))?)\W*$",
    re.IGNORECASE,
)
"""Asks for the proof that the earlier answer gives, or for all of it again."""
_HOW_MANY = re.compile(
    r"^(?:and |so )?how many(?: (?:is|are) (?:that|those|there|they)| of them)?\W*$", re.IGNORECASE
)
_WHO_NOT = re.compile(
    r"^(?:and |so |but )?(?:who|which(?: ones?| (?:areas|boroughs|plans|councils))?)"
    r" (?:does|do|is|are|has|have)(?:n['’]?t| not)\W*$",
    re.IGNORECASE,
)
_WHO_ELSE = re.compile(
    r"^(?:and |so |but )?(?:(?:who|which(?: ones?)?|where|any(?:one|body)?) (?:others?|else)|"
    r"any others?)(?: (?:is|are|do|does|has|have)(?: (?:it|so|that|them))?)?\W*$",
    re.IGNORECASE,
)
_SIDE_OF_IT = re.compile(
    r"\b(?:the )?(?P<side>\w+) (?:side|part|aspect|angle|end) of (?:it|that|this)\b", re.IGNORECASE
)
"""A part of what was spoken of: 'the internet side of it'."""
_PLAN_SAYS = re.compile(
    r"\b(?:does|did) it (?:also |actually |even )?"
    r"(?:say|mention|cover|have|include|give|set|name|list|tell|explain)\b"
    r"(?P<of_a_fact> (?:how|when|who|where|why|what)\b)?",
    re.IGNORECASE,
)
"""'It' that says something is the plan spoken of, not its topic."""
_IT_BEHIND = re.compile(
    r"(?<=\w )(?<!does )(?<!did )(?<!is )(?<!was )(?<!has )(?<!will )(?<!that )it"
    r"(?=\W*$|[,;]| (?:in|at|by|too|as|when|if|online|anonymously)\b)"
    r"|(?<=\w )(?:this|that)(?=\W*$)"
    r"|(?<=how much does )it\b|(?<=how much did )it\b|(?<=how much will )it\b",
    re.IGNORECASE,
)
"""'It' to which something is done, whatever else is asked: 'where can people go to report it'."""
_OF_THE_SAME = re.compile(
    r"^(?:and |so |but )?(?:is|are|was|were|do|does|did|has|have|will|can) (?:any of )?"
    rf"the (?!{grammar.SUBJECT}\b)",
    re.IGNORECASE,
)
"""Asks more of what was spoken of: 'are the victims followed up?'."""
_TOO = re.compile(r",? (?:too|as well|also)\W*$", re.IGNORECASE)
_ITEM = re.compile(r"[“\"]([^”\"]+)[”\"](?= \[\d+\])")
"""A quotation with its citation."""
_OVER_PLANS = {Intent.SET, Intent.COUNT, Intent.NEGATION, Intent.COMPARE}
_TURNS = 8
"""Turns of a conversation that a follow-up can lean on, the last ones."""
_SHOWN = 4_000
"""Characters of an answer in which "the second one" is looked for."""
_POSITIONS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2,
    "fourth": 3, "4th": 3, "fifth": 4, "5th": 4, "last": -1,
}  # fmt: skip


def standalone_question(
    text: str, history: Sequence[Turn], read: Read, areas_of: AnswerAreas
) -> str:
    """The question with its context filled in; a question that needs none is unchanged.

    `areas_of` gives the areas that are the answer to a question: what "which of them" means.
    """
    earlier: Question | None = None
    shown = ""
    for turn in history[-_TURNS:]:
        if turn.role == "user":
            asked = _in_context(turn.text[:MAX_QUESTION], earlier, shown, read, areas_of)
            earlier, shown = read(asked), ""
        else:
            shown = turn.text[:_SHOWN]
    return _in_context(text, earlier, shown, read, areas_of)


def _in_context(
    text: str,
    earlier: Question | None,
    shown: str,
    read: Read,
    areas_of: AnswerAreas,
) -> str:
    if earlier is None:
        return text
    side = _SIDE_OF_IT.search(text)
    if side and earlier.topic:
        of_topic = f"{side['side']} {earlier.topic.phrase}"
        text = text[: side.start()] + of_topic + text[side.end() :]
    if _NTH.search(text):
        text = _with_nth(text, _listed(shown, read) or areas_of(earlier))
        if earlier.areas and not read(text).mentions:
            return _in_areas(text, earlier)
    if _THOSE.search(text):
        text = _with_those(text, areas_of(earlier) or earlier.areas)
        return _with_pronouns(text, read(text), earlier)
    instead = _asked_shortly(text, earlier) or _of_other_plans(text, earlier, read, areas_of)
    return instead or _completed(text, earlier, read)


def _of_other_plans(text: str, earlier: Question, read: Read, areas_of: AnswerAreas) -> str | None:
    """The earlier question, asked of the editions before or of all areas not yet spoken of."""
    if times.PREVIOUS.search(text.lower()) and read(text).topic is None:
        return f"{earlier.text.rstrip('?. ')} in the previous plan?"
    if (_OTHERS.search(text) or _WHO_ELSE.search(text)) and earlier.topic is not None:
        return _about_the_others(earlier, areas_of(earlier) or earlier.areas)
    return None


def _completed(text: str, earlier: Question, read: Read) -> str:
    """What a text leaves out, from the earlier question: its topic, its areas or all but one."""
    question = read(text)
    if earlier.areas and not question.mentions and _asks_of_the_same(text, question):
        return _in_areas(text, earlier)
    fragment = _fragment(text, read)
    if fragment is not None:
        return _merged(fragment, earlier)
    return _with_pronouns(text, question, earlier)


def _asks_of_the_same(text: str, question: Question) -> bool:
    """Whether a text asks of the areas spoken of: for a part of their plan, or what became of X."""
    if question.structure is not None and question.topic is None and not _IT.search(text):
        return question.intent not in {Intent.SET, Intent.NEGATION}
    return bool(grammar.WHAT_BECAME.search(text.lower()))


def _in_areas(text: str, earlier: Question) -> str:
    return f"{text.rstrip('?. ')} in {wording.names(earlier.areas)}?"


def _asked_shortly(text: str, earlier: Question) -> str | None:
    """The question that a few words stand for: 'how many?', 'who doesn't?', 'where's that?'."""
    if _AGAIN.search(text):
        return earlier.text
    if earlier.topic is None:
        return None
    act = f"{'prioritise' if earlier.ranked_only else 'mention'} {earlier.topic.phrase}"
    if _HOW_MANY.search(text):
        return f"How many areas {act}?"
    return f"Which areas do not {act}?" if _WHO_NOT.search(text) else None


def _listed(shown: str, read: Read) -> tuple[str, ...]:
    """What an answer lists: the areas held that it names, or where it names but one, its items."""
    named = tuple(dict.fromkeys(area.name for area in read(shown).mentions if area.held))
    items = tuple(_ITEM.findall(shown))
    return items if len(items) > len(named) < 2 else named


def _about_the_others(earlier: Question, areas: tuple[str, ...]) -> str:
    """The earlier topic, asked of all areas but those already spoken of."""
    topic = earlier.topic.phrase if earlier.topic else ""
    without = f" other than {wording.names(areas)}" if areas else ""
    act = "prioritise" if earlier.ranked_only else "mention"
    return f"Which areas{without} {act} {topic}?"


def _with_nth(text: str, areas: tuple[str, ...]) -> str:
    match = _NTH.search(text)
    if match is None:
        return text
    position = _POSITIONS[match["which"].lower()]
    if not areas or position >= len(areas):
        return text
    return text[: match.start()] + areas[position] + text[match.end() :]


def _with_those(text: str, areas: tuple[str, ...]) -> str:
    if not areas:
        return text
    match = _THOSE.search(text)
    if match is None:
        return text
    words = match.group().split()
    preposition = f"{words[0]} " if words[0].lower() in {"of", "in", "for"} else ""
    return text[: match.start()] + preposition + wording.names(areas) + text[match.end() :]


def _fragment(text: str, read: Read) -> Question | None:
    """The reading of a text that says only what differs, an area or a topic, else None."""
    leans = _LEANS.match(text)
    rest = text[leans.end() :].strip(" .!,;:–-") if leans else text
    rest = _TOO.sub("", rest)
    if rest != text and not grammar.ASKING.search(rest.lower()):
        return read(rest)
    question = read(text)
    only_areas = question.topic is None and question.mentions and question.structure is None
    return question if only_areas else None


def _merged(question: Question, earlier: Question) -> str:
    """The earlier question with the follow-up's topic or areas in the place of its own."""
    if question.topic is not None and not question.mentions:
        return _with_topic(earlier, question.topic.phrase)
    if question.mentions and question.topic is None:
        return _with_areas(earlier, question.mentions)
    if question.year is not None and question.topic is None:
        return _in_year(earlier, question.year)
    return question.text


def _in_year(earlier: Question, year: int) -> str:
    """The earlier question, asked of the plans of another year."""
    if earlier.year is not None and str(earlier.year) in earlier.text:
        return earlier.text.replace(str(earlier.year), str(year))
    return f"{earlier.text.rstrip('?. ')} in {year}?"


def _with_topic(earlier: Question, phrase: str) -> str:
    if earlier.topic is None:
        return f"{phrase} {wording.names(earlier.areas)}".strip()
    return earlier.text[: earlier.topic.start] + phrase + earlier.text[earlier.topic.end :]


def _with_areas(earlier: Question, mentions: tuple[AreaMention, ...]) -> str:
    areas = wording.names(dict.fromkeys(mention.name for mention in mentions))
    if earlier.mentions:
        first, last = earlier.mentions[0], earlier.mentions[-1]
        return earlier.text[: first.start] + areas + earlier.text[last.end :]
    topic = earlier.topic.phrase if earlier.topic else ""
    if earlier.intent is Intent.LIST or not topic:
        return f"{earlier.text.rstrip('?. ')} in {areas}?"
    return f"What does {areas} say about {topic}?"


def _with_pronouns(text: str, question: Question, earlier: Question) -> str:
    """'How do they tackle it?' with the earlier areas and topic."""
    topic = earlier.topic.phrase if earlier.topic else ""
    said = _PLAN_SAYS.search(text)
    it = _it(text, question) if topic and not said else None
    of_the_same = said or _THERE.search(text) or _OF_THE_SAME.search(text)
    own = question.topic and not asks_only(question.topic.phrase)
    if it:
        text = text[: it.start()] + topic + text[it.end() :]
    elif said and topic and said["of_a_fact"] and not own:
        text = f"{text.rstrip('?. ')} about {topic}?"
    bare = question.topic is None and question.structure is None
    if question.intent is Intent.COMPARE and topic and bare and not it:
        text = f"{text.rstrip('?. ')} on {topic}"
    over_plans = question.intent in _OVER_PLANS
    if not question.mentions and earlier.areas and (of_the_same or (it and not over_plans)):
        text = _in_areas(text, earlier)
    return text


def _it(text: str, question: Question) -> re.Match[str] | None:
    """Where a text speaks of the earlier topic, if it does."""
    return _IT.search(text) if question.topic is None else _IT_BEHIND.search(text)
