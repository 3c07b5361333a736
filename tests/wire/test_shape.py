"""Every payload we can make is accepted by the strict emulator's own rules."""

import pytest

from ventanilla.core.channel import Address
from ventanilla.core.templates import TEMPLATES
from ventanilla.wire.whatsapp.shape import payload
from ventanilla.words import LANGUAGES, words
from ventanilla.words.compose import Message, Row
from ventanilla.words.limits import faults_of
from ventanilla.words.outgoing import Document, Link, Outgoing, Picture, Pin
from ventanilla.words.templates import compose_template
from whatsapp_emulator import limits

TO = Address("phone", "5215512345678")
ROWS = tuple(Row(f"ask:{n}", f"title {n}", "about") for n in range(10))


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        (Message("hola"), "text"),
        (Message("¿Sí?", buttons=ROWS[:3]), "interactive"),
        (Message("¿Cuál?", sections=(("", ROWS),), opener="Ver"), "interactive"),
        (Message("¿Cuál?", sections=(("uno", ROWS[:4]), ("dos", ROWS[4:])), opener="Ver"), "interactive"),
        (Picture("123", "1 de 3"), "image"),
        (Document("123", "hoja.pdf", "Hoja"), "document"),
        (Link("Oficina", "Cómo llegar", "https://maps.example/?q=1"), "interactive"),
        (Pin(19.4, -99.1, "Oficina", "Calle 1"), "location"),
    ],
)
def test_what_we_send_keeps_every_limit(what: Outgoing, kind: str) -> None:
    shaped = payload(TO, what, "42")
    assert shaped["type"] == kind
    assert shaped["biz_opaque_callback_data"] == "42"
    assert limits.payload_faults(shaped) == []
    assert list(faults_of(what)) == []


def test_a_person_without_a_phone_is_the_recipient() -> None:
    shaped = payload(Address("bsuid", "MX.123"), Message("hola"), "1")
    assert shaped["recipient"] == "MX.123"
    assert "to" not in shaped


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_goes_out_with_its_variables_by_name(name: str, language: str) -> None:
    call = compose_template(name, words(language), TEMPLATES[name].values, "7")
    shaped = payload(TO, call, "1")
    assert limits.payload_faults(shaped) == []
    assert shaped["template"]["language"] == {"code": "es_MX" if language == "es" else "en"}
    body = [c for c in shaped["template"]["components"] if c["type"] == "body"]
    assert [p["parameter_name"] for c in body for p in c["parameters"]] == list(call.values)
    buttons = [c for c in shaped["template"]["components"] if c["type"] == "button"]
    assert [(b["index"], b["parameters"][0]["payload"]) for b in buttons] == [
        (str(n), p) for n, p in enumerate(call.payloads)
    ]
