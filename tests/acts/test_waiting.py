"""Time passed: what is free is offered to who waits, one person at a time, and goes on to the next."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from asyncpg import Pool
from tests.races.test_moving import agrees
from tests.waiters import GLORIA, books, gives_back, joins, minute, offer, open_to, takes, told
from tests.world import NEIGHBOUR, NINE, NOW, OFFICE, contacts, house_in, open_at

from ventanilla.acts.house import House
from ventanilla.acts.window import open_call
from ventanilla.core.booking import Place
from ventanilla.db import booking, waiting

pytestmark = pytest.mark.anyio
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TIJUANA = "02-03"


async def scene(pool: Pool, people: int, *starts: datetime, **rules: Any) -> tuple[House, list[int]]:
    """No place is free: each is booked by a stranger, the last of the contacts."""
    house = await house_in(pool, **rules)
    async with pool.acquire() as conn:
        places = await open_at(conn, 1, *starts)
        *everybody, stranger = await contacts(conn, house, people + 1)
    for n, place in enumerate(places):
        await books(pool, house, stranger, place, f"stranger {n}")
    return house, everybody


async def frees(pool: Pool, start: datetime) -> None:
    """The stranger cancels."""
    row = await pool.fetchrow(
        "SELECT id, contact_id FROM appointment WHERE starts_at = $1 AND status = 'live'", start
    )
    assert row is not None
    await gives_back(pool, row["contact_id"], row["id"])


async def state(pool: Pool, contact: int) -> tuple[str, int]:
    row = await pool.fetchrow("SELECT state, ignored FROM waiting WHERE contact_id = $1", contact)
    assert row is not None
    return row["state"], row["ignored"]


async def test_a_place_given_back_is_offered_to_who_has_waited_longest(pool: Pool) -> None:
    house, (first, second) = await scene(pool, 2, NINE)
    await joins(pool, house, second, "two", now=NOW - MINUTE)
    await joins(pool, house, first, "one", now=NOW - 2 * MINUTE)
    assert await offer(pool, house) == 0
    await frees(pool, NINE)
    assert await offer(pool, house) == 1
    assert (len(await open_to(pool, first)), len(await open_to(pool, second))) == (1, 0)
    (said,) = await told(pool, house, first)
    assert "martes 1 de diciembre de 2026, 09:00" in said
    assert "hasta las *10:30*" in said
    assert await offer(pool, house) == 0
    await agrees(pool)


async def test_with_the_message_goes_a_template_for_whoever_has_not_written(pool: Pool) -> None:
    house, (new, early) = await scene(pool, 2, NINE, NINE + HOUR)
    await joins(pool, house, new, "new")
    (later,) = await opened(pool, NINE + 9 * DAY)
    made = await books(pool, house, early, later, "early")
    want = waiting.WantPlace((OFFICE,), NOW.date(), ("morning",))
    async with pool.acquire() as conn:
        assert await waiting.join_sooner(conn, made, early, want, NOW) == "joined"
    await frees(pool, NINE)
    await frees(pool, NINE + HOUR)
    assert await offer(pool, house) == 2
    rows = await pool.fetch("SELECT template FROM outbox ORDER BY contact_id")
    calls = [open_call(house.vault, r["template"]) for r in rows]
    assert {c.name for c in calls} == {"oferta_lugar", "oferta_lugar_nuevo"}
    ids = [str(r["id"]) for r in await pool.fetch("SELECT id FROM offer ORDER BY contact_id")]
    assert [c.payloads for c in calls] == [(f"offer:take:{i}", f"offer:leave:{i}") for i in ids]


async def opened(pool: Pool, *starts: datetime, office: str = OFFICE) -> tuple[Place, ...]:
    async with pool.acquire() as conn:
        return await open_at(conn, 1, *starts, office=office)


async def test_what_does_not_suit_is_not_offered(pool: Pool) -> None:
    house, everybody = await scene(pool, 5, NINE)
    await joins(pool, house, everybody[0], "office", offices=(NEIGHBOUR,))
    await joins(pool, house, everybody[1], "day", earliest=date(2026, 12, 2))
    await joins(pool, house, everybody[2], "half", halves=("afternoon",))
    assert await joins(pool, house, everybody[3], "stranger 0") == "already-live"
    (sooner,) = await opened(pool, NINE - HOUR)
    made = await books(pool, house, everybody[4], sooner, "sooner")
    want = waiting.WantPlace((OFFICE,), NOW.date(), ("morning",))
    async with pool.acquire() as conn:
        await waiting.join_sooner(conn, made, everybody[4], want, NOW)
    await frees(pool, NINE)
    assert await offer(pool, house) == 0
    await joins(pool, house, everybody[3], "stranger 0")
    assert await offer(pool, house) == 0, "who gave it up does not get it"
    await joins(pool, house, everybody[3], "right")
    assert await offer(pool, house) == 1


async def test_an_offer_that_nobody_answers_goes_to_the_next_in_the_same_minute(pool: Pool) -> None:
    house, (first, second) = await scene(pool, 2, NINE)
    await joins(pool, house, first, "one", now=NOW - MINUTE)
    await joins(pool, house, second, "two")
    await frees(pool, NINE)
    assert await minute(pool, house, NOW) == (0, 1)
    assert await minute(pool, house, NOW + 29 * MINUTE) == (0, 0)
    assert await minute(pool, house, NOW + 30 * MINUTE) == (1, 1)
    assert (await open_to(pool, first), len(await open_to(pool, second))) == ([], 1)
    assert await state(pool, first) == ("waiting", 1)
    assert await minute(pool, house, NOW + 60 * MINUTE) == (1, 0), "both were asked: it waits to be public"
    assert await pool.fetchval("SELECT withheld FROM slot WHERE starts_at = $1", NINE) == 1
    await agrees(pool)


async def test_three_ignored_offers_let_an_entry_rest_and_it_goes_on_where_it_stood(pool: Pool) -> None:
    starts = [NINE + HOUR * n for n in range(4)]
    house, (me,) = await scene(pool, 1, *starts)
    await joins(pool, house, me)
    for n, start in enumerate(starts[:3]):
        await frees(pool, start)
        assert (await minute(pool, house, NOW + n * HOUR))[1] == 1
    assert await minute(pool, house, NOW + 3 * HOUR) == (1, 0)
    assert await state(pool, me) == ("paused", 3)
    assert (await told(pool, house, me))[-1].startswith("Te aparté 3 lugares")
    await frees(pool, starts[3])
    assert await minute(pool, house, NOW + 3 * HOUR) == (0, 0)
    async with pool.acquire() as conn:
        entry = await conn.fetchval("SELECT id FROM waiting")
        assert await waiting.resume(conn, entry, me)
    assert (await minute(pool, house, NOW + 3 * HOUR))[1] == 1
    assert await state(pool, me) == ("waiting", 0)


async def test_whoever_was_never_reached_has_ignored_nothing(pool: Pool) -> None:
    house, (me,) = await scene(pool, 1, NINE)
    await joins(pool, house, me)
    await frees(pool, NINE)
    assert await minute(pool, house, NOW, reached=False) == (0, 1)
    assert await minute(pool, house, NOW + HOUR, reached=False) == (1, 0)
    assert await state(pool, me) == ("waiting", 0)


async def test_nobody_is_woken_and_each_zone_has_its_own_night(pool: Pool) -> None:
    """At 22:30 in Mexico City it is 20:30 in Tijuana, and at 8:10 it is 6:10."""
    house, (south, north) = await scene(pool, 2)
    await joins(pool, house, south, "south")
    await joins(pool, house, north, "north", offices=(TIJUANA,))
    await opened(pool, NINE)
    await opened(pool, NINE + 2 * HOUR, office=TIJUANA)
    late = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
    assert await offer(pool, house, late) == 1
    assert (await open_to(pool, south), len(await open_to(pool, north))) == ([], 1)
    morning = datetime(2026, 11, 24, 14, 10, tzinfo=UTC)
    assert await minute(pool, house, morning) == (1, 1)
    assert (len(await open_to(pool, south)), await open_to(pool, north)) == (1, [])


async def test_an_offer_made_just_before_the_night_has_its_full_time(pool: Pool) -> None:
    house, (me, next_) = await scene(pool, 2, NINE)
    await joins(pool, house, me, "one", now=NOW - MINUTE)
    await joins(pool, house, next_, "two")
    await frees(pool, NINE)
    evening = datetime(2026, 11, 24, 2, 50, tzinfo=UTC)  # 20:50
    assert await minute(pool, house, evening) == (0, 1)
    assert await minute(pool, house, evening + 20 * MINUTE) == (0, 0)
    assert await minute(pool, house, evening + 30 * MINUTE) == (1, 0), "the next one sleeps"
    assert await pool.fetchval("SELECT withheld FROM slot") == 1


async def test_near_the_day_an_offer_is_short_and_too_near_it_is_not_made(pool: Pool) -> None:
    house, (me, other) = await scene(pool, 2, NINE)
    await joins(pool, house, me, "one")
    await joins(pool, house, other, "two")
    await frees(pool, NINE)
    assert await offer(pool, house, NINE - 2 * HOUR - 9 * MINUTE) == 0
    now = NINE - DAY + HOUR
    assert await offer(pool, house, now) == 1
    assert await pool.fetchval("SELECT expires_at FROM offer") == now + 10 * MINUTE


async def test_an_earlier_place_is_swapped_and_the_old_one_is_for_others(pool: Pool) -> None:
    house, (me, other) = await scene(pool, 2, NINE)
    (later,) = await opened(pool, NINE + DAY)
    made = await books(pool, house, me, later)
    want = waiting.WantPlace((OFFICE,), NOW.date(), ("morning",))
    async with pool.acquire() as conn:
        assert await waiting.join_sooner(conn, made, other, want, NOW) == "gone"
        assert await waiting.join_sooner(conn, made, me, want, NOW) == "joined"
        assert await waiting.join_sooner(conn, made, me, want, NOW) == "already"
    await joins(pool, house, other, "other", now=NOW + MINUTE)
    await frees(pool, NINE)
    assert await offer(pool, house) == 1
    (mine,) = await open_to(pool, me)
    assert await takes(pool, house, other, mine) == "gone"
    assert await takes(pool, house, me, mine) == "taken"
    assert await pool.fetchval("SELECT starts_at FROM appointment WHERE id = $1", made) == NINE
    assert await state(pool, me) == ("served", 0)
    assert await offer(pool, house) == 1, "the place left behind goes to who waits"
    await agrees(pool)


async def test_a_place_nobody_confirmed_goes_to_who_waits_before_its_random_while_is_over(pool: Pool) -> None:
    house, (slow, me) = await scene(pool, 2)
    (place,) = await opened(pool, NINE)
    async with pool.acquire() as conn:
        until = NOW + 15 * MINUTE
        assert await booking.hold(conn, [booking.WantHold(slow, place, NOW + 5 * HOUR)], NOW, until)
    await joins(pool, house, me)
    assert await offer(pool, house, NOW + 14 * MINUTE) == 0
    assert await offer(pool, house, NOW + 15 * MINUTE) == 1
    assert await pool.fetchval("SELECT count(*) FROM hold") == 0
    await agrees(pool)


async def test_a_place_nobody_waits_for_stays_the_slow_ones(pool: Pool) -> None:
    house, (slow, me) = await scene(pool, 2)
    first, second = await opened(pool, NINE, NINE + HOUR)
    async with pool.acquire() as conn:
        await booking.hold(conn, [booking.WantHold(slow, first, NOW + 5 * HOUR)], NOW, NOW + 15 * MINUTE)
        await conn.execute("UPDATE slot SET extra = 1 WHERE starts_at = $1", second.starts_at)
    await joins(pool, house, me, halves=("afternoon",))
    assert await offer(pool, house, NOW + HOUR) == 0
    assert await pool.fetchval("SELECT count(*) FROM hold") == 1


async def test_extra_places_are_for_who_waits_alone(pool: Pool) -> None:
    house, (me, hoper) = await scene(pool, 2, NINE)
    await pool.execute("UPDATE slot SET extra = 1")
    async with pool.acquire() as conn:
        want = [booking.WantHold(hoper, Place(OFFICE, NINE))]
        assert not await booking.hold(conn, want, NOW, NOW + HOUR)
    await joins(pool, house, me)
    assert await offer(pool, house) == 1
    (mine,) = await open_to(pool, me)
    assert await takes(pool, house, me, mine) == "taken"
    assert await pool.fetchval("SELECT booked FROM slot") == 2
    await agrees(pool)


async def test_many_places_are_offered_at_once_each_to_another(pool: Pool) -> None:
    house, everybody = await scene(pool, 12)
    async with pool.acquire() as conn:
        await open_at(conn, 2, *(NINE + 15 * MINUTE * n for n in range(4)))
    for n, contact in enumerate(everybody):
        await joins(pool, house, contact, f"p{n}", now=NOW - (20 - n) * MINUTE)
    assert await offer(pool, house) == 8
    rows = await pool.fetch("SELECT DISTINCT contact_id FROM offer ORDER BY 1")
    assert [r["contact_id"] for r in rows] == everybody[:8]
    await agrees(pool)


async def test_whoever_leaves_or_books_otherwise_gives_an_open_offer_back(pool: Pool) -> None:
    house, (me,) = await scene(pool, 1, NINE)
    await joins(pool, house, me)
    await frees(pool, NINE)
    assert await offer(pool, house) == 1
    async with pool.acquire() as conn:
        assert await waiting.leave(conn, await conn.fetchval("SELECT id FROM waiting"), me)
        assert await conn.fetchval("SELECT sealed FROM waiting") == b""
    assert await minute(pool, house, NOW + MINUTE) == (1, 0)
    assert await pool.fetchval("SELECT state FROM offer") == "withdrawn"
    await agrees(pool)


async def test_who_cancels_an_appointment_wants_none_earlier(pool: Pool) -> None:
    house, (me,) = await scene(pool, 1, NINE)
    (later,) = await opened(pool, NINE + DAY)
    made = await books(pool, house, me, later)
    want = waiting.WantPlace((OFFICE,), NOW.date(), ("morning",))
    async with pool.acquire() as conn:
        await waiting.join_sooner(conn, made, me, want, NOW)
    await gives_back(pool, me, made)
    await frees(pool, NINE)
    assert await minute(pool, house, NOW) == (0, 0)
    assert (await state(pool, me))[0] == "left"


async def test_who_has_an_appointment_by_another_way_waits_for_none(pool: Pool) -> None:
    house, (me,) = await scene(pool, 1, NINE)
    await joins(pool, house, me)
    (won,) = await opened(pool, NINE + DAY)
    await books(pool, house, me, won)
    await frees(pool, NINE)
    assert await minute(pool, house, NOW) == (0, 0)
    assert await state(pool, me) == ("served", 0)


async def test_a_position_counts_who_waits_for_the_same_offices(pool: Pool) -> None:
    house, everybody = await scene(pool, 5)
    for n, contact in enumerate(everybody[:3]):
        await joins(pool, house, contact, f"p{n}", now=NOW - (9 - n) * MINUTE)
    await joins(pool, house, everybody[3], "elsewhere", offices=(NEIGHBOUR,), now=NOW - DAY)
    await joins(pool, house, everybody[4], GLORIA.curp)
    async with pool.acquire() as conn:
        found = await waiting.of_contacts(conn, house.vault, everybody)
    assert [found[c][0].ahead for c in everybody] == [0, 1, 2, 0, 3]
    assert found[everybody[4]][0].applicant == GLORIA
