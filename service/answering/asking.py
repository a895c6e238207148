"""Classes of words of a question: those that ask, help, act or end it, and are no topic."""

from __future__ import annotations

import re

from corpus.words import FUNCTION_WORDS, Word, iter_words
from service.answering import grammar

HELPERS = frozenset(
    """neither either both hello hi hey thanks thank cheers ok okay others want wants wanted
    wanting intend intends intended plan plans planned planning aim aims aiming going look
    looking try trying like seek seeks anything something nothing everything thing things much
    anybody anyone anywhere priority priorities prioritise prioritize concern concerned main
    key top strategic currently specifically actually explicitly mentioned named listed
    identified else still ever together action actions step steps approach approaches stance
    position policy word reference it's there's what's who's that's where's please committed
    commitment hope hopes need needs report silent number count latest current newest recent
    assessment profile difference differences compare contrast comparison between regarding
    concerning respect relation terms ones them those these don't doesn't didn't isn't aren't
    hasn't haven't won't get gets got make makes making take takes put puts kind sort type
    types really done info information details words phrase term people about
    versus vs differ differs different similarities similarity
    side passage passages paragraph paragraphs section sections extract extracts quote quotes
    quotation evidence proof page pages bit part parts owt nowt summat lot plenty way ways measures
    idea ideas view views grip eye emphasis attention spotlight come comes line mind happening
    happen job jobs stand stands happy serious dont doesnt didnt isnt arent hasnt havent wont cant
    everyone everybody everywhere somewhere alone both made taken given kept brought whereabouts
    someone somebody meant supposed reckon reckons round it'll they'll he'll she'll we'll i'll
    you'll that'll they've we've i've you've they're we're you're i'm it'd they'd
    whatsoever story flavour clue gist lowdown true truth mention mentions
    headings titles passing whats whos wheres hows thats theres trying""".split()
)
"""Words around the asking verb that belong to the question, not to its topic."""

ASK_VERBS = frozenset(
    """prioritise prioritize prioritises prioritising prioritised mention mentions mentioning
    mentioned cover covers covering covered target targets targeting use uses using used run
    runs running tackle tackles tackling deal deals dealing address addresses addressing talk
    talks talking discuss discusses say says saying said include includes including name names
    naming list lists listing refer refers referring focus focuses focusing focused focussing
    worry worries worried bother bothered bothers flags handle handles handling identify identifies
    identifying highlight highlights consider considers fight fights fighting combat combats
    combating respond responds responding raise raises describe describes contain contains
    feature features pledge pledges promise promises work works working doing go goes propose
    proposes choose chooses chose chosen recommend recommends recommended agree agrees agreed
    adopt adopts adopted flag flagged flagging set sets treat treats see sees show shows give
    tell explain summarise summarize outline find omit omits ignore ignores ignoring lack
    lacks lacking leave leaves leaving miss misses missing fail fails speak speaks speaking
    rank ranks pursue pursues commit commits mean think offer offers carry carries carrying
    care cares caring overlook overlooks follow follows following operate operates operating employ
    employs employing expire expires expiring end ends ending start starts starting begin begins
    finish finishes deliver delivers delivering provide provides providing introduce introduces
    introducing implement implements implementing involve involves involving""".split()
)
"""Verbs that ask what a plan does; one of them is taken off a question's front, not two."""

BEFORE_A_BASE_FORM = frozenset(
    """do does did don't doesn't didn't dont doesnt didnt will won't wont would wouldn't can can't
    cant could should must may might shall""".split()
)
FORMS_OF_BE = frozenset(
    "is are was were isn't aren't isnt arent wasn't weren't being be been".split()
)
FORMS_OF_HAVE = frozenset("has have had hasn't haven't hasnt havent having".split())
BESIDE_A_VERB = frozenset(
    """not never also still actually currently specifically explicitly both either all each only
    even ever now already really just the any else so much as""".split()
)
"""Words between a helping verb and its verb."""
ACTING = frozenset(
    """they we he she it you who one council councils partnership partnerships plan plans borough
    boroughs area areas strategy board boards anyone anybody""".split()
)
"""Words for those who act in a question."""
ADJECTIVES = frozenset(
    """keen big hot strong weak silent quiet serious concerned anxious clear active open tough good
    bad best worst ahead behind responsible interested aware involved busy committed""".split()
)
"""What those who act may be: 'keen on', 'silent about'."""
ACTIONS = frozenset(
    """appoint arrest ask back ban buy call chair close coach commission consult coordinate count
    crush demand disrupt drop educate enforce engage enlist evict expand extend fine fit fund grant
    help hire hold host house inform inspect install invest investigate invite launch lead license
    mark measure mentor monitor name offer open organise own patrol pay pilot place police press
    prosecute protect publish push recruit refer restrict reward screen seek seize send share
    signpost sponsor stage support teach test train trial visit warn""".split()
)
"""What plans do: directly behind those who act these are verbs, though some are nouns elsewhere."""
PEOPLE = frozenset("people folk folks those anyone someone everyone residents".split())
PARTICIPLES = frozenset(
    """seen taken heard got had put made done given thought set said spoken found chosen known shown
    written caught brought dealt met left kept gone read told understood""".split()
)
PARTICLES = frozenset("out up down off away over back about into through together".split())
"""What may belong to a verb before it: 'go out', 'knocked about'."""
PREFIXES = frozenset({"off", "under", "over"})
"""Words of grammar that are the first half of another: 'off road', 'under age', 'over 65s'."""
NOUNS_BEFORE_TO = frozenset(
    """approach approaches response responses attitude reference commitment respect regard relation
    answer solution comes due""".split()
)
"""After these 'to' leads to a thing, not to a verb."""
SHORT_FORMS = frozenset("abt re v w wrt bc cos r u ur n thru b4".split())
"""Words of grammar as they are typed in haste: 'abt' for about."""
PREPOSITIONS = frozenset(
    """about on against with for of over by in at from into towards around regarding to among
    amongst between during near outside inside without within after before behind through via per
    off under""".split()
)

DETERMINERS = frozenset("a an the any some more their its his her our your".split())
"""What stands after a verb and before the thing it is done to, never after the head of a topic."""

LEADS_TO_A_TOPIC = frozenset(
    """on about around regarding for concerning against towards with that which to tackling tackle
    mention mentions mentioning cover covers covering include includes including""".split()
)
"""What stands between the name of a part of a plan and a topic: 'priorities on', 'that mention'."""

LEADS_TO_A_VERB = frozenset(
    {"to", "will", "would", "can", "they", "is", "are", "be", "not", "never"}
)

TAIL = frozenset(
    """still anymore longer thanks cheers plan plans latest current newest recent assessment
    recommend choose priority priorities concern concerns issue named mentioned listed
    identified covered addressed period year years
    included please pls plz me kindly ta mate anywhere exactly currently now today too then instead
    approach approaches
    come compare feature figure appear appears arise
    fall fell falling rise rose rising drop dropped
    change changed up down everywhere altogether entirely completely whatsoever happening emerging
    radar well
    policy stance it's there document documents respectively else prioritised prioritized
    problem flagged raised recorded logged noted highlighted recognised described back again etc
    isn't aren't don't doesn't hasn't haven't isnt arent dont doesnt hasnt havent
    etcetera forth whatever passing ever though somewhere""".split()
)
"""Words at the end of a question that belong to it, not to its topic."""

TAIL_AFTER_FUNCTION_WORD = frozenset(
    """borough boroughs area areas council councils partnership partnerships district districts
    authority authorities force forces region regions place places town report reports text
    strategy csp csps outcomes pledges objectives aims goals themes commitments vision
    ambitions""".split()
)

_SUBJECT = re.compile(grammar.SUBJECT)
_NUMBERS = frozenset("one two three four five six seven eight nine ten".split())
_OF_ASKING = HELPERS | ASK_VERBS | ACTING | TAIL | BESIDE_A_VERB | _NUMBERS


def is_function(word: Word) -> bool:
    """Whether a word carries grammar and no topic, also as it is typed in haste."""
    if word.folded in SHORT_FORMS:
        return True
    return word.folded.partition("'")[0] in FUNCTION_WORDS


def content(text: str) -> list[str]:
    """The words of a text that carry meaning, folded."""
    return [word.folded for word in iter_words(text) if not is_function(word)]


def asks_only(text: str) -> bool:
    """Whether a text holds but words that ask, help or act: 'if anybody', 'just the headings'."""
    return all(word in _OF_ASKING or _SUBJECT.fullmatch(word) for word in content(text))
