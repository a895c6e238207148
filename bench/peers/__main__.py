"""Measures ours beside other libraries: `bench/.venv-peers/bin/python -m bench.peers FOLDER`.

FOLDER holds a judged collection in the layout of Cranfield: `DOCS/<n>.txt`, `query.txt` with a
number, a tab and a query a line, and `REL/<n>.txt` with `query document grade` a line.
`bench/peers/requirements.txt` says how the environment is made. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.peers.systems import DEFAULTS, GIVEN, TOP, System, Vectors
from index.onnx_embedding import OnnxEmbedder

_WARM_UP = 5

_JUDGEMENT = ("query", "document", "degree")


def main() -> None:
    """Indexes everywhere, then asks each query of all in turns."""
    arguments = _arguments()
    texts, queries, relevant = _collection(arguments.folder)
    model = OnnxEmbedder()
    started = time.perf_counter()
    vectors = model.embed(texts)
    print(f"{len(texts)} texts embedded in {time.perf_counter() - started:.1f} s", file=sys.stderr)
    wanted = {**GIVEN, **({} if arguments.no_defaults else DEFAULTS)}
    rows: dict[str, dict[str, Any]] = {}
    systems: dict[str, System] = {}
    for name, kind in wanted.items():
        try:
            systems[name], rows[name] = _indexed(kind(model.embed), texts, vectors)
        except Exception as error:  # one that fails is told, and left out
            rows[name] = {"failed": f"{type(error).__name__}: {error}"[:120]}
    embedding, found = _asked(systems, list(queries.items()), model)
    for name, answers in found.items():
        rows[name] |= _summary(answers, embedding, relevant, own=name in DEFAULTS)
    _print(rows, embedding)
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--no-defaults", action="store_true", help="only with our vectors")
    parser.add_argument("--json", type=Path, help="write every figure here")
    return parser.parse_args()


def _collection(folder: Path) -> tuple[list[str], dict[str, str], dict[str, set[int]]]:
    """Texts, queries by number, and for each the places of the texts that answer it."""
    files = sorted((folder / "DOCS").glob("*.txt"), key=lambda file: int(file.stem))
    places = {int(file.stem): place for place, file in enumerate(files)}
    texts = [" ".join(file.read_text(encoding="utf-8").split()) or "-" for file in files]
    lines = (folder / "query.txt").read_text(encoding="utf-8").splitlines()
    queries = dict(line.split("\t", 1) for line in lines if "\t" in line)
    relevant: dict[str, set[int]] = {}
    for number in queries:
        judged = (folder / "REL" / f"{number}.txt").read_text(encoding="utf-8").split("\n")
        # -1 is of no interest; 1 to 4 are degrees of use. One line of Cranfield has no degree.
        graded = [row for row in map(str.split, judged) if len(row) == len(_JUDGEMENT)]
        relevant[number] = {places[int(d)] for _, d, grade in graded if int(grade) > 0}
    return texts, queries, relevant


def _indexed(system: Any, texts: Sequence[str], vectors: Vectors) -> tuple[System, dict[str, Any]]:
    before, started = _private(), time.perf_counter()
    system.index(texts, vectors)
    seconds = time.perf_counter() - started
    system.search(texts[0][:100], vectors[0])  # one that can't is told now
    held = {"seconds": seconds, "memory": _private() - before, "disk": math.nan}
    if system.folder:
        files = (file for file in system.folder.rglob("*") if file.is_file())
        held["disk"] = sum(file.stat().st_blocks * 512 for file in files) / 2**20
    return system, held


def _asked(
    systems: dict[str, System], queries: Sequence[tuple[str, str]], model: OnnxEmbedder
) -> tuple[list[float], dict[str, list[tuple[str, float, list[int]]]]]:
    """Milliseconds of each embedding; by system and query, milliseconds and what was found."""
    embedding: list[float] = []
    found: dict[str, list[tuple[str, float, list[int]]]] = {name: [] for name in systems}
    for turn, (number, query) in enumerate([*queries[:_WARM_UP], *queries]):
        started = time.perf_counter()
        vector = model.embed([query])[0]
        embedded = (time.perf_counter() - started) * 1000
        # Each goes first as often as any other.
        names = list(systems)[turn % len(systems) :] + list(systems)[: turn % len(systems)]
        for name in names:
            started = time.perf_counter()
            places = systems[name].search(query, vector)
            if turn >= _WARM_UP:
                found[name].append((number, (time.perf_counter() - started) * 1000, places))
        if turn >= _WARM_UP:
            embedding.append(embedded)
    return embedding, found


def _summary(
    answers: Sequence[tuple[str, float, list[int]]],
    embedding: Sequence[float],
    relevant: dict[str, set[int]],
    *,
    own: bool,
) -> dict[str, Any]:
    """`less` is what a search takes without the embedding; not known of one that embeds itself."""
    spent = [milliseconds for _, milliseconds, _ in answers]
    whole = spent if own else [a + b for a, b in zip(spent, embedding, strict=True)]
    judged = [(places, relevant[number]) for number, _, places in answers if relevant[number]]
    return {
        "whole": statistics.median(whole),
        "p95": float(np.percentile(whole, 95)),
        "less": math.nan if own else statistics.median(spent),
        "ndcg": statistics.mean(_ndcg(places, wanted) for places, wanted in judged),
        "recall": statistics.mean(len(set(p) & w) / min(TOP, len(w)) for p, w in judged),
        "queries": len(judged),
    }


def _ndcg(places: Sequence[int], relevant: set[int]) -> float:
    """nDCG@10 of binary judgements."""
    gained = sum(1 / math.log2(rank + 2) for rank, p in enumerate(places[:TOP]) if p in relevant)
    ideal = sum(1 / math.log2(rank + 2) for rank in range(min(TOP, len(relevant))))
    return gained / ideal


def _private() -> float:
    """Private memory of this process in MiB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024


def _print(rows: dict[str, dict[str, Any]], embedding: Sequence[float]) -> None:
    print(f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}", end="; ")
    print(f"embedding a query: {statistics.median(embedding):.1f} ms\n")
    print("| | query ms | p95 | less embedding | index s | memory | disk | nDCG@10 | recall@10 |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, row in rows.items():
        if "failed" in row:
            print(f"| {name} | {row['failed']} |")
            continue
        figures = (row["whole"], row["p95"], row["less"], row["seconds"], row["memory"])
        told = [_told(value, 1) for value in (*figures, row["disk"])]
        print(f"| {name} | {' | '.join(told)} | {row['ndcg']:.3f} | {row['recall']:.3f} |")


def _told(value: float, digits: int) -> str:
    return "–" if math.isnan(value) else f"{value:.{digits}f}"


if __name__ == "__main__":
    main()
