"""Every sentence that only the pages show."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from corpus.models import Basis
from service.answering.explaining import Check
from service.schemas import MAX_QUESTION, Answer, Intent, Reading, Status, TopicVerdict, Verdict

SEARCH_SOMETHING = "Enter words to search for."
SEARCH_TOO_LONG = f"A search has at most {MAX_QUESTION:,} characters: shorten it."
NO_SUCH_SPAN = "The words that the link points at are not in this document, so none are marked."
CONVERSATION_GONE = (
    "The conversation before this question is no longer kept, so the question was read by itself."
)
OTHER_SHAPE = (
    "This answer was given by another version of the service and can't be shown as a page. "
    "Ask its question again, or read its data under /v1/answers/."
)
BOARD = "What each plan says"
SOURCES = "Sources"
NOTHING_HELD = "Nothing is held yet. Add plans with `saferplans ingest PATH`."
DIFFERS = "The words cited are not what stands in the document held now:"

OUTCOMES = {
    "read": "read",
    "degraded": "read in part",
    "failed": "not read",
    "unreadable": "could not be read",
}
HELD_AS = {
    "community_safety_plan": "the plan itself",
    "strategy": "a strategy",
    "needs_assessment": "a needs assessment",
    "profile": "a profile",
    "report": "a report",
}
RELATIONS = {
    "same": "the same thing",
    "narrower": "a narrower thing",
    "perhaps": "perhaps the same",
    "wider": "a wider or a neighbouring thing",
}

MODES = {
    "hybrid": "By words and meaning",
    "keyword": "By words alone",
    "meaning": "By meaning alone",
}

_PROBLEMS = {
    404: "Page not found",
    405: "This page can't be used in that way",
    413: "That was too large",
    422: "There is a problem with what was entered",
    500: "Sorry, something went wrong",
}


def problem_heading(status: int, title: str) -> str:
    """What an error page says first."""
    return _PROBLEMS.get(status, title)


def day(iso: str) -> str:
    """A date as it is written: '26 May 2011'."""
    date = datetime.date.fromisoformat(iso)
    return f"{date.day} {date:%B %Y}"


def kept_for(days: int) -> str:
    """For how long an answer is kept."""
    return f"kept for {days:,} days"


def given_from(generation: str) -> str:
    """From which index an answer was given."""
    return f"Answered by Saferplans from index {generation}."


def each_read(plans: int) -> str:
    """What a question ranges over."""
    if plans == 0:
        return "No plan is held yet."
    if plans == 1:
        return "1 plan is held, and it is read for each question."
    return f"{plans:,} plans are held, and all of them are read for each question."


def published(title: str, publisher: str | None, date: datetime.date | None) -> str:
    """A document as a source is named."""
    return ", ".join(filter(None, (title, publisher, day(date.isoformat()) if date else None)))


def span_words(page: int | None, start: int, end: int) -> str:
    """Where words stand in a document."""
    return f"{f'Page {page}, characters' if page else 'Characters'} {start:,} to {end:,}"


def text_digest(sha256: str) -> str:
    """The digest that a quotation's document is known by."""
    return f"SHA-256 of the text: {sha256}"


def plural(count: int, noun: str) -> str:
    """'1 plan', '4 plans', '2 priorities'."""
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else many}"


_ASKED = {
    Intent.SET: "which areas {act} it",
    Intent.SEARCH: "which areas {act} it",
    Intent.NEGATION: "which areas do not {act} it",
    Intent.COUNT: "how many {act} it",
    Intent.LOOKUP: "what the plans say",
    Intent.FACT: "one fact",
    Intent.COMPARE: "a comparison",
    Intent.LIST: "a plan's own list",
    Intent.YESNO: "yes or no",
}


def reading_words(reading: Reading) -> str:
    """How a question was understood, in a line."""
    act = "prioritise" if reading.ranked_only else "mention"
    act = "call emerging" if reading.emerging_only else act
    about = ", ".join(reading.topics)
    where = ", ".join((*reading.areas, *reading.unknown_areas))
    without = ", ".join(reading.excluded_areas)
    parts = [
        _ASKED[reading.intent].format(act=act),
        f"topic: {about}" if about else "no topic",
        f"areas: {where}" if where else "all areas",
        f"without {without}" if without else "",
        f"year: {reading.year}" if reading.year else "",
    ]
    return "; ".join(filter(None, parts))


KINDS = {
    "mention": "Which areas mention it",
    "prioritise": "Which areas prioritise it",
    "lack": "Which areas do not mention it",
    "say": "What the plans say about it",
    "compare": "Compare areas on it",
    "list": "List an area's priorities",
}
"""What a corrected reading may ask."""


def kind_of(reading: Reading) -> str:
    """The kind of question, among `KINDS`, that a reading is nearest to."""
    kinds = {
        Intent.NEGATION: "lack",
        Intent.LOOKUP: "say",
        Intent.FACT: "say",
        Intent.COMPARE: "compare",
        Intent.LIST: "list",
    }
    return kinds.get(reading.intent, "prioritise" if reading.ranked_only else "mention")


def corrected_question(kind: str, topic: str, areas: Sequence[str]) -> str:
    """A question that is read as a user says; '' where something that it needs is missing."""
    named = _and(areas)
    if kind == "list":
        return f"List the priorities of {named}" if named else ""
    if not topic:
        return ""
    if kind == "compare":
        return f"Compare {named} on {topic}" if named else f"Compare all areas on {topic}"
    if kind == "say":
        does = "do" if len(areas) != 1 else "does"
        return f"What {does} {named or 'the plans'} say about {topic}?"
    asked = {"mention": "mention", "prioritise": "prioritise", "lack": "do not mention"}
    return f"Which areas {asked[kind]} {topic}?"


def _and(names: Sequence[str]) -> str:
    listed = list(names)
    return " and ".join(filter(None, (", ".join(listed[:-1]), *listed[-1:])))


_STATUSES = {
    Status.ANSWERED: "Answered",
    Status.PARTLY: "Partly answered",
    Status.NOT_IN_PLANS: "Not in the plans held",
    Status.NO_PLAN_HELD: "No plan held",
    Status.UNCLEAR: "Not understood",
}


def status_words(answer: Answer) -> str:
    """What came of a question; absence is claimed only of what was read."""
    read_whole = answer.scope.plans_read == answer.scope.plans_in_scope
    if answer.status is Status.NOT_IN_PLANS and not read_whole:
        return "Not in what could be read"
    return _STATUSES[answer.status]


MOST_AREAS = 40
"""Areas named above a board, which holds all of them."""
MOST_SOURCES = 12
"""Documents named below an answer."""

_WHY_NOT = {
    Verdict.POSSIBLE: "Its words may mean it, and nothing shows that they do: you decide.",
    Verdict.RELATED: "It names only something wider or near it.",
    Verdict.UNREADABLE: "Not all of its text could be read, and what was read doesn’t name it.",
    Verdict.NO_PLAN: "No plan of this area is held.",
}


def why_not(verdict: TopicVerdict) -> str:
    """Why a plan that doesn't name a topic doesn't count."""
    if verdict.verdict is Verdict.NOT_MENTIONED:
        whole = "The summary" if verdict.basis is Basis.SUMMARY else "The plan"
        tried = len(verdict.terms_tried)
        how = f"in none of {tried} wordings looked for" if tried > 1 else "nowhere"
        return f"{whole} was read whole, and says it {how}."
    return _WHY_NOT.get(verdict.verdict, "")


def too_many_topics(most: int) -> str:
    """More topics than a grid takes."""
    return f"That is more than {most} topics: the first {most} are compared."


def compared(characters: int) -> str:
    """A citation is what stands in the source."""
    return f"Compared just now: these {characters:,} characters are what the answer quotes."


def rejected(check: Check | None, phrase: str, lacks: Sequence[str]) -> str:
    """Why a sentence doesn't name a topic."""
    if check is Check.WORDS:
        return f"nearest to “{phrase}”, it has no word for {_and([f'“{word}”' for word in lacks])}"
    return f"it has the words of “{phrase}”, but not together in one phrase"
