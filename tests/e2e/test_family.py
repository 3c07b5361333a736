"""Three people from one phone, over HTTP against the emulator: each has their own papers."""

from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
from tests.e2e.program import CURP, NAME, Talker, options, running, text_of
from tests.e2e.test_booking import decoded, pdf_text
from tests.e2e.test_killed import curp

from ventanilla.acts.house import keys
from ventanilla.config import read_settings
from ventanilla.core.checkin import Checkin, read_code
from ventanilla.core.slots import EVERY
from whatsapp_emulator.testing import fetch

PEOPLE = (CURP, curp(1), curp(2))
pytestmark = pytest.mark.anyio
OF_ONE, FOR_ALL = 4, 3
"""Two codes, the payment sheet and the triptych; the words, the code of the way there and the way."""


def _writes_down(person: Talker, text: str) -> None:
    person.taps("Primera")
    person.says(text)
    person.says(NAME)
    person.taps("INE")
    person.says("123456789")
    person.taps("10 años")


async def test_a_family_is_booked_together_and_each_has_their_own_papers(dsn: str, data_dir: Path) -> None:
    with running(dsn, data_dir, duplicates=2) as program:
        person = Talker(program)
        for step in ("hola", "acepto", "somos 3", "para mí"):
            person.says(step)
        _writes_down(person, PEOPLE[0])
        person.taps("Sin correo")
        for text in PEOPLE[1:]:
            person.taps("Agregar otra persona")
            person.says("otra persona adulta")
            _writes_down(person, text)
        person.taps("Ya somos todos")
        person.says("Coyoacan")
        person.taps("Coyoacán")
        person.says("el más pronto")
        person.says("el primero")
        words, _, _, *papers = person.taps("Confirmar", answers=FOR_ALL + OF_ONE * len(PEOPLE))
        assert "¡Sus 3 citas están confirmadas!" in text_of(words)

        secret = read_settings(program.env).secret_key.reveal()
        for n, text in enumerate(PEOPLE):
            checkin, payment, sheet, leaflet = papers[n * OF_ONE : (n + 1) * OF_ONE]
            code = decoded(person.media(checkin))
            assert code.split(" ")[0] == text
            assert isinstance(read_code(code, {"k1": keys(secret)[2].public()}), Checkin)
            assert checkin["payload"]["image"]["caption"].startswith("Gloria · 1 de 3")
            status, linked = fetch("GET", f"{program.url}{urlsplit(decoded(person.media(payment))).path}")
            assert status == 200
            for pdf in (linked, person.media(sheet)):
                assert text in "".join(pdf_text(pdf).split())
            assert sheet["payload"]["document"]["caption"].startswith("Gloria · ")
            assert leaflet["payload"]["type"] == "document"
        await _are_side_by_side(dsn)

        listed = _appointments(person)
        assert len(listed) == len(PEOPLE)
        person.does(choose=listed[1])
        person.taps("Cancelar la cita")
        person.taps("Sí")
        assert _appointments(person) == [listed[0], listed[2]]


def _appointments(person: Talker) -> list[str]:
    """Ids of the rows of "mis citas", one a person."""
    rows = options(person.says("mis citas")[0])
    return [row["id"] for row in rows if row["id"].rpartition(":")[2].isdecimal()]


async def _are_side_by_side(dsn: str) -> None:
    conn = await asyncpg.connect(dsn)
    rows = await conn.fetch("SELECT id, family, office_id, starts_at FROM appointment ORDER BY id")
    assert [r["family"] for r in rows] == [rows[0]["id"]] * len(PEOPLE)
    assert len({r["office_id"] for r in rows}) == 1
    gaps = {after["starts_at"] - before["starts_at"] for before, after in pairwise(rows)}
    assert max(gaps) <= EVERY
    assert await conn.fetchval("SELECT count(*) FROM hold") == 0
    assert await conn.fetchval("SELECT sum(booked) FROM slot") == len(PEOPLE)
    await conn.close()
