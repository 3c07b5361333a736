-- People, what they wrote, what is owed to them, places and appointments.
-- depends:

-- migrate: apply

-- The row a worker locks to claim what is owed to a person: replies go out one after another.
CREATE TABLE contact (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    made_at timestamptz NOT NULL DEFAULT now()
);

-- A person's addresses. Keys are HMACs, so that a stolen copy of the database tells no number.
CREATE TABLE alias (
    kind       text   NOT NULL CHECK (kind IN ('phone', 'bsuid', 'parent_bsuid')),
    key        bytea  NOT NULL,
    contact_id bigint NOT NULL REFERENCES contact,
    sealed     bytea  NOT NULL,
    PRIMARY KEY (kind, key)
);
CREATE INDEX alias_contact ON alias (contact_id);

-- The row a turn locks: one worker per person at a time. `sealed` is empty until the first turn.
CREATE TABLE talk (
    contact_id bigint PRIMARY KEY REFERENCES contact,
    sealed     bytea,
    heard_at   timestamptz,
    -- Its unfinished answers have been erased after the days the notice promises.
    forgotten  boolean NOT NULL DEFAULT false
);
CREATE INDEX talk_stale ON talk (heard_at) WHERE NOT forgotten;

-- The unique wamid is what makes a message delivered twice count once.
CREATE TABLE inbox (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    wamid       text        NOT NULL UNIQUE,
    contact_id  bigint      NOT NULL REFERENCES contact,
    kind        text        NOT NULL,
    sealed      bytea       NOT NULL,
    sent_at     timestamptz,
    received_at timestamptz NOT NULL DEFAULT now(),
    state       text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'set-aside')),
    fault       text
);
CREATE INDEX inbox_waiting ON inbox (contact_id, id) WHERE state = 'waiting';

-- Updates of kinds that the program does not act upon, kept as they came.
CREATE TABLE raw_update (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text        NOT NULL,
    sealed      bytea       NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now()
);

-- What is owed to people. `sending` means that it may have gone out: it is only sent again after
-- its status webhook, which carries this id back, has had time to arrive.
CREATE TABLE outbox (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contact_id   bigint      NOT NULL REFERENCES contact,
    kind         text        NOT NULL,
    sealed       bytea       NOT NULL,
    state        text        NOT NULL DEFAULT 'owed' CHECK (state IN ('owed', 'sending', 'sent', 'failed')),
    due_at       timestamptz NOT NULL DEFAULT now(),
    made_at      timestamptz NOT NULL DEFAULT now(),
    attempts     smallint    NOT NULL DEFAULT 0,
    wamid        text,
    tried_at     timestamptz,
    sent_at      timestamptz,
    delivered_at timestamptz,
    read_at      timestamptz,
    error_code   integer,
    error        text
);
CREATE INDEX outbox_owed ON outbox (contact_id, id) WHERE state IN ('owed', 'sending');
CREATE INDEX outbox_wamid ON outbox (wamid) WHERE wamid IS NOT NULL;

CREATE TABLE consent (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contact_id  bigint      NOT NULL REFERENCES contact,
    accepted    boolean     NOT NULL,
    notice_hash text        NOT NULL,
    wamid       text        NOT NULL,
    at          timestamptz NOT NULL
);
CREATE INDEX consent_contact ON consent (contact_id);

CREATE TABLE hand_over (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contact_id bigint      NOT NULL REFERENCES contact,
    reason     text        NOT NULL,
    at         timestamptz NOT NULL
);

-- An office as its file has it; the program reads them all at once into memory.
CREATE TABLE office (
    id     text PRIMARY KEY,
    fields jsonb NOT NULL
);

CREATE TABLE closure (
    office_id text NOT NULL REFERENCES office,
    day       date NOT NULL,
    reason    text NOT NULL,
    PRIMARY KEY (office_id, day)
);

-- The last guard: whatever the program does, no place is given twice.
CREATE TABLE slot (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    office_id text        NOT NULL REFERENCES office,
    pool      text        NOT NULL DEFAULT 'passport',
    starts_at timestamptz NOT NULL,
    day       date        NOT NULL,
    capacity  smallint    NOT NULL CHECK (capacity >= 0),
    extra     smallint    NOT NULL DEFAULT 0 CHECK (extra >= 0),
    held      smallint    NOT NULL DEFAULT 0,
    booked    smallint    NOT NULL DEFAULT 0,
    CONSTRAINT slot_office_time UNIQUE (office_id, pool, starts_at),
    CONSTRAINT slot_never_oversold CHECK (held >= 0 AND booked >= 0 AND held + booked <= capacity + extra)
);
CREATE INDEX slot_free ON slot (office_id, pool, starts_at) WHERE held + booked < capacity + extra;

-- A lease. One a person, so that nobody keeps several places while deciding.
CREATE TABLE hold (
    contact_id bigint PRIMARY KEY REFERENCES contact,
    slot_id    bigint      NOT NULL REFERENCES slot,
    expires_at timestamptz NOT NULL
);
CREATE INDEX hold_slot ON hold (slot_id, expires_at);
CREATE INDEX hold_expiry ON hold (expires_at);

CREATE TABLE appointment (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    folio        text        NOT NULL UNIQUE,
    contact_id   bigint      NOT NULL REFERENCES contact,
    slot_id      bigint      NOT NULL REFERENCES slot,
    office_id    text        NOT NULL REFERENCES office,
    starts_at    timestamptz NOT NULL,
    procedure    text        NOT NULL,
    person_key   bytea       NOT NULL,
    sealed       bytea       NOT NULL,
    language     text        NOT NULL,
    status       text        NOT NULL DEFAULT 'live' CHECK (status IN ('live', 'cancelled', 'past')),
    made_at      timestamptz NOT NULL,
    cancelled_at timestamptz
);
-- One live appointment per CURP and procedure: a place cannot be hoarded under one name.
CREATE UNIQUE INDEX appointment_one_live ON appointment (person_key, procedure) WHERE status = 'live';
CREATE INDEX appointment_contact ON appointment (contact_id, made_at);
CREATE INDEX appointment_slot ON appointment (slot_id);
CREATE INDEX appointment_to_come ON appointment (starts_at) WHERE status = 'live';

-- migrate: rollback

DROP TABLE appointment, hold, slot, closure, office, hand_over, consent, outbox, raw_update, inbox, talk,
    alias, contact;
