"""The front of a document: its title, and the lines that stand with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.catalogue import DocumentEntry, Stated
from corpus.models import Fact, Role
from corpus.words import fold
from ingest.blocks import BlockKind, ReadFile
from ingest.headings import title_of, words_at
from ingest.readers.lines import ends_sentence, looks_like_heading
from ingest.vocabulary import heading_sense, is_subtitle, kind_in

FRONT_BLOCKS = 12
"""The title stands within so many blocks, before the first prose."""
PROSE_CHARS = 160
"""A longer block is prose, and ends the lines that stand with the title."""


@dataclass(frozen=True, slots=True)
class Front:
    """The title of a document, the place of its heading, and the lines that stand with it."""

    title: str
    heading: int | None
    lines: tuple[str, ...]
    inferred: tuple[Fact, ...]

    @classmethod
    def of(cls, name: str, file: ReadFile, known: DocumentEntry | Stated) -> Front:
        """The front of a file; a title that is known holds, wherever the text has its own."""
        places = _front_places(file)
        words = (_words(file, place) for place in places)
        lines = [line for line in words if not ends_sentence(line)]
        title, heading, reason = _title(name, file, places)
        if known.title is None:
            fact = Fact(what="title", value=title, reason=reason)
            return cls(title, heading, tuple(lines), (fact,))
        is_title = heading == 0 or kind_in(title) is not None or _within(title, known.title)
        return cls(known.title, heading if is_title else None, tuple(lines), ())


def _front_places(file: ReadFile) -> list[int]:
    """The places of the blocks before the first section and the first prose."""
    places: list[int] = []
    first = _after_contents(file)
    for place, block in enumerate(file.blocks[first : first + FRONT_BLOCKS], first):
        is_prose = block.words.end - block.words.start > PROSE_CHARS
        begins = block.kind is BlockKind.HEADING and _begins_text(file, place)
        if is_prose or (begins and not _is_subtitle(file, places, place)):
            break
        places.append(place)
    return places


def _after_contents(file: ReadFile) -> int:
    """The place of the first block; that after the contents where these come before the title."""
    if not file.blocks or not heading_sense(words_at(file, 0)).contents:
        return 0
    entries = enumerate(words_at(file, place) for place in range(1, len(file.blocks)))
    return next((place for place, words in entries if not words[-1:].isdigit()), 0) + 1


def _words(file: ReadFile, place: int) -> str:
    """The words of a line of the front; of a row 'Title | Safety Plan' those of its value."""
    cells = file.blocks[place].cells
    return title_of(cells[1].span.of(file.text)) if len(cells) == 2 else words_at(file, place)


def _begins_text(file: ReadFile, place: int) -> bool:
    """Whether a heading is that of a first section, such as 'Foreword' or '1 Purpose'."""
    sense = heading_sense(words_at(file, place))
    following = file.blocks[place + 1 : place + 2]
    # 'Appendix 1' above a title is no section: nothing but the title stands under it.
    is_apart = sense.apart and not any(each.kind is BlockKind.HEADING for each in following)
    speaks = is_apart or sense.contents or sense.role is not Role.OTHER
    return speaks or file.blocks[place].number is not None


def _is_subtitle(file: ReadFile, above: Sequence[int], place: int) -> bool:
    """Whether a heading is the first of the front to say what kind of document it is."""
    says_kind = any(kind_in(words_at(file, each)) for each in above)
    return bool(above) and not says_kind and is_subtitle(words_at(file, place))


def _title(name: str, file: ReadFile, places: Sequence[int]) -> tuple[str, int | None, str]:
    """A document's title: the first front line that names a kind, else the first heading."""
    words = {place: _words(file, place) for place in places}
    titles = [
        place
        for place in places
        if looks_like_heading(words[place])
        and not _is_particular(place, words)
        and not _leads_in(file, place)
    ]
    headings = [place for place in titles if file.blocks[place].kind is BlockKind.HEADING]
    # A heading that the file itself puts below the first is a subtitle of it.
    top = file.blocks[headings[0]].level if headings else None
    for place in titles:
        is_lower = top is not None and (file.blocks[place].level or 0) > top
        if kind_in(words[place]) and not is_lower:
            return words[place], place, "the first line that names a kind of document"
    if headings:
        return words[headings[0]], headings[0], "the first heading"
    if file.title and kind_in(file.title):
        return title_of(file.title), None, "the title in the file's properties"
    return name, None, "the file's name: no line at its beginning reads as a title"


def _is_particular(place: int, words: Mapping[int, str]) -> bool:
    """Whether it is one of several lines such as 'Date: 14 September 2023'."""
    beside = (words.get(place - 1, ""), words.get(place + 1, ""))
    return ": " in words[place] and any(": " in line for line in beside)


def _leads_in(file: ReadFile, place: int) -> bool:
    """Whether a line that is no heading announces what follows: 'Three pillars hold it up:'."""
    is_heading = file.blocks[place].kind is BlockKind.HEADING
    return not is_heading and words_at(file, place).endswith(":")


def _within(words: str, title: str) -> bool:
    """Whether a heading is the beginning of the catalogued title, or the title of it."""
    return fold(title).startswith(fold(words)) or fold(words).startswith(fold(title))
