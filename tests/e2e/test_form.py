"""The booking as a form, over HTTP: the whole program, and the phone that opens, fills in and sends."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.e2e.program import CURP, NAME, Program, Talker, counters, running, text_of

from ventanilla.wire.whatsapp.flow_crypto import new_private_key
from whatsapp_emulator.config import Settings
from whatsapp_emulator.testing import call
from whatsapp_emulator.testing_flows import Form

ACCOUNT = Settings(app_secret="", access_token="").business_account_id


def published(program: Program) -> None:
    command = [sys.executable, "-m", "ventanilla", "flows", "sync", "--apply"]
    done = subprocess.run(command, env=program.env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def with_form(dsn: str, data_dir: Path) -> Any:
    return running(dsn, data_dir, flow_private_key=new_private_key(), whatsapp_business_account_id=ACCOUNT)


def to_summary(form: Form) -> Form:
    form.opens()
    form.fills(for_whom="me", procedure="first", curp=CURP).submits()
    assert form.screen == "IDENTITY", form.facts
    form.fills(name=NAME, identification="ine", id_number="123456789").submits()
    assert form.screen == "TERMS", form.facts
    form.fills(validity="10:full").submits()
    form.fills(municipality="Coyoacán").submits()
    form.fills(office="09-04").submits()
    day = form.component("day")
    form.fills(day=day["min-date"]).submits()
    form.fills(time=form.options("time")[0]).submits()
    assert form.screen == "SUMMARY", form.facts
    return form


def test_a_booking_by_form_is_nine_messages(dsn: str, data_dir: Path) -> None:
    with with_form(dsn, data_dir) as program:
        published(program)
        person = Talker(program)
        person.says("hola")
        person.taps("Acepto")
        form = to_summary(Form(person.phone))
        form.submits()
        assert form.state == "done", form.facts
        seven = person.phone.gets(7, after=person.seen, seconds=30)
        assert "confirmada" in text_of(seven[0])
        assert len([e for e in person.phone.sees() if e["direction"] == "out"]) == 9
        assert counters(program)["rejected"] == {}
        again = Form(person.phone).opens()
        assert "ya agendaste" in str(again.message)


def test_an_error_stays_on_the_page_and_the_chat_goes_on(dsn: str, data_dir: Path) -> None:
    with with_form(dsn, data_dir) as program:
        published(program)
        person = Talker(program)
        person.says("hola")
        person.taps("Acepto")
        form = Form(person.phone).opens()
        form.fills(for_whom="me", procedure="first", curp="HEGG560427MVZRRL05").submits()
        assert form.screen == "PERSON"
        assert any("El último número" in text for text in form.texts), form.texts
        assert "El último número" in str(form.message)
        form.fills(curp=CURP).submits()
        assert form.screen == "IDENTITY"
        form.backs()
        form.fills(procedure="renewal").submits()
        form.closes()
        (question,) = person.says("hola")
        assert "27 de abril de 1956" in text_of(question)
        person.says(NAME)
        again = Form(person.phone).opens()
        assert again.component("procedure")["value"] == "renewal", again.component("procedure")
        again.submits()
        assert again.component("name")["value"] == NAME


def test_a_throttled_flow_is_followed_by_the_chat(dsn: str, data_dir: Path) -> None:
    with with_form(dsn, data_dir) as program:
        published(program)
        flows = call("GET", f"{program.emulator_url}/control/flows")[1]
        flows = flows["flows"] if isinstance(flows, dict) and "flows" in flows else flows
        for flow in flows:
            call("PATCH", f"{program.emulator_url}/control/flows/{flow['id']}", {"status": "BLOCKED"})
        person = Talker(program)
        person.says("hola")
        (menu,) = person.taps("Acepto")
        assert menu["payload"]["interactive"]["type"] == "list"
