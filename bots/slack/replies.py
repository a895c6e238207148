"""An answer as messages: budgeted before it is built, so that nothing is cut off or left out.

The first message holds the direct sentence, the findings with their quotations, and the board.
What has no room there goes into the thread, then into a file and the page on the web; the message
says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextActionsBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
    PlainTextObject,
    RichTextElementParts,
)

from bots.slack import board, limits, messages
from bots.slack.actions import FEEDBACK, PASSAGE, REST, SHARE, passage_value
from bots.slack.findings import Finding, findings
from bots.slack.markup import clipped, escape, link
from bots.slack.parts import (
    DataTableBlock,
    Links,
    button,
    context,
    rich,
    section,
    words,
)
from service.labels import plans_read
from service.schemas import Answer


@dataclass(frozen=True)
class Message:
    """One message: `text` is for notifications and screen readers, in `mrkdwn`."""

    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A file to attach."""

    name: str
    title: str
    content: bytes


@dataclass(frozen=True)
class Reply:
    """All that is posted for one question: the message, then what follows it in the thread."""

    message: Message
    thread: tuple[Message, ...] = ()
    sheet: Sheet | None = None


@dataclass(frozen=True)
class _Layout:
    """Everything there is to show, before it is dealt out over messages."""

    findings: tuple[Finding, ...]
    tables: tuple[DataTableBlock, ...]
    first: int
    """Findings that the first message holds."""


def digest_of(message: Message) -> str:
    """Tells whether two messages are the same."""
    content = [message.text, [block.to_dict() for block in message.blocks]]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def plain(text: str) -> Reply:
    """A reply of one sentence."""
    return Reply(Message(escape(text)))


def answer_reply(answer: Answer, links: Links, *, private: bool = False) -> Reply:
    """The messages that show an answer; a private one has no thread, and says where the rest is."""
    layout = _layout(answer, links)
    rest = _thread(answer, layout)
    sheet = _sheet(answer, links) if rest and answer.verdicts and not private else None
    elsewhere = _elsewhere(len(rest), links, sheet=sheet is not None, private=private)
    notice = _notice(answer, layout, elsewhere) if rest else ""
    told = [context(escape(notice))] if notice else []
    blocks = [*_first_blocks(layout), *told, *_foot(answer, layout, links, private=private)]
    posted = () if private else tuple(rest[: limits.THREAD_MESSAGES])
    return Reply(Message(fallback(answer), tuple(blocks)), posted, sheet)


def fallback(answer: Answer) -> str:
    """The answer's text, escaped; cut at a line's end where it is too long to be read out."""
    text = escape(answer.text)
    if len(text) <= limits.FALLBACK:
        return text
    ending = f"\n{messages.fallback_goes_on()}"
    kept = text[: limits.FALLBACK - len(ending)]
    return f"{kept.rpartition(chr(10))[0] or kept.rpartition(' ')[0]}{ending}"


def _layout(answer: Answer, links: Links) -> _Layout:
    found = tuple(findings(answer, links))
    first, further = board.Budget(limits.FIRST_TABLE), board.Budget(limits.THREAD_TABLE)
    return _Layout(found, tuple(board.tables(answer, links, first, further)), _fitting(found))


def _fitting(findings: Sequence[Finding]) -> int:
    """How many findings the first message holds, in order and at least one."""
    count = min(1, len(findings))
    while count < len(findings) and _fits(
        findings[: count + 1], limits.FINDINGS, limits.FINDINGS_SHOWN
    ):
        count += 1
    return count


# The first message


def _first_blocks(layout: _Layout) -> list[Block]:
    shown = layout.findings[: layout.first]
    return [*(each.block for each in shown), *layout.tables[:1]]


def _passages(findings: Iterable[Finding]) -> list[ButtonElement]:
    """Buttons that open the citations' passages, one for each."""
    citations = {each.n: each for finding in findings for each in finding.citations}
    return [
        button(
            f"{PASSAGE}:{n}",
            messages.in_context(n),
            passage_value(citation),
            messages.in_context_label(n),
        )
        for n, citation in sorted(citations.items())
    ]


def _foot(answer: Answer, layout: _Layout, links: Links, *, private: bool) -> Iterator[Block]:
    """What stands under an answer: buttons, how many plans were read, what people think of it."""
    buttons = _passages(layout.findings[: layout.first])
    if any(not verdict.verdict.is_named for verdict in answer.verdicts):
        buttons.append(button(REST, messages.THE_REST, answer.id, messages.THE_REST_LABEL))
    if private:
        buttons.append(button(SHARE, messages.SHARE, answer.id, messages.SHARE, style="primary"))
    if buttons:
        yield ActionsBlock(elements=buttons)
    page, read = links.answer(answer.id), f"{plans_read(answer.scope)}."
    said = [] if plans_read(answer.scope) in answer.text else [escape(read)]
    told = [*said, *([link(page, messages.OPEN_ON_WEB)] if page else [])]
    if told:
        yield context(*told)
    yield _feedback(answer.id)


def _feedback(answer_id: str) -> ContextActionsBlock:
    return ContextActionsBlock(
        elements=[
            FeedbackButtonsElement(
                action_id=FEEDBACK,
                positive_button=FeedbackButtonObject(
                    text=PlainTextObject(text=messages.HELPFUL),
                    value=f"yes:{answer_id}",
                    accessibility_label=messages.HELPFUL_LABEL,
                ),
                negative_button=FeedbackButtonObject(
                    text=PlainTextObject(text=messages.NOT_HELPFUL),
                    value=f"no:{answer_id}",
                    accessibility_label=messages.NOT_HELPFUL_LABEL,
                ),
            )
        ]
    )


# What has no room in it


def _thread(answer: Answer, layout: _Layout) -> list[Message]:
    """What is left of the wording, then of the board, then of the board's quotations."""
    left = layout.findings[layout.first :]
    bodies: list[list[Block]] = list(_runs(each for each in left if not each.is_proof))
    bodies += [[table] for table in layout.tables[1:]]
    bodies += _runs(each for each in left if each.is_proof)
    parts = len(bodies) + 1
    question = clipped(answer.question, limits.PLACE)
    return [
        Message(escape(messages.continued(question, part, parts)), tuple(body))
        for part, body in enumerate(bodies, 2)
    ]


def _runs(findings: Iterable[Finding]) -> Iterator[list[Block]]:
    """Findings in runs that each fit a message, with the buttons to their passages."""
    run: list[Finding] = []
    for finding in findings:
        if run and not _fits([*run, finding], limits.THREAD_TEXT, limits.ACTIONS):
            yield _run(run)
            run = []
        run.append(finding)
    if run:
        yield _run(run)


def _run(findings: Sequence[Finding]) -> list[Block]:
    buttons = _passages(findings)
    opening: list[Block] = [finding.block for finding in findings]
    return [*opening, ActionsBlock(elements=buttons)] if buttons else opening


def _fits(findings: Sequence[Finding], most: int, quoting: int) -> bool:
    return (
        sum(finding.characters for finding in findings) <= most
        and sum(bool(finding.citations) for finding in findings) <= quoting
        and len(findings) <= limits.FINDING_BLOCKS
    )


def _sheet(answer: Answer, links: Links) -> Sheet:
    title = messages.sheet_title(clipped(answer.question, limits.PLACE))
    return Sheet(f"saferplans-{answer.id}.csv", title, board.sheet(answer, links))


def _notice(answer: Answer, layout: _Layout, elsewhere: Sequence[str]) -> str:
    """What the first message leaves out, and where it is."""
    shown = []
    quoted = sum(len(finding.citations) for finding in layout.findings[: layout.first])
    total = sum(len(finding.citations) for finding in layout.findings)
    if quoted < total:
        shown.append(messages.quotations_shown(quoted, total))
    elif layout.first < len(layout.findings):
        shown.append(messages.text_shown())
    if len(layout.tables) > 1:
        here = len(layout.tables[0].rows) - 1
        shown.append(messages.rows_shown(here, len(answer.verdicts)))
    return messages.overflow(shown, elsewhere)


def _elsewhere(rest: int, links: Links, *, sheet: bool, private: bool) -> list[str]:
    """Where what is left out can be had."""
    found = []
    if private:
        found.append(messages.SHARE_FOR_REST)
    elif rest:
        complete = rest <= limits.THREAD_MESSAGES
        found.append(messages.THREAD_HAS_REST if complete else messages.THREAD_HAS_MORE)
    found += [messages.FILE_HAS_ALL] if sheet else []
    found += [messages.WEB_HAS_ALL] if links.public_url else []
    return found


def shared(reply: Reply, user: str, question: str) -> Reply:
    """A reply under a line that says who asked what."""
    asker = RichTextElementParts.User(user_id=user)
    opening = rich(section([asker, words(messages.asked(question))]))
    text = f"<@{escape(user)}>{escape(messages.asked(question))}\n{reply.message.text}"
    message = Message(text, (opening, *reply.message.blocks))
    return replace(reply, message=message)
