"""The public page says what follows from missed appointments, with the operator's own figures."""

from typing import Any

import aiohttp
import pytest
from asyncpg import Pool
from tests.web.served import serving
from tests.world import house_in

pytestmark = pytest.mark.anyio


async def home(pool: Pool, language: str, **rules: Any) -> str:
    house = await house_in(pool, **rules)
    async with (
        serving(pool, house=house) as url,
        aiohttp.ClientSession() as session,
        session.get(f"{url}/?lang={language}") as response,
    ):
        assert response.status == 200
        return await response.text()


async def test_the_consequence_of_missed_appointments_is_published(pool: Pool) -> None:
    spanish = await home(pool, "es")
    for part in ("Si no llegas", "2 citas en 182 días", "próximos 7 días", "Nadie pierde el derecho"):
        assert part in spanish
    english = await home(pool, "en", no_shows=1)
    for part in ("If you do not come", "1 appointment in 182 days", "next 7 days"):
        assert part in english


async def test_where_nothing_follows_nothing_is_said(pool: Pool) -> None:
    assert "Si no llegas" not in await home(pool, "es", no_shows=0)
