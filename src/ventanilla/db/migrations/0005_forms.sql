-- Forms: which are published at Meta, and each one that a person was offered.
-- depends: 0004_templates

-- migrate: apply

-- One published form a language. `hash` is of the JSON that Meta has, so that only changes are uploaded.
CREATE TABLE flow (
    language     text PRIMARY KEY,
    flow_id      text        NOT NULL,
    hash         text        NOT NULL,
    published    boolean     NOT NULL,
    synced_at    timestamptz NOT NULL,
    -- Meta refused it (throttled or blocked): the chat instead, until then.
    paused_till  timestamptz,
    paused_code  integer,
    paused_why   text
);

-- A form in somebody's chat. `page` is the last one they sent.
CREATE TABLE form (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contact_id bigint      NOT NULL REFERENCES contact,
    language   text        NOT NULL,
    state      text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'used', 'left')),
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    opened_at  timestamptz,
    page       text,
    ended_at   timestamptz,
    CONSTRAINT form_ended CHECK ((state = 'open') = (ended_at IS NULL))
);
-- A new one takes the place of the one before: nobody fills in two at a time.
CREATE UNIQUE INDEX form_one_open ON form (contact_id) WHERE state = 'open';
CREATE INDEX form_contact ON form (contact_id);

-- The last guard: whatever the program does, one form makes one appointment (tests/races shows it).
ALTER TABLE appointment ADD COLUMN form_id bigint REFERENCES form;
ALTER TABLE appointment ADD CONSTRAINT appointment_one_a_form UNIQUE (form_id);

-- migrate: rollback

ALTER TABLE appointment DROP COLUMN form_id;
DROP TABLE form, flow;
