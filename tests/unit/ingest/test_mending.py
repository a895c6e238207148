"""Blocks that a page break tore apart become one; others stay apart."""

from __future__ import annotations

import pytest

from ingest.readers import read

STOPPED = "Every other paragraph of this section ends with a full stop.\n\n"
TORN = "The success of plans has been measured through a comprehensive National"


def words(text: str) -> list[str]:
    file = read("plan.txt", text.encode())
    return [" ".join(block.words.of(file.text).split()) for block in file.blocks]


@pytest.mark.parametrize("mark", ["", "- 3.3 ", "- "])
def test_a_paragraph_that_lacks_the_stop_its_siblings_have_goes_on(mark: str) -> None:
    siblings = f"{mark}{STOPPED}{mark}{STOPPED}"
    rest = "Indicator Set of 198 performance measures, now abandoned."
    assert words(f"{siblings}{mark}{TORN}\n\n{rest}\n")[-1].endswith(f"{TORN} {rest}")


def test_a_block_that_begins_small_goes_on_with_the_one_before() -> None:
    rest = "indicator set"
    assert words(f"{TORN}\n\n{rest}\n") == [f"{TORN} {rest}"]


@pytest.mark.parametrize(
    "apart",
    [
        f"{STOPPED}{TORN}.\n\nIndicators are many in each of the districts.\n",
        f"- Reduce crime in all parts of the Borough of Stockton\n\n{STOPPED}",
        f"Reducing crime\n\nspecifically burglary of dwellings.\n\n{STOPPED}",
        f"{STOPPED}{TORN}\n\n- 3.4 Government cuts have fallen on all of the partners.\n",
        f"{STOPPED}{TORN}\n\n- an item of a list\n",
        f"{STOPPED}{TORN} by:\n\nThis long paragraph ends with a stop of its own.\n",
        f"{STOPPED}Short label\n\nThis long paragraph ends with a stop of its own.\n",
    ],
)
def test_blocks_that_are_whole_stay_apart(apart: str) -> None:
    assert len(words(apart)) == len([part for part in apart.split("\n\n") if part.strip()])
