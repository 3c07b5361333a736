"""Who enters draws, and with how many tickets.

Entering takes a shared lock on the draw, closing an exclusive one: an entry is either in the list that is
published at closing, or refused. Without it one could arrive while the list is made, with a receipt that
is not in it (tests/races shows it).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ventanilla.core.lottery import TOP_WEIGHT, Entry, Wishes
from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class WantEntry:
    draw_id: int
    contact_id: int
    person_key: bytes
    procedure: str
    sealed: bytes
    language: str
    receipt: bytes
    entry: Entry


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry with what leads to its person."""

    id: int
    contact_id: int
    person_key: bytes
    receipt: bytes
    entry: Entry


async def open_for_entries(
    conn: Conn, draw_ids: Sequence[int], now: datetime
) -> Mapping[int, tuple[bytes, datetime]]:
    """The hash of the terms, and the closing, of those that take entries now; they cannot close before this
    transaction ends."""
    rows = await conn.fetch(
        """
        SELECT id, published::json ->> 'terms' AS terms, closes_at FROM draw
        WHERE id = ANY($1::bigint[]) AND state = 'announced' AND opens_at <= $2 AND closes_at > $2
        ORDER BY id FOR SHARE
        """,
        draw_ids,
        now,
    )
    return {r["id"]: (bytes.fromhex(r["terms"]), r["closes_at"]) for r in rows}


async def weights(conn: Conn, people: Sequence[bytes]) -> Mapping[bytes, int]:
    """Tickets of those who have more than one, or had."""
    rows = await conn.fetch("SELECT * FROM draw_weight WHERE person_key = ANY($1::bytea[])", people)
    return {r["person_key"]: r["weight"] for r in rows}


async def enter(conn: Conn, wants: Sequence[WantEntry], now: datetime) -> frozenset[tuple[int, bytes]]:
    """Keep these entries, at most one a draw and person, in place of an older one of the same contact.
    Gives (draw, person key) of what was kept; the rest have been entered from another phone."""
    rows = await conn.fetch(
        """
        INSERT INTO draw_entry AS e (draw_id, contact_id, person_key, procedure, sealed, language, nonce,
            days, halves, weight, receipt, made_at)
        SELECT draw_id, contact_id, person_key, procedure, sealed, language, nonce,
            string_to_array(days, ',')::date[], string_to_array(halves, ','), weight, receipt, $12
        FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::text[], $5::bytea[], $6::text[], $7::bytea[],
            $8::text[], $9::text[], $10::smallint[], $11::bytea[])
            AS w (draw_id, contact_id, person_key, procedure, sealed, language, nonce, days, halves, weight,
                receipt)
        ON CONFLICT (draw_id, person_key) WHERE state <> 'left' DO UPDATE
        SET procedure = excluded.procedure, sealed = excluded.sealed, language = excluded.language,
            nonce = excluded.nonce, days = excluded.days, halves = excluded.halves, weight = excluded.weight,
            receipt = excluded.receipt, made_at = excluded.made_at
        WHERE e.contact_id = excluded.contact_id
        RETURNING draw_id, person_key
        """,
        [w.draw_id for w in wants],
        [w.contact_id for w in wants],
        [w.person_key for w in wants],
        [w.procedure for w in wants],
        [w.sealed for w in wants],
        [w.language for w in wants],
        [w.entry.nonce for w in wants],
        [",".join(day.isoformat() for day in sorted(w.entry.wishes.days)) for w in wants],
        [",".join(sorted(w.entry.wishes.halves)) for w in wants],
        [w.entry.weight for w in wants],
        [w.receipt for w in wants],
        now,
    )
    return frozenset((r["draw_id"], r["person_key"]) for r in rows)


async def leave(conn: Conn, entry_id: int, contact_id: int, now: datetime) -> bool:
    """False: it is not this contact's, or the list is closed."""
    draw = await conn.fetchval("SELECT draw_id FROM draw_entry WHERE id = $1", entry_id)
    if not await open_for_entries(conn, [draw], now):
        return False
    return bool(
        await conn.fetchval(
            """
            UPDATE draw_entry SET state = 'left' WHERE id = $1 AND contact_id = $2 AND state = 'entered'
            RETURNING true
            """,
            entry_id,
            contact_id,
        )
    )


async def entered_by(
    conn: Conn, contact_ids: Sequence[int], since: datetime
) -> Mapping[int, frozenset[bytes]]:
    """Person keys that each contact has entered since then, in any draw."""
    rows = await conn.fetch(
        """
        SELECT contact_id, array_agg(DISTINCT person_key) AS people FROM draw_entry
        WHERE contact_id = ANY($1::bigint[]) AND made_at > $2 AND state <> 'left' GROUP BY contact_id
        """,
        contact_ids,
        since,
    )
    found = {r["contact_id"]: frozenset(map(bytes, r["people"])) for r in rows}
    return {c: found.get(c, frozenset()) for c in contact_ids}


async def entries(conn: Conn, draw_id: int) -> tuple[Kept, ...]:
    """All that count, by receipt."""
    rows = await conn.fetch(
        """
        SELECT id, contact_id, person_key, receipt, nonce, days, halves, weight FROM draw_entry
        WHERE draw_id = $1 AND state <> 'left' ORDER BY receipt
        """,
        draw_id,
    )
    return tuple(
        Kept(id_, contact, key, receipt, Entry(nonce, Wishes(frozenset(days), frozenset(halves)), weight))
        for id_, contact, key, receipt, nonce, days, halves, weight in rows
    )


async def weigh(conn: Conn, won: Iterable[bytes], lost: Iterable[bytes]) -> None:
    """Who won begins again with one ticket; who lost gets one more, up to the most there can be."""
    await conn.execute(
        """
        INSERT INTO draw_weight AS w (person_key, weight)
        SELECT person_key, CASE WHEN won THEN 1 ELSE 2 END FROM (
            SELECT person_key, true FROM unnest($1::bytea[]) AS a (person_key)
            UNION ALL SELECT person_key, false FROM unnest($2::bytea[]) AS b (person_key)
        ) AS both_ (person_key, won) ORDER BY person_key
        ON CONFLICT (person_key) DO UPDATE
        SET weight = CASE excluded.weight WHEN 1 THEN 1 ELSE least(w.weight + 1, $3) END
        """,
        list(won),
        list(lost),
        TOP_WEIGHT,
    )


@dataclass(frozen=True, slots=True)
class Mine:
    """`draw` and `state` are those of the draw and of the entry; the last three, of an open offer."""

    id: int
    contact_id: int
    sealed: bytes
    receipt: bytes
    state: str
    office_id: str
    draw: str
    closes_at: datetime
    offer_id: int | None
    starts_at: datetime | None
    expires_at: datetime | None


async def of_contacts(conn: Conn, contact_ids: Sequence[int], today: date) -> tuple[Mine, ...]:
    """Entries into draws whose days are not over, the newest first."""
    rows = await conn.fetch(
        """
        SELECT e.id, e.contact_id, e.sealed, e.receipt, e.state, d.office_id, d.state AS draw, d.closes_at,
            o.id AS offer_id, s.starts_at, o.expires_at
        FROM draw_entry e JOIN draw d ON d.id = e.draw_id
        LEFT JOIN offer o ON o.draw_entry_id = e.id AND o.state = 'open'
        LEFT JOIN slot s ON s.id = o.slot_id
        WHERE e.contact_id = ANY($1::bigint[]) AND e.state <> 'left' AND d.last_day >= $2
        ORDER BY e.id DESC
        """,
        contact_ids,
        today,
    )
    return tuple(Mine(*r.values()) for r in rows)


async def forget(conn: Conn, before: date) -> int:
    """Erase who entered draws whose days are all over by then. Gives how many; what is published stays."""
    rows = await conn.fetch(
        """
        UPDATE draw_entry e SET sealed = '' FROM draw d
        WHERE d.id = e.draw_id AND d.last_day < $1 AND e.sealed <> '' RETURNING e.id
        """,
        before,
    )
    return len(rows)
