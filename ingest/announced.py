"""Priorities that a plan counts before it sets them out: 'Our new plan has three priorities'."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.models import Role
from corpus.words import fold
from ingest.blocks import BlockKind
from ingest.drafts import Draft
from ingest.headings import Heading
from ingest.readings import Reading, as_priorities
from ingest.sentences import sentences
from ingest.vocabulary import priorities_counted


def announced(text: str, headings: Sequence[Heading], drafts: Sequence[Draft]) -> Reading | None:
    """The reading in which as many headings as a sentence counts, right after it, are priorities.

    They must look alike, and a heading of another look or that can be none must come behind them.
    """
    for draft in drafts:
        if number := _counted_in(text, draft):
            after = [each for each in headings if each.start >= draft.blocks[-1].span.end]
            if _are_set_out(after, number):
                return Reading(as_priorities(headings, after[:number]))
    return None


def _counted_in(text: str, draft: Draft) -> int | None:
    """How many priorities the section says that the plan has."""
    if draft.sense and draft.sense.left_out:
        return None
    counts = (
        priorities_counted(sentence.of(text))
        for block in draft.body
        # Most paragraphs have no such word at all, and aren't taken apart.
        if block.kind is BlockKind.PARAGRAPH and "priorities" in fold(block.words.of(text))
        for sentence in sentences(text, block.words)
    )
    return next((count for count in counts if count), None)


def _are_set_out(after: Sequence[Heading], number: int) -> bool:
    found, following = after[:number], after[number : number + 1]
    if len(found) < number or not all(_may_be_counted(each, found[0]) for each in found):
        return False
    return not any(_may_be_counted(each, found[0]) for each in following)


def _may_be_counted(heading: Heading, first: Heading) -> bool:
    """Whether a heading may be one of those that begin with the first."""
    is_plain = heading.sense.role is Role.OTHER and not heading.sense.tells_other
    return is_plain and heading.style == first.style
