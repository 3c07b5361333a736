"""Families and others for the last places: a family has all of its places or none of them."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from asyncpg import Pool
from tests.races.test_places import book, counters, hold
from tests.world import NINE, NOW, contacts, house_in, open_at

from ventanilla.core.booking import Place
from ventanilla.db import booking, family

pytestmark = pytest.mark.anyio
_HOLD = timedelta(minutes=15)
_UNTIL = NOW + _HOLD
_QUARTER = timedelta(minutes=15)
ROUNDS = 50


async def scene(pool: Pool, capacity: int, moments: int, people: int) -> tuple[tuple[Place, ...], list[int]]:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        places = await open_at(conn, capacity, *(NINE + n * _QUARTER for n in range(moments)))
        return places, await contacts(conn, house, people)


async def hold_all(pool: Pool, contact: int, places: Sequence[Place], now: datetime = NOW) -> bool:
    async with pool.acquire() as conn, conn.transaction():
        want = family.WantBlock(contact, tuple(places), now + _HOLD)
        return bool(await family.hold(conn, [want], now, now + _HOLD))


def wants(contact: int, places: Sequence[Place], *keys: bytes) -> list[booking.WantBooking]:
    keys = keys or tuple(f"{contact} {n}".encode() for n in range(len(places)))
    return [
        booking.WantBooking(contact, place, f"F{contact}-{n}-{key.hex()}", "first", key, b"sealed", "es")
        for n, (place, key) in enumerate(zip(places, keys, strict=True))
    ]


async def book_all(
    pool: Pool, contact: int, places: Sequence[Place], *keys: bytes, now: datetime = NOW
) -> tuple[int, ...] | family.Refused:
    async with pool.acquire() as conn, conn.transaction():
        (outcome,) = await family.book(conn, [wants(contact, places, *keys)], now)
        return outcome


async def reset(pool: Pool) -> None:
    await pool.execute("TRUNCATE appointment, hold CASCADE")
    await pool.execute("UPDATE slot SET held = 0, booked = 0")


async def agree(pool: Pool) -> bool:
    """Slot by slot: counters are what the rows say."""
    found = await pool.fetchval(
        """
        SELECT bool_and(held = (SELECT count(*) FROM hold h WHERE h.slot_id = s.id) AND booked = (
            SELECT count(*) FROM appointment a WHERE a.slot_id = s.id AND a.status <> 'cancelled'))
        FROM slot s
        """
    )
    return bool(found)


async def sizes(pool: Pool, table: str) -> list[int]:
    rows = await pool.fetch(f"SELECT count(*) AS n FROM {table} GROUP BY contact_id ORDER BY n")
    return [r["n"] for r in rows]


async def test_a_family_is_booked_together_and_known_by_its_first(pool: Pool) -> None:
    (nine, quarter), (contact,) = await scene(pool, 2, 2, 1)
    block = (nine, nine, quarter)
    assert await hold_all(pool, contact, block)
    assert await counters(pool) == (3, 0, 3, 0)
    ids = await book_all(pool, contact, block)
    assert isinstance(ids, tuple)
    rows = await pool.fetch("SELECT id, family, starts_at FROM appointment ORDER BY id")
    assert [(r["id"], r["family"], r["starts_at"]) for r in rows] == [
        (n, ids[0], place.starts_at) for n, place in zip(ids, block, strict=True)
    ]
    assert await counters(pool) == (0, 3, 0, 3)


async def test_one_place_too_few_is_none_at_all_and_what_was_held_stays(pool: Pool) -> None:
    (nine, quarter), (contact, other) = await scene(pool, 2, 2, 2)
    assert await hold_all(pool, contact, (nine, nine))
    assert await hold(pool, other, quarter)
    assert not await hold_all(pool, contact, (nine, nine, quarter, quarter))
    assert await counters(pool) == (3, 0, 3, 0)
    refused = await book_all(pool, contact, (nine, nine, quarter, quarter))
    assert isinstance(refused, family.Refused)
    assert (refused.person, refused.made.granted) == (3, False)
    assert await counters(pool) == (3, 0, 3, 0)


async def test_one_with_a_live_appointment_keeps_all_from_being_booked_and_is_told_apart(pool: Pool) -> None:
    (nine, quarter), (contact, other) = await scene(pool, 3, 2, 2)
    assert (await book(pool, other, quarter, b"second")).id
    refused = await book_all(pool, contact, (nine, nine, nine), b"first", b"second", b"third")
    assert isinstance(refused, family.Refused)
    assert (refused.person, refused.made.granted, refused.made.given_up) == (1, True, False)
    assert await counters(pool) == (0, 1, 0, 1)


async def test_one_who_gave_this_place_back_keeps_all_from_being_booked(pool: Pool) -> None:
    (nine,), (contact, other) = await scene(pool, 3, 1, 2)
    made = await book(pool, other, nine, b"third")
    async with pool.acquire() as conn, conn.transaction():
        assert await booking.cancel(conn, made.id, other, booking.GiveBack(NOW, NOW, NOW))
        await booking.publish(conn, NOW)
    refused = await book_all(pool, contact, (nine, nine, nine), b"first", b"second", b"third")
    assert isinstance(refused, family.Refused)
    assert (refused.person, refused.made.given_up) == (2, True)
    assert await agree(pool)


async def test_a_family_sees_no_place_before_it_is_public(pool: Pool) -> None:
    (nine, quarter), (contact,) = await scene(pool, 1, 2, 1)
    await pool.execute("UPDATE slot SET opens_at = $1 WHERE starts_at > $2", NOW + _QUARTER, NINE)
    assert not await hold_all(pool, contact, (nine, quarter))
    assert not isinstance(await book_all(pool, contact, (nine, quarter)), tuple)
    assert await counters(pool) == (0, 0, 0, 0)
    assert await hold_all(pool, contact, (nine, quarter), now=NOW + _QUARTER)


async def test_each_of_a_family_can_cancel_alone(pool: Pool) -> None:
    (nine,), (contact,) = await scene(pool, 3, 1, 1)
    ids = await book_all(pool, contact, (nine, nine, nine))
    assert isinstance(ids, tuple)
    async with pool.acquire() as conn, conn.transaction():
        assert await booking.cancel(conn, ids[1], contact, booking.GiveBack(NOW, NOW, _UNTIL))
    live = await pool.fetch("SELECT id FROM appointment WHERE status = 'live' ORDER BY id")
    assert [r["id"] for r in live] == [ids[0], ids[2]]
    assert await agree(pool)


async def test_a_family_lets_go_of_all_and_its_leases_end_together(pool: Pool) -> None:
    (nine,), (contact, other) = await scene(pool, 3, 1, 2)
    assert await hold_all(pool, contact, (nine, nine, nine))
    assert not await hold(pool, other, nine)
    async with pool.acquire() as conn, conn.transaction():
        assert await booking.sweep(conn, _UNTIL) == 3
    assert await hold(pool, other, nine)
    assert await agree(pool)


async def test_a_family_against_single_people_never_has_a_part_of_its_places(pool: Pool) -> None:
    places, (contact, *singles) = await scene(pool, 1, 4, 5)
    whole = 0
    for n in range(ROUNDS):
        order = places if n % 2 else places[::-1]
        alone = zip(singles, order, strict=True)
        got, *_ = await asyncio.gather(hold_all(pool, contact, places), *(hold(pool, c, p) for c, p in alone))
        booked, *_ = await asyncio.gather(
            book_all(pool, contact, places),
            *(book(pool, c, p, bytes([c])) for c, p in zip(singles, order, strict=True)),
        )
        mine = await pool.fetchval("SELECT count(*) FROM appointment WHERE contact_id = $1", contact)
        assert mine == (4 if isinstance(booked, tuple) else 0)
        assert not got or isinstance(booked, tuple), "what a family holds it gets"
        assert await agree(pool)
        whole += mine // 4
        await reset(pool)
    assert whole, "a family that comes first is served"


async def test_families_that_want_overlapping_places_never_wait_for_each_other_for_ever(pool: Pool) -> None:
    places, everybody = await scene(pool, 2, 4, 6)
    for n in range(ROUNDS):
        shifted = [places[(k + n) % 3 : (k + n) % 3 + 2] for k in range(len(everybody))]
        blocks = [tuple(p for p in two for _ in range(2)) for two in shifted]
        held = await asyncio.gather(*(hold_all(pool, c, b) for c, b in zip(everybody, blocks, strict=True)))
        assert await sizes(pool, "hold") == [4] * sum(held)
        made = await asyncio.gather(*(book_all(pool, c, b) for c, b in zip(everybody, blocks, strict=True)))
        booked = sum(isinstance(m, tuple) for m in made)
        assert await sizes(pool, "appointment") == [4] * booked
        assert booked >= 1
        assert await agree(pool)
        await reset(pool)


async def test_in_one_batch_families_are_served_in_order(pool: Pool) -> None:
    (nine, quarter), (first, second, third) = await scene(pool, 2, 2, 3)
    blocks = [(first, (nine, nine, quarter)), (second, (quarter, quarter)), (third, (quarter,))]
    async with pool.acquire() as conn, conn.transaction():
        asked = [family.WantBlock(c, places, _UNTIL) for c, places in blocks]
        assert await family.hold(conn, asked, NOW, _UNTIL) == {first, third}
        made = await family.book(conn, [wants(c, places) for c, places in blocks], NOW)
    assert [isinstance(m, tuple) for m in made] == [True, False, True]
    assert await agree(pool)


async def test_control_without_the_savepoint_a_family_is_torn(pool: Pool) -> None:
    (nine, quarter), (contact, other) = await scene(pool, 2, 2, 2)
    assert (await book(pool, other, quarter, b"other")).id
    block = (nine, nine, quarter, quarter)
    async with pool.acquire() as conn, conn.transaction():
        await booking.hold(conn, [booking.WantHold(contact, p) for p in block], NOW, _UNTIL)
    assert await sizes(pool, "hold") == [3]
    async with pool.acquire() as conn, conn.transaction():
        await booking.book(conn, wants(contact, block), NOW)
    assert await pool.fetchval("SELECT count(*) FROM appointment WHERE contact_id = $1", contact) == 3
    assert await agree(pool)
