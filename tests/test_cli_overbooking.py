"""Overbooking from the command: seen, switched on, switched off."""

from datetime import timedelta
from pathlib import Path

import pytest
from asyncpg import Pool
from tests.acts.test_overbooking import history
from tests.test_cli import ventanilla
from tests.world import OFFICE, house_in, open_at

from ventanilla.jobs import utc_now

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


async def test_it_is_previewed_switched_on_and_switched_off(
    pool: Pool, fresh_database_url: str, tmp_path: Path
) -> None:
    def overbooking(*words: str) -> tuple[int, str, str]:
        return ventanilla(tmp_path, fresh_database_url, "overbooking", *words)

    await house_in(pool)
    async with pool.acquire() as conn:
        assert "takes 8 weeks of arrivals" in overbooking("preview", OFFICE)[1]
        nine = (utc_now() + timedelta(days=1)).replace(hour=15, minute=0, second=0, microsecond=0)
        await history(conn, 30, 20, until=nine)
        # A later place, so that nine is not in the last hour of that day.
        await open_at(conn, 100, nine, nine + timedelta(hours=3))
        code, shown, _ = overbooking("preview", OFFICE)
        assert code == 0
        for part in ("09:00", "100", "+10", "overtime"):
            assert part in shown
        code, said, _ = overbooking("apply", OFFICE, "--staff", "Dirección")
        assert (code, "10 extra places" in said) == (0, True)
        assert await conn.fetchval("SELECT max(extra) FROM slot") == 10
        assert overbooking("off", OFFICE)[1] == f"Off for {OFFICE}.\n"
        assert await conn.fetchval("SELECT max(extra) FROM slot") == 0
        assert "nothing to do" in overbooking("off", OFFICE)[1]
    code, _, refused = overbooking("preview", "nowhere")
    assert (code, "no office nowhere" in refused) == (1, True)
    assert "--staff" in overbooking("apply", OFFICE, "--staff", " ")[2]
