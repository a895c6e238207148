"""Text made to harm: it is read in time that grows with its length, and nothing else suffers."""

from __future__ import annotations

import time

import pytest

from corpus.models import ParsedDocument
from tests.unit.ingest.documents import document

SIZE = 48_000
GROWTH = 8
"""So many times the text may take so many times as long, twice that for noise; not its square."""

HOSTILE = {
    "one line": "word ",
    "one word": "x",
    "dots": "a...!?",
    "dots apart": "a ... !? ",
    "initials": "A. B. C. ",
    "dashes": "A – ",
    "spaces": "     a",
    "quotation marks": "\"'a",
    "bidirectional controls": "\u202e\u2066abc\u2069 ",
    "nested items": "{indent}- item\n",
    "items": "- item of a list\n\n",
    "headings": "# Heading of it\n\n",
    "short lines": "Heading\n\n",
    "how": "How ",
    "titles": "Stockton Safety Plan 2011\n\nVision\n\nSafe.\n\n",
    "unknown titles": "Zemb{n} Safety Plan 2011\n\nVision\n\nSafe.\n\n",
    "priorities": "Priority 1: Burglary\n\nWhy\n\nIt is feared.\n\n",
    "run-in headings": "Burglary: it is feared by many.\n\n",
    "names": "Safer Zembley And The Upon ",
    "torn": "This paragraph never ends and goes on to the next one here\n\n",
    "rules": "a\n---\n\n",
    "rows": "| a | b |\n",
    "pages": "a\f",
}


def made_of(pattern: str, size: int) -> str:
    """About `size` characters: the pattern repeated, with its indent and number growing."""
    if "{" not in pattern:
        return "Our priorities\n\n" + pattern * (size // len(pattern))
    times = range(size // len(pattern))
    return "".join(pattern.format(indent=" " * min(n, 500), n=n) for n in times)[:size]


def seconds(text: str) -> float:
    start = time.process_time()
    document(text)
    return time.process_time() - start


@pytest.mark.soak  # a timing, even of the processor's, is no matter for the inner loop
@pytest.mark.parametrize("pattern", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_length_and_no_faster(pattern: str) -> None:
    small = max(seconds(made_of(pattern, SIZE // GROWTH)), 0.02)
    assert seconds(made_of(pattern, SIZE)) < 2 * GROWTH * small


def quoted(made: ParsedDocument) -> str:
    return "".join(passage.text for passage in made.passages)


def test_a_line_of_ten_megabytes_is_read_whole() -> None:
    text = "Burglary " * 1_200_000
    made = document(text)
    assert len("".join(quoted(made).split())) == len("".join(text.split()))


def test_bidirectional_controls_stay_in_the_text_and_out_of_headings() -> None:
    text = "# Hartlepool \u202ePlan\u202c 2011\n\n## Vis\u2066ion\u2069\n\nA safe\u200f town.\n"
    made = document(text, "plan.md")
    assert made.text == text
    assert made.sections[-1].path == ("Hartlepool Plan 2011", "Vision")
    assert "safe\u200f town" in made.passages[-1].text


def test_a_heading_of_any_length_is_cut_in_paths_only() -> None:
    made = document("# Hartlepool Plan\n\n## " + "burglary " * 10_000 + "\n\nText.\n", "plan.md")
    assert max(len(heading) for passage in made.passages for heading in passage.path) <= 200
    assert all(len(passage.text) < 2_000 for passage in made.passages)


def test_items_a_thousand_deep_are_one_list() -> None:
    text = "Our priorities\n\n" + "".join(f"{' ' * n}- item {n}\n" for n in range(1_000))
    assert [section.path[-1] for section in document(text).sections] == [
        "Our priorities",
        "item 0",
    ]


def test_code_points_beyond_the_first_plane_count_as_one() -> None:
    text = "😀 Hartlepool Plan\n\n𝒱ision 😀 text. Ends 😀.\n"
    for passage in document(text).passages:
        assert passage.text == text[passage.start : passage.end]
