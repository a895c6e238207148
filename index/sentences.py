"""Which sentences hold which stems: a second tantivy index, of sentences, beside that of passages.

A board asks which sentences of every plan can say a topic. By passages it would have to read ten
times as many, since the words of a topic stand in most that are about it, and seldom together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Query

from corpus.retrieval import Alternatives
from corpus.saying import said_in
from corpus.words import stems
from index.keywords import (
    Entry,
    Filter,
    all_of,
    one_of,
    only,
    open_index,
    rows_in_order,
    write_index,
)
from index.tokens import token

_HERE, _ABOVE = "text", "heading"


def write(folder: Path, entries: Iterable[Entry]) -> None:
    """Writes a new index into `folder`, which is made; sentences are numbered in their order.

    Raises:
        OSError: the disk is full, or can't be written.
    """
    write_index(folder, _schema(), _numbered(entries), "the index of sentences")


def _numbered(entries: Iterable[Entry]) -> Iterator[tantivy.Document]:
    documents = chain.from_iterable(map(_documents, entries))
    for number, made in enumerate(documents):
        made.add_integer("row", number)
        yield made


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in (_HERE, _ABOVE):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    builder.add_integer_field("plan", indexed=True, fast=True)
    builder.add_integer_field("document", indexed=True, fast=True)
    builder.add_integer_field("row", fast=True)
    return builder.build()


def _documents(entry: Entry) -> Iterator[tantivy.Document]:
    above = _tokens(dict.fromkeys(stems(" ".join(entry.passage.path))))
    for sentence in entry.passage.sentences:
        made = tantivy.Document()
        made.add_text(_HERE, _tokens(sorted(said_in(entry.passage, sentence))))
        made.add_text(_ABOVE, above)
        made.add_integer("plan", entry.plan)
        made.add_integer("document", entry.document)
        yield made


def _tokens(said: Iterable[str]) -> str:
    return " ".join(map(token, said))


class Sentences:
    """An index of sentences open for reading. Safe to share between threads.

    Raises:
        ValueError: the folder holds no such index.
    """

    def __init__(self, folder: Path) -> None:
        index = open_index(folder)
        self._searcher = index.searcher()
        self._schema = index.schema

    def __len__(self) -> int:
        return self._searcher.num_docs

    def find(self, alone: Alternatives, leaning: Alternatives, within: Filter) -> NDArray[np.int64]:
        """The number of every sentence that meets all clauses of at least one alternative.

        Those of `alone` have to be met in the sentence, those of `leaning` there or in the headings
        above. Ascending; nothing is cut.
        """
        met = [
            *(self._met(clauses, (_HERE,)) for clauses in alone),
            *(self._met(clauses, (_HERE, _ABOVE)) for clauses in leaning),
        ]
        query = all_of([one_of(met), *only(self._schema, within)])
        return np.array(rows_in_order(self._searcher, query), dtype=np.int64)

    def _met(self, clauses: Iterable[Collection[str]], fields: Sequence[str]) -> Query:
        return all_of([self._any_stem(clause, fields) for clause in clauses])

    def _any_stem(self, wanted: Collection[str], fields: Sequence[str]) -> Query:
        terms = [(field, token(stem)) for stem in wanted for field in fields]
        return one_of([Query.term_query(self._schema, *term, "basic") for term in terms])
