"""Time passed: places are opened ahead, expired holds leave the counters, answers nobody finished
are erased."""

from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import SystemRandom
from zoneinfo import ZoneInfo

from ventanilla.acts.house import House
from ventanilla.acts.turn import erased
from ventanilla.core.release import opens_at
from ventanilla.core.slots import slots_of_day
from ventanilla.db import booking, inbox, places
from ventanilla.db.connection import Conn

Progress = Callable[[int, int], None]


async def open_places(
    conn: Conn, house: House, now: datetime, days: int, progress: Progress = lambda done, of: None
) -> int:
    """Open what is not open yet, from today for `days` days in each office's own calendar. Gives how many.

    One transaction an office: the generator never holds many places locked against bookings. Those beyond
    the horizon become public one by one, at random moments of the day.
    """
    closed, rules, chance = await places.closures(conn), house.world.rules, SystemRandom().random
    offices = [o for o in house.world.offices.values() if o.open]
    opened = 0
    for n, office in enumerate(offices, 1):
        today = now.astimezone(ZoneInfo(office.zone)).date()
        slots = [
            places.NewSlot(
                office.id,
                slot.starts_at,
                day,
                slot.capacity,
                opens_at(slot.starts_at, office.zone, chance(), rules),
            )
            for day in (today + timedelta(d) for d in range(days))
            if (office.id, day) not in closed
            for slot in slots_of_day(office, day, house.rest_days(day.year))
            if slot.starts_at > now
        ]
        opened += await places.open_places(conn, slots)
        progress(n, len(offices))
    if opened:
        await places.measured(conn)
    return opened


async def sweep_holds(conn: Conn, now: datetime) -> int:
    async with conn.transaction():
        return await booking.sweep(conn, now)


async def publish_places(conn: Conn, now: datetime) -> int:
    async with conn.transaction():
        return await booking.publish(conn, now)


async def forget_talks(conn: Conn, house: House, now: datetime, limit: int = 500) -> int:
    """Erase the unfinished answers of talks older than the notice promises to keep them."""
    async with conn.transaction():
        stale = await inbox.stale_talks(conn, now - house.world.rules.talk_life, limit)
        if stale:
            await inbox.save_forgotten(conn, [(c, erased(house, sealed)) for c, sealed in stale])
        return len(stale)
