"""What staff should look at. Nothing was refused because of it."""

from dataclasses import dataclass
from datetime import datetime

from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class Review:
    """`about`: the folio of the other appointment it has to do with, if any."""

    id: int
    kind: str
    folio: str
    about: str
    office_id: str
    starts_at: datetime
    at: datetime


async def open_reviews(conn: Conn) -> tuple[Review, ...]:
    """Those nobody has settled, the oldest first."""
    rows = await conn.fetch(
        """
        SELECT r.id, r.kind, a.folio, coalesce(b.folio, '') AS about, a.office_id, a.starts_at, r.at
        FROM review r JOIN appointment a ON a.id = r.appointment_id
        LEFT JOIN appointment b ON b.id = r.about_id
        WHERE r.settled_at IS NULL ORDER BY r.at, r.id
        """
    )
    return tuple(Review(*r.values()) for r in rows)


async def settle(conn: Conn, review_id: int, staff: str, now: datetime) -> bool:
    """False: there is no such open one."""
    done = await conn.fetchval(
        """
        UPDATE review SET settled_at = $2, settled_by = $3 WHERE id = $1 AND settled_at IS NULL RETURNING id
        """,
        review_id,
        now,
        staff,
    )
    return done is not None
