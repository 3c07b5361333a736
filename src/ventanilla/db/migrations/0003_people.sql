-- People by several names, in the order in which they wrote; what Meta tells of our account.
-- depends: 0002_sending

-- migrate: apply

-- Two contacts turned out to be one person: the older one lives on, and everything is its now.
ALTER TABLE contact ADD COLUMN merged_into bigint REFERENCES contact;
CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into IS NOT NULL;

ALTER TABLE alias
    -- From when on a name is known to be this person's: a number may be somebody else's later.
    ADD COLUMN since timestamptz NOT NULL DEFAULT now(),
    -- Of several phones the one they wrote from last is answered; written only when that changes.
    ADD COLUMN used_at timestamptz NOT NULL DEFAULT now();

-- When it was written, as far as can be told. A late one goes before those that still wait.
ALTER TABLE inbox
    ADD COLUMN written_at timestamptz NOT NULL GENERATED ALWAYS AS (least(sent_at, received_at)) STORED;
DROP INDEX inbox_waiting;
CREATE INDEX inbox_waiting ON inbox (contact_id, written_at, id) WHERE state = 'waiting';

-- What is a person's is found at once when two contacts become one.
CREATE INDEX inbox_contact ON inbox (contact_id);
CREATE INDEX outbox_contact ON outbox (contact_id);
CREATE INDEX hand_over_contact ON hand_over (contact_id);

-- What Meta tells of our account, number and business, until staff have settled it.
CREATE TABLE channel_notice (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key        bytea       NOT NULL,
    kind       text        NOT NULL,
    severity   text        NOT NULL CHECK (severity IN ('info', 'warning', 'urgent')),
    summary    text        NOT NULL,
    summary_en text        NOT NULL,
    sealed     bytea       NOT NULL,
    at         timestamptz NOT NULL,
    settled_at timestamptz
);
-- Meta tells everything at least once; staff read it once.
CREATE UNIQUE INDEX channel_notice_open ON channel_notice (key) WHERE settled_at IS NULL;

-- migrate: rollback

DROP TABLE channel_notice;
DROP INDEX hand_over_contact, outbox_contact, inbox_contact, inbox_waiting, contact_merged;
ALTER TABLE inbox DROP COLUMN written_at;
CREATE INDEX inbox_waiting ON inbox (contact_id, id) WHERE state = 'waiting';
ALTER TABLE alias DROP COLUMN used_at, DROP COLUMN since;
ALTER TABLE contact DROP COLUMN merged_into;
