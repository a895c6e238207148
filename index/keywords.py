"""The keyword index: tantivy over the stems of `corpus.words`.

Passages are analysed here, once, as the judge and the highlights analyse them, and tantivy is given
the stems: what it finds is what the judge finds. Headings and text are separate fields, so that a
word in a short heading weighs more under BM25's length norm.
"""

from __future__ import annotations

import errno
import hashlib
import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import tantivy
from tantivy import Occur, Query

from corpus.models import Passage
from corpus.words import stems

_FIELDS = ("heading", "text")

_WRITER_BYTES = 128_000_000
"""Memory of the one writing thread; what doesn't fit makes a further segment."""

_LONGEST_TOKEN = 200
"""Characters; tantivy would drop a term of more than 65,530 bytes in silence."""

LOCK_SUFFIX = ".lock"
"""Files by which tantivy keeps processes apart; no part of the index."""


class Entry(NamedTuple):
    """One passage for the index: its row and the number of its plan (`store.OUTSIDE` for none)."""

    row: int
    plan: int
    passage: Passage


class Ranked(NamedTuple):
    """Rows by BM25 score, best first, equal ones by row; `total` counts all that match."""

    total: int
    rows: list[int]
    scores: list[float]


def write(folder: Path, entries: Iterable[Entry]) -> None:
    """Writes a new index into `folder`, which is made.

    Raises:
        OSError: the disk is full, or can't be written.
    """
    folder.mkdir()
    try:
        # One thread: documents keep their order, and equal scores theirs.
        writer = tantivy.Index(_schema(), path=str(folder)).writer(_WRITER_BYTES, num_threads=1)
        for entry in entries:
            writer.add_document(_document(entry))
        writer.commit()
        writer.wait_merging_threads()
    except ValueError as error:
        # All that tantivy says of a failed write.
        raise OSError(errno.EIO, f"the keyword index failed: {error}", str(folder)) from error


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in _FIELDS:
        # Stems hold no white space; positions would serve phrases, which nothing asks for.
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    # Signed: a document made from keywords panics the writer on an unsigned fast field.
    builder.add_integer_field("plan", indexed=True)
    builder.add_integer_field("row", fast=True)
    return builder.build()


def _document(entry: Entry) -> tantivy.Document:
    made = tantivy.Document()
    made.add_text("heading", _tokens(stems(" ".join(entry.passage.path))))
    made.add_text("text", _tokens(stems(entry.passage.text)))
    made.add_integer("plan", entry.plan)
    made.add_integer("row", entry.row)
    return made


def _tokens(words: Iterable[str]) -> str:
    return " ".join(map(_token, words))


def _token(stem: str) -> str:
    """A stem as the index holds it: itself, or its digest where tantivy would split or drop it.

    Folding can put white space inside a word (some Arabic ligatures), and binary rubbish taken for
    text can run on for thousands of letters.
    """
    if stem and len(stem) <= _LONGEST_TOKEN and stem.split() == [stem]:
        return stem
    return hashlib.sha256(stem.encode()).hexdigest()


class Keywords:
    """A keyword index open for reading. Safe to share between threads.

    Raises:
        ValueError: the folder holds no such index.
    """

    def __init__(self, folder: Path) -> None:
        index = _open(folder)
        self._searcher = index.searcher()
        self._schema = index.schema

    def __len__(self) -> int:
        return self._searcher.num_docs

    def containing(
        self,
        alternatives: Sequence[Sequence[Collection[str]]],
        plans: Collection[int] | None = None,
    ) -> list[int]:
        """Every row that meets all clauses of at least one alternative, ascending.

        A clause is met by any of its stems, in headings or text. `plans` keeps the rows of plans of
        these numbers. Complete: nothing is cut.
        """
        met = [_all_of([self._any_of(clause) for clause in clauses]) for clauses in alternatives]
        query = _all_of([_one_of(met), *self._only(plans)])
        found = self._searcher.search(
            query,
            limit=max(1, len(self)),
            count=False,
            order_by_field="row",
            order=tantivy.Order.Asc,
        )
        return [row for row, _ in found.hits]

    def ranked(self, words: Collection[str], plans: Collection[int] | None, limit: int) -> Ranked:
        """The best `limit` rows that hold any of the stems, in headings or text.

        Scored by BM25 (k1 1.2, b 0.75); a word's rarity is that in the whole index, whatever the
        scope.
        """
        query = _all_of([self._any_of(words), *self._only(plans)])
        asked = limit + 1
        found = self._searcher.search(query, limit=asked)
        # tantivy breaks ties in its own order: ask until a tie at the cut is in whole.
        while (
            0 < limit < len(found.hits) == asked and found.hits[-1][0] == found.hits[limit - 1][0]
        ):
            asked *= 2
            found = self._searcher.search(query, limit=asked)
        scores = [score for score, _ in found.hits]
        rows = self._rows([address for _, address in found.hits])
        ordered = sorted(zip(scores, rows, strict=True), key=lambda hit: (-hit[0], hit[1]))[:limit]
        total: int = found.count  # type: ignore[attr-defined] # the stubs lack it
        return Ranked(total, [row for _, row in ordered], [score for score, _ in ordered])

    def _rows(self, addresses: list[tantivy.DocAddress]) -> list[int]:
        values = self._searcher.fast_field_values("row", addresses)
        return [value for value in values if isinstance(value, int)]

    def _any_of(self, words: Collection[str]) -> Query:
        # Sorted: sums of floats depend on their order, and a set's order on the process.
        return _one_of(
            [
                Query.term_query(self._schema, name, _token(word), "freq")
                for word in sorted(set(words))
                for name in _FIELDS
            ]
        )

    def _only(self, plans: Collection[int] | None) -> list[Query]:
        if plans is None:
            return []
        among = Query.term_set_query(self._schema, "plan", sorted(plans))
        return [Query.const_score_query(among, 0.0)]


def _all_of(queries: Sequence[Query]) -> Query:
    """What all of them match; of no queries, everything."""
    if not queries:
        return Query.all_query()
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _one_of(queries: Sequence[Query]) -> Query:
    """What any of them matches; of no queries, nothing."""
    if not queries:
        return Query.empty_query()
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _open(folder: Path) -> tantivy.Index:
    """Opens an index, where its folder can't be written by a stand-in made of links.

    Opening makes a lock file beside the index. Once open its files stay mapped, so the stand-in can
    go at once.
    """
    try:
        return _index(folder)
    except ValueError as error:
        if "Lockfile" not in str(error):
            raise
    # tantivy's watcher, before it is stopped, may write its lock while the folder is removed.
    with tempfile.TemporaryDirectory(
        prefix="saferplans-keywords-", ignore_cleanup_errors=True
    ) as stand_in:
        for path in folder.absolute().iterdir():
            if path.suffix != LOCK_SUFFIX:
                Path(stand_in, path.name).symlink_to(path)
        return _index(Path(stand_in))


def _index(folder: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(folder))
    # A generation never changes: without this a thread looks at the folder twice a second.
    index.config_reader("manual")
    return index
