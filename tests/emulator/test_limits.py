"""Each limit at its edge passes, one step over it fails with Meta's code."""

from typing import Any

import pytest

from whatsapp_emulator.limits import payload_faults

Payload = dict[str, Any]


def message(kind: str, content: Any, **more: Any) -> Payload:
    return {"messaging_product": "whatsapp", "to": "5215512345678", "type": kind, kind: content, **more}


def text(body: Any = "Hola", **more: Any) -> Payload:
    return message("text", {"body": body}, **more)


def reply(n: int, title: Any = None, id_: Any = None) -> Payload:
    reply = {"id": f"id{n}" if id_ is None else id_, "title": f"Opción {n}" if title is None else title}
    return {"type": "reply", "reply": reply}


def buttons(*replies: Payload, **parts: Any) -> Payload:
    action = {"buttons": list(replies or (reply(1),))}
    return message("interactive", {"type": "button", "body": {"text": "¿Sí?"}, "action": action, **parts})


def row(n: int, **changed: Any) -> Payload:
    return {"id": f"row{n}", "title": f"Renglón {n}", **changed}


def section(*rows: Payload, **parts: Any) -> Payload:
    return {"rows": list(rows), **parts}


def listed(*sections: Payload, button: Any = "Ver", **parts: Any) -> Payload:
    action = {"button": button, "sections": list(sections or (section(row(1)),))}
    return message("interactive", {"type": "list", "body": {"text": "Elige"}, "action": action, **parts})


def link(label: Any = "Abrir", url: Any = "https://example.org/") -> Payload:
    action = {"name": "cta_url", "parameters": {"display_text": label, "url": url}}
    return message("interactive", {"type": "cta_url", "body": {"text": "Mira"}, "action": action})


def ask_location(length: int) -> Payload:
    content = {"type": "location_request_message", "body": {"text": "a" * length}}
    return message("interactive", {**content, "action": {"name": "send_location"}})


def place(latitude: Any, longitude: Any) -> Payload:
    return message("location", {"latitude": latitude, "longitude": longitude})


def template(value: str = "martes", **changed: Any) -> Payload:
    components = [{"type": "body", "parameters": [{"type": "text", "text": value}]}]
    named = {"name": "recordatorio_1", "language": {"code": "es_MX"}, "components": components}
    return message("template", {**named, **changed})


def rows(count: int, start: int = 0) -> list[Payload]:
    return [row(n) for n in range(start, start + count)]


def part(length: int) -> Payload:
    return {"text": "a" * length}


def header(length: int) -> Payload:
    return {"type": "text", "text": "a" * length}


def document(caption: int = 1, filename: int = 1) -> Payload:
    return message("document", {"id": "1", "caption": "c" * caption, "filename": "f" * filename})


EDGES: list[tuple[str, Payload, Payload, int]] = [
    ("text body", text("á" * 4096), text("á" * 4097), 100),
    ("text body is not empty", text("."), text(" \n"), 131008),
    ("text body is a string", text("1"), text(1), 100),
    ("opaque data", text(biz_opaque_callback_data="a" * 512), text(biz_opaque_callback_data="a" * 513), 100),
    ("button body", buttons(body=part(1024)), buttons(body=part(1025)), 100),
    ("list body", listed(body=part(1024)), listed(body=part(1025)), 100),
    ("location request body", ask_location(1024), ask_location(1025), 100),
    ("header", buttons(header=header(60)), buttons(header=header(61)), 100),
    ("list header", listed(header=header(60)), listed(header={"type": "image", "image": {"id": "1"}}),
     131009),
    ("footer", buttons(footer=part(60)), buttons(footer=part(61)), 100),
    ("three buttons", buttons(*map(reply, range(3))), buttons(*map(reply, range(4))), 131009),
    ("one button", buttons(), message("interactive", {**buttons()["interactive"], "action": {"buttons": []}}),
     131009),
    ("button title", buttons(reply(1, "a" * 20)), buttons(reply(1, "a" * 21)), 100),
    ("button titles differ", buttons(reply(1), reply(2)), buttons(reply(1, "Sí"), reply(2, "Sí")), 131009),
    ("button ids differ", buttons(reply(1), reply(2)), buttons(reply(1), reply(2, id_="id1")), 131009),
    ("button id", buttons(reply(1, id_="a" * 256)), buttons(reply(1, id_="a" * 257)), 100),
    ("button id has no space at its end", buttons(reply(1, id_="a b")), buttons(reply(1, id_="a ")), 131009),
    ("button title is not empty", buttons(reply(1, "1")), buttons(reply(1, "")), 131008),
    ("ten rows", listed(section(*rows(10))), listed(section(*rows(11))), 131009),
    ("ten rows in all sections", listed(section(*rows(5), title="A"), section(*rows(5, 5), title="B")),
     listed(section(*rows(5), title="A"), section(*rows(6, 5), title="B")), 131009),
    ("ten sections", listed(*(section(row(n), title=f"S{n}") for n in range(10))),
     listed(*(section(row(n), title=f"S{n}") for n in range(11))), 131009),
    ("a section has rows", listed(section(row(1))), listed(section()), 131009),
    ("sections are titled when there are two", listed(section(row(1))),
     listed(section(row(1), title="A"), section(row(2))), 131008),
    ("section title", listed(section(row(1), title="a" * 24)), listed(section(row(1), title="a" * 25)), 100),
    ("row title", listed(section(row(1, title="a" * 24))), listed(section(row(1, title="a" * 25))), 100),
    ("row description", listed(section(row(1, description="a" * 72))),
     listed(section(row(1, description="a" * 73))), 100),
    ("row id", listed(section(row(1, id="a" * 200))), listed(section(row(1, id="a" * 201))), 100),
    ("row ids differ", listed(section(row(1), row(2))), listed(section(row(1), row(1))), 131009),
    ("list button", listed(button="a" * 20), listed(button="a" * 21), 100),
    ("link label", link("a" * 20), link("a" * 21), 100),
    ("link address", link(url="http://a"), link(url="ftp://a"), 131009),
    ("caption", document(caption=1024), document(caption=1025), 100),
    ("filename", document(filename=240), document(filename=241), 100),
    ("one source of a file", message("image", {"id": "1"}),
     message("image", {"id": "1", "link": "https://example.org/a.png"}), 131008),
    ("audio has no caption", message("audio", {"id": "1"}), message("audio", {"id": "1", "caption": "a"}),
     100),
    ("latitude", place(-90, "180"), place(90.1, 0), 131009),
    ("longitude", place(90, -180), place(0, -180.1), 131009),
    ("location is whole", place(0, 0), message("location", {"latitude": 0}), 131008),
    ("template name", template(name="a" * 512), template(name="a" * 513), 100),
    ("template name's letters", template(name="a_1"), template(name="Recordatorio"), 131009),
    ("template text stays on one line", template("a    b"), template("a\nb"), 100),
    ("template has a language", template(), message("template", {"name": "a"}), 131008),
    ("unknown property", text(), text(mood="good"), 100),
    ("unknown property inside", text(), message("text", {"body": "a", "color": "red"}), 100),
    ("content of another kind", text(), text(image={"id": "1"}), 100),
    ("type", text(), {**text(), "type": "telegram"}, 131009),
    ("type is a word", text(), {**text(), "type": ["text"]}, 131009),
    ("product", text(), {**text(), "messaging_product": "sms"}, 131009),
    ("recipient", text(recipient="MX.1"), {key: text()[key] for key in ("messaging_product", "text")},
     131008),
    ("context", text(context={"message_id": "wamid.1"}), text(context={}), 131008),
    ("interactive type", buttons(), message("interactive", {**buttons()["interactive"], "type": "carousel"}),
     131009),
]  # fmt: skip


@pytest.mark.parametrize(("edge", "over", "code"), [row[1:] for row in EDGES], ids=[row[0] for row in EDGES])
def test_a_limit_holds_exactly(edge: Payload, over: Payload, code: int) -> None:
    assert payload_faults(edge) == []
    assert [fault.code for fault in payload_faults(over)] == [code]


RECEIPT = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}
ACCEPTED = [
    {**RECEIPT, "typing_indicator": {"type": "text"}},
    {"messaging_product": "whatsapp", "to": "5215512345678", "text": {"body": "no type means text"}},
    message("reaction", {"message_id": "wamid.1", "emoji": ""}),
    message("sticker", {"id": "1"}),
    message("video", {"link": "https://example.org/a.mp4", "caption": "a"}),
    message("contacts", [{"name": {"formatted_name": "A B"}, "phones": [{"phone": "+52 55 5555 0100"}]}]),
    buttons(header={"type": "document", "document": {"id": "1", "filename": "a.pdf"}}),
    {
        **message("location", {"latitude": 37.758056, "longitude": -122.425332, "name": "n", "address": "a"}),
        "recipient_type": "individual",
    },
    message(
        "template",
        {
            "name": "template_name",
            "language": {"code": "es_MX"},
            "components": [
                {
                    "type": "body",
                    "parameters": [
                        {"type": "text", "text": "text-string"},
                        {
                            "type": "currency",
                            "currency": {"amount_1000": 100990, "code": "USD", "fallback_value": "$100.99"},
                        },
                        {"type": "date_time", "date_time": {"fallback_value": "February 25, 1977"}},
                    ],
                },
                {
                    "type": "button",
                    "sub_type": "quick_reply",
                    "index": "0",
                    "parameters": [{"type": "payload", "payload": "confirm"}],
                },
            ],
        },
    ),
]


@pytest.mark.parametrize("payload", ACCEPTED)
def test_the_examples_of_the_reference_are_accepted(payload: Payload) -> None:
    assert payload_faults(payload) == []


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ([], 100),
        ("text", 100),
        ({}, 131008),
        ({**RECEIPT, "status": "delivered"}, 131009),
        ({**RECEIPT, "typing_indicator": {"type": "audio"}}, 131009),
        (message("interactive", "yes"), 100),
        (buttons("yes"), 100),  # type: ignore[arg-type]
        (message("contacts", {}), 100),
        (template(components=[{"type": "carousel"}]), 131009),
    ],
)
def test_what_is_not_a_message_is_refused(payload: object, code: int) -> None:
    assert payload_faults(payload)[0].code == code
