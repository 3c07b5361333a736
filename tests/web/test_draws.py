"""Anybody sees the draws and downloads the file that proves each."""

import aiohttp
import pytest
from asyncpg import Pool
from tests.lottery_people import closed, enters, file_of, scene, wish
from tests.web.served import serving

pytestmark = pytest.mark.anyio


async def test_each_draw_is_shown_with_its_file_at_every_stage(pool: Pool) -> None:
    at = await scene(pool, 1)
    async with serving(pool, house=at.house) as url, aiohttp.ClientSession() as session:

        async def reads(path: str) -> str:
            async with session.get(url + path) as response:
                assert response.status == 200
                return await response.text()

        assert "Abierto: cierra el" in await reads("/sorteos")
        assert "Open: it closes on" in await reads("/sorteos?lang=en")
        await enters(pool, at, at.people[0], wish(at.draw_id, 1))
        await closed(pool)
        assert "Cerró con 1 persona." in await reads("/sorteos")
        async with session.get(f"{url}/sorteos/{at.draw_id}.json") as response:
            assert (
                response.headers["Content-Disposition"] == f'attachment; filename="sorteo-{at.draw_id}.json"'
            )
            assert await response.json() == await file_of(pool, at.draw_id)
            assert "HEGG560427" not in await response.text()


@pytest.mark.parametrize("path", ["/sorteos/99.json", "/sorteos/x.json", f"/sorteos/{10**30}.json"])
async def test_a_draw_that_is_not_there_is_said_so(pool: Pool, path: str) -> None:
    async with serving(pool) as url, aiohttp.ClientSession() as session, session.get(url + path) as response:
        assert response.status == 404
        assert "no existe" in await response.text()
