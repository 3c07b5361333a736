"""Free places side by side, as a family is shown them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from asyncpg import Pool
from tests.world import NINE, NOW, OFFICE, contacts, house_in, open_at

from ventanilla.db import blocks, booking

pytestmark = pytest.mark.anyio
MONTH = (NOW, NOW + timedelta(days=30))
TUESDAY = date(2026, 12, 1)
QUARTER = timedelta(minutes=15)


async def test_a_day_counts_only_where_all_fit_without_a_gap(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        ten, next_day = NINE + timedelta(hours=1), NINE + timedelta(days=1)
        await open_at(conn, 2, NINE, NINE + QUARTER)
        await open_at(conn, 1, ten, next_day)
        (one,) = await contacts(conn, house, 1)
        wanted = [(one, OFFICE, people) for people in (1, 2, 4, 5)]
        found = await blocks.block_days(conn, wanted, NOW, *MONTH)
        assert [dict(found[w]) for w in wanted] == [
            {TUESDAY: 5, TUESDAY + timedelta(days=1): 1},
            {TUESDAY: 4},
            {TUESDAY: 4},
            {},
        ]
        assert await blocks.first_block(conn, wanted, NOW, *MONTH) == dict.fromkeys(wanted[:3], TUESDAY)
        after = NINE + QUARTER
        first = await blocks.first_block(conn, wanted, NOW, after, MONTH[1])
        assert first == dict.fromkeys(wanted[:2], TUESDAY)
        assert await blocks.first_block(conn, wanted, NOW, ten + QUARTER, MONTH[1]) == {
            wanted[0]: TUESDAY + timedelta(days=1)
        }


async def test_what_a_family_holds_is_free_to_it_alone(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        nine, quarter = await open_at(conn, 2, NINE, NINE + QUARTER)
        mine, other = await contacts(conn, house, 2)
        wants = [booking.WantHold(mine, place) for place in (nine, nine, quarter)]
        async with conn.transaction():
            assert await booking.hold(conn, wants, NOW, NOW + QUARTER) == {mine}
        asked = [(c, OFFICE, day) for c in (mine, other) for day in (TUESDAY, None)]
        found = await blocks.free_places(conn, asked, NOW, *MONTH)
        both, left = {NINE: 2, NINE + QUARTER: 2}, {NINE + QUARTER: 1}
        assert [found[w] for w in asked] == [{TUESDAY: both}] * 2 + [{TUESDAY: left}] * 2
        days = await blocks.block_days(conn, [(mine, OFFICE, 4), (other, OFFICE, 2)], NOW, *MONTH)
        assert days == {(mine, OFFICE, 4): {TUESDAY: 4}, (other, OFFICE, 2): {}}
        assert await blocks.first_block(conn, list(days), NOW, *MONTH) == {(mine, OFFICE, 4): TUESDAY}


async def test_only_the_asked_day_is_given_and_nothing_before_it_is_public(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 3, NINE, NINE + timedelta(days=1))
        (one,) = await contacts(conn, house, 1)
        wednesday = TUESDAY + timedelta(days=1)
        asked = (one, OFFICE, wednesday)
        found = await blocks.free_places(conn, [asked], NOW, *MONTH)
        assert found == {asked: {wednesday: {NINE + timedelta(days=1): 3}}}
        await conn.execute("UPDATE slot SET opens_at = $1", datetime(2026, 12, 1, tzinfo=UTC))
        assert await blocks.free_places(conn, [asked], NOW, *MONTH) == {asked: {}}
