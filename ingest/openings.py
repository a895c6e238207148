"""Which sections open a priority: its first sentence counts as its title does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.models import Role
from ingest.blocks import BlockKind
from ingest.drafts import Draft
from ingest.standings import STOP_CHARS
from ingest.vocabulary import announces_aim, tells_particular


def openings(text: str, drafts: Sequence[Draft]) -> Iterator[bool]:
    """Of each section whether its first sentence says what it is about.

    Of the parts of a priority only one does, if the priority has no words of its own before its
    first sub-heading: the first part that begins with a sentence, and not with a list of actions.
    """
    is_opened = False
    for draft in drafts:
        if draft.role is not Role.PRIORITY_PART or draft.restates:
            is_opened = _has_words(text, draft)
            yield True
            continue
        opens = not is_opened and _begins_with_prose(draft)
        is_opened = is_opened or (opens and _has_words(text, draft))
        yield opens


def _has_words(text: str, draft: Draft) -> bool:
    """Whether more stands in a section than its heading, a final stop, who leads on it, its aim."""
    end = draft.heading.end + STOP_CHARS if draft.heading else -1
    said = (block.words.of(text) for block in draft.blocks if block.words.end > end)
    return any(not (tells_particular(words) or announces_aim(words)) for words in said)


def _begins_with_prose(draft: Draft) -> bool:
    return bool(draft.body) and draft.body[0].kind is BlockKind.PARAGRAPH
