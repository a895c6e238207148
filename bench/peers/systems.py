"""What is measured: each takes texts with their vectors, and finds the places of the best ones.

Every import stands where it is used, so that one library that is missing leaves the others.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

TOP = 10
_CANDIDATES = 100
"""What each side of a hybrid brings where a library wants to be told."""
_RANKS = 2
"""Qdrant's own constant of reciprocal ranks."""


class System(Protocol):
    """A library with one index."""

    def index(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Holds these texts from now on; a system that embeds by itself leaves the vectors."""

    def search(self, query: str, vector: Vectors) -> list[int]:
        """The places of the best `TOP` texts, best first."""


def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="saferplans-peers-"))


class Saferplans:
    """The embedded engine: hybrid search, passages read."""

    def __init__(self, embed: Embed) -> None:
        self.folder, self._embed = _folder(), embed

    def index(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Publishes a generation, synced to disk."""
        from bench.peers.ours import published  # noqa: PLC0415

        self._engine = published(self.folder, texts, vectors)

    def search(self, query: str, vector: Vectors) -> list[int]:
        """The query read as the service reads one, then the engine's search."""
        from corpus.retrieval import Scope  # noqa: PLC0415
        from service.searching.grammar import parse  # noqa: PLC0415

        found = self._engine.search(parse(query, loose=True), vector, Scope(), TOP)
        return [int(hit.passage.id) for hit in found.hits]


class Faiss:
    """A flat index of inner products: the floor, by meaning only."""

    folder = None

    def __init__(self, _: Embed) -> None: ...

    def index(self, _: Sequence[str], vectors: Vectors) -> None:
        """Adds the vectors."""
        import faiss  # noqa: PLC0415

        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)

    def search(self, _: str, vector: Vectors) -> list[int]:
        """One scan."""
        return [int(n) for n in self._index.search(vector[None], TOP)[1][0]]


class Txtai:
    """txtai, dense and sparse, the vectors given."""

    folder = None

    def __init__(self, embed: Embed) -> None:
        self._vector: dict[str, Vectors] = {}
        self._embed = embed

    def index(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Its own index of vectors and its BM25."""
        from txtai import Embeddings  # noqa: PLC0415

        self._vector = dict(zip(texts, vectors, strict=True))
        self._index = Embeddings(
            method="external",
            # A plain function: it calls whatever else is callable once, to make one.
            transform=lambda asked: self._given(asked),  # noqa: PLW0108
            hybrid=True,
        )
        self._index.index((n, text, None) for n, text in enumerate(texts))

    def search(self, query: str, vector: Vectors) -> list[int]:
        """Hybrid at its own weights."""
        self._vector[query] = vector
        return [int(n) for n, _ in self._index.search(query, TOP)]

    def _given(self, texts: Sequence[str]) -> Vectors:
        return np.array([self._vector[text] for text in texts])


class TxtaiDefault:
    """txtai as it comes: dense, the same weights in sentence-transformers."""

    folder = None

    def __init__(self, _: Embed) -> None: ...

    def index(self, texts: Sequence[str], _: Vectors) -> None:
        """Embeds and indexes."""
        from txtai import Embeddings  # noqa: PLC0415

        self._index = Embeddings(path=str(model_folder()))
        self._index.index((n, text, None) for n, text in enumerate(texts))

    def search(self, query: str, _: Vectors) -> list[int]:
        """Embeds the query too."""
        return [int(n) for n, _ in self._index.search(query, TOP)]


class Haystack:
    """Haystack's in-memory store: BM25 and vectors, joined by reciprocal ranks."""

    folder = None

    def __init__(self, _: Embed) -> None: ...

    def index(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Writes the documents with their vectors."""
        from haystack import Document  # noqa: PLC0415
        from haystack.components.joiners import DocumentJoiner  # noqa: PLC0415
        from haystack.components.retrievers.in_memory import (  # noqa: PLC0415
            InMemoryBM25Retriever,
            InMemoryEmbeddingRetriever,
        )
        from haystack.document_stores.in_memory import InMemoryDocumentStore  # noqa: PLC0415

        store = InMemoryDocumentStore()
        store.write_documents(
            [
                Document(id=str(n), content=text, embedding=vector.tolist())
                for n, (text, vector) in enumerate(zip(texts, vectors, strict=True))
            ]
        )
        self._words = InMemoryBM25Retriever(store, top_k=_CANDIDATES)
        self._meaning = InMemoryEmbeddingRetriever(store, top_k=_CANDIDATES)
        self._joiner = DocumentJoiner("reciprocal_rank_fusion", top_k=TOP)

    def search(self, query: str, vector: Vectors) -> list[int]:
        """The three components one after the other, without the pipeline around them."""
        sides = [
            self._words.run(query=query)["documents"],
            self._meaning.run(query_embedding=vector.tolist())["documents"],
        ]
        return [int(found.id) for found in self._joiner.run(sides)["documents"]]


class LlamaIndex:
    """LlamaIndex's default store of vectors and its BM25 retriever, fused by reciprocal ranks."""

    folder = None

    def __init__(self, _: Embed) -> None: ...

    def index(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Nodes with their vectors."""
        from llama_index.core import VectorStoreIndex  # noqa: PLC0415
        from llama_index.core.embeddings import MockEmbedding  # noqa: PLC0415
        from llama_index.core.schema import TextNode  # noqa: PLC0415
        from llama_index.retrievers.bm25 import BM25Retriever  # noqa: PLC0415

        nodes = [
            TextNode(id_=str(n), text=text, embedding=vector.tolist())
            for n, (text, vector) in enumerate(zip(texts, vectors, strict=True))
        ]
        held = VectorStoreIndex(nodes, embed_model=MockEmbedding(embed_dim=vectors.shape[1]))
        self._meaning = held.as_retriever(similarity_top_k=_CANDIDATES)
        self._words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=_CANDIDATES)

    def search(self, query: str, vector: Vectors) -> list[int]:
        """Both retrievers, then the sum of reciprocal ranks as its fusion retriever has it."""
        from llama_index.core.schema import QueryBundle  # noqa: PLC0415

        asked = QueryBundle(query, embedding=vector.tolist())
        scores: dict[str, float] = {}
        for side in (self._meaning.retrieve(asked), self._words.retrieve(asked)):
            for rank, found in enumerate(side):
                scores[found.node_id] = scores.get(found.node_id, 0.0) + 1 / (rank + 60)
        return [int(name) for name in sorted(scores, key=scores.__getitem__, reverse=True)[:TOP]]


class LlamaIndexDefault:
    """LlamaIndex as it comes, but for the model, which is the same weights: dense only."""

    folder = None

    def __init__(self, _: Embed) -> None: ...

    def index(self, texts: Sequence[str], _: Vectors) -> None:
        """Embeds and indexes."""
        from llama_index.core import VectorStoreIndex  # noqa: PLC0415
        from llama_index.core.schema import TextNode  # noqa: PLC0415
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding  # noqa: PLC0415

        model = HuggingFaceEmbedding(model_name=str(model_folder()))
        nodes = [TextNode(id_=str(n), text=text) for n, text in enumerate(texts)]
        self._index = VectorStoreIndex(nodes, embed_model=model).as_retriever(similarity_top_k=TOP)

    def search(self, query: str, _: Vectors) -> list[int]:
        """Embeds the query too."""
        return [int(found.node_id) for found in self._index.retrieve(query)]


class LanceDb:
    """LanceDB: vectors scanned (it makes no index of few), full text, fused by its own ranks."""

    def __init__(self, _: Embed) -> None:
        self.folder = _folder()

    def index(self, texts: Sequence[str], vectors: Vectors) -> None:
        """A table with an index of its text."""
        import lancedb  # noqa: PLC0415

        rows = [
            {"n": n, "text": text, "vector": vector}
            for n, (text, vector) in enumerate(zip(texts, vectors, strict=True))
        ]
        self._table = lancedb.connect(str(self.folder)).create_table("texts", rows)
        self._table.create_fts_index("text", replace=True)

    def search(self, query: str, vector: Vectors) -> list[int]:
        """Hybrid, as documented."""
        asked = self._table.search(query_type="hybrid").vector(vector).text(_plain(query))
        return [row["n"] for row in asked.limit(TOP).to_list()]


class QdrantEdge:
    """Qdrant's engine in this process: dense and its BM25, fused by reciprocal ranks."""

    def __init__(self, _: Embed) -> None:
        self.folder = _folder()

    def index(self, texts: Sequence[str], vectors: Vectors) -> None:
        """A shard, optimised as after a bulk load."""
        import qdrant_edge as q  # noqa: PLC0415

        self._q, self._words = q, q.Bm25()
        config = q.EdgeConfig(
            vectors={"dense": q.EdgeVectorParams(vectors.shape[1], q.Distance.Cosine)},
            sparse_vectors={"words": q.EdgeSparseVectorParams(modifier=q.Modifier.Idf)},
        )
        self._shard = q.EdgeShard.create(str(self.folder), config)
        points = [
            q.Point(
                n,
                {"dense": vector.tolist(), "words": self._words.embed_document(text)},
                {"text": text},
            )
            for n, (text, vector) in enumerate(zip(texts, vectors, strict=True))
        ]
        self._shard.update(q.UpdateOperation.upsert_points(points))
        self._shard.optimize()
        self._shard.flush()

    def search(self, query: str, vector: Vectors) -> list[int]:
        """Two prefetches and a fusion, with the text of each hit."""
        q = self._q
        words = self._words.embed_query(query)
        sides = [
            q.Prefetch(_CANDIDATES, query=q.Query.Nearest(vector.tolist(), using="dense")),
            q.Prefetch(_CANDIDATES, query=q.Query.Nearest(words, using="words")),
        ]
        asked = q.QueryRequest(TOP, query=q.Fusion.Rrf(_RANKS), prefetches=sides, with_payload=True)
        return [int(point.id) for point in self._shard.query(asked)]


def model_folder() -> Path:
    """The packaged weights, which are the same for all."""
    from index.weights import packaged_model  # noqa: PLC0415

    return packaged_model()[0]


def _plain(query: str) -> str:
    """Without the signs that a query language would take for its own."""
    return "".join(char if char.isalnum() else " " for char in query)


GIVEN: dict[str, Any] = {
    "Saferplans": Saferplans,
    "FAISS flat (meaning only)": Faiss,
    "txtai": Txtai,
    "Haystack": Haystack,
    "LlamaIndex": LlamaIndex,
    "LanceDB": LanceDb,
    "qdrant-edge": QdrantEdge,
}
"""With the vectors of our embedder."""

DEFAULTS: dict[str, Any] = {
    "txtai, defaults": TxtaiDefault,
    "LlamaIndex, defaults": LlamaIndexDefault,
}
"""With the embedder that each would use, on the same weights."""
