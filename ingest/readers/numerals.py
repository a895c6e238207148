"""How the number of an item or a heading is written."""

from __future__ import annotations

from dataclasses import dataclass

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before a paragraph: `text` is '' for a bullet. `outline` is of several levels."""

    text: str = ""
    outline: bool = False

    def before(self, words: str) -> str:
        """The words with what stands before them."""
        return f"{self.text} {words}" if self.text else words


def letter(count: int) -> str:
    """A small letter; beyond the alphabet the number itself."""
    return _ALPHABET[count - 1] if 0 < count <= len(_ALPHABET) else str(count)


def roman(count: int) -> str:
    """A small Roman numeral; of a hundred and more the number itself: no list is so long."""
    return _TENS[count // 10] + _ONES[count % 10] if 0 < count < 100 else str(count)
