"""Days on which an office does not open, and the people who had a place there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Record

from ventanilla.core.booking import Place
from ventanilla.core.closures import Room
from ventanilla.core.procedures import POOL
from ventanilla.db import offers
from ventanilla.db.connection import Conn
from ventanilla.talk.facts import Offered

Days = Sequence[tuple[str, date]]
"""Offices with days of their own calendar."""

_OF_DAYS = "unnest($1::text[], $2::date[]) AS w (office_id, day)"


@dataclass(frozen=True, slots=True)
class Shut:
    """`withdrawn`: the offers of places that will not be; `affected`: how many appointments are new here."""

    days: int
    withdrawn: tuple[offers.Offer, ...]
    affected: int


async def close(conn: Conn, days: Days, reason: str, staff: str, now: datetime) -> Shut:
    """Nobody sees or takes a place of these days any more; what was being held there is let go.

    The slots are locked before anything is looked at: whoever booked a moment earlier is seen, and whoever
    comes a moment later finds them closed (tests/races shows both). So is the generator, by the offices.
    Inside a transaction of the caller's.
    """
    where = [office for office, _ in days], [day for _, day in days]
    await lock_offices(conn, where[0])
    new = await conn.fetch(
        f"""
        INSERT INTO closure (office_id, day, reason, staff, made_at)
        SELECT office_id, day, $3, $4, $5 FROM {_OF_DAYS} ON CONFLICT DO NOTHING RETURNING 1
        """,
        *where,
        reason,
        staff,
        now,
    )
    slots = await locked(conn, days)
    await conn.execute(
        """
        WITH gone AS (DELETE FROM hold WHERE slot_id = ANY($1::bigint[]) RETURNING slot_id)
        UPDATE slot s SET opens_at = 'infinity',
            held = s.held - (SELECT count(*) FROM gone g WHERE g.slot_id = s.id)
        WHERE s.id = ANY($1::bigint[])
        """,
        slots,
    )
    withdrawn = await _withdraw(conn, "slot_id = ANY($1::bigint[])", slots, now)
    affected = await conn.fetch(
        """
        INSERT INTO affected (appointment_id, slot_id, made_at) SELECT id, slot_id, $2 FROM appointment
        WHERE slot_id = ANY($1::bigint[]) AND status = 'live' AND starts_at > $2
        ON CONFLICT (appointment_id, slot_id) WHERE reopened_at IS NULL DO NOTHING RETURNING 1
        """,
        slots,
        now,
    )
    await _start_again(conn, withdrawn, now)
    return Shut(len(new), withdrawn, len(affected))


async def lock_offices(conn: Conn, offices: Sequence[str]) -> None:
    await conn.execute("SELECT FROM office WHERE id = ANY($1::text[]) ORDER BY id FOR NO KEY UPDATE", offices)


async def locked(conn: Conn, days: Days) -> list[int]:
    rows = await conn.fetch(
        f"""
        SELECT s.id FROM slot s JOIN {_OF_DAYS} USING (office_id, day) ORDER BY s.id FOR NO KEY UPDATE OF s
        """,
        [office for office, _ in days],
        [day for _, day in days],
    )
    return [r["id"] for r in rows]


async def _withdraw(conn: Conn, which: str, ids: Sequence[int], now: datetime) -> tuple[offers.Offer, ...]:
    """The places are not public again before staff open them, so nothing need wait."""
    rows = await conn.fetch(f"SELECT id FROM offer WHERE {which} AND state = 'open'", ids)
    return await offers.end(conn, [r["id"] for r in rows], "withdrawn", now, [now] * len(rows))


async def _start_again(conn: Conn, withdrawn: Sequence[offers.Offer], now: datetime) -> None:
    """Whose alternatives close as well, all of them, is given others and told of them."""
    await conn.execute(
        """
        UPDATE affected f SET rounds = 0, told_id = NULL, made_at = $2
        WHERE f.appointment_id = ANY($1::bigint[]) AND f.reopened_at IS NULL AND NOT EXISTS (
            SELECT FROM offer o WHERE o.appointment_id = f.appointment_id AND o.state = 'open')
        """,
        [o.appointment_id for o in withdrawn if o.kind == "closure"],
        now,
    )


@dataclass(frozen=True, slots=True)
class Affected:
    """`day` is the office's own; `unit` is the same for a family; `avoid`: slots that were offered to this
    person before, or that they gave back."""

    id: int
    appointment_id: int
    contact_id: int
    office_id: str
    starts_at: datetime
    day: date
    procedure: str
    unit: int
    avoid: frozenset[int]


_UNANSWERED = """affected f JOIN appointment a ON a.id = f.appointment_id AND a.slot_id = f.slot_id
    AND a.status IN ('live', 'past') AND f.reopened_at IS NULL"""
_NO_ROUND = "f.rounds < $1"
_NOTHING_HELD = """f.rounds >= $1 AND f.told_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM offer o WHERE o.appointment_id = f.appointment_id AND o.kind = 'closure'
        AND o.made_at >= f.made_at)"""


async def without_round(conn: Conn, number: int, now: datetime, units: int) -> tuple[Affected, ...]:
    """The soonest `units` families and single people who have not had this round, locked."""
    return await _some(conn, _NO_ROUND, number, now, units)


async def without_any(conn: Conn, now: datetime, units: int) -> tuple[Affected, ...]:
    """The soonest of those for whom nothing was free, locked."""
    return await _some(conn, _NOTHING_HELD, 3, now, units)


async def _some(conn: Conn, which: str, number: int, now: datetime, units: int) -> tuple[Affected, ...]:
    rows = await conn.fetch(
        f"""
        SELECT f.id, f.appointment_id, a.contact_id, a.office_id, a.starts_at, s.day, a.procedure,
            coalesce(a.family, a.id) AS unit, array(
                SELECT slot_id FROM offer o WHERE o.appointment_id = a.id
                UNION SELECT slot_id FROM given_up g WHERE g.person_key = a.person_key) AS avoid
        FROM {_UNANSWERED} JOIN slot s ON s.id = f.slot_id
        WHERE {which} AND a.starts_at > $2 AND coalesce(a.family, a.id) IN (
            SELECT coalesce(a.family, a.id) FROM {_UNANSWERED} WHERE {which} AND a.starts_at > $2
            GROUP BY 1 ORDER BY min(a.starts_at), 1 LIMIT $3)
        ORDER BY f.id FOR UPDATE OF f
        """,
        number,
        now,
        units,
    )
    return affected_of(rows)


def affected_of(rows: Iterable[Record]) -> tuple[Affected, ...]:
    """From rows that have its fields as columns."""
    return tuple(Affected(**{**r, "avoid": frozenset(r["avoid"])}) for r in rows)


async def had_round(conn: Conn, ids: Sequence[int], number: int) -> None:
    await conn.execute("UPDATE affected SET rounds = $2 WHERE id = ANY($1::bigint[])", ids, number)


async def rooms(
    conn: Conn, offices: Sequence[str], now: datetime, start: datetime, end: datetime
) -> tuple[Room, ...]:
    """Public slots in [start, end) with what nobody has: withheld places too, as `offers.put` gives them."""
    rows = await conn.fetch(
        """
        SELECT id, office_id, starts_at, day, capacity - held - booked AS free FROM slot
        WHERE office_id = ANY($1::text[]) AND pool = $5 AND starts_at >= $3 AND starts_at < $4
            AND opens_at <= $2 AND held + booked < capacity
        """,
        offices,
        now,
        start,
        end,
        POOL,
    )
    return tuple(Room(*r.values()) for r in rows)


async def untold(conn: Conn, now: datetime, limit: int) -> tuple[tuple[int, int], ...]:
    """Affected ids with their appointments, locked: all their rounds are over and nobody has told them."""
    rows = await conn.fetch(
        f"""
        SELECT f.id, f.appointment_id FROM {_UNANSWERED}
        WHERE f.rounds = 3 AND f.told_id IS NULL AND a.starts_at > $1
        ORDER BY a.starts_at, f.id LIMIT $2 FOR UPDATE OF f
        """,
        now,
        limit,
    )
    return tuple((r["id"], r["appointment_id"]) for r in rows)


async def unanswered_in_time(conn: Conn, now: datetime, limit: int) -> tuple[tuple[int, int], ...]:
    """The same of those whose alternatives have all ended, and who were not told so yet."""
    rows = await conn.fetch(
        f"""
        SELECT f.id, f.appointment_id FROM {_UNANSWERED}
        WHERE f.told_id IS NOT NULL AND f.again_id IS NULL AND a.starts_at > $1
            AND EXISTS (SELECT FROM offer o WHERE o.appointment_id = a.id AND o.kind = 'closure'
                AND o.state = 'expired' AND o.made_at >= f.made_at)
            AND NOT EXISTS (SELECT FROM offer o WHERE o.appointment_id = a.id AND o.state = 'open')
        ORDER BY f.id LIMIT $2 FOR UPDATE OF f
        """,
        now,
        limit,
    )
    return tuple((r["id"], r["appointment_id"]) for r in rows)


async def note_told(conn: Conn, ids: Sequence[int], outbox_ids: Sequence[int], *, again: bool) -> None:
    await conn.execute(
        f"""
        UPDATE affected f SET {"again_id" if again else "told_id"} = w.outbox_id
        FROM unnest($1::bigint[], $2::bigint[]) AS w (id, outbox_id) WHERE f.id = w.id
        """,
        ids,
        outbox_ids,
    )


async def held_for(conn: Conn, appointment_ids: Sequence[int]) -> Mapping[int, tuple[Offered, ...]]:
    """Open alternatives, soonest first."""
    rows = await conn.fetch(
        """
        SELECT o.appointment_id, o.id, s.office_id, s.starts_at, o.expires_at
        FROM offer o JOIN slot s ON s.id = o.slot_id
        WHERE o.appointment_id = ANY($1::bigint[]) AND o.kind = 'closure' AND o.state = 'open'
        ORDER BY s.starts_at, o.id
        """,
        appointment_ids,
    )
    found: dict[int, list[Offered]] = {i: [] for i in appointment_ids}
    for row in rows:
        place = Place(row["office_id"], row["starts_at"])
        found[row["appointment_id"]].append(Offered(row["id"], place, row["expires_at"]))
    return {i: tuple(held) for i, held in found.items()}


async def reasons(conn: Conn, asked: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], tuple[str, bool]]:
    """Of (contact, appointment): why the office closes, and whether anything was held for it so far; only
    where the appointment is theirs and unanswered."""
    rows = await conn.fetch(
        f"""
        SELECT w.contact_id, a.id, c.reason, EXISTS (SELECT FROM offer o WHERE o.appointment_id = a.id
            AND o.kind = 'closure' AND o.made_at >= f.made_at) AS offered
        FROM {_UNANSWERED} JOIN slot s ON s.id = a.slot_id
        JOIN closure c ON c.office_id = s.office_id AND c.day = s.day
        JOIN unnest($1::bigint[], $2::bigint[]) AS w (contact_id, appointment_id) ON w.appointment_id = a.id
        WHERE a.contact_id = w.contact_id OR EXISTS (
            SELECT FROM access p WHERE p.contact_id = w.contact_id AND p.appointment_id = a.id)
        """,
        [contact for contact, _ in asked],
        [appointment for _, appointment in asked],
    )
    return {(r["contact_id"], r["id"]): (r["reason"], r["offered"]) for r in rows}


async def ended(conn: Conn, now: datetime, limit: int) -> tuple[tuple[int, datetime, bool], ...]:
    """Open alternatives whose time is over, or whose appointment is elsewhere or cancelled meanwhile: the
    offer, when its place begins, and whether its time was over."""
    rows = await conn.fetch(
        """
        SELECT o.id, s.starts_at, o.expires_at <= $1 AS expired FROM offer o JOIN slot s ON s.id = o.slot_id
        WHERE o.kind = 'closure' AND o.state = 'open' AND (o.expires_at <= $1 OR NOT EXISTS (
            SELECT FROM affected f JOIN appointment a ON a.id = f.appointment_id AND a.slot_id = f.slot_id
            WHERE a.id = o.appointment_id AND a.status IN ('live', 'past') AND f.reopened_at IS NULL))
        ORDER BY o.id LIMIT $2
        """,
        now,
        limit,
    )
    return tuple((r["id"], r["starts_at"], r["expired"]) for r in rows)


async def places_of(conn: Conn, offer_ids: Sequence[int]) -> Mapping[int, tuple[Place, str]]:
    """Of each offer, the place, and the language of its person."""
    rows = await conn.fetch(
        """
        SELECT o.id, s.office_id, s.starts_at, coalesce(w.language, e.language, 'es') AS language
        FROM offer o JOIN slot s ON s.id = o.slot_id LEFT JOIN waiting w ON w.id = o.waiting_id
        LEFT JOIN draw_entry e ON e.id = o.draw_entry_id WHERE o.id = ANY($1::bigint[])
        """,
        offer_ids,
    )
    return {r["id"]: (Place(r["office_id"], r["starts_at"]), r["language"]) for r in rows}
