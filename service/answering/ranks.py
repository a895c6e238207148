"""How a question says rank, and which parts of a plan it asks for.

Patterns are matched on a *masked* question, as those of `grammar`.
"""

from __future__ import annotations

import re

from service.answering.grammar import DETERMINERS, NUMBER, SUBJECT

_ONE_OF_ITS = r"(?:(?:one of|among|amongst) (?:the|its|their|@+(?:['’]s)?)|an?)"

_ITS_PARTS = (
    r"(?:outcomes?|pledges?|objectives?|aims?|themes?|commitments?|goals?|ambitions?|promises?)"
)

_ONE_OF_SO_MANY = (
    r"\bone of (?:the|its|their|@+(?:['’]s)?)(?: (?:@+ )?\w+['’]s| @+(?:['’]s)?)? "
    rf"(?:(?:key|top|main|big) )?{NUMBER}(?=\W*$|[,;.?!])"
)
"""'One of their four': of their priorities, whatever they are called."""

RANK = re.compile(
    rf"{_ONE_OF_SO_MANY}|\b{_ONE_OF_ITS} {_ITS_PARTS}\b(?! (?:of|to|on|for)\b)|"
    r"\bprioriti[sz]\w*|\bpriorit(?:y|ies)\b|\b(?:main|key|top|chief|biggest|major|headline) "
    r"(?:concerns?|issues?|focus|themes?)\b|\bhigh(?:er|est)? (?:up )?(?:on|in)\b"
    r"|\btop of (?:the|their|its)\b"
)
"""Words that ask for rank: a mere mention doesn't answer them."""

_STANDING = r"(?:(?:key|main|top|strategic|specific|new|emerging|and|or|of|its|their|our) )*"

_HOLDING = (
    r"(?:ranks?|counts?|features?|figures?|seen|treated|viewed|regarded|put down|put|flagged|"
    r"listed|described|named|called|logged|"
    r"classed|marked|counted|considered|recorded|identified|highlighted)"
)
_HELD = rf"(?:(?:is|are|was|were|being|been|be) )*{_HOLDING}"
"""How plans hold a thing to be something."""

AS_RANK = re.compile(
    rf"\b(?:(?:{_HELD} )?as|(?:got )?down as|to be|named|listed|being|(?:made|makes?)(?: it|"
    rf" them| this| that)?)"
    rf"(?: an?| one of(?: @+(?:['’]s)?)?)? {_STANDING}"
    r"(?:priorit(?:y|ies)|concerns?|issues?|threats?|problems?|risks?)"
    rf"(?:,? (?:and|or|nor)(?: (?:as )?an?)? {_STANDING}"
    r"(?:priorit(?:y|ies)|concerns?|issues?|threats?|problems?|risks?|mentions?))?\b"
)
"""How a plan treats a topic, said after it: 'as a priority or an emerging issue'."""

AS_EMERGING = re.compile(
    rf"(?:\b(?:(?:{_HOLDING}|is|are|was|were|being|been|be|as|on the (?:radar|horizon)|to be|"
    r"an?|the|something) )+"
    r"(?:new and )?(?:emerging|emergent|newly emerging|up[- ]and[- ]coming)\b"
    r"|\bup[- ]and[- ]coming\b|\bemerging\b(?=[?. ]*$)"
    r"|\bas (?:something |an? )?new\b)"
    r"(?: (?:issues?|threats?|risks?|concerns?|problems?|matters?|trends?|things?)\b)?"
)
"""Asks where a topic is called emerging: 'an emerging issue', 'on the radar as emerging'."""

OF_RANK = re.compile(
    rf"{_ONE_OF_SO_MANY}|"
    r"\b(?:an?|the|(?:within|under|in|part of|one of) (?:an?|the|its|their|@+(?:['’]s)?)|"
    r"(?:(?:is|are|was|were|figures?|features?|ranks?|counts?|comes?|stands?|be|being) )?"
    r"(?:among|amongst|one of|part of)(?: (?:the|its|their|@+(?:['’]s)?))?) "
    r"(?:(?:big(?:ger|gest)?|main|key|top|high(?:er|est)?|"
    r"low(?:er|est)?|major|real|strategic|serious|greater|named|stated|full|proper|first|second|"
    r"third|fourth|"
    r"fifth|sixth|seventh|last|own) )*"
    rf"(?:priorit(?:y|ies)|concerns?|worry|{_ITS_PARTS})\b(?! (?:areas?|themes?|groups?|of|to)\b)"
)
"""How a plan treats a topic, said of it: 'is it a bigger concern in …'."""

STRUCTURE = re.compile(
    r"\b(?:(?P<vision>visions?|mission)|(?P<objectives>objectives?|aims?|goals)|"
    r"(?P<emerging>(?:(?:new and )?(?:newly )?emerging|new) "
    r"(?:issues?|threats?|risks?|concerns?|priorit(?:y|ies)|ones|themes?|trends?|problems?)|"
    r"^(?:what|which (?:things|issues|problems|crimes|ones))(?: do| does|['’]?s| is| are)?[ @]*"
    r"(?: see| call| name| list| describe| regard| treat| think| say)?(?: as| are|"
    r" is)? (?:new and )?emerging\b|"
    r"^what(?:['’]s| is) new(?! on\b| about\b))|"
    r"(?P<priorities>priorit(?:y|ies)(?: (?:areas?|themes?|threats?|crimes?|issues?|outcomes?|"
    r"actions?|risks?))?|focus areas|(?:key )?areas of focus|key areas|(?:strategic )?themes|"
    r"pledges|outcomes|commitments|ambitions|promises|workstreams|"
    r"^what (?:gets|takes|has|is given) precedence|^what comes (?:first|top)))\b"
)
"""Parts of a plan that can be listed."""

LIST_OPENING = re.compile(
    r"^(?:and )?(?:list|name|give|show|tell|outline|set out|summari[sz]e|"
    r"what(?:['’]s| is| are| were| was)?|which(?: are)?)\b"
)

WHICH_PARTS = re.compile(
    r"^(?:and )?which (?:\w+ ){0,3}(?:priorities|objectives|aims|goals|themes|outcomes|pledges|"
    r"commitments|ambitions|issues|risks|threats|concerns)\b"
)

WHICH_THINGS = re.compile(
    r"^(?:and )?(?:which|what) (?P<things>(?:[\w-]+ ){1,4}?)"
    r"(?:do|does|did|is|are|was|were|has|have|had|will|can)\b"
)
"""Asks for things by their name: 'which laws does the vision refer to'."""

SURVEY = re.compile(
    rf"(?P<shared>\b(?:have |has |got )?in common\b|\bcommon to (?:all|both|every)\b"
    rf"|\b(?:are |is )?shared?\b(?: by (?:all|both|every) {DETERMINERS}(?:{SUBJECT})?)?"
    r"|\b(?:all|both) agree on\b)"
    r"|(?P<commonest>\b(?:the )?(?:most (?:common|frequent|popular|shared|widespread)(?:ly)?"
    r"|commonest|most often)\b(?: (?:chosen|named|used|prioritised|shared))?)"
    rf"|(?P<unique>\bunique(?:ly)?\b(?: to)?|\bonly(?= @)|\bexclusive(?:ly)? to\b"
    rf"|\bonly (?:one|a single) {SUBJECT}\b|\bno(?:body| one| other {SUBJECT}) else\b"
    rf"|\bno other {SUBJECT}\b)"
    r"|(?P<most>\b(?:the )?(?:most|(?:largest|highest) number of)(?= (?:strategic |key )?priorit))"
    r"|(?P<fewest>\b(?:the )?(?:fewest|least|(?:smallest|lowest) number of)"
    r"(?= (?:strategic |key )?priorit))"
)
"""Asks what plans have in common, or one has alone, where no topic is left beside it."""
