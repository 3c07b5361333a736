"""The workers were away for a day: people are asked to write by a template, and its tap brings the answer."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
from tests.e2e.program import Talker, running, text_of

from whatsapp_emulator.testing import wait_until

A_DAY_AGO = "UPDATE contact SET wrote_at = now() - interval '25 hours'"
APPROVED = """
INSERT INTO template (name, language, status, category, hash, reason, quality, at)
VALUES ('respuesta_pendiente', 'es_MX', 'APPROVED', 'UTILITY', '', '', '', now())
"""


async def _ask(dsn: str, statement: str) -> Any:
    conn = await asyncpg.connect(dsn)
    try:
        return await conn.fetchval(statement)
    finally:
        await conn.close()


def test_after_a_day_without_workers_a_template_asks_and_a_tap_brings_the_answer(
    dsn: str, data_dir: Path
) -> None:
    with running(dsn, data_dir, parts=("web",)) as program:
        person = Talker(program)
        person.says("hola", answers=0)
        wait_until(lambda: asyncio.run(_ask(dsn, "SELECT count(*) FROM inbox")))
        program.stop()
        for statement in (A_DAY_AGO, APPROVED):
            asyncio.run(_ask(dsn, statement))
        program.parts = ("web", "work")
        program.start()
        (invitation,) = person.phone.gets(1)
        template = invitation["payload"]["template"]
        assert (template["name"], template["language"]) == ("respuesta_pendiente", {"code": "es_MX"})
        person.seen = invitation["n"]
        payload = template["components"][-1]["parameters"][0]["payload"]
        tap = {"type": "button", "button": {"payload": payload, "text": "Ver respuesta"}}
        (welcome,) = person.does(raw=tap)
        assert text_of(welcome).startswith("¡Hola! Soy el asistente")
        (menu,) = person.taps("Acepto")
        assert text_of(menu).startswith("¿En qué te ayudo?"), "the welcome came once"
