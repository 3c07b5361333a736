"""Draws: announced, closed, drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ventanilla.core.procedures import POOL
from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class NewDraw:
    """Days from the first to the last; `cells` are the days and halves that have places; `sealed_seed` is
    the secret."""

    office_id: str
    procedure: str
    first_day: date
    last_day: date
    opens_at: datetime
    closes_at: datetime
    beacon: str
    cells: tuple[tuple[date, str], ...]
    commitment: bytes
    sealed_seed: bytes


@dataclass(frozen=True, slots=True)
class Draw:
    """`published` is the file as anybody can download it."""

    id: int
    office_id: str
    procedure: str
    closes_at: datetime
    state: str
    sealed_seed: bytes
    published: str


_DRAW = "id, office_id, procedure, closes_at, state, sealed_seed, published"


async def new_id(conn: Conn) -> int:
    found: int = await conn.fetchval("SELECT nextval(pg_get_serial_sequence('draw', 'id'))")
    return found


async def untouched(
    conn: Conn, office_id: str, first: date, last: date, after: datetime
) -> tuple[tuple[int, datetime, int], ...]:
    """Slots of these days that nobody has anything of and that start after that, locked: id, start,
    capacity. Days on which the office is closed are left out."""
    rows = await conn.fetch(
        """
        SELECT s.id, s.starts_at, s.capacity FROM slot s
        WHERE s.office_id = $1 AND s.pool = $5 AND s.day BETWEEN $2 AND $3 AND s.starts_at > $4
            AND s.capacity > 0 AND s.held = 0 AND s.booked = 0 AND s.withheld = 0
            AND s.draw_id IS NULL AND s.opens_at < 'infinity'
            AND NOT EXISTS (SELECT FROM closure c WHERE c.office_id = s.office_id AND c.day = s.day)
        ORDER BY s.id FOR NO KEY UPDATE
        """,
        office_id,
        first,
        last,
        after,
        POOL,
    )
    return tuple((r["id"], r["starts_at"], r["capacity"]) for r in rows)


async def announce(conn: Conn, draw_id: int, new: NewDraw, slot_ids: Sequence[int], published: str) -> None:
    """Take these slots, which are locked, out of open booking."""
    await conn.execute(
        """
        INSERT INTO draw (id, office_id, procedure, first_day, last_day, opens_at, closes_at, beacon,
            cells, commitment, sealed_seed, published)
        OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """,
        draw_id,
        new.office_id,
        new.procedure,
        new.first_day,
        new.last_day,
        new.opens_at,
        new.closes_at,
        new.beacon,
        [f"{day.isoformat()}/{half}" for day, half in new.cells],
        new.commitment,
        new.sealed_seed,
        published,
    )
    await conn.execute(
        "UPDATE slot SET draw_id = $1, opens_at = 'infinity' WHERE id = ANY($2::bigint[])", draw_id, slot_ids
    )


@dataclass(frozen=True, slots=True)
class Accepting:
    id: int
    office_id: str
    procedure: str
    closes_at: datetime
    cells: tuple[tuple[date, str], ...]


async def accepting(conn: Conn, procedures: Sequence[str], now: datetime) -> tuple[Accepting, ...]:
    """Draws that take entries for any of these procedures, the one that closes first before others."""
    rows = await conn.fetch(
        """
        SELECT id, office_id, procedure, closes_at, cells FROM draw
        WHERE state = 'announced' AND opens_at <= $2 AND closes_at > $2
            AND (procedure = '*' OR procedure = ANY($1::text[])) ORDER BY closes_at, id
        """,
        procedures,
        now,
    )
    return tuple(
        Accepting(id_, office, procedure, closes_at, tuple(_cell(text) for text in cells))
        for id_, office, procedure, closes_at, cells in rows
    )


def _cell(text: str) -> tuple[date, str]:
    day, _, half = text.partition("/")
    return date.fromisoformat(day), half


async def to_close(conn: Conn, now: datetime) -> tuple[Draw, ...]:
    """Those whose window is over, locked; what another process is closing is left out."""
    rows = await conn.fetch(
        f"""
        SELECT {_DRAW} FROM draw WHERE state = 'announced' AND closes_at <= $1
        ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
        """,
        now,
    )
    return tuple(Draw(*r.values()) for r in rows)


async def close(conn: Conn, draw_id: int, root: bytes, published: str) -> None:
    await conn.execute(
        "UPDATE draw SET state = 'closed', root = $2, published = $3 WHERE id = $1", draw_id, root, published
    )


async def locked(conn: Conn, draw_id: int) -> Draw | None:
    row = await conn.fetchrow(f"SELECT {_DRAW} FROM draw WHERE id = $1 FOR NO KEY UPDATE", draw_id)
    return Draw(*row.values()) if row else None


@dataclass(frozen=True, slots=True)
class Listed:
    """`entries` as far as they are known to anybody: 0 before the list is published."""

    id: int
    office_id: str
    procedure: str
    first_day: date
    last_day: date
    opens_at: datetime
    closes_at: datetime
    beacon: str
    state: str
    places: int
    entries: int


async def listed(conn: Conn) -> tuple[Listed, ...]:
    """All of them, the newest first."""
    rows = await conn.fetch(
        """
        SELECT d.id, d.office_id, d.procedure, d.first_day, d.last_day, d.opens_at, d.closes_at, d.beacon,
            d.state, (SELECT sum(s.capacity)::integer FROM slot s WHERE s.draw_id = d.id) AS places,
            CASE d.state WHEN 'announced' THEN 0 ELSE (SELECT count(*)::integer FROM draw_entry e
                WHERE e.draw_id = d.id AND e.state <> 'left') END AS entries
        FROM draw d ORDER BY d.id DESC
        """
    )
    return tuple(Listed(*r.values()) for r in rows)


async def published(conn: Conn, draw_id: int) -> str | None:
    text: str | None = await conn.fetchval("SELECT published FROM draw WHERE id = $1", draw_id)
    return text


async def record(
    conn: Conn, draw_id: int, public_value: str, order: Sequence[bytes], published: str, now: datetime
) -> None:
    """The result: everybody has lost until an offer is made to them."""
    await conn.execute(
        "UPDATE draw SET state = 'drawn', public_value = $2, published = $3, drawn_at = $4 WHERE id = $1",
        draw_id,
        public_value,
        published,
        now,
    )
    await conn.execute(
        """
        UPDATE draw_entry e SET position = o.n, state = 'lost'
        FROM unnest($2::bytea[]) WITH ORDINALITY AS o (receipt, n)
        WHERE e.draw_id = $1 AND e.receipt = o.receipt
        """,
        draw_id,
        order,
    )
