"""A draw as people meet it: entered, won and claimed in the chat, and proved by the file."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from asyncpg import Pool
from tests.acts.test_turn import ADULT, attend, owed, write
from tests.lottery_people import DRAWN, Scene, counters, drawn, file_of, passed_on, scene
from tests.tools.test_verify_draw import run

from ventanilla.core.channel import Address

pytestmark = pytest.mark.anyio
GLORIA, XUN = Address("phone", "5215512345678"), Address("phone", "5215500000002")
ENTERS = ["@draw:enter:1"]


async def says(pool: Pool, at: Scene, me: Address, tag: str, *texts: str, late: bool = False) -> list[str]:
    before = await pool.fetchval("SELECT coalesce(max(id), 0) FROM outbox")
    await write(pool, at.house, *texts, me=me, tag=tag)
    while await attend(pool, at.house, **({"now": DRAWN} if late else {})):
        pass
    said = await owed(pool, at.house)
    return said[-(await pool.fetchval("SELECT count(*) FROM outbox WHERE id > $1", before)) :]


async def test_two_people_enter_in_the_chat_one_wins_and_claims_and_their_receipts_prove_it(
    pool: Pool, tmp_path: Path
) -> None:
    at = await scene(pool, 0)
    until_office = ADULT[: ADULT.index("@office:09-04") + 1]
    theirs = ["BOXW310820HNERXN09" if t.startswith("HEGG") else t for t in until_office]
    theirs[6:7] = ["Xun Bravo Ortiz", "@name:!"]
    asked = await says(pool, at, GLORIA, "g", *until_office)
    assert "reparte ahora sus lugares por sorteo" in asked[-1]
    entered = await says(pool, at, GLORIA, "g-enters", *ENTERS)
    assert "*Gloria ya está en el sorteo.*" in entered[-1]
    other = await says(pool, at, XUN, "x", *theirs, *ENTERS)
    assert "*Xun ya está en el sorteo.*" in other[-1]
    again = await says(pool, at, XUN, "x-again", "sorteo")
    assert "Estás dentro" in again[-1]
    assert await drawn(pool, at) == 1
    file = tmp_path / "sorteo.json"
    file.write_text(json.dumps(await file_of(pool, at.draw_id)), "utf-8")
    codes = [re.findall(r"recibo: \*([A-Z2-7-]{29})\*", said[-1])[0] for said in (entered, other)]
    proofs = [run(str(file), "--receipt", code).stdout for code in codes]
    assert sorted("ganó la cita del 07/12/2026 09:00" in proof for proof in proofs) == [False, True]
    winner = GLORIA if "ganó la cita" in proofs[0] else XUN
    (offer,) = await pool.fetch("SELECT id FROM offer")
    papers = await says(pool, at, winner, "takes", f"@draw:take:{offer['id']}", late=True)
    assert papers[0].startswith("✅ *¡Tu cita está confirmada!*")
    assert papers[1:] == ["paper"] * 6
    assert "ya no está guardado" in (await says(pool, at, winner, "twice", f"@draw:take:{offer['id']}"))[-1]
    assert await pool.fetchval("SELECT count(*) FROM appointment") == 1
    assert await counters(pool) == (0, 0, 0)


async def test_who_declines_in_the_chat_gives_the_place_to_the_next(pool: Pool) -> None:
    at = await scene(pool, 0)
    await says(pool, at, GLORIA, "g", *ADULT[: ADULT.index("@office:09-04") + 1], *ENTERS)
    assert await drawn(pool, at) == 1
    (offer,) = await pool.fetch("SELECT id FROM offer")
    stranger = await says(pool, at, XUN, "x", "hola", "@notice:accept", f"@draw:decline:{offer['id']}")
    assert "ya no está guardado" in stranger[-1]
    declined = await says(pool, at, GLORIA, "no", f"@draw:decline:{offer['id']}", late=True)
    assert "pasa a la siguiente persona" in declined[-1]
    assert await passed_on(pool, at, DRAWN + timedelta(minutes=1)) == 0
    assert await counters(pool) == (0, 0, 0)
