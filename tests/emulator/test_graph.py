from typing import Any

import msgspec
import pytest

from whatsapp_emulator import Running, Settings, samples, serve
from whatsapp_emulator.testing import Inbox, Person, call, fetch, wait_until

TOKEN = "access token"


def address(emulator: Running, path: str, version: str = "v26.0") -> str:
    return f"{emulator.url}/{version}/{path}"


def send(emulator: Running, kind: str = "text", content: Any = None, **more: Any) -> tuple[int, Any]:
    content = content or {"body": "Buenos días"}
    payload = {"messaging_product": "whatsapp", "to": "5215512345678", "type": kind, kind: content, **more}
    return call("POST", address(emulator, f"{emulator.settings.phone_number_id}/messages"), payload, TOKEN)


def upload(emulator: Running, mime: str, data: bytes, **fields: str) -> tuple[int, Any]:
    fields = {"messaging_product": "whatsapp", **fields}
    parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}' for key, value in fields.items()]
    head = f'Content-Disposition: form-data; name="file"; filename="a b.bin"\r\nContent-Type: {mime}\r\n\r\n'
    pieces = [*(part.encode() for part in parts), head.encode() + data]
    body = b"".join(b"--edge\r\n" + piece + b"\r\n" for piece in pieces) + b"--edge--\r\n"
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "multipart/form-data; boundary=edge"}
    path = address(emulator, f"{emulator.settings.phone_number_id}/media")
    status, answer = fetch("POST", path, body, headers)
    return status, msgspec.json.decode(answer)


def code(answer: tuple[int, Any]) -> tuple[int, int]:
    return answer[0], answer[1]["error"]["code"]


@pytest.mark.parametrize("version", ["v19.0", "v26.0", "v31.2"])
def test_a_message_is_taken_under_any_version(emulator: Running, ana: Person, version: str) -> None:
    ana.does(text="Hola")
    payload = {"messaging_product": "whatsapp", "to": "+52 1 55 1234 5678", "text": {"body": "Hola"}}
    path = address(emulator, f"{emulator.settings.phone_number_id}/messages", version)
    status, answer = call("POST", path, payload, TOKEN)
    [shown] = ana.gets()
    assert status == 200
    assert answer["contacts"] == [{"input": "+52 1 55 1234 5678", "wa_id": "5215512345678"}]
    assert answer["messages"] == [{"id": shown["wamid"]}]
    assert shown["payload"] == {"type": "text", "text": {"body": "Hola"}}


def test_a_mexican_number_without_the_1_is_rewritten(emulator: Running, ana: Person) -> None:
    ana.does(text="Hola")
    _, answer = send(emulator, to="525512345678")
    assert answer["contacts"][0]["wa_id"] == "5215512345678"


def test_a_person_is_reached_by_the_business_scoped_id(emulator: Running, ana: Person, hook: Inbox) -> None:
    ana.does(text="Hola")
    [message] = wait_until(hook.messages)
    payload = {
        "messaging_product": "whatsapp",
        "recipient": message["from_user_id"],
        "text": {"body": "Hola"},
    }
    path = address(emulator, f"{emulator.settings.phone_number_id}/messages")
    assert call("POST", path, payload, TOKEN)[0] == 200
    assert len(ana.gets()) == 1


def test_a_wrong_token_is_401(emulator: Running) -> None:
    path = address(emulator, f"{emulator.settings.phone_number_id}/messages")
    assert code(call("POST", path, {}, "another")) == (401, 190)


def test_another_number_is_not_ours(emulator: Running) -> None:
    status, answer = call("POST", address(emulator, "1/messages"), {}, TOKEN)
    assert (status, answer["error"]["code"], answer["error"]["error_subcode"]) == (400, 100, 33)


def test_a_fault_has_metas_body(emulator: Running) -> None:
    status, answer = send(emulator, content={"body": "a" * 4097})
    error = answer["error"]
    assert status == 400
    assert error.pop("fbtrace_id").startswith("A")
    assert error == {
        "message": "(#100) Invalid parameter",
        "type": "OAuthException",
        "code": 100,
        "error_data": {
            "messaging_product": "whatsapp",
            "details": "Param text['body'] must be at most 4096 characters long.",
        },
    }


def test_what_is_rejected_is_counted_with_its_reason(emulator: Running) -> None:
    send(emulator, mood="good")
    _, counters = call("GET", f"{emulator.url}/control/counters")
    assert counters["rejected"] == {'100 Unexpected key "mood" on param "".': 1}
    assert counters["messages_out"] == 0


@pytest.mark.parametrize(
    ("to", "wanted"), [("12345", 131026), ("not a number", 131026), ("525550000000", 131021)]
)
def test_who_cannot_be_reached(emulator: Running, to: str, wanted: int) -> None:
    assert code(send(emulator, to=to)) == (400, wanted)


def test_a_body_that_is_not_json_is_refused(emulator: Running) -> None:
    path = address(emulator, f"{emulator.settings.phone_number_id}/messages")
    status, answer = fetch("POST", path, b"{", {"Authorization": f"Bearer {TOKEN}"})
    assert code((status, msgspec.json.decode(answer))) == (400, 100)


def test_outside_the_window_a_message_fails_later(emulator: Running, hook: Inbox) -> None:
    status, answer = send(emulator, biz_opaque_callback_data="outbox 7")
    [told] = wait_until(hook.statuses)
    assert status == 200
    assert told["id"] == answer["messages"][0]["id"]
    assert (told["status"], told["errors"][0]["code"]) == ("failed", 131047)
    assert told["biz_opaque_callback_data"] == "outbox 7"


def test_outside_the_window_a_template_passes(emulator: Running, hook: Inbox) -> None:
    send(emulator, "template", {"name": "recordatorio", "language": {"code": "es_MX"}})
    statuses = wait_until(lambda: len(found := hook.statuses()) == 2 and found)
    assert [told["status"] for told in statuses] == ["sent", "delivered"]


def test_the_window_can_refuse_at_once() -> None:
    settings = Settings(app_secret="a", access_token=TOKEN, port=0, window_refusal="answer")
    with serve(settings) as running:
        assert code(send(running)) == (400, 131047)


def test_reading_marks_earlier_messages_too_and_shows_the_typing(emulator: Running, ana: Person) -> None:
    wamids = [ana.does(text=text) for text in ("uno", "dos", "tres")]
    path = address(emulator, f"{emulator.settings.phone_number_id}/messages")
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": wamids[1]}
    status, answer = call("POST", path, {**receipt, "typing_indicator": {"type": "text"}}, TOKEN)
    assert (status, answer) == (200, {"success": True})
    assert [entry["status"] == "read" for entry in ana.sees()] == [True, True, False]


def test_a_message_that_never_came_cannot_be_read(emulator: Running) -> None:
    path = address(emulator, f"{emulator.settings.phone_number_id}/messages")
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.unknown"}
    assert code(call("POST", path, receipt, TOKEN)) == (400, 100)


def test_a_file_goes_up_is_sent_comes_down_and_is_deleted(emulator: Running, ana: Person) -> None:
    ana.does(text="Hola")
    picture = samples.picture()
    media_id = upload(emulator, "image/png", picture)[1]["id"]
    assert send(emulator, "image", {"id": media_id, "caption": "Tu código"})[0] == 200
    _, facts = call("GET", address(emulator, media_id), token=TOKEN)
    assert (facts["mime_type"], facts["file_size"]) == ("image/png", len(picture))
    assert fetch("GET", facts["url"])[0] == 401
    assert fetch("GET", facts["url"], headers={"Authorization": f"Bearer {TOKEN}"}) == (200, picture)
    assert fetch("GET", f"{emulator.url}/control/media/{media_id}") == (200, picture)
    assert call("DELETE", address(emulator, media_id), token=TOKEN) == (200, {"success": True})
    assert code(call("GET", address(emulator, media_id), token=TOKEN)) == (400, 100)
    assert code(send(emulator, "image", {"id": media_id})) == (400, 131053)


def test_bytes_that_look_like_edges_come_through(emulator: Running) -> None:
    data = b"%PDF-\r\n--edg\r\n\r\n\0\xff--edge"
    media_id = upload(emulator, "application/pdf", data)[1]["id"]
    assert fetch("GET", f"{emulator.url}/control/media/{media_id}") == (200, data)


@pytest.mark.parametrize(
    ("mime", "data", "wanted"),
    [
        ("image/gif", b"GIF89a", 100),
        ("text/html", b"<p>", 100),
        ("image/png", b"\xff\xd8\xff", 131053),
        ("image/jpeg", b"\xff\xd8\xff" + bytes(5 * 1024 * 1024), 131053),
        ("image/webp", b"RIFF" + bytes(100 * 1024), 131053),
        ("application/pdf", b"", 100),
    ],
)
def test_a_file_that_whatsapp_does_not_carry(emulator: Running, mime: str, data: bytes, wanted: int) -> None:
    assert code(upload(emulator, mime, data)) == (400, wanted)


def test_the_type_field_wins_over_the_part(emulator: Running) -> None:
    media_id = upload(emulator, "application/octet-stream", b"%PDF-1.4", type="application/pdf")[1]["id"]
    _, facts = call("GET", address(emulator, media_id), token=TOKEN)
    assert facts["mime_type"] == "application/pdf"


def test_a_paper_is_not_a_picture(emulator: Running, ana: Person) -> None:
    ana.does(text="Hola")
    media_id = upload(emulator, "application/pdf", samples.paper())[1]["id"]
    assert code(send(emulator, "image", {"id": media_id})) == (400, 131053)


def test_the_number_describes_itself(emulator: Running) -> None:
    _, facts = call("GET", address(emulator, emulator.settings.phone_number_id), token=TOKEN)
    assert facts["display_phone_number"] == emulator.settings.display_number
