"""Writes every hostile file into a folder: `python -m tests.hostile.make FOLDER`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.hostile.archives import ARCHIVES
from tests.hostile.offices import offices
from tests.hostile.pdfs import PDFS
from tests.hostile.places import places
from tests.hostile.samples import SECRET, Sample
from tests.hostile.texts import TEXTS


def samples(outside: Path) -> Sequence[Sample]:
    """All of them; those that try to reach a file outside try those in this folder."""
    return [*TEXTS, *ARCHIVES, *offices(str(outside / "secret.txt")), *PDFS, *places(outside)]


def make(folder: Path, outside: Path) -> Sequence[Sample]:
    """Writes all, and the secret that none may reach."""
    for place in (folder, outside):
        place.mkdir(parents=True, exist_ok=True)
    (outside / "secret.txt").write_text(SECRET, encoding="utf-8")
    made = samples(outside)
    for sample in made:
        sample.write(folder / sample.name)
    return made


if __name__ == "__main__":
    target = Path(sys.argv[1])
    sys.stdout.write(f"{len(make(target / 'hostile', target / 'outside'))} files\n")
