"""The same message made by pywa, an independent client: Meta is asked for the same thing."""

from collections.abc import Callable
from typing import Any

import httpx
import msgspec
import pytest
from pywa import WhatsApp
from pywa.types import Button, Section, SectionList, SectionRow, URLButton

from ventanilla.core.channel import Address
from ventanilla.wire.whatsapp.shape import payload, receipt
from ventanilla.words.compose import Message, Row
from ventanilla.words.outgoing import Document, Link, Outgoing, Picture, Pin

TO = Address("phone", "5215512345678")
ROWS = tuple(Row(f"ask:{n}", f"title {n}", f"about {n}") for n in range(10))
ANSWER = {
    "messaging_product": "whatsapp",
    "contacts": [{"input": TO.text, "wa_id": TO.text}],
    "messages": [{"id": "wamid.A"}],
    "success": True,
}


class Asked:
    """What pywa sent to the Graph API."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        transport = httpx.MockTransport(self._answer)
        session = httpx.Client(transport=transport, base_url="https://graph.facebook.com")
        self.client = WhatsApp(phone_id="100000000000001", token="sample", session=session)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(msgspec.json.decode(request.content))
        return httpx.Response(200, json=ANSWER)


def meant(sent: Any) -> Any:
    """Without what says nothing: absent and empty are the same to Meta."""
    if isinstance(sent, dict):
        return {k: meant(v) for k, v in sent.items() if v not in (None, "", [], {})}
    return [meant(item) for item in sent] if isinstance(sent, list) else sent


def _rows(rows: tuple[Row, ...]) -> list[SectionRow]:
    return [SectionRow(title=r.title, callback_data=r.id, description=r.description) for r in rows]


SAME: list[tuple[Outgoing, Callable[[WhatsApp], object]]] = [
    (Message("hola"), lambda wa: wa.send_message(TO.text, "hola", tracker="42")),
    (
        Message("¿Sí?", buttons=ROWS[:3]),
        lambda wa: wa.send_message(
            TO.text, "¿Sí?", buttons=[Button(r.title, callback_data=r.id) for r in ROWS[:3]], tracker="42"
        ),
    ),
    (
        Message("¿Cuál?", sections=(("uno", ROWS[:4]), ("dos", ROWS[4:])), opener="Ver"),
        lambda wa: wa.send_message(
            TO.text,
            "¿Cuál?",
            buttons=SectionList("Ver", [Section("uno", _rows(ROWS[:4])), Section("dos", _rows(ROWS[4:]))]),
            tracker="42",
        ),
    ),
    (
        Link("Oficina", "Cómo llegar", "https://maps.example/?q=1"),
        lambda wa: wa.send_message(
            TO.text,
            "Oficina",
            buttons=URLButton("Cómo llegar", url="https://maps.example/?q=1"),
            tracker="42",
        ),
    ),
    (
        Picture("123456789012345", "1 de 3"),
        lambda wa: wa.send_image(TO.text, "123456789012345", caption="1 de 3", tracker="42"),
    ),
    (
        Document("123456789012345", "hoja.pdf", "Hoja"),
        lambda wa: wa.send_document(
            TO.text, "123456789012345", filename="hoja.pdf", caption="Hoja", tracker="42"
        ),
    ),
    (
        Pin(19.4, -99.1, "Oficina", "Calle 1"),
        lambda wa: wa.send_location(
            TO.text, latitude=19.4, longitude=-99.1, name="Oficina", address="Calle 1", tracker="42"
        ),
    ),
]


@pytest.mark.parametrize(("what", "send"), SAME, ids=lambda v: type(v).__name__)
def test_a_message_asks_meta_for_what_pywa_asks(what: Outgoing, send: Callable[[WhatsApp], object]) -> None:
    asked = Asked()
    send(asked.client)
    assert meant(payload(TO, what, "42")) == meant(asked.bodies[0])


def test_a_receipt_asks_meta_for_what_pywa_asks() -> None:
    asked = Asked()
    asked.client.indicate_typing("wamid.A")
    assert meant(receipt("wamid.A")) == meant(asked.bodies[0])


def test_a_difference_is_seen() -> None:
    asked = Asked()
    asked.client.send_message(TO.text, "hola", tracker="43")
    assert meant(payload(TO, Message("hola"), "42")) != meant(asked.bodies[0])
