"""The grammar of questions: the words that ask, and never a word that is asked about.

Patterns are matched on a *masked* question: lower case, with each letter of an area's name
replaced by `@`, so that offsets stay those of the question.
"""

from __future__ import annotations

import re

SUBJECT = (
    r"(?:community safety (?:plans?|partnerships?)|boroughs?|councils?|areas?(?! of @)|"
    r"partnerships?|plans?|districts?|(?:police )?forces?|csps?|(?:local )?authorities|"
    r"places?|towns|cities|counties|documents?)"
)
"""What a question that ranges over plans asks for."""

DOCUMENT = (
    r"(?:plans?|strateg(?:y|ies)|assessments?|profiles?|reviews?|statements?|frameworks?|"
    r"documents?|chapters?|editions?|agreements?|prospectus|papers?|appendix|concordats?|charters?|"
    r"compacts?|accords?|pacts?|prospectuses)(?:['’]s)?"
)
"""A document by its kind."""

NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
DETERMINERS = rf"(?:(?:of|the|these|those|our|your|all|other|local|{NUMBER}) )*"

_BE = r"(?:['’]?s|['’](?:d|ve|re)| is| are| was| were)?"

_ASKS_FOR_A_PERSON = (
    r"(?: (?:at|in|from) @+)? (?:can|could|should|do|would) (?:i|we|you)\b|"
    rf"{_BE} (?:(?:it|this) (?:by|from|presented|written|produced|published|prepared)|"
    r"the|an?|in charge|responsible|accountable|chairs?|leads?|wrote|writes|sits|"
    r"presented|attends|drew up|put together|signed|approved|adopted|endorsed|commissioned|"
    r"prepared|produced|"
    r"compiled|drafted|"
    r"conducted|undertook|carried out|opened|launched|took part|answered|responded|authored|"
    r"published|pays|funds)\b"
)

SET_SUBJECT = re.compile(
    r"^(?:(?:and|so|but|ok|also) )*(?:(?:in|under|within|across|for|by|from|of) )?"
    rf"(?:which|what|whose) {DETERMINERS}{SUBJECT}\b"
    rf"|^(?:which|what|who){_BE} (?:the )?(?:only|one|single) {SUBJECT} "
    r"(?:that|which|to|with|who)\b"
    rf"|^(?:which|what) (?:ones|of (?:the )?(?:them|those|these|{NUMBER}))\b"
    rf"|^whose {DOCUMENT}(?=\W)|^whose \w+(?= (?:is|are) (?:it|this|that|they)\b)"
    rf"|^any (?:one )?of (?:the )?(?:them|those|these|{NUMBER})\b"
    r"|^(?:any|some)(?:one|body) \w+ (?:it|this|that|them|these|those)\b"
    r"|^which of (?=@)"
    r"|^which(?= (?:also |do |does |don['’]t |doesn['’]t )?(?:prioriti[sz]e|mention|cover|"
    r"target|name|use|run|tackle|include|have|has|list|say|not|both|neither)\b)"
    rf"|^(?:(?:and|so|but) )*who(?!{_ASKS_FOR_A_PERSON}){_BE}(?: else| all)?\b"
    rf"|\bwho(?!{_ASKS_FOR_A_PERSON})(?:['’]s| is| are| else)? \w+ (?:it|this|that|them|so|one|"
    rf"any)\b"
    r"|^where(?:abouts)?(?:['’]?s| is| are| do| does| else)\b(?! @)"
    r"|^(?:any|some)(?:one|body)(?= (?:who|that|\w+ing|\w+ed|got|has|have|do|does|with|else)\b)"
    r"|^(?:any|every|some)where(?:['’]?s| that| which| where| with)+\b"
    r"|^whose (?:\w+ )?(?:priority|priorities|job|concern)\b"
    rf"|^(?:is|are) there (?:(?:even|just) )?(?:(?:an?|any|one|some|a single) )?{SUBJECT}"
    r"(?= (?:that|which|who|with|without|where|\w+ing)\b)"
    r"|^(?:do|does|did|have|has|are|is|will|would|could|can|might)(?: there)? "
    r"any(?:one|body|where)?(?:['’]s)?(?: of)? "
    rf"{DETERMINERS}{SUBJECT}?"
    rf"|^(?:list|name|give|show|tell|find)(?: me| us)?(?: all| every)? {DETERMINERS}{SUBJECT}"
    r"(?: (?:for|in|to|by) (?:whom|which|whose))?"
    r"(?= (?:that|which|who|whose|with|where|not|without|\w+ing|.* (?:is|are|was|were))\b)"
    rf"|^(?:an?|any|all|every|the|those|these) {DETERMINERS}{SUBJECT}(?:['’]s)?(?: (?:in|for|"
    rf"by) which)?"
    r"(?= (?:that|which|who|whose|with|where|not|without|\w+ing|\w+ed|got|has|have|put|"
    r"(?:\w+ )?(?:on|about|is|are))\b)"
    rf"|^(?:what|how) (?:each|every|all|both|the) {DETERMINERS}{SUBJECT}"
    r"(?= (?:says?|do|does|plans?|has|have|will)\b)"
    rf"|^{SUBJECT}(?= (?:that|which|who|with|without|not|\w+ing|prioriti[sz]e)\b)"
)
"""A question for the areas that …"""

LEANING = re.compile(r"^(?:(?:and|so|but|ok|right|well|also)\b[, ]*)+")
"""Words that join a question to what was said before."""

ANY_OF_THEM = re.compile(rf"^any(?:one|body|(?: of)? {DETERMINERS}{SUBJECT})\b")
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
    rf"{DETERMINERS}(?:{SUBJECT}|them)\b"
)

QUANTIFIED = re.compile(
    rf"^(?:do|does|did|are|is|have|has) (?:(?:all|every|each|both) {DETERMINERS}{SUBJECT}\b"
    rf"|(?:they|these|those) (?:all|both)\b|"
    rf"every (?:single )?one(?: of {DETERMINERS}(?:{SUBJECT}|them))?\b)"
    rf"|\b(?:in|by|across) (?:all|every|each|both)"
    rf"(?: {DETERMINERS}(?:{SUBJECT}|them|{NUMBER})?)?(?=\W*$)"
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

COMPARISON = re.compile(
    r"\b(?:compar\w+|contrast\w*|differ(?:s|ed|ing|ently|ences?)?|versus|vs|similarit\w+|"
    r"different(?= (?:from|to|than|on|in|about|over|approach\w*|views?|stances?|polic\w+)\b|\W*$)|"
    r"side by side)\b|@ v\.? @"
)

ANYWHERE = re.compile(
    r"^is (?:it|that|this) in(?: there)?(?=\W*$)|\b(?:anywhere(?! to\b)|(?:by|on|in|"
    r"for) any(?:one|body)(?:['’]s)?(?: plans?)?|"
    r"somewhere(?! (?:to|safe)\b)|"
    rf"(?:by|in|for) any(?: of)?(?: the| these| those)? {SUBJECT})\b"
)

YES_NO = re.compile(
    r"^(?:(?:and|so|but) )*(?:does|do|is|are|has|have|will|did|can|was|were|would|should|could)"
    r"(?:n['’]?t)?\b(?! any)"
)

ABOUT_TEXT = re.compile(
    r"\b(?:plans?|mention\w*|cover\w*|includ\w*|prioriti\w*|priorit(?:y|ies)|say|says|name[sd]?|"
    r"something (?:that |which )?(?:the )?(?:@+|they|it)|"
    r"list\w*|refer\w*|address\w*|talk\w*|discuss\w*|contain\w*|describ\w*|identif\w*|concerns?)\b"
)
"""A yes/no question with one of these asks what a plan says; others ask about the world."""

REPORT = re.compile(
    r"\b(?:this|the)(?: (?!of\b|in\b|the\b)[a-z'’]+){0,3}? "
    r"(?:report|booklet|leaflet|digest|joint statement)(?:['’]s)?\b"
)

QUOTED = re.compile(r"[\"“](?P<words>[^\"“”]*\w[^\"“”]*)[\"”]")
"""Words in quotation marks are asked for as they stand."""

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
    r"analysts?|bosses|leadership|"
    r"council|board|partnership|constabulary|fire(?: and rescue)?(?: service| authority|(?=['’]s))|"
    r"(?:police )?force|(?:local |fire )?authority))+(?:['’]s)?(?=\W|$)"
)
"""The body that an area's plan is of, named behind the area."""

NAMED_DOCUMENT = re.compile(rf"@+(?:['’]s)?(?P<name>(?: [a-z&]{{2,6}}){{1,3}}) {DOCUMENT}(?=\W|$)")
"""A document of an area by its initials, which are typed in capitals: '…’s VAWG strategy'."""

PART_OF_PLAN = re.compile(
    rf"\b(?:an? )?part of (?:(?:the|its|their) )?(?:@+(?:['’]s)? )?(?:\w+ )?{DOCUMENT}(?=\W|$)"
)
"""Says that something stands in a plan: 'are crashes part of the plan'."""

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
    rf"\bis it (?:just|only) (?=@)|\b(?:the )?only (?:{SUBJECT}|one)(?: (?:that|which|to|"
    rf"who))?(?=\s)|(?<=@) alone\b"
)
"""Asks whether an area is the only one: that takes all of them to say."""

EXISTENTIAL = re.compile(r"^(?:what|which)(?: \w+){1,3}? (?:is|are) there\b")
"""What there is for a topic: 'what help is there for …'."""

WHAT_BECAME = re.compile(
    r"^(?:(?:and|so|but|ok) )*"
    r"what(?:['’]?s| has| is)? (?:happened|happening|happens|become|became) (?:to|of|with)\b"
)

HOW_MUCH = re.compile(
    r"^(?:and |so )?how (?:big|large|high|old|far|long|often|frequently|regularly|soon|wide|"
    r"quick|quickly|fast)\b"
)

OPINION = re.compile(
    r"\b(?:better|worse|stronger|weaker) than (?:the )?@"
    r"|\b(?:(?:any|no) good(?=[?.!,]|$| in\b| at\b)|good enough|up to (?:much|scratch)|"
    r"any use(?=[?.!,]|$| in\b)|worth (?:reading|having)|"
    r"waste of (?:time|money)|honest(?:ly)? (?:view|opinion|answer|think)|"
    r"(?:your|personal) (?:view|opinion|favourite|take)|"
    r"(?:do|would|should) you (?:recommend|suggest|prefer|like|rate|make of)|"
    r"what (?:do|would) you (?:think|reckon)|"
    r"what would you)\b"
    r"|^(?:is|are|was|were) (?:it|they|this|that|@+(?:['’]s)?(?: \w+){0,2}) (?:really |actually )?"
    r"(?:working|effective|successful|a success)\W*$"
    r"|^(?:should|ought) (?:we|i|they|@+)\b(?! expect)"
    rf"|\b(?:best|worst|weakest|strongest) (?:of the )?{SUBJECT}\W*$"
    rf"|\b{SUBJECT} (?:is|are|has|have) (?:the )?(?:best|worst|better|weakest|strongest)\b"
)
"""Asks for a judgement of the plans themselves, which no plan holds."""

BARE_TOPIC = re.compile(
    r"^(?:(?:and|so|but|ok) )*(?:what|how) about\b"
    rf"|{WHAT_BECAME.pattern}"
    rf"|^(?:what|how) (?:is|are|do|does|will) "
    rf"(?:being done|they|we|every(?:one|body)|people|{DETERMINERS}{SUBJECT})\b"
)
"""Asks what is held on a topic, not for a fact."""

FACT_OPENING = re.compile(
    r"^(?:and )?(?:when|why|how (?:often|long|much|many|old|big|large|far|frequently|quick|quickly|"
    r"fast|soon)|who|whom|whose|(?:the )?number of|"
    r"(?:(?:in|on|at|by|from|under) )?(?:what|which)|what(?:['’]s)?)\b"
)

SPECIFIC_FACT = re.compile(
    r"\b(?:lost|costs?|paid|spent|took|made|raised|seized|stole|is|are|was|were) "
    r"how (?:much|many)\b|"
    r"^(?:and )?(?:when|by how (?:much|many)|"
    r"how (?:often|long|much|many|old|big|large|far|frequently|quick|quickly|fast|soon)|who|whom|"
    r"whose|(?:the )?number of|"
    r"(?:(?:in|on|at|by|from|under) )?(?:which|what (?:year|date|day|month|time|name|number|"
    r"proportion|percentage|share|act|law)))\b"
)
"""Asks for one thing (a time, a number, a name), even where it names an area."""

ASKS = (
    r"(?:which|what|who|whom|whose|where|when|why|how|do|does|did|is|are|was|were|has|have|will|"
    r"can|"
    r"could|would|should|list|name|give|show|tell|find|quote|compare|contrast|explain|describe|"
    r"summari[sz]e|any|anyone|anybody|someone|somebody|anywhere|everywhere|whereabouts|all|every|"
    r"the|and|so|but|"
    r"count|anything|owt|nowt|something|everything|info|information|details|"
    rf"(?:who|what|where|how|when)s|an? {SUBJECT} (?:that|which|who|with|where)|"
    rf"(?:those|these) {SUBJECT})\b"
)

ASKING = re.compile(rf"^{ASKS}")
"""A question rather than bare words."""
