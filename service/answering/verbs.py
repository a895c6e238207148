"""Which words of a question are verbs that ask: by their place, whatever they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum, auto

from corpus.words import Word
from service.answering import asking, grammar

TermLength = Callable[[Sequence[Word]], int]
"""How many of some words, from the first on, make the longest term of the glossary; 0 for none."""


class Due(Enum):
    """The form of a verb that may stand next, and that asks whatever verb it is."""

    ANY = auto()
    BASE = auto()
    ING = auto()
    PARTICIPLE = auto()


class Verbs:
    """What came before a word: whether somebody who acts, and a verb of which form is due."""

    def __init__(
        self, subjects: Sequence[str], areas: Sequence[int], idioms: Sequence[int]
    ) -> None:
        """`subjects` are the masked words for whom is asked; where areas begin and idioms end."""
        self._has_subject = bool(subjects)
        self._auxiliary: Due | None = None
        # "Where are …" waits for a thing, "which areas …" for a verb.
        acts = any(grammar.ENDS_IN_A_SUBJECT.search(words) for words in subjects)
        self.due: Due | None = Due.ANY if acts else None
        for words in subjects:
            helping = _HELPING.match(words)
            if helping:
                self.due = self._auxiliary = _FORMS[helping["with"] or "is"]
        self._areas = sorted(areas)
        self._idioms = sorted(idioms)
        self._due_before: Due | None = None
        self._verb_spent = False
        self._previous = ""

    def pass_areas(self, position: int) -> None:
        """Areas before a position act."""
        while self._areas and self._areas[0] < position:
            self._areas.pop(0)
            # "Who in Saltmere leads on …": where they are doesn't take the verb's place.
            self.due = self.due or self._due_before
            self._acts()

    def pass_idioms(self, position: int) -> None:
        """Behind an idiom its topic stands, and no verb is due."""
        while self._idioms and self._idioms[0] <= position:
            self._idioms.pop(0)
            self.due = None

    def pass_helper(self, folded: str) -> None:
        """A word of grammar or of asking."""
        form = _FORMS.get(folded)
        self._due_before = self.due
        if folded == "to":
            self.due = None if self._previous in asking.NOUNS_BEFORE_TO else Due.BASE
        elif form is not None:
            self._auxiliary = form
            self.due = form if self._has_subject else None
        elif folded in asking.ACTING:
            self._acts()
        elif folded not in asking.BESIDE_A_VERB:
            self.due = self._auxiliary = None
        self._previous = folded

    def pass_verb(self) -> None:
        """The verb that was due."""
        self.due = self._auxiliary = None
        self._verb_spent = True
        self._previous = ""

    def may_ask(self) -> bool:
        """Whether a verb of asking asks here: one does, and each that a helper leads to."""
        return not self._verb_spent or self._previous in asking.LEADS_TO_A_VERB

    @property
    def wants_a_subject(self) -> bool:
        """Whether a helping verb waits for those who act: 'what will … do'."""
        return self._auxiliary is not None and not self._has_subject

    def _acts(self) -> None:
        self._has_subject = True
        self.due = self._auxiliary or self.due


_HELPING = re.compile(
    r"(?:and |so |but )?(?:(?P<with>do|does|did|has|have|will|is|are)\b(?! there\b)(?=.* any)"
    r"|who(?:['’]?s| is| are)$)"
)
"""Who acts, with a helping verb: 'does any area', 'who's'."""

_FORMS = {
    **dict.fromkeys(asking.BEFORE_A_BASE_FORM, Due.BASE),
    **dict.fromkeys(asking.FORMS_OF_BE, Due.ING),
    **dict.fromkeys(asking.FORMS_OF_HAVE, Due.PARTICIPLE),
}


def is_verb(words: Sequence[Word], due: Due | None, term_length: TermLength) -> bool:
    """Whether the first of some words is the verb that is due; the last word never is."""
    if due is None or len(words) < 2:
        return False
    verb, follows = words[0].folded, words[1]
    if due is Due.BASE:
        return True
    if due is Due.ING:
        led = verb in asking.ADJECTIVES and follows.folded in asking.PREPOSITIONS
        return led or verb.endswith(("ing", "ed"))
    if due is Due.PARTICIPLE:
        done = verb.endswith(("ed", "en")) or verb in asking.PARTICIPLES
        return done and follows.is_function_word
    acts = verb.removesuffix("s") in asking.ACTIONS
    return acts or follows.is_function_word or term_length(words[1:]) > 0
