"""What people put around a question: requests, greetings, what they were told, tags for a yes.

The classes are closed; patterns are matched on a *masked* question, as those of `grammar`.
"""

from __future__ import annotations

import re

SAYS = (
    r"(?:do|does|did) (?:it|they|@+|(?:the|its|their) (?:plan|strategy|document|report))(?: also)? "
    r"(?:say|state|mention|tell (?:us|me)|give|explain|set out)"
)
_YOU = r"(?:can|could|would|will|might|may) (?:you|u|we|i|someone|anyone)"
_HOW = r"(?: (?:please|pls|kindly|just|possibly|also|really|now))*"
_TELL = (
    r"(?:tell|show|give|help|let|remind|advise|say|see|ask|check|confirm|find out|explain|identify|"
    r"pull(?: together| out| up)?|put together|set out|sum up|gather|collect|look up|dig out|"
    r"work out|list|have|get|send|point out|find|name|"
    r"(?:run|talk|walk|take) (?:me|us) through)"
)
_LEARN = (
    r"(?:know|find(?: out)?|see|understand|hear|check|ask|learn|establish|work out|identify|"
    r"confirm|get|tell|look for|read)"
)
_WISH = (
    r"(?:need(?:ing)?|want(?:ing)?|have|like|love|try(?:ing)?|look(?:ing)?|search(?:ing)?|"
    r"wish(?:ing)?|hop(?:e|ing)|keen|after|interested)"
)
_WHO_WISHES = r"(?:i|we)(?:['’](?:m|d|re|ve)| am| would| are| was| were| have)?"
COURTESY = re.compile(
    r"(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|please|pls|plz|thanks|thank you|ta|"
    r"cheers|ok|okay|right|well|sorry|excuse me|quick question|just|also|so|and|but|now|then|"
    rf"{_YOU}{_HOW}(?: {_TELL}(?: (?:me|us))?)?(?: (?:know|see|with|to|for me|for us))?(?: that)?|"
    rf"(?:{_WHO_WISHES} )?(?:just |also |really )?(?!have any\b){_WISH}"
    rf"(?: to {_LEARN}|(?= for\b| at\b))?"
    r"(?: for)?(?: an?(?= list\b| note\b| summary\b))?|"
    r"(?:give|send|get|find|draw up|make) (?:me|us)(?= an? (?:list|note|summary|rundown)\b)|"
    r"(?:an? |the )?(?:list|note|summary|rundown|names?) of|"
    rf"(?:{_WHO_WISHES} )?(?:just |was )?(?:wonder(?:ing)?|checking)|interested to know|"
    r"(?:my|our|the|an?) (?:[\w'’]+ ){1,3}?"
    r"(?:wants|needs|asks|asked|has asked|is asking|would like)"
    rf"(?: me| us)?(?: to {_LEARN})?|"
    r"(?:do|does) (?:you|we|anyone|anybody) (?:happen to )?know|any idea|"
    r"(?:tell|show|remind) (?:me|us)(?: (?:again|please))?"
    r"(?= (?:which|what|who|whose|where|when|why|how|if|whether)\b)|"
    rf"{SAYS}(?= (?:how (?:much|many|often|long|quick\w*|fast|soon)|when|who)\b))"
    r"[,:;!.–— -]*(?=\S))+"
)
"""Requests before a question."""

GREETING = re.compile(
    r"(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|morning|afternoon)"
    r"(?: (?:there|all|folks|team|everyone))?[,!. –-]+)?(?:quick (?:one|question|q)[,:;. –-]+)?"
)
"""Before anything that is asked, in whatever form."""

TOLD = re.compile(
    r"(?:(?:and|so|but|well) )?(?:(?P<whether>(?:am i|are we) (?:right|correct|wrong)"
    r"(?: (?:in|to) (?:thinking|think|saying|say|believing|believe|assume|assuming))?|"
    r"(?:is|was) it (?:true|right|correct|so|the case|a fact)|"
    r"correct me if i['’]?m wrong,?(?: but)?)|"
    r"(?:i|we)(?:['’](?:m|re|ve|d))?(?: (?:am|are|was|were|have|had|been|just|also))* "
    r"(?:told|hear|heard|read|gather|gathered|understand|understood|believe|think|thought|assume|"
    r"suspect|reckon|see|saw|noticed|informed)(?: somewhere)?|"
    r"(?:they|people|folk|someone|somebody|rumour|word) (?:say|says|said|tell me|told me|told us|"
    r"has it|reckon)|there['’]?s (?:something|a thing|a bit|talk) (?:about|on|of)|"
    r"apparently|supposedly|allegedly|reportedly)(?: that)?,? (?=\S)"
)
"""What is said to lead to what somebody heard: 'I'm told', 'am I right that', 'apparently'."""

INTRODUCES = re.compile(
    r"\b(?:here|asking|speaking|writing|in post|by trade|on deadline|by the way|btw)\W*$"
)
"""Ends a clause in which the asker says who asks: 'probation here'."""

YES_OR_NO_BEHIND = re.compile(
    r"(?:[,.?;:–-]+ ?|(?<=\w) )(?:yes or no|y/n|true or false|is (?:that|it|this) "
    r"(?:true|right|so|correct|the case)|(?:isn|aren|doesn|don|hasn|haven|won|wasn|weren)['’]?t "
    r"(?:it|they|that|he|she|there)|or (?:is|are|does|do|has|have|will|was|were)(?:n['’]?t| not)"
    r"(?: (?:it|they|that|he|she|there))?|or not)\W*$"
    r"|, (?:is|are|does|do|has|have|will|was|were) (?:it|they|that|there|he|she)\W*$"
    r"|[,.?;–-]+ ?(?:true|right|correct|fact)\W*$"
)
"""Asks for a yes behind what is said."""
