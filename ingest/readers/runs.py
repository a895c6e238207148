"""The words of one paragraph as they are gathered, run by run."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.readers.lines import has_words


@dataclass(slots=True)
class Runs:
    """Runs of words in the same type, and whether all of them are in bold type."""

    parts: list[str] = field(default_factory=list)
    strong: bool = True

    def add(self, text: str, *, strong: bool = False) -> None:
        """Adds a run; white space and marks have no type of their own."""
        self.parts.append(text)
        self.strong = self.strong and (strong or not has_words(text))

    @property
    def has_words(self) -> bool:
        """Whether there is a letter or a digit in any of them."""
        return any(map(has_words, self.parts))

    @property
    def ends_in_number(self) -> bool:
        """Whether the last sign is a digit, as at the end of a line of contents."""
        return "".join(self.parts).rstrip()[-1:].isdigit()

    def take(self) -> str:
        """All that was gathered; what comes next begins anew."""
        text = "".join(self.parts)
        self.clear()
        return text

    def clear(self) -> None:
        """Forgets what was gathered."""
        self.parts.clear()
        self.strong = True
