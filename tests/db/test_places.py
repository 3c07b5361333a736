"""Which places are free, asked for many offices at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from asyncpg import Pool
from tests.world import NEIGHBOUR, NINE, NOW, OFFICE, contacts, house_in, open_at

from ventanilla.db import booking, places

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MONTH = (NOW, NOW + 30 * DAY)
TUESDAY = (NINE - 6 * HOUR).date()


async def test_free_places_are_counted_by_local_day(pool: Pool) -> None:
    await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 3, NINE, NINE + HOUR, NINE + DAY)
        found = await places.open_days(conn, [OFFICE, NEIGHBOUR], NOW, *MONTH)
    assert found == {OFFICE: {TUESDAY: 6, TUESDAY + DAY: 3}, NEIGHBOUR: {}}


async def test_a_held_place_is_not_free_until_it_is_swept(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (place,) = await open_at(conn, 1, NINE)
        (person,) = await contacts(conn, house, 1)
        wanted = [(OFFICE, TUESDAY)]
        assert (await places.free_times(conn, wanted, NOW, *MONTH))[(OFFICE, TUESDAY)] == (NINE,)
        await booking.hold(conn, [booking.WantHold(person, place)], NOW, NOW + HOUR)
        assert await places.first_free(conn, [OFFICE], NOW, *MONTH) == {}
        assert await places.open_days(conn, [OFFICE], NOW, *MONTH) == {OFFICE: {}}
        assert (await places.free_times(conn, wanted, NOW, *MONTH))[(OFFICE, TUESDAY)] == ()
        after = NOW + HOUR
        assert await places.open_days(conn, [OFFICE], after, *MONTH) == {OFFICE: {}}
        await booking.sweep(conn, after)
        assert await places.first_free(conn, [OFFICE], after, *MONTH) == {OFFICE: TUESDAY}
        assert await places.open_days(conn, [OFFICE], after, *MONTH) == {OFFICE: {TUESDAY: 1}}
        assert (await places.free_times(conn, wanted, after, *MONTH))[(OFFICE, TUESDAY)] == (NINE,)


async def test_places_count_from_the_lead_time_to_before_the_horizon(pool: Pool) -> None:
    await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 1, NINE, NINE + HOUR, NINE + 2 * HOUR)
        found = await places.free_times(conn, [(OFFICE, TUESDAY)], NOW, NINE + HOUR, NINE + 2 * HOUR)
    assert found[(OFFICE, TUESDAY)] == (NINE + HOUR,)


async def test_an_office_without_places_has_no_first_day(pool: Pool) -> None:
    await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 1, NINE + DAY, NINE)
        found = await places.first_free(conn, [OFFICE, NEIGHBOUR], NOW, *MONTH)
    assert found == {OFFICE: TUESDAY}


async def test_alternatives_are_near_in_time_and_a_neighbour_costs_half_a_day(pool: Pool) -> None:
    await house_in(pool)
    async with pool.acquire() as conn:
        (lost,) = await open_at(conn, 1, NINE)
        await conn.execute("UPDATE slot SET booked = 1")
        here = await open_at(conn, 1, NINE + 11 * HOUR, NINE + 2 * DAY)
        there = await open_at(conn, 1, NINE, NINE + 30 * HOUR, office=NEIGHBOUR)
        found = await places.alternatives(conn, lost, (OFFICE, NEIGHBOUR), NOW, *MONTH)
    assert found == (here[0], there[0], there[1])


async def test_opening_twice_changes_nothing(pool: Pool) -> None:
    await house_in(pool)
    async with pool.acquire() as conn:
        row = places.NewSlot(OFFICE, NINE, TUESDAY, 3, NOW)
        assert await places.open_places(conn, [row]) == 1
        await conn.execute("UPDATE slot SET booked = 2")
        assert await places.open_places(conn, [replace(row, capacity=9)]) == 0
        assert await conn.fetchval("SELECT (capacity, booked) FROM slot") == (3, 2)


@pytest.mark.parametrize("column", ["withheld", "extra"])
async def test_what_is_withheld_or_overbooked_is_not_public(pool: Pool, column: str) -> None:
    await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 2, NINE)
        booked = 2 if column == "extra" else 0
        await conn.execute(f"UPDATE slot SET {column} = 2, booked = {booked}")
        assert await places.open_days(conn, [OFFICE], NOW, *MONTH) == {OFFICE: {}}
        assert await places.first_free(conn, [OFFICE], NOW, *MONTH) == {}


async def test_nobody_sees_a_place_before_its_moment(pool: Pool) -> None:
    await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 1, NINE)
        await conn.execute("UPDATE slot SET opens_at = $1", NOW + HOUR)
        assert await places.first_free(conn, [OFFICE], NOW, *MONTH) == {}
        assert await places.first_free(conn, [OFFICE], NOW + HOUR, *MONTH) == {OFFICE: TUESDAY}
