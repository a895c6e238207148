"""What the bot says of itself: how to ask, examples from the plans held, its home page."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, HeaderBlock, PlainTextObject, RichTextListElement
from slack_sdk.models.views import View

from bots.slack import limits, messages
from bots.slack.client import ServiceClient
from bots.slack.markup import escape
from bots.slack.parts import rich, section, words
from bots.slack.replies import Message, Reply
from corpus.models import Basis
from service.labels import sample_questions
from service.schemas import PlanOut

_PLANS_SHOWN = 60
"""Plans named on the home page."""


async def help_reply(service: ServiceClient, ref: str) -> Reply:
    """How to ask, with examples that name areas held."""
    examples = _examples(await service.plans(f"slack-{ref}"))
    lines = [messages.HELP_OPENING, messages.HELP_EXAMPLES, *(f"• {each}" for each in examples)]
    blocks = (
        rich(section([words(messages.HELP_OPENING)])),
        rich(section([words(messages.HELP_EXAMPLES)]), _bullets(examples)),
        rich(_bullets([*messages.HELP_WAYS, messages.HELP_EDIT])),
    )
    return Reply(Message(escape("\n".join(lines)), blocks))


def _examples(plans: Sequence[PlanOut]) -> tuple[str, ...]:
    return sample_questions(list(dict.fromkeys(plan.area for plan in plans)))


def prompts(plans: Sequence[PlanOut]) -> list[dict[str, str]]:
    """Questions to begin with, as Slack's suggested prompts."""
    return [{"title": each, "message": each} for each in _examples(plans)[: limits.PROMPTS]]


def home(plans: Sequence[PlanOut]) -> View:
    """The home page: what is held, examples, how to ask."""
    shown = [_held(plan) for plan in plans[:_PLANS_SHOWN]]
    more = len(plans) - len(shown)
    shown += [messages.and_more(more)] if more > 0 else []
    return _home(
        *_titled(messages.HOME_HOW, [*messages.HELP_WAYS, messages.HELP_EDIT]),
        *_titled(messages.HOME_EXAMPLES, _examples(plans)),
        *_titled(messages.HOME_HELD, [messages.held(len(plans)), *shown]),
    )


def home_without_plans() -> View:
    """The home page while the service can't be reached."""
    return _home(
        *_titled(messages.HOME_HOW, [*messages.HELP_WAYS, messages.HELP_EDIT]),
        rich(section([words(messages.HOME_NOT_NOW)])),
    )


def _home(*blocks: Block) -> View:
    opening = rich(section([words(messages.HELP_OPENING)]))
    return View(type="home", blocks=[opening, *blocks])


def _titled(title: str, lines: Sequence[str]) -> list[Block]:
    return [HeaderBlock(text=PlainTextObject(text=title)), rich(_bullets(lines))]


def _held(plan: PlanOut) -> str:
    return messages.held_line(
        plan.area,
        plan.period,
        summary=plan.basis is Basis.SUMMARY,
        priorities=len(plan.priorities),
    )


def _bullets(lines: Sequence[str]) -> RichTextListElement:
    return RichTextListElement(style="bullet", elements=[section([words(line)]) for line in lines])
