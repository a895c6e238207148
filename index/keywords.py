"""The keyword index: tantivy over the words and stems of `corpus.words`.

Passages are analysed here, once, as the judge and the highlights analyse them, and tantivy is given
the stems and the folded words: what it finds is what the judge finds. Headings and text are
separate fields, so that a word in a short heading weighs more under BM25's length norm.
"""

from __future__ import annotations

import errno
import re
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur, Query

from corpus.models import Passage
from corpus.query import Expression, Form, Term
from corpus.saying import meaning_stem
from corpus.words import folded_words, stems
from index.tokens import token

_STEMS = ("heading", "text")
_MEANT = "meant"
"""What stretches of a passage mean: found by `corpus.saying.meaning_stem`, and never ranked."""
_WORDS = ("heading_words", "text_words")

WRITER_BYTES = 128_000_000
"""Memory of the one writing thread; what doesn't fit makes a further segment."""

_GROWTH = 8
"""How many times more hits are asked for where a tie straddles the cut."""

LOCK_SUFFIX = ".lock"
"""Files by which tantivy keeps processes apart; no part of the index."""


class Entry(NamedTuple):
    """One passage for the index: its row, and the numbers of its plan and document.

    The plan is `store.OUTSIDE` where it belongs to none.
    """

    row: int
    plan: int
    document: int
    passage: Passage


class Filter(NamedTuple):
    """Keeps the passages of the plans and of the documents of these numbers; None keeps all."""

    plans: Collection[int] | None = None
    documents: Collection[int] | None = None


EVERYTHING = Filter()


class Ranked(NamedTuple):
    """Rows by BM25 score, best first, equal ones by row."""

    rows: list[int]
    scores: list[float]


class Tally(NamedTuple):
    """How many rows match: in all, by the number of their plan, and of their document."""

    total: int
    plans: dict[int, int]
    documents: dict[int, int]


def write(folder: Path, entries: Iterable[Entry]) -> None:
    """Writes a new index into `folder`, which is made.

    Raises:
        OSError: the disk is full, or can't be written.
    """
    write_index(folder, _schema(), map(_document, entries), "the keyword index")


def write_index(
    folder: Path, schema: tantivy.Schema, documents: Iterable[tantivy.Document], name: str
) -> None:
    """Writes a new index of these documents, in their order, into `folder`, which is made.

    Raises:
        OSError: the disk is full, or can't be written; `name` says which index it is.
    """
    folder.mkdir()
    try:
        # One thread: documents keep their order, and equal scores theirs.
        writer = tantivy.Index(schema, path=str(folder)).writer(WRITER_BYTES, num_threads=1)
        for each in documents:
            writer.add_document(each)
        writer.commit()
        writer.wait_merging_threads()
    except ValueError as error:
        # All that tantivy says of a failed write.
        raise OSError(errno.EIO, f"{name} failed: {error}", str(folder)) from error


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in (*_STEMS, *_WORDS):
        # Neither words nor stems hold white space.
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(_MEANT, tokenizer_name="whitespace", index_option="basic")
    # Signed: a document made from keywords panics the writer on an unsigned fast field.
    builder.add_integer_field("plan", indexed=True, fast=True)
    builder.add_integer_field("document", indexed=True, fast=True)
    builder.add_integer_field("row", fast=True)
    return builder.build()


def _document(entry: Entry) -> tantivy.Document:
    made = tantivy.Document()
    # Each heading is a value of its own: no phrase runs from one into the next.
    for heading in entry.passage.path:
        _add(made, "heading", heading)
    _add(made, "text", entry.passage.text)
    meant = [meaning_stem(meaning.term) for meaning in entry.passage.meanings]
    made.add_text(_MEANT, " ".join(map(token, meant)))
    made.add_integer("plan", entry.plan)
    made.add_integer("document", entry.document)
    made.add_integer("row", entry.row)
    return made


def _add(made: tantivy.Document, field: str, text: str) -> None:
    made.add_text(field, " ".join(map(token, stems(text))))
    made.add_text(f"{field}_words", " ".join(map(token, folded_words(text))))


class Keywords:
    """A keyword index open for reading. Safe to share between threads.

    Raises:
        ValueError: the folder holds no such index.
    """

    def __init__(self, folder: Path) -> None:
        index = open_index(folder)
        self._searcher = index.searcher()
        self._schema = index.schema

    def __len__(self) -> int:
        return self._searcher.num_docs

    def containing(
        self,
        alternatives: Sequence[Sequence[Collection[str]]],
        within: Filter = EVERYTHING,
    ) -> list[int]:
        """Every row that meets all clauses of at least one alternative, ascending.

        A clause is met by any of its stems, in headings or text. Complete: nothing is cut.
        """
        met = [all_of([self._any_stem(clause) for clause in clauses]) for clauses in alternatives]
        return rows_in_order(self._searcher, all_of([one_of(met), *self._only(within)]))

    def matching(self, expression: Expression, within: Filter = EVERYTHING) -> list[int]:
        """Every row that matches, ascending; nothing is cut."""
        return rows_in_order(self._searcher, self._filtered(expression, within))

    def count(self, expression: Expression, within: Filter = EVERYTHING) -> int:
        """How many rows match."""
        found = self._searcher.search(self._filtered(expression, within), limit=1)
        total: int = found.count  # type: ignore[attr-defined] # the stubs lack it
        return total

    def has(self, expression: Expression, within: Filter = EVERYTHING) -> bool:
        """Whether any row matches; quicker than to count them where there are many."""
        return bool(self._searcher.search(self._filtered(expression, within), 1, count=False).hits)

    def tally(self, expression: Expression, within: Filter, numbers: int) -> Tally:
        """How many rows match, where no plan and no document has a number from `numbers` on."""
        # Counted where the matches are: a list of a million rows would take a second to hand over.
        wanted = {
            field: {"terms": {"field": field, "size": numbers + 1}}
            for field in ("plan", "document")
        }
        told = self._searcher.aggregate(self._filtered(expression, within), wanted)
        plans, documents = (
            {int(each["key"]): int(each["doc_count"]) for each in told[field]["buckets"]}
            for field in ("plan", "document")
        )
        return Tally(sum(documents.values()), plans, documents)

    def ranked(self, expression: Expression, within: Filter, limit: int) -> Ranked:
        """The best `limit` rows that match.

        Scored by BM25 (k1 1.2, b 0.75), a prefix by 1; a word's rarity is that in the whole index,
        whatever the filter.
        """
        query = self._filtered(expression, within)
        asked = limit + 1
        hits = self._searcher.search(query, limit=asked, count=False).hits
        # tantivy breaks ties by place, which is by row only within a segment: with several, ask
        # until a tie at the cut is in whole.
        several = self._searcher.num_segments > 1
        while several and 0 < limit < len(hits) == asked and hits[-1][0] == hits[limit - 1][0]:
            asked *= _GROWTH
            hits = self._searcher.search(query, limit=asked, count=False).hits
        rows = self._rows([address for _, address in hits])
        scores = np.array([score for score, _ in hits], dtype=np.float64)
        order = np.lexsort((rows, -scores))[:limit]
        return Ranked(rows[order].tolist(), scores[order].tolist())

    def spellings(self, initial: str) -> Mapping[str, int]:
        """The folded words of all texts that begin with `initial`, and how many passages have each.

        Headings aside: their words stand in few passages, and mostly in texts too.
        """
        return dict(self._searcher.terms_with_prefix("text_words", initial))

    def _rows(self, addresses: list[tantivy.DocAddress]) -> NDArray[np.int64]:
        return np.array(self._searcher.fast_field_values("row", addresses), dtype=np.int64)

    def _any_stem(self, wanted: Collection[str]) -> Query:
        # Sorted: sums of floats depend on their order, and a set's order on the process.
        fields = (*_STEMS, _MEANT)
        return one_of([self._side_by_side(fields, [stem]) for stem in sorted(set(wanted))])

    def _side_by_side(self, fields: Sequence[str], tokens: Sequence[str]) -> Query:
        """What has these words in this order in any of the fields."""
        first, *others = map(token, tokens)
        if not others:
            return one_of([Query.term_query(self._schema, name, first, "freq") for name in fields])
        return one_of([Query.phrase_query(self._schema, name, [first, *others]) for name in fields])

    def _term(self, term: Term) -> Query:
        if term.form is Form.ANY:
            found = self._side_by_side(_STEMS, term.stems)
        elif term.form is Form.TYPED:
            found = self._side_by_side(_WORDS, term.folded)
        else:
            pattern = re.escape(term.folded[0]) + ".*"
            found = one_of([Query.regex_query(self._schema, name, pattern) for name in _WORDS])
        return found if term.weight == 1 else Query.boost_query(found, term.weight)

    def _query(self, expression: Expression) -> Query:
        if isinstance(expression, Term):
            return self._term(expression)
        required = [(Occur.Must, self._query(part)) for part in expression.required]
        optional = [(Occur.Should, self._query(part)) for part in expression.optional]
        excluded = [(Occur.MustNot, self._query(part)) for part in expression.excluded]
        if excluded and not required and not optional:
            # What is only excluded is taken from everything.
            required = [(Occur.Must, Query.const_score_query(Query.all_query(), 0.0))]
        clauses = [*required, *optional, *excluded]
        return Query.boolean_query(clauses) if clauses else Query.empty_query()

    def _filtered(self, expression: Expression, within: Filter) -> Query:
        return all_of([self._query(expression), *self._only(within)])

    def _only(self, within: Filter) -> list[Query]:
        return only(self._schema, within)


def only(schema: tantivy.Schema, within: Filter) -> list[Query]:
    """What keeps to the plans and documents of a filter; it adds to no score."""
    chosen = [("plan", within.plans), ("document", within.documents)]
    return [
        Query.const_score_query(Query.term_set_query(schema, field, sorted(numbers)), 0.0)
        for field, numbers in chosen
        if numbers is not None
    ]


def rows_in_order(searcher: tantivy.Searcher, query: Query) -> list[int]:
    """The field `row` of everything that matches, ascending; nothing is cut."""
    found = searcher.search(
        query,
        limit=max(1, searcher.num_docs),
        count=False,
        order_by_field="row",
        order=tantivy.Order.Asc,
    )
    return [row for row, _ in found.hits]


def all_of(queries: Sequence[Query]) -> Query:
    """What all of them match; of no queries, everything."""
    if not queries:
        return Query.all_query()
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def one_of(queries: Sequence[Query]) -> Query:
    """What any of them matches; of no queries, nothing."""
    if not queries:
        return Query.empty_query()
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def open_index(folder: Path) -> tantivy.Index:
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
