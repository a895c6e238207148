"""Every sentence that an answer is made of. Fixed wording: what varies is quoted or counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.models import Basis
from service.schemas import RANKED, Verdict

LINES_OF_NAMES = 40
"""Areas listed in one line of an answer's text; the board holds all of them."""

VERDICT_WORDS = {
    Verdict.PRIORITY: "a priority",
    Verdict.EMERGING: "an emerging issue",
    Verdict.MENTIONED: "mentioned",
    Verdict.POSSIBLE: "possibly meant",
    Verdict.RELATED: "not named; related words only",
    Verdict.NOT_MENTIONED: "not mentioned",
    Verdict.UNREADABLE: "no verdict: its text could not be read in full",
    Verdict.NO_PLAN: "no plan held",
}


def names(items: Iterable[str], conjunction: str = "and") -> str:
    """'a', 'a and b', 'a, b and c'."""
    listed = list(items)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {conjunction} {listed[-1]}"


def clipped_names(items: Sequence[str]) -> str:
    """Names in one line; what doesn't fit is counted, never dropped in silence."""
    if len(items) <= LINES_OF_NAMES:
        return names(items)
    rest = len(items) - LINES_OF_NAMES
    return f"{', '.join(items[:LINES_OF_NAMES])} and {rest} more (all on the board)"


def plans(count: int) -> str:
    """'1 plan', '4 plans'."""
    return f"{count} plan" if count == 1 else f"{count} plans"


def plan_of(areas: Sequence[str]) -> str:
    """'the plan of a', 'the plans of a and b'."""
    return f"the {'plan' if len(areas) == 1 else 'plans'} of {clipped_names(areas)}"


def plans_read(read: int, in_scope: int) -> str:
    """How many of the plans in scope were read."""
    return f"{read} of {plans(in_scope)} read."


def counts(topic: str, verdicts: Sequence[Verdict]) -> str:
    """What the plans in scope say of a topic, in numbers."""
    kinds = [
        (verdicts.count(Verdict.PRIORITY), "as a priority"),
        (verdicts.count(Verdict.EMERGING), "as an emerging issue"),
        (verdicts.count(Verdict.MENTIONED), "in passing"),
    ]
    named = sum(number for number, _ in kinds)
    found = [(number, words) for number, words in kinds if number]
    opening = f"{named or 'None'} name{'s' if named < 2 else ''} {topic}"
    if len(found) == 1:
        opening += f" {found[0][1]}"
        found = []
    detail = names(f"{number} {words}" for number, words in found)
    others = [
        (verdicts.count(Verdict.POSSIBLE), "may mean it in other words"),
        (verdicts.count(Verdict.RELATED), "only something wider or near it"),
        (verdicts.count(Verdict.UNREADABLE), "text that could not be read in full"),
    ]
    parts = [f"{opening}: {detail}" if detail else opening]
    for number, words in others:
        verb = "" if words.startswith("may") else "has " if number == 1 else "have "
        parts += [f"{number} {verb}{words}"] if number else []
    return "; ".join(parts) + "."


def finding_line(
    area: str, verdict: Verdict, section: Sequence[str], quote: str, n: int, *, inferred: bool
) -> str:
    """One plan's verdict with its quotation; `inferred` where the topic is said in other words."""
    words = f"{VERDICT_WORDS[verdict]}{', in other words' if inferred else ''}"
    under = f", under “{section[-1]}”" if len(section) > 1 else ""
    return f"{area}: {words}{under}. “{quote}” [{n}]"


def quotation(quote: str, n: int) -> str:
    """A quotation with its citation."""
    return f"“{quote}” [{n}]"


def related_line(pairs: Sequence[tuple[str, str]]) -> str:
    """The plans that have only something wider or near, each with its words."""
    return (
        "Related words only: " + clipped_names([f"{area} (“{word}”)" for area, word in pairs]) + "."
    )


def absent_line(areas: Sequence[str], basis: Basis | None) -> str:
    """The plans that were read whole and don't have it."""
    if basis is Basis.SUMMARY:
        whose = "the summary of the plan" if len(areas) == 1 else "the summaries of the plans"
        return f"Not mentioned in {whose} of {clipped_names(areas)}."
    return f"Not mentioned: {clipped_names(areas)}."


def unreadable_line(areas: Sequence[str]) -> str:
    """The plans of which nothing can be said."""
    return f"No verdict, for the text could not be read in full: {clipped_names(areas)}."


def no_plan_line(areas: Sequence[str]) -> str:
    """The areas asked for of which no plan is held."""
    return f"No plan is held for {clipped_names(areas)}."


def no_plan_for_year(year: int, period: str | None) -> str:
    """No plan in scope covers the year asked for."""
    held = f" Those held cover {period}." if period else ""
    return f"No plan held covers {year}.{held}"


def no_plan_matches() -> str:
    """Filters and question together leave no plan."""
    return "No plan held is in what was asked for together with the filters."


def too_many_topics(asked: int, most: int) -> str:
    """More topics than one answer can show."""
    return f"That asks about {asked} topics at once. Ask about {most} at most."


def none_names_all(topics: str) -> str:
    """Each topic may be named somewhere, but not as it was asked."""
    return f"No plan in scope names {topics} as asked. What each says of each is on the board."


def plans_for_year(year: int, areas: Sequence[str]) -> str:
    """Which areas have a plan held that covers a year."""
    return f"{plans(len(areas))} held cover {year}: {clipped_names(areas)}."


def nothing_held() -> str:
    """The library has no plan at all."""
    return "No plan is held yet. Add some with `saferplans ingest PATH`."


def summary_note(basis: Basis | None) -> str:
    """What kind of text the answer rests on, where it isn't the plan itself."""
    if basis is Basis.SUMMARY:
        return "The text held is a summary of these plans, not the plans themselves."
    return ""


def report_adds(area: str, quote: str, n: int) -> str:
    """What the report itself says of an area, outside its plan."""
    return f"The report adds, outside the plan of {area}: “{quote}” [{n}]"


_ACTS = {RANKED: "make it a priority", frozenset({Verdict.EMERGING}): "call it emerging"}
_NOT = {
    RANKED: "is not named as a priority",
    frozenset({Verdict.EMERGING}): "is not called emerging",
}


def only_one_question() -> str:
    """Several were asked at once."""
    return "Only the last of these questions is answered here. Please ask the others one by one."


def only_weaker(topic: str, wanted: frozenset[Verdict]) -> str:
    """Nothing of the kind asked for was found, but something else was."""
    if wanted == {Verdict.EMERGING}:
        return f"No plan calls {topic} an emerging issue; what they do say is below."
    if wanted == RANKED:
        return f"No plan makes {topic} a priority or an emerging issue; what they do say is below."
    return f"No plan clearly names {topic}. What may mean it is below: the reader decides."


def possible_line(area: str, quote: str) -> str:
    """A plan whose words may mean the topic: quoted, and counted neither way."""
    return f"{area}: possibly meant by “{quote}”"


def negation_opening(topic: str, areas: Sequence[str], wanted: frozenset[Verdict]) -> str:
    """Who does not name, or does not prioritise, a topic."""
    act = _ACTS.get(wanted, "mention it")
    if not areas:
        return f"On {topic}: there is no plan of which it can be said that it does not {act}."
    do = "does" if len(areas) == 1 else "do"
    return f"On {topic}, {plans(len(areas))} {do} not {act}: {clipped_names(areas)}."


def yes(topic: str, found: Iterable[tuple[str, Verdict]], *, of_all: bool) -> str:
    """The plan says so, and as what; `of_all` is False where not all that were asked of do."""
    said = names(f"{VERDICT_WORDS[verdict]} in the plan of {area}" for area, verdict in found)
    return f"{'Yes' if of_all else 'Not in all'}: {topic} is {said}."


def no(topic: str, areas: Sequence[str], wanted: frozenset[Verdict]) -> str:
    """The plan was read whole and doesn't say so."""
    what = _NOT.get(wanted, "is not named")
    return f"No: {topic} {what} in what is held of {plan_of(areas)}."


def not_found(areas: Sequence[str], *, whole: bool) -> str:
    """Nothing in scope answers the question; `whole` is whether all of it could be read."""
    where = plan_of(areas) if areas else "the plans held"
    where = where if whole else f"what could be read of {where}"
    return f"This is not in {where}. Nothing is claimed; the nearest passages are for comparison."


def list_opening(what: str, area: str, count: int) -> str:
    """Before the items of a plan's own list."""
    return f"{what} in the plan of {area} ({count}):"


def survey_opening(kind: str, subjects: Sequence[str]) -> str:
    """What the plans in scope have in common, most often, or alone."""
    what = {
        "shared": "Every one of them makes these a priority",
        "commonest": "Most of them share these priorities",
        "unique": "Of all the plans held, these are a priority of one alone",
    }[kind]
    return f"{what}: {clipped_names(subjects)}."


def survey_empty(kind: str) -> str:
    """Nothing is shared, or alone."""
    return {
        "shared": "There is no priority that all of them share.",
        "commonest": "There is no priority that two of them share.",
        "unique": "There is no priority that one of them has alone.",
    }[kind]


def subject_line(subject: str, areas: Sequence[str]) -> str:
    """A subject with the areas that make it a priority."""
    return f"{subject[0].upper()}{subject[1:]}: {clipped_names(areas)}."


def area_quotation(area: str, quote: str, n: int) -> str:
    """A quotation with the area that it is from."""
    return f"{area}: “{quote}” [{n}]"


def more_subjects(count: int) -> str:
    """How many subjects are not told of."""
    return f"{count} more are not shown: ask about an area, or fewer areas." if count else ""


def by_number(areas: Sequence[str], count: int, *, most: bool) -> str:
    """The areas whose plans have the most or the fewest priorities."""
    has = "has" if len(areas) == 1 else "have"
    return f"{clipped_names(areas)} {has} the {'most' if most else 'fewest'} priorities: {count}."


def no_judgement() -> str:
    """A judgement of plans was asked for."""
    return (
        "Plans hold no judgement of themselves, and none is made here. Ask what they say: which "
        "areas prioritise something, or what one of them will do about it."
    )


def unclear() -> str:
    """No question could be read."""
    return (
        "That could not be read as a question about plans. Ask which areas prioritise or mention "
        "something, or what the plan of one area says about it."
    )
