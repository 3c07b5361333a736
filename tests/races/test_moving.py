"""Appointments change places and offers are taken: never two for one place, never one person with none."""

import asyncio
from datetime import datetime, timedelta

import asyncpg
import pytest
from asyncpg import Pool
from tests.world import NINE, NOW, contacts, house_in, open_at

from ventanilla.core.booking import Place
from ventanilla.db import booking, moving, offers

pytestmark = pytest.mark.anyio
QUARTER = timedelta(minutes=15)
LATER = NOW + timedelta(hours=2)
HOW = booking.GiveBack(NOW, NOW, LATER)


async def booked(pool: Pool, contact: int, place: Place) -> int:
    want = booking.WantBooking(contact, place, f"F{contact}", "first", bytes([contact % 250]), b"x", "es")
    async with pool.acquire() as conn, conn.transaction():
        (made,) = await booking.book(conn, [want], NOW)
    assert made.id
    return made.id


async def move(pool: Pool, contact: int, appointment: int, place: Place, most: int = 99) -> str:
    async with pool.acquire() as conn, conn.transaction():
        return await moving.move(conn, moving.WantMove(contact, appointment, place, most), HOW)


async def scene(pool: Pool, people: int, slots: int) -> tuple[list[int], tuple[Place, ...], list[int]]:
    """The first of the places are booked, one a person, the rest are free."""
    house = await house_in(pool)
    async with pool.acquire() as conn:
        found = await open_at(conn, 1, *(NINE + QUARTER * n for n in range(slots)))
        everybody = await contacts(conn, house, people)
    return everybody, found, [await booked(pool, c, p) for c, p in zip(everybody, found, strict=False)]


async def agrees(pool: Pool) -> None:
    """Counters equal rows in every slot."""
    wrong = await pool.fetch(
        """
        SELECT s.id FROM slot s WHERE (s.held, s.booked, s.withheld) IS DISTINCT FROM (
            (SELECT count(*) FROM hold h WHERE h.slot_id = s.id)
                + (SELECT count(*) FROM offer o WHERE o.slot_id = s.id AND o.state = 'open'),
            (SELECT count(*) FROM appointment a WHERE a.slot_id = s.id AND a.status <> 'cancelled'),
            (SELECT count(*) FROM release r WHERE r.slot_id = s.id))
        """
    )
    assert wrong == []


async def test_of_many_who_move_to_one_place_one_gets_it_and_all_keep_theirs(pool: Pool) -> None:
    everybody, found, made = await scene(pool, 8, 9)
    outcomes = await asyncio.gather(
        *(move(pool, c, a, found[-1]) for c, a in zip(everybody, made, strict=True))
    )
    assert sorted(outcomes) == ["moved"] + ["taken"] * 7
    assert await pool.fetchval("SELECT count(*) FROM appointment WHERE status = 'live'") == 8
    await agrees(pool)


async def test_a_ring_that_swaps_never_waits_for_ever_and_loses_nobody(pool: Pool) -> None:
    everybody, found, made = await scene(pool, 6, 7)
    for turn in range(6):
        await asyncio.gather(
            *(
                move(pool, c, a, found[(n + turn + 1) % 7])
                for n, (c, a) in enumerate(zip(everybody, made, strict=True))
            )
        )
        await agrees(pool)
    assert await pool.fetchval("SELECT count(*) FROM appointment WHERE status = 'live'") == 6


async def test_moving_is_refused_with_its_reason(pool: Pool) -> None:
    (one, two), found, (mine, _) = await scene(pool, 2, 4)
    assert await move(pool, two, mine, found[2]) == "gone"
    assert await move(pool, one, mine, found[1]) == "taken"
    assert await move(pool, one, mine, found[2], most=0) == "too-often"
    assert await move(pool, one, mine, found[2], most=2) == "moved"
    assert await move(pool, one, mine, found[0], most=2) == "given-up"
    assert await move(pool, one, mine, found[3], most=2) == "moved"
    assert await move(pool, one, mine, found[2], most=2) == "too-often"
    async with pool.acquire() as conn, conn.transaction():
        late = booking.GiveBack(NOW, NINE + timedelta(days=1), LATER)
        assert await moving.move(conn, moving.WantMove(one, mine, found[2], 99), late) == "too-late"
    await agrees(pool)


async def test_a_move_against_a_cancellation_leaves_one_of_them(pool: Pool) -> None:
    for n in range(10):
        house = await house_in(pool)
        async with pool.acquire() as conn:
            old, new = await open_at(conn, 1, NINE + QUARTER * 2 * n, NINE + QUARTER * (2 * n + 1))
            (me,) = await contacts(conn, house, 1)
        mine = await booked(pool, me, old)

        async def cancel(mine: int = mine, me: int = me) -> bool:
            async with pool.acquire() as conn, conn.transaction():
                return await booking.cancel(conn, mine, me, HOW)

        outcome, cancelled = await asyncio.gather(move(pool, me, mine, new), cancel())
        assert cancelled
        assert outcome in ("moved", "gone")
        await agrees(pool)


async def offered(pool: Pool, contact: int, appointment: int, start: datetime) -> offers.Offer | None:
    async with pool.acquire() as conn, conn.transaction():
        slot = await conn.fetchval("SELECT id FROM slot WHERE starts_at = $1", start)
        want = offers.WantOffer("closure", contact, slot, LATER, appointment_id=appointment)
        return next(iter(await offers.put(conn, [want], NOW)), None)


async def take(pool: Pool, offer: offers.Offer) -> str:
    async with pool.acquire() as conn, conn.transaction():
        return (await offers.take(conn, offers.Take(offer.id, offer.contact_id, NOW, LATER)))[0]


async def test_of_many_offers_of_one_place_one_is_made(pool: Pool) -> None:
    everybody, found, made = await scene(pool, 8, 9)
    outcomes = await asyncio.gather(
        *(offered(pool, c, a, found[-1].starts_at) for c, a in zip(everybody, made, strict=True))
    )
    assert sum(o is not None for o in outcomes) == 1
    await agrees(pool)


async def test_an_offer_is_taken_once_and_is_a_swap(pool: Pool) -> None:
    (me, *_), found, (mine, *_) = await scene(pool, 1, 2)
    offer = await offered(pool, me, mine, found[1].starts_at)
    assert offer is not None
    assert sorted(await asyncio.gather(*(take(pool, offer) for _ in range(6)))) == ["gone"] * 5 + ["taken"]
    assert await pool.fetchval("SELECT starts_at FROM appointment") == found[1].starts_at
    await agrees(pool)


async def test_taking_against_ending_gives_the_place_once(pool: Pool) -> None:
    for n in range(10):
        house = await house_in(pool)
        async with pool.acquire() as conn:
            old, new = await open_at(conn, 1, NINE + QUARTER * 2 * n, NINE + QUARTER * (2 * n + 1))
            (me,) = await contacts(conn, house, 1)
            await conn.execute("UPDATE appointment SET status = 'past'")
        offer = await offered(pool, me, await booked(pool, me, old), new.starts_at)
        assert offer is not None

        async def end(offer: offers.Offer = offer) -> int:
            async with pool.acquire() as conn, conn.transaction():
                return len(await offers.end(conn, [offer.id], "expired", NOW, [LATER]))

        outcome, ended = await asyncio.gather(take(pool, offer), end())
        assert (outcome, ended) in (("taken", 0), ("gone", 1))
        await agrees(pool)


async def test_control_a_move_in_two_steps_can_end_with_none(pool: Pool) -> None:
    """Giving back first and taking then: somebody else takes the new place in between."""
    (me, other), (_, new), (mine,) = await scene_with_a_bystander(pool)
    async with pool.acquire() as conn, conn.transaction():
        assert await booking.cancel(conn, mine, me, HOW)
    await booked(pool, other, new)
    assert await hold(pool, me, new) is False
    have = "SELECT array_agg(contact_id) FROM appointment WHERE status = 'live'"
    assert await pool.fetchval(have) == [other]


async def scene_with_a_bystander(pool: Pool) -> tuple[list[int], tuple[Place, ...], list[int]]:
    (me,), found, made = await scene(pool, 1, 2)
    async with pool.acquire() as conn:
        return [me, *await contacts(conn, await house_in(pool), 1)], found, made


async def hold(pool: Pool, contact: int, place: Place) -> bool:
    async with pool.acquire() as conn, conn.transaction():
        return bool(await booking.hold(conn, [booking.WantHold(contact, place)], NOW, LATER))


async def test_control_without_the_check_two_offers_hold_one_place(pool: Pool) -> None:
    _, found, _ = await scene(pool, 1, 2)
    careless = "UPDATE slot SET held = held + 1 WHERE starts_at = $1"
    await pool.execute(careless, found[1].starts_at)
    with pytest.raises(asyncpg.CheckViolationError):
        await pool.execute(careless, found[1].starts_at)
    await pool.execute("ALTER TABLE slot DROP CONSTRAINT slot_never_oversold")
    await pool.execute(careless, found[1].starts_at)
    assert await pool.fetchval("SELECT max(held - capacity) FROM slot") == 1


async def test_control_who_looks_first_and_takes_later_takes_an_offer_that_has_ended(pool: Pool) -> None:
    """Its place is withheld for the next by then: it is counted for both."""
    everybody, found, made = await scene(pool, 2, 3)
    await pool.execute("UPDATE slot SET capacity = 2 WHERE starts_at = $1", found[2].starts_at)
    mine, _ = [await offered(pool, c, a, found[2].starts_at) for c, a in zip(everybody, made, strict=True)]
    assert mine is not None
    assert await pool.fetchval("SELECT state FROM offer WHERE id = $1", mine.id) == "open"
    async with pool.acquire() as conn, conn.transaction():
        await offers.end(conn, [mine.id], "expired", NOW, [LATER])
    await pool.execute("UPDATE slot SET held = held - 1, booked = booked + 1 WHERE id = $1", mine.slot_id)
    with pytest.raises(AssertionError):
        await agrees(pool)
    counted = await pool.fetchval("SELECT (held, booked, withheld) FROM slot WHERE id = $1", mine.slot_id)
    assert counted == (0, 1, 1), "the other one's offer is not counted any more"
