"""The conversation as a page."""

from __future__ import annotations

from tests.fake_slack.workspace import Workspace


def render(workspace: Workspace) -> str:
    """The page."""
    return f"<pre>{workspace.calls}</pre>"
