"""The whole program over HTTP against the emulator."""

import io
import signal
import time
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from tests.e2e.program import CURP, Program, Talker, books, counters, options, running, text_of

from ventanilla.acts.house import keys
from ventanilla.config import read_settings
from ventanilla.core.checkin import Checkin, read_code
from ventanilla.db import booking
from ventanilla.jobs import utc_now
from whatsapp_emulator.testing import fetch, wait_until


def decoded(png: bytes) -> str:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    return found.text


def pdf_text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_first_booking_ends_with_three_qr_codes_and_two_pdfs(
    dsn: str, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every webhook is delivered twice, and nothing is said twice."""
    with running(dsn, data_dir, duplicates=2) as program:
        person = Talker(program)
        started = time.monotonic()
        words, checkin, way, payment, link, sheet, leaflet = books(person)
        with capsys.disabled():
            took = f"{time.monotonic() - started:.1f} s from hola to the triptych"
            print(f"\n  inputs {person.said}, messages {len(person.got)}, {took}")
        assert person.said <= 17
        assert len(person.got) <= 22

        assert "confirmada" in text_of(words)
        code = decoded(person.media(checkin))
        assert code.split(" ")[0] == CURP
        secret = read_settings(program.env).secret_key.reveal()
        assert isinstance(read_code(code, {"k1": keys(secret)[2].public()}), Checkin)
        assert decoded(person.media(way)).startswith("https://www.google.com/maps/")
        assert link["payload"]["interactive"]["type"] == "cta_url"

        own_sheet = urlsplit(decoded(person.media(payment)))
        status, pdf = fetch("GET", f"{program.url}{own_sheet.path}")
        assert status == 200
        for content in (pdf, person.media(sheet)):
            text = pdf_text(content)
            assert "4,280" in text
            assert "Hernández" in text
        assert len(PdfReader(io.BytesIO(person.media(leaflet))).pages) == 2
        assert counters(program)["rejected"] == {}
        settled(program, person)


def settled(program: Program, person: Talker) -> None:
    """Nothing more comes: every duplicate was known."""
    before = len(person.phone.sees())
    wait_until(lambda: counters(program)["webhooks"]["waiting"] == 0)
    time.sleep(1)
    assert len(person.phone.sees()) == before


def test_the_papers_page_has_everything_and_a_calendar(dsn: str, data_dir: Path) -> None:
    with running(dsn, data_dir) as program:
        words = books(Talker(program))[0]
        path = urlsplit(text_of(words).rsplit("http", 1)[1].split()[0].removeprefix("://"))
        page = "/p/" + path.path.rpartition("/")[2] if path.path else ""
        status, html = fetch("GET", f"{program.url}{page}")
        assert status == 200
        for name in ("payment-sheet.pdf", "triptych.pdf", "cita.ics", "qr-checkin.png", "qr-office.png"):
            assert f"{page}/{name}" in html.decode()
            assert fetch("GET", f"{program.url}{page}/{name}")[0] == 200
        calendar = fetch("GET", f"{program.url}{page}/cita.ics")[1].decode()
        assert "BEGIN:VEVENT" in calendar
        assert fetch("GET", f"{program.url}{page}x")[0] == 404


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_talk_goes_on_after_the_program_was_stopped(dsn: str, data_dir: Path, how: int) -> None:
    with running(dsn, data_dir) as program:
        person = Talker(program)
        for step in ("hola", "acepto", "quiero sacar una cita", "para mí", "primera vez"):
            person.says(step)
        program.stop(how)
        person.does(0, text=CURP)  # Meta keeps it and sends it again
        program.start()
        (answer,) = person.phone.gets(1, after=person.seen, seconds=30)
        assert "27 de abril de 1956" in text_of(answer)


@pytest.mark.anyio
async def test_two_people_and_one_place_one_gets_it_and_one_gets_alternatives(
    dsn: str, data_dir: Path
) -> None:
    conn = await asyncpg.connect(dsn)
    await conn.execute("UPDATE slot SET capacity = 1 WHERE office_id = '09-04'")
    with running(dsn, data_dir) as program:
        slow, quick = Talker(program, "5215500000001"), Talker(program, "5215500000002")
        _until_office(slow, CURP, "Gloria Hernández García")
        _until_office(quick, "BOXW310820HNERXN09", "Xun Bravo Ortiz")
        for person in (slow, quick):
            person.says("el más pronto")
        assert "Revisa tu cita" in text_of(slow.says("el primero")[0])
        wanted = await conn.fetchval("SELECT starts_at FROM slot WHERE held = 1")
        # The slow one looks for her glasses: fifteen minutes pass, and then the random while after them.
        await conn.execute("UPDATE hold SET expires_at = now(), back_at = now()")
        async with conn.transaction():
            assert await booking.sweep(conn, utc_now()) == 1
        quick.says("el primero")
        quick.taps("Confirmar", answers=7)
        (lost,) = slow.taps("Confirmar")
        assert "No perdiste nada" in text_of(lost)
        near = [row for row in options(lost) if row["id"].startswith("place:")]
        assert len(near) == 3
        slow.does(choose=near[0]["id"])
        assert len(slow.taps("Confirmar", answers=7)) == 7
    rows = await conn.fetch("SELECT starts_at FROM appointment WHERE status = 'live' ORDER BY id")
    assert rows[0]["starts_at"] == wanted
    assert rows[1]["starts_at"] != wanted
    assert await conn.fetchval("SELECT max(booked + held) FROM slot WHERE office_id = '09-04'") == 1
    await conn.close()


def _until_office(person: Talker, curp: str, name: str) -> None:
    for step in ("hola", "acepto", "quiero sacar una cita", "para mí", "primera vez", curp):
        person.says(step)
    (answer,) = person.says(name)
    if any(option["title"] == "Así se escribe" for option in options(answer)):
        person.taps("Así se escribe")
    person.taps("INE")
    person.says("123456789")
    person.taps("10 años")
    person.taps("Sin correo")
    person.says("Coyoacan")
    person.taps("Coyoacán")


def test_web_and_workers_in_processes_of_their_own_do_the_same(dsn: str, data_dir: Path) -> None:
    with running(dsn, data_dir, parts=("web", "work", "work")) as program:
        assert len(books(Talker(program))) == 7


def test_a_message_that_cannot_be_opened_is_set_aside_and_others_go_on(dsn: str, data_dir: Path) -> None:
    with running(dsn, data_dir) as program:
        assert Talker(program, "5215500000009").says("hola")
        program.stop()
        # A different key: what was sealed before cannot be opened, and everybody else still is attended.
        program.env["VENTANILLA_SECRET_KEY"] = "another key of at least thirty-two characters"
        program.start()
        assert Talker(program, "5215500000010").says("hola")
