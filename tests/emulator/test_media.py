"""How long files live, and what Meta says of those it does not have any more."""

from typing import Any

import pytest

from whatsapp_emulator import Running, samples
from whatsapp_emulator.config import DAY_SECONDS
from whatsapp_emulator.testing import Inbox, Person, call, fetch, send, settle, stop_clock, upload


@pytest.fixture
def still(emulator: Running) -> Running:
    stop_clock(emulator)
    return emulator


def asked(emulator: Running, media_id: str, method: str = "GET", query: str = "") -> tuple[int, Any]:
    path = f"{emulator.url}/v26.0/{media_id}{query}"
    return call(method, path, token=emulator.settings.access_token)


def is_lost(answer: tuple[int, Any]) -> bool:
    error = answer[1].get("error", {})
    return (answer[0], error.get("code"), error.get("error_subcode")) == (400, 100, 33)


def download(emulator: Running, url: str) -> int:
    return fetch("GET", url, headers={"Authorization": f"Bearer {emulator.settings.access_token}"})[0]


def test_an_uploaded_file_lives_30_days(still: Running, ana: Person) -> None:
    ana.does(text="Hola")
    media_id = upload(still, "image/png", samples.picture())
    settle(still, 30 * DAY_SECONDS - 1)
    assert asked(still, media_id)[0] == 200
    settle(still, 1)
    assert is_lost(asked(still, media_id))
    assert is_lost(asked(still, media_id, "DELETE"))
    ana.does(text="aquí sigo")
    answer = send(still, {"type": "image", "image": {"id": media_id}}, ana.wa_id)[1]
    assert answer["error"]["code"] == 131053


def test_a_file_a_person_sent_lives_7_days(still: Running, ana: Person, hook: Inbox) -> None:
    ana.does(image=True)
    settle(still)
    media_id = hook.messages()[0]["image"]["id"]
    settle(still, 7 * DAY_SECONDS - 1)
    assert asked(still, media_id)[0] == 200
    settle(still, 1)
    assert is_lost(asked(still, media_id))


def test_an_address_holds_5_minutes_and_is_given_again(still: Running) -> None:
    media_id = upload(still, "image/png", samples.picture())
    url = asked(still, media_id)[1]["url"]
    settle(still, 298)
    assert download(still, url) == 200
    settle(still, 2)
    assert download(still, url) == 404
    assert download(still, asked(still, media_id)[1]["url"]) == 200


def test_a_deleted_file_is_gone(still: Running) -> None:
    media_id = upload(still, "image/png", samples.picture())
    url = asked(still, media_id)[1]["url"]
    assert asked(still, media_id, "DELETE") == (200, {"success": True})
    assert download(still, url) == 404
    assert is_lost(asked(still, media_id))
    assert is_lost(asked(still, media_id, "DELETE"))


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_file_is_not_given_under_another_number(still: Running, method: str) -> None:
    media_id = upload(still, "image/png", samples.picture())
    assert is_lost(asked(still, media_id, method, "?phone_number_id=1"))
    ours = f"?phone_number_id={still.settings.phone_number_id}"
    assert asked(still, media_id, method, ours)[0] == 200


def test_a_forged_address_gives_nothing(still: Running) -> None:
    media_id = upload(still, "image/png", samples.picture())
    url = asked(still, media_id)[1]["url"]
    assert download(still, url.replace("ext=", "ext=9")) == 404
