"""A person who has been silent for days is reminded by a template; one tap says that they come."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
from tests.e2e.program import Talker, books, running, text_of

from whatsapp_emulator.testing import wait_until

SILENT = "UPDATE contact SET wrote_at = now() - interval '12 days'"
IN_FORTY_HOURS = """
UPDATE appointment SET made_at = now() - interval '12 days', starts_at = now() + interval '40 hours'
"""
APPROVED = """
INSERT INTO template (name, language, status, category, hash, reason, quality, at)
SELECT name, 'es_MX', 'APPROVED', 'UTILITY', '', '', '', now()
FROM unnest(ARRAY['recordatorio_cita', 'recordatorio_cita_2']) AS name
"""
NO_NIGHT = "08:00"
"""From it to itself."""


async def _ask(dsn: str, statement: str) -> Any:
    conn = await asyncpg.connect(dsn)
    try:
        return await conn.fetchval(statement)
    finally:
        await conn.close()


def test_a_reminder_goes_out_as_a_template_and_a_tap_on_voy_is_answered(dsn: str, data_dir: Path) -> None:
    with running(dsn, data_dir, quiet_from=NO_NIGHT, quiet_to=NO_NIGHT) as program:
        person = Talker(program)
        books(person)
        for statement in (SILENT, IN_FORTY_HOURS, APPROVED):
            asyncio.run(_ask(dsn, statement))
        (reminder,) = person.phone.gets(1, after=person.seen, seconds=90)
        template = reminder["payload"]["template"]
        assert template["name"] in ("recordatorio_cita", "recordatorio_cita_2")
        said = {p["parameter_name"]: p["text"] for p in template["components"][0]["parameters"]}
        assert said["name"] == "Gloria"
        assert said["folio"].startswith("PA-")
        person.seen = reminder["n"]
        payload = template["components"][1]["parameters"][0]["payload"]
        (thanks,) = person.does(raw={"type": "button", "button": {"payload": payload, "text": "Voy"}})
        assert text_of(thanks).startswith("¡Gracias! Te esperamos:")
        assert asyncio.run(_ask(dsn, "SELECT answer FROM reminder")) == "going"
        wait_until(
            lambda: asyncio.run(_ask(dsn, "SELECT delivered_at FROM reminder JOIN outbox ON id = outbox_id"))
        )
        assert asyncio.run(_ask(dsn, "SELECT count(*) FROM reminder")) == 1
