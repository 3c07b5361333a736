"""What a closure would do, without doing it: nothing is locked, held or told."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ventanilla.acts.closures import ROUNDS, free_near, need_of
from ventanilla.acts.house import House
from ventanilla.core.closures import Need, Pick
from ventanilla.core.places import distance_km
from ventanilla.db import closure_reports, closures
from ventanilla.db.connection import Conn

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the free places of one office, or of all, would be held for people of closed ones."""

    held: int
    free: int

    @property
    def percent(self) -> int:
        return round(100 * self.held / self.free) if self.free else 0


@dataclass(frozen=True, slots=True)
class Preview:
    """`within_week` and `within_month`: people whose nearest alternative is so many days after theirs; `km`:
    how far those are from the closed office, ascending; `most`: the office that would give most."""

    touched: tuple[closure_reports.Touched, ...]
    affected: int
    within_week: int
    within_month: int
    km: tuple[float, ...]
    share: Share
    most: tuple[str, Share] | None


async def preview(conn: Conn, house: House, now: datetime, days: closures.Days) -> Preview:
    """By the same allocation that would be made, over what is free now."""
    async with conn.transaction(isolation="repeatable_read", readonly=True):
        touched = await closure_reports.touched(conn, days, now)
        needs = [need_of(house, a) for a in await closure_reports.at_stake(conn, days, now)]
        free = await free_near(conn, house, needs, now, frozenset(days))
    before = free.by_office()
    first: list[Pick] = free.give(needs)
    held = Counter(room.office_id for _, room in first)
    picks = first
    for _ in range(ROUNDS - 1):
        needs = _without(needs, picks)
        picks = free.give(needs)
        held.update(room.office_id for _, room in picks)
    waits = [room.starts_at - need.place.starts_at for need, room in first]
    shares = {office: Share(count, before[office]) for office, count in held.items()}
    return Preview(
        touched,
        len(needs),
        sum(wait <= _WEEK for wait in waits),
        len(waits),
        tuple(sorted(_km(house, pick) for pick in first)),
        Share(held.total(), sum(before.values())),
        max(shares.items(), key=lambda s: (s[1].percent, s[0]), default=None),
    )


def _without(needs: list[Need], picks: list[Pick]) -> list[Need]:
    """Nobody is offered the same place twice."""
    taken = {need.appointment_id: room.slot_id for need, room in picks}
    return [
        replace(n, avoid=n.avoid | {taken[n.appointment_id]}) if n.appointment_id in taken else n
        for n in needs
    ]


def _km(house: House, pick: Pick) -> float:
    need, room = pick
    return distance_km(house.world.offices[need.place.office_id], house.world.offices[room.office_id])
