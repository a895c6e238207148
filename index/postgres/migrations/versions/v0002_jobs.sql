-- Ingests under way: service.jobs. On a cluster these tables stay where the jobs are, on the coordinator.

CREATE TABLE ingests (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'failed')),
    begun timestamptz NOT NULL DEFAULT now(),
    queue text NOT NULL,                         -- of the workers that would make the same of it
    request text NOT NULL,                       -- service.jobs.records.Request, JSON
    catalogue text NOT NULL,                     -- corpus.catalogue.Catalogue, JSON
    outcome text NOT NULL DEFAULT ''             -- service.ingestion.Ingested, JSON; where it failed, why
);
CREATE UNIQUE INDEX ingests_one_open ON ingests ((true)) WHERE state = 'open';

CREATE TABLE ingest_files (                      -- files that had to be read: those of the same bytes are one
    ingest bigint NOT NULL REFERENCES ingests ON DELETE CASCADE,
    sha256 text NOT NULL,
    task text NOT NULL,                          -- service.jobs.records.FileTask, JSON
    content bytea,                               -- the bytes, until they are read
    tries text,                                  -- service.jobs.records.Try, a JSON list, once they are
    document text,                               -- corpus.models.ParsedDocument, JSON, until it is stored
    stored boolean NOT NULL DEFAULT false,       -- nothing more is to do:
    area text,                                   -- there is no document, or it is held as this revision
    revision bigint,
    PRIMARY KEY (ingest, sha256)
);
ALTER TABLE ingest_files ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE TABLE ingest_batches (                    -- passages of a document to embed and to tell the meanings of together
    ingest bigint NOT NULL,
    sha256 text NOT NULL,
    batch integer NOT NULL,
    passages integer NOT NULL,
    vectors bytea,                               -- (passages, dimension) float32, little-endian, once they are there,
    meanings text,                               -- and for each of them corpus.models.Meaning, a JSON list
    PRIMARY KEY (ingest, sha256, batch),
    FOREIGN KEY (ingest, sha256) REFERENCES ingest_files ON DELETE CASCADE
);
