"""A draw from the command line, and its file accepted by the stand-alone script."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asyncpg import Pool
from tests.lottery_people import Scene, enters, wish
from tests.test_cli import ventanilla
from tests.tools.test_verify_draw import run
from tests.world import OFFICE, contacts, house_in, open_at

from ventanilla.db.vault import Vault
from ventanilla.talk.draw_facts import Entered

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
_SECRET = secrets.token_urlsafe(32)
_SOON = datetime.now(UTC).replace(hour=16, minute=0, second=0, microsecond=0) + timedelta(days=20)


async def test_a_draw_is_announced_listed_published_closed_and_drawn(
    pool: Pool, fresh_database_url: str, tmp_path: Path
) -> None:
    house = replace(await house_in(pool), vault=Vault(_SECRET))
    async with pool.acquire() as conn:
        await open_at(conn, 1, _SOON)
        people = await contacts(conn, house, 3)
    opens, closes = (f"{_SOON - timedelta(days=n):%Y-%m-%dT%H:%M}" for n in (30, 5))
    days = ("--from", f"{_SOON:%Y-%m-%d}", "--to", f"{_SOON:%Y-%m-%d}")
    window = ("--opens", opens, "--closes", closes, "--source", "Lotería Nacional del día siguiente")

    def draws(*words: str) -> tuple[int, str, str]:
        return ventanilla(tmp_path, fresh_database_url, "draws", *words, SECRET_KEY=_SECRET)

    code, _, said = draws("announce", "--office", "99-99", *days, *window)
    assert (code, "no office '99-99'" in said) == (1, True)
    code, shown, _ = draws("announce", "--office", OFFICE, *days, *window)
    assert (code, shown.startswith("Draw 1 is announced.")) == (0, True)
    file = tmp_path / "sorteo-1.json"
    assert draws("publish", "1", str(file))[0] == 0
    assert run(str(file)).returncode == 0
    assert draws("close")[1] == "0 closed.\n"
    at, now = Scene(house, 1, people), datetime.now(UTC)
    got = [await enters(pool, at, c, wish(1, n, (_SOON.date(),)), now) for n, c in enumerate(people)]
    codes = [entered.code for entered in got if isinstance(entered, Entered)]
    assert len(codes) == 3
    assert "has not closed yet" in draws("draw", "1", "48215")[2]
    await pool.execute("UPDATE draw SET closes_at = now() - interval '1 minute'")
    assert draws("close")[1] == "1 closed.\n"
    assert "closed: publish its file; then draw it" in draws("list")[1]
    closed = tmp_path / "sorteo-1-cierre.json"
    assert draws("publish", "1", str(closed))[0] == 0
    assert draws("draw", "1", "48215")[1].startswith("Drawn: 1 have a place")
    assert "never repeated" in draws("draw", "1", "48215")[2]
    assert draws("publish", "1", str(file))[0] == 0
    proof = run(str(file), "--before", str(closed), "--receipt", codes[0])
    assert (proof.returncode, proof.stdout.splitlines()[-1]) == (
        0,
        "Todo coincide: el sorteo se hizo como se anunció.",
    )
    assert "no draw 9" in draws("publish", "9", str(file))[2]
    assert "cannot be written" in draws("publish", "1", str(tmp_path / "x" / "y.json"))[2]
