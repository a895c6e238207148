"""Ingest as jobs that any number of workers take, on any machine that reaches the database."""
