import hashlib
import hmac
from collections.abc import Iterator
from typing import Any

import pytest

from whatsapp_emulator import Running, Settings, serve
from whatsapp_emulator.emulator import OUTSIDE_WINDOW
from whatsapp_emulator.state import Entry, Phone
from whatsapp_emulator.testing import Inbox, Person, call, inbox, wait_until, waiting
from whatsapp_emulator.webhooks import signature, status_value

TOKEN = "access token"
BUTTON = {"type": "reply", "reply": {"id": "yes", "title": "Sí"}}
ROW = {"id": "xalapa", "title": "Xalapa", "description": "Centro"}
BUTTONS = {"type": "button", "body": {"text": "¿Sí?"}, "action": {"buttons": [BUTTON]}}
LIST = {
    "type": "list",
    "body": {"text": "Elige"},
    "action": {"button": "Ver", "sections": [{"rows": [ROW]}]},
}
LOCATION = {
    "type": "location_request_message",
    "body": {"text": "¿Dónde?"},
    "action": {"name": "send_location"},
}


def send(emulator: Running, kind: str = "text", content: Any = None, **more: Any) -> str:
    content = content or {"body": "Buenos días"}
    payload = {"messaging_product": "whatsapp", "to": "5215512345678", "type": kind, kind: content, **more}
    path = f"{emulator.url}/v26.0/{emulator.settings.phone_number_id}/messages"
    wamid: str = call("POST", path, payload, TOKEN)[1]["messages"][0]["id"]
    return wamid


def got(hook: Inbox, count: int = 1) -> list[dict[str, Any]]:
    """The messages, once there are `count`."""
    found: list[dict[str, Any]] = wait_until(lambda: len(now := hook.messages()) >= count and now)
    return found


def told(hook: Inbox, count: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = wait_until(lambda: len(now := hook.statuses()) >= count and now)
    return found


def test_a_text_has_the_shape_of_the_platform(ana: Person, hook: Inbox) -> None:
    wamid = ana.does(text="Hola", name="Ana de muestra")
    got(hook)
    [value] = hook.values()
    [message] = value["messages"]
    [contact] = value["contacts"]
    assert value["messaging_product"] == "whatsapp"
    assert value["metadata"] == {
        "display_phone_number": "525550000000",
        "phone_number_id": "100000000000001",
    }
    assert contact["profile"] == {"name": "Ana de muestra"}
    assert contact["wa_id"] == message["from"] == ana.wa_id
    assert contact["user_id"] == message["from_user_id"]
    assert message["id"] == wamid
    assert message["timestamp"].isdecimal()
    assert (message["type"], message["text"]) == ("text", {"body": "Hola"})


def test_the_raw_bytes_are_signed(ana: Person, hook: Inbox) -> None:
    ana.does(text="ñandú 👍")
    got(hook)
    given, body = hook.posts[0]
    assert given == "sha256=" + hmac.new(b"app secret", body, hashlib.sha256).hexdigest()
    assert signature("another secret", body) != given


def test_a_pressed_button_says_which_message_it_was_on(emulator: Running, ana: Person, hook: Inbox) -> None:
    ana.does(text="Hola")
    wamid = send(emulator, "interactive", BUTTONS)
    ana.does(button="yes")
    reply = got(hook, 2)[1]
    assert reply["context"] == {"from": "525550000000", "id": wamid}
    assert reply["interactive"] == {"type": "button_reply", "button_reply": {"id": "yes", "title": "Sí"}}


@pytest.mark.parametrize("said", ["xalapa", "Xalapa"])
def test_a_row_is_chosen_by_id_or_title(emulator: Running, ana: Person, hook: Inbox, said: str) -> None:
    ana.does(text="Hola")
    send(emulator, "interactive", LIST)
    ana.does(choose=said)
    assert got(hook, 2)[1]["interactive"] == {"type": "list_reply", "list_reply": ROW}


def test_a_sent_location_answers_the_request(emulator: Running, ana: Person, hook: Inbox) -> None:
    ana.does(text="Hola")
    wamid = send(emulator, "interactive", LOCATION)
    ana.does(location={"latitude": 19.5, "longitude": -96.9})
    reply = got(hook, 2)[1]
    assert reply["location"] == {"latitude": 19.5, "longitude": -96.9}
    assert reply["context"]["id"] == wamid


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("image", {"mime_type", "sha256", "id"}),
        ("audio", {"mime_type", "sha256", "id", "voice"}),
        ("sticker", {"mime_type", "sha256", "id", "animated"}),
        ("document", {"mime_type", "sha256", "id", "filename"}),
        ("location", {"latitude", "longitude"}),
    ],
)
def test_other_kinds_have_the_keys_of_the_platform(
    ana: Person, hook: Inbox, kind: str, keys: set[str]
) -> None:
    ana.does(**{kind: True})
    [message] = got(hook)
    assert message["type"] == kind
    assert set(message[kind]) == keys


def test_contacts_reactions_and_what_is_not_supported(emulator: Running, ana: Person, hook: Inbox) -> None:
    ana.does(contacts=True)
    wamid = send(emulator)
    ana.does(reaction="👍")
    ana.does(unsupported=True)
    contacts, reaction, unsupported = got(hook, 3)
    assert contacts["contacts"][0]["name"]["formatted_name"]
    assert reaction["reaction"] == {"message_id": wamid, "emoji": "👍"}
    assert unsupported["type"] == "unsupported"
    assert unsupported["errors"][0]["code"] == 131051


def test_raw_is_merged_over_the_message(ana: Person, hook: Inbox) -> None:
    ana.does(text="Hola", raw={"timestamp": "1", "context": {"forwarded": True}})
    ana.does(raw={"type": "system", "system": {"type": "user_changed_number"}})
    text, system = got(hook, 2)
    assert (text["timestamp"], text["context"], text["text"]) == ("1", {"forwarded": True}, {"body": "Hola"})
    assert system["system"] == {"type": "user_changed_number"}


def test_statuses_carry_what_the_business_attached(emulator: Running, ana: Person, hook: Inbox) -> None:
    ana.does(text="Hola")
    wamid = send(emulator, biz_opaque_callback_data="outbox 1")
    told(hook, 2)
    assert ana.looks() == 1
    assert ana.looks() == 0
    statuses = told(hook, 3)
    assert [status["status"] for status in statuses] == ["sent", "delivered", "read"]
    assert {status["id"] for status in statuses} == {wamid}
    assert {status["biz_opaque_callback_data"] for status in statuses} == {"outbox 1"}
    assert statuses[0]["pricing"]["category"] == "service"
    assert "conversation" not in statuses[0]


def test_a_failed_status_has_no_contacts() -> None:
    phone = Phone("5215512345678", "Ana de muestra", "MX.1")
    entry = Entry(1, "out", 0.0, "wamid.1", "text", {}, "failed", phone.wa_id)
    value = status_value(phone, entry, "failed", 0.0, OUTSIDE_WINDOW)
    assert set(value) == {"statuses"}


def test_messages_of_one_person_arrive_in_order(emulator: Running, hook: Inbox) -> None:
    people = [Person(emulator.url, f"52155000000{n:02}") for n in range(5)]
    for n in range(10):
        for person in people:
            person.does(text=str(n))
    messages = got(hook, 50)
    for person in people:
        texts = [message["text"]["body"] for message in messages if message["from"] == person.wa_id]
        assert texts == [str(n) for n in range(10)]


def test_a_webhook_that_was_not_taken_comes_again_before_the_next(ana: Person, hook: Inbox) -> None:
    hook.answers[:] = [500, 503, 404]
    ana.does(text="uno")
    ana.does(text="dos")
    assert [message["text"]["body"] for message in got(hook, 2)] == ["uno", "dos"]
    wait_until(lambda: [entry["status"] for entry in ana.sees()] == ["delivered", "delivered"])
    wait_until(lambda: waiting(ana.url) == 0)
    counters = call("GET", f"{ana.url}/control/counters")[1]
    assert counters["webhooks"] == {
        "delivered": 2,
        "failures": 3,
        "lost": 0,
        "duplicates": 0,
        "waiting": 0,
        "outcomes": {"200": 2, "500": 1, "503": 1, "404": 1},
    }


def test_copies_of_a_message_have_one_id(ana: Person, hook: Inbox) -> None:
    wamid = ana.does(text="Hola", deliver=3)
    ana.does(text="otra")
    assert [message["id"] for message in got(hook, 4)][:3] == [wamid] * 3
    assert len(ana.sees()) == 2


@pytest.fixture
def twice() -> Iterator[tuple[Running, Inbox]]:
    with inbox() as hook:
        settings = Settings(
            app_secret="a", access_token=TOKEN, port=0, webhook_url=hook.url, duplicates=2, read_delay=0.01
        )
        with serve(settings) as running:
            yield running, hook


def test_every_webhook_can_come_twice(twice: tuple[Running, Inbox]) -> None:
    running, hook = twice
    person = Person(running.url)
    wamid = person.does(text="Hola")
    send(running)
    assert [message["id"] for message in got(hook, 2)] == [wamid, wamid]
    told(hook, 4)
    person.looks()
    statuses = [status["status"] for status in told(hook, 6)]
    assert sorted(statuses) == ["delivered", "delivered", "read", "read", "sent", "sent"]


def test_statuses_that_wait_leave_together(emulator: Running, ana: Person, hook: Inbox) -> None:
    ana.does(text="Hola")
    got(hook)
    hook.answers[:] = [500] * 3
    for _ in range(10):
        send(emulator)
    told(hook, 20)
    assert len(hook.posts) < 1 + 20
