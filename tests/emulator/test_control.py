from typing import Any

import pytest

from whatsapp_emulator import Running, Settings, serve
from whatsapp_emulator.testing import Inbox, Person, call, fetch, settle, stop_clock, wait_until

BUTTONS = {
    "type": "button",
    "body": {"text": "¿Sí?"},
    "action": {"buttons": [{"type": "reply", "reply": {"id": "yes", "title": "Sí"}}]},
}


def send(emulator: Running, kind: str, content: Any) -> None:
    payload = {"messaging_product": "whatsapp", "to": "5215512345678", "type": kind, kind: content}
    path = f"{emulator.url}/v26.0/{emulator.settings.phone_number_id}/messages"
    assert call("POST", path, payload, emulator.settings.access_token)[0] == 200


def test_entries_are_numbered_and_read_from_any_place(emulator: Running, ana: Person) -> None:
    ana.does(text="uno")
    send(emulator, "text", {"body": "dos"})
    ana.does(text="tres")
    entries = ana.sees()
    assert [(entry["n"], entry["direction"], entry["type"]) for entry in entries] == [
        (1, "in", "text"),
        (2, "out", "text"),
        (3, "in", "text"),
    ]
    assert [entry["wamid"] for entry in ana.sees(after=2)] == [entries[2]["wamid"]]
    assert ana.sees(after=3) == []


def test_a_wamid_can_be_chosen(ana: Person, hook: Inbox) -> None:
    assert ana.does(text="Hola", wamid="wamid.chosen") == "wamid.chosen"
    [message] = wait_until(hook.messages)
    assert message["id"] == "wamid.chosen"


def test_the_button_of_an_older_message_can_be_pressed(emulator: Running, ana: Person) -> None:
    ana.does(text="Hola")
    send(emulator, "interactive", BUTTONS)
    first = ana.gets()[0]["wamid"]
    send(emulator, "interactive", BUTTONS)
    ana.does(press="Sí", of=first)
    assert ana.sees()[-1]["payload"]["context"]["id"] == first


@pytest.mark.parametrize(
    "action",
    [
        {"button": "no"},
        {"press": "No"},
        {"choose": "nothing"},
        {"reaction": "👍"},
        {"text": 1},
        {},
        {"dance": True},
        {"text": "a", "image": True},
        {"text": "a", "deliver": "two"},
        {"text": "a", "name": 5},
        [],
    ],
)
def test_what_cannot_be_done_is_said(emulator: Running, ana: Person, action: Any) -> None:
    status, answer = call("POST", f"{emulator.url}/control/phones/{ana.wa_id}/messages", action)
    assert status == 422
    assert answer["error"]
    assert ana.sees() == []


@pytest.mark.parametrize("wa_id", ["123", "52155x2345678", "1" * 16])
def test_a_phone_is_a_whole_number(emulator: Running, wa_id: str) -> None:
    assert call("PUT", f"{emulator.url}/control/phones/{wa_id}", {})[0] == 422


def test_phones_are_added_and_listed(emulator: Running) -> None:
    call("PUT", f"{emulator.url}/control/phones/5215500000001", {"name": "Ana de muestra"})
    Person(emulator.url, "5215500000002").does(text="Hola")
    _, phones = call("GET", f"{emulator.url}/control/phones")
    assert [(phone["wa_id"], phone["name"], phone["entries"]) for phone in phones] == [
        ("5215500000001", "Ana de muestra", 0),
        ("5215500000002", "Persona 0002", 1),
    ]


def test_counters_count(emulator: Running, ana: Person, hook: Inbox) -> None:
    ana.does(text="Hola")
    send(emulator, "text", {"body": "Buenos días"})
    wait_until(lambda: len(hook.statuses()) == 2)
    _, counters = call("GET", f"{emulator.url}/control/counters")
    assert (counters["messages_in"], counters["messages_out"], counters["statuses"]) == (1, 1, 2)
    assert (counters["phones"], counters["rejected"]) == (1, {})


def test_reset_forgets_what_waits(emulator: Running, ana: Person, hook: Inbox) -> None:
    stop_clock(emulator)
    hook.answers[:] = [500]
    ana.does(text="Hola")
    settle(emulator)
    call("POST", f"{emulator.url}/control/reset")
    ana.does(text="otra vez")
    settle(emulator, 60)
    assert [message["text"]["body"] for message in hook.messages()] == ["otra vez"]


def test_the_handshake_is_proved(emulator: Running) -> None:
    assert call("POST", f"{emulator.url}/control/handshake") == (200, {"outcome": "verified"})


def test_any_change_can_be_told(emulator: Running, hook: Inbox) -> None:
    asked = {"field": "account_update", "value": {"event": "ACCOUNT_VIOLATION"}}
    assert call("POST", f"{emulator.url}/control/webhook", asked)[0] == 200
    assert wait_until(hook.changes) == [asked]
    for wrong in ({}, {"field": "", "value": {}}, {"field": "a", "value": 1}):
        assert call("POST", f"{emulator.url}/control/webhook", wrong)[0] == 422


def test_without_a_webhook_people_still_chat() -> None:
    with serve(Settings(app_secret="a", access_token="b", port=0)) as running:
        person = Person(running.url)
        person.does(text="Hola")
        send(running, "text", {"body": "Buenos días"})
        assert len(person.gets()) == 1
        assert call("POST", f"{running.url}/control/handshake")[0] == 422


def test_too_many_waiting_webhooks_are_refused() -> None:
    settings = Settings(
        app_secret="a",
        access_token="b",
        port=0,
        webhook_url="http://127.0.0.1:9/",
        webhooks_waiting_max=1,
    )
    with serve(settings) as running:
        path = f"{running.url}/control/phones/5215512345678/messages"
        assert call("POST", path, {"text": "uno"})[0] == 200
        assert call("POST", path, {"text": "dos"})[0] == 503


def test_the_page_loads_only_from_here(emulator: Running) -> None:
    status, body = fetch("GET", f"{emulator.url}/")
    assert status == 200
    assert b"https://" not in body
    for name in ("chat.js", "chat.css", "icon.svg"):
        assert fetch("GET", f"{emulator.url}/page/{name}")[0] == 200
