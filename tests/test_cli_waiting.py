"""What staff are shown of the waiting list, and of what they should look at."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asyncpg import Pool
from tests.test_cli import ventanilla
from tests.waiters import books, gives_back, joins, open_to, takes
from tests.world import NINE, NOW, OFFICE, contacts, house_in, open_at

from ventanilla.acts.waiting import offer_places
from ventanilla.db import waiting
from ventanilla.db.waiting_figures import Figures, figures

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
QUARTER = timedelta(minutes=15)


async def test_figures_of_the_list_by_office(pool: Pool, fresh_database_url: str, tmp_path: Path) -> None:
    house = await house_in(pool)
    assert "Nobody waits" in ventanilla(tmp_path, fresh_database_url, "waiting")[1]
    async with pool.acquire() as conn:
        first, second = await open_at(conn, 1, NINE, NINE + QUARTER)
        one, two, three, stranger = await contacts(conn, house, 4)
    made = [await books(pool, house, stranger, p, f"s{n}") for n, p in enumerate((first, second))]
    for n, contact in enumerate((one, two, three)):
        await joins(pool, house, contact, f"p{n}", now=NOW + timedelta(minutes=n))
    for number in made:
        await gives_back(pool, stranger, number)
    async with pool.acquire() as conn:
        assert await offer_places(conn, house, NOW + QUARTER) == 2
    (mine,) = await open_to(pool, one)
    assert await takes(pool, house, one, mine, NOW + 2 * QUARTER) == "taken"
    async with pool.acquire() as conn:
        (found,) = await figures(conn, NOW)
    assert found == Figures(OFFICE, 2, 0, 2, 1, 0, 0, 2, 1, 30.0)
    code, shown, _ = ventanilla(tmp_path, fresh_database_url, "waiting", "--days", "366")
    assert code == 0
    assert "50%" in shown


async def test_what_is_to_be_looked_at_is_listed_and_settled(
    pool: Pool, fresh_database_url: str, tmp_path: Path
) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (place,) = await open_at(conn, 2, NINE)
        (me,) = await contacts(conn, house, 1)
    first = await books(pool, house, me, place, "first")
    await gives_back(pool, me, first)
    second = await books(pool, house, me, place, "second")
    async with pool.acquire() as conn:
        await waiting.booked(conn, [second], datetime.now(UTC), NOW - QUARTER)
    folios = [r["folio"] for r in await pool.fetch("SELECT folio FROM appointment")]
    code, shown, _ = ventanilla(tmp_path, fresh_database_url, "review")
    assert code == 0
    assert "Somebody of the same phone" in shown
    assert all(part in shown for folio in folios for part in folio.split("-"))
    code, _, said = ventanilla(tmp_path, fresh_database_url, "review", "settle", "1", "--staff", " ")
    assert (code, "Say who" in said) == (1, True)
    settled = ventanilla(tmp_path, fresh_database_url, "review", "settle", "1", "--staff", "Desk 3")
    assert settled[1] == "Settled.\n"
    assert await pool.fetchval("SELECT settled_by FROM review") == "Desk 3"
    assert "Nothing to look at" in ventanilla(tmp_path, fresh_database_url, "review")[1]
    code, _, said = ventanilla(tmp_path, fresh_database_url, "review", "settle", "1", "--staff", "Desk 3")
    assert (code, "no open review 1" in said) == (1, True)
