"""Makes the ONNX graph of the packaged model, which holds its sums and none of its weights.

`python -m index.onnx_graph` writes it anew; that needs the package onnx, which serving doesn't.
What a model taught further has learnt (`Learnt`) stands in its graph: a small share of the weights.
The graph is a BERT encoder (Devlin et al., 2019) of the shape in the model's config.json, the mean
over tokens and the scaling to unit length, in standard operators. Of each weight it says where it
stands in the model's own file, whose digest is known: nothing is copied that could age.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

from index.onnx_embedding import GRAPH, IDS, MASK, VECTORS
from index.weights import WEIGHTS, packaged_model

_OPSET = 23
"""The first with the operator Attention."""

_LAYERS, _HEADS, _WIDTH, _INNER = 6, 12, 384, 1536
_WORDS, _POSITIONS, _SEGMENTS = 30_522, 512, 2
_EPSILON = 1e-12


class Learnt(NamedTuple):
    """What was learnt beyond the packaged weights, by their names.

    `vectors` stand in the place of biases and scales. Of a matrix W of shape (n, m), `products` has
    (B, A), shapes (n, rank) and (rank, m): it is W + BA (LoRA, Hu et al., 2021).
    """

    vectors: Mapping[str, NDArray[np.float32]]
    products: Mapping[str, tuple[NDArray[np.float32], NDArray[np.float32]]]


_NOTHING_LEARNT = Learnt({}, {})


class _Graph:
    """Nodes and initialisers in the order in which they were added; each method gives a name."""

    def __init__(self, learnt: Learnt) -> None:
        self._learnt = learnt
        self._places = _places(packaged_model()[0] / WEIGHTS)
        self.nodes: list[NodeProto] = []
        self.initialisers: list[TensorProto] = []

    def add(self, operator: str, *inputs: str, output: str = "", **attributes: float) -> str:
        name = output or f"{operator}_{len(self.nodes)}"
        node = helper.make_node(operator, inputs, [name])
        node.attribute.extend(helper.make_attribute(*each) for each in attributes.items())
        self.nodes.append(node)
        return name

    def constant(self, *values: int) -> str:
        name = "_".join(map(str, ("constant", len(self.initialisers), *values)))
        self.initialisers.append(numpy_helper.from_array(np.array(values, np.int64), name))
        return name

    def held(self, name: str, values: NDArray[np.float32]) -> str:
        self.initialisers.append(numpy_helper.from_array(values, name))
        return name

    def weight(self, name: str, *shape: int) -> str:
        if name in self._learnt.vectors:
            return self.held(name, self._learnt.vectors[name])
        declared = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
        declared.data_location = TensorProto.EXTERNAL
        start, end = self._places[name]
        for key, value in (("location", WEIGHTS), ("offset", start), ("length", end - start)):
            declared.external_data.add(key=key, value=str(value))
        self.initialisers.append(declared)
        return name

    def linear(self, x: str, name: str, width: int, inner: int) -> str:
        weights = self.weight(f"{name}.weight", inner, width)
        product = self.add("Gemm", x, weights, self.weight(f"{name}.bias", inner), transB=1)
        if f"{name}.weight" not in self._learnt.products:
            return product
        b, a = self._learnt.products[f"{name}.weight"]
        inside = self.add("Gemm", x, self.held(f"{name}.a", a), transB=1)
        return self.add("Gemm", inside, self.held(f"{name}.b", b), product, transB=1)

    def normalised(self, x: str, name: str) -> str:
        scale, bias = self.weight(f"{name}.weight", _WIDTH), self.weight(f"{name}.bias", _WIDTH)
        return self.add("LayerNormalization", x, scale, bias, epsilon=_EPSILON)


def _places(path: Path) -> dict[str, tuple[int, int]]:
    """Where each tensor of a safetensors file stands in it, in bytes.

    The format: the length of a header in eight bytes, the header in JSON, the tensors.
    """
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    header.pop("__metadata__", None)
    offsets = {name: told["data_offsets"] for name, told in header.items()}
    return {name: (8 + length + start, 8 + length + end) for name, (start, end) in offsets.items()}


def make(learnt: Learnt = _NOTHING_LEARNT) -> ModelProto:
    """The model from `IDS` and `MASK`, both (texts, tokens), to `VECTORS`, (texts, 384)."""
    graph = _Graph(learnt)
    # Tokens stand one below the other for all but the attention, which parts them by text.
    flat = graph.constant(-1, _WIDTH)
    deep = graph.add("Concat", graph.add("Shape", IDS), graph.constant(_WIDTH), axis=0)
    seen = _seen(graph)
    x = graph.add("Reshape", _embedded(graph), flat)
    for number in range(_LAYERS):
        layer = f"encoder.layer.{number}"
        read = graph.add("Reshape", _attended(graph, x, layer, deep, seen), flat)
        x = _added(graph, x, read, f"{layer}.attention.output", _WIDTH)
        inner = graph.add("Gelu", graph.linear(x, f"{layer}.intermediate.dense", _WIDTH, _INNER))
        x = _added(graph, x, inner, f"{layer}.output", _INNER)
    _pool(graph, graph.add("Reshape", x, deep))
    return _model(graph)


def _embedded(graph: _Graph) -> str:
    """The sum of what a token is, where it stands, and of being in the first of two segments."""
    words = graph.weight("embeddings.word_embeddings.weight", _WORDS, _WIDTH)
    places = graph.weight("embeddings.position_embeddings.weight", _POSITIONS, _WIDTH)
    segments = graph.weight("embeddings.token_type_embeddings.weight", _SEGMENTS, _WIDTH)
    start, length = graph.constant(0), graph.add("Shape", IDS, start=1)
    placed = graph.add("Slice", places, start, length)
    first = graph.add("Slice", segments, start, graph.constant(1))
    total = graph.add("Add", graph.add("Gather", words, IDS), placed)
    return graph.normalised(graph.add("Add", total, first), "embeddings.LayerNorm")


def _seen(graph: _Graph) -> str:
    """Which tokens each token reads: all of its text, no padding; (texts, 1, tokens, tokens)."""
    texts, tokens = graph.add("Shape", IDS, end=1), graph.add("Shape", IDS, start=1)
    shape = graph.add("Concat", texts, graph.constant(1), tokens, tokens, axis=0)
    mask = graph.add("Cast", MASK, to=TensorProto.BOOL)
    return graph.add("Expand", graph.add("Unsqueeze", mask, graph.constant(1, 2)), shape)


def _attended(graph: _Graph, x: str, layer: str, deep: str, seen: str) -> str:
    parts = (
        graph.linear(x, f"{layer}.attention.self.{part}", _WIDTH, _WIDTH)
        for part in ("query", "key", "value")
    )
    by_text = [graph.add("Reshape", part, deep) for part in parts]
    return graph.add("Attention", *by_text, seen, q_num_heads=_HEADS, kv_num_heads=_HEADS)


def _added(graph: _Graph, x: str, change: str, name: str, width: int) -> str:
    """What a layer adds to its input, brought to the input's width, and the sum normalised."""
    total = graph.add("Add", graph.linear(change, f"{name}.dense", width, _WIDTH), x)
    return graph.normalised(total, f"{name}.LayerNorm")


def _pool(graph: _Graph, x: str) -> None:
    """The sum over the tokens of a text, at unit length: that of the mean is the same."""
    middle = graph.constant(1)
    mask = graph.add("Unsqueeze", graph.add("Cast", MASK, to=TensorProto.FLOAT), middle)
    total = graph.add("Squeeze", graph.add("MatMul", mask, x), middle)
    graph.add("LpNormalization", total, output=VECTORS, axis=1, p=2)


def _model(graph: _Graph) -> ModelProto:
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2",
            [_value(IDS, TensorProto.INT64, "tokens"), _value(MASK, TensorProto.INT64, "tokens")],
            [_value(VECTORS, TensorProto.FLOAT, _WIDTH)],
            graph.initialisers,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=11,
    )


def _value(name: str, kind: int, second: str | int) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, ["texts", second])


if __name__ == "__main__":
    GRAPH.write_bytes(make().SerializeToString(deterministic=True))
