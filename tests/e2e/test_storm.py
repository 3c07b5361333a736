"""Five hundred people book at once while Meta fails, says things twice and in disorder."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
from tests.e2e.program import Program, counters, running

from whatsapp_emulator.testing import Person, call, wait_until

PEOPLE = 500
A_SECOND = 400
"""Messages through the number, in and out. One more and the emulator refuses it with 130429."""
DISORDER = {
    "pair_rate": True,
    "number_rate": A_SECOND,
    "duplicate_rate": 0.2,
    "reorder": 0.3,
    "batch_wait": 0.02,
    "delivered_delay": 0.2,
    "auto_read": True,
}
FAULTS: list[dict[str, Any]] = [
    {"kind": "server_error", "rate": 0.2, "status": 503},
    {"kind": "timeout_after_accept", "rate": 0.05},
]
SCRIPT: list[dict[str, Any]] = [
    {"when": "¡Tu cita está confirmada!", "do": "finish"},
    {"when": "¿Aceptas que usemos", "do": {"tap": "^Acepto"}},
    {"when": "¿En qué te ayudo", "do": {"tap": "^Agendar"}},
    {"when": "¿Para quién es", "do": {"tap": "^Para mí"}},
    {"when": "¿Qué trámite", "do": {"tap": "^Primera"}},
    {"when": "Escribe tu .CURP", "do": {"text": "{curp}"}},
    {"when": "escribe tu nombre completo", "do": {"text": "{name}"}},
    {"when": "identificación oficial", "do": {"tap": "^INE"}},
    {"when": "Escribe el número de la INE", "do": {"text": "{number}"}},
    {"when": "¿Por cuántos años", "do": {"tap": "^10 años"}},
    {"when": "correo electrónico", "do": {"tap": "^Sin correo"}},
    {"when": "municipio o alcaldía", "do": {"text": "Coyoacán"}},
    {"when": "oficinas más cercanas", "do": {"tap": "first"}},
    {"when": "¿qué .día. prefieres", "do": {"tap": "lugares|^(lun|mar|mié|jue|vie)"}},
    {"when": "¿A qué .hora", "do": {"tap": r"^\d\d:\d\d"}},
    {"when": "¿Confirmo\\?", "do": {"tap": "^Confirmar"}},
]
SEVEN = ["text", "image", "image", "image", "interactive", "document", "document"]


async def _room_for_all(dsn: str) -> None:
    conn = await asyncpg.connect(dsn)
    await conn.execute("UPDATE slot SET capacity = $1", PEOPLE)
    await conn.close()


async def _all_is_sent(dsn: str) -> bool:
    conn = await asyncpg.connect(dsn)
    try:
        return not await conn.fetchval("SELECT count(*) FROM outbox WHERE state IN ('owed', 'sending')")
    finally:
        await conn.close()


def _shown(program: Program, wa_id: str) -> list[dict[str, Any]]:
    seen = Person(program.emulator_url, wa_id).sees()
    return [e for e in seen if e["direction"] == "out" and e["status"] != "failed"]


def test_in_a_storm_everybody_is_told_everything_once_and_in_order(dsn: str, data_dir: Path) -> None:
    asyncio.run(_room_for_all(dsn))
    rate, patience = str(A_SECOND), "2"
    with running(
        dsn, data_dir, whatsapp_messages_per_second=rate, whatsapp_timeout_seconds=patience
    ) as program:
        control = f"{program.emulator_url}/control"
        assert call("PATCH", f"{control}/settings", DISORDER)[0] == 200
        for fault in FAULTS:
            assert call("POST", f"{control}/faults", fault)[0] == 200
        plan = {"people": PEOPLE, "script": SCRIPT, "start_over": 5, "think": 0.1, "patience": 120}
        assert call("POST", f"{control}/load", plan)[0] == 200
        report = wait_until(lambda: _ended(control), 600)
        assert report["finished"] == PEOPLE, report["stuck_at"]
        wait_until(lambda: asyncio.run(_all_is_sent(dsn)), 120)
        found = counters(program)
        print(f"\n  {report['reply_seconds']}, {found['messages_out']} messages, {found['faults']}")
        assert found["accepted_twice"] == 0
        assert found["out_of_window"] == 0
        assert found["faults"].keys() == {fault["kind"] for fault in FAULTS}
        assert found["refused"].keys() == {"131000"}, "nothing but what the fault itself answers"
        for person in call("GET", f"{control}/phones")[1]:
            shown = _shown(program, person["wa_id"])
            assert [e["type"] for e in shown[-7:]] == SEVEN
            order = [int(e["opaque"]) for e in shown]
            assert order == sorted(set(order))


def _ended(control: str) -> dict[str, Any] | None:
    report: dict[str, Any] = call("GET", f"{control}/load")[1]
    return report if not report["waiting"] and not report["talking"] else None
