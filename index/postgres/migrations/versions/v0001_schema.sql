-- What is held. `revision` names a document as it was parsed and embedded, by digest: what a document
-- holds never changes, so a new generation lists its documents and writes only those that are new.
-- `part` names what a revision holds of one of its plans, or outside of all, by digest too. A row of a
-- passage belongs to a generation if its part does, and one column joins the two: by more the planner
-- would take the few rows that match for fewer than one.
-- `area` is the area of the plan that a row belongs to, '' where it belongs to none. It leads no query
-- that asks of all areas, and is in every key: a cluster distributes by it.

CREATE EXTENSION IF NOT EXISTS vector;

-- By generation: small, read as a whole when one is opened.

CREATE TABLE generations (
    id text PRIMARY KEY,
    place bigint GENERATED ALWAYS AS IDENTITY,   -- the order of publication
    made timestamptz NOT NULL DEFAULT now(),
    fingerprint text NOT NULL,                   -- index.manifest.Fingerprint, JSON
    counts text NOT NULL,                        -- index.manifest.Counts, JSON
    areas text NOT NULL,                         -- corpus.models.Area, a JSON list by name
    report text NOT NULL,                        -- of the ingest, JSON
    heading_words bigint NOT NULL,               -- words of all headings, of all texts
    text_words bigint NOT NULL
);

CREATE TABLE served (                            -- one row: the generation that is current
    sole boolean PRIMARY KEY DEFAULT true CHECK (sole),
    generation text NOT NULL REFERENCES generations
);

CREATE TABLE holdings (                          -- the documents of a generation, in their order
    generation text NOT NULL REFERENCES generations ON DELETE CASCADE,
    number integer NOT NULL,
    area text NOT NULL,                          -- where `documents` has it
    revision bigint NOT NULL,
    origin text NOT NULL,                        -- corpus.models.Origin, JSON
    PRIMARY KEY (generation, number)
);
CREATE INDEX holdings_revision ON holdings (revision);

CREATE TABLE heads (                             -- what a generation is opened with, of every revision
    revision bigint PRIMARY KEY,
    body text NOT NULL,                          -- corpus.models.Document, JSON
    plans text NOT NULL                          -- corpus.models.Plan, a JSON list
);

CREATE TABLE terms (                             -- in how many passages a word stands
    generation text NOT NULL REFERENCES generations ON DELETE CASCADE,
    term text COLLATE "C" NOT NULL,              -- 's' and a stem, or 'w' and a folded word
    headings integer NOT NULL,
    texts integer NOT NULL,
    PRIMARY KEY (generation, term)
);

-- By area.

CREATE TABLE parts (                             -- what a generation holds of a revision: of one plan, or of none
    area text NOT NULL,
    generation text NOT NULL,
    part bigint NOT NULL,
    document integer NOT NULL,                   -- the number of the document in the generation
    plan integer NOT NULL,                       -- the number of the plan in the generation; -1: none
    passages integer NOT NULL,
    PRIMARY KEY (area, generation, part)
);
CREATE INDEX parts_generation ON parts (generation, part);

CREATE TABLE documents (                         -- in the area of their first plan
    area text NOT NULL,
    revision bigint NOT NULL,
    kept timestamptz NOT NULL DEFAULT now(),     -- when last written or asked for
    sections text NOT NULL,                      -- corpus.models.Section, a JSON list
    content bytea NOT NULL,                      -- the canonical text in UTF-8, which may hold NUL
    parts bigint[] NOT NULL,                     -- the parts that hold passages,
    part_places smallint[] NOT NULL,             -- the place of the plan of each, -1: outside every plan,
    part_areas text[] NOT NULL,                  -- areas
    part_passages integer[] NOT NULL,            -- and sizes
    heading_words bigint NOT NULL,
    text_words bigint NOT NULL,
    terms text[] NOT NULL,                       -- as in the table of that name, for this revision
    term_headings integer[] NOT NULL,
    term_texts integer[] NOT NULL,
    PRIMARY KEY (area, revision)
);

CREATE TABLE passages (
    area text NOT NULL,
    revision bigint NOT NULL,
    ordinal integer NOT NULL,                    -- the passage's place in its document
    part bigint NOT NULL,
    id text NOT NULL,
    previous text,                               -- the ids of the passages before and after it
    next text,
    body text NOT NULL,                          -- corpus.models.Passage, JSON
    PRIMARY KEY (area, revision, ordinal)
);
CREATE INDEX passages_id ON passages (id);

CREATE TABLE vectors (                           -- an HNSW index for each dimension is made when first published
    area text NOT NULL,
    revision bigint NOT NULL,
    ordinal integer NOT NULL,
    part bigint NOT NULL,
    digest bytea NOT NULL,                       -- of the model and the text that was embedded
    embedding halfvec NOT NULL,                  -- unit norm
    PRIMARY KEY (area, revision, ordinal)
);
ALTER TABLE vectors ALTER COLUMN embedding SET STORAGE PLAIN;
CREATE INDEX vectors_digest ON vectors (digest);

CREATE TABLE words (                             -- every passage as words: what matches is asked here
    area text NOT NULL,
    revision bigint NOT NULL,
    ordinal integer NOT NULL,
    part bigint NOT NULL,
    heading_norm smallint NOT NULL,              -- the number of words, as BM25 rounds it: index.postgres.bm25
    text_norm smallint NOT NULL,
    tokens tsvector NOT NULL,                    -- terms with their places; A: in a heading, D: in the text
    PRIMARY KEY (area, revision, ordinal)
);
CREATE INDEX words_tokens ON words USING gin (tokens);

CREATE TABLE sentences (                         -- what a board asks: which sentences can say a topic
    area text NOT NULL,
    revision bigint NOT NULL,
    ordinal integer NOT NULL,
    at smallint NOT NULL,                        -- the sentence's place in its passage
    part bigint NOT NULL,
    prominence smallint NOT NULL,                -- corpus.models.Prominence
    tokens tsvector NOT NULL,                    -- stems; A: in a heading above, D: in the sentence
    PRIMARY KEY (area, revision, ordinal, at)
);
CREATE INDEX sentences_tokens ON sentences USING gin (tokens);

CREATE TABLE postings (                          -- stems, by part: what ranks is asked here
    area text NOT NULL,
    term text COLLATE "C" NOT NULL,              -- 'h' or 't', for heading or text, before the stem's term
    level smallint NOT NULL,                     -- how much they add to a score: index.postgres.bm25.level
    revision bigint NOT NULL,
    part bigint NOT NULL,
    entries bigint[] NOT NULL,                   -- packed: index.postgres.bm25.packed
    PRIMARY KEY (term, level, area, part)
);

-- What some phrases add to a passage's score, each in its headings (mark A) or in its text (D): see
-- index.postgres.ranking. Their lexemes are numbered, phrase after phrase and within each from 0 on. A
-- function, since a cluster hands no such sub-query on to its nodes.

CREATE FUNCTION scored(
    tokens tsvector, phrases int[], places int[], lexemes text[], marks text[], weights float8[],
    in_headings float8, in_text float8
) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(sum(
        weights[phrase] * times / (times + CASE marks[phrase] WHEN 'A' THEN in_headings ELSE in_text END)
    ), 0) FROM (
        SELECT phrase, count(*)::float8 AS times FROM (
            SELECT phrase FROM unnest(tokens) held
            JOIN unnest(phrases, places, lexemes) asked(phrase, place, lexeme)
                ON asked.lexeme = held.lexeme
            CROSS JOIN LATERAL unnest(held.positions, held.weights) stands(at, mark)
            WHERE stands.mark = marks[phrase]
            GROUP BY phrase, at - place
            HAVING count(*) = (SELECT count(*) FROM unnest(phrases) other WHERE other = phrase)
        ) whole GROUP BY phrase
    ) counted
$$;

-- What was answered, and what users said of it: service.archive.

CREATE TABLE answers (
    id text PRIMARY KEY,
    given timestamptz NOT NULL,
    content bytea NOT NULL,                      -- the answer's JSON, deflated
    asked text NOT NULL,                         -- the request, JSON
    earlier text NOT NULL                        -- ids of the answers before it, a JSON list
);
CREATE INDEX answers_given ON answers (given);

CREATE TABLE feedback (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    answer_id text NOT NULL REFERENCES answers ON DELETE CASCADE,
    given timestamptz NOT NULL,
    helpful boolean NOT NULL,
    comment text
);
CREATE INDEX feedback_answer ON feedback (answer_id);
