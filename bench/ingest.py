"""How fast the report that ships is ingested, beside the models alone on the same texts, in turns.

The models are two: one embeds passages, one stretches of them (docs/adr/0028).

The report is short, so what an ingest costs once weighs much: here that is seen, not hidden.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.report import Measured, Spread, ratios
from bench.timed_embedder import TimedEmbedder
from corpus.glossary import load_glossary
from corpus.models import ParsedDocument
from index.embedding import Embedder
from index.meanings import FIELD_GRAPH, stretches_of
from index.onnx_embedding import OnnxEmbedder
from index.places import Folder
from service.bootstrap import Bootstrap, open_meanings
from service.feedback import Feedback
from service.ingestion import Ingestion
from service.ports import Engine, Meanings, NoMeanings
from service.settings import load_settings

STAGES = ("read", "embed", "mean", "write")
"""Files to passages; passages to vectors; stretches to meanings; the rest: checks, store, indexes,
digests, sync."""


def measure(data_dir: Path, times: int) -> Measured:
    """`times` ingests into fresh folders, each just after the model alone embedded its texts."""
    settings = load_settings(data_dir=data_dir)
    engine = Bootstrap().engine(settings)
    passages = [each for held in engine.documents() for each in engine.passages(held.id)]
    texts = [passage.embeddable for passage in passages]
    embedder, field = Bootstrap().embedder(settings), OnnxEmbedder(FIELD_GRAPH)
    meanings = open_meanings(embedder, load_glossary())
    stretches = stretches_of(passages)
    alone: list[float] = []
    stages: dict[str, list[float]] = {stage: [] for stage in STAGES}
    # The first of both is for warming up.
    for _ in range(times + 1):
        alone.append(_seconds(lambda: (embedder.embed(texts), field.embed(stretches))))
        for stage, seconds in _ingest(embedder, meanings).items():
            stages[stage].append(seconds)
    taken = {stage: values[1:] for stage, values in stages.items()}
    return _measured(len(texts), _characters(engine), alone[1:], taken)


def _ingest(embedder: Embedder, meanings: Meanings) -> dict[str, float]:
    """Seconds by stage of one ingest of what ships, into a folder of its own."""
    timed, telling, read = TimedEmbedder(embedder), _TimedMeanings(meanings), [0.0]

    def reading(_done: int, _total: int) -> None:
        read[0] = time.perf_counter()

    with tempfile.TemporaryDirectory(prefix="saferplans-bench-") as folder:
        started = time.perf_counter()
        place, feedback = Folder(Path(folder)), Feedback(reading=reading)
        Ingestion(place, timed, feedback, meanings=telling).ship()
        ended = time.perf_counter()
    return {
        "read": read[0] - started,
        "embed": timed.seconds,
        "mean": telling.seconds,
        "write": ended - read[0] - timed.seconds - telling.seconds,
    }


class _TimedMeanings(NoMeanings):
    """Tells meanings, and how long it took."""

    def __init__(self, inner: Meanings) -> None:
        self._inner, self.seconds = inner, 0.0

    def told(self, parsed: ParsedDocument) -> ParsedDocument:
        started = time.perf_counter()
        told = self._inner.told(parsed)
        self.seconds += time.perf_counter() - started
        return told


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _characters(engine: Engine) -> int:
    return sum(len(engine.text(document.id) or "") for document in engine.documents())


def _measured(
    passages: int, characters: int, alone: list[float], stages: dict[str, list[float]]
) -> Measured:
    whole = [sum(parts) for parts in zip(*stages.values(), strict=True)]
    ratio = ratios(whole, alone)
    ways = {"the models alone": alone, "the whole ingest": whole}
    shares = {stage: sum(values) / sum(whole) for stage, values in stages.items()}
    return Measured(
        name="ingest",
        title=f"Ingest of the report that ships, {passages} passages ({len(whole)} runs)",
        header=("", "seconds", "passages/s", "characters/s"),
        rows=[_row(name, values, passages, characters) for name, values in ways.items()],
        data={
            "passages": passages,
            "characters": characters,
            "seconds": {name: Spread(tuple(values)).as_dict() for name, values in ways.items()},
            "stages": {stage: Spread(tuple(values)).as_dict() for stage, values in stages.items()},
            "shares": shares,
            "ratio": ratio.as_dict(),
        },
        notes=(
            f"{ratio.median:.2f} × the models alone, median of pairs; shares: "
            + ", ".join(f"{stage} {share:.0%}" for stage, share in shares.items()),
            "The models are loaded beforehand; characters are those of the documents.",
        ),
    )


def _row(name: str, values: Sequence[float], passages: int, characters: int) -> list[str]:
    seconds = Spread(tuple(values)).median
    return [name, f"{seconds:.2f}", f"{passages / seconds:,.0f}", f"{characters / seconds:,.0f}"]
