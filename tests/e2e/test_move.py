"""An appointment moves over HTTP: its place is another, and so is its first QR code."""

from pathlib import Path

import asyncpg
import pytest
from tests.e2e.program import CURP, Talker, books, counters, running, text_of
from tests.e2e.test_booking import decoded

from ventanilla.acts.house import keys
from ventanilla.config import read_settings
from ventanilla.core.checkin import Checkin, read_code
from whatsapp_emulator.testing import fetch


@pytest.mark.anyio
async def test_a_move_in_the_chat_brings_a_qr_of_the_new_place(dsn: str, data_dir: Path) -> None:
    with running(dsn, data_dir, duplicates=2) as program:
        person = Talker(program)
        checkin = books(person)[1]
        before = decoded(person.media(checkin))
        (offices,) = person.says("quiero cambiar mi cita")
        assert "La misma oficina" in str(offices["payload"])
        person.does(choose="office:09-04")
        person.says("el más pronto")
        assert "Revisa el cambio" in text_of(person.says("la más temprano")[0])
        words, checkin, *papers = person.taps("Sí, cambiarla", answers=7)
        assert "ya no sirven" in text_of(words)
        assert len(papers) == 5
        after = decoded(person.media(checkin))
        assert before.split()[0] == after.split()[0] == CURP
        public = keys(read_settings(program.env).secret_key.reveal())[2].public()
        old, new = (read_code(text, {"k1": public}) for text in (before, after))
        assert isinstance(old, Checkin)
        assert isinstance(new, Checkin)
        assert old.folio == new.folio
        assert old.starts_at != new.starts_at
        token = text_of(words).rpartition("/p/")[2].split()[0]
        assert fetch("GET", f"{program.url}/p/{token}")[0] == 200
        assert counters(program)["rejected"] == {}
    conn = await asyncpg.connect(dsn)
    assert await conn.fetchval("SELECT starts_at FROM appointment WHERE moves = 1") == new.starts_at
    assert await conn.fetchval("SELECT sum(withheld) FROM slot") == 1
    await conn.close()


def test_another_phone_proves_it_and_the_first_one_is_told(dsn: str, data_dir: Path) -> None:
    with running(dsn, data_dir) as program:
        first, second = Talker(program), Talker(program, "5215500000002")
        folio = text_of(books(first)[0]).split("Folio: *")[1].split("*")[0]
        second.says("hola")
        second.taps("Acepto")
        second.says(f"mi folio es {folio.lower()}")
        assert folio in text_of(second.says(CURP)[0])
        (told,) = first.phone.gets(1, after=first.seen, seconds=30)
        assert "se consultó desde otro teléfono" in text_of(told)
