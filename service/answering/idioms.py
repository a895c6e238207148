"""How English asks whether somebody cares: 'putting money into', 'tough on', 'high on the agenda'.

An idiom says how a topic is treated, and is no part of it. Patterns are matched on a *masked*
question, as those of `grammar`; of each match the span of the group `said` is taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.answering.asking import PARTICIPLES
from service.answering.grammar import SUBJECT

_WHOSE = r"(?:the|their|its|an?|any(?:one|body)['’]s|every(?:one|body)['’]s|@+(?:['’]s)?)"
_BE = r"(?:is|are|was|were|be|being|been|seems?|sounds?|looks?|feels?|gets?|stays?|remains?|talks?)"
_VERY = (
    r"(?:(?:very|really|so|too|most|more|least|less|particularly|especially|all|at all|pretty|"
    r"quite|rather|always|still|also|currently|that|actually|not|the) )*"
)

_FIRM = (
    r"(?:(?:an?|any|some|the|its|their|more|most|much|enough|lots of|a lot of|plenty of|extra|new|"
    r"real|firm|clear|serious|particular|special|specific|definite|concrete|great|greater|"
    r"greatest|high|big|huge|significant|considerable|little|least|less|no|fresh|their own|"
    r"public|explicit|formal|strong|full|top) )*"
)
_SPENDING = (
    r"(?:put|puts|putting|throw|throws|throwing|pour|pours|pouring|plough|ploughs|ploughing|pump|"
    r"pumps|pumping|sink|sinks|sinking|channel\w*|direct|directs|directing|commit\w*|"
    r"allocat\w+|earmark\w*|devot\w+|dedicat\w+|spend|spends|spending|spent|invest\w*|plac\w+)"
)
_MEANS = r"(?:money|cash|funds|funding|resources?|efforts?|energy|time|investment|budget|officers)"
_TREATING = (
    r"(?:ha[sv]e?|had|having|tak(?:e|es|en|ing)|took|mak(?:e|es|ing)|made|giv(?:e|es|en|ing)|gave|"
    r"put|puts|putting|pay|pays|paying|paid|show|shows|showing|plac(?:e|es|ed|ing)|"
    r"lay|lays|laying|lend|lends|attach\w*|express\w*|voic\w+|rais(?:e|es|ed|ing)|got|get|gets|"
    r"keep|keeps|keeping|set|sets|setting|turn|turns|turning|contain|contains|include|includes)"
)
_REGARD = (
    r"(?:attention|focus|emphasis|weight|stress|importance|significance|commitments?|measures|"
    r"actions?|steps|thought|interest|views?|position|stance|line|take|approach|promises?|"
    r"pledges?|targets?|mention|reference|concerns?|worries|spotlight|value|regard|heed|"
    r"provisions?|plans|proposals|ideas|things|anything|something|nothing|everything)"
)
_ABOUT = (
    r"(?:relating to|related to|in relation to|to do with|on|upon|about|around|over|regarding|"
    r"concerning|against|towards?|to|at|into|in|for)"
)
_ATTITUDES = (
    r"(?:worried sick|"
    r"tough|keen|big|hot|hard|strong|weak|soft|firm|silent|quiet|vocal|loud|serious|concerned|"
    r"anxious|clear|explicit|specific|vague|worried|bothered|fussed|passionate|exercised|alarmed|"
    r"troubled|relaxed|complacent|upfront|candid|ambitious|optimistic|light|heavy|ahead|behind)"
)

_SHORT_BE = r"(?:['’](?:s|ve|re|d|ll)|n['’]t)?"
_HELPING = (
    r"has|have|had|is|are|was|were|does|do|did|will|would|can|else|all|actually|also|ever|even|"
    r"really|already|been|not|that|who|which|got|gone|to"
)
_DONE = rf"(?:\w+ed|{'|'.join(sorted(PARTICIPLES))})"
_PARTICLE = r"(?:up|on|out|down|about|of|for|with|in|at|over|into|to|off|after|through)"
_MATTER = r"thing|issue|problem|matter|concern|worry|threat|risk|cause of \w+|source of \w+"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # who's picked that up, has anywhere spotted this as a thing, is anyone cracking down on it
        rf"\b(?:who|any(?:one|body|where)|some(?:one|body|where)|every(?:one|body)|{SUBJECT}|which|"
        rf"ones?|them|those|they|@){_SHORT_BE}(?: (?:{_HELPING})\b{_SHORT_BE})* "
        rf"(?P<said>(?:(?<!has )(?<!have )(?<!had )(?<!got )\w+|{_DONE})(?: {_PARTICLE}){{0,2}} "
        rf"(?:it|this|that|them|these|those|so)"
        rf"(?: {_PARTICLE})?(?: as (?:an? )?(?:\w+ )?(?:{_MATTER}))?)"
        r"(?=\W*$|[,;.?!]| (?:anywhere|at all|yet|in|and|or)\b)",
        # has … down
        r"\b(?:ha[sv]e?|had|got|put) (?:\S+ ){1,5}?(?P<said>down)(?=\W*$| as\b)",
        # … is missing from
        rf"\b(?P<said>{_BE} (?:missing|absent|left out|lacking|omitted)(?: (?:from|in|of))?)"
        r"(?=\W*$| which| @)",
        # leave … out
        r"\b(?:leav(?:e|es|ing)|left|miss(?:es|ing|ed)?|rul(?:e|es|ed|ing)) (?:\S+ ){1,5}?"
        r"(?P<said>out)\b",
        # not a single word on …, so much as a line about …
        r"(?P<said>\b(?:so much as )?(?:even )?(?:an?|one) (?:single |solitary )?"
        r"(?:word|line|mention|peep|syllable|sentence|thing)(?: (?:on|about|of))?)(?= \w|\W*$)",
        # where can people go to …
        r"^(?P<said>(?:and )?where (?:can|could|do|should|would) (?:i|we|you|they|people|folks?|"
        r"residents|victims|someone|anyone) (?:go|turn)(?: to| for)?) (?=\w)",
        # putting money into …, throwing everything at …, investing in …
        rf"\b(?P<said>{_SPENDING} (?:{_FIRM}{_MEANS} )?(?:aside )?"
        r"(?:into|in|at|towards?|on|to|for)) (?=\w)",
        # makes commitments around …, takes a firm line on …, puts weight on …
        rf"\b(?P<said>{_TREATING}(?: out| down| forward)? {_FIRM}{_REGARD}"
        rf"(?: (?:or|and) {_REGARD})? {_ABOUT}) (?=\w)",
        # what commitments are there on …
        rf"^(?P<said>(?:and )?(?:what|which|any) {_FIRM}{_REGARD}(?: are there| is there| exist)? "
        rf"{_ABOUT}) (?=\w)",
        # the borough's take on …, views about …
        rf"(?:@|['’]s|their|its) (?P<said>{_FIRM}{_REGARD} {_ABOUT}) (?=\w)",
        # any borough keen on …, who is tough on …
        rf"(?:\b{SUBJECT}|\bwho|\bthey|\bany(?:one|body)|@(?:['’]s)?|{_BE}) "
        rf"(?P<said>(?:{_BE} )?{_VERY}{_ATTITUDES} (?:on|about|over|with|at|by)) (?=\w)",
        # what is lined up for …, in store for …, in the pipeline on …
        r"(?P<said>\b(?:(?:help|support|anything|something|action|work) )?(?:being )?"
        r"(?:lined up|in store|in mind|in place|on offer|in the pipeline|on the cards|"
        r"planned|under ?way|going on|up (?:their|its) sleeves?) "
        r"(?:for|to|on|about|around|against)) (?=\w)",
        # where can I read about …
        r"^(?P<said>(?:and )?where (?:can|could|do|would|should|might) (?:i|we|one|you) "
        r"(?:read|find|see|look|learn|get)(?: up)?(?: something| anything| more| out| information|"
        r" details)?(?: about| on)?) (?=\w)",
        # how seriously does …
        r"^(?:and )?(?P<said>how (?:seriously|highly|strongly|prominently|heavily|firmly|"
        r"committed|concerned|worried|serious|keen|tough|"
        r"much (?:of a|attention|emphasis|weight)))\b",
        # … something @ is focusing on, an issue that they look at
        r"(?P<said>\b(?:something|an? (?:thing|issue|matter|problem)|one) (?:that |which )?"
        r"(?:(?:the )?@+(?:['’]s)?(?: \w+)??|they|it|(?:the|their) (?:council|partnership|plan))"
        r"(?: (?:is|are|has|have|wants?|do|does|will|would|going|to))*"
        r" \w+(?: (?:on|about|for|to|with|at|into))?)(?=\W*$)",
        # paying for …
        r"\b(?P<said>(?:is|are|who|they|@) (?:pay|pays|paying|paid) for) (?=\w)",
        # … high on the agenda, at the top of their list, on anybody's radar, in their sights
        rf"(?P<said>\b(?:{_VERY}(?:(?:up )?(?:high|higher|highest|low|first|last|prominent\w*|"
        rf"heavily|up|at the (?:top|head|centre|heart|forefront)|top|front and centre) ))?"
        rf"(?:on|in|of|at|under) {_WHOSE} (?:\w+ )?(?:agendas?|radars?|lists?|to-do lists?|map|"
        r"sights|crosshairs|in-trays?|thoughts|minds?|books|priorities|spotlight|microscope|"
        r"(?:heart|centre|core|top|forefront|head)(?: of (?:the|their|its|any) (?:\w+ )?"
        r"(?:plans?|strategy|work|agenda|list|thinking|priorities))?))(?=\W*$| in | for | of @|,)",
        # … seriously, … to heart, … head-on, … into account, … first
        r"(?P<said>\b(?:(?:very|more|most|as|really|quite) )*(?:seriously|to heart|head-on|"
        r"head on|into account|in hand|on board|under control|in check|by name|above all(?: else)?|"
        r"front and centre|a thing|at all|in detail|in depth|in any detail|in so many words|"
        r"in (?:their|its|the) (?:plan|strategy|document)s?))(?=\W*$)",
        # put victims first
        r"\bput(?:s|ting)? [\w' -]{3,40}? "
        r"(?P<said>first|last|front and centre|to the fore)(?=\W*$)",
        # … is a headline concern, a real worry, an issue
        rf"(?P<said>(?:\b{_BE}|['’]s) (?:also )?(?:an?|the|their|its|one of (?:the|their|its)) "
        r"(?:\w+ )?"
        r"(?:headline|pressing|top|main|key|big|bigger|biggest|major|real|growing|serious|"
        r"particular|number one|leading|central|local) (?:\w+ )?(?:concerns?|worr(?:y|ies)|"
        r"issues?|problems?|matters?|headaches?|themes?|focus|thing|challenges?))(?=\W*$)",
    )
)


def idioms_in(masked: str) -> Iterator[tuple[int, int]]:
    """The spans of the idioms in a masked question."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(masked):
            yield match.span("said")
