"""Overbooking by office: off unless switched on, seen beforehand, and for offers only."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from asyncpg import Pool
from tests.world import NEIGHBOUR, NINE, NOW, OFFICE, contacts, house_in, open_at

from ventanilla.acts import overbooking
from ventanilla.acts.house import House
from ventanilla.core.booking import Place
from ventanilla.core.overbooking import Counts
from ventanilla.db import booking, places, shows
from ventanilla.db.connection import Conn

pytestmark = pytest.mark.anyio
QUARTER, WEEK = timedelta(minutes=15), timedelta(weeks=1)
MEXICO = ZoneInfo("America/Mexico_City")


async def a_day(conn: Conn, capacity: int = 10, office: str = OFFICE) -> tuple[Place, ...]:
    """Tuesday from nine to eleven."""
    return await open_at(conn, capacity, *(NINE + n * QUARTER for n in range(8)), office=office)


async def history(
    conn: Conn, came: int, missed: int, weeks: int = 8, office: str = OFFICE, until: datetime = NINE
) -> None:
    """So many in each week until one before, on that weekday and at that hour."""
    contact = await conn.fetchval("INSERT INTO contact DEFAULT VALUES RETURNING id")
    for week in range(1, weeks + 1):
        at = until - (week + 1) * WEEK
        await open_at(conn, 500, at, office=office)
        for status, count in (("arrived", came), ("no-show", missed), ("excused", 5), ("past", 5)):
            await conn.execute(
                """
                INSERT INTO appointment (folio, contact_id, slot_id, office_id, starts_at, procedure,
                    person_key, sealed, language, made_at, status)
                SELECT concat_ws('-', $1::text, $2::timestamptz, $3::text, n), $4, s.id, s.office_id,
                    s.starts_at, 'first', '', '', 'es', s.starts_at, $1
                FROM slot s, generate_series(1, $5) AS n WHERE s.office_id = $3 AND s.starts_at = $2
                """,
                status,
                at,
                office,
                contact,
                count,
            )


async def extras(conn: Conn) -> list[int]:
    rows = await conn.fetch("SELECT extra FROM slot WHERE starts_at > $1 ORDER BY office_id, starts_at", NOW)
    return [r["extra"] for r in rows]


async def scene(pool: Pool) -> House:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await a_day(conn)
        await history(conn, 30, 20)
    return house


async def test_who_came_is_measured_by_the_hour_of_the_offices_clock_and_week(pool: Pool) -> None:
    house = await scene(pool)
    zones = {o.id: o.zone for o in house.world.offices.values()}
    async with pool.acquire() as conn:
        await history(conn, 10, 0, 3, NEIGHBOUR)
        found = await shows.measured(conn, zones, NOW - 26 * WEEK)
        fewer = await shows.measured(conn, zones, NINE - 4 * WEEK)
    assert found[OFFICE].hours == {(2, 9): Counts(240, 160)}
    assert (found[OFFICE].weeks, found[NEIGHBOUR].weeks) == (8, 3)
    assert found[NEIGHBOUR].country == Counts(270, 160)
    assert fewer[OFFICE].weeks == 2


async def test_a_preview_says_what_would_be_given_and_gives_nothing(pool: Pool) -> None:
    house = await scene(pool)
    async with pool.acquire() as conn:
        before = NINE - timedelta(days=2)
        (nine,) = await overbooking.preview(conn, house, before, OFFICE)
        assert (nine.day, nine.hour, nine.capacity, nine.extra) == (date(2026, 12, 1), 9, 40, 4)
        assert nine.overflow < overbooking.POLICY.alpha
        assert set(await extras(conn)) == {0}
        assert await overbooking.preview(conn, house, before, "no office") == ()


async def test_it_is_off_until_it_is_switched_on_for_an_office(pool: Pool) -> None:
    house = await scene(pool)
    async with pool.acquire() as conn:
        assert await overbooking.plan_extras(conn, house, NOW) == 0
        assert set(await extras(conn)) == {0}
        assert await overbooking.switch_on(conn, house, NOW, OFFICE, "Dirección") == 4
        assert await extras(conn) == [1, 1, 1, 1, 0, 0, 0, 0]
        row = await conn.fetchrow("SELECT on_since, staff FROM overbooking")
        assert row is not None
        assert tuple(row) == (NOW, "Dirección")
        assert await overbooking.plan_extras(conn, house, NOW) == 4


async def test_extra_places_are_not_public_and_an_offer_may_take_them(pool: Pool) -> None:
    house = await scene(pool)
    async with pool.acquire() as conn:
        await overbooking.switch_on(conn, house, NOW, OFFICE, "Dirección")
        await conn.execute("UPDATE slot SET booked = capacity WHERE starts_at > $1", NOW)
        (me,) = await contacts(conn, house, 1)
        place = Place(OFFICE, NINE + QUARTER)
        month = (NOW, NOW + timedelta(days=30))
        assert await places.open_days(conn, [OFFICE], NOW, *month) == {OFFICE: {}}
        async with conn.transaction():
            held = await booking.hold(conn, [booking.WantHold(me, place)], NOW, NOW + QUARTER)
            want = booking.WantBooking(me, place, "PA-AAA-AAAA", "first", b"me", b"", "es")
            (made,) = await booking.book(conn, [want], NOW)
        assert (held, made.id, made.granted) == (frozenset(), 0, False)
        # What holding an offer does to the counters, which the schema lets pass up to `extra`.
        await conn.execute("UPDATE slot SET held = held + 1 WHERE starts_at = $1", place.starts_at)


async def test_switched_off_what_is_given_stays_and_the_rest_is_taken_back(pool: Pool) -> None:
    house = await scene(pool)
    async with pool.acquire() as conn:
        await overbooking.switch_on(conn, house, NOW, OFFICE, "Dirección")
        await conn.execute("UPDATE slot SET booked = capacity + 1 WHERE starts_at = $1", NINE + QUARTER)
        assert await overbooking.switch_off(conn, house, NOW, OFFICE)
        assert await extras(conn) == [0, 1, 0, 0, 0, 0, 0, 0]
        assert not await overbooking.switch_off(conn, house, NOW, OFFICE)
        assert await overbooking.plan_extras(conn, house, NOW) == 0


async def test_a_plan_follows_the_figures_down_but_not_below_what_is_used(pool: Pool) -> None:
    house = await scene(pool)
    async with pool.acquire() as conn:
        await overbooking.switch_on(conn, house, NOW, OFFICE, "Dirección")
        await conn.execute("UPDATE slot SET booked = capacity + 1 WHERE starts_at = $1", NINE + QUARTER)
        await conn.execute("UPDATE appointment SET status = 'arrived' WHERE status = 'no-show'")
        assert await overbooking.plan_extras(conn, house, NOW) == 0
        assert await extras(conn) == [0, 1, 0, 0, 0, 0, 0, 0]


async def test_closed_places_get_none(pool: Pool) -> None:
    house = await scene(pool)
    async with pool.acquire() as conn:
        await conn.execute("UPDATE slot SET opens_at = 'infinity' WHERE starts_at > $1", NOW)
        assert await overbooking.switch_on(conn, house, NOW, OFFICE, "Dirección") == 0
