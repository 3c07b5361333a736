import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.channel import Address
from ventanilla.talk.engine import Heard
from ventanilla.wire.whatsapp.lenient import NotJson
from ventanilla.wire.whatsapp.parse import parse


def body(*values: dict[str, Any], field: str = "messages") -> bytes:
    changes = [{"field": field, "value": value} for value in values]
    return json.dumps(
        {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}
    ).encode()


def message(**more: Any) -> dict[str, Any]:
    return {"from": "5215512345678", "id": "wamid.A", "timestamp": "1796000000", **more}


def heard(**more: Any) -> Heard:
    (found,) = parse(body({"messages": [message(**more)]})).messages
    return found.heard


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"type": "text", "text": {"body": " hola "}}, Heard("text", "hola")),
        ({"type": "text", "text": {"body": ""}}, Heard("media")),
        ({"text": {"body": "no type"}}, Heard("text", "no type")),
        (
            {
                "type": "interactive",
                "interactive": {"type": "button_reply", "button_reply": {"id": "a:b", "title": "B"}},
            },
            Heard("choice", "B", "a:b"),
        ),
        (
            {
                "type": "interactive",
                "interactive": {"list_reply": {"id": "office:09-04", "title": "Coyoacán"}},
            },
            Heard("choice", "Coyoacán", "office:09-04"),
        ),
        (
            {"type": "button", "button": {"payload": "menu:book", "text": "Agendar"}},
            Heard("choice", "Agendar", "menu:book"),
        ),
        ({"type": "button", "button": {"payload": "theirs", "text": "Agendar"}}, Heard("text", "Agendar")),
        ({"type": "image", "image": {"id": "1"}}, Heard("media")),
        ({"type": "audio"}, Heard("media")),
        ({"type": "sticker"}, Heard("media")),
        ({"type": "location"}, Heard("media")),
        ({"type": "contacts"}, Heard("media")),
        ({"type": "unsupported"}, Heard("media")),
        ({"type": "something of next year"}, Heard("media")),
        ({"type": "reaction", "reaction": {"emoji": "👍"}}, Heard("silent")),
        ({"type": "edit"}, Heard("silent")),
        ({"type": "interactive", "interactive": {"type": "nfm_reply"}}, Heard("silent")),
        ({"type": "interactive", "interactive": "not an object"}, Heard("silent")),
    ],
)
def test_what_was_said_is_understood(content: dict[str, Any], expected: Heard) -> None:
    assert heard(**content) == expected


def test_every_message_of_every_entry_and_change_is_read() -> None:
    texts = [message(id=f"wamid.{n}", type="text", text={"body": str(n)}) for n in range(4)]
    change = {"field": "messages", "value": {"messages": texts[:2]}}
    other = {"field": "messages", "value": {"messages": texts[2:]}}
    whole = {"entry": [{"changes": [change, other]}, {"changes": [change]}]}
    assert [m.wamid for m in parse(json.dumps(whole).encode()).messages] == [
        "wamid.0",
        "wamid.1",
        "wamid.2",
        "wamid.3",
        "wamid.0",
        "wamid.1",
    ]


def test_messages_and_statuses_of_one_value_are_both_read() -> None:
    status = {
        "id": "wamid.B",
        "status": "delivered",
        "timestamp": 1796000001,
        "biz_opaque_callback_data": "77",
    }
    updates = parse(body({"messages": [message(type="text", text={"body": "x"})], "statuses": [status]}))
    assert len(updates.messages) == 1
    assert [(s.wamid, s.outbox_id, s.status) for s in updates.statuses] == [("wamid.B", 77, "delivered")]


def test_a_failed_status_without_contacts_keeps_its_code_and_details() -> None:
    error = {"code": 131047, "title": "Re-engagement", "error_data": {"details": "24 hours have passed"}}
    (status,) = parse(body({"statuses": [{"id": "wamid.B", "status": "failed", "errors": [error]}]})).statuses
    assert (status.status, status.error_code, status.error) == ("failed", 131047, "24 hours have passed")


def test_numbers_may_be_numbers_or_texts() -> None:
    updates = parse(body({"messages": [message(timestamp=1796000000, type="text", text={"body": "x"})]}))
    assert updates.messages[0].sent_at is not None
    assert updates.messages[0].sent_at.timestamp() == 1796000000


def test_without_a_phone_the_scoped_id_is_the_sender() -> None:
    value = {
        "contacts": [{"user_id": "MX.123", "profile": {"username": "sample"}}],
        "messages": [{"id": "wamid.A", "type": "text", "text": {"body": "x"}}],
    }
    assert parse(body(value)).messages[0].sender == Address("bsuid", "MX.123")


def test_an_object_where_a_list_belongs_is_a_list_of_one() -> None:
    value = {"messages": message(type="text", text={"body": "x"})}
    whole = {"entry": {"changes": {"field": "messages", "value": value}}}
    assert len(parse(json.dumps(whole).encode()).messages) == 1


def test_other_fields_and_unreadable_items_are_kept_raw() -> None:
    assert [k for k, _ in parse(body({"event": "X"}, field="new_thing")).raw] == ["new_thing"]
    assert [k for k, _ in parse(body({"messages": [{"type": "text"}]})).raw] == ["message.text"]
    assert [k for k, _ in parse(body({"statuses": [{"status": "??"}]})).raw] == ["status"]
    assert [k for k, _ in parse(b"[]").raw] == ["empty"]


@pytest.mark.parametrize("bad", [b"", b"{", b"\xff\xfe", b"nul"])
def test_what_is_not_json_is_refused(bad: bytes) -> None:
    with pytest.raises(NotJson):
        parse(bad)


@pytest.mark.parametrize(
    "bad", [b"1e400", b"-1e999", b"9" * 50_000, b'"\\ud83d"', b'"\xff"', b"NaN", b'"\x01"']
)
def test_one_bad_value_does_not_take_a_batch_down(bad: bytes) -> None:
    good = body({"messages": [message(type="text", text={"body": "hola"}), message(id="wamid.B", type="?")]})
    whole = good.replace(b'"?"', b'"?", "bad": ' + bad)
    assert [m.wamid for m in parse(whole).messages] == ["wamid.A", "wamid.B"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("entry", "changes", "value", "field", "messages", "statuses", "contacts", "errors"),
                    *("id", "from", "type", "text", "body", "interactive", "list_reply", "status"),
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
)


@given(_JSON)
def test_any_json_gives_updates_and_never_nothing(whole: Any) -> None:
    updates = parse(msgspec.json.encode(whole))
    assert updates.messages or updates.statuses or updates.raw or updates.notices
    assert all("\x00" not in m.wamid for m in updates.messages)
