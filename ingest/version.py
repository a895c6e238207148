"""The version of what an ingest makes."""

CHUNKER_VERSION = "11"
"""Stands in an index's fingerprint: raise it with any change that moves a passage or a sentence."""
