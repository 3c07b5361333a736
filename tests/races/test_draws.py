"""Draws under many hands at once: one entry a person, one list, one owner of each place. Each guard with the
control that shows what happens without it."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from asyncpg import Pool
from tests.lottery_people import (
    CLOSES,
    DRAWN,
    Scene,
    applicant,
    closed,
    counters,
    drawn,
    enters,
    file_of,
    passed_on,
    scene,
    wish,
)
from tests.world import NOW

from ventanilla.acts import draws as acts
from ventanilla.acts.draw_facts import claim
from ventanilla.acts.draws import CannotDraw
from ventanilla.core.lottery import code_of
from ventanilla.db import draw_entries, draw_offers, offers
from ventanilla.db.connection import Conn
from ventanilla.talk.draw_facts import ClaimPlace, Entered, NotEntered
from ventanilla.talk.facts import Booked, NotBooked

pytestmark = pytest.mark.anyio
PHONES = 12
MORNING = DRAWN + timedelta(hours=25)
"""An hour after what nobody claimed, by day."""


async def written(conn: Conn, at: Scene, contact: int, key: bytes) -> None:
    """An entry, without looking whether there may be one."""
    nonce = str(contact).encode()
    await conn.execute(
        """
        INSERT INTO draw_entry (draw_id, contact_id, person_key, procedure, sealed, language, nonce, days,
            halves, weight, receipt, made_at)
        VALUES ($1, $2, $3, 'first', '', 'es', $4, '{2026-12-07}', '{morning}', 1, $4, $5)
        """,
        at.draw_id,
        contact,
        key,
        nonce,
        NOW,
    )


async def test_one_person_entered_from_many_phones_at_once_is_in_once(pool: Pool) -> None:
    at = await scene(pool, PHONES)
    got = await asyncio.gather(*(enters(pool, at, c, wish(at.draw_id, 1)) for c in at.people))
    assert Counter(type(g) for g in got) == {Entered: 1, NotEntered: PHONES - 1}
    assert await pool.fetchval("SELECT count(*) FROM draw_entry") == 1


async def test_without_the_unique_index_one_person_would_be_in_twice(pool: Pool) -> None:
    """The control: both look, neither sees the other, both write."""
    at = await scene(pool, 2)
    await pool.execute("DROP INDEX draw_entry_one")
    key, looked = at.house.vault.key("curp", applicant(1).curp), asyncio.Barrier(2)

    async def look_and_write(contact: int) -> None:
        async with pool.acquire() as conn, conn.transaction():
            assert not await conn.fetchval("SELECT count(*) FROM draw_entry WHERE person_key = $1", key)
            await looked.wait()
            await written(conn, at, contact, key)

    await asyncio.gather(*(look_and_write(c) for c in at.people))
    assert await pool.fetchval("SELECT count(*) FROM draw_entry") == 2


async def test_whoever_enters_while_the_list_is_made_is_in_it_or_refused(pool: Pool) -> None:
    at = await scene(pool, PHONES)

    async def late(contact: int, n: int) -> Entered | NotEntered:
        await asyncio.sleep(n * 0.001)
        return await enters(pool, at, contact, wish(at.draw_id, n), CLOSES - timedelta(seconds=1))

    entering = asyncio.gather(*(late(c, n) for n, c in enumerate(at.people)))
    # A process that finds the draw locked by somebody who enters leaves it for the next minute.
    assert sum([await closed(pool) for _ in range(100)]) == 1
    codes = {got.code for got in await entering if isinstance(got, Entered)}
    listed = (await file_of(pool, at.draw_id))["entries"]
    assert {code_of(bytes.fromhex(entry["receipt"])) for entry in listed} == codes


async def test_without_the_lock_a_receipt_would_be_missing_in_the_list(pool: Pool) -> None:
    """The control: it is seen that the draw is open, it closes, and then the entry is written."""
    at = await scene(pool, 1)
    key = at.house.vault.key("curp", applicant(1).curp)
    async with pool.acquire() as conn, conn.transaction():
        assert await conn.fetchval("SELECT state FROM draw") == "announced"
        assert await closed(pool) == 1
        await written(conn, at, at.people[0], key)
    async with pool.acquire() as conn:
        assert len(await draw_entries.entries(conn, at.draw_id)) == 1
    assert (await file_of(pool, at.draw_id))["count"] == 0


async def won(pool: Pool, people: int = 2) -> tuple[Scene, int, int]:
    """A draw of one place: the scene, the winner's offer, and the winner."""
    at = await scene(pool, people)
    for n, contact in enumerate(at.people):
        await enters(pool, at, contact, wish(at.draw_id, n))
    await drawn(pool, at)
    row = await pool.fetchrow("SELECT id, contact_id FROM offer")
    assert row is not None
    return at, row["id"], row["contact_id"]


async def claims(pool: Pool, at: Scene, contact: int, offer: int) -> Booked | NotBooked:
    want = ClaimPlace(offer, "es")
    async with pool.acquire() as conn, conn.transaction():
        found: Booked | NotBooked = (await claim(conn, at.house, MORNING, [(contact, want)]))[contact, want]
        return found


async def test_a_claim_against_its_expiry_gives_the_place_to_one(pool: Pool) -> None:
    """Whoever comes first: the winner has an appointment, or the next has the offer."""
    seen: Counter[bool] = Counter()
    for n in range(6):
        at, offer, winner = await won(pool)
        claiming = asyncio.ensure_future(claims(pool, at, winner, offer))
        await asyncio.sleep(0.002 * n)
        passed = await passed_on(pool, at, MORNING)
        got = await claiming
        assert isinstance(got, Booked) == (passed == 0)
        assert await counters(pool) == (0, 0, 0)
        seen[bool(passed)] += 1
        for table in ("outbox", "offer", "appointment", "draw_entry", "release", "slot", "draw", "alias"):
            await pool.execute(f"DELETE FROM {table}")
    assert sum(seen.values()) == 6


async def test_without_looking_again_under_the_lock_winner_and_next_would_both_have_it(pool: Pool) -> None:
    """The control: it is seen that the offer is open, it goes to the next, and then it is taken."""
    at, offer, winner = await won(pool)
    async with pool.acquire() as conn, conn.transaction():
        it = await draw_offers.promised(conn, offer, winner)
        row = await conn.fetchrow("SELECT slot_id FROM offer")
        assert it is not None
        assert row is not None
        assert await passed_on(pool, at, MORNING) == 1
        new = offers.NewAppointment("F1", it.procedure, it.person_key, it.sealed, "es")
        stale = offers.Offer(offer, "draw", winner, row["slot_id"], None, None, None, MORNING)
        take = offers.Take(offer, winner, MORNING, MORNING, new)
        assert await offers._make(conn, stale, take)
    assert await pool.fetchval("SELECT count(*) FROM offer WHERE state = 'open'") == 1
    assert await pool.fetchval("SELECT count(*) FROM appointment") == 1
    assert await counters(pool) == (-1, 0, 0)


async def test_a_place_claimed_twice_at_once_is_one_appointment(pool: Pool) -> None:
    at, offer, winner = await won(pool)
    got = await asyncio.gather(*(claims(pool, at, winner, offer) for _ in range(PHONES)))
    assert Counter(type(g) for g in got) == {Booked: 1, NotBooked: PHONES - 1}
    assert await counters(pool) == (0, 0, 0)


async def test_two_machines_that_pass_on_at_once_offer_the_place_once(pool: Pool) -> None:
    at, _, _ = await won(pool, 4)
    assert sum(await asyncio.gather(*(passed_on(pool, at, MORNING) for _ in range(4)))) == 1
    assert await pool.fetchval("SELECT count(*) FROM offer WHERE state = 'open'") == 1
    assert await counters(pool) == (0, 0, 0)


async def test_a_draw_that_two_people_of_the_staff_hold_at_once_is_held_once(pool: Pool) -> None:
    at = await scene(pool, 3)
    for n, contact in enumerate(at.people):
        await enters(pool, at, contact, wish(at.draw_id, n))
    await closed(pool)

    async def draws(value: str) -> int | str:
        async with pool.acquire() as conn:
            try:
                return await acts.draw_now(conn, at.house, at.draw_id, value, DRAWN)
            except CannotDraw as cannot:
                return str(cannot)

    got = await asyncio.gather(draws("1"), draws("2"))
    assert sorted(map(str, got)) == ["1", "It has been drawn already; a draw is never repeated."]
    value = (await file_of(pool, at.draw_id))["public_value"]
    assert value == ("1" if got[0] == 1 else "2")
    assert await pool.fetchval("SELECT count(*) FROM outbox") == 3
