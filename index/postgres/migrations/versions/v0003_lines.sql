-- A sentence as numbers, so that what can say a topic is told apart before any passage is read:
-- index.postgres.lines. Rows from before have none of it; their generation is of an older format.

ALTER TABLE sentences
    ADD COLUMN words bytea NOT NULL DEFAULT '',      -- 32 bits a word, little-endian
    ADD COLUMN marks bytea NOT NULL DEFAULT '',      -- corpus.lines.Mark, a byte a word
    ADD COLUMN meant bytea NOT NULL DEFAULT '',      -- 32 bits a meaning,
    ADD COLUMN scores bytea NOT NULL DEFAULT '',     -- and 64 of its score
    -- the headings above: of each its length, and its words
    ADD COLUMN above bytea NOT NULL DEFAULT '';

-- The vectors of one plan among those of its area, for the nearest of each plan.

CREATE INDEX vectors_part ON vectors (part)
