"""The Slack app's description, as it is pasted into Slack when the app is made."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def manifest_text() -> str:
    """The manifest as JSON."""
    return resources.files("bots.slack").joinpath("manifest.json").read_text(encoding="utf-8")


def manifest() -> Any:
    """The manifest, parsed."""
    return json.loads(manifest_text())


def bot_scopes() -> frozenset[str]:
    """The permissions that the app asks for."""
    return frozenset(manifest()["oauth_config"]["scopes"]["bot"])
