"""What is counted, and that counting stays small."""

from dataclasses import replace

import pytest

from whatsapp_emulator import Running, Settings
from whatsapp_emulator import emulator as emulators
from whatsapp_emulator.clock import Clock
from whatsapp_emulator.emulator import Emulator
from whatsapp_emulator.testing import Person, choose, counters, inject, send, send_text, settle, stop_clock

PLAIN = Settings(app_secret="a", access_token="b", window=False)


def message(mark: str) -> dict[str, object]:
    return {
        "messaging_product": "whatsapp",
        "to": "5215512345678",
        "text": {"body": "Hola"},
        "biz_opaque_callback_data": mark,
    }


def test_everything_begins_at_nothing(emulator: Running) -> None:
    found = counters(emulator)
    assert {key: value for key, value in found.items() if isinstance(value, int)} == dict.fromkeys(
        (
            "messages_in",
            "messages_out",
            "accepted_twice",
            "out_of_window",
            "statuses",
            "phones",
        ),
        0,
    )
    assert [found[key] for key in ("by_status", "rejected", "refused", "faults")] == [{}] * 4


def test_what_a_person_gets_twice_under_one_mark_is_counted(emulator: Running, ana: Person) -> None:
    eva = Person(emulator.url, "5215500000002")
    ana.does(text="Hola")
    eva.does(text="Hola")
    send_text(emulator, ana, biz_opaque_callback_data="7")
    send_text(emulator, eva, biz_opaque_callback_data="7")
    send_text(emulator, ana, biz_opaque_callback_data="8")
    send_text(emulator, ana)
    send_text(emulator, ana)
    assert counters(emulator)["accepted_twice"] == 0
    send_text(emulator, ana, biz_opaque_callback_data="7")
    assert counters(emulator)["accepted_twice"] == 1


def test_what_never_reached_the_person_was_not_got_twice(emulator: Running, ana: Person) -> None:
    ana.does(text="Hola")
    inject(emulator, kind="failed_status", code=131000)
    send_text(emulator, ana, biz_opaque_callback_data="7")
    send_text(emulator, ana, biz_opaque_callback_data="7")
    assert counters(emulator)["accepted_twice"] == 0


def test_a_message_counts_when_it_is_delivered(emulator: Running, ana: Person) -> None:
    stop_clock(emulator)
    choose(emulator, delivered_delay=5)
    ana.does(text="Hola")
    for _ in range(2):
        send_text(emulator, ana, biz_opaque_callback_data="7")
    assert counters(emulator)["accepted_twice"] == 0
    settle(emulator, 5)
    assert counters(emulator)["accepted_twice"] == 1


@pytest.mark.parametrize("way", ["status", "answer"])
def test_what_is_sent_outside_the_window_is_counted(emulator: Running, ana: Person, way: str) -> None:
    choose(emulator, window_refusal=way)
    send(emulator, {"text": {"body": "Hola"}}, ana.wa_id)
    found = counters(emulator)
    assert (found["out_of_window"], found["refused"]) == (1, {"131047": 1})


def test_refusals_are_counted_by_code(emulator: Running, ana: Person) -> None:
    for body in ("", "a" * 4097, "a" * 5000):
        send(emulator, {"text": {"body": body}}, ana.wa_id)
    assert counters(emulator)["refused"] == {"131008": 1, "100": 2}


def test_marks_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emulators, "MARKS_MAX", 10)
    business = Emulator(replace(PLAIN), Clock(1, rate=0))
    for n in range(100):
        business.send(message(str(n)))
    business.send(message("99"))
    assert len(business._marks) == 10
    assert business.counts["accepted_twice"] == 1
