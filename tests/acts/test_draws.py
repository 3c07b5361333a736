"""A draw from its announcement to the last place that nobody claimed."""

import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from asyncpg import Pool
from tests.lottery_people import (
    CLOSES,
    DAYS,
    DRAWN,
    FIRST,
    Scene,
    applicant,
    closed,
    counters,
    drawn,
    enters,
    file_of,
    passed_on,
    plan,
    scene,
    wish,
)
from tests.lottery_world import load_verifier
from tests.tools.test_verify_draw import run
from tests.world import NEIGHBOUR, NINE, NOW, open_at

from ventanilla.acts import draws as acts
from ventanilla.acts.draw_facts import claim, decline, enter, leave, my_entries
from ventanilla.acts.draws import CannotDraw
from ventanilla.acts.window import open_call
from ventanilla.core.booking import Place
from ventanilla.core.lottery import code_of
from ventanilla.db import booking, places
from ventanilla.db import offers as db_offers
from ventanilla.talk.draw_facts import (
    ClaimPlace,
    DeclinePlace,
    Entered,
    LeaveDraw,
    MyEntries,
    NotEntered,
)
from ventanilla.talk.facts import Booked, NotBooked
from ventanilla.words.compose import Message

pytestmark = pytest.mark.anyio
LATE = FIRST + timedelta(hours=4)
MORNING = DRAWN + timedelta(hours=25)
"""An hour after what nobody claimed, by day."""


async def offers(pool: Pool) -> list[tuple[int, int]]:
    rows = await pool.fetch("SELECT id, contact_id FROM offer WHERE state = 'open' ORDER BY id")
    return [(r["id"], r["contact_id"]) for r in rows]


async def claims(
    pool: Pool, at: Scene, contact: int, offer: int, now: datetime = DRAWN
) -> Booked | NotBooked:
    want = ClaimPlace(offer, "es")
    async with pool.acquire() as conn, conn.transaction():
        found: Booked | NotBooked = (await claim(conn, at.house, now, [(contact, want)]))[contact, want]
        return found


async def owed(pool: Pool, at: Scene) -> dict[int, str]:
    rows = await pool.fetch("SELECT contact_id, sealed FROM outbox ORDER BY id")
    found = {}
    for r in rows:
        message = msgspec.json.decode(at.house.vault.open("outbox", r["sealed"]), type=Message)
        found[r["contact_id"]] = message.body
    return found


async def test_what_publish_gives_is_accepted_at_each_stage_by_the_stand_alone_script(
    pool: Pool, tmp_path: Path
) -> None:
    at = await scene(pool, 9, places=2, moments=(FIRST, LATE, FIRST + timedelta(days=1)))
    halves = (("morning",), ("afternoon",), ("afternoon", "morning"))
    wants = [wish(at.draw_id, n, DAYS, halves[n % 3]) for n in range(9)]
    got = [await enters(pool, at, c, want) for c, want in zip(at.people, wants, strict=True)]
    codes = [entered.code for entered in got if isinstance(entered, Entered)]
    assert len(codes) == 9
    paths = []
    for stage, step in (("announced", None), ("closed", closed), ("drawn", None)):
        if step:
            assert await step(pool) == 1
        elif stage == "drawn":
            assert await drawn(pool, at) == 6
        found = await file_of(pool, at.draw_id)
        assert found["stage"] == stage
        paths.append(tmp_path / f"{stage}.json")
        paths[-1].write_text(json.dumps(found), "utf-8")
        before = [part for path in paths[:-1] for part in ("--before", str(path))]
        done = run(str(paths[-1]), *before)
        assert done.returncode == 0, done.stdout
    for code in codes:
        said = run(str(paths[-1]), "--receipt", code).stdout
        assert "ganó la cita" in said or "no alcanzó" in said
    won = {w["receipt"] for w in json.loads(paths[-1].read_text("utf-8"))["allocation"]}
    rows = await pool.fetch("SELECT receipt FROM draw_entry WHERE state = 'won'")
    assert {r["receipt"].hex() for r in rows} == won
    assert await counters(pool) == (0, 0, 0)


async def test_the_places_of_a_draw_leave_open_booking_and_touched_ones_stay(pool: Pool) -> None:
    at = await scene(pool, 2, moments=(FIRST, LATE))
    async with pool.acquire() as conn:
        assert await places.open_days(conn, ["09-04"], CLOSES, CLOSES, CLOSES + timedelta(days=30)) == {
            "09-04": {}
        }
        place, other = await open_at(conn, 1, FIRST + timedelta(minutes=15), NINE)
        wants = [booking.WantHold(at.people[0], place), booking.WantHold(at.people[1], Place("09-04", FIRST))]
        async with conn.transaction():
            held = await booking.hold(conn, wants, NOW, NOW + timedelta(minutes=15))
        assert held == {at.people[0]}
        with pytest.raises(CannotDraw, match="No place of those days"):
            await acts.announce(conn, at.house, plan(), NOW)
        with pytest.raises(CannotDraw, match="No place of those days"):
            await acts.announce(conn, at.house, plan(first_day=NINE.date(), closes_at=other.starts_at), NOW)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"office_id": "99-99"}, "no office '99-99'"),
        ({"procedure": "visa"}, "first, renewal, lost, or \\*"),
        ({"opens_at": CLOSES}, "close after it opens"),
        ({"opens_at": NOW - timedelta(days=2), "closes_at": NOW}, "over already"),
        ({"source": ""}, "in one line"),
        ({"source": "a\nb"}, "in one line"),
        ({"office_id": NEIGHBOUR}, "ventanilla places open"),
    ],
)
async def test_a_draw_that_cannot_be_is_refused_with_a_sentence(
    pool: Pool, changes: dict[str, object], sentence: str
) -> None:
    at = await scene(pool, 1)
    async with pool.acquire() as conn:
        with pytest.raises(CannotDraw, match=sentence):
            await acts.announce(conn, at.house, plan(**changes), NOW)
    assert await pool.fetchval("SELECT count(*) FROM draw") == 1


async def test_who_enters_again_from_the_same_phone_changes_what_they_want(pool: Pool) -> None:
    at = await scene(pool, 2, moments=(FIRST, FIRST + timedelta(days=1)))
    first = await enters(pool, at, at.people[0], wish(at.draw_id, 1))
    second = await enters(pool, at, at.people[0], wish(at.draw_id, 1, DAYS[1:], ("morning",)))
    assert isinstance(first, Entered)
    assert isinstance(second, Entered)
    assert first.code != second.code
    assert await enters(pool, at, at.people[1], wish(at.draw_id, 1)) == NotEntered("elsewhere")
    await closed(pool)
    (entry,) = (await file_of(pool, at.draw_id))["entries"]
    assert (entry["days"], entry["halves"]) == ([DAYS[1].isoformat()], ["morning"])
    assert code_of(bytes.fromhex(entry["receipt"])) == second.code


async def test_of_two_phones_that_enter_one_person_in_one_batch_the_first_does(pool: Pool) -> None:
    at = await scene(pool, 2)
    asked = [(c, wish(at.draw_id, 1)) for c in at.people]
    async with pool.acquire() as conn, conn.transaction():
        answers = await enter(conn, at.house, NOW, asked)
    assert [type(answers[a]) for a in asked] == [Entered, NotEntered]


async def test_entries_are_taken_only_inside_the_window_and_from_few_people_a_phone(pool: Pool) -> None:
    at = await scene(pool, 1, people_per_phone=2)
    (me,) = at.people
    assert await enters(pool, at, me, wish(at.draw_id, 1), CLOSES) == NotEntered("closed")
    assert await enters(pool, at, me, wish(at.draw_id, 1), NOW - timedelta(seconds=1)) == NotEntered("closed")
    assert isinstance(await enters(pool, at, me, wish(at.draw_id, 1)), Entered)
    assert isinstance(await enters(pool, at, me, wish(at.draw_id, 2)), Entered)
    assert await enters(pool, at, me, wish(at.draw_id, 3)) == NotEntered("too-many")
    assert isinstance(await enters(pool, at, me, wish(at.draw_id, 2)), Entered)


async def test_who_leaves_before_the_closing_is_not_in_the_list_and_later_nobody_leaves(pool: Pool) -> None:
    at = await scene(pool, 2)
    for n, contact in enumerate(at.people):
        await enters(pool, at, contact, wish(at.draw_id, n))
    first, second = [r["id"] for r in await pool.fetch("SELECT id FROM draw_entry ORDER BY id")]

    async def leaves(contact: int, entry: int, now: datetime) -> bool:
        async with pool.acquire() as conn, conn.transaction():
            want = LeaveDraw(entry)
            return bool((await leave(conn, at.house, now, [(contact, want)]))[contact, want])

    assert not await leaves(at.people[1], first, NOW)
    assert await leaves(at.people[0], first, NOW)
    await closed(pool)
    assert not await leaves(at.people[1], second, CLOSES)
    assert (await file_of(pool, at.draw_id))["count"] == 1


async def test_closing_and_drawing_are_done_once_each(pool: Pool) -> None:
    at = await scene(pool, 2)
    await enters(pool, at, at.people[0], wish(at.draw_id, 1))
    async with pool.acquire() as conn:
        assert await acts.close_due(conn, CLOSES - timedelta(seconds=1)) == 0
        with pytest.raises(CannotDraw, match="not closed yet"):
            await acts.draw_now(conn, at.house, at.draw_id, "1", NOW)
        assert await acts.close_due(conn, CLOSES) == 1
        assert await acts.close_due(conn, CLOSES) == 0
        for value in ("", " 1", "a\nb", "x" * 501):
            with pytest.raises(CannotDraw, match="in one line"):
                await acts.draw_now(conn, at.house, at.draw_id, value, DRAWN)
        assert await acts.draw_now(conn, at.house, at.draw_id, "1", DRAWN) == 1
        with pytest.raises(CannotDraw, match="never repeated"):
            await acts.draw_now(conn, at.house, at.draw_id, "2", DRAWN)
        with pytest.raises(CannotDraw, match="no draw 99"):
            await acts.draw_now(conn, at.house, 99, "2", DRAWN)
    assert len(await offers(pool)) == 1


async def test_everybody_is_told_and_the_winner_claims_with_one_tap(pool: Pool) -> None:
    at = await scene(pool, 3)
    for n, contact in enumerate(at.people):
        await enters(pool, at, contact, wish(at.draw_id, n))
    assert await drawn(pool, at) == 1
    ((offer, winner),) = await offers(pool)
    told = await owed(pool, at)
    assert set(told) == set(at.people)
    assert "tiene lugar en el sorteo" in told[winner]
    assert all("2 boletos" in told[c] for c in at.people if c != winner)
    calls = [
        open_call(at.house.vault, r["template"]) for r in await pool.fetch("SELECT template FROM outbox")
    ]
    assert Counter(c.name for c in calls) == {"sorteo_ganado": 1, "sorteo_sin_lugar": 2}
    assert f"draw:take:{offer}" in next(c for c in calls if c.name == "sorteo_ganado").payloads
    stranger = next(c for c in at.people if c != winner)
    assert await claims(pool, at, stranger, offer) == NotBooked("gone")
    made = await claims(pool, at, winner, offer)
    assert isinstance(made, Booked)
    assert made.appointment.applicant == applicant(at.people.index(winner))
    assert await claims(pool, at, winner, offer) == NotBooked("gone")
    assert await counters(pool) == (0, 0, 0)


async def test_a_winner_with_an_appointment_keeps_both_and_is_told(pool: Pool) -> None:
    at = await scene(pool, 1)
    (me,) = at.people
    await enters(pool, at, me, wish(at.draw_id, 1))
    await drawn(pool, at)
    key = at.house.vault.key("curp", applicant(1).curp)
    async with pool.acquire() as conn, conn.transaction():
        (place,) = await open_at(conn, 1, FIRST + timedelta(days=7))
        (made,) = await booking.book(
            conn, [booking.WantBooking(me, place, "F1", "first", key, b"", "es")], DRAWN
        )
    ((offer, _),) = await offers(pool)
    assert await claims(pool, at, me, offer) == NotBooked("already-live")
    assert await offers(pool) == [(offer, me)]
    await pool.execute("UPDATE appointment SET status = 'cancelled' WHERE id = $1", made.id)
    await pool.execute("UPDATE slot SET booked = 0")
    assert isinstance(await claims(pool, at, me, offer), Booked)
    assert await counters(pool) == (0, 0, 0)


async def test_what_is_declined_or_not_claimed_goes_to_the_next_in_the_order(pool: Pool) -> None:
    at = await scene(pool, 4)
    for n, contact in enumerate(at.people):
        await enters(pool, at, contact, wish(at.draw_id, n))
    await drawn(pool, at)
    order = [r["contact_id"] for r in await pool.fetch("SELECT contact_id FROM draw_entry ORDER BY position")]
    ((offer, winner),) = await offers(pool)
    assert winner == order[0]
    want = DeclinePlace(offer)
    async with pool.acquire() as conn, conn.transaction():
        assert (await decline(conn, at.house, DRAWN, [(winner, want)]))[winner, want]
    assert await passed_on(pool, at, DRAWN) == 1
    assert [c for _, c in await offers(pool)] == [order[1]]
    assert await passed_on(pool, at, DRAWN) == 0
    assert await passed_on(pool, at, MORNING) == 1
    ((last, third),) = await offers(pool)
    assert third == order[2]
    assert isinstance(await claims(pool, at, third, last, MORNING), Booked)
    assert "tiene lugar" in (await owed(pool, at))[third]
    assert await counters(pool) == (0, 0, 0)


async def test_at_night_nobody_is_woken_and_the_place_waits(pool: Pool) -> None:
    at = await scene(pool, 2)
    for n, contact in enumerate(at.people):
        await enters(pool, at, contact, wish(at.draw_id, n))
    await drawn(pool, at)
    night = (MORNING + timedelta(days=1)).replace(hour=9)
    assert await passed_on(pool, at, night) == 0
    assert await pool.fetchval("SELECT count(*) FROM slot WHERE opens_at = 'infinity'") == 1
    assert await passed_on(pool, at, night.replace(hour=15)) == 1


async def test_what_nobody_wants_is_public_again_at_a_moment_nobody_knows(pool: Pool) -> None:
    at = await scene(pool, 1, places=3)
    await enters(pool, at, at.people[0], wish(at.draw_id, 1))
    await drawn(pool, at)
    assert await passed_on(pool, at, DRAWN) == 0
    opens_at = await pool.fetchval("SELECT opens_at FROM slot")
    assert DRAWN + timedelta(minutes=30) <= opens_at <= DRAWN + timedelta(hours=25)
    assert await counters(pool) == (0, 0, 0)
    # The place of whoever lets it go now is withheld a while too.
    assert await passed_on(pool, at, MORNING) == 0
    assert await pool.fetchval("SELECT withheld FROM slot") == 1
    assert await counters(pool) == (0, 0, 0)


async def test_each_lost_draw_gives_one_ticket_more_up_to_four_and_a_won_one_none(pool: Pool) -> None:
    at = await scene(pool, 2)
    mine = at.house.vault.key("curp", applicant(1).curp)
    for n, tickets in enumerate((1, 2, 3, 4, 4)):
        start = FIRST + timedelta(days=7 * n)
        if n:
            async with pool.acquire() as conn:
                await open_at(conn, 1, start)
                days = {"first_day": start.date(), "last_day": start.date()}
                at = Scene(at.house, await acts.announce(conn, at.house, plan(**days), NOW), at.people)
        got = await enters(pool, at, at.people[0], wish(at.draw_id, 1, (start.date(),), ("afternoon",)))
        assert isinstance(got, Entered)
        assert got.weight == tickets
        assert await drawn(pool, at) == 0
    assert await pool.fetchval("SELECT weight FROM draw_weight WHERE person_key = $1", mine) == 4
    async with pool.acquire() as conn:
        await open_at(conn, 1, start + timedelta(days=1))
        day = {"first_day": start.date() + timedelta(days=1), "last_day": start.date() + timedelta(days=1)}
        at = Scene(at.house, await acts.announce(conn, at.house, plan(**day), NOW), at.people)
    await enters(pool, at, at.people[0], wish(at.draw_id, 1, (day["first_day"],)))
    assert await drawn(pool, at) == 1
    assert await pool.fetchval("SELECT weight FROM draw_weight WHERE person_key = $1", mine) == 1


async def test_whose_place_is_withdrawn_because_the_office_closes_is_the_next_for_another(pool: Pool) -> None:
    other = FIRST + timedelta(days=1)
    at = await scene(pool, 2, moments=(FIRST, other))
    keys = [at.house.vault.key("curp", applicant(n).curp) for n in range(2)]
    await pool.execute("INSERT INTO draw_weight SELECT unnest($1::bytea[]), 3", keys)
    for n, contact in enumerate(at.people):
        await enters(pool, at, contact, wish(at.draw_id, n, DAYS))
    await drawn(pool, at)
    first = await pool.fetchrow(
        "SELECT o.id, o.contact_id FROM offer o JOIN slot s ON s.id = o.slot_id WHERE s.starts_at = $1", FIRST
    )
    assert first is not None
    await pool.execute("INSERT INTO closure VALUES ('09-04', $1, 'obra')", DAYS[0])
    async with pool.acquire() as conn, conn.transaction():
        await db_offers.end(conn, [first["id"]], "withdrawn", DRAWN, [DRAWN])
    assert await passed_on(pool, at, DRAWN) == 0
    again = keys[at.people.index(first["contact_id"])]
    assert await pool.fetchval("SELECT weight FROM draw_weight WHERE person_key = $1", again) == 3
    ((second, winner),) = await offers(pool)
    want = DeclinePlace(second)
    async with pool.acquire() as conn, conn.transaction():
        assert (await decline(conn, at.house, DRAWN, [(winner, want)]))[winner, want]
    assert await passed_on(pool, at, DRAWN) == 1
    assert [c for _, c in await offers(pool)] == [first["contact_id"]]
    assert await counters(pool) == (0, 0, 0)


async def test_once_its_days_are_over_nobody_in_a_draw_can_be_told_from_it(pool: Pool) -> None:
    at = await scene(pool, 2)
    for n, contact in enumerate(at.people):
        await enters(pool, at, contact, wish(at.draw_id, n))
    await drawn(pool, at)
    over = datetime.combine(DAYS[1], datetime.min.time(), NOW.tzinfo) + timedelta(days=3)

    async def forgets(now: datetime) -> int:
        async with pool.acquire() as conn:
            return await acts.forget_entries(conn, now)

    assert await forgets(over - timedelta(seconds=1)) == 0
    assert await forgets(over) == 2
    assert await forgets(over) == 0
    assert await pool.fetchval("SELECT count(*) FROM draw_entry WHERE sealed <> ''") == 0
    async with pool.acquire() as conn:
        want = MyEntries()
        asked = [(c, want) for c in at.people]
        assert set((await my_entries(conn, at.house, over, asked)).values()) == {()}


async def test_a_day_on_which_the_office_closes_meanwhile_is_offered_to_nobody(pool: Pool) -> None:
    at = await scene(pool, 1)
    await enters(pool, at, at.people[0], wish(at.draw_id, 1))
    await pool.execute("INSERT INTO closure VALUES ('09-04', $1, 'obra')", DAYS[0])
    assert await drawn(pool, at) == 0
    assert "no alcanzó" in (await owed(pool, at))[at.people[0]]
    assert await passed_on(pool, at, DRAWN) == 0
    assert load_verifier().terms_of(await file_of(pool, at.draw_id))
