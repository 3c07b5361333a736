"""A draw over HTTP: entered in the chat, won while the 24 hours are over, claimed by a tap on the template,
and its file downloaded and checked."""

import asyncio
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.e2e.program import CURP, NAME, Program, Talker, counters, running, text_of
from tests.e2e.test_invitation import A_DAY_AGO, _ask
from tests.tools.test_verify_draw import run

from whatsapp_emulator.testing import fetch

_APPROVED = """
INSERT INTO template (name, language, status, category, hash, reason, quality, at)
VALUES ('sorteo_ganado', 'es_MX', 'APPROVED', 'UTILITY', '', '', '', now())
"""
_UNTIL_OFFICE = ("Acepto", "Agendar", "Para mí", "Primera")


def draws(program: Program, *words: str) -> str:
    command = [sys.executable, "-m", "ventanilla", "draws", *words]
    done = subprocess.run(command, env=program.env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def announce(program: Program) -> None:
    now = datetime.now(ZoneInfo("America/Mexico_City"))
    days = (f"{now + timedelta(days=n):%Y-%m-%d}" for n in (3, 7))
    window = (f"{now + timedelta(hours=n):%Y-%m-%dT%H:%M}" for n in (-1, 1))
    named = zip(("--from", "--to", "--opens", "--closes"), (*days, *window), strict=True)
    words = [part for pair in named for part in pair]
    draws(program, "announce", "--office", "09-04", "--source", "Lotería Nacional de mañana", *words)


def enters(person: Talker) -> str:
    """Gives the receipt."""
    person.says("hola")
    for title in _UNTIL_OFFICE:
        person.taps(title)
    person.says(CURP)
    person.says(NAME)
    person.taps("INE")
    person.says("123456789")
    person.taps("10 años")
    person.taps("Sin correo")
    person.says("Coyoacan")
    person.taps("Coyoacán")
    person.taps("Entrar al sorteo")
    person.taps("A cualquier hora")
    (entered,) = person.taps("Cualquier día")
    code: str = re.findall(r"recibo: \*([A-Z2-7-]{29})\*", text_of(entered))[0]
    return code


def test_a_draw_is_entered_won_after_a_day_and_claimed_by_a_tap(
    dsn: str, data_dir: Path, tmp_path: Path
) -> None:
    with running(dsn, data_dir) as program:
        announce(program)
        person = Talker(program)
        code = enters(person)
        for statement in ("UPDATE draw SET closes_at = now()", A_DAY_AGO, _APPROVED):
            asyncio.run(_ask(dsn, statement))
        draws(program, "close")
        assert draws(program, "draw", "1", "48215").startswith("Drawn: 1 have a place")
        (won,) = person.phone.gets(1, after=person.seen, seconds=30)
        person.seen = won["n"]
        template = won["payload"]["template"]
        assert template["name"] == "sorteo_ganado"
        payload = template["components"][-2]["parameters"][0]["payload"]
        assert payload.startswith("draw:take:")
        tap = {"type": "button", "button": {"payload": payload, "text": "Sí, lo quiero"}}
        words, *papers = person.does(7, raw=tap)
        assert text_of(words).startswith("✅ *¡Tu cita está confirmada!*")
        assert len(papers) == 6
        status, file = fetch("GET", f"{program.url}/sorteos/1.json")
        assert status == 200
        assert counters(program)["rejected"] == {}
    (tmp_path / "sorteo.json").write_bytes(file)
    done = run(str(tmp_path / "sorteo.json"), "--receipt", code)
    assert done.returncode == 0
    assert "ganó la cita" in done.stdout
    assert asyncio.run(_ask(dsn, "SELECT count(*) FROM appointment WHERE status = 'live'")) == 1
