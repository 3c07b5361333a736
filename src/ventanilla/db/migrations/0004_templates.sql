-- What Meta says of our templates, and who has been asked to write.
-- depends: 0003_people

-- migrate: apply

-- Languages as Meta calls them. `at`: when the status was told, so that an older answer never hides newer
-- news; the same text as in the word files has the same `hash`.
CREATE TABLE template (
    name     text        NOT NULL,
    language text        NOT NULL,
    status   text        NOT NULL,
    category text        NOT NULL,
    hash     text        NOT NULL,
    reason   text        NOT NULL,
    quality  text        NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (name, language)
);

-- When a template last asked this person to write. One row everybody updates, so that two processes that
-- park messages of one person ask once (tests/races shows it).
ALTER TABLE contact ADD COLUMN invited_at timestamptz;

-- It went out as its template: what Meta then fails to deliver waits until the person writes.
ALTER TABLE outbox ADD COLUMN as_template boolean NOT NULL DEFAULT false;

-- migrate: rollback

ALTER TABLE outbox DROP COLUMN as_template;
ALTER TABLE contact DROP COLUMN invited_at;
DROP TABLE template;
