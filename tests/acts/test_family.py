"""Several people in one talk, with a real database behind it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from asyncpg import Pool
from tests.e2e.test_killed import curp
from tests.races.test_family import agree
from tests.world import NINE, NOW, OFFICE, contacts, house_in, open_at

from ventanilla.acts import facts
from ventanilla.acts.house import House
from ventanilla.core.booking import Applicant, Place
from ventanilla.talk.facts import Book, Booked, MyAppointments, Question
from ventanilla.talk.family_facts import (
    BlockDays,
    BookFamily,
    FreePlaces,
    HoldBlock,
    NearBlocks,
    NotTogether,
    PeopleWith,
)

pytestmark = pytest.mark.anyio
TUESDAY = date(2026, 12, 1)
QUARTER = timedelta(minutes=15)
FIELDS = {"for-whom": "me", "validity": "10:full", "identification": "ine"}


def one(number: int, place: Place) -> Book:
    person = Applicant(curp(number), "Gloria", "Hernández", "García", name_flagged=False, fields=FIELDS)
    return Book(place, "first", person, "es")


def family(places: Sequence[Place], first: int = 0) -> BookFamily:
    return BookFamily(tuple(one(first + n, place) for n, place in enumerate(places)))


async def ask(pool: Pool, house: House, *asked: tuple[int, Question[Any]], now: datetime = NOW) -> list[Any]:
    async with pool.acquire() as conn, conn.transaction():
        found = await facts.load(conn, house, now, asked)
        return [found[one] for one in asked]


async def scene(pool: Pool, capacity: int = 2, people: int = 2) -> tuple[House, tuple[Place, ...], list[int]]:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        places = await open_at(conn, capacity, NINE, NINE + QUARTER, NINE + 2 * QUARTER)
        return house, places, await contacts(conn, house, people)


async def test_what_is_free_is_loaded_for_several_families_at_once(pool: Pool) -> None:
    house, (nine, quarter, half), (small, large) = await scene(pool)
    far = Place(OFFICE, NINE + timedelta(hours=3))
    days, more, free, near = await ask(
        pool,
        house,
        (small, BlockDays(OFFICE, 2)),
        (large, BlockDays(OFFICE, 7)),
        (small, FreePlaces(OFFICE, TUESDAY)),
        (large, NearBlocks(far, (OFFICE,), 3)),
    )
    assert (days, more) == ({TUESDAY: 6}, {})
    assert free == {nine.starts_at: 2, quarter.starts_at: 2, half.starts_at: 2}
    assert near == (quarter, nine)


async def test_a_block_is_held_and_booked_for_all_with_links_of_their_own(pool: Pool) -> None:
    house, (nine, quarter, _), (contact, other) = await scene(pool)
    block = (nine, nine, quarter)
    assert await ask(pool, house, (contact, HoldBlock(block)), (other, HoldBlock(block))) == [True, False]
    ((*booked,),) = await ask(pool, house, (contact, family(block)))
    assert [b.appointment.place for b in booked] == list(block)
    assert len({b.papers_url for b in booked}) == len({b.appointment.folio for b in booked}) == 3
    (mine,) = await ask(pool, house, (contact, MyAppointments()))
    assert {a.family for a in mine} == {booked[0].appointment.id}
    assert [a.applicant.curp for a in mine] == [curp(0), curp(1), curp(2)]
    assert await agree(pool)


async def test_the_places_of_a_family_come_back_in_one_moment(pool: Pool) -> None:
    house, (nine, quarter, _), (contact, _) = await scene(pool)
    assert await ask(pool, house, (contact, HoldBlock((nine, nine, quarter)))) == [True]
    (back,) = {r["back_at"] for r in await pool.fetch("SELECT back_at FROM hold")}
    assert back > NOW + house.world.rules.hold


async def test_all_of_a_family_count_against_the_limit_of_a_phone(pool: Pool) -> None:
    house, places, (contact, other) = await scene(pool, capacity=5)
    (done,) = await ask(pool, house, (contact, family(places[:1] * 3)))
    assert all(isinstance(one, Booked) for one in done)
    known, new = PeopleWith((curp(0), curp(1))), PeopleWith((curp(0), curp(7)))
    assert await ask(pool, house, (contact, known), (contact, new), (other, new)) == [3, 4, 2]
    assert await ask(pool, house, (contact, family(places, first=5))) == [NotTogether("too-many", 0)]
    assert await pool.fetchval("SELECT count(*) FROM appointment") == 3


async def test_whoever_keeps_a_family_from_being_booked_is_named_by_number(pool: Pool) -> None:
    house, places, (contact, other) = await scene(pool)
    assert isinstance((await ask(pool, house, (other, one(1, places[2]))))[0], Booked)
    asked = family(places)
    assert await ask(pool, house, (contact, asked)) == [NotTogether("already-live", 1)]
    late = NINE - timedelta(hours=1)
    assert await ask(pool, house, (contact, HoldBlock(places)), now=late) == [False]
    mended = replace(asked, people=(asked.people[0], one(8, places[1])))
    ((first, second),) = await ask(pool, house, (contact, mended))
    assert second.appointment.id == first.appointment.id + 1
    assert await agree(pool)
