"""Overbooking, office by office: shown before it is switched on, planned anew each night."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ventanilla.acts.house import House
from ventanilla.core.overbooking import OpenSlot, Policy, Window, windows
from ventanilla.core.places import Office
from ventanilla.db import shows
from ventanilla.db.connection import Conn

_MEASURED = timedelta(weeks=26)
"""Older days tell less about the next ones than they blur."""
_SHOWN = timedelta(days=7)
POLICY = Policy()


async def preview(conn: Conn, house: House, now: datetime, office_id: str) -> tuple[Window, ...]:
    """What would be given in the coming week; changes nothing."""
    found, _ = await _planned(conn, house, now, office_id, _SHOWN)
    return found


async def switch_on(conn: Conn, house: House, now: datetime, office_id: str, staff: str) -> int:
    """Gives how many extra places there are then."""
    async with conn.transaction():
        await shows.switch_on(conn, office_id, staff, now)
    return await _plan(conn, house, now, office_id)


async def switch_off(conn: Conn, house: House, now: datetime, office_id: str) -> bool:
    """What is given stays given; the rest is taken back. False: it was not on."""
    async with conn.transaction():
        was_on = await shows.switch_off(conn, office_id)
        kept = await shows.with_extra(conn, office_id, now)
        await shows.set_extra(conn, kept, [0] * len(kept))
        return was_on


async def plan_extras(conn: Conn, house: House, now: datetime) -> int:
    """Of all offices where it is on, from what is measured by now. One transaction an office."""
    return sum([await _plan(conn, house, now, office) for office in await shows.switched_on(conn)])


async def _plan(conn: Conn, house: House, now: datetime, office_id: str) -> int:
    horizon = timedelta(days=house.world.rules.horizon_days + 1)
    async with conn.transaction():
        found, slots = await _planned(conn, house, now, office_id, horizon)
        extras = {slot.id: 0 for slot in slots if slot.starts_at > now + POLICY.quiet}
        for window in found:
            extras |= window.spread()
        await shows.set_extra(conn, list(extras), list(extras.values()))
        return sum(extras.values())


async def _planned(
    conn: Conn, house: House, now: datetime, office_id: str, ahead: timedelta
) -> tuple[tuple[Window, ...], tuple[OpenSlot, ...]]:
    """Whole days: the end of each decides about its last hour."""
    offices = house.world.offices
    if office_id not in offices:
        return (), ()
    zone = ZoneInfo(offices[office_id].zone)
    morning = datetime.combine(now.astimezone(zone).date(), time(), zone)
    slots = await shows.open_slots(conn, office_id, morning, morning + ahead)
    measured = await shows.measured(conn, _zones(offices.values()), now - _MEASURED)
    return windows(slots, zone, measured[office_id], now, POLICY), slots


def _zones(offices: Iterable[Office]) -> dict[str, str]:
    return {office.id: office.zone for office in offices}
