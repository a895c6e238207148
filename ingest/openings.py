"""Which sections open a priority: its first sentence counts as its title does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.models import Role
from ingest.blocks import BlockKind
from ingest.drafts import Draft
from ingest.standings import STOP_CHARS


def openings(drafts: Sequence[Draft]) -> Iterator[bool]:
    """Of each section whether its first sentence says what it is about.

    Of the parts of a priority only one does, if the priority has no words of its own before its
    first sub-heading: the first part that begins with a sentence, and not with a list of actions.
    """
    is_opened = False
    for draft in drafts:
        if draft.role is not Role.PRIORITY_PART or draft.restates:
            is_opened = draft.role is Role.PRIORITY and _has_words(draft)
            yield True
            continue
        opens = not is_opened and _begins_with_prose(draft)
        is_opened = is_opened or opens
        yield opens


def _has_words(draft: Draft) -> bool:
    """Whether more stands in a section than its heading and a final stop."""
    end = draft.blocks[-1].words.end
    return draft.heading is None or end - draft.heading.end > STOP_CHARS


def _begins_with_prose(draft: Draft) -> bool:
    return bool(draft.body) and draft.body[0].kind is BlockKind.PARAGRAPH
