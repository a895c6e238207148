"""Any answer is valid Block Kit, shows every word, and drops nothing without saying so."""

from __future__ import annotations

import csv
import io
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bots.slack import limits, messages, views
from bots.slack.board import sheet
from bots.slack.parts import Links
from bots.slack.replies import Message, Reply, answer_reply, shared
from service.labels import verdict_words
from service.schemas import Answer
from tests.fake_slack import rules
from tests.unit.bots.answers import answers

LINKS = Links("https://plans.example.org")
LONGEST = Links(f"https://{'p' * 180}.example.org")

few = settings(
    # A board of 400 areas is built thousands of times otherwise.
    max_examples=min(settings.default.max_examples, 30),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    deadline=None,
)


def _valid(message: Message) -> None:
    blocks = [block.to_dict() for block in message.blocks]  # the SDK's own validators
    assert rules.problems(blocks, rules.MESSAGE) == []
    for block in blocks:
        if block["type"] != "data_table":  # not modelled by the SDK
            parsed = Block.parse(block)
            assert parsed is not None
            parsed.validate_json()
    assert 0 < len(message.text) <= limits.FALLBACK + 1_200
    assert rules.live_mentions(message.text) in ([], ["<@U0ANN>"])


def _messages(reply: Reply) -> list[Message]:
    return [reply.message, *reply.thread]


@few
@given(answer=answers(), links=st.sampled_from([LINKS, LONGEST, Links("")]), private=st.booleans())
def test_any_board_up_to_400_areas_is_valid(answer: Answer, links: Links, private: bool) -> None:
    reply = answer_reply(answer, links, private=private)
    assert len(reply.thread) <= limits.THREAD_MESSAGES
    for message in _messages(reply):
        _valid(message)
    _valid(shared(reply, "U0ANN", answer.question).message)


def _words(value: Any) -> str:
    """The words of rich text, joined as Slack shows them."""
    if isinstance(value, dict):
        own = value["text"] if isinstance(value.get("text"), str) else ""
        return own + "".join(_words(value[key]) for key in ("elements",) if key in value)
    return "".join(_words(each) for each in value) if isinstance(value, list) else ""


@few
@given(answer=answers(most=40))
def test_every_line_of_the_answer_is_shown_word_for_word(answer: Answer) -> None:
    reply = answer_reply(answer, LINKS)
    shown = "".join(
        _words(block.to_dict())
        for message in _messages(reply)
        for block in message.blocks
        if block.type == "rich_text"
    )
    if len(reply.thread) < limits.THREAD_MESSAGES:
        for line in answer.text.splitlines():
            assert line.strip() == "" or line in shown or _in_pieces(line, shown)


def _in_pieces(line: str, shown: str) -> bool:
    """Whether a line that was divided over blocks is there, source lines between its pieces."""
    return all(word in shown for word in line.split())


@few
@given(answer=answers())
def test_every_verdict_is_on_a_table_or_in_the_file_and_the_message_says_so(
    answer: Answer,
) -> None:
    reply = answer_reply(answer, LINKS)
    rows = sum(
        len(block.to_dict()["rows"]) - 1
        for message in _messages(reply)
        for block in message.blocks
        if block.type == "data_table"
    )
    assert rows == len(answer.verdicts) or reply.sheet is not None
    first = sum(
        len(block.to_dict()["rows"]) - 1
        for block in reply.message.blocks
        if block.type == "data_table"
    )
    told = "".join(
        str(block.to_dict()) for block in reply.message.blocks if block.type == "context"
    )
    if first < len(answer.verdicts):
        assert messages.rows_shown(first, len(answer.verdicts)) in told
        assert messages.FILE_HAS_ALL in told.lower() or "CSV file" in told


@few
@given(answer=answers())
def test_the_file_holds_every_verdict_and_no_formula(answer: Answer) -> None:
    text = sheet(answer, LINKS).decode("utf-8-sig")
    _, *lines = list(csv.reader(io.StringIO(text)))
    found = {(line[0].removeprefix("'"), line[1].removeprefix("'")) for line in lines}
    assert found == {(verdict.area, verdict.topic) for verdict in answer.verdicts} or not lines
    assert len(lines) >= len(answer.verdicts)
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))]
    said = {line[2].removeprefix("'") for line in lines}
    assert said == {verdict_words(v.verdict, v.basis).words for v in answer.verdicts}


@few
@given(answer=answers())
def test_the_window_of_the_other_plans_is_valid_on_every_page(answer: Answer) -> None:
    others = [verdict for verdict in answer.verdicts if not verdict.verdict.is_named]
    for first in range(0, max(len(others), 1), 20):
        view: View = views.rest(answer, first, LINKS)
        assert rules.view_problems(view.to_dict()) == []
