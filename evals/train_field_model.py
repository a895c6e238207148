"""Teaches the packaged model the vocabulary of the field, and writes `index/data/field.*`.

Usage: python evals/train_field_model.py [--steps N] [--resume FILE] | --rows

Its upper three layers learn, by contrast (SapBERT, Liu et al., 2021; InfoNCE, van den Oord et al.,
2018), that the wordings of one row of the glossary are near one another and far from those of its
siblings, its class and everything else. Beside the glossary there are everyday sets, and for each
row eleven paraphrases, six ways to ask for it and two near misses (`evals/training/`), written for
this by authors who had seen the rows and no evaluation. A near miss is a hard negative for its own
row and nothing to others. What the matrices learn is kept at rank 64. docs/model-card.md has the
rest.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from transformers import AutoModel, AutoTokenizer

from corpus.glossary import Glossary, load_glossary
from index.meanings import FIELD_GRAPH, FIELD_ROWS, SCALE, row_digest, row_vector
from index.onnx_embedding import OnnxEmbedder
from index.onnx_graph import Learnt, make
from index.weights import packaged_model

TRAINING = Path(__file__).parent / "training"
PARAPHRASES, ASKINGS = TRAINING / "paraphrases.txt", TRAINING / "askings.txt"
NEAR_MISSES = TRAINING / "near_misses.txt"
FROZEN, RANK = 3, 64
"""Layers that learn nothing, and so are run once for each text; the rank of what is learnt."""
LEARNING_RATE, TEMPERATURE, WARM_UP = 1.5e-4, 0.05, 40
FAMILIES, SIBLINGS, ROWS, SETS = 6, 8, 64, 8
"""What a batch holds: siblings of some classes, rows in all, and sets of everyday words."""
TOLD = 0.6
"""The share of a row's texts that are paraphrases."""
TOKENS = 24


class Lessons:
    """Draws pairs of texts that say the same; a label tells which pairs do."""

    def __init__(self, glossary: Glossary) -> None:
        self.rows = [list(dict.fromkeys(map(_typed, row.terms))) for row in glossary.same]
        self.told = told(len(self.rows))
        self.missed = by_row(NEAR_MISSES, len(self.rows))
        self.sets = [list(each.terms) for each in glossary.word_sets if len(each.terms) > 1]
        numbers = {term: at for at, row in enumerate(self.rows) for term in reversed(row)}
        families = (
            {numbers[term] for term in map(str.lower, (each.term, *each.narrower))
             if term in numbers}
            for each in glossary.classes
        )  # fmt: skip
        self.families = [sorted(family) for family in families if len(family) > 1]

    def texts(self) -> list[str]:
        """Every text, each once."""
        return sorted({text for group in (self.rows, self.told, self.missed, self.sets)
                       for each in group for text in each})  # fmt: skip

    def batch(self) -> Iterator[tuple[list[str], int]]:
        """Texts and their label, again and again: two that say the same and for a row a miss."""
        rows: dict[int, None] = {}
        for family in random.sample(self.families, FAMILIES):
            rows |= dict.fromkeys(random.sample(family, min(SIBLINGS, len(family))))
        while len(rows) < ROWS:
            rows[random.randrange(len(self.rows))] = None
        for row in rows:
            yield [*self._pair(row), *random.sample(self.missed[row], 1)], row
        for number in random.sample(range(len(self.sets)), SETS):
            yield random.sample(self.sets[number], 2), len(self.rows) + number

    def _pair(self, row: int) -> tuple[str, str]:
        first = self._one(row)
        others = (self._one(row) for _ in range(6))
        return first, next((other for other in others if other != first), first)

    def _one(self, row: int) -> str:
        told = self.told[row]
        return random.choice(told if random.random() < TOLD else self.rows[row])


class Student:
    """The packaged model; its lower layers are run once for each text."""

    def __init__(self) -> None:
        folder = str(packaged_model()[0])
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self._model = AutoModel.from_pretrained(folder)
        self._below: dict[str, Tensor] = {}
        self._model.requires_grad_(requires_grad=False)
        for layer in self._layers:
            layer.requires_grad_(requires_grad=True)

    @property
    def _layers(self):  # type: ignore[no-untyped-def]
        return self._model.encoder.layer[FROZEN:]

    def learning(self) -> list[Tensor]:
        """What learns."""
        return [each for each in self._model.parameters() if each.requires_grad]

    def keep(self, path: Path) -> None:
        """Writes all weights to a file."""
        torch.save(self._model.state_dict(), path)

    def resume(self, path: Path) -> None:
        """Goes on from the weights of a file."""
        self._model.load_state_dict(torch.load(path, weights_only=True))

    def state(self) -> dict[str, NDArray[np.float32]]:
        """By name, what learns, as it is now."""
        return {
            name: value.detach().numpy().copy()
            for name, value in self._model.named_parameters()
            if value.requires_grad
        }

    @torch.no_grad()
    def read(self, texts: Sequence[str]) -> None:
        """Runs the lower layers."""
        self._model.eval()
        ordered = sorted(texts, key=len)
        for start in range(0, len(ordered), 128):
            batch = ordered[start : start + 128]
            tokens = self._tokenizer(
                batch, padding=True, truncation=True, max_length=TOKENS, return_tensors="pt"
            )
            mask = tokens["attention_mask"]
            given = self._model.embeddings(tokens["input_ids"], tokens["token_type_ids"])
            states = _through(self._model.encoder.layer[:FROZEN], given, mask)
            for text, state, length in zip(batch, states, mask.sum(1).tolist(), strict=True):
                self._below[text] = state[:length].half()
        self._model.train()

    def embed(self, texts: Sequence[str]) -> Tensor:
        """Shape (texts, 384), unit norm; in three parts of like length, so that less is padding."""
        order = sorted(range(len(texts)), key=lambda at: len(self._below[texts[at]]))
        size = -(-len(order) // 3)
        parts = [order[start : start + size] for start in range(0, len(order), size)]
        vectors = torch.cat([self._upper([self._below[texts[at]] for at in part])
                             for part in parts])  # fmt: skip
        return vectors[torch.argsort(torch.tensor(order))]

    def _upper(self, states: Sequence[Tensor]) -> Tensor:
        hidden = torch.nn.utils.rnn.pad_sequence(
            [each.float() for each in states], batch_first=True
        )
        lengths = torch.tensor([len(each) for each in states])
        mask = (torch.arange(hidden.shape[1]) < lengths[:, None]).float()
        hidden = _through(self._layers, hidden, mask)
        return torch.nn.functional.normalize((hidden * mask[..., None]).sum(1), dim=-1)


def _through(layers: Iterable[torch.nn.Module], hidden: Tensor, mask: Tensor) -> Tensor:
    unseen = (1 - mask.float())[:, None, None, :] * -1e4
    for layer in layers:
        given = layer(hidden, unseen)
        hidden = given[0] if isinstance(given, tuple) else given
    return hidden


def teach(student: Student, lessons: Lessons, steps: int, kept: Path) -> None:
    """Learns from as many batches; what is learnt is kept in a file now and then."""
    optimiser = torch.optim.AdamW(student.learning(), lr=LEARNING_RATE, weight_decay=0.01)
    total = 0.0
    for step in range(1, steps + 1):
        for group in optimiser.param_groups:
            group["lr"] = LEARNING_RATE * min(1, step / WARM_UP) * (1 - step / (steps + 1))
        drawn = list(lessons.batch())
        said = [(text, label) for texts, label in drawn for text in texts[:2]]
        missed = [(text, label) for texts, label in drawn for text in texts[2:]]
        vectors = student.embed([text for text, _ in said + missed])
        labels = torch.tensor([label for _, label in said + missed])
        loss = contrast(vectors, labels, len(said))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(student.learning(), 1.0)
        optimiser.step()
        total += loss.item()
        if step % 50 == 0:
            print(f"{step} of {steps}: loss {total / 50:.3f}", flush=True)
            total = 0.0
            student.keep(kept)


def contrast(vectors: Tensor, labels: Tensor, said: int) -> Tensor:
    """The mean of how unlikely each text finds its like among all others.

    The vectors from `said` on are near misses of the texts with their label, and of no others.
    """
    same = labels[:said, None] == labels
    alike = same.clone()
    alike[:, said:] = False
    alike.fill_diagonal_(fill_value=False)
    apart = ~same
    apart[:, said:] = ~apart[:, said:]
    cosines = vectors[:said] @ vectors.T / TEMPERATURE
    likely = torch.log_softmax(cosines.masked_fill(~(alike | apart), -1e4), 1)
    return -likely[alike].mean()


def told(rows: int) -> list[list[str]]:
    """What is told of each row in other words: paraphrases, and ways to ask for it."""
    each = zip(by_row(PARAPHRASES, rows), by_row(ASKINGS, rows), strict=True)
    return [[*paraphrases, *askings] for paraphrases, askings in each]


def by_row(path: Path, rows: int) -> list[list[str]]:
    """The texts of a file of `row | text` lines, by row."""
    texts: list[list[str]] = [[] for _ in range(rows)]
    for line in path.read_text(encoding="utf-8").splitlines():
        number, text = line.split(" | ", 1)
        texts[int(number)].append(text)
    return texts


def learnt(before: dict[str, NDArray[np.float32]], after: dict[str, NDArray[np.float32]]) -> Learnt:
    """What changed: vectors whole, matrices by the largest parts of their singular values."""
    products = {}
    for name, value in after.items():
        if value.ndim == 2:
            left, sizes, right = np.linalg.svd(value - before[name], full_matrices=False)
            root = np.sqrt(sizes[:RANK])
            products[name] = (np.ascontiguousarray(left[:, :RANK] * root),
                              np.ascontiguousarray(root[:, None] * right[:RANK]))  # fmt: skip
    vectors = {name: value for name, value in after.items() if value.ndim == 1}
    return Learnt(vectors, products)


def write_rows(glossary: Glossary) -> None:
    """Writes the vectors of the glossary's rows: of their terms and paraphrases, by the graph."""
    model = OnnxEmbedder(FIELD_GRAPH)
    rows = [row.terms for row in glossary.same]
    others = told(len(rows))
    of = [row for row, texts in enumerate(others) for _ in texts]
    said = model.embed([text for texts in others for text in texts])
    paraphrased = by_row(PARAPHRASES, len(rows))
    vectors = [row_vector(model, [*row, *texts])
               for row, texts in zip(rows, paraphrased, strict=True)]  # fmt: skip
    np.savez(
        FIELD_ROWS,
        digests=np.array([row_digest(row) for row in rows]),
        vectors=np.array(vectors, dtype=np.float16),
        said=np.round(said * SCALE).astype(np.int8),
        said_of=np.array(of, dtype=np.int16),
    )


def _typed(term: str) -> str:
    return term if term.isupper() else term.lower()


def main() -> None:
    """Teaches, and writes what was learnt."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=1_000)
    parser.add_argument(
        "--kept", type=Path, default=Path("field.pt"), help="where weights are kept"
    )
    parser.add_argument("--resume", type=Path, help="weights that were kept, to go on from")
    parser.add_argument("--rows", action="store_true", help="only the vectors of the glossary")
    options = parser.parse_args()
    glossary = load_glossary()
    if options.rows:
        write_rows(glossary)
        return
    random.seed(0)
    torch.manual_seed(0)
    lessons = Lessons(glossary)
    student = Student()
    before = student.state()
    if options.resume:
        student.resume(options.resume)
    student.read(lessons.texts())
    teach(student, lessons, options.steps, options.kept)
    found = learnt(before, student.state())
    FIELD_GRAPH.write_bytes(make(found).SerializeToString(deterministic=True))
    write_rows(glossary)


if __name__ == "__main__":
    main()
