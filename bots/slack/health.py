"""How the bot is, for whoever runs it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Health:
    """What is known to be wrong; changed as the bot works."""

    problem: str = ""

    def refused(self, error: str, needed: str) -> None:
        """Slack refuses what the bot needs."""
        self.problem = f"{error}: {needed}" if needed else error

    def delivered(self) -> None:
        """Something was posted, so the token is good again."""
        self.problem = ""
