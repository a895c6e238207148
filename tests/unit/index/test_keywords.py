from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import ParsedDocument, Passage
from corpus.query import Expression, Term, any_word_of, find, lines_of
from corpus.words import stems
from index import keywords
from index.keywords import EVERYTHING, Entry, Filter, Keywords
from index.store import OUTSIDE, passages_in_order, plans_in_order
from tests.builders import document, plan
from tests.unit.index.strategies import WORDS, corpora, expressions, matches

METAL = Term(("metal",))
STEMS = sorted({stem for word in WORDS for stem in stems(word)} | {"absent"})

clauses = st.lists(st.frozensets(st.sampled_from(STEMS), max_size=3), min_size=1, max_size=3)


def entries(documents: Sequence[ParsedDocument]) -> list[Entry]:
    numbers = {plan.id: number for number, plan in enumerate(plans_in_order(documents))}
    places = {parsed.document.id: number for number, parsed in enumerate(documents)}
    return [
        Entry(
            row, numbers.get(passage.plan_id or "", OUTSIDE), places[passage.document_id], passage
        )
        for row, passage in enumerate(passages_in_order(documents))
    ]


@contextmanager
def indexed(made: Sequence[Entry]) -> Iterator[Keywords]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        keywords.write(Path(folder) / "keywords", made)
        yield Keywords(Path(folder) / "keywords")


def held(passage: Passage) -> set[str]:
    return {stem for part in (*passage.path, passage.text) for stem in stems(part)}


def meets(entry: Entry, wanted: Sequence[Collection[str]], plans: Collection[int] | None) -> bool:
    within = plans is None or entry.plan in plans
    return within and all(held(entry.passage) & set(clause) for clause in wanted)


@given(corpora(), clauses, st.none() | st.frozensets(st.integers(-1, 5)))
def test_containing_is_brute_force(
    documents: list[ParsedDocument],
    wanted: list[frozenset[str]],
    plans: frozenset[int] | None,
) -> None:
    all_entries = entries(documents)
    with indexed(all_entries) as index:
        expected = [entry.row for entry in all_entries if meets(entry, wanted, plans)]
        assert index.containing([wanted], Filter(plans)) == expected


@given(corpora(), expressions, st.none() | st.frozensets(st.integers(-1, 5)), st.integers(0, 12))
def test_ranked_finds_all_that_match_and_cuts_them_in_one_order(
    documents: list[ParsedDocument],
    expression: Expression,
    plans: frozenset[int] | None,
    limit: int,
) -> None:
    all_entries = entries(documents)
    with indexed(all_entries) as index:
        expected = [
            entry.row
            for entry in all_entries
            if (plans is None or entry.plan in plans) and matches(expression, entry.passage)
        ]
        found = index.ranked(expression, Filter(plans), limit)
        whole = index.ranked(expression, Filter(plans), 1_000)
        assert index.matching(expression, Filter(plans)) == expected
        assert index.count(expression, Filter(plans)) == len(expected)
        assert sorted(whole.rows) == expected
        assert whole.rows[:limit] == found.rows
        assert whole.scores[:limit] == found.scores
        pairs = list(zip(whole.scores, whole.rows, strict=True))
        assert pairs == sorted(pairs, key=lambda pair: (-pair[0], pair[1]))


@given(corpora(), expressions)
def test_what_is_found_in_a_passage_is_what_the_index_finds(
    documents: list[ParsedDocument], expression: Expression
) -> None:
    all_entries = entries(documents)
    with indexed(all_entries) as index:
        found = [e.row for e in all_entries if find(expression, lines_of(e.passage)) is not None]
        assert index.matching(expression) == found


def repeated(count: int) -> list[Entry]:
    words = {f"Heading{number}": "metal theft rose" for number in range(count)}
    return entries([document("a.txt", plan("Stockton", words))])


@pytest.mark.parametrize("limit", [1, 2, 7, 39, 40, 41])
def test_equal_scores_stand_in_reading_order_at_the_cut_too(limit: int) -> None:
    with indexed(repeated(40)) as index:
        found = index.ranked(METAL, EVERYTHING, limit)
        assert found.rows == list(range(min(limit, 40)))


def test_a_rare_word_outranks_a_common_one_and_a_heading_a_text() -> None:
    words = {
        "Burglary": "It fell in the year, and so did much else.",
        "Other": "Burglary fell in the year, and so did much else.",
        "Youth": "Theft fell in the year, and so did much else.",
        "Drugs": "Theft fell in the year, and so did much else.",
    }
    with indexed(entries([document("a.txt", plan("Stockton", words))])) as index:
        assert index.ranked(any_word_of("theft burglary"), EVERYTHING, 10).rows == [0, 1, 2, 3]


def test_no_passages_at_all() -> None:
    with indexed([]) as index:
        assert len(index) == 0
        assert index.containing([[{"theft"}]]) == []
        assert index.ranked(METAL, EVERYTHING, 10) == ([], [])


def test_words_that_the_engine_would_split_or_drop_are_found() -> None:
    ugly = ["ﷺ", "x" * 70_000, "two\u2003parts", "half½"]
    all_entries = entries([document("a.txt", plan("Stockton", {"H": " ".join(ugly)}))])
    with indexed(all_entries) as index:
        assert held(all_entries[0].passage)
        for stem in held(all_entries[0].passage):
            assert index.containing([[{stem}]]) == [0]


def test_more_than_one_segment_is_one_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keywords, "WRITER_BYTES", 15_000_000)
    filler = " ".join(f"word{number}" for number in range(1_000))
    words = {f"Heading{n}": f"metal theft rose. {filler} {n}" for n in range(800)}
    with indexed(entries([document("a.txt", plan("Stockton", words))])) as index:
        assert index._searcher.num_segments > 1
        assert index.containing([[{"metal"}]]) == list(range(800))
        assert index.ranked(METAL, EVERYTHING, 5).rows == [0, 1, 2, 3, 4]


def test_threads_share_one_index() -> None:
    with indexed(repeated(100)) as index, ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: index.containing([[{"metal"}]]), range(200)))
        assert found == [list(range(100))] * 200


def test_an_open_index_outlives_its_files(tmp_path: Path) -> None:
    keywords.write(tmp_path / "keywords", repeated(40))
    index = Keywords(tmp_path / "keywords")
    shutil.rmtree(tmp_path / "keywords")
    assert index.containing([[{"metal"}]]) == list(range(40))
    assert index.ranked(METAL, Filter([0]), 3).rows == [0, 1, 2]


def test_reading_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "keywords"
    keywords.write(folder, repeated(3))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert Keywords(folder).containing([[{"metal"}]]) == [0, 1, 2]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_an_index_that_can_not_be_locked_opens_by_a_stand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "keywords"
    keywords.write(folder, repeated(3))
    (folder / ".tantivy-meta.lock").unlink()
    (folder / ".tantivy-meta.lock").mkdir()  # what not even root can open
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    index = Keywords(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["keywords"]
    assert index.containing([[{"metal"}]]) == [0, 1, 2]
    assert index.ranked(METAL, EVERYTHING, 2).rows == [0, 1]


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"meta\.json"):
        Keywords(tmp_path)
