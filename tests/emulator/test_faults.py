"""Faults on request: each does what it says, as often as it was asked for, and no more."""

import csv
import http.client
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest

from whatsapp_emulator import Running, Settings
from whatsapp_emulator.clock import Clock
from whatsapp_emulator.faults import HTTP_STATUSES, Fault
from whatsapp_emulator.injected import INJECTIONS_MAX, Injected, Injection
from whatsapp_emulator.testing import (
    Inbox,
    Person,
    call,
    choose,
    counters,
    fetch,
    inject,
    send,
    send_text,
    settle,
    stop_clock,
    wait_until,
)

TEXT = {"type": "text", "text": {"body": "Buenos días"}}


def path(emulator: Running) -> str:
    return f"{emulator.url}/control/faults"


def post_without_waiting(emulator: Running, seconds: float, **more: Any) -> None:
    """A client that hangs up after so long."""
    address = urlsplit(emulator.url)
    connection = http.client.HTTPConnection(address.netloc, timeout=seconds)
    payload = {"messaging_product": "whatsapp", "to": "5215512345678", **TEXT, **more}
    headers = {"Authorization": f"Bearer {emulator.settings.access_token}"}
    where = f"/v26.0/{emulator.settings.phone_number_id}/messages"
    connection.request("POST", where, msgspec.json.encode(payload), headers)
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ({"kind": "server_error"}, 500, 131000),
        ({"kind": "server_error", "status": 503}, 503, 131000),
        ({"kind": "too_many"}, 429, 130429),
        ({"kind": "too_many", "status": 400}, 400, 130429),
        ({"kind": "error", "code": 131016}, 500, 131016),
        ({"kind": "error", "code": 190}, 401, 190),
        ({"kind": "error", "code": 131056}, 400, 131056),
    ],
)
def test_the_next_send_is_refused_and_the_one_after_is_taken(
    emulator: Running, ana: Person, fault: dict[str, Any], status: int, code: int
) -> None:
    ana.does(text="Hola")
    inject(emulator, **fault)
    got, answer = send(emulator, TEXT, ana.wa_id)
    assert (got, answer["error"]["code"]) == (status, code)
    assert answer["error"]["fbtrace_id"]
    assert send(emulator, TEXT, ana.wa_id)[0] == 200
    assert len(ana.gets()) == 1
    assert call("GET", path(emulator))[1] == []
    assert counters(emulator)["faults"] == {fault["kind"]: 1}
    assert counters(emulator)["refused"] == {str(code): 1}


def test_a_server_can_break_without_a_body(emulator: Running, ana: Person) -> None:
    inject(emulator, kind="server_error", body=False, status=502)
    where = f"{emulator.url}/v26.0/{emulator.settings.phone_number_id}/messages"
    status, body = fetch("POST", where, b"{}", {"Authorization": f"Bearer {emulator.settings.access_token}"})
    assert status == 502
    assert not body.startswith(b"{")


def test_a_taken_message_can_fail_later(emulator: Running, ana: Person, hook: Inbox) -> None:
    ana.does(text="Hola")
    inject(emulator, kind="failed_status", code=131049)
    send_text(emulator, ana)
    [told] = wait_until(hook.statuses)
    assert (told["status"], told["errors"][0]["code"]) == ("failed", 131049)


def test_after_a_timeout_the_message_is_there_and_reported(
    emulator: Running, ana: Person, hook: Inbox
) -> None:
    ana.does(text="Hola")
    inject(emulator, kind="timeout_after_accept")
    post_without_waiting(emulator, 0.3, biz_opaque_callback_data="outbox 9")
    assert len(ana.gets()) == 1
    statuses = wait_until(lambda: len(found := hook.statuses()) == 2 and found)
    assert {status["biz_opaque_callback_data"] for status in statuses} == {"outbox 9"}


def test_an_answer_is_not_held_for_ever(emulator: Running, ana: Person) -> None:
    ana.does(text="Hola")
    choose(emulator, fault_hold=0.05)
    inject(emulator, kind="timeout_after_accept")
    assert send(emulator, TEXT, ana.wa_id)[0] == 504
    assert len(ana.gets()) == 1


def test_who_hangs_up_on_a_slow_server_has_sent_nothing(emulator: Running, ana: Person) -> None:
    stop_clock(emulator)
    ana.does(text="Hola")
    inject(emulator, kind="slow", seconds=60)
    post_without_waiting(emulator, 0.3)
    wait_until(lambda: call("GET", f"{emulator.url}/control/clock")[1]["planned"] == 0)
    settle(emulator, 60)
    assert [entry["direction"] for entry in ana.sees()] == ["in"]


def test_who_waits_for_a_slow_server_is_served(emulator: Running, ana: Person) -> None:
    ana.does(text="Hola")
    inject(emulator, kind="slow", seconds=0.05)
    assert send(emulator, TEXT, ana.wa_id)[0] == 200


def test_only_the_wanted_statuses_are_dropped(emulator: Running, ana: Person, hook: Inbox) -> None:
    ana.does(text="Hola")
    inject(emulator, kind="drop_status", statuses=["sent"], rate=1)
    for _ in range(3):
        send_text(emulator, ana)
    settle(emulator)
    assert [status["status"] for status in hook.statuses()] == ["delivered"] * 3
    assert counters(emulator)["faults"] == {"drop_status": 3}


def test_media_breaks_when_asked_for(emulator: Running, ana: Person) -> None:
    inject(emulator, kind="server_error", on=["media"], next=2)
    where = f"{emulator.url}/v26.0/{emulator.settings.phone_number_id}/media"
    headers = {"Authorization": f"Bearer {emulator.settings.access_token}"}
    ana.does(text="Hola")
    assert send(emulator, TEXT, ana.wa_id)[0] == 200
    assert [fetch("POST", where, b"", headers)[0] for _ in range(3)] == [500, 500, 400]


def test_faults_are_listed_and_dropped(emulator: Running, ana: Person) -> None:
    first = inject(emulator, kind="too_many", next=3)
    second = inject(emulator, kind="slow", seconds=1, rate=0.5, on=["messages", "media"])
    assert call("GET", path(emulator))[1] == [first, second]
    assert call("DELETE", f"{path(emulator)}?id={first['id']}")[1] == {"dropped": 1}
    assert call("DELETE", path(emulator))[1] == {"dropped": 1}
    ana.does(text="Hola")
    assert send(emulator, TEXT, ana.wa_id)[0] == 200


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"kind": "mood"},
        {"kind": "error"},
        {"kind": "error", "code": 7},
        {"kind": "slow"},
        {"kind": "slow", "seconds": 0},
        {"kind": "too_many", "seconds": 1},
        {"kind": "too_many", "on": ["media"]},
        {"kind": "too_many", "rate": 1.5},
        {"kind": "too_many", "rate": 0.5, "next": 2},
        {"kind": "too_many", "next": 0},
        {"kind": "server_error", "status": 200},
        {"kind": "drop_status", "statuses": ["seen"]},
        {"kind": "too_many", "mood": "bad"},
        [],
    ],
)
def test_a_fault_that_makes_no_sense_is_not_taken(emulator: Running, asked: Any) -> None:
    assert call("POST", path(emulator), asked)[0] == 422
    assert call("GET", path(emulator))[1] == []


def test_there_are_only_so_many_faults(emulator: Running) -> None:
    for _ in range(INJECTIONS_MAX):
        inject(emulator, kind="too_many")
    assert call("POST", path(emulator), {"kind": "too_many"})[0] == 422


def test_a_rate_is_a_share_that_repeats_with_the_seed() -> None:
    def struck(seed: int) -> list[bool]:
        settings = Settings(app_secret="a", access_token="b")
        injected = Injected(settings, Clock(seed, rate=0))
        injected.add(Injection(id=0, kind="too_many", rate=0.25))
        return [injected.strikes("too_many") is not None for _ in range(2000)]

    assert struck(3) == struck(3) != struck(4)
    assert 400 < sum(struck(3)) < 600


def test_every_code_has_metas_body_and_a_status() -> None:
    table = Path(__file__).parents[2] / "src/whatsapp_emulator/errors.csv"
    with table.open(encoding="utf-8", newline="") as file:
        codes = [int(row["code"]) for row in csv.DictReader(file)]
    assert len(codes) == len(set(codes)) == len(HTTP_STATUSES)
    assert codes == sorted(codes)
    for code in codes:
        fault = Fault(code, "why")
        assert 400 <= fault.status < 600
        assert fault.body("A")["error"]["message"].startswith(f"(#{code}) ")
