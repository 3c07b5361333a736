"""People are reminded once for each moment, in the right way, and only of what is still so."""

from datetime import date, datetime, timedelta

import msgspec
import pytest
from asyncpg import Pool
from tests.world import NINE, NOW, OFFICE, contacts, house_in, open_at

from ventanilla.acts import facts
from ventanilla.acts.asked import Answers
from ventanilla.acts.house import House
from ventanilla.acts.reminders import remind
from ventanilla.acts.window import open_call
from ventanilla.core.booking import Applicant, Place
from ventanilla.core.reminders import Answer
from ventanilla.db import appointments, booking
from ventanilla.db.connection import Conn
from ventanilla.talk.facts import AnswerReminder, Reminded
from ventanilla.words.compose import Message

pytestmark = pytest.mark.anyio
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WEEK_BEFORE, TWO_DAYS_BEFORE, DAY_BEFORE = NINE - 7 * DAY, NINE - 2 * DAY, NINE - DAY
MORNING = NINE - timedelta(minutes=90)
BOOKED = NINE - 20 * DAY
NAMES = ("Gloria", "Ana", "Luis", "Rosa")


async def appoint(
    conn: Conn, house: House, me: int, n: int, starts_at: datetime = NINE, booked: datetime = BOOKED
) -> int:
    """The appointment of one more person; its place must be open."""
    fields = {"validity": "10:full", "identification": "ine"}
    applicant = Applicant(f"CURP{n}", NAMES[n % 4], "Hernández", "García", False, fields)
    sealed = appointments.seal_applicant(house.vault, applicant)
    key = house.vault.key("curp", applicant.curp)
    want = booking.WantBooking(me, Place(OFFICE, starts_at), f"PA-AAA-{n:04}", "first", key, sealed, "es")
    (made,) = await booking.book(conn, [want], NOW)
    await conn.execute("UPDATE appointment SET made_at = $2 WHERE id = $1", made.id, booked)
    return made.id


async def one(pool: Pool, starts_at: datetime = NINE, booked: datetime = BOOKED) -> tuple[House, int, int]:
    """A person with one appointment."""
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 8, starts_at)
        (me,) = await contacts(conn, house, 1)
        return house, me, await appoint(conn, house, me, 0, starts_at, booked)


async def at(pool: Pool, house: House, *moments: datetime) -> list[int]:
    """How many are reminded at each of them."""
    async with pool.acquire() as conn:
        return [await remind(conn, house, moment) for moment in moments]


async def kinds(pool: Pool) -> list[str]:
    return [r["kind"] for r in await pool.fetch("SELECT kind FROM reminder ORDER BY made_at, appointment_id")]


async def bodies(pool: Pool, house: House) -> list[str]:
    """What is owed: texts, and templates by name."""
    rows = await pool.fetch("SELECT kind, sealed FROM outbox ORDER BY id")
    return [
        msgspec.json.decode(house.vault.open("outbox", r["sealed"]), type=Message).body
        if r["kind"] == "message"
        else open_call(house.vault, r["sealed"]).name
        for r in rows
    ]


async def say(pool: Pool, house: House, me: int, appointment: int, answer: Answer, now: datetime) -> bool:
    question = AnswerReminder(appointment, answer)
    async with pool.acquire() as conn, conn.transaction():
        return bool((await facts.load(conn, house, now, [(me, question)]))[(me, question)])


async def test_each_reminder_goes_out_once_at_its_moment(pool: Pool) -> None:
    house, _, _ = await one(pool)
    moments = (WEEK_BEFORE - HOUR, WEEK_BEFORE, TWO_DAYS_BEFORE, DAY_BEFORE, MORNING, NINE)
    assert await at(pool, house, *(m for m in moments for _ in range(2))) == [0, 0, *[1, 0] * 4, 0, 0]
    assert await kinds(pool) == ["days", "hours", "again", "morning"]


async def test_outside_the_window_it_is_a_template_whose_buttons_name_the_appointment(pool: Pool) -> None:
    house, _, made = await one(pool)
    await at(pool, house, TWO_DAYS_BEFORE, MORNING)
    first, morning = await pool.fetch("SELECT * FROM outbox ORDER BY id")
    assert (first["kind"], first["template"]) == ("template", None)
    call = open_call(house.vault, first["sealed"])
    assert call.name in ("recordatorio_cita", "recordatorio_cita_2")
    assert call.payloads == tuple(f"reminder:{a}:{made}" for a in ("going", "change", "cancel"))
    assert call.values["name"] == "Gloria"
    assert (call.values["day"], call.values["time"]) == ("martes 1 de diciembre de 2026", "09:00")
    assert open_call(house.vault, morning["sealed"]).name == "recordatorio_hoy"


async def test_inside_the_window_it_is_free_text_with_buttons_and_its_template_beside_it(pool: Pool) -> None:
    house, _, made = await one(pool)
    for moment in (TWO_DAYS_BEFORE, MORNING):
        await pool.execute("UPDATE contact SET wrote_at = $1", moment - HOUR)
        await at(pool, house, moment)
    first, morning = await pool.fetch("SELECT * FROM outbox ORDER BY id")
    message = msgspec.json.decode(house.vault.open("outbox", first["sealed"]), type=Message)
    assert message.body.startswith("🔔 Te recordamos la cita de *Gloria*")
    assert [b.id for b in message.buttons] == [f"reminder:{a}:{made}" for a in ("going", "change", "cancel")]
    assert [b.title for b in message.buttons] == ["Voy", "Cambiar", "Cancelar"]
    assert open_call(house.vault, first["template"]).name.startswith("recordatorio_cita")
    said = msgspec.json.decode(house.vault.open("outbox", morning["sealed"]), type=Message).body
    assert "*Hoy* es la cita" in said
    assert "https://www.google.com/maps/" in said
    assert "https://x.example/p/" in said


async def test_whoever_said_that_they_come_is_told_and_not_asked(pool: Pool) -> None:
    house, me, made = await one(pool)
    await at(pool, house, WEEK_BEFORE)
    assert await say(pool, house, me, made, "going", WEEK_BEFORE + HOUR)
    assert await at(pool, house, TWO_DAYS_BEFORE, DAY_BEFORE, MORNING) == [1, 0, 1]
    assert (await bodies(pool, house))[1:] == ["recordatorio_confirmado"] * 2
    rows = await pool.fetch("SELECT variant, answer FROM reminder ORDER BY made_at")
    assert [r["answer"] for r in rows] == ["going", None, None]
    assert [r["variant"] for r in rows[1:]] == ["going", "going"]


@pytest.mark.parametrize("answer", ["going", "change", "cancel"])
async def test_whoever_answered_is_not_asked_a_second_time(pool: Pool, answer: Answer) -> None:
    house, me, made = await one(pool)
    await at(pool, house, TWO_DAYS_BEFORE)
    await say(pool, house, me, made, answer, TWO_DAYS_BEFORE + HOUR)
    assert await at(pool, house, DAY_BEFORE) == [0]


@pytest.mark.parametrize(
    ("booked", "told"),
    [
        (WEEK_BEFORE - 2 * DAY, ["days", "hours", "again", "morning"]),
        # A week and an hour before: the confirmation is still above.
        (WEEK_BEFORE - HOUR, ["hours", "again", "morning"]),
        (TWO_DAYS_BEFORE - HOUR, ["morning"]),
        (DAY_BEFORE, ["morning"]),
        (MORNING - 2 * HOUR, []),
    ],
)
async def test_nobody_is_reminded_of_what_they_have_just_booked(
    pool: Pool, booked: datetime, told: list[str]
) -> None:
    house, _, _ = await one(pool, booked=booked)
    await at(pool, house, *(m for m in (WEEK_BEFORE, TWO_DAYS_BEFORE, DAY_BEFORE, MORNING) if m > booked))
    assert await kinds(pool) == told


async def test_after_a_stop_of_ours_two_reminders_do_not_come_together(pool: Pool) -> None:
    house, _, _ = await one(pool)
    late = DAY_BEFORE - HOUR
    assert await at(pool, house, late, DAY_BEFORE, late + 8 * HOUR) == [1, 0, 1]
    assert await kinds(pool) == ["hours", "again"]


async def test_at_night_nobody_is_reminded(pool: Pool) -> None:
    """A quarter past nine in the evening, as no office opens; due is what the end of the night allows."""
    evening = NINE + timedelta(hours=12, minutes=15)
    house, _, _ = await one(pool, starts_at=evening)
    due = evening - 7 * DAY
    assert await at(pool, house, due, due + 10 * HOUR, due + 11 * HOUR) == [0, 0, 1]


async def test_neither_cancelled_nor_past_nor_closed_appointments_are_reminded_of(pool: Pool) -> None:
    house, _, made = await one(pool)
    for status in ("cancelled", "past", "arrived", "no-show", "excused"):
        await pool.execute("UPDATE appointment SET status = $1", status)
        assert await at(pool, house, TWO_DAYS_BEFORE) == [0], status
    await pool.execute("UPDATE appointment SET status = 'live'")
    await pool.execute("INSERT INTO closure VALUES ($1, $2, 'pintura')", OFFICE, date(2026, 12, 1))
    assert await at(pool, house, TWO_DAYS_BEFORE) == [0]
    await pool.execute("DELETE FROM closure")
    assert await at(pool, house, TWO_DAYS_BEFORE) == [1]
    assert made


async def move(pool: Pool, made: int, starts_at: datetime, moved: datetime) -> None:
    async with pool.acquire() as conn:
        await open_at(conn, 1, starts_at)
        await conn.execute(
            """
            WITH kept AS (
                INSERT INTO given_up (slot_id, person_key, contact_id, at)
                SELECT slot_id, person_key, contact_id, $3 FROM appointment WHERE id = $1
            )
            UPDATE appointment a SET slot_id = s.id, starts_at = s.starts_at FROM slot s
            WHERE a.id = $1 AND s.starts_at = $2
            """,
            *(made, starts_at, moved),
        )


async def test_a_moved_appointment_is_reminded_of_anew_at_its_new_moments(pool: Pool) -> None:
    house, me, made = await one(pool)
    await at(pool, house, WEEK_BEFORE, TWO_DAYS_BEFORE)
    await say(pool, house, me, made, "going", TWO_DAYS_BEFORE)
    moved = TWO_DAYS_BEFORE + HOUR
    await move(pool, made, NINE + 7 * DAY, moved)
    assert await at(pool, house, DAY_BEFORE, WEEK_BEFORE + 7 * DAY) == [0, 1]
    assert (await bodies(pool, house))[-1] != "recordatorio_confirmado"
    assert await kinds(pool) == ["days", "hours", "days"]


async def test_moving_counts_like_booking(pool: Pool) -> None:
    house, _, made = await one(pool)
    await move(pool, made, NINE + 2 * DAY, NINE - HOUR)
    assert await at(pool, house, NINE) == [0], "two days before what was moved an hour ago"


async def test_what_was_not_sent_before_it_changed_is_not_sent_any_more(pool: Pool) -> None:
    house, _, _ = await one(pool)
    await at(pool, house, TWO_DAYS_BEFORE)
    assert await pool.fetchval("SELECT state FROM outbox") == "owed"
    await pool.execute("UPDATE appointment SET status = 'cancelled'")
    await at(pool, house, TWO_DAYS_BEFORE)
    assert await pool.fetchval("SELECT state FROM outbox") == "failed"


async def test_a_reminder_that_waits_for_its_template_is_not_sent_after_the_appointment(pool: Pool) -> None:
    house, _, _ = await one(pool)
    await at(pool, house, MORNING, NINE - timedelta(minutes=31))
    assert await pool.fetchval("SELECT state FROM outbox") == "owed"
    await at(pool, house, NINE - timedelta(minutes=30))
    assert await pool.fetchval("SELECT state FROM outbox") == "failed"


async def test_what_is_still_owed_at_night_waits_for_its_end_and_holds_nothing_back(pool: Pool) -> None:
    house, _, _ = await one(pool)
    evening, morning = DAY_BEFORE + timedelta(hours=12), DAY_BEFORE + timedelta(hours=23)
    await at(pool, house, TWO_DAYS_BEFORE)
    await pool.execute("UPDATE contact SET wrote_at = $1", evening - HOUR)
    assert await at(pool, house, evening - timedelta(minutes=5), evening) == [1, 0]
    first, second = await pool.fetch("SELECT kind, state, due_at, sealed, template FROM outbox ORDER BY id")
    assert first["state"] == "failed", "overtaken by the second try"
    assert (second["kind"], second["state"], second["due_at"]) == ("template", "owed", morning)
    assert open_call(house.vault, second["sealed"]).name.startswith("recordatorio_cita")
    assert second["template"] is None
    await at(pool, house, morning - timedelta(minutes=30))
    assert [r["state"] for r in await pool.fetch("SELECT state FROM outbox ORDER BY id")] == [
        *("failed", "failed", "owed"),
    ], "the morning of the day goes out at its own hour, and instead of what was late"
    await pool.execute("UPDATE outbox SET due_at = $1 WHERE state = 'owed'", morning - HOUR)
    await at(pool, house, morning - timedelta(minutes=29))
    assert await pool.fetchval("SELECT due_at FROM outbox WHERE state = 'owed'") == morning - HOUR


async def test_whoever_withdrew_their_acceptance_is_left_alone(pool: Pool) -> None:
    house, me, _ = await one(pool)
    consent = (
        "INSERT INTO consent (contact_id, accepted, notice_hash, wamid, at) VALUES ($1, $2, 'n', 'w', $3)"
    )
    for accepted in (True, False):
        await pool.execute(consent, me, accepted, NOW)
    assert await at(pool, house, TWO_DAYS_BEFORE) == [0]
    await pool.execute(consent, me, True, NOW)
    assert await at(pool, house, TWO_DAYS_BEFORE) == [1]


async def test_names_that_do_not_fit_go_out_shortened(pool: Pool) -> None:
    house, _, _ = await family(pool)
    long = Applicant("CURPL", "N" * 500, "Hernández", "García", False, {})
    async with pool.acquire() as conn, conn.transaction():
        await conn.execute("ALTER TABLE appointment DISABLE TRIGGER appointment_identity")
        sealed = appointments.seal_applicant(house.vault, long)
        await conn.execute("UPDATE appointment SET sealed = $1 WHERE family IS NOT NULL", sealed)
    await pool.execute("UPDATE contact SET wrote_at = $1", TWO_DAYS_BEFORE)
    assert await at(pool, house, TWO_DAYS_BEFORE) == [4]
    rows = await pool.fetch("SELECT kind FROM outbox ORDER BY id")
    assert sorted(r["kind"] for r in rows) == ["message", "template"]


async def family(pool: Pool) -> tuple[House, int, list[int]]:
    """Three who booked together, a quarter of an hour apart, and one of another family."""
    house = await house_in(pool)
    async with pool.acquire() as conn:
        starts = [NINE + timedelta(minutes=15 * n) for n in range(3)]
        await open_at(conn, 4, *starts)
        me, other = await contacts(conn, house, 2)
        made = [await appoint(conn, house, me, n, start) for n, start in enumerate(starts)]
        await conn.execute("UPDATE appointment SET family = $1", made[0])
        await appoint(conn, house, other, 3)
        return house, me, made


async def test_a_family_gets_one_message_and_one_answer_counts_for_all(pool: Pool) -> None:
    house, me, made = await family(pool)
    assert await at(pool, house, TWO_DAYS_BEFORE) == [4]
    rows = await pool.fetch("SELECT sealed FROM outbox ORDER BY id")
    calls = [open_call(house.vault, r["sealed"]) for r in rows]
    assert [c.values["name"] for c in calls] == ["Gloria, Ana y Luis", "Rosa"]
    assert calls[0].values["folio"] == "PA-AAA-0000 (+2)"
    assert len({c.name for c in calls} | {"recordatorio_cita", "recordatorio_cita_2"}) == 2
    assert await say(pool, house, me, made[0], "going", TWO_DAYS_BEFORE)
    assert await at(pool, house, DAY_BEFORE) == [1], "only the other one has not answered"


async def test_of_a_family_only_the_one_that_cannot_come_has_answered_so(pool: Pool) -> None:
    house, me, made = await family(pool)
    await at(pool, house, TWO_DAYS_BEFORE)
    await say(pool, house, me, made[1], "cancel", TWO_DAYS_BEFORE)
    answers = await pool.fetch("SELECT answer FROM reminder ORDER BY appointment_id")
    assert [r["answer"] for r in answers] == [None, "cancel", None, None]


async def test_one_of_a_family_who_comes_on_another_day_is_reminded_for_that_day(pool: Pool) -> None:
    house, _, made = await family(pool)
    await move(pool, made[2], NINE + 3 * DAY, BOOKED)
    assert await at(pool, house, TWO_DAYS_BEFORE, TWO_DAYS_BEFORE + 3 * DAY) == [3, 1]


async def test_nobody_answers_for_the_appointment_of_somebody_else(pool: Pool) -> None:
    house, me, made = await one(pool)
    await at(pool, house, TWO_DAYS_BEFORE)
    async with pool.acquire() as conn:
        _, stranger = await contacts(conn, house, 2)
    assert not await say(pool, house, stranger, made, "cancel", TWO_DAYS_BEFORE)
    assert await pool.fetchval("SELECT answer FROM reminder") is None
    await pool.execute("INSERT INTO access VALUES ($1, $2, $3)", stranger, made, NOW)
    assert await say(pool, house, stranger, made, "going", TWO_DAYS_BEFORE), "they proved that it is theirs"
    assert await say(pool, house, me, made, "change", TWO_DAYS_BEFORE), "the last word counts"
    assert await pool.fetchval("SELECT answer FROM reminder") == "change"


async def test_only_a_reminder_of_the_last_two_days_is_remembered(pool: Pool) -> None:
    house, me, made = await one(pool)
    await at(pool, house, WEEK_BEFORE)

    async def known(moment: datetime) -> Answers:
        async with pool.acquire() as conn:
            return await facts.load(conn, house, moment, [(me, Reminded())])

    assert await known(WEEK_BEFORE + HOUR) == {(me, Reminded()): (made,)}
    assert await known(WEEK_BEFORE + 49 * HOUR) == {(me, Reminded()): ()}
    await pool.execute("UPDATE appointment SET status = 'cancelled'")
    assert await known(WEEK_BEFORE + HOUR) == {(me, Reminded()): ()}


async def test_a_limit_leaves_the_rest_for_the_next_time(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 8, NINE)
        people = await contacts(conn, house, 5)
        for n, person in enumerate(people):
            await appoint(conn, house, person, n)
        assert [await remind(conn, house, TWO_DAYS_BEFORE, limit=2) for _ in range(4)] == [2, 2, 1, 0]


async def test_what_falls_due_together_goes_out_one_after_another(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 8, NINE)
        people = await contacts(conn, house, 4)
        for n, person in enumerate(people):
            await appoint(conn, house, person, n)
        await conn.execute("UPDATE contact SET wrote_at = $1 WHERE id = $2", TWO_DAYS_BEFORE, people[0])
        await remind(conn, house, TWO_DAYS_BEFORE)
        rows = await conn.fetch("SELECT kind, due_at - made_at AS after FROM outbox ORDER BY id")
    waits = {(r["kind"], round(r["after"].total_seconds() * 1000)) for r in rows}
    assert waits == {("message", 0), ("template", 50), ("template", 100), ("template", 150)}


async def test_two_zones_are_reminded_by_their_own_clocks(pool: Pool) -> None:
    house = await house_in(pool)
    tijuana = next(o for o in house.world.offices.values() if o.zone == "America/Tijuana")
    async with pool.acquire() as conn:
        await open_at(conn, 2, NINE, office=tijuana.id)
        (me,) = await contacts(conn, house, 1)
        place = Place(tijuana.id, NINE)
        made = await appoint_at(conn, house, me, place)
    assert await at(pool, house, TWO_DAYS_BEFORE, TWO_DAYS_BEFORE + HOUR) == [0, 1], "seven is night there"
    assert made


async def appoint_at(conn: Conn, house: House, me: int, place: Place) -> int:
    applicant = Applicant("CURP9", "Gloria", "Hernández", "García", False, {})
    sealed = appointments.seal_applicant(house.vault, applicant)
    want = booking.WantBooking(me, place, "PA-BBB-0001", "first", b"k", sealed, "en")
    (made,) = await booking.book(conn, [want], NOW)
    await conn.execute("UPDATE appointment SET made_at = $2 WHERE id = $1", made.id, BOOKED)
    return made.id
