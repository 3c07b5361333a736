"""Somebody cancels, and whoever waits is offered the place by a message, and takes it."""

import time
from pathlib import Path

import asyncpg
import pytest
from tests.e2e.program import Talker, books, counters, options, running, text_of

ONE_PLACE = """
UPDATE slot SET capacity = CASE WHEN id = (
    SELECT id FROM slot WHERE office_id = '09-04' AND starts_at > now() + interval '2 days'
    ORDER BY starts_at LIMIT 1) THEN 1 ELSE 0 END
WHERE office_id = '09-04'
"""


@pytest.mark.anyio
async def test_a_place_that_one_gives_back_is_offered_to_another_who_takes_it(
    dsn: str, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    conn = await asyncpg.connect(dsn)
    await conn.execute(ONE_PLACE)
    with running(dsn, data_dir, quiet_from="00:00", quiet_to="00:00") as program:
        lucky, waits = Talker(program, "5215500000001"), Talker(program, "5215500000002")
        assert len(books(lucky)) == 7
        _joins(waits)
        lucky.says("mis citas")
        lucky.taps("Cancelar la cita")
        assert "cancelé la cita" in text_of(lucky.taps("Sí")[0])
        started = time.monotonic()
        (offer,) = waits.phone.gets(1, after=waits.seen, seconds=90)
        with capsys.disabled():
            print(f"\n  the offer came {time.monotonic() - started:.0f} s after the cancellation")
        assert "Se liberó un lugar" in text_of(offer)
        assert [o["title"] for o in options(offer)] == ["Sí, lo quiero", "No, gracias"]
        waits.seen = offer["n"]
        waits.got.append(offer)
        words = waits.taps("Sí, lo quiero", answers=7)[0]
        assert "confirmada" in text_of(words)
        assert counters(program)["rejected"] == {}
    rows = await conn.fetch("SELECT status, slot_id FROM appointment ORDER BY id")
    assert [r["status"] for r in rows] == ["cancelled", "live"]
    assert rows[0]["slot_id"] == rows[1]["slot_id"]
    slot = await conn.fetchrow("SELECT booked, held, withheld FROM slot WHERE id = $1", rows[0]["slot_id"])
    assert slot is not None
    assert tuple(slot.values()) == (1, 0, 0)
    await conn.close()


def _joins(person: Talker) -> None:
    for step in ("hola", "acepto", "quiero sacar una cita", "para mí", "primera vez", "BOXW310820HNERXN09"):
        person.says(step)
    (answer,) = person.says("Xun Bravo Ortiz")
    if any(option["title"] == "Así se escribe" for option in options(answer)):
        person.taps("Así se escribe")
    person.taps("INE")
    person.says("123456789")
    person.taps("10 años")
    person.taps("Sin correo")
    person.says("Coyoacan")
    person.taps("Ver más")  # offices with places come first
    assert "no tiene lugares" in text_of(person.taps("Coyoacán")[0])
    person.taps("Avísame")
    person.taps("Solo esa")
    person.taps("Desde hoy")
    assert "lista de espera" in text_of(person.taps("Me da igual")[0])
