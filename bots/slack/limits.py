"""Slack's limits, and the shares of them that a message is budgeted with before it is built.

Characters count visible text and addresses alike. Sources: the reference pages of Block Kit and of
`chat.postMessage` at docs.slack.dev, read in November 2026, and slackapi/bolt-js#2509.
"""

from __future__ import annotations

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_TITLE = 24
ACTIONS = 25
CONTEXT_ELEMENTS = 10
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
URL = 3_000
SECTION_TEXT = 3_000
HEADER_TEXT = 150
TEXT = 40_000
"""Characters of a message's top-level text; more is cut off by Slack."""
TABLE_ROWS = 100
"""Rows of a data table beside its header."""
TABLE_COLUMNS = 20
TABLE_CHARACTERS = 10_000
"""Characters of all cells in one message; the documents say 10,000 and 20,000 in two places."""
TABLE_PAGE = 100
PROMPTS = 4
MESSAGE_CHARACTERS = 13_200
"""Characters of all blocks, near which `msg_blocks_too_long` begins."""

# The shares. Together they stay below the limits, and one share never borrows of another.

FALLBACK = 4_000
"""Characters of the text for notifications and screen readers: what Slack recommends."""
FINDINGS = 5_000
"""Characters of sentences and quotations in the first message."""
FINDING_BLOCKS = 30
"""Lines and quotations in any one message."""
PLACE = 240
"""Characters of the headings under which a quotation stands."""
FINDINGS_SHOWN = 8
"""Quoting lines in the first message; a reader of more wants the table."""
FIRST_TABLE = 5_000
"""Characters of the table in the first message."""
THREAD_TEXT = 9_000
"""Characters of sentences and quotations in one message of the thread."""
THREAD_TABLE = 9_000
"""Characters of a table in the thread."""
THREAD_MESSAGES = 6
"""Further messages in the thread; what is left then is in the file and on the web."""
CELL = 80
"""Characters of a table's cell; the page and the file hold it whole."""
RICH_TEXT = 3_000
"""Characters of one block of rich text."""
MODAL_TEXT = 2_500
"""Characters of one passage in a modal."""
