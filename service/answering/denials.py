"""What a question says is not to be: areas left out, topics that plans lack."""

from __future__ import annotations

import re

NEGATION = re.compile(
    r"\b(?:not|never|nothing|nowt|without|lacks?|lacking|omits?|omitted|omitting|ignor\w+|silent|"
    r"missing|neither|absent|overlook\w*|exclude[sd]?|(?:leav(?:e|es|ing)|left) (?:\S+ ){1,5}out|"
    r"no (?:mention|reference|plans?|priority|word)|"
    r"fail(?:s|ed|ing)? to|leav(?:e|es|ing) out|left out|\w+n['’]t|"
    r"(?:do|does|did|is|are|has|have|wo|ca|was|were)nt)\b"
)

CONTRAST = re.compile(
    r",? (?:(?P<without>but (?:not|no|never)|(?:but|yet|while|though|although|and)"
    r"(?: (?:they|it|who|that|which))? (?:(?:do|does|did|is|are|has|have)(?: not|n['’]?t)"
    r"(?: (?:got|say|mention|cover|name|include|prioriti[sz]e|tackle|target|address|list|discuss|"
    r"have|speak|talk|do|use|run)"
    r"(?: (?:anything|a word|so))?(?: (?:of|on|about))?)?|never(?: mentions?)?|leaves? out|omits?|"
    r"ignores?|skips?|overlooks?|lacks?|(?:says?|has|have)(?: got)? (?:nothing|nowt) (?:on|about)|"
    r"(?:is|are) silent (?:on|about)))"
    r"|(?P<beside>(?:but|yet|while|though|although)(?: (?:they|it|who|that|which))? "
    r"(?:(?:do|does|still|also|instead) )*(?:mentions?|covers?|names?|includes?|"
    r"prioriti[sz]es?|tackles?|targets?|addresse?s?|lists?|discuss(?:es)?|flags?|talks? about)))"
    r" (?=\w)",
    re.IGNORECASE,
)
"""A second thing that is asked beside the first, of the other sign: 'mention A but leave out B'."""

NOT_DENYING = re.compile(
    r",? ?\b(?:never mind|as opposed to|as distinct from|rather than|instead of|"
    r"(?:not|\w+n['’]t) (?:just|only|merely|simply|necessarily)|let alone|even if only|"
    r"(?:even )?if not(?: (?:by|in|under))?)"
    r"\b(?! @)(?![^,;?.]* but\b)[^,;?.]*"
    r"|\b(?:not|\w+n['’]t) (?:just|only|merely|simply)\b"
)
"""What is named only to be set aside: 'not just the victims', 'as opposed to old people'."""

EXCLUSION = re.compile(
    r"\b(?:other than|except(?: for)?|apart from|besides|excluding|(?:leaving )?aside(?: from)?|"
    r"but not|not counting|not including|leaving out|ignoring|"
    r"not(?= @))(?:,? ?(?:(?:and|or|nor|not|&|for|in|the) )*@+)+(?: [a-z]+(?=,))?"
)
"""Areas to be left out, or whoever in one stands for it: 'apart from the … landlords, who'."""


def denies(masked: str) -> bool:
    """Whether it asks who does not; "but not" only takes a topic or an area away."""
    plain = NOT_DENYING.sub(" ", EXCLUSION.sub(" ", masked))
    plain = CONTRAST.sub(_without_denial, plain)
    return bool(NEGATION.search(plain))


def _without_denial(contrast: re.Match[str]) -> str:
    return contrast.group() if contrast["beside"] else " "
