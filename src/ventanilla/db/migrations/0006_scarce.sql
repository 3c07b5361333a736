-- Scarce places: released, given back, moved, offered, drawn; families, reminders, the day at the office.
-- depends: 0005_forms

-- migrate: apply

ALTER TABLE slot
    -- Nobody sees or takes it before this: places come out at random moments. `infinity`: the office
    -- closes then, or it is kept for a draw.
    ADD COLUMN opens_at timestamptz NOT NULL DEFAULT '-infinity',
    -- Places given back that are not public yet: as many as there are rows in `release`.
    ADD COLUMN withheld smallint NOT NULL DEFAULT 0,
    DROP CONSTRAINT slot_never_oversold,
    ADD CONSTRAINT slot_never_oversold CHECK (
        held >= 0 AND booked >= 0 AND withheld >= 0 AND held + booked + withheld <= capacity + extra);
-- `extra` is overbooking: only offers may fill it, so what is public stops at `capacity`.
DROP INDEX slot_free;
CREATE INDEX slot_free ON slot (office_id, pool, starts_at) WHERE held + booked + withheld < capacity;

-- One row is one place: a family holds up to five, and the key keeps anybody from holding more.
ALTER TABLE hold
    DROP CONSTRAINT hold_pkey,
    ADD COLUMN n smallint NOT NULL DEFAULT 0 CHECK (n BETWEEN 0 AND 4),
    ADD PRIMARY KEY (contact_id, n),
    -- After its lease it is only its own person's, for a random while: then it is everybody's again.
    ADD COLUMN back_at timestamptz;
UPDATE hold SET back_at = expires_at;
ALTER TABLE hold ALTER COLUMN back_at SET NOT NULL, ADD CHECK (back_at >= expires_at);
DROP INDEX hold_expiry;
CREATE INDEX hold_back ON hold (back_at);

ALTER TABLE appointment
    DROP CONSTRAINT appointment_status_check,
    ADD CONSTRAINT appointment_status_check
        CHECK (status IN ('live', 'arrived', 'no-show', 'excused', 'cancelled', 'past')),
    ADD COLUMN moves smallint NOT NULL DEFAULT 0 CHECK (moves >= 0),
    -- The same number for all of a family that booked together: the first one's own id.
    ADD COLUMN family bigint,
    ADD COLUMN late_at timestamptz,
    ADD COLUMN arrived_at timestamptz,
    -- Whoever came did not miss it, whatever else is concluded (tests/races shows it).
    ADD CONSTRAINT appointment_came CHECK (status <> 'no-show' OR arrived_at IS NULL);
CREATE INDEX appointment_family ON appointment (family) WHERE family IS NOT NULL;
CREATE INDEX appointment_person ON appointment (person_key, starts_at);

-- What staff did to an appointment, why, and what it was before (sealed).
CREATE TABLE staff_act (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    appointment_id bigint      NOT NULL REFERENCES appointment,
    act            text        NOT NULL CHECK (act IN ('arrived', 'corrected', 'excused', 'moved', 'cancelled')),
    staff          text        NOT NULL CHECK (staff <> ''),
    reason         text        NOT NULL CHECK (reason <> ''),
    sealed         bytea,
    at             timestamptz NOT NULL,
    in_transaction xid8        NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX staff_act_appointment ON staff_act (appointment_id);

-- Whose an appointment is never changes once it is confirmed, so that it cannot be sold: only staff correct
-- a mistyped letter, with a reason, in the same transaction (tests/races shows what happens otherwise).
CREATE FUNCTION appointment_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM staff_act s WHERE s.appointment_id = NEW.id AND s.act = 'corrected'
                   AND s.in_transaction = pg_current_xact_id()) THEN
        RAISE EXCEPTION 'the person of appointment % is frozen', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER appointment_identity BEFORE UPDATE OF person_key, sealed, procedure ON appointment
    FOR EACH ROW WHEN ((OLD.person_key, OLD.sealed, OLD.procedure)
        IS DISTINCT FROM (NEW.person_key, NEW.sealed, NEW.procedure))
    EXECUTE FUNCTION appointment_frozen();

-- Whoever proved an appointment of another phone by folio and CURP, and how often each phone tried.
CREATE TABLE access (
    contact_id     bigint      NOT NULL REFERENCES contact,
    appointment_id bigint      NOT NULL REFERENCES appointment,
    at             timestamptz NOT NULL
);
CREATE INDEX access_contact ON access (contact_id, appointment_id);
CREATE INDEX access_appointment ON access (appointment_id);
CREATE TABLE proof_try (
    contact_id bigint      NOT NULL REFERENCES contact,
    at         timestamptz NOT NULL
);
CREATE INDEX proof_try_contact ON proof_try (contact_id, at);

-- A place that somebody had and gave back: they cannot take it again, so no place is passed on by cancelling.
CREATE TABLE given_up (
    slot_id    bigint      NOT NULL REFERENCES slot,
    person_key bytea       NOT NULL,
    contact_id bigint      NOT NULL REFERENCES contact,
    at         timestamptz NOT NULL,
    PRIMARY KEY (slot_id, person_key)
);
CREATE INDEX given_up_contact ON given_up (contact_id);
CREATE INDEX given_up_person ON given_up (person_key);

-- One row is one withheld place: the waiting list has it first, and at `due_at` it is public again.
CREATE TABLE release (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slot_id bigint      NOT NULL REFERENCES slot,
    made_at timestamptz NOT NULL,
    due_at  timestamptz NOT NULL
);
CREATE INDEX release_slot ON release (slot_id);
CREATE INDEX release_due ON release (due_at);

-- Who waits for a place, or for an earlier one than `appointment_id` has.
CREATE TABLE waiting (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contact_id     bigint      NOT NULL REFERENCES contact,
    person_key     bytea       NOT NULL,
    procedure      text        NOT NULL,
    sealed         bytea       NOT NULL,
    language       text        NOT NULL,
    appointment_id bigint REFERENCES appointment,
    offices        text[]      NOT NULL CHECK (cardinality(offices) BETWEEN 1 AND 10),
    earliest       date        NOT NULL,
    halves         text[]      NOT NULL CHECK (halves <@ '{morning,afternoon}' AND cardinality(halves) > 0),
    state          text        NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'paused', 'served', 'left')),
    ignored        smallint    NOT NULL DEFAULT 0,
    made_at        timestamptz NOT NULL,
    -- Random: who joined in the same minute is not ordered by the speed of a machine.
    tie            double precision NOT NULL DEFAULT random()
);
CREATE UNIQUE INDEX waiting_one ON waiting (person_key, procedure) WHERE state IN ('waiting', 'paused');
CREATE INDEX waiting_offices ON waiting USING gin (offices) WHERE state = 'waiting';
CREATE INDEX waiting_contact ON waiting (contact_id);

-- An allocation by lot of all places of an office in some days. The published file has everything but
-- names (docs/draws.md).
CREATE TABLE draw (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    office_id    text        NOT NULL REFERENCES office,
    procedure    text        NOT NULL,
    first_day    date        NOT NULL,
    last_day     date        NOT NULL CHECK (last_day >= first_day),
    opens_at     timestamptz NOT NULL,
    closes_at    timestamptz NOT NULL CHECK (closes_at > opens_at),
    beacon       text        NOT NULL,
    -- The days and halves that have places, on the office's clock: `2026-12-14/morning`.
    cells        text[]      NOT NULL,
    commitment   bytea       NOT NULL,
    sealed_seed  bytea       NOT NULL,
    state        text        NOT NULL DEFAULT 'announced' CHECK (state IN ('announced', 'closed', 'drawn')),
    root         bytea,
    public_value text,
    drawn_at     timestamptz,
    -- The file as anybody can download it, as it was made at its stage.
    published    text        NOT NULL
);
ALTER TABLE slot ADD COLUMN draw_id bigint REFERENCES draw;
CREATE INDEX slot_draw ON slot (draw_id) WHERE draw_id IS NOT NULL;

CREATE TABLE draw_entry (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    draw_id     bigint      NOT NULL REFERENCES draw,
    contact_id  bigint      NOT NULL REFERENCES contact,
    person_key  bytea       NOT NULL,
    procedure   text        NOT NULL,
    sealed      bytea       NOT NULL,
    language    text        NOT NULL,
    nonce       bytea       NOT NULL UNIQUE,
    days        date[]      NOT NULL CHECK (cardinality(days) > 0),
    halves      text[]      NOT NULL CHECK (halves <@ '{morning,afternoon}' AND cardinality(halves) > 0),
    weight      smallint    NOT NULL CHECK (weight BETWEEN 1 AND 4),
    receipt     bytea       NOT NULL UNIQUE,
    made_at     timestamptz NOT NULL,
    position    integer,
    state       text        NOT NULL DEFAULT 'entered' CHECK (state IN ('entered', 'left', 'won', 'lost'))
);
-- One a person, however many phones enter them: otherwise chances could be bought.
CREATE UNIQUE INDEX draw_entry_one ON draw_entry (draw_id, person_key) WHERE state <> 'left';
CREATE INDEX draw_entry_contact ON draw_entry (contact_id);

-- How many tickets a person has next time: one more for each draw lost since the last one won. Who is not
-- here has one.
CREATE TABLE draw_weight (
    person_key bytea    PRIMARY KEY,
    weight     smallint NOT NULL CHECK (weight BETWEEN 1 AND 4)
);

-- One row is one place held for one person: to one who waits, to one whose office closes, to one who won.
-- An open one is counted in `slot.held`.
CREATE TABLE offer (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind           text        NOT NULL CHECK (kind IN ('waiting', 'closure', 'draw')),
    contact_id     bigint      NOT NULL REFERENCES contact,
    slot_id        bigint      NOT NULL REFERENCES slot,
    -- Taking it swaps this appointment; without one it makes a new one.
    appointment_id bigint REFERENCES appointment,
    waiting_id     bigint REFERENCES waiting,
    draw_entry_id  bigint REFERENCES draw_entry,
    made_at        timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    -- Of who waits: the message that told them. Who was never reached has ignored nothing.
    outbox_id      bigint REFERENCES outbox,
    state          text        NOT NULL DEFAULT 'open'
        CHECK (state IN ('open', 'taken', 'declined', 'expired', 'withdrawn')),
    ended_at       timestamptz,
    CONSTRAINT offer_ended CHECK ((state = 'open') = (ended_at IS NULL)),
    CONSTRAINT offer_source CHECK ((kind = 'waiting') = (waiting_id IS NOT NULL)
        AND (kind = 'draw') = (draw_entry_id IS NOT NULL) AND (kind <> 'closure' OR appointment_id IS NOT NULL))
);
-- One at a time: nobody keeps several places from others while thinking. A closure is our fault: three there.
CREATE UNIQUE INDEX offer_one_waiting ON offer (waiting_id) WHERE state = 'open';
CREATE UNIQUE INDEX offer_one_draw ON offer (draw_entry_id) WHERE state = 'open';
CREATE UNIQUE INDEX offer_once ON offer (appointment_id, slot_id) WHERE state = 'open';
CREATE INDEX offer_slot ON offer (slot_id);
CREATE INDEX offer_contact ON offer (contact_id);
CREATE INDEX offer_appointment ON offer (appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX offer_expiry ON offer (expires_at) WHERE state = 'open';

-- Each reminder once for each time the appointment had: a moved one is reminded anew.
CREATE TABLE reminder (
    appointment_id bigint      NOT NULL REFERENCES appointment,
    kind           text        NOT NULL CHECK (kind IN ('days', 'hours', 'again', 'morning')),
    starts_at      timestamptz NOT NULL,
    variant        text        NOT NULL,
    outbox_id      bigint      NOT NULL REFERENCES outbox,
    made_at        timestamptz NOT NULL,
    answer         text CHECK (answer IN ('going', 'change', 'cancel')),
    answered_at    timestamptz,
    PRIMARY KEY (appointment_id, kind, starts_at),
    CONSTRAINT reminder_answered CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX reminder_outbox ON reminder (outbox_id);

ALTER TABLE closure
    ADD COLUMN staff text NOT NULL DEFAULT '',
    ADD COLUMN made_at timestamptz NOT NULL DEFAULT now();

-- Whose office closes: told once for each place they had, whatever is closed again or besides. What they
-- answered is seen in the appointment, which is elsewhere then, or cancelled.
CREATE TABLE affected (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    appointment_id bigint      NOT NULL REFERENCES appointment,
    slot_id        bigint      NOT NULL REFERENCES slot,
    made_at        timestamptz NOT NULL,
    -- Everybody gets one alternative before anybody gets a second one.
    rounds         smallint    NOT NULL DEFAULT 0 CHECK (rounds BETWEEN 0 AND 3),
    told_id        bigint REFERENCES outbox,
    again_id       bigint REFERENCES outbox,
    reopened_at    timestamptz
);
CREATE UNIQUE INDEX affected_one ON affected (appointment_id, slot_id) WHERE reopened_at IS NULL;
CREATE INDEX affected_slot ON affected (slot_id);

-- What staff should look at; nothing is refused because of it.
CREATE TABLE review (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind           text        NOT NULL,
    appointment_id bigint      NOT NULL REFERENCES appointment,
    about_id       bigint REFERENCES appointment,
    at             timestamptz NOT NULL,
    settled_at     timestamptz,
    settled_by     text
);
CREATE INDEX review_open ON review (at) WHERE settled_at IS NULL;

-- Where places beyond capacity are planned from who really comes (decision 0017); nowhere by itself.
CREATE TABLE overbooking (
    office_id text PRIMARY KEY REFERENCES office,
    on_since  timestamptz NOT NULL,
    staff     text        NOT NULL CHECK (staff <> '')
);

-- migrate: rollback

DROP TABLE affected;
ALTER TABLE closure DROP COLUMN made_at, DROP COLUMN staff;
DROP TABLE overbooking, review, reminder, offer, draw_entry, draw_weight;
ALTER TABLE slot DROP COLUMN draw_id;
DROP TABLE draw, waiting, release, given_up, proof_try, access;
DROP TRIGGER appointment_identity ON appointment;
DROP FUNCTION appointment_frozen();
DROP TABLE staff_act;
DROP INDEX appointment_person, appointment_family;
ALTER TABLE appointment
    DROP COLUMN arrived_at, DROP COLUMN late_at, DROP COLUMN family, DROP COLUMN moves,
    DROP CONSTRAINT appointment_status_check,
    ADD CONSTRAINT appointment_status_check CHECK (status IN ('live', 'cancelled', 'past'));
DROP INDEX hold_back;
CREATE INDEX hold_expiry ON hold (expires_at);
ALTER TABLE hold DROP COLUMN back_at, DROP CONSTRAINT hold_pkey, DROP COLUMN n, ADD PRIMARY KEY (contact_id);
DROP INDEX slot_free;
CREATE INDEX slot_free ON slot (office_id, pool, starts_at) WHERE held + booked < capacity + extra;
ALTER TABLE slot
    DROP CONSTRAINT slot_never_oversold,
    DROP COLUMN withheld,
    DROP COLUMN opens_at,
    ADD CONSTRAINT slot_never_oversold CHECK (held >= 0 AND booked >= 0 AND held + booked <= capacity + extra);
