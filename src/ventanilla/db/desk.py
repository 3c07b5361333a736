"""What staff do at an office's desk to one appointment, each act with its line in `staff_act`."""

from dataclasses import dataclass
from datetime import date, datetime

import asyncpg

from ventanilla.core.booking import Applicant, Appointment
from ventanilla.db import appointments
from ventanilla.db.connection import Conn
from ventanilla.db.vault import Vault


@dataclass(frozen=True, slots=True)
class OnFile:
    """An appointment as staff meet it. `day` is the office's own; `confirmed`, as the person confirmed it,
    before any correction."""

    made: Appointment
    confirmed: Applicant
    sealed: bytes
    day: date
    arrived_at: datetime | None


@dataclass(frozen=True, slots=True)
class StaffAct:
    act: str
    staff: str
    reason: str
    at: datetime
    sealed: bytes | None = None


async def locked(conn: Conn, vault: Vault, folio: str, appointment_id: int = 0) -> OnFile | None:
    """By folio, or by the id that codes of the first version carry. Nobody changes it meanwhile."""
    row = await conn.fetchrow(
        """
        SELECT a.id, a.sealed, a.arrived_at, s.day, (
            SELECT c.sealed FROM staff_act c WHERE c.appointment_id = a.id AND c.act = 'corrected'
            ORDER BY c.id LIMIT 1) AS first
        FROM appointment a JOIN slot s ON s.id = a.slot_id
        WHERE a.folio = $1 OR a.id = $2 FOR NO KEY UPDATE OF a
        """,
        folio,
        appointment_id,
    )
    made = await appointments.by_id(conn, vault, row["id"]) if row else None
    if row is None or made is None:
        return None
    confirmed = appointments.open_applicant(vault, row["first"]) if row["first"] else made.applicant
    return OnFile(made, confirmed, row["sealed"], row["day"], row["arrived_at"])


async def write(conn: Conn, appointment_id: int, done: StaffAct) -> None:
    await conn.execute(
        """
        INSERT INTO staff_act (appointment_id, act, staff, reason, sealed, at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        appointment_id,
        done.act,
        done.staff,
        done.reason,
        done.sealed,
        done.at,
    )


async def correct(conn: Conn, appointment_id: int, person_key: bytes, sealed: bytes, done: StaffAct) -> bool:
    """The line in `staff_act` and the change, in one transaction: without the line the schema refuses it.
    False, and neither: that person has a live appointment of this procedure already."""
    try:
        async with conn.transaction():
            await write(conn, appointment_id, done)
            await conn.execute(
                "UPDATE appointment SET person_key = $2, sealed = $3 WHERE id = $1",
                appointment_id,
                person_key,
                sealed,
            )
            # Who waits for an earlier place waits under the same name; one entry a person stays one.
            await conn.execute(
                """
                UPDATE waiting w SET person_key = $2 WHERE appointment_id = $1 AND NOT EXISTS (
                    SELECT FROM waiting o WHERE o.person_key = $2 AND o.procedure = w.procedure
                        AND o.state IN ('waiting', 'paused'))
                """,
                appointment_id,
                person_key,
            )
    except asyncpg.UniqueViolationError:
        return False
    return True


async def arrive(conn: Conn, appointment_id: int, at: datetime) -> bool:
    """Whatever was concluded from their absence is undone by their being there."""
    done = await conn.fetchval(
        """
        UPDATE appointment SET status = 'arrived', arrived_at = $2
        WHERE id = $1 AND status NOT IN ('arrived', 'cancelled') RETURNING id
        """,
        appointment_id,
        at,
    )
    return done is not None


async def excuse(conn: Conn, appointment_id: int) -> bool:
    done = await conn.fetchval(
        "UPDATE appointment SET status = 'excused' WHERE id = $1 AND status = 'no-show' RETURNING id",
        appointment_id,
    )
    return done is not None
