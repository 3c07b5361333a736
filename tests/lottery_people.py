"""People who enter draws in a real database, and draws in all their stages."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from asyncpg import Pool
from tests.world import NOW, OFFICE, contacts, house_in, open_at

from ventanilla.acts import draws as acts
from ventanilla.acts.draw_facts import enter
from ventanilla.acts.house import House
from ventanilla.core.booking import Applicant
from ventanilla.talk.draw_facts import EnterDraw, Entered, NotEntered

FIRST = datetime(2026, 12, 7, 15, tzinfo=NOW.tzinfo)
"""Nine in the morning, local time, of a Monday."""
DAYS = (FIRST.date(), FIRST.date() + timedelta(days=1))
CLOSES = NOW + timedelta(days=3)
DRAWN = CLOSES + timedelta(days=1)
SOURCE = "Lotería Nacional, sorteo del 27 de noviembre de 2026: número del premio mayor"
BOTH = ("afternoon", "morning")


@dataclass(frozen=True, slots=True)
class Scene:
    house: House
    draw_id: int
    people: list[int]


def curp(n: int) -> str:
    return f"HEGG560427MVZRRL{n:02}"


def applicant(n: int) -> Applicant:
    return Applicant(curp(n), "Gloria", "Hernández", "García", False, {"validity": "10:full"})


async def scene(
    pool: Pool, people: int, *, places: int = 1, moments: tuple[datetime, ...] = (FIRST,), **rules: object
) -> Scene:
    """A draw of `places` at each of these moments that is open for entries."""
    house = await house_in(pool, **({"people_per_phone": 50} | rules))  # type: ignore[arg-type]
    async with pool.acquire() as conn:
        await open_at(conn, places, *moments)
        met = await contacts(conn, house, people)
        draw_id = await acts.announce(conn, house, plan(), NOW)
    return Scene(house, draw_id, met)


def plan(**changes: Any) -> acts.Plan:
    fields: dict[str, Any] = {
        **{"office_id": OFFICE, "procedure": "first", "first_day": DAYS[0], "last_day": DAYS[1]},
        **{"opens_at": NOW, "closes_at": CLOSES, "source": SOURCE},
    }
    return acts.Plan(**(fields | changes))


def wish(
    draw_id: int, n: int, days: tuple[date, ...] = DAYS[:1], halves: tuple[str, ...] = BOTH
) -> EnterDraw:
    return EnterDraw(draw_id, "first", applicant(n), days, halves, "es")


async def enters(
    pool: Pool, at: Scene, contact: int, want: EnterDraw, now: datetime = NOW
) -> Entered | NotEntered:
    async with pool.acquire() as conn, conn.transaction():
        answers = await enter(conn, at.house, now, [(contact, want)])
        found: Entered | NotEntered = answers[contact, want]
        return found


async def closed(pool: Pool) -> int:
    async with pool.acquire() as conn:
        return await acts.close_due(conn, CLOSES)


async def drawn(pool: Pool, at: Scene, value: str = "48215") -> int:
    await closed(pool)
    async with pool.acquire() as conn:
        return await acts.draw_now(conn, at.house, at.draw_id, value, DRAWN)


async def passed_on(pool: Pool, at: Scene, now: datetime) -> int:
    async with pool.acquire() as conn:
        return await acts.pass_on(conn, at.house, now)


async def file_of(pool: Pool, draw_id: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        await pool.fetchval("SELECT published FROM draw WHERE id = $1", draw_id)
    )
    return found


async def counters(pool: Pool) -> tuple[int, int, int]:
    """How far held, booked and withheld are from the rows they count: all must be 0."""
    row = await pool.fetchrow(
        """
        SELECT sum(held) - (SELECT count(*) FROM hold)
                - (SELECT count(*) FROM offer WHERE state = 'open') AS held,
            sum(booked) - (SELECT count(*) FROM appointment WHERE status <> 'cancelled') AS booked,
            sum(withheld) - (SELECT count(*) FROM release) AS withheld
        FROM slot
        """
    )
    assert row is not None
    return int(row["held"]), int(row["booked"]), int(row["withheld"])
