"""The windows: pure functions from the contract's values to Slack's views."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    DividerBlock,
    InputBlock,
    LinkButtonElement,
    PlainTextInputElement,
    PlainTextObject,
)
from slack_sdk.models.blocks.block_elements import RichTextElement
from slack_sdk.models.views import View

from bots.slack import actions, limits, messages
from bots.slack.actions import Cited
from bots.slack.board import said
from bots.slack.markup import clipped
from bots.slack.parts import Links, button, linked, quote, rich, section, words
from service.schemas import Answer, Citation, PassageOut, TopicVerdict

_VERDICTS_SHOWN = 20
"""Plans in one window; each takes a block of the hundred, and its words at most another."""
_NEAREST_SHOWN = 2
_TERMS = 600
"""Characters of the words that were tried."""
_REASON = 2_000
"""Characters of a reason."""


def _window(title: str, *blocks: Block, **more: Any) -> View:
    return View(
        type="modal",
        title=PlainTextObject(text=clipped(title, limits.VIEW_TITLE)),
        close=PlainTextObject(text=messages.CLOSE),
        blocks=list(blocks),
        **more,
    )


def told(title: str, sentence: str) -> View:
    """A window with one sentence."""
    return _window(title, rich(section([words(sentence)])))


# A passage


def passage(found: PassageOut, cited: Cited, before: str, after: str, links: Links) -> View:
    """A passage with the cited words in bold, and its neighbours."""
    place = clipped(messages.cited_from(found.section, found.page), limits.PLACE)
    start, end = cited.start - found.start, cited.end - found.start
    lit = found.text[start:end] if 0 <= start < end <= len(found.text) else ""
    body = [found.text[:start], lit, found.text[end:]] if lit else [found.text, "", ""]
    return _window(
        messages.PASSAGE_TITLE,
        rich(section([words(place, bold=True)])),
        *_neighbour(messages.BEFORE, before),
        *_columns(found.columns),
        *_body(*body),
        *_neighbour(messages.AFTER, after),
        *_link_to(links.source(found.url)),
    )


def _columns(names: Sequence[str]) -> Iterator[Block]:
    if names:
        told = clipped(messages.columns(names), limits.PLACE)
        yield rich(section([words(told)]))


def _body(before: str, lit: str, after: str) -> Iterator[Block]:
    """The passage, at the cited words if it is too long."""
    room = limits.MODAL_TEXT - len(lit)
    head = before if len(before) <= room // 2 else f"…{before[-room // 2 :]}"
    tail = clipped(after, room - len(head)) if after else ""
    elements = [words(head), words(lit, bold=True), words(tail)]
    yield rich(
        section([each for each, text in zip(elements, (head, lit, tail), strict=True) if text])
    )
    if (head, tail) != (before, after):
        yield rich(section([words(messages.CUT)]))


def _neighbour(label: str, text: str) -> Iterator[Block]:
    if text:
        yield DividerBlock()
        shown = quote(clipped(text, limits.MODAL_TEXT))
        yield rich(section([words(label, bold=True)]), shown)
        yield DividerBlock()


def _link_to(url: str | None) -> Iterator[Block]:
    if url:
        yield ActionsBlock(
            elements=[
                LinkButtonElement(text=messages.SEE_SOURCE, url=url, action_id=actions.SOURCE)
            ]
        )


# The plans that don't name it


def rest(answer: Answer, first: int, links: Links) -> View:
    """What the plans say that don't name the topic: words tried, and what is nearest."""
    others = [verdict for verdict in answer.verdicts if not verdict.verdict.is_named]
    cited = {citation.n: citation for citation in answer.citations}
    shown = others[first : first + _VERDICTS_SHOWN]
    blocks = [*_tried(shown), *(_other(verdict, cited, links) for verdict in shown)]
    left = first + len(shown)
    if left < len(others):
        label, value = messages.more_of(left, len(others)), f"{answer.id}:{left}"
        more = button(actions.MORE_OF_REST, label, value, messages.MORE)
        blocks.append(ActionsBlock(elements=[more]))
    return _window(messages.REST_TITLE, *(blocks or [rich(section([words(messages.NO_OTHERS)]))]))


def _tried(verdicts: Sequence[TopicVerdict]) -> Iterator[Block]:
    """The words that were looked for, once for each topic: they are the same in every plan."""
    for terms in dict.fromkeys(verdict.terms_tried for verdict in verdicts):
        if terms:
            yield rich(section([words(clipped(messages.looked_for(terms), _TERMS))]))


def _other(verdict: TopicVerdict, cited: Mapping[int, Citation], links: Links) -> Block:
    opening = clipped(f"{verdict.area}: {said(verdict)} ({verdict.topic})", limits.PLACE)
    paragraphs: list[RichTextElement] = [section([words(opening, bold=True)])]
    for number in (*verdict.citations, *verdict.nearest)[:_NEAREST_SHOWN]:
        citation = cited[number]
        place = clipped(messages.cited_from(citation.section, citation.page), limits.PLACE)
        label = messages.source_of(number, place)
        paragraphs += [quote(citation.quote), section([linked(links.source(citation.url), label)])]
    return rich(*paragraphs)


# Why an answer wasn't helpful


class Place(NamedTuple):
    """Where to thank for a reason."""

    response_url: str
    thread: str


def reason(answer_id: str, place: Place) -> View:
    """Asks what was wrong or missing."""
    entry = PlainTextInputElement(action_id=actions.REASON, multiline=True, max_length=_REASON)
    return _window(
        messages.REASON_TITLE,
        InputBlock(
            block_id=actions.REASON,
            label=messages.REASON_LABEL,
            hint=messages.REASON_HINT,
            element=entry,
            optional=True,
        ),
        callback_id=actions.REASON,
        submit=PlainTextObject(text=messages.SEND),
        private_metadata=json.dumps([answer_id, *place]),
    )


def reason_for(view: Mapping[str, Any]) -> tuple[str, Place]:
    """The answer that a window of reasons was opened for, and where to thank."""
    answer_id, *place = json.loads(view["private_metadata"])
    return answer_id, Place(*place)


def reason_given(view: Mapping[str, Any]) -> str | None:
    """What was entered."""
    given = view["state"]["values"][actions.REASON][actions.REASON]["value"]
    return str(given) if given else None
