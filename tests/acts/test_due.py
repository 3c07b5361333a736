"""Time passed: each act may run twice and does its work once."""

from collections import Counter
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from asyncpg import Pool
from tests.world import NINE, NOW, OFFICE, contacts, house_in, open_at

from ventanilla.acts import due
from ventanilla.db import booking
from ventanilla.talk.engine import Frame, Talk

pytestmark = pytest.mark.anyio
WEEK = timedelta(days=7)


async def test_places_open_ahead_once_and_not_on_closed_or_rest_days(pool: Pool) -> None:
    house = await house_in(pool)
    closed = date(2026, 12, 1)
    async with pool.acquire() as conn:
        await conn.execute("INSERT INTO closure VALUES ($1, $2, 'pintura')", OFFICE, closed)
        opened = await due.open_places(conn, house, NOW, 35)
        assert opened > 10_000
        assert await due.open_places(conn, house, NOW, 35) == 0
        days = {r["day"] for r in await conn.fetch("SELECT day FROM slot WHERE office_id = $1", OFFICE)}
        anywhere = await conn.fetchval("SELECT count(*) FROM slot WHERE day = '2026-12-25'")
    assert closed not in days
    assert date(2026, 12, 2) in days
    assert anywhere == 0


async def test_new_places_come_out_in_small_portions_and_never_on_the_hour(pool: Pool) -> None:
    """The job runs each hour and opens a day ahead of the horizon: none of that day is public yet. All come
    out on the next day, in the waking hours of the office."""
    house = await house_in(pool)
    days = house.world.rules.horizon_days + 1
    async with pool.acquire() as conn:
        await due.open_places(conn, house, NOW, days)
        last = NOW.date() + timedelta(days - 1)
        rows = await conn.fetch("SELECT office_id, opens_at FROM slot WHERE day = $1", last)
        shown = await conn.fetchval("SELECT count(*) FROM slot WHERE day = $1 AND opens_at <= $2", last, NOW)
    zones = {office.id: ZoneInfo(office.zone) for office in house.world.offices.values()}
    local = [r["opens_at"].astimezone(zones[r["office_id"]]) for r in rows]
    moments = [r["opens_at"] for r in rows]
    assert len(moments) > 1000
    assert shown == 0
    assert {m.date() for m in local} == {NOW.date() + timedelta(days=1)}
    assert all(time(8) <= m.time() <= time(21, 7) for m in local)
    assert all(3 <= m.minute + m.second / 60 < 57 for m in moments)
    assert len(set(moments)) == len(moments), "each place has a moment of its own"
    minutes = Counter((r["office_id"], r["opens_at"].replace(second=0, microsecond=0)) for r in rows)
    assert max(minutes.values()) <= 4
    hours = Counter(m.hour for m in local)
    assert max(hours.values()) < len(moments) / 8


async def test_expired_holds_leave_the_counters_once(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (place,) = await open_at(conn, 2, NINE)
        one, two = await contacts(conn, house, 2)
        for person, gap in ((one, timedelta(minutes=5)), (two, timedelta(minutes=15))):
            await booking.hold(conn, [booking.WantHold(person, place)], NOW, NOW + gap)
        later = NOW + timedelta(minutes=10)
        assert [await due.sweep_holds(conn, later) for _ in range(2)] == [1, 0]
        assert await conn.fetchval("SELECT held FROM slot") == 1


async def test_unfinished_answers_are_erased_after_a_week_and_the_acceptance_stays(pool: Pool) -> None:
    house = await house_in(pool)
    talk = Talk(consent="n1", frames=(Frame("book", {"curp": "HEGG560427MVZRRL04"}),))
    sealed = house.vault.seal("talk", msgspec.json.encode(talk))
    async with pool.acquire() as conn:
        old, new = await contacts(conn, house, 2)
        for person, age in ((old, WEEK + timedelta(hours=1)), (new, WEEK - timedelta(hours=1))):
            await conn.execute(
                "UPDATE talk SET sealed = $2, heard_at = $3 WHERE contact_id = $1", person, sealed, NOW - age
            )
        assert [await due.forget_talks(conn, house, NOW) for _ in range(2)] == [1, 0]
        rows = await conn.fetch("SELECT sealed FROM talk ORDER BY contact_id")
    kept = [msgspec.json.decode(house.vault.open("talk", r["sealed"]), type=Talk) for r in rows]
    assert (kept[0].consent, kept[0].frames) == ("n1", ())
    assert kept[1] == talk
