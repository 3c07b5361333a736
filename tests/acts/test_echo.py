"""Whoever knows a CURP learns nothing by it: only what the person typed is ever said back."""

import pytest
from asyncpg import Pool
from tests.acts.test_desk import booked
from tests.acts.test_turn import ADULT, attend, owed, write
from tests.world import house_in

pytestmark = pytest.mark.anyio
ASKED = ("mis citas", "mis datos", "@menu:appointments", "@appointment:1", "@what:papers")


async def test_with_somebody_elses_curp_or_folio_neither_name_nor_place_nor_papers_are_told(
    pool: Pool,
) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house)
    await write(pool, house, *ADULT[:6], "menú", *ASKED, made.folio)
    while await attend(pool, house):
        pass
    said = "\n".join(await owed(pool, house)).casefold()
    assert "ya hay una cita vigente con esa curp" in said
    for learnt in ("gloria", "hernández", "garcía", made.folio.casefold(), "coyoacán", "diciembre", "/p/"):
        assert learnt not in said
