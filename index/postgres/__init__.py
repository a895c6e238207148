"""The index in PostgreSQL: see `docs/scale-out.md`.

Written: `publishing` makes a generation the one served; `storing` writes its documents, whose rows
are `rows`, `lines` (the numbers of sentences), `lexemes` (words) and `bm25` (what they weigh);
`generations` writes what is counted over them, `removal` takes away what nobody is served.

Read: `engine` fulfils the service's port with one generation, which `catalogue` has in memory.
`documents`, `passages`, `boards` and `searching` ask what their names say, the last by `ranking`,
`pruning` and `nearest`. All ask through `reading`, in the terms of `asking`.

Around both: `place`, `database`, `schema` with `migrations`, `cluster`; `revisions` names what is
held.
"""
