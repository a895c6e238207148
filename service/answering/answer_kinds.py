"""The kinds of thing that a fact may be: how each is asked for, and how a sentence gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER_WORDS = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|"
    r"forty|fifty|hundred|thousand|million|half|quarter|third)"
)
_NUMBER = rf"(?:\b\d[\d,.]*\b|\b{_NUMBER_WORDS}\b)"
_UNIT = r"(?:year|month|week|day|hour|minute)"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_ENDS = r"(?=\W*$| (?:for|of|to|at|is|does|do|should|can)\b)"
"""Behind a thing asked for, which is no part of another: 'the website for', not 'website scams'."""
_SEASON = r"(?:spring|summer|autumn|winter)"
_AMOUNT = (
    r"\d ?%|\bper ?cent\b|\bby (?:a|an|one|two|three|nearly|almost|over|about|around) \w+|"
    rf"\b(?:halv|doubl|trebl|tripl)\w*|\bfrom {_NUMBER} (?:\S+ ){{0,4}}?to {_NUMBER}"
)
_BY_HOW_MUCH = (
    r"\b(?:by how (?:much|many)|how (?:much|far)(?= (?:has|have|had|did|does|do|will)\b))"
)
_NAMED_THING = (
    r"(?:programme|scheme|project|operation|campaign|initiative|service|group|team|fund|course|"
    r"unit|"
    r"centre|panel|model|app|hub)s?"
)
_BE = r"(?:['’]?s| is| are| was| were)?"
_DOWN = r"\b(?:down|fall\w*|fell|drop\w*|reduc\w+|decreas\w+|cut|declin\w+|fewer|less|halv\w+)\b"
_UP = r"\b(?:up|ris\w+|rose|grow\w*|grew|increas\w+|more|doubl\w+|trebl\w+|higher)\b"


@dataclass(frozen=True)
class AnswerKind:
    """A kind of thing that can be asked for: how it is asked, and how a sentence has it.

    `needs` is what the sentence must say beside it.
    """

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]
    needs: re.Pattern[str] | None
    says_more: bool
    """Whether the words that ask are what it is about as well: who *leads*, who *pays*."""


def _kind(
    name: str, asked: str, given: str, needs: str | None = None, *, says_more: bool = False
) -> AnswerKind:
    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return AnswerKind(
        name, compiled(asked), compiled(given), compiled(needs) if needs else None, says_more
    )


ANSWER_KINDS = (
    _kind(
        "author",
        r"\bwho (?:wrote|authored|prepared|presented|drafted|compiled|signed|produced|drew up|"
        r"put together)\b(?: off)?|"
        r"\b(?:the|its|their) authors?\b",
        r"(?-i:\b(?:Author|Presenting|Prepared by|Written by|Presented by|Drafted by|Report of|"
        r"Signed))\b|\b(?:drawn up|written|produced|prepared|compiled|drafted|put together) by\b",
    ),
    _kind(
        "date of a document",
        r"\bwhen (?:was|were|is) (?:[a-z'’-]+ ){0,4}?(?:published|written|issued|dated|presented|"
        r"agreed|adopted|approved|signed)\b|\b(?:date of|how old is)\b"
        r"|\bwhen did (?:\S+ ){0,4}?(?:publish|agree|adopt|approve|issue|sign)\b",
        rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH},? \d{{4}}\b|\b{_MONTH} \d{{4}}\b",
    ),
    _kind(
        "telephone number",
        rf"\b(?:tele)?phone numbers?\b|\bnumber to (?:call|ring)\b|\b(?:tele)?phones?\b{_ENDS}",
        r"\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b|\b(?:101|111|999)\b",
    ),
    _kind("e-mail address", rf"\be-?mail address(?:es)?\b|\be-?mails?\b{_ENDS}", r"\S@\S"),
    _kind(
        "web address",
        rf"\bweb ?(?:site|page|address)(?:es|s)?\b{_ENDS}|\burl\b",
        r"https?://|\bwww\.",
    ),
    _kind(
        "postal address",
        rf"\bpostal address(?:es)?\b|\b(?:the|its|their|an|what|which) address(?:es)?\b{_ENDS}",
        r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
    ),
    _kind("fall", rf"{_BY_HOW_MUCH}(?=.*?{_DOWN})", _AMOUNT, needs=_DOWN),
    _kind("rise", rf"{_BY_HOW_MUCH}(?=.*?{_UP})", _AMOUNT, needs=_UP),
    _kind("change", r"\bby how (?:much|many)\b", _AMOUNT),
    _kind(
        "sum of money",
        r"\bhow much (?:money|funding|is|was|will|does|do|did)\b"
        r"|\bhow (?:big|large) (?:is|was|are|were) "
        r"(?=(?:\S+ ){0,4}?(?:funds?|grants?|budgets?|pots?)\b)"
        r"|\bhow much (?:dosh|cash|dough)\b|\bhow much\b(?=.*\b(?:lose|lost|costs?|stolen|worth|"
        r"paid|spend|spent|raised|fleeced|done out of|pounds)\b)"
        r"|\b(?:lost|costs?|paid|spent|raised|stole) how much\b"
        r"|\b(?:total|overall|annual|whole) (?:budgets?|costs?|funding|spend(?:ing)?)\b"
        r"|\b(?:what|which)(?:['’]?s| is| are| was| were)?(?: \S+){0,4}? "
        r"(?:budgets?|costs?|price|funding|spend|salary)\b(?! (?:cuts?|pressures?))",
        r"(?:£|\bGBP) ?\d|\b\d[\d,.]* ?(?:pounds|million pounds)\b",
    ),
    _kind(
        "share",
        r"\b(?:what|which) (?:percentage|proportion|share)\b|\bper ?cent\b",
        r"\d ?%|\bper ?cent\b",
    ),
    _kind("year", r"\b(?:what|which) year\b", r"\b(?:19|20)\d\d\b"),
    _kind(
        "frequency",
        r"\bhow (?:often|frequently|regularly)\b",
        rf"\b(?:annual(?:ly)?|yearly|monthly|weekly|daily|quarterly|bi-?annual\w*|twice|once|"
        rf"(?:every|each) (?:\w+ )?(?:{_UNIT}|{_MONTH}|{_SEASON})s?|every \w+ {_UNIT}s|"
        rf"(?:{_NUMBER}) times|six-monthly)\b",
    ),
    _kind(
        "speed",
        r"\bhow (?:quick(?:ly)?|fast|soon|promptly)\b",
        rf"{_NUMBER}[ -]?(?:\w+ )?{_UNIT}s?\b|\b(?:same|next)(?: working)? day\b"
        r"|\b(?:immediately|straight away|at once)\b",
    ),
    _kind(
        "duration",
        rf"\bhow long\b|\bhow many {_UNIT}s\b",
        rf"{_NUMBER}[ -]?(?:\w+ )?{_UNIT}s?\b|\b{_NUMBER_WORDS}[ -]{_UNIT}\b",
    ),
    _kind(
        "time",
        r"^(?:and |so )?when\b|\bwhat (?:date|day|month|time)\b",
        rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}|{_MONTH} \d|(?:19|20)\d\d|"
        r"at (?:peak )?times?|peak times|during|over the|until|by the end|every|each|annual\w*|"
        rf"weekends?|evenings?|nights?|{_SEASON}|quarter|"
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b",
    ),
    _kind(
        "average",
        r"\b(?:on |the )?average\b",
        _NUMBER,
        needs=r"\b(?:average|mean|median|typical\w*)\b",
    ),
    _kind(
        "total",
        r"\bhow many\b(?=.*\b(?:altogether|in total|in all)\b)",
        _NUMBER,
        needs=r"\b(?:total\w*|altogether|in all|overall|all told)\b",
    ),
    _kind("number", r"\bhow many\b|\bwhat number of\b|\bnumber of\b", _NUMBER),
    _kind(
        "leader",
        rf"\bwho{_BE} (?:lead(?:s|ing)?|chair(?:s|ing)?|in charge|head(?:s|ing)?)\b"
        r"(?: (?:on|up|of))?",
        r"\b(?:led by|leads?|leader|chair(?:s|ed|person)?|own(?:ers?|ed by)|responsib\w+|"
        r"accountab\w+|managers?|managed by|head(?:s|ed)? (?:of|by)|run by|in charge|oversee\w*|"
        r"coordinat\w+)\b",
        says_more=True,
    ),
    _kind(
        "payer",
        rf"\bwho{_BE} (?:pays?|paid|paying|funds?|funded|funding|financ\w+)\b(?: for)?"
        r"|\bwhere (?:do|does|did|is) (?:\S+ ){0,6}?(?:money|funding|cash|budget) "
        r"com(?:e|es|ing)\b",
        r"£|\b(?:fund\w*|grants?|paid (?:for )?by|pays? (?:for|by)|financ\w+|contribut\w+|"
        r"award\w+|levy)\b",
        says_more=True,
    ),
    _kind(
        "recommendation",
        r"\b(?:(?:\w+ )?(?:members|councillors|committee|panel|board) )?(?:being )?"
        r"(?:asked|invited|recommended|requested|supposed) to do\b"
        r"|\b(?:asks?|invites?|wants?) (?:\w+ ){1,3}to do\b",
        r"\b(?:recommend\w*|(?:is|are) (?:asked|invited|requested) to)\b",
    ),
    _kind(
        "name of a thing",
        rf"\bnames? of (?:the|an?|its|their|this|that) (?:\w+ ){{0,2}}?{_NAMED_THING}\b",
        rf"(?-i:(?:[A-Z][\w'’-]+ ){{1,5}}){_NAMED_THING}\b|(?-i:\bOperation [A-Z])|[“\"]\w",
    ),
    _kind(
        "person's name",
        r"\bnames? of (?=\w|['’@])|"
        r"^(?:and |so )?who(?:['’]?s| is| was) (?:\S+ ){0,4}?(?:commissioner|chief constable|mayor|"
        r"chief executive)\b|\b(?:whose|full) names?\b|\bby name\b|"
        r"\bwho (?:\w+ )?(?:do|can|should|would|could) (?:i|we|you|people|residents) (?:\w+ )?"
        r"(?:speak to|talk to|write to|contact)\b|"
        r"\b(?:named|link|liaison|point of) (?:contact|person|individual|officer|lead)\b|"
        r"\bcontact (?:name|person)\b|\bwhat (?:is|are) (?:\S+ ){1,5}called\W*$",
        # A title before a name, or a line that is a name: case tells names from words.
        r"(?-i:\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Cllr|Councillor|Superintendent|Inspector|Sergeant|"
        r"Constable|Commissioner)\.? [A-Z]|\b[A-Z]\. [A-Z][a-z]+|^[A-Z][a-z]+ [A-Z][a-z]+$)",
    ),
)
"""Tried in this order: the more special before the more general."""


def asked_kind(text: str) -> AnswerKind | None:
    """The kind of thing that a question asks for, or None where any sentence may answer."""
    return next((kind for kind in ANSWER_KINDS if kind.asked.search(text)), None)
