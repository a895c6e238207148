"""From a question to an answer with citations: pure, and the same bytes for the same generation."""
