"""An office closes: who is told what, and which places are held for them."""

from collections import Counter
from datetime import timedelta

import pytest
from asyncpg import Connection, Pool
from tests.closing import A_DAY, DAY, QUARTER, agrees, book, booked, closed, told
from tests.world import NEIGHBOUR, NINE, NOW, OFFICE, contacts, house_in, house_on, open_at

from ventanilla.acts import facts, my_facts
from ventanilla.acts.closure_preview import preview
from ventanilla.acts.closures import settle
from ventanilla.acts.reopening import reopen
from ventanilla.acts.window import open_call
from ventanilla.core.booking import Place
from ventanilla.db import booking, closure_reports, closures, moving, offers, places
from ventanilla.db.connection import Conn
from ventanilla.talk.facts import Booked, Cancel, ClosureOf, TakeInstead

pytestmark = pytest.mark.anyio
TODAY = (OFFICE, DAY)
EVERYTHING = (NOW, NOW + timedelta(days=30))


async def offered(conn: Conn) -> Counter[int]:
    """How many places are held for each appointment."""
    rows = await conn.fetch("SELECT appointment_id FROM offer WHERE state = 'open'")
    return Counter(r["appointment_id"] for r in rows)


async def test_everybody_gets_one_place_before_anybody_gets_three(pool: Pool) -> None:
    """100 people and 130 places: three offers each would be 300."""
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house, 100)
        await open_at(conn, 10, *(NINE + QUARTER * n for n in range(13)), office=NEIGHBOUR)
        done = await closed(conn, house, TODAY)
        assert (done.days, done.affected, done.told) == (1, 100, 100)
        assert Counter((await offered(conn)).values()) == {1: 70, 2: 30}
        assert sorted(i for i, n in (await offered(conn)).items() if n == 2) == made[:30]
        await agrees(conn)


async def test_of_too_few_places_the_soonest_have_one_and_the_others_are_told_so(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house, 100)
        await open_at(conn, 3, *(NINE + QUARTER * n for n in range(10)), office=NEIGHBOUR)
        await closed(conn, house, TODAY)
        assert dict(await offered(conn)) == dict.fromkeys(made[:30], 1)
        messages = await told(conn, house)
        assert sum("Te apartamos este lugar" in m for m in messages) == 30
        assert sum("Por ahora no hay otro lugar libre cerca" in m for m in messages) == 70
        await agrees(conn)


async def test_closing_again_or_more_tells_nobody_twice(conn: Connection) -> None:
    house = await house_on(conn)
    await booked(conn, house, 3)
    await open_at(conn, 1, *(NINE + A_DAY + QUARTER * n for n in range(9)))
    assert (await closed(conn, house, TODAY)).told == 3
    again = await closed(conn, house, TODAY)
    assert (again.days, again.affected, again.told) == (0, 0, 0)
    more = await closed(conn, house, TODAY, (OFFICE, DAY + 7 * A_DAY))
    assert (more.days, more.told) == (1, 0)
    assert len(await told(conn, house)) == 3


async def test_a_closed_day_is_not_seen_held_booked_moved_to_or_opened_again(conn: Connection) -> None:
    house = await house_on(conn)
    await booked(conn, house, 1)
    (free,) = await open_at(conn, 2, NINE + QUARTER)
    (elsewhere,) = await open_at(conn, 5, NINE + A_DAY)
    stranger = (await contacts(conn, house, 2))[1]
    assert await booking.hold(conn, [booking.WantHold(stranger, free)], NOW, NOW + QUARTER)
    other = await book(conn, house, stranger, elsewhere, n=2)
    assert await booking.hold(conn, [booking.WantHold(stranger, free)], NOW, NOW + QUARTER)
    await closed(conn, house, TODAY)
    assert await conn.fetchval("SELECT count(*) FROM hold") == 0
    assert list((await places.open_days(conn, [OFFICE], NOW, *EVERYTHING))[OFFICE]) == [DAY + A_DAY]
    assert not await booking.hold(conn, [booking.WantHold(stranger, free)], NOW, NOW + QUARTER)
    how = booking.GiveBack(NOW, NOW, NOW + QUARTER)
    assert await moving.move(conn, moving.WantMove(stranger, other, free, 9), how) == "taken"
    assert not await offers.put(conn, [await want(conn, stranger, other, free)], NOW)
    slot = places.NewSlot(OFFICE, NINE + QUARTER * 2, DAY, 1, NOW)
    assert await places.open_places(conn, [slot]) == 0
    await agrees(conn)


async def want(conn: Conn, contact: int, made: int, place: Place) -> offers.WantOffer:
    slot = await conn.fetchval(
        "SELECT id FROM slot WHERE office_id = $1 AND starts_at = $2", place.office_id, place.starts_at
    )
    return offers.WantOffer("closure", contact, slot, NOW + A_DAY, appointment_id=made)


async def test_taking_one_is_a_swap_that_costs_no_move_and_lets_the_others_go(conn: Connection) -> None:
    house = await house_on(conn)
    (made,) = await booked(conn, house, 1)
    await open_at(conn, 1, *(NINE + QUARTER * n for n in range(3)), office=NEIGHBOUR)
    await closed(conn, house, TODAY)
    (me,) = await contacts(conn, house, 1)
    asked = [(me, ClosureOf(made))]
    told_of = (await facts.load(conn, house, NOW, asked))[asked[0]]
    assert told_of is not None
    assert (told_of.reason, len(told_of.instead), told_of.ended) == ("reparación", 3, False)
    assert (await facts.load(conn, house, NOW, [(me + 999, ClosureOf(made))])).popitem()[1] is None
    take = (me, TakeInstead(told_of.instead[1].offer_id))
    booked_now = (await facts.load(conn, house, NOW, [take]))[take]
    assert isinstance(booked_now, Booked)
    assert booked_now.appointment.place == told_of.instead[1].place
    assert booked_now.appointment.moves == 0
    assert await conn.fetchval("SELECT count(*) FROM given_up") == 0
    states = await conn.fetch("SELECT state FROM offer ORDER BY id")
    assert sorted(r["state"] for r in states) == ["taken", "withdrawn", "withdrawn"]
    assert (await facts.load(conn, house, NOW, asked))[asked[0]] is None
    again = (me, TakeInstead(told_of.instead[0].offer_id))
    assert (await facts.load(conn, house, NOW, [again]))[again] is None
    await agrees(conn)


async def test_it_is_never_too_late_to_leave_a_closed_office(conn: Connection) -> None:
    house = await house_on(conn)
    first, second = await booked(conn, house, 2)
    (elsewhere,) = await open_at(conn, 1, NINE + A_DAY)
    await closed(conn, house, TODAY)
    await conn.execute("UPDATE offer SET state = 'expired', ended_at = made_at")
    await conn.execute("UPDATE slot SET held = 0")
    late = NINE - QUARTER
    me, other = await contacts(conn, house, 2)
    how = await my_facts.giving_back(conn, house, late, first)
    assert how is not None
    assert await moving.move(conn, moving.WantMove(me, first, elsewhere, 0), how) == "moved"
    assert await conn.fetchval("SELECT moves FROM appointment WHERE id = $1", first) == 0
    cancel = (other, Cancel(second))
    assert (await facts.load(conn, house, late, [cancel]))[cancel] is True
    await agrees(conn)


async def test_what_is_not_taken_in_time_goes_back_and_its_person_is_told_once(conn: Connection) -> None:
    house = await house_on(conn)
    (made,) = await booked(conn, house, 1)
    await open_at(conn, 1, *(NINE + QUARTER * n for n in range(3)), office=NEIGHBOUR)
    await closed(conn, house, TODAY)
    night = NOW + A_DAY + timedelta(hours=14)
    await settle(conn, house, night)
    assert await offered(conn) == {}
    assert len(await told(conn, house)) == 1
    for hours in (8, 9, 10):
        await settle(conn, house, night + timedelta(hours=hours))
    messages = await told(conn, house)
    assert len(messages) == 2
    assert messages[1].startswith("Ya terminó el tiempo de los lugares que te apartamos")
    (me,) = await contacts(conn, house, 1)
    closure = (await facts.load(conn, house, night, [(me, ClosureOf(made))])).popitem()[1]
    assert closure.ended
    await agrees(conn)


async def test_whoever_got_nothing_has_the_first_place_that_comes_free(conn: Connection) -> None:
    house = await house_on(conn)
    await booked(conn, house, 2)
    await closed(conn, house, TODAY)
    await settle(conn, house, NOW)
    assert len(await told(conn, house)) == 2
    (late,) = await open_at(conn, 1, NINE + A_DAY)
    await conn.execute("UPDATE slot SET withheld = 1 WHERE starts_at = $1", late.starts_at)
    await conn.execute(
        "INSERT INTO release (slot_id, made_at, due_at) SELECT id, $1, $2 FROM slot WHERE starts_at = $3",
        NOW,
        NOW + A_DAY,
        late.starts_at,
    )
    await settle(conn, house, NOW)
    await settle(conn, house, NOW)
    messages = await told(conn, house)
    assert len(messages) == 3
    assert "Te apartamos este lugar" in messages[2]
    await agrees(conn)


async def test_whose_alternatives_close_too_gets_others(conn: Connection) -> None:
    house = await house_on(conn)
    (made,) = await booked(conn, house, 1)
    await open_at(conn, 1, NINE, NINE + QUARTER, office=NEIGHBOUR)
    await closed(conn, house, TODAY)
    await open_at(conn, 1, NINE + A_DAY)
    assert (await closed(conn, house, (NEIGHBOUR, DAY))).told == 1
    assert await offered(conn) == {made: 1}
    assert len(await told(conn, house)) == 2
    await agrees(conn)


async def test_a_family_is_offered_places_together(conn: Connection) -> None:
    house = await house_on(conn)
    made = await booked(conn, house, 2)
    await conn.execute("UPDATE appointment SET family = $1", made[0])
    await open_at(conn, 1, NINE, office=NEIGHBOUR)
    await open_at(conn, 1, NINE + A_DAY, NINE + A_DAY + QUARTER, office=NEIGHBOUR)
    await closed(conn, house, TODAY)
    first = await conn.fetch(
        """
        SELECT DISTINCT ON (appointment_id) s.day FROM offer o JOIN slot s ON s.id = o.slot_id
        ORDER BY appointment_id, o.id
        """
    )
    assert [r["day"] for r in first] == [DAY + A_DAY] * 2


async def test_outside_the_24_hours_a_template_says_the_same(conn: Connection) -> None:
    house = await house_on(conn)
    (made,) = await booked(conn, house, 1)
    await closed(conn, house, TODAY)
    call = open_call(house.vault, await conn.fetchval("SELECT template FROM outbox"))
    assert call.name == "cierre_oficina"
    assert call.payloads == (f"closure:change:{made}", f"closure:cancel:{made}")
    assert call.values["name"] == "Gloria"


async def test_who_waited_for_a_place_there_is_told_and_keeps_the_turn(conn: Connection) -> None:
    house = await house_on(conn)
    (me,) = await contacts(conn, house, 1)
    (place,) = await open_at(conn, 1, NINE)
    waiting = await conn.fetchval(
        """
        INSERT INTO waiting (contact_id, person_key, procedure, sealed, language, offices, earliest, halves,
            made_at)
        VALUES ($1, 'x', 'first', 'x', 'en', $2, $3, '{morning}', $4) RETURNING id
        """,
        me,
        [OFFICE],
        DAY,
        NOW,
    )
    slot = await conn.fetchval("SELECT id FROM slot WHERE starts_at = $1", place.starts_at)
    await offers.put(conn, [offers.WantOffer("waiting", me, slot, NINE, waiting_id=waiting)], NOW)
    await closed(conn, house, TODAY)
    (message,) = await told(conn, house)
    assert "You are still on the waiting list" in message
    assert await conn.fetchval("SELECT state FROM waiting") == "waiting"
    assert await conn.fetchval("SELECT state FROM offer") == "withdrawn"
    await agrees(conn)


async def test_a_day_that_opens_after_all_keeps_who_has_not_answered(conn: Connection) -> None:
    house = await house_on(conn)
    _, goes = await booked(conn, house, 2)
    await open_at(conn, 1, NINE + QUARTER)
    await open_at(conn, 1, *(NINE + QUARTER * n for n in range(6)), office=NEIGHBOUR)
    await closed(conn, house, TODAY)
    _, other = await contacts(conn, house, 2)
    one = await conn.fetchval("SELECT id FROM offer WHERE appointment_id = $1 LIMIT 1", goes)
    await facts.load(conn, house, NOW, [(other, TakeInstead(one))])
    done = await reopen(conn, house, NOW, [OFFICE], DAY, DAY + 30 * A_DAY)
    assert (done.days, done.kept) == (1, 1)
    assert [m[:24] for m in await told(conn, house)][2:] == ["Buena noticia: la *Ofici"]
    assert await offered(conn) == {}
    rows = await conn.fetch("SELECT opens_at FROM slot WHERE office_id = $1", OFFICE)
    assert all(NOW < r["opens_at"] < NINE for r in rows)
    assert len({r["opens_at"] for r in rows}) == 2
    assert await places.closures(conn) == frozenset()
    assert (await reopen(conn, house, NOW, [OFFICE], DAY, DAY)).days == 0
    assert (await closed(conn, house, TODAY)).told == 1
    await agrees(conn)


async def test_the_preview_says_what_closing_then_does(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await booked(conn, house, 20)
        await open_at(conn, 1, *(NINE + QUARTER * n for n in range(12)), office=NEIGHBOUR)
        await open_at(conn, 1, *(NINE + A_DAY * 9 + QUARTER * n for n in range(14)))
        seen = await preview(conn, house, NOW, [TODAY])
        assert (seen.affected, seen.within_week, seen.within_month) == (20, 12, 20)
        assert (seen.share.held, seen.share.free, seen.share.percent) == (26, 26, 100)
        (touched,) = seen.touched
        assert (touched.places, touched.appointments, touched.holds, touched.closed) == (20, 20, 0, False)
        assert await conn.fetchval("SELECT count(*) FROM closure") == 0
        assert await conn.fetchval("SELECT count(*) FROM offer") == 0
        await closed(conn, house, TODAY)
        assert (await offered(conn)).total() == seen.share.held
        assert (await preview(conn, house, NOW, [TODAY])).affected == 0


async def test_a_closure_that_was_cut_short_is_finished_by_the_workers(conn: Connection) -> None:
    house = await house_on(conn)
    await booked(conn, house, 2)
    await open_at(conn, 2, *(NINE + QUARTER * n for n in range(3)), office=NEIGHBOUR)
    await closures.close(conn, [TODAY], "reparación", "Gloria", NOW)
    assert await told(conn, house) == []
    await settle(conn, house, NOW)
    assert len(await told(conn, house)) == 2
    assert (await offered(conn)).total() == 6
    await agrees(conn)


async def test_what_is_held_can_be_taken_after_the_closed_day_is_over(conn: Connection) -> None:
    house = await house_on(conn)
    (made,) = await booked(conn, house, 1)
    await open_at(conn, 3, NINE + 2 * A_DAY)
    early, evening = NINE - QUARTER, NINE + timedelta(hours=9)
    await closed(conn, house, TODAY, now=early)
    await conn.execute("UPDATE appointment SET status = 'past'")
    (me,) = await contacts(conn, house, 1)
    (waits,) = await closure_reports.unanswered(conn, DAY, None)
    assert (waits.folio, waits.message) == (f"PA-{me:07}", "waiting")
    offer = await conn.fetchval("SELECT id FROM offer")
    (booked_now,) = (await facts.load(conn, house, evening, [(me, TakeInstead(offer))])).values()
    assert booked_now.appointment.status == "live"
    assert booked_now.appointment.id == made
    assert await closure_reports.unanswered(conn, DAY, None) == ()
    (counts,) = await closure_reports.answers(conn, DAY, [OFFICE])
    assert (counts.affected, counts.took, counts.chose, counts.unanswered) == (1, 1, 0, 0)
    await agrees(conn)


async def test_a_held_place_is_not_given_to_another_phone(conn: Connection) -> None:
    house = await house_on(conn)
    await booked(conn, house, 1)
    await open_at(conn, 1, NINE + A_DAY)
    await closed(conn, house, TODAY)
    _, stranger = await contacts(conn, house, 2)
    offer = await conn.fetchval("SELECT id FROM offer")
    taken = (stranger, TakeInstead(offer))
    assert (await facts.load(conn, house, NOW, [taken]))[taken] is None
