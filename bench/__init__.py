"""Benchmarks: what a question, a start, a process and an ingest cost, beside the model alone.

`python -m bench` runs them all. A duration on a shared machine says little, so wherever it can be
a duration stands beside another of the same run, taken in turns with it.
"""
