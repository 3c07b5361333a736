-- Sending within Meta's limits: rates, the 24-hour window, failed attempts, uploaded files.
-- depends: 0001_first

-- migrate: apply

-- One row: what all workers must agree on before anything goes out through the number.
CREATE TABLE channel (
    one          boolean PRIMARY KEY DEFAULT true CHECK (one),
    -- The number's bucket as one moment: when it will be full again. A row everybody updates, so that
    -- no two processes spend the same second (tests/races shows it).
    number_at    timestamptz NOT NULL DEFAULT 'epoch',
    -- Our account was refused: nothing goes out before this but one message that tries.
    stopped_at   timestamptz,
    stopped_till timestamptz,
    stopped_code integer,
    stopped_why  text
);
INSERT INTO channel DEFAULT VALUES;

ALTER TABLE contact
    ADD COLUMN wrote_at timestamptz,
    -- The bucket of this person in the same form.
    ADD COLUMN pair_at timestamptz NOT NULL DEFAULT 'epoch';

ALTER TABLE outbox
    ADD COLUMN language text NOT NULL DEFAULT 'es',
    -- What says the same outside the 24-hour window, where there is such a template.
    ADD COLUMN template bytea,
    -- The message Meta has told us was not delivered: what it still says of that one is old news.
    ADD COLUMN failed_wamid text,
    DROP CONSTRAINT outbox_state_check,
    -- `parked`: the window is closed; it goes out when the person writes again.
    ADD CONSTRAINT outbox_state_check CHECK (state IN ('owed', 'sending', 'sent', 'failed', 'parked'));
CREATE INDEX outbox_parked ON outbox (contact_id) WHERE state = 'parked';

-- Attempts that failed; the one that succeeded is in the outbox itself.
CREATE TABLE attempt (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    outbox_id bigint      NOT NULL REFERENCES outbox,
    at        timestamptz NOT NULL,
    fault     text        NOT NULL,
    code      integer,
    error     text        NOT NULL
);
CREATE INDEX attempt_outbox ON attempt (outbox_id);

-- Files that Meta keeps for us for 30 days, by an HMAC of what they were made from.
CREATE TABLE media (
    key         bytea PRIMARY KEY,
    media_id    text        NOT NULL,
    uploaded_at timestamptz NOT NULL
);

-- When the person was shown that the answer takes a moment.
ALTER TABLE inbox ADD COLUMN attended_at timestamptz;
CREATE INDEX inbox_received ON inbox (received_at);

-- migrate: rollback

DROP INDEX inbox_received;
ALTER TABLE inbox DROP COLUMN attended_at;
DROP TABLE media, attempt, channel;
ALTER TABLE outbox DROP COLUMN language, DROP COLUMN template, DROP COLUMN failed_wamid;
ALTER TABLE contact DROP COLUMN pair_at, DROP COLUMN wrote_at;
