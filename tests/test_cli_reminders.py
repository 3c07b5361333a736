"""What staff are shown of reminders: each step apart, the two wordings compared, and who may not come."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asyncpg import Pool
from tests.acts.test_reminders import BOOKED, appoint
from tests.test_cli import ventanilla
from tests.world import NINE, contacts, house_in, open_at

from ventanilla.acts.reminders import remind
from ventanilla.core.reminders import Answer
from ventanilla.db import reminder_figures as figures
from ventanilla.db import reminders

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
PEOPLE = 40


async def scene(pool: Pool, starts_at: datetime) -> list[int]:
    """Forty people who were asked two days before. Gives their appointments."""
    house = await house_in(pool)
    booked = starts_at - timedelta(days=20)
    async with pool.acquire() as conn:
        await open_at(conn, PEOPLE, starts_at)
        people = await contacts(conn, house, PEOPLE)
        made = [await appoint(conn, house, me, n, starts_at, booked) for n, me in enumerate(people)]
        assert await remind(conn, house, starts_at - timedelta(days=2)) == PEOPLE
    return made


async def answered(pool: Pool, made: list[int], answer: Answer, at: datetime) -> None:
    async with pool.acquire() as conn:
        rows = await conn.fetch("SELECT id, contact_id FROM appointment WHERE id = ANY($1::bigint[])", made)
        said = [reminders.Answered(r["contact_id"], r["id"], answer) for r in rows]
        assert len(await reminders.answer(conn, said, at)) == len(made)


async def test_sent_delivered_read_answered_and_who_came_are_counted_apart(pool: Pool) -> None:
    made = await scene(pool, NINE)
    await pool.execute("UPDATE outbox SET state = 'sent', delivered_at = now() WHERE id % 4 <> 0")
    await pool.execute("UPDATE outbox SET read_at = now(), delivered_at = NULL WHERE id % 8 = 1")
    await answered(pool, made[:10], "going", NINE)
    await answered(pool, made[10:14], "cancel", NINE)
    await answered(pool, made[14:15], "change", NINE)
    await pool.execute("UPDATE appointment SET status = 'arrived' WHERE id = ANY($1::bigint[])", made[:12])
    await pool.execute("UPDATE appointment SET status = 'no-show' WHERE id = ANY($1::bigint[])", made[12:20])
    async with pool.acquire() as conn:
        found = await figures.figures(conn, BOOKED)
        compared = await figures.outcomes(conn, BOOKED)
        assert await figures.figures(conn, NINE) == ()
    assert [(f.kind, f.variant) for f in found] == [("hours", "cost"), ("hours", "plain")]
    assert all(8 <= f.due <= 32 for f in found), "about half get each wording"
    for name, total in (
        *(("due", 40), ("sent", 30), ("templates", 30), ("delivered", 30), ("read", 5)),
        *(("going", 10), ("change", 1), ("cancel", 4), ("came", 12), ("missed", 8)),
    ):
        assert sum(getattr(f, name) for f in found) == total, name
    assert sum(o.asked for o in compared) == 40
    assert (sum(o.came for o in compared), sum(o.missed for o in compared)) == (12, 8)


async def test_each_appointment_is_compared_once_and_by_what_was_said_first(pool: Pool) -> None:
    await scene(pool, NINE)
    await pool.execute(
        "INSERT INTO reminder SELECT appointment_id, 'again', starts_at, 'plain', outbox_id, "
        "made_at + interval '1 day' FROM reminder"
    )
    await pool.execute("UPDATE appointment SET status = 'cancelled' WHERE id % 10 = 0")
    async with pool.acquire() as conn:
        compared = {o.variant: o for o in await figures.outcomes(conn, BOOKED)}
    first = await pool.fetchval("SELECT count(*) FROM reminder WHERE kind = 'hours' AND variant = 'plain'")
    assert (compared["plain"].asked, compared["cost"].asked) == (first, PEOPLE - first)
    assert compared["plain"].given_back + compared["cost"].given_back == 4


async def test_who_has_not_said_that_they_come_is_at_risk(pool: Pool) -> None:
    made = await scene(pool, NINE)
    before = NINE - timedelta(days=1)
    await answered(pool, made[:30], "going", before)
    await answered(pool, made[30:33], "change", before)
    async with pool.acquire() as conn:
        (risk,) = await figures.at_risk(conn, before)
        assert (risk.asked, risk.going, risk.silent, risk.leaving) == (40, 30, 7, 3)
        assert risk.office.startswith("Oficina de Pasaportes ")
        assert await figures.at_risk(conn, NINE) == ()
    await answered(pool, made[30:], "going", before)
    async with pool.acquire() as conn:
        assert await figures.at_risk(conn, before) == ()


async def test_the_command_says_what_it_knows_and_what_it_cannot_know(
    pool: Pool, fresh_database_url: str, tmp_path: Path
) -> None:
    code, said, _ = ventanilla(tmp_path, fresh_database_url, "reminders")
    assert (code, said) == (0, "Nobody was reminded in the last 90 days.\n")
    tomorrow = datetime.now(UTC).replace(hour=18, minute=0, second=0, microsecond=0) + timedelta(days=1)
    made = await scene(pool, tomorrow)
    code, said, _ = ventanilla(tmp_path, fresh_database_url, "reminders", "--days", "10")
    assert code == 0
    for part in (
        "hours",
        "cost",
        "plain",
        "read receipts",
        "none marked yet",
        "cannot be said yet",
        "At risk",
    ):
        assert part in said
    await pool.execute(
        "UPDATE reminder SET variant = CASE WHEN appointment_id % 2 = 0 THEN 'cost' ELSE 'plain' END"
    )
    await pool.execute(
        "UPDATE appointment SET status = CASE WHEN id % 2 = 0 THEN 'arrived' ELSE 'no-show' END"
    )
    said = ventanilla(tmp_path, fresh_database_url, "reminders")[1]
    assert "100.0% (95 %: 83.9% to 100.0%)" in said
    assert "differ by -100.0 points (95 %: -100.0 to -77.2). That is more than chance." in said
    assert "At risk: nobody." in said
    assert len(made) == PEOPLE
