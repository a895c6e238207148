"""Foreign text can't become a mention, a channel call or a link; what people wrote comes out."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bots.slack.events import is_courtesy
from bots.slack.markup import clipped, escape, link, mentions, plain, unescape
from bots.slack.replies import fallback
from bots.slack.replies import plain as plain_reply
from service.schemas import Answer
from tests.fake_slack import rules
from tests.unit.bots.answers import HOSTILE, answers, words

foreign = st.lists(st.one_of(words, st.sampled_from(HOSTILE), st.text())).map(" ".join)


@given(foreign)
def test_nothing_live_is_left_in_an_escaped_text(text: str) -> None:
    assert "<" not in escape(text)
    assert ">" not in escape(text)
    assert rules.live_mentions(escape(text)) == []


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_an_escaped_text_reads_as_it_was(text: str) -> None:
    assert unescape(escape(text)) == text


@given(foreign, st.from_regex(r"https://plans\.example/[a-z0-9?=&#|<>]*", fullmatch=True))
def test_a_link_is_one_link_whatever_its_label(label: str, url: str) -> None:
    made = link(url, label)
    assert re.fullmatch(r"<https://plans\.example/[^<>|]*\|[^<>|]*>", made)


@given(answers(most=20))
def test_no_fallback_text_holds_a_mention(answer: Answer) -> None:
    assert rules.live_mentions(fallback(answer)) == []


@given(foreign)
def test_no_sentence_holds_a_mention(text: str) -> None:
    assert rules.live_mentions(plain_reply(text).message.text) == []


def test_what_a_person_wrote_is_read_out_of_slacks_markup() -> None:
    assert plain("<@U0BOT> What about R&amp;D &lt;3?") == "What about R&D <3?"
    assert plain("see <https://a.example/x|the plan> in <#C1|intel> <!here>") == (
        "see the plan in #intel"
    )
    assert plain("<https://a.example> <mailto:a@b.example|a@b.example>") == (
        "https://a.example a@b.example"
    )
    assert mentions("<@U1> and <@U2|bob>") == {"U1", "U2"}


@given(st.text(), st.integers(1, 50))
def test_a_clipped_text_keeps_to_its_length_and_shows_that_it_was_cut(text: str, most: int) -> None:
    cut = clipped(text, most)
    assert len(cut) <= most
    assert cut == text or cut.endswith("…")


def test_courtesies_are_known_from_questions() -> None:
    assert all(
        map(is_courtesy, ["Thanks!", "ok great, thank you", "👍", "Perfect, that is helpful."])
    )
    assert not any(map(is_courtesy, ["thanks, and burglary?", "and Stockton", "robbery"]))
