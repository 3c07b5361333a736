"""A day that was closed opens after all."""

from dataclasses import dataclass
from datetime import date, datetime
from secrets import SystemRandom

from ventanilla.acts.closures import REOPENS, end_alternatives, owed_for_appointment
from ventanilla.acts.house import House, returning
from ventanilla.core.release import opens_at
from ventanilla.db import appointments, outbox, reopening
from ventanilla.db.connection import Conn
from ventanilla.talk import closures as said


@dataclass(frozen=True, slots=True)
class Reopened:
    days: int
    kept: int
    """Appointments that stand as they were, their people told."""


async def reopen(
    conn: Conn, house: House, now: datetime, offices: list[str], first: date, last: date
) -> Reopened:
    """Places become public at random moments; who has not answered keeps theirs and is told. Whoever has
    another place by now keeps that."""
    days = kept = 0
    for office in sorted(offices):
        async with conn.transaction():
            closed = await reopening.closed_days(conn, [office], first, last)
            days, kept = days + len(closed), kept + await _open(conn, house, now, office, closed)
    await end_alternatives(conn, house, now)
    return Reopened(days, kept)


async def _open(
    conn: Conn, house: House, now: datetime, office: str, days: tuple[tuple[str, date], ...]
) -> int:
    slots = await reopening.open_days(conn, days)
    chance, rules, zone = SystemRandom().random, house.world.rules, house.world.offices[office].zone
    public = [
        (s.id, max(opens_at(s.starts_at, zone, chance(), rules), returning(house, now, s.starts_at)))
        for s in slots
        if not s.drawn
    ]
    await reopening.show_again(conn, public)
    kept = await reopening.keep(conn, [s.id for s in slots], now)
    told = [k.appointment_id for k in kept if k.told]
    made = await appointments.by_ids(conn, house.vault, told)
    owed = [owed_for_appointment(house, made[i], said.reopened(house.world, made[i]), REOPENS) for i in told]
    if owed:
        await outbox.put(conn, owed)
    return len(kept)
