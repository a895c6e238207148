"""The pages: server-rendered, whole without JavaScript, everything escaped."""

from __future__ import annotations

from service.web.errors import error_page, wants_page
from service.web.pages import install

__all__ = ["error_page", "install", "wants_page"]
