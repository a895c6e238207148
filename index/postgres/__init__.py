"""The engine in PostgreSQL: the same answers as the embedded one, where one machine is too few."""
