"""How text becomes comparable words: one analysis for the index, the judge and the highlights.

A word is a run of letters and digits; hyphens and slashes part words, apostrophes inside one don't.
Comparison is by stem: folded case and accents, then Snowball English (Porter 2), the algorithm of
http://snowball.tartarus.org/algorithms/english/stemmer.html.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

FUNCTION_WORDS = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before
    being below between both but by can could did do does doing down during each else ever
    every few for from further had has have having he her here hers him his how i if in into
    is it its itself just let like many may me might more most much must my no nor not now of
    off on once one only onto or other our ours out over own per said same say says shall she
    should so some such than that the their theirs them then there these they this those
    through to too under until up upon us very was we were what when where whether which while
    who whom whose why will with within without would you your yours
    """.split()
)
"""Words that carry grammar and no topic."""


_IRREGULAR = dict(
    pair.split(":")
    for pair in """ate:eat beaten:beat became:become began:begin begun:begin bitten:bite bought:buy
    broke:break broken:break brought:bring built:build burnt:burn caught:catch children:child
    chose:choose chosen:choose dealt:deal drank:drink driven:drive drove:drive fed:feed felt:feel
    fled:flee forgot:forget forgotten:forget fought:fight found:find gave:give given:give grew:grow
    grown:grow halves:half heard:hear held:hold hidden:hide hid:hide kept:keep knew:know known:know
    knives:knife led:lead left:leave lent:lend lives:life lost:lose made:make meant:mean men:man
    met:meet mice:mouse paid:pay ran:run rose:rise risen:rise sang:sing seen:see sent:send
    shelves:shelf shook:shake shaken:shake shot:shoot shown:show slept:sleep sold:sell sought:seek
    spent:spend spoke:speak spoken:speak stole:steal stolen:steal stood:stand struck:strike
    taken:take taught:teach thieves:thief thought:think threw:throw thrown:throw told:tell
    took:take went:go wives:wife woken:wake women:woman won:win wore:wear worn:wear wrote:write
    written:write""".split()
)
"""Forms that the stemmer, which knows endings only, doesn't bring together; from any grammar."""


class Word(NamedTuple):
    """One word of a text: its folded form, its stem, and `[start, end)` in the text."""

    folded: str
    stem: str
    start: int
    end: int

    @property
    def is_function_word(self) -> bool:
        """Whether the word carries grammar only."""
        return self.folded in FUNCTION_WORDS


def fold(text: str) -> str:
    """Case, accents and typographic apostrophes folded away; for comparison: offsets change."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


@lru_cache(maxsize=200_000)
def _stem(folded: str) -> str:
    # A stemmer isn't safe to share between threads and costs little to make; results are kept.
    bare = folded.removesuffix("'s")
    stemmed: str = Stemmer.Stemmer("english", 0).stemWord(_IRREGULAR.get(bare, bare))
    return stemmed


def iter_words(text: str) -> Iterator[Word]:
    """The words of a text in order, with offsets into it."""
    if text.isascii():  # folding moves no letter, so that it may come first, once for all words
        for match in _WORD.finditer(text.casefold()):
            folded = match.group()
            yield Word(folded, _stem(folded), *match.span())
        return
    for match in _WORD.finditer(text):
        folded = fold(match.group())
        yield Word(folded, _stem(folded), *match.span())


def typed_words(text: str) -> tuple[str, ...]:
    """The words of a text as they stand there, in order."""
    return tuple(match.group() for match in _WORD.finditer(text))


def folded_words(text: str) -> list[str]:
    """The folded words of a text, in order: those of `iter_words`, without the rest of each."""
    if text.isascii():  # as in `iter_words`
        return _WORD.findall(text.casefold())
    return [fold(word) for word in _WORD.findall(text)]


def stems(text: str) -> list[str]:
    """The stems of all words of a text, in order."""
    return [_stem(word) for word in folded_words(text)]


def telling_stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return [_stem(word) for word in folded_words(text) if word not in FUNCTION_WORDS]


@lru_cache(maxsize=50_000)
def stem_set(text: str) -> frozenset[str]:
    """The stems of a text; kept, for the same sentences are looked at again and again."""
    return frozenset(stems(text))


def content_stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order, without repeats."""
    return list(dict.fromkeys(telling_stems(text)))


def number_word(number: int) -> str:
    """A whole number as running text has it: in words to twelve, "no" for 0, else in digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def number_of(word: str) -> int | None:
    """The number that a folded word to twelve says; None for another word."""
    return _NUMBERS.index(word) if word in _NUMBERS else None


_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
