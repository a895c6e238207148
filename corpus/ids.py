"""Stable identifiers: the same file read by the same code gives the same ids, on any machine."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from corpus.models import Period, Span

_DIGEST_CHARS = 10
"""Hexadecimal digits of a digest that stand in an id: 40 bits, so a clash among 10,000 documents
has a chance of about 1 in 20,000; a catalogue of that size is checked for it at ingest."""


def sha256_hex(data: bytes | str) -> str:
    """SHA-256 in hexadecimal; a string is taken as UTF-8."""
    raw = data.encode() if isinstance(data, str) else data
    return hashlib.sha256(raw).hexdigest()


def slug(words: str) -> str:
    """Lower-case ASCII letters and digits joined by hyphens; empty if `words` has none."""
    ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_words.lower()).strip("-")


def document_id(sha256: str) -> str:
    """Names a document by the digest of its bytes, so two copies of one file are one document."""
    return sha256[:_DIGEST_CHARS]


def plan_id(document: str, area: str, period: Period | None) -> str:
    """Readable, and distinct for two documents on the same area and period."""
    parts = [slug(area) or "area", *([str(period)] if period else []), document]
    return "-".join(parts)


def section_id(document: str, start: int) -> str:
    """Names a section by where it starts: no two sections of a document start at one place."""
    return f"{document}.s{start}"


def passage_id(document: str, span: Span) -> str:
    """Names a passage by its document and place, so that an old citation resolves or is stale."""
    return f"{document}.{span.start}-{span.end}"
