"""What kind of answer a question asks for."""

from __future__ import annotations

from service.answering import grammar, ranks, times
from service.answering.areas import AreaMention
from service.answering.denials import denies
from service.answering.topics import asks_at_the_end
from service.schemas import Intent


def intent_of(masked: str, mentions: tuple[AreaMention, ...], *, whether: bool) -> Intent:
    """The intent of a masked question; `whether` tells that it asks for a yes indirectly."""
    if asks_at_the_end(masked):
        return Intent.NEGATION if denies(masked) else Intent.SET
    if whether and grammar.ANY_OF_THEM.search(masked):
        return Intent.SET
    intent = _intent(masked, mentions, whether=whether)
    of_all = grammar.THE_ONLY_ONE.search(masked)
    of_any = grammar.ANYWHERE.search(masked) and not mentions
    # Whether an area is the only one is said by all that are.
    return Intent.SET if intent is Intent.YESNO and (of_all or of_any) else intent


def _intent(masked: str, mentions: tuple[AreaMention, ...], *, whether: bool) -> Intent:
    if grammar.COMPARISON.search(masked):
        return Intent.COMPARE
    if grammar.COUNT_SUBJECT.search(masked):
        return Intent.COUNT
    if grammar.SET_SUBJECT.search(masked):
        return Intent.NEGATION if denies(masked) else Intent.SET
    of_part = intent_on_part(masked)
    if grammar.REPORT.search(masked) and not (of_part and mentions):
        return Intent.FACT
    if whether:
        return Intent.YESNO
    return of_part or open_intent(masked, mentions)


def intent_on_part(masked: str) -> Intent | None:
    """The intent of a question for the parts of a plan: its vision, objectives or priorities."""
    if times.PERIOD.search(masked):
        return Intent.FACT
    if not ranks.STRUCTURE.search(masked):
        return None
    if grammar.COUNT_THINGS.search(masked):
        return Intent.COUNT
    things = ranks.WHICH_THINGS.search(masked)
    if things and not ranks.STRUCTURE.search(things["things"]):
        return None  # "Which laws does the vision refer to?" asks for laws.
    asks = ranks.LIST_OPENING.search(masked) or ranks.WHICH_PARTS.search(masked)
    return Intent.LIST if asks else None


def open_intent(masked: str, mentions: tuple[AreaMention, ...]) -> Intent:
    """The intent of a question that neither ranges over plans nor wants a part of one."""
    if grammar.YES_NO.search(masked):
        return Intent.YESNO
    if mentions:
        return Intent.FACT if grammar.SPECIFIC_FACT.search(masked) else Intent.LOOKUP
    if grammar.FACT_OPENING.search(masked) and not grammar.BARE_TOPIC.search(masked):
        return Intent.FACT
    return Intent.SEARCH
