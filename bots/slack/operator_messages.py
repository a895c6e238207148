"""Every sentence for those who run the bot: its command, what it checks, its health."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

SUMMARY = "Answer questions in Slack, from every plan held."


def bad_setting(name: str, description: str) -> str:
    """A setting's value can't be."""
    return f"{name} can't have this value. It is: {description}"


def missing_settings(names: Sequence[str]) -> str:
    """Settings without which the bot can't start."""
    listed = " and ".join(names)
    return f"{listed} must be set: see docs/slack.md, or run `saferplans slack --check`."


def starting(mode: str, host: str, port: int) -> str:
    """The bot starts."""
    way = "through Socket Mode" if mode == "socket" else "at /slack/events"
    return f"The bot listens {way}; its health is at http://{host}:{port}/healthz (Ctrl-C stops)."


def another_bot(path: object) -> str:
    """Two bots over one ledger would say things twice."""
    return f"Another bot is at work with {path}: stop it, or choose another data directory."


def cannot_listen(host: str, port: int, reason: str | None) -> str:
    """The port is taken."""
    return f"Can't listen on {host}, port {port} ({reason}): set SAFERPLANS_SLACK_PORT."


def refused_token(error: str) -> str:
    """Slack doesn't accept the bot token."""
    return (
        f"Slack refuses the bot token ({error}): install the app to the workspace again, and set "
        "SAFERPLANS_SLACK_BOT_TOKEN to its new token."
    )


def refused_app_token(error: str) -> str:
    """Slack doesn't accept the app-level token."""
    return (
        f"Slack refuses the app-level token ({error}): make one with the scope connections:write, "
        "and set SAFERPLANS_SLACK_APP_TOKEN to it."
    )


NOT_CONNECTED = "not connected to Slack"


def slack_away(seconds: float) -> str:
    """Slack can't be reached."""
    return f"Slack can't be reached; trying again in {seconds:.0f} seconds."


# --check

CHECK_OK, CHECK_BAD = "ok  ", "fix "
APP_LEVEL_WORKS = "Slack accepts the app-level token."
SCOPES_COMPLETE = "The app has every permission that it needs."
SERVICE_READY = "The service answers."
SIGNING_SET = "The signing secret is set."
LINKS_SET = "Quotations link to their sources."
LEDGER_WRITABLE = "Questions can be noted down."
SET_PUBLIC_URL = (
    "Quotations carry no links: set SAFERPLANS_PUBLIC_URL to the address under which users reach "
    "the service."
)


def not_set(name: str, where: str) -> str:
    """A setting is missing, and where its value is to be found."""
    return f"{name} isn't set: copy it from {where}."


BOT_AT = "“OAuth & Permissions” of your app at api.slack.com/apps; it begins with xoxb-"
APP_LEVEL_AT = "“Basic Information › App-Level Tokens” of your app; it begins with xapp-"
SIGNING_AT = "“Basic Information › App Credentials” of your app"


def works_as(user: str, team: str) -> str:
    """Who the bot is."""
    return f"Slack accepts the bot token: it is {user} in {team}."


def scopes_missing(scopes: Iterable[str]) -> str:
    """Permissions that the app lacks."""
    listed = ", ".join(scopes)
    return f"The app lacks {listed}: add them under “OAuth & Permissions”, and install it again."


def service_unreachable(url: str) -> str:
    """The service doesn't answer."""
    return (
        f"The service doesn't answer at {url}: start `saferplans serve`, or set "
        "SAFERPLANS_SERVICE_URL."
    )


def slack_unreachable(error: str) -> str:
    """Slack doesn't answer."""
    return f"Slack can't be reached ({error}): check the network, and the proxy if there is one."


def not_writable(path: object) -> str:
    """The ledger can't be written."""
    return f"{path} can't be written: make it writable, or set SAFERPLANS_DATA_DIR."
