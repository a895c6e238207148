"""What holds of every document, whatever is in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from corpus.models import ParsedDocument, Passage, Role
from ingest.readers import read
from ingest.readers.furniture import with_furniture_marked
from ingest.readers.lines import iter_lines
from ingest.sentences import MAX_SENTENCE_CHARS
from tests.unit.ingest.documents import document, texts

anything = st.one_of(
    texts,
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).map(
        "Word. {}".format
    ),
)
_WORD = re.compile(r"[^\W_]")


@given(anything)
@example("A\n---\n***\n\n# \n\n# B #\n- \n- x\n")
def test_blocks_hold_every_character_that_is_no_white_space(text: str) -> None:
    file = read("plan.txt", text.encode())
    assert file.text == text.removeprefix("\ufeff")
    assert _left_over(file.text, [(b.span.start, b.span.end) for b in file.blocks]) == ""
    for block in file.blocks:
        assert block.span.start <= block.words.start < block.words.end <= block.span.end
        assert _is_trimmed(block.words.of(file.text))


@given(anything)
def test_passages_tile_the_document_and_lie_in_their_sections(text: str) -> None:
    made = document(text)
    sections = {section.id: section for section in made.sections}
    spans = [(passage.start, passage.end) for passage in made.passages]
    assert _left_over(made.text, spans) == ""
    for passage in made.passages:
        section = sections[passage.section_id]
        assert section.span.start <= passage.start < passage.end <= section.span.end
        assert (passage.path, passage.role) == (section.path, section.role)
        assert passage.text == made.text[passage.start : passage.end]
        assert _is_trimmed(passage.text)


@given(anything)
def test_sentences_hold_every_word_of_their_passage_and_can_be_quoted(text: str) -> None:
    made = document(text)
    for passage in made.passages:
        spans = [(sentence.start, sentence.end) for sentence in passage.sentences]
        spans = sorted([*spans, *_furniture(made.text, passage, spans)])
        assert not _WORD.search(_left_over(made.text[: passage.end], spans, passage.start))
        for sentence in passage.sentences:
            assert 0 < sentence.end - sentence.start <= MAX_SENTENCE_CHARS
            assert _is_trimmed(passage.quote(sentence))


@given(anything)
def test_sections_are_in_order_apart_and_under_their_parents(text: str) -> None:
    made = document(text)
    for before, after in pairwise(made.sections):
        assert before.span.end <= after.span.start
    sections = {section.id: section for section in made.sections}
    assert len(sections) == len(made.sections)
    for section in made.sections:
        if section.parent_id:
            parent = sections[section.parent_id]
            assert section.path[: len(parent.path)] == parent.path
            assert parent.span.end <= section.span.start
        if section.heading:
            assert section.span.start <= section.heading.start < section.heading.end
            assert section.heading.end <= section.span.end


@given(anything)
def test_plans_are_apart_and_hold_their_sections(text: str) -> None:
    made = document(text)
    for before, after in pairwise(made.plans):
        assert before.span.end <= after.span.start
    plans = {plan.id: plan for plan in made.plans}
    for section in made.sections:
        if section.plan_id:
            plan = plans[section.plan_id]
            assert plan.span.start <= section.span.start <= section.span.end <= plan.span.end
        else:
            assert section.role is Role.OTHER


@given(anything)
def test_the_same_bytes_give_the_same_document(text: str) -> None:
    assert document(text) == document(text)
    assert _ids_are_unique(document(text))


def _ids_are_unique(made: ParsedDocument) -> bool:
    ids = [passage.id for passage in made.passages] + [section.id for section in made.sections]
    return len(set(ids)) == len(ids)


def _furniture(
    text: str, passage: Passage, spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Where running heads stand in a passage outside its sentences."""
    return [
        (line.start, line.end)
        for line in with_furniture_marked(list(iter_lines(text)))
        if line.furniture and passage.start <= line.start < passage.end
        if not any(start <= line.start < end for start, end in spans)
    ]


def _left_over(text: str, spans: list[tuple[int, int]], start: int = 0) -> str:
    """What lies outside the spans, without white space; the spans must be in order and apart."""
    gaps, at = [], start
    for begin, end in spans:
        assert at <= begin <= end
        gaps.append(text[at:begin])
        at = end
    return "".join("".join([*gaps, text[at:]]).split())


def _is_trimmed(words: str) -> bool:
    return words == words.strip() != ""
