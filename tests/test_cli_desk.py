"""The commands of the desk, as staff type them."""

from datetime import timedelta
from pathlib import Path

import pytest
from asyncpg import Pool
from tests.acts.test_desk import CLERK, GLORIA, MISTYPED, booked
from tests.test_cli import ventanilla
from tests.world import house_in

from ventanilla.acts.house import checkin_key
from ventanilla.core.checkin import code_of
from ventanilla.db import appointments
from ventanilla.jobs import utc_now

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
SECRET = "a secret of more than thirty-two letters"
STAFF = ("--staff", CLERK.staff)
WHY = (*STAFF, "--reason", CLERK.reason)


async def test_arrivals_corrections_and_absences_from_the_command(
    pool: Pool, fresh_database_url: str, tmp_path: Path
) -> None:
    def desk(*words: str) -> tuple[int, str, str]:
        return ventanilla(tmp_path, fresh_database_url, "desk", *words, SECRET_KEY=SECRET)

    house = await house_in(pool, secret=SECRET)
    at = utc_now().replace(microsecond=0) + timedelta(seconds=5)
    async with pool.acquire() as conn:
        made = await booked(conn, house, MISTYPED, at)
        code, said, refused = desk("correct", made.folio.lower(), "--curp", GLORIA.curp, *WHY)
        assert (code, said.startswith("Corregido.")) == (0, True), refused
        row = await conn.fetchval("SELECT sealed FROM appointment")
        assert appointments.open_applicant(house.vault, row) == GLORIA
        code, _, refused = desk("correct", made.folio, "--curp", "BOXW310820HNERXN09", *WHY)
        assert (code, "otra persona" in refused) == (1, True)
        token = house.checkin.sign(made.folio, made.place.office_id, at, GLORIA.curp)
        code, said, _ = desk("arrived", code_of(GLORIA.curp, token), *STAFF, "--language", "en")
        assert (code, said.startswith("Arrival written down")) == (0, True)
        assert "HEGG…RL04" in said
        assert GLORIA.curp not in said
        assert "ya estaba registrada" in desk("arrived", made.folio, *STAFF)[1]
        await conn.execute("UPDATE appointment SET status = 'no-show', arrived_at = NULL")
        assert "ya no cuenta como falta" in desk("excuse", made.folio, *WHY)[1]
        assert "no cuenta como falta" in desk("excuse", made.folio, *WHY)[2]
        assert "Faltan quién" in desk("excuse", made.folio, "--staff", " ", "--reason", "x")[2]
        assert "No hay ninguna cita" in desk("arrived", "PA-ZZZ-ZZZZ", *STAFF)[2]


async def test_codes_are_read_with_the_desks_file_alone(
    pool: Pool, fresh_database_url: str, tmp_path: Path
) -> None:
    house = await house_in(pool, secret=SECRET)
    async with pool.acquire() as conn:
        made = await booked(conn, house)
    code, written, _ = ventanilla(
        tmp_path, fresh_database_url, "desk", "keys", "09-04", SECRET_KEY=SECRET, CHECKIN_KEY="2"
    )
    assert (code, SECRET in written) == (0, False)
    file = tmp_path / "desk.json"
    file.write_text(written, "utf-8")

    def read(text: str, *words: str) -> tuple[int, str]:
        nowhere = "postgresql://u@127.0.0.1:9/none"
        code, said, refused = ventanilla(
            tmp_path, nowhere, "desk", "read", text, "--keys", str(file), "--day", "2026-12-01", *words
        )
        return code, said or refused

    def signed(office: str = "09-04", number: int = 1, curp: str = GLORIA.curp) -> str:
        key = checkin_key(SECRET, number)
        return code_of(curp, key.sign(made.folio, office, made.place.starts_at, curp))

    code, said = read(signed())
    assert code == 0
    for part in ("Firma correcta", made.folio, "1 de diciembre de 2026, 09:00", "HEGG…RL04"):
        assert part in said
    assert read(signed(number=2))[0] == 0
    for text, sentence in (
        (signed(number=3), "la llave k3"),
        (signed(office="09-08"), "de otra oficina (09-08)"),
        (signed()[:-1] + "-", "La firma del código no es nuestra"),
        (code_of("BOXW310820HNERXN09", signed().partition(" ")[2]), "alguien puso otra"),
        ("hola", "no es el código QR 1"),
    ):
        code, refused = read(text)
        assert (code, sentence in refused) == (1, True), refused
    code, refused = read(signed(), "--day", "2026-12-02", "--language", "en")
    assert (code, "not for today" in refused) == (1, True)
    assert "desk keys" in read(signed(), "--keys", str(tmp_path / "none.json"))[1]
