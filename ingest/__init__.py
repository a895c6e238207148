"""Files to documents, plans, sections and passages.

Nothing is imported here: whoever reads an index needs `ingest.version` and `ingest.report` alone,
and not the readers of every format.
"""
