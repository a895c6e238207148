"""Scores answers against questions whose right answers are known. See `evals/README.md`."""
