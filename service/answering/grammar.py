"""The grammar of questions: the words that ask, and never a word that is asked about.

Patterns are matched on a *masked* question: lower case, with each letter of an area's name
replaced by `@`, so that offsets stay those of the question.
"""

from __future__ import annotations

import re

SUBJECT = (
    r"(?:community safety (?:plans?|partnerships?)|boroughs?|councils?|areas?(?! of @)|"
    r"partnerships?|plans?|districts?|(?:police )?forces?|csps?|(?:local )?authorities|"
    r"places|towns|cities|counties|documents?)"
)
"""What a question that ranges over plans asks for."""

DOCUMENT = (
    r"(?:plans?|strateg(?:y|ies)|assessments?|profiles?|reviews?|statements?|frameworks?|"
    r"documents?|chapters?|editions?|agreements?|prospectus|papers?|appendix|concordats?|charters?|"
    r"compacts?|accords?|pacts?|prospectuses)(?:['’]s)?"
)
"""A document by its kind."""

_DETERMINERS = r"(?:(?:of|the|these|those|our|your|all|other|local|\d+|two|three|four|five|six) )*"
_BE = r"(?:['’]?s|['’](?:d|ve|re)| is| are| was| were)?"
_ASKS_FOR_A_PERSON = (
    rf"{_BE} (?:the|an?|in charge|responsible|accountable|chairs?|leads?|wrote|writes|sits|"
    r"attends|drew up|put together|signed|approved|adopted|endorsed|commissioned|prepared|produced|"
    r"compiled|drafted|"
    r"conducted|undertook|carried out|opened|launched|took part|answered|responded|authored|"
    r"published|pays|funds|(?:can|could|should|do|would) (?:i|we|you))\b"
)

SET_SUBJECT = re.compile(
    r"^(?:(?:and|so|but|ok|also) )*(?:(?:in|under|within|across|for|by|from|of) )?"
    rf"(?:which|what|whose) {_DETERMINERS}{SUBJECT}\b"
    rf"|^(?:which|what|who){_BE} (?:the )?(?:only|one|single) {SUBJECT} "
    r"(?:that|which|to|with|who)\b"
    r"|^(?:which|what) (?:ones|of (?:the )?(?:them|those|these|two|three|four|five|six|\d+))\b"
    r"|^which of (?=@)"
    r"|^which(?= (?:also |do |does |don['’]t |doesn['’]t )?(?:prioriti[sz]e|mention|cover|"
    r"target|name|use|run|tackle|include|have|has|list|say|not|both|neither)\b)"
    rf"|^(?:(?:and|so|but) )*who(?!{_ASKS_FOR_A_PERSON}){_BE}(?: else| all)?\b"
    r"|\bwho(?:['’]s| is| are| else)? \w+ (?:it|this|that|them|so|one|any)\b"
    r"|^where(?:abouts)?(?:['’]?s| is| are| do| does| else)\b(?! @)"
    r"|^(?:any|some)(?:one|body)(?= (?:who|that|\w+ing|\w+ed|got|has|have|do|does|with|else)\b)"
    r"|^(?:any|every|some)where(?:['’]?s| that| which| where| with)+\b"
    r"|^whose (?:\w+ )?(?:priority|priorities|job|concern)\b"
    rf"|^(?:is|are) there (?:(?:an?|any|one|some) )?{SUBJECT}"
    r"(?= (?:that|which|who|with|without|where|\w+ing)\b)"
    r"|^(?:do|does|did|have|has|are|is|will)(?: there)? any(?:one|body)?(?: of)? "
    rf"{_DETERMINERS}{SUBJECT}?"
    rf"|^(?:list|name|give|show|tell|find)(?: me| us)?(?: all| every)? {_DETERMINERS}{SUBJECT}"
    r"(?: (?:for|in|to|by) (?:whom|which|whose))?"
    r"(?= (?:that|which|who|whose|with|where|not|without|\w+ing|.* (?:is|are|was|were))\b)"
    rf"|^(?:an?|any|all|every|the|those|these) {_DETERMINERS}{SUBJECT}(?: (?:in|for|by) which)?"
    r"(?= (?:that|which|who|whose|with|where|not|without|\w+ing|\w+ed|got|has|have|put|"
    r"(?:\w+ )?(?:on|about|is|are))\b)"
    rf"|^(?:what|how) (?:each|every|all|both|the) {_DETERMINERS}{SUBJECT}"
    r"(?= (?:says?|do|does|plans?|has|have|will)\b)"
    rf"|^{SUBJECT}(?= (?:that|which|who|with|without|not|\w+ing|prioriti[sz]e)\b)"
)
"""A question for the areas that …"""

LEANING = re.compile(r"^(?:(?:and|so|but|ok|right|well|also)\b[, ]*)+")
"""Words that join a question to what was said before."""

ANY_OF_THEM = re.compile(rf"^any(?:one|body|(?: of)? {_DETERMINERS}{SUBJECT})\b")
"""Behind 'whether' these ask which, if any."""

ASKS_AT_THE_END = re.compile(
    rf"[ .,:;–—-]+(?:who|any(?:one|body)|which ones|which {SUBJECT})(?: else| all)?\W*$"
)
"""The areas that … are asked for behind the topic: 'quad theft who'."""

ENDS_IN_A_SUBJECT = re.compile(
    rf"(?:{SUBJECT}|who|(?<!in )(?<!by )(?<!for )which|that|ones|them|those|any(?:one|body))$"
)
"""Behind these the verb follows that says what they do."""

COUNT_SUBJECT = re.compile(
    rf"\b(?:how many|(?:the )?number of|count(?: of)?|"
    rf"(?:what|which) (?:proportion|percentage|share|fraction|per ?cent) of) "
    rf"{_DETERMINERS}(?:{SUBJECT}|them)\b"
)
QUANTIFIED = re.compile(
    rf"^(?:do|does|did|are|is|have|has) (?:all|every|each|both) {_DETERMINERS}{SUBJECT}\b"
)
"""Asks whether something is true of all plans."""

SPEAKER = re.compile(r"\b(?:I|we|you)\b|\b(?:my|our|your)\b|\bis there\b")
PRONOUN = re.compile(r"\b(?:it|this|that|them|these|those)\b", re.IGNORECASE)
STORY = re.compile(r"\b(?:I|we|my|our|which|who|whose|what|where|how|that)\b")
"""Words that a topic hasn't, but a story told around one has."""

PLACE_AS_SUBJECT = re.compile(
    r"^(?i:(?:what|how|when|where|why) )?(?i:does|do|did|will|is|has|have) "
    r"(?!(?:The|They|It|This|That|These|Those|There|Any|All|We|You|I)\b)"
    r"(?P<place>[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,3})(?:['’]s)?(?: plan| council| partnership)? "
    r"(?:say|doing|do|plan|planning|going|prioriti[sz]e|mention|cover|target|tackle|tackling|use|"
    r"run|have|intend|want|treat|deal|include|name|address|list)\b"
)
"""A name that does what only an area or its plan does."""

COUNT_THINGS = re.compile(r"\b(?:how many|(?:the )?number of)\b")

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
    r"ignores?|skips?|overlooks?|lacks?|says? nothing (?:on|about)|(?:is|are) silent (?:on|about)))"
    r"|(?P<beside>(?:but|yet|while|though|although)(?: (?:they|it|who|that|which))? "
    r"(?:(?:do|does|still|also|instead) )*(?:mentions?|covers?|names?|includes?|"
    r"prioriti[sz]es?|tackles?|targets?|addresse?s?|lists?|discuss(?:es)?|flags?|talks? about)))"
    r" (?=\w)",
    re.IGNORECASE,
)
"""A second thing that is asked beside the first, of the other sign: 'mention A but leave out B'."""

COMPARISON = re.compile(
    r"\b(?:compar\w+|contrast\w*|differ\w*|versus|vs|similarit\w+|side by side)\b|@ v\.? @"
)

_ONE_OF_ITS = r"(?:(?:one of|among|amongst) (?:the|its|their|@+(?:['’]s)?)|an?)"
_ITS_PARTS = (
    r"(?:outcomes?|pledges?|objectives?|aims?|themes?|commitments?|goals?|ambitions?|promises?)"
)
RANK = re.compile(
    rf"\b{_ONE_OF_ITS} {_ITS_PARTS}\b(?! (?:of|to|on|for)\b)|"
    r"\bprioriti[sz]\w*|\bpriorit(?:y|ies)\b|\b(?:main|key|top|chief|biggest|major|headline) "
    r"(?:concerns?|issues?|focus|themes?)\b|\bhigh(?:er|est)? (?:up )?(?:on|in)\b"
    r"|\btop of (?:the|their|its)\b"
)
"""Words that ask for rank: a mere mention doesn't answer them."""

STRUCTURE = re.compile(
    r"\b(?:(?P<vision>visions?|mission)|(?P<objectives>objectives?|aims?|goals)|"
    r"(?P<emerging>(?:(?:new and )?(?:newly )?emerging|new) "
    r"(?:issues?|threats?|risks?|concerns?|priorit(?:y|ies)|ones|themes?|trends?|problems?)|"
    r"^what(?: do| does|['’]?s| is)?[ @]*(?: see| call| name| list| describe| regard| treat)?"
    r"(?: as)? (?:new and )?emerging\b|"
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

ANYWHERE = re.compile(
    r"\b(?:anywhere|(?:by|on|in|for) any(?:one|body)(?:['’]s)?(?: plans?)?|somewhere|"
    rf"(?:by|in|for) any(?: of)?(?: the| these| those)? {SUBJECT})\b"
)

YES_NO = re.compile(
    r"^(?:(?:and|so|but) )*(?:does|do|is|are|has|have|will|did|can|was|were|would|should|could)"
    r"(?:n['’]?t)?\b(?! any)"
)
ABOUT_TEXT = re.compile(
    r"\b(?:plans?|mention\w*|cover\w*|includ\w*|prioriti\w*|priorit(?:y|ies)|say|says|name[sd]?|"
    r"list\w*|refer\w*|address\w*|talk\w*|discuss\w*|contain\w*|describ\w*|identif\w*|concerns?)\b"
)
"""A yes/no question with one of these asks what a plan says; others ask about the world."""

REPORT = re.compile(
    r"\b(?:this|the)(?: (?!of\b|in\b|the\b)[a-z'’]+){0,3}? "
    r"(?:report|booklet|leaflet|digest|joint statement)(?:['’]s)?\b"
)

SURVEY = re.compile(
    rf"(?P<shared>\b(?:have |has |got )?in common\b|\bcommon to (?:all|both|every)\b"
    rf"|\b(?:are |is )?shared?\b(?: by (?:all|both|every) {_DETERMINERS}(?:{SUBJECT})?)?"
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

PERIOD = re.compile(
    r"\bhow long (?:do|does|did|will|is|are) .*\bplans? (?:last|run|for|cover|apply)\b"
    r"|\b(?:what|which) (?:period|years?|dates?|time ?(?:span|frame|scale))\b.*"
    r"\b(?:cover\w*|for|span\w*|run|runs|apply|applies)\b"
    r"|\bwhen (?:do|does|did|will) .*\bplans? (?:start|begin|end|expire|run out|finish)\b"
)
"""Asks for the years that plans are for."""

YES_OR_NO_BEHIND = re.compile(r"[,.?;–-] ?(?:yes or no|y/n|true or false)\W*$")
"""Asks for a yes behind bare words."""

QUOTED = re.compile(r"[\"“](?P<words>[^\"“”]*\w[^\"“”]*)[\"”]")
"""Words in quotation marks are asked for as they stand."""

EXCLUSION = re.compile(
    r"\b(?:other than|except(?: for)?|apart from|besides|excluding|(?:leaving )?aside(?: from)?|"
    r"but not|not counting|not including|leaving out|ignoring|"
    r"not(?= @))(?:,? ?(?:(?:and|or|nor|not|&|for|in) )*@+)+"
)
"""Areas to be left out: all of a list of them."""

_STANDING = r"(?:(?:key|main|top|strategic|specific|new|emerging|and|or|of|its|their|our) )*"
AS_RANK = re.compile(
    r"\b(?:(?:got )?down as|as|to be|named|listed|being|made|make|makes)"
    rf"(?: an?| one of(?: @+(?:['’]s)?)?)? {_STANDING}"
    r"(?:priorit(?:y|ies)|concerns?|issues?|threats?|problems?|risks?)"
    rf"(?:,? (?:and|or|nor)(?: (?:as )?an?)? {_STANDING}"
    r"(?:priorit(?:y|ies)|concerns?|issues?|threats?|problems?|risks?|mentions?))?\b"
)
"""How a plan treats a topic, said after it: 'as a priority or an emerging issue'."""

AS_EMERGING = re.compile(
    r"(?:\b(?:(?:is|are|was|were|being|be|as|on the (?:radar|horizon)|to be|an?|the|something) )+"
    r"(?:new and )?(?:emerging|emergent|newly emerging|up[- ]and[- ]coming)\b"
    r"|\bup[- ]and[- ]coming\b|\bemerging\b(?=[?. ]*$)"
    r"|\bas (?:something |an? )?new\b)"
    r"(?: (?:issues?|threats?|risks?|concerns?|problems?|matters?|trends?|things?)\b)?"
)
"""Asks where a topic is called emerging: 'an emerging issue', 'on the radar as emerging'."""

OF_RANK = re.compile(
    r"\b(?:an?|the|one of (?:the|its|their|@+(?:['’]s)?)|"
    r"(?:(?:is|are|was|were|figures?|features?|ranks?|counts?|comes?|stands?|be|being) )?"
    r"(?:among|amongst|one of|part of)(?: (?:the|its|their|@+(?:['’]s)?))?) "
    r"(?:(?:big(?:ger|gest)?|main|key|top|high(?:er|est)?|"
    r"low(?:er|est)?|major|real|strategic|serious|greater|named|stated) )*"
    rf"(?:priorit(?:y|ies)|concerns?|worry|{_ITS_PARTS})\b(?! (?:areas?|themes?|groups?|of|to)\b)"
)
"""How a plan treats a topic, said of it: 'is it a bigger concern in …'."""

OF_AREA = re.compile(
    r"(?:\b(?:in|of|from|under|within|by) )?(?:\b(?:the|its|their) )?@+(?:['’]s)?"
    r"(?: (?:\d{4}|(?:\d{2}(?:\d\d)?[-–/]\d{2}(?:\d\d)?)|police|crime|and|&|community|safety|safer|"
    r"partnership|council|county|district|borough|delivery|action|annual|strategic|needs|youth|"
    r"justice|fire|rescue|integrated|risk|management|drugs?|alcohol|domestic|abuse|serious|"
    r"violence|rural|local|outcomes?|improvement|threat|control|joint|draft|final|new|old|latest|"
    r"current|first|second|third|original|recent|last|previous|earlier|own)){0,5} "
    rf"{DOCUMENT}(?=\W|$)"
)
"""Names the document of an area: 'in the … delivery plan'."""

INSTITUTION = re.compile(
    r"(?<=@)(?:['’]s)?(?: (?:o?pcc|pf?cc|p?csp|(?:police and crime )?commissioner|chief constable|"
    r"council|board|partnership|constabulary|fire(?: and rescue)?(?: service| authority|(?=['’]s))|"
    r"(?:police )?force|(?:local |fire )?authority))+(?:['’]s)?(?=\W|$)"
)
"""The body that an area's plan is of, named behind the area."""

NAMED_DOCUMENT = re.compile(rf"@+(?:['’]s)?(?P<name>(?: [a-z&]{{2,6}}){{1,3}}) {DOCUMENT}(?=\W|$)")
"""A document of an area by its initials, which are typed in capitals: '…’s VAWG strategy'."""

NUMBERED = re.compile(r"\(?\b(?:chapter|section|page|part|appendix|annex|paragraph) \d+\b\)?")
"""A place in a document."""

SOURCE_FIRST = re.compile(
    r"(?:according to|going by|as per|per|reading|looking at|in|under|from) (?:the |its |their )?"
    rf"(?=[^,:;]*@|[^,:;]*\b{DOCUMENT}\b)[^,:;]{{1,80}}[,:;] ?"
)
"""Says before the question what it is asked of: 'according to …’s plan, who …'."""

ACCORDING = re.compile(
    rf",? (?:according to|as stated in|as set out in) (?:the|their|its|these) {SUBJECT}\b"
)
"""Says again that plans are asked."""

THE_ONLY_ONE = re.compile(
    rf"\b(?:the )?only (?:{SUBJECT}|one)(?: (?:that|which|to|who))?(?=\s)|(?<=@) alone\b"
)
"""Asks whether an area is the only one: that takes all of them to say."""

EXISTENTIAL = re.compile(r"^(?:what|which)(?: \w+){1,3}? (?:is|are) there\b")
"""What there is for a topic: 'what help is there for …'."""

EDITIONS = re.compile(
    r"\b(?:in|under|across|from)? ?(?:(?:any|all|every|each|both|either)(?: of)?(?: the| its)?"
    r" (?:editions?|versions?)"
    r"|(?:their|the|its) (?:past|previous|earlier|old) (?:plans?|editions?)"
    r"|,? ?(?:old|past|previous|earlier|current|present|new|latest) (?:or|and) "
    r"(?:old|past|previous|earlier|current|present|new|latest),?)"
    r"(?: of (?:the|their|its) plans?)?\b"
)
"""Asks over superseded editions too."""

PREVIOUS = re.compile(
    r"\b(?:in |under |from |of )?(?:the |its |their |that |@(?:['’]s)? )?"
    r"(?:(?:plan|edition|version|one|strategy) before"
    r"(?: (?:that|it|this|the (?:current|latest) one))?"
    rf"|(?:previous|preceding|prior|former|earlier|old(?:er)?) (?:{DOCUMENT}|version|one)"
    r"|last (?:edition|version|plan|strategy))\b"
)
"""Asks for the edition before the one in force, or before the one of a year."""

NTH_EDITION = re.compile(
    r"\b(?P<nth>first|second|third|original|earliest|oldest) (?:@+(?:['’]s)? )?"
    rf"(?:{DOCUMENT}|version)(?=\W|$)"
)
"""Asks for an edition by its number among those held: 'the second … plan'."""

PLAN_YEAR = re.compile(
    r"\b(?P<year>(?:19|20)\d\d)(?: ?[-/–] ?(?:(?:19|20)?\d\d))? "
    r"(?:plan|edition|version|strategy|one)\b"
)
"""A year that names a plan, whatever is asked of it."""

SHORT_YEAR = re.compile(r"\b(?:in|for|during|of|the) ['’]?(?P<year>\d\d) ?[-/–] ?\d\d\b")
"""A period as '22/23': its first year in this century."""

YEAR = re.compile(
    r"\b(?:(?:in|for|during|as of|from|between|covering|dated|since) )?(?P<year>(?:19|20)\d\d)"
    r"(?: ?(?:[-–/]|to|and|until) ?(?:(?:19|20)?\d\d))?\b"
)

WHAT_BECAME = re.compile(
    r"^(?:(?:and|so|but|ok) )*"
    r"what(?:['’]?s| has| is)? (?:happened|happening|happens|become|became) (?:to|of|with)\b"
)
HOW_MUCH = re.compile(
    r"^(?:and |so )?how (?:big|large|high|old|far|long|often|frequently|regularly|soon|wide)\b"
)
LATELY = re.compile(
    r"\b(?:(?:in|over|during|for|since) )?(?:the )?(?:last|past|this|next|coming) "
    r"(?:year|month|week|quarter|decade|\w+ (?:years|months|weeks))\b"
)
"""When, without a date."""

CHANGED = re.compile(r"\b(?:chang\w+|evolv\w+|mov\w+ on|shift\w*)\b")
BETWEEN_YEARS = re.compile(
    r"\b(?:between|from|since)? ?(?:19|20)\d\d ?(?:and|to|until|[-–]) ?(?:19|20)\d\d\b"
)
PLANS_OF_YEARS = re.compile(rf"\b(?:19|20)\d\d and (?:19|20)\d\d {DOCUMENT}(?=\W|$)")

BARE_TOPIC = re.compile(
    r"^(?:(?:and|so|but|ok) )*(?:what|how) about\b"
    rf"|{WHAT_BECAME.pattern}"
    rf"|^(?:what|how) (?:is|are|do|does|will) "
    rf"(?:being done|they|we|every(?:one|body)|people|{_DETERMINERS}{SUBJECT})\b"
)
"""Asks what is held on a topic, not for a fact."""

FACT_OPENING = re.compile(
    r"^(?:and )?(?:when|why|how (?:often|long|much|many|old|big|large|far|frequently)|who|whom|"
    r"whose|(?:(?:in|on|at|by|from|under) )?(?:what|which)|what(?:['’]s)?)\b"
)
SPECIFIC_FACT = re.compile(
    r"^(?:and )?(?:when|how (?:often|long|much|many|old|big|large|far|frequently)|who|whom|whose|"
    r"(?:(?:in|on|at|by|from|under) )?(?:which|what (?:year|date|day|month|time|name|number|"
    r"proportion|percentage|share|act|law)))\b"
)
"""Asks for one thing (a time, a number, a name), even where it names an area."""

ASKS = (
    r"(?:which|what|who|whom|whose|where|when|why|how|do|does|did|is|are|was|were|has|have|will|can|"
    r"could|would|should|list|name|give|show|tell|find|quote|compare|contrast|explain|describe|"
    r"summari[sz]e|any|anyone|anybody|someone|somebody|anywhere|everywhere|whereabouts|all|every|the|and|so|but|"
    r"count|anything|owt|nowt|something|everything|info|information|details|"
    rf"(?:who|what|where|how|when)s|an? {SUBJECT} (?:that|which|who|with|where)|"
    rf"(?:those|these) {SUBJECT})\b"
)
ASKING = re.compile(rf"^{ASKS}")
"""A question rather than bare words."""
