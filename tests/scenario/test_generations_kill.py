"""Writers that die, writers that meet, and readers beside them: in processes of their own."""

from __future__ import annotations

import random
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from corpus.retrieval import Scope
from index.engine import EmbeddedEngine
from index.generations import open_current
from tests.fakes import FakeEmbedder
from tests.scenario import publisher


def start(place: Path, first: int, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        publisher.command(place, first, count),
        env=publisher.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )


def opened(place: Path) -> EmbeddedEngine:
    return open_current(place, FakeEmbedder(), chunker_version="1")


def served(engine: EmbeddedEngine) -> int:
    """The number of the corpus that an engine serves, after a look that it is whole."""
    (held,) = engine.documents()
    number = int(held.source.removesuffix(".txt"))
    passages = publisher.corpus(number)[0].passages
    assert engine.passages(held.id) == passages
    assert engine.containing([{"metal"}], Scope()) == passages
    nearest = engine.nearest_per_plan(engine.embed("theft"), Scope(), 100)
    assert [len(hits) for hits in nearest.values()] == [publisher.SECTIONS]
    return number


def killed_after(writer: subprocess.Popen[str], seconds: float) -> list[str]:
    """What a writer printed that was killed so long after its first publication began."""
    assert writer.stdout is not None
    first = writer.stdout.readline()
    time.sleep(seconds)  # the point is to kill at any moment, so none can be waited for
    writer.kill()
    return (first + writer.communicate()[0]).splitlines()


def kill_and_look(place: Path, seed: int) -> None:
    publisher.put(place, 0)
    chance = random.Random(seed)
    said = killed_after(start(place, 1, 1_000), chance.uniform(0, 0.5))
    begun, done = ([int(line.split()[1]) for line in said if word in line] for word in
                   ("begin", "done"))  # fmt: skip
    number = served(opened(place))
    assert number in {max(done, default=0), max(begun)}, said
    # The lock died with its holder, and what it left goes with the next publication.
    publisher.put(place, 2_000)
    assert served(opened(place)) == 2_000
    left = {path.name for path in (place / "generations").iterdir()}
    assert len(left) == 2, left
    assert not [name for name in left if name.startswith(".")]


@pytest.mark.parametrize("seed", range(5))
def test_a_writer_killed_at_any_moment_leaves_the_old_generation_or_the_new(
    tmp_path: Path, seed: int
) -> None:
    kill_and_look(tmp_path, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 150))
def test_fifty_writers_killed_at_any_moment(tmp_path: Path, seed: int) -> None:
    kill_and_look(tmp_path, seed)


def test_two_writers_at_once_each_publish_whole_or_are_told_to_wait(tmp_path: Path) -> None:
    writers = [start(tmp_path, first, 30) for first in (0, 100)]
    said = [writer.communicate()[0].splitlines() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    outcomes = Counter(line.split()[0] for lines in said for line in lines)
    assert outcomes["begin"] == 60
    assert outcomes["done"] + outcomes["WriterBusyError"] == 60
    done = {int(line.split()[1]) for lines in said for line in lines if line.startswith("done")}
    assert served(opened(tmp_path)) in done


def test_readers_beside_a_writer_always_see_a_whole_generation(tmp_path: Path) -> None:
    publisher.put(tmp_path, 0)
    old = opened(tmp_path)
    writer = start(tmp_path, 1, 25)
    seen = [0]
    while writer.poll() is None:
        seen.append(served(opened(tmp_path)))
        assert served(old) == 0
    writer.communicate()
    assert writer.returncode == 0
    assert seen == sorted(seen)
    assert len(set(seen)) > 1, "the reader never met the writer"
    assert served(opened(tmp_path)) == 25
    assert served(old) == 0
