"""Who did not come: late, missed when the office has closed, never by our fault; and what follows."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from asyncpg import Pool
from tests.acts.test_desk import CLERK, GLORIA, MISTYPED, booked
from tests.acts.test_turn import ADULT, attend, owed, write
from tests.world import NINE, NOW, house_in, open_at

from ventanilla.acts import desk, noshows
from ventanilla.acts.desk import Shown
from ventanilla.acts.facts import load
from ventanilla.acts.house import House
from ventanilla.core.booking import Appointment
from ventanilla.db import appointments, booking
from ventanilla.db.connection import Conn
from ventanilla.db.noshows import Judged
from ventanilla.talk.facts import Book, Booked, Move, NotBooked, NotMoved
from ventanilla.talk.family_facts import BookFamily, NotTogether

pytestmark = pytest.mark.anyio
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLOSED = NINE + timedelta(minutes=15)
"""When the last place of the day, the one at nine, is over."""
OTHER = replace(GLORIA, curp="BOXW310820HNERXN09", given="Xun", surname1="Bravo", surname2="Ortiz")


async def statuses(conn: Conn) -> list[str]:
    return [r["status"] for r in await conn.fetch("SELECT status FROM appointment ORDER BY id")]


async def test_somebody_is_late_after_the_grace_time_and_not_before(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await booked(conn, house)
        await open_at(conn, 1, NINE + 5 * HOUR)
        grace = NINE + house.world.rules.grace
        await noshows.judge_absences(conn, house, grace)
        assert await conn.fetchval("SELECT late_at FROM appointment") is None
        after = grace + timedelta(seconds=1)
        for now in (after, after + HOUR):
            assert await noshows.judge_absences(conn, house, now) == Judged(0, 0)
        assert await conn.fetchval("SELECT late_at FROM appointment") == after
        assert await statuses(conn) == ["live"]


async def test_after_closing_those_who_did_not_come_have_missed_it_where_the_desk_was_in_use(
    pool: Pool,
) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await booked(conn, house)
        came = await booked(conn, house, OTHER, n=1)
        await desk.arrive(conn, house, NINE, Shown(came.folio), "Mesa 1")
        assert await noshows.judge_absences(conn, house, CLOSED - timedelta(seconds=1)) == Judged(0, 0)
        assert await noshows.judge_absences(conn, house, CLOSED) == Judged(1, 0)
        assert await noshows.judge_absences(conn, house, CLOSED) == Judged(0, 0)
        assert await statuses(conn) == ["no-show", "arrived"]


async def test_where_nobody_was_written_down_that_day_nobody_missed_anything(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await booked(conn, house)
        elsewhere = await booked(conn, house, OTHER, NINE - DAY, n=1)
        await desk.arrive(conn, house, NINE - DAY, Shown(elsewhere.folio), "Mesa 1")
        assert await noshows.judge_absences(conn, house, CLOSED) == Judged(0, 1)
        assert await statuses(conn) == ["past", "arrived"]


@pytest.mark.parametrize(
    "closing",
    [
        "INSERT INTO closure VALUES ('09-04', '2026-12-01', 'sin luz')",
        "UPDATE slot SET opens_at = 'infinity'",
    ],
)
async def test_a_closed_day_or_hour_never_counts_against_anybody(pool: Pool, closing: str) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await booked(conn, house)
        came = await booked(conn, house, OTHER, n=1)
        await desk.arrive(conn, house, NINE, Shown(came.folio), "Mesa 1")
        await conn.execute(closing)
        assert await noshows.judge_absences(conn, house, CLOSED) == Judged(0, 1)
        assert await statuses(conn) == ["past", "arrived"]


async def test_what_nobody_judged_in_three_days_is_past(pool: Pool) -> None:
    """The program stood still: nobody pays for it."""
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await booked(conn, house)
        came = await booked(conn, house, OTHER, n=1)
        await desk.arrive(conn, house, NINE, Shown(came.folio), "Mesa 1")
        assert await noshows.judge_absences(conn, house, CLOSED + 3 * DAY) == Judged(0, 1)


async def test_who_books_again_while_late_has_missed_the_first_all_the_same(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house)
        came = await booked(conn, house, OTHER, n=1)
        await desk.arrive(conn, house, NINE, Shown(came.folio), "Mesa 1")
        late = NINE + timedelta(minutes=20)
        (place,) = await open_at(conn, 1, NINE + DAY)
        key = house.vault.key("curp", GLORIA.curp)
        want = booking.WantBooking(made.contact_id, place, "PA-AGA-IN22", "first", key, b"", "es")
        async with conn.transaction():
            (again,) = await booking.book(conn, [want], late)
        assert again.id
        assert await statuses(conn) == ["past", "arrived", "live"]
        await noshows.judge_absences(conn, house, late)
        assert await statuses(conn) == ["no-show", "arrived", "live"]


async def test_who_cancelled_late_or_in_time_never_counts(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house)
        came = await booked(conn, house, OTHER, n=1)
        at = NINE - timedelta(minutes=1)
        async with conn.transaction():
            assert await booking.cancel(conn, made.id, made.contact_id, booking.GiveBack(at, at, at))
        await desk.arrive(conn, house, NINE, Shown(came.folio), "Mesa 1")
        assert await noshows.judge_absences(conn, house, CLOSED) == Judged(0, 0)


async def test_who_comes_after_all_that_day_has_come(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house)
        await conn.execute("UPDATE appointment SET status = 'no-show'")
        found = await desk.arrive(conn, house, NINE + HOUR, Shown(made.folio), "Mesa 1")
        assert isinstance(found, desk.Arrived)
        assert found.late
        assert await statuses(conn) == ["arrived"]


async def absent(conn: Conn, house: House, *days_ago: int) -> list[Appointment]:
    """Gloria did not come on these days before NOW."""
    made = []
    for days in days_ago:
        (place,) = await open_at(conn, 5, NOW - days * DAY)
        key, sealed = house.vault.key("curp", GLORIA.curp), appointments.seal_applicant(house.vault, GLORIA)
        contact = await conn.fetchval("INSERT INTO contact DEFAULT VALUES RETURNING id")
        folio = f"PA-MIS-{days:04}"
        await conn.execute(
            """
            INSERT INTO appointment (folio, contact_id, slot_id, office_id, starts_at, procedure, person_key,
                sealed, language, made_at, status)
            SELECT $1, $2, id, office_id, starts_at, 'first', $3, $4, 'es', starts_at, 'no-show'
            FROM slot WHERE starts_at = $5
            """,
            folio,
            contact,
            key,
            sealed,
            place.starts_at,
        )
        found = await conn.fetchval("SELECT id FROM appointment WHERE folio = $1", folio)
        one = await appointments.by_id(conn, house.vault, found)
        assert one is not None
        made.append(one)
    return made


async def books(conn: Conn, house: House, at: datetime, curp: str = GLORIA.curp) -> Booked | NotBooked:
    (place,) = await open_at(conn, 5, at)
    (contact,) = [await conn.fetchval("INSERT INTO contact DEFAULT VALUES RETURNING id")]
    question = Book(place, "first", replace(GLORIA, curp=curp), "es")
    answers = await load(conn, house, NOW, [(contact, question)])
    outcome: Booked | NotBooked = answers[(contact, question)]
    return outcome


async def test_after_two_missed_ones_only_near_places_are_booked_whatever_the_talk_shows(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await absent(conn, house, 70)
        assert isinstance(await books(conn, house, NINE), Booked), "one has no consequence"
        await conn.execute("UPDATE appointment SET status = 'cancelled' WHERE status = 'live'")
        await absent(conn, house, 20)
        assert await books(conn, house, NINE + DAY) == NotBooked("no-shows")
        assert isinstance(await books(conn, house, NINE + DAY, MISTYPED.curp), Booked), "another person"
        assert isinstance(await books(conn, house, NOW + 3 * DAY), Booked)


async def test_of_several_together_whoever_missed_two_decides_and_nobody_is_booked(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await absent(conn, house, 70, 20)
        contact = await conn.fetchval("INSERT INTO contact DEFAULT VALUES RETURNING id")
        far, near = await open_at(conn, 5, NINE, NOW + 3 * DAY)
        for place, outcome in ((far, NotTogether("no-shows", 1)), (near, None)):
            books = tuple(Book(place, "first", who, "es") for who in (OTHER, GLORIA))
            question = BookFamily(books)
            found = (await load(conn, house, NOW, [(contact, question)]))[(contact, question)]
            assert found == outcome or (outcome is None and len(found) == 2)


async def test_a_near_place_is_not_taken_first_and_moved_away_then(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await absent(conn, house, 70, 20)
        made = await booked(conn, house, GLORIA, NOW + 2 * DAY)
        far, near = await open_at(conn, 5, NINE, NOW + 3 * DAY)
        key = (made.contact_id, Move(made.id, far))
        assert (await load(conn, house, NOW, [key]))[key] == NotMoved("no-shows")
        key = (made.contact_id, Move(made.id, near))
        assert isinstance((await load(conn, house, NOW, [key]))[key], Booked)


async def test_an_excused_absence_does_not_count(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made, _ = await absent(conn, house, 70, 20)
        assert await books(conn, house, NINE) == NotBooked("no-shows")
        await desk.excuse(conn, house, NOW, made.folio, CLERK)
        assert isinstance(await books(conn, house, NINE + DAY), Booked)


async def test_whoever_missed_two_is_told_why_until_when_and_what_helps_and_sees_near_days(
    pool: Pool,
) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await absent(conn, house, 70, 20)
        await open_at(conn, 1, NINE, NOW + 2 * DAY)
    await write(pool, house, *ADULT[:-2])
    while await attend(pool, house):
        pass
    said = await owed(pool, house)
    (told,) = [text for text in said if "nadie llegó" in text]
    for part in ("2 citas", "15 de marzo de 2027", "7 días", "lista de espera", "en la oficina"):
        assert part in told
    await write(pool, house, "1 de diciembre", tag="far")
    await attend(pool, house)
    assert "nadie llegó" in (await owed(pool, house))[-1]
    await write(pool, house, "el mas pronto", "10:00", "@confirm:yes", tag="near")
    while await attend(pool, house):
        pass
    async with pool.acquire() as conn:
        live = await conn.fetchval("SELECT starts_at FROM appointment WHERE status = 'live'")
    assert live == NOW + 2 * DAY
