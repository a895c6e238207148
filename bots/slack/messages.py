"""Every sentence that the bot says to people in Slack.

Sentences that carry foreign text return it as it is; whoever shows them escapes it, or puts it
where Slack parses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.schemas import MAX_QUESTION

# The answer

AREA, TOPIC, VERDICT, SECTION, EVIDENCE = "Area", "Topic", "Verdict", "Section", "Evidence"
NOTHING = "–"
"""A table's cell can't be empty."""
HELPFUL, NOT_HELPFUL = "Helpful", "Not helpful"
HELPFUL_LABEL = "This answer was helpful"
NOT_HELPFUL_LABEL = "This answer was not helpful; you can say why"
THE_REST = "What the others say"
THE_REST_LABEL = "Plans that do not name it: what was looked for and found nearest"
SHARE = "Share with channel"
OPEN_ON_WEB = "Open on the web"
SEE_SOURCE = "See it in the source"


def board_caption(topics: Sequence[str]) -> str:
    """What the table shows, for those who hear it read."""
    return f"What each plan says of {' and of '.join(topics)}"


def in_context(number: int) -> str:
    """The button that opens a citation's passage."""
    return f"[{number}] in context"


def in_context_label(number: int) -> str:
    """The same, for screen readers."""
    return f"Open the passage of citation {number} with its neighbours"


def cited_from(section: Sequence[str], page: int | None) -> str:
    """Where a quotation stands."""
    place = " › ".join(" ".join(part.split()) for part in section) or SEE_SOURCE
    return f"{place}, page {page}" if page else place


def source_of(number: int, place: str) -> str:
    """A citation's number and place."""
    return f"[{number}] {place}"


def nearest(numbers: str) -> str:
    """Citations that are shown and prove nothing."""
    return f"nearest: {numbers}"


def asked(question: str) -> str:
    """What somebody asked, after their name, above an answer that is shared."""
    return f" asked: {question}"


def continued(question: str, part: int, parts: int) -> str:
    """The fallback text of one message of the thread; the first message is part 1."""
    return f"Part {part} of {parts} of the answer to “{question}”"


def rows_shown(shown: int, total: int) -> str:
    """How many of the board's rows a message shows."""
    return f"{shown} of the {total} rows of the board are here"


def overflow(shown: Iterable[str], elsewhere: Sequence[str]) -> str:
    """What a message leaves out, and where all of it is."""
    return f"{'; '.join(shown)}. {_sentence(elsewhere)}"


def quotations_shown(shown: int, total: int) -> str:
    """How many of the answer's quotations a message shows."""
    return f"{shown} of the {total} quotations are here"


def text_shown() -> str:
    """The wording itself is longer than a message."""
    return "The answer goes on after this message"


THREAD_HAS_REST = "the rest follows in this thread"
THREAD_HAS_MORE = "more follows in this thread"
FILE_HAS_ALL = "the CSV file in the thread has the whole board with its quotations"
WEB_HAS_ALL = "the page on the web has everything"
SHARE_FOR_REST = "share it with the channel to get the rest"
NOWHERE_ELSE = "ask for fewer areas to see the rest"


def _sentence(parts: Sequence[str]) -> str:
    said = "; ".join(parts or [NOWHERE_ELSE])
    return f"{said[0].upper()}{said[1:]}."


def fallback_goes_on() -> str:
    """The end of a fallback text that was cut."""
    return "… The whole answer is in the message."


def sheet_title(question: str) -> str:
    """The title of the file."""
    return f"Board: {question}"


# While an answer is on its way

STATUS = "is reading every plan…"


def service_down(ref: str) -> str:
    """The service can't be reached; the question stays open."""
    return (
        "The plans can't be reached just now, so there is no answer yet. It will appear here as "
        f"soon as they can; there is no need to ask again. (Reference {ref})"
    )


def service_slow(ref: str) -> str:
    """The service takes longer than it should; the question stays open."""
    return (
        "Reading the plans takes longer than usual. The answer will appear here; "
        f"there is no need to ask again. (Reference {ref})"
    )


def gave_up(ref: str) -> str:
    """The question is closed without an answer."""
    return (
        "There is no answer to this question: the plans could not be reached. Please ask again "
        f"later, and give reference {ref} to whoever runs Saferplans."
    )


def went_wrong(ref: str) -> str:
    """The service refused the question, or answered with something unreadable."""
    return (
        "There is no answer to this question: something went wrong on our side. "
        f"Please give reference {ref} to whoever runs Saferplans."
    )


def cannot_post_there(ref: str) -> str:
    """Told to the one who asked, in a direct message."""
    return (
        "Your question was received, but the answer can't be posted where you asked it. Invite "
        f"Saferplans to that channel and ask again, or ask here. (Reference {ref})"
    )


ASK_AGAIN = "Show the answer"


def perhaps_answered(question: str) -> str:
    """A private answer may have been lost, and can't be looked for."""
    return (
        f"The answer to “{question}” was interrupted. If you don't see it above, press the button."
    )


QUESTION_TOO_LONG = (
    f"That is too long: a question has at most {MAX_QUESTION:,} characters. Please shorten it."
)

# Help

HELP_OPENING = (
    "Ask a question about the community safety plans. Every plan is read for each question; the "
    "answer quotes the plans, and says which do not mention the thing asked."
)
HELP_EXAMPLES = "For example:"
HELP_WAYS = (
    "Mention @Saferplans in a channel, and the answer comes in a thread; ask on there without a "
    "mention, until somebody else joins in.",
    "Write to Saferplans directly.",
    "Type /plans and your question: only you see the answer, until you share it.",
)
HELP_EDIT = "Edit your question, and its answer is updated."
HELP_WORDS = frozenset({"", "help", "?", "hello", "hi"})

COURTESIES = frozenset(
    {
        *("thanks", "thank", "you", "thankyou", "thx", "ta", "cheers", "ok", "okay", "great"),
        *("perfect", "brilliant", "lovely", "excellent", "good", "cool", "nice", "super", "very"),
        *("much", "many", "that", "is", "s", "helpful", "useful", "got", "it", "understood"),
        *("will", "do", "fine", "yes", "no", "right", "sure", "done", "noted", "all", "so", "a"),
        *("lot", "bot", "saferplans", "and", "for", "the", "answer", "help", "bye", "please"),
    }
)
"""Words of which a remark consists that asks nothing: no answer in a thread, unless mentioned."""

PROMPTS_TITLE = "Ask about the plans"

# Home

HOME_TITLE = "Saferplans"
HOME_HELD = "What is held"
HOME_HOW = "How to ask"
HOME_EXAMPLES = "Examples"
HOME_NOT_NOW = "The plans can't be reached just now. Open this page again in a minute."


def held(plans: int) -> str:
    """How many plans are held."""
    return f"{plans:,} plan{'' if plans == 1 else 's'}, each read whole for every question."


def held_line(area: str, period: str | None, *, summary: bool, priorities: int) -> str:
    """One plan that is held."""
    counted = f"{priorities} priorit{'y' if priorities == 1 else 'ies'}" if priorities else ""
    parts = [period, "held as a summary" if summary else "", counted]
    told = ", ".join(part for part in parts if part)
    return f"{area} ({told})" if told else area


def and_more(count: int) -> str:
    """Plans that the page has no room for."""
    return f"and {count:,} more; `/plans list the areas` names them all."


# The windows

PASSAGE_TITLE = "In context"
REST_TITLE = "What the others say"
REASON_TITLE = "Not helpful"
CLOSE, SEND = "Close", "Send"
LOADING = "Opening…"
PASSAGE_GONE = (
    "This passage is no longer held: the documents have changed since this was answered. "
    "Ask again to see what they say now."
)
ANSWER_GONE = "This answer is no longer kept. Ask again."
BEFORE, AFTER = "Before it", "After it"
REASON_LABEL = "What was wrong or missing?"
REASON_HINT = "It goes to whoever looks after the plans, with the question and its answer."
THANKS = "Thank you: noted."
NO_OTHERS = "Every plan in scope is in the answer."
MORE = "Show more"


def more_of(shown: int, total: int) -> str:
    """The button to the next plans."""
    return f"{MORE} ({shown} of {total} shown)"


CUT = "The passage is longer than this window; the source has it whole."


def columns(names: Sequence[str]) -> str:
    """What heads the columns of a table from which rows are shown."""
    return f"Columns: {' | '.join(names)}"


def looked_for(terms: Sequence[str]) -> str:
    """The words that were tried in a plan."""
    return f"Looked for: {', '.join(terms)}"


def not_reached(ref: str) -> str:
    """A window or a button could not get what it needs."""
    return f"The plans can't be reached just now. Please try again in a minute. (Reference {ref})"


def not_opened(ref: str) -> str:
    """Slack did not open a window."""
    return f"That window could not be opened. Please try again. (Reference {ref})"


def not_noted(ref: str) -> str:
    """Feedback did not reach the service."""
    return f"That could not be noted just now. Please try again in a minute. (Reference {ref})"


def not_shared(ref: str) -> str:
    """Sharing failed because the bot isn't in the channel."""
    return (
        "This can't be shared there: invite Saferplans with /invite @Saferplans, then ask with "
        f"/plans again and share that. (Reference {ref})"
    )


SHARED = "Shared with the channel."
NO_FILE = "The CSV file could not be attached: the app lacks the permission files:write."
