"""What people are known by: numbers, business-scoped ids, usernames, and changes of all of them."""

from typing import Any

import pytest

from whatsapp_emulator import Running
from whatsapp_emulator.limits import CONTACT_REQUESTS, payload_faults
from whatsapp_emulator.state import World, user_id_of
from whatsapp_emulator.testing import Inbox, Person, call, send, send_text, settle, wait_until

TEXT = {"type": "text", "text": {"body": "Buenos días"}}
NEW = "5215500000777"


def ask(kind: str) -> dict[str, Any]:
    return {
        "type": "interactive",
        "interactive": {"type": kind, "body": {"text": "¿Tu número?"}, "action": {"name": kind}},
    }


def test_ids_have_metas_format_and_stay() -> None:
    assert user_id_of("5215512345678") == user_id_of("5215512345678")
    assert user_id_of("5215512345678").startswith("MX.")
    assert user_id_of("5215512345678")[3:].isdecimal()
    assert user_id_of("5215512345678", infix="ENT.").startswith("MX.ENT.")


def test_who_has_a_username_does_not_show_the_number(emulator: Running, ana: Person, hook: Inbox) -> None:
    facts = ana.is_known_as(username="ana.muestra", parent_user_id=True)
    ana.does(text="Hola")
    status, answer = send(emulator, {**TEXT, "recipient": facts["user_id"]})
    settle(emulator)
    assert status == 200
    assert answer["contacts"] == [{"input": facts["user_id"], "user_id": facts["user_id"]}]
    [first, *rest] = hook.values()
    [message], [contact] = first["messages"], first["contacts"]
    assert "from" not in message
    assert message["from_user_id"] == facts["user_id"]
    assert message["from_parent_user_id"] == facts["parent_user_id"]
    assert contact == {
        "profile": {"name": facts["name"], "username": "ana.muestra"},
        "user_id": facts["user_id"],
        "parent_user_id": facts["parent_user_id"],
    }
    for value in rest:
        assert "recipient_id" not in value["statuses"][0]
        assert value["statuses"][0]["recipient_user_id"] == facts["user_id"]
        assert value["statuses"][0]["recipient_parent_user_id"] == facts["parent_user_id"]
    assert ana.wa_id not in str(hook.values())


def test_a_username_can_be_given_up(emulator: Running, ana: Person, hook: Inbox) -> None:
    ana.is_known_as(username="ana.muestra")
    assert "username" not in ana.is_known_as(username=None)
    ana.does(text="Hola")
    [message] = wait_until(hook.messages)
    assert message["from"] == ana.wa_id


@pytest.mark.parametrize("key", ["user_id", "parent_user_id"])
def test_people_are_reached_by_either_id(emulator: Running, ana: Person, key: str) -> None:
    facts = ana.is_known_as(parent_user_id=True)
    ana.does(text="Hola")
    assert send(emulator, {**TEXT, "recipient": facts[key]})[0] == 200
    assert len(ana.gets()) == 1


def test_a_number_wins_over_an_id(emulator: Running, ana: Person) -> None:
    eva = Person(emulator.url, "5215500000002")
    ana.does(text="Hola")
    eva.does(text="Hola")
    send(emulator, {**TEXT, "recipient": eva.is_known_as()["user_id"]}, ana.wa_id)
    assert len(ana.gets()) == 1
    assert len(eva.sees()) == 1


def test_a_changed_number_is_told_with_old_and_new_ids(emulator: Running, ana: Person, hook: Inbox) -> None:
    before = ana.is_known_as(name="Ana de muestra", parent_user_id=True)
    ana.does(text="Hola")
    moved = ana.moves(NEW)
    settle(emulator)
    after = moved.is_known_as()
    value = hook.values()[-1]
    [system] = value["messages"]
    assert "contacts" not in value
    assert (system["type"], system["from"]) == ("system", ana.wa_id)
    assert system["system"] == {
        "type": "user_changed_number",
        "body": f"User Ana de muestra changed from {ana.wa_id} to {NEW}",
        "wa_id": NEW,
        "previous_user_id": before["user_id"],
        "user_id": after["user_id"],
        "previous_parent_user_id": before["parent_user_id"],
        "parent_user_id": after["parent_user_id"],
    }
    assert before["user_id"] != after["user_id"]


def test_a_changed_id_is_told_without_numbers(emulator: Running, ana: Person, hook: Inbox) -> None:
    before = ana.is_known_as(username="ana.muestra")
    after = ana.moves(NEW, "user_changed_user_id").is_known_as()
    settle(emulator)
    [system] = hook.messages()
    assert system["system"] == {
        "type": "user_changed_user_id",
        "previous_user_id": before["user_id"],
        "user_id": after["user_id"],
    }
    assert ana.wa_id not in str(hook.values())
    assert NEW not in str(hook.values())


def test_a_changed_id_is_told_in_its_own_field(emulator: Running, ana: Person, hook: Inbox) -> None:
    before = ana.is_known_as()
    after = ana.moves(NEW, "user_id_update").is_known_as()
    settle(emulator)
    [change] = hook.changes()
    [update] = change["value"]["user_id_update"]
    assert change["field"] == "user_id_update"
    assert change["value"]["metadata"]["phone_number_id"] == emulator.settings.phone_number_id
    assert update["user_id"] == {"previous": before["user_id"], "current": after["user_id"]}
    assert update["wa_id"] == NEW


def test_who_moves_takes_the_talk_along_and_leaves_the_old_ids(
    emulator: Running, ana: Person, hook: Inbox
) -> None:
    before = ana.is_known_as()
    wamid = ana.does(text="Hola")
    send_text(emulator, ana)
    moved = ana.moves(NEW)
    assert [entry["direction"] for entry in moved.sees()] == ["in", "out"]
    assert ana.sees() == []
    assert send(emulator, {**TEXT, "recipient": before["user_id"]})[1]["error"]["code"] == 131026
    receipt = {"status": "read", "message_id": wamid}
    assert send(emulator, receipt)[0] == 200
    send_text(emulator, moved)
    settle(emulator)
    assert hook.statuses()[-1]["errors"][0]["code"] == 131047
    moved.does(text="soy yo")
    send_text(emulator, moved)
    assert moved.gets(2)[-1]["status"] in ("sent", "delivered")


@pytest.mark.parametrize(
    "asked",
    [{}, {"to": "123"}, {"to": "5215512345678"}, {"to": 5}, {"to": NEW, "style": "quietly"}],
)
def test_a_change_that_makes_no_sense_is_refused(emulator: Running, ana: Person, asked: Any) -> None:
    ana.does(text="Hola")
    assert call("POST", f"{emulator.url}/control/phones/{ana.wa_id}/number", asked)[0] == 422
    assert call("POST", f"{emulator.url}/control/phones/5215599999999/number", {"to": NEW})[0] == 422


def test_a_hidden_number_is_not_told_when_it_changes(emulator: Running, ana: Person) -> None:
    ana.is_known_as(username="ana.muestra")
    with pytest.raises(ValueError, match="username"):
        ana.moves(NEW)


@pytest.mark.parametrize("kind", CONTACT_REQUESTS)
def test_who_is_asked_for_the_number_can_share_it(
    emulator: Running, ana: Person, hook: Inbox, kind: str
) -> None:
    facts = ana.is_known_as(username="ana.muestra")
    ana.does(text="Hola")
    with pytest.raises(ValueError, match="asked"):
        ana.does(share_contact=True)
    status, answer = send(emulator, {**ask(kind), "recipient": facts["user_id"]})
    assert status == 200
    ana.does(share_contact=True)
    settle(emulator)
    shared = hook.messages()[-1]
    assert (shared["type"], shared["origin"]) == ("contacts", "contact_request")
    assert shared["context"]["id"] == answer["messages"][0]["id"]
    assert shared["contacts"][0]["phones"][0]["wa_id"] == ana.wa_id


def test_a_request_for_the_number_has_no_more_than_a_body() -> None:
    whole = {"messaging_product": "whatsapp", "to": "5215512345678", **ask(CONTACT_REQUESTS[0])}
    assert payload_faults(whole) == []
    whole["interactive"]["footer"] = {"text": "pie"}
    assert payload_faults(whole)[0].code == 100


def test_moving_keeps_the_world_small() -> None:
    world = World(phones_max=2, entries_max=10)
    phone = world.phone("5215500000001")
    world.identify(phone, None, "MX.ENT.1")
    for n in range(10):
        world.move(phone, f"521550000{n:04}")
    assert (len(world.phones), len(world.by_user_id)) == (1, 2)
    world.phone("5215511111111")
    world.phone("5215522222222")
    assert (len(world.phones), len(world.by_user_id)) == (2, 2)
