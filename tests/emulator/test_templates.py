"""Templates: what may be created, how they are reviewed and managed, and what may be sent of them."""

import copy
from typing import Any

import pytest

from whatsapp_emulator import Running
from whatsapp_emulator.config import DAY_SECONDS
from whatsapp_emulator.template_definition import definition_faults, normal
from whatsapp_emulator.testing import Inbox, Person, call, choose, create_template, send, settle, stop_clock

Definition = dict[str, Any]


def buttons(*given: Definition) -> Definition:
    return {"type": "BUTTONS", "buttons": list(given)}


def quick(label: str) -> Definition:
    return {"type": "QUICK_REPLY", "text": label}


def url(address: str = "https://example.org/{{1}}", **more: Any) -> Definition:
    return {"type": "URL", "text": "Abrir", "url": address, "example": ["https://example.org/a"], **more}


def body(said: str = "Hola {{1}}, tu cita es el {{2}}, te esperamos.", *examples: str) -> Definition:
    made: Definition = {"type": "BODY", "text": said}
    return {**made, "example": {"body_text": [list(examples)]}} if examples else made


BODY = body("Hola {{1}}, tu cita es el {{2}}, te esperamos.", "Ana", "martes")
HEADER = {"type": "HEADER", "format": "TEXT", "text": "Tu cita"}


def defined(*components: Definition, **more: Any) -> Definition:
    whole = {"name": "recordatorio", "language": "es_MX", "category": "UTILITY", **more}
    return {**whole, "components": list(components) or [BODY]}


FULL = defined(
    {**HEADER, "text": "Cita de {{1}}", "example": {"header_text": ["Ana"]}},
    BODY,
    {"type": "FOOTER", "text": "Oficina de muestra"},
    buttons(quick("Voy"), quick("Cancelar"), url()),
)
NAMED = defined(
    {
        "type": "BODY",
        "text": "Hola {{nombre}}, tu cita es el {{dia}}, te esperamos.",
        "example": {
            "body_text_named_params": [
                {"param_name": "nombre", "example": "Ana"},
                {"param_name": "dia", "example": "martes"},
            ]
        },
    },
    parameter_format="NAMED",
)


def words(*texts: str) -> list[Definition]:
    return [{"type": "text", "text": one} for one in texts]


def named(**texts: str) -> list[Definition]:
    return [{"type": "text", "text": one, "parameter_name": name} for name, one in texts.items()]


def part(kind: str, parameters: list[Definition], **more: Any) -> Definition:
    return {"type": kind, "parameters": parameters, **more}


URL_PART = part("button", words("a"), sub_type="url", index="2")
FULL_PARTS = [part("header", words("Ana")), part("body", words("Ana", "martes")), URL_PART]


def message(*components: Definition, language: str = "es_MX", name: str = "recordatorio") -> Definition:
    template = {"name": name, "language": {"code": language}, "components": list(components)}
    return {"type": "template", "template": template}


def sent(emulator: Running, *components: Definition, **more: Any) -> int:
    """Meta's code, 0 when it was taken."""
    answer = send(emulator, message(*components, **more), "5215512345678")[1]
    code: int = answer.get("error", {}).get("code", 0)
    return code


def manage(emulator: Running, method: str, path: str, content: Any = None) -> tuple[int, Any]:
    return call(method, f"{emulator.url}/v26.0/{path}", content, emulator.settings.access_token)


def account(emulator: Running, query: str = "") -> str:
    return f"{emulator.settings.business_account_id}/message_templates{query}"


@pytest.fixture
def still(emulator: Running) -> Running:
    stop_clock(emulator)
    return emulator


@pytest.mark.parametrize(
    "definition",
    [
        FULL,
        NAMED,
        defined(category="MARKETING"),
        defined(language="en"),
        defined({**BODY, "type": "body"}, category="utility"),
        defined(name="a" * 512),
        defined(body("a" * 1024)),
        defined({**HEADER, "text": "a" * 60}, BODY),
        defined(BODY, {"type": "FOOTER", "text": "a" * 60}),
        defined(BODY, buttons(*(quick(f"Opción {n}") for n in range(10)))),
        defined(BODY, buttons(quick("a" * 25))),
        defined({"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::a"]}}, BODY),
        defined({"type": "HEADER", "format": "LOCATION"}, BODY),
        defined(BODY, buttons({"type": "PHONE_NUMBER", "text": "Llamar", "phone_number": "525555550100"})),
        defined(BODY, buttons({"type": "COPY_CODE", "example": "ABC"})),
        defined(BODY, buttons({"type": "FLOW", "text": "Agendar", "flow_id": "1"})),
        defined(BODY, buttons({"type": "REQUEST_CONTACT_INFO"})),
        defined(message_send_ttl_seconds=3600),
    ],
)
def test_what_meta_accepts_is_accepted(definition: Definition) -> None:
    assert list(definition_faults(normal(definition))) == []


@pytest.mark.parametrize(
    ("definition", "subcode"),
    [
        (defined(name="Recordatorio"), 0),
        (defined(name="a" * 513), 0),
        (defined(language="español"), 0),
        (defined(category="SPAM"), 0),
        (defined(mood="good"), 0),
        (defined(HEADER), 0),
        (defined(BODY, BODY), 0),
        (defined({"type": "BODY"}), 0),
        (defined(body("a" * 1025)), 2388040),
        (defined({**HEADER, "text": "a" * 61}, BODY), 2388040),
        (defined(BODY, {"type": "FOOTER", "text": "a" * 61}), 2388040),
        (defined({**HEADER, "text": "a\nb"}, BODY), 2388047),
        (defined({**HEADER, "text": "{{1}} y {{2}}", "example": {"header_text": ["a", "b"]}}, BODY), 2388047),
        (defined(body("Hola {{2}}, te esperamos hoy.", "Ana")), 2388072),
        (defined(body("Hola {{nombre}}, te esperamos hoy.", "Ana")), 2388072),
        (defined(body("Hola {{1}, te esperamos hoy.")), 2388072),
        (defined(body("Hola {{1, te esperamos hoy.")), 2388072),
        (
            defined(
                {**NAMED["components"][0], "text": "Hola {{1}}, hoy te esperamos."}, parameter_format="NAMED"
            ),
            2388072,
        ),
        (defined(BODY, {"type": "FOOTER", "text": "Oficina {{1}}"}), 2388073),
        (defined(body("{{1}}, te esperamos hoy.", "Ana")), 2388299),
        (defined(body("Hoy te esperamos, {{1}}", "Ana")), 2388299),
        (defined(body("Hola {{1}} y {{2}} hoy", "a", "b")), 2388293),
        (defined(body("Hola {{1}}, hoy te esperamos.")), 2388043),
        (defined(body("Hola {{1}}, hoy te esperamos.", "a", "b")), 2388043),
        (defined(BODY, buttons(*(quick(f"Opción {n}") for n in range(11)))), 0),
        (defined(BODY, buttons(quick("a" * 26))), 0),
        (defined(BODY, buttons(quick("Voy"), quick("Voy"))), 0),
        (defined(BODY, buttons(quick("Voy"), url(), quick("Cancelar"))), 0),
        (defined(BODY, buttons(quick("Voy {{1}}"))), 0),
        (defined(BODY, buttons(url(), url(text="Ver"), url(text="Mirar"))), 0),
        (defined(BODY, buttons(url("https://example.org/{{1}}/a"))), 0),
        (defined(BODY, buttons(url(example=["a", "b"]))), 2388043),
        (defined(BODY, buttons(url("https://example.org/" + "a" * 2000))), 0),
        (defined(message_send_ttl_seconds=29), 0),
        (defined(message_send_ttl_seconds="30"), 0),
    ],
)
def test_what_meta_refuses_is_refused(emulator: Running, definition: Definition, subcode: int) -> None:
    status, answer = manage(emulator, "POST", account(emulator), definition)
    error = answer["error"]
    assert (status, error["code"], error.get("error_subcode", 0)) == (400, 100, subcode)
    assert error["error_user_title"]
    assert error["error_user_msg"]
    assert manage(emulator, "GET", account(emulator))[1] == {"data": []}


@pytest.mark.parametrize("content", [None, [], {}, "text"])
def test_what_is_no_definition_is_refused(emulator: Running, content: Any) -> None:
    assert manage(emulator, "POST", account(emulator), content)[0] == 400


def test_a_template_is_reviewed_and_told(still: Running, hook: Inbox) -> None:
    choose(still, review_delay=3600)
    status, answer = manage(still, "POST", account(still), FULL)
    assert (status, answer["status"], answer["category"]) == (200, "PENDING", "UTILITY")
    assert sent(still, *FULL_PARTS) == 132001
    settle(still, 3600)
    [change] = hook.changes()
    assert change == {
        "field": "message_template_status_update",
        "value": {
            "event": "APPROVED",
            "message_template_id": int(answer["id"]),
            "message_template_name": "recordatorio",
            "message_template_language": "es_MX",
            "reason": "NONE",
            "message_template_category": "UTILITY",
        },
    }
    assert sent(still, *FULL_PARTS) == 0


def test_variables_side_by_side_are_rejected_in_the_review(still: Running, hook: Inbox) -> None:
    template_id = create_template(still, defined(body("Hola {{1}} {{2}}, hoy te esperamos aquí.", "a", "b")))
    settle(still)
    value = hook.values()[0]
    assert (value["event"], value["reason"]) == ("REJECTED", "INVALID_FORMAT")
    assert value["rejection_info"]["recommendation"]
    facts = manage(still, "GET", f"{template_id}?fields=status,rejected_reason")[1]
    assert facts == {"id": template_id, "status": "REJECTED", "rejected_reason": "INVALID_FORMAT"}


def test_a_name_is_taken_once_in_each_language(emulator: Running) -> None:
    create_template(emulator, defined())
    create_template(emulator, defined(language="en"))
    error = manage(emulator, "POST", account(emulator), defined())[1]["error"]
    assert error["error_subcode"] == 2388024


def test_an_account_has_only_so_many(emulator: Running) -> None:
    choose(emulator, templates_max=2)
    for n in range(2):
        create_template(emulator, defined(name=f"aviso_{n}"))
    assert manage(emulator, "POST", account(emulator), defined())[1]["error"]["error_subcode"] == 2388019


def test_templates_are_listed_page_by_page(emulator: Running) -> None:
    for n in range(5):
        create_template(emulator, defined(name=f"aviso_{n}"))
    seen: list[str] = []
    query = "?limit=2&fields=name"
    pages = 0
    while query:
        _, answer = manage(emulator, "GET", account(emulator, query))
        seen += [one["name"] for one in answer["data"]]
        pages += 1
        query = answer["paging"].get("next", "").partition("message_templates")[2]
    assert (seen, pages) == ([f"aviso_{n}" for n in range(5)], 3)
    cursor = answer["paging"]["cursors"]["before"]
    _, before = manage(emulator, "GET", account(emulator, f"?limit=2&before={cursor}"))
    assert [one["name"] for one in before["data"]] == ["aviso_2", "aviso_3"]
    assert manage(emulator, "GET", account(emulator, "?after=nowhere"))[1]["error"]["code"] == 131059
    assert manage(emulator, "GET", account(emulator, "?limit=many"))[1]["error"]["code"] == 100


def test_templates_are_found_by_their_facts(emulator: Running) -> None:
    create_template(emulator, defined())
    create_template(emulator, defined(language="en"))
    create_template(emulator, defined(name="aviso", category="MARKETING"))
    for query, count in (("?name=recordatorio", 2), ("?language=en", 1), ("?category=MARKETING", 1)):
        assert len(manage(emulator, "GET", account(emulator, query))[1]["data"]) == count
    assert len(manage(emulator, "GET", account(emulator, "?status=PAUSED"))[1]["data"]) == 0


def test_a_template_is_given_back_as_it_was_made(emulator: Running) -> None:
    template_id = create_template(emulator, FULL)
    facts = manage(emulator, "GET", template_id)[1]
    assert facts == {**FULL, "parameter_format": "POSITIONAL", "status": "APPROVED", "id": template_id}
    assert call("GET", f"{emulator.url}/control/templates")[1][0]["id"] == template_id


def test_the_account_is_the_one_of_the_settings(emulator: Running) -> None:
    for method in ("GET", "POST", "DELETE"):
        assert manage(emulator, method, "1/message_templates", defined())[1]["error"]["error_subcode"] == 33
    assert manage(emulator, "POST", "1" * 16, {})[1]["error"]["error_subcode"] == 33
    assert manage(emulator, "GET", "1" * 16)[1]["error"]["error_subcode"] == 33


def test_a_deleted_name_cannot_be_used_for_30_days(still: Running) -> None:
    create_template(still, defined())
    other = create_template(still, defined(language="en"))
    assert manage(still, "DELETE", account(still, f"?name=recordatorio&hsm_id={other}"))[0] == 200
    assert len(manage(still, "GET", account(still))[1]["data"]) == 1
    assert manage(still, "DELETE", account(still, "?name=recordatorio"))[1] == {"success": True}
    assert (
        manage(still, "DELETE", account(still, "?name=recordatorio"))[1]["error"]["error_subcode"] == 2593002
    )
    assert manage(still, "DELETE", account(still))[0] == 400
    assert manage(still, "POST", account(still), defined())[1]["error"]["error_subcode"] == 2388023
    settle(still, 30 * DAY_SECONDS)
    create_template(still, defined())


def test_an_approved_template_is_edited_once_a_day_and_reviewed_again(still: Running, hook: Inbox) -> None:
    template_id = create_template(still, defined())
    choose(still, review_delay=60)
    changed = {"components": [body("Hola {{1}}, hoy te esperamos.", "Ana")]}
    assert manage(still, "POST", template_id, changed) == (200, {"success": True})
    assert manage(still, "POST", template_id, changed)[0] == 400  # under review
    settle(still, 60)
    assert manage(still, "POST", template_id, changed)[0] == 400  # the second of the day
    assert sent(still, part("body", words("Ana"))) == 0
    settle(still, DAY_SECONDS)
    assert manage(still, "POST", template_id, {"category": "MARKETING"})[0] == 400
    assert manage(still, "POST", template_id, {"components": [HEADER]})[0] == 400
    assert manage(still, "POST", template_id, {"name": "otro"})[0] == 400
    assert manage(still, "POST", template_id, changed)[0] == 200
    settle(still, 60)
    assert [value["event"] for value in hook.values() if "event" in value] == ["APPROVED"] * 3


@pytest.mark.parametrize(
    ("status", "code"), [("PAUSED", 132015), ("DISABLED", 132016), ("REJECTED", 132001), ("APPROVED", 0)]
)
def test_what_meta_decides_is_told_and_kept(still: Running, hook: Inbox, status: str, code: int) -> None:
    template_id = create_template(still, FULL)
    path = f"{still.url}/control/templates/{template_id}"
    assert call("PATCH", path, {"status": status, "reason": "SCAM"})[1]["status"] == status
    settle(still)
    value = hook.values()[-1]
    assert (value["event"], value["reason"]) == (status, "SCAM")
    assert sent(still, *FULL_PARTS) == code


def test_a_decision_ends_the_review(still: Running, hook: Inbox) -> None:
    choose(still, review_delay=60)
    template_id = create_template(still, defined())
    call("PATCH", f"{still.url}/control/templates/{template_id}", {"status": "REJECTED"})
    settle(still, 120)
    assert [value["event"] for value in hook.values()] == ["REJECTED"]


def test_quality_and_category_are_told(still: Running, hook: Inbox) -> None:
    template_id = create_template(still, defined())
    path = f"{still.url}/control/templates/{template_id}"
    call("PATCH", path, {"quality": "RED", "category": "MARKETING"})
    settle(still)
    which = {
        "message_template_id": int(template_id),
        "message_template_name": "recordatorio",
        "message_template_language": "es_MX",
    }
    assert hook.changes()[1:] == [
        {
            "field": "message_template_quality_update",
            "value": {"previous_quality_score": "UNKNOWN", "new_quality_score": "RED", **which},
        },
        {
            "field": "template_category_update",
            "value": {**which, "previous_category": "UTILITY", "new_category": "MARKETING"},
        },
    ]
    facts = manage(still, "GET", f"{template_id}?fields=category,quality_score")[1]
    assert facts == {"id": template_id, "category": "MARKETING", "quality_score": {"score": "RED"}}


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"status": "LOST"},
        {"status": "PAUSED", "reason": 1},
        {"quality": "BLUE"},
        {"status": "PAUSED", "category": "SPAM"},
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(emulator: Running, asked: Any) -> None:
    template_id = create_template(emulator, defined())
    assert call("PATCH", f"{emulator.url}/control/templates/{template_id}", asked)[0] == 422
    assert manage(emulator, "GET", template_id)[1]["status"] == "APPROVED"
    assert call("PATCH", f"{emulator.url}/control/templates/1", {"status": "PAUSED"})[0] == 422


def test_templates_are_checked_from_the_first_one_on_or_always(emulator: Running) -> None:
    assert sent(emulator, name="desconocida") == 0
    choose(emulator, templates_strict=True)
    assert sent(emulator, name="desconocida") == 132001
    choose(emulator, templates_strict=False)
    create_template(emulator, defined())
    assert sent(emulator, name="desconocida") == 132001
    assert sent(emulator, part("body", words("Ana", "martes")), language="en") == 132001


@pytest.mark.parametrize(
    ("components", "code"),
    [
        (FULL_PARTS, 0),
        (
            [
                *FULL_PARTS,
                part("button", [{"type": "payload", "payload": "go"}], sub_type="quick_reply", index=0),
            ],
            0,
        ),
        (FULL_PARTS[1:], 132000),
        (FULL_PARTS[:2], 132000),
        ([FULL_PARTS[0], part("body", words("Ana")), URL_PART], 132000),
        ([FULL_PARTS[0], part("body", words("Ana", "a", "b")), URL_PART], 132000),
        ([FULL_PARTS[0], part("body", named(nombre="Ana", dia="hoy")), URL_PART], 132012),
        ([FULL_PARTS[0], part("body", [{"type": "payload", "payload": "a"}, *words("b")]), URL_PART], 132012),
        (
            [
                part("header", [{"type": "image", "image": {"link": "https://example.org/a.png"}}]),
                *FULL_PARTS[1:],
            ],
            132012,
        ),
        ([*FULL_PARTS, part("button", words("a"), sub_type="url", index=5)], 132000),
        ([*FULL_PARTS, part("button", words("a"), sub_type="quick_reply", index=0)], 132012),
        ([FULL_PARTS[0], part("body", words("a" * 1000, "b" * 24)), URL_PART], 132005),
        ([part("header", words("a" * 60)), *FULL_PARTS[1:]], 132005),
    ],
)
def test_the_parameters_have_to_fit(emulator: Running, components: list[Definition], code: int) -> None:
    create_template(emulator, FULL)
    assert sent(emulator, *components) == code


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        (named(dia="martes", nombre="Ana"), 0),
        (named(dia="martes"), 132000),
        (named(dia="martes", otro="Ana"), 132012),
        (words("Ana", "martes"), 132012),
    ],
)
def test_named_parameters_have_to_fit(emulator: Running, parameters: list[Definition], code: int) -> None:
    create_template(emulator, NAMED)
    assert sent(emulator, part("body", parameters)) == code


def test_a_picture_belongs_into_a_header_for_pictures(emulator: Running) -> None:
    picture = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::a"]}}
    create_template(emulator, defined(picture, BODY))
    image = [{"type": "image", "image": {"link": "https://example.org/a.png"}}]
    rest = part("body", words("Ana", "martes"))
    assert sent(emulator, part("header", image), rest) == 0
    assert sent(emulator, part("header", words("Ana")), rest) == 132012
    assert sent(emulator, rest) == 132000


def test_the_person_reads_the_whole_text(emulator: Running, ana: Person) -> None:
    create_template(emulator, FULL)
    sent(emulator, *FULL_PARTS)
    [entry] = ana.gets()
    assert entry["payload"] == message(*FULL_PARTS)
    assert entry["rendered"] == {
        "header": {"type": "text", "text": "Cita de Ana"},
        "body": "Hola Ana, tu cita es el martes, te esperamos.",
        "footer": "Oficina de muestra",
        "buttons": [
            {"type": "QUICK_REPLY", "text": "Voy", "payload": "Voy"},
            {"type": "QUICK_REPLY", "text": "Cancelar", "payload": "Cancelar"},
            {"type": "URL", "text": "Abrir", "url": "https://example.org/a"},
        ],
    }


def test_values_are_not_read_as_variables(emulator: Running, ana: Person) -> None:
    create_template(emulator, defined())
    sent(emulator, part("body", words("{{2}}", "martes")))
    assert ana.gets()[0]["rendered"]["body"] == "Hola {{2}}, tu cita es el martes, te esperamos."


def test_money_and_dates_show_what_they_fall_back_to(emulator: Running, ana: Person) -> None:
    create_template(emulator, defined())
    money = {"fallback_value": "$1,730", "code": "MXN", "amount_1000": 1730000}
    values = [
        {"type": "currency", "currency": money},
        {"type": "date_time", "date_time": {"fallback_value": "hoy"}},
    ]
    assert sent(emulator, part("body", values)) == 0
    assert ana.gets()[0]["rendered"]["body"] == "Hola $1,730, tu cita es el hoy, te esperamos."


@pytest.mark.parametrize(("action", "payload"), [({"press": "Voy"}, "go"), ({"button": "go"}, "go")])
def test_a_quick_reply_of_a_template_is_pressed(
    emulator: Running, ana: Person, hook: Inbox, action: Definition, payload: str
) -> None:
    create_template(emulator, FULL)
    go = part("button", [{"type": "payload", "payload": "go"}], sub_type="quick_reply", index="0")
    sent(emulator, *FULL_PARTS, go)
    ana.does(**action)
    settle(emulator)
    [pressed] = hook.messages()
    assert (pressed["type"], pressed["button"]) == ("button", {"payload": payload, "text": "Voy"})
    assert pressed["context"]["id"] == ana.gets()[0]["wamid"]


def test_an_unknown_template_is_answered_by_its_payload(emulator: Running, ana: Person, hook: Inbox) -> None:
    go = part("button", [{"type": "payload", "payload": "go"}], sub_type="quick_reply", index="0")
    answer = send(emulator, message(go), ana.wa_id)[1]
    assert answer["messages"][0]["message_status"] == "accepted"
    ana.does(button="go")
    settle(emulator)
    assert hook.messages()[0]["button"] == {"payload": "go", "text": "go"}


def test_what_is_asked_is_not_changed() -> None:
    asked = defined({**BODY, "type": "body"})
    before = copy.deepcopy(asked)
    normal(asked)
    assert asked == before


def test_what_is_no_definition_stays_as_it_is() -> None:
    assert [normal(None), normal(1), normal([])] == [None, 1, []]
