"""The parts that need no server."""

from dataclasses import replace
from typing import Any

import pytest

from whatsapp_emulator import Settings, samples
from whatsapp_emulator.clock import Clock
from whatsapp_emulator.emulator import Emulator
from whatsapp_emulator.faults import Refused
from whatsapp_emulator.media import Media, MediaStore
from whatsapp_emulator.rates import Rates
from whatsapp_emulator.state import World, rewritten

PLAIN = Settings(app_secret="a secret", access_token="a token")


def stopped() -> Clock:
    """A clock that is moved by hand."""
    return Clock(seed=1, rate=0, start=1_800_000_000.0)


def text(to: str = "5215512345678") -> dict[str, object]:
    return {"messaging_product": "whatsapp", "to": to, "text": {"body": "Hola"}}


def emulator(clock: Clock, **settings: Any) -> Emulator:
    return Emulator(replace(PLAIN, window=False, **settings), clock)


def refused(emulator: Emulator, to: str = "5215512345678") -> int:
    with pytest.raises(Refused) as caught:
        emulator.send(text(to))
    return caught.value.fault.code


def test_secrets_do_not_print() -> None:
    assert "a secret" not in repr(PLAIN)
    assert "a token" not in repr(PLAIN)


def test_a_seed_repeats_the_ids() -> None:
    first, second, other = Clock(7), Clock(7), Clock(8)
    assert first.wamid() == second.wamid() != other.wamid()


def test_to_one_person_45_at_once_then_one_every_6_seconds() -> None:
    clock = stopped()
    business = emulator(clock, pair_rate=True)
    for _ in range(45):
        business.send(text())
    assert refused(business) == 131056
    business.send(text("5215500000000"))
    clock.tick(5.9)
    assert refused(business) == 131056
    clock.tick(0.1)
    business.send(text())
    assert refused(business) == 131056


def test_the_number_sends_so_many_a_second_with_what_comes_in() -> None:
    clock = stopped()
    business = emulator(clock, number_rate=80)
    phone = business.world.phone("5215512345678")
    for _ in range(40):
        business.write(phone, {"type": "text", "text": {"body": "Hola"}})
        business.send(text())
    assert refused(business) == 130429
    clock.tick(1)
    business.send(text())


def test_rates_are_off_unless_asked_for() -> None:
    rates = Rates(PLAIN)
    assert all(rates.refusal("5215512345678", 0.0) is None for _ in range(1000))


def test_the_window_closes_after_24_hours() -> None:
    clock = stopped()
    business = Emulator(replace(PLAIN, window_refusal="answer"), clock)
    phone = business.world.phone("5215512345678")
    business.write(phone, {"type": "text", "text": {"body": "Hola"}})
    clock.tick(24 * 3600 - 1)
    business.send(text())
    clock.tick(1)
    assert refused(business) == 131047


def test_a_phone_keeps_its_latest_entries_and_their_numbers() -> None:
    clock = stopped()
    business = emulator(clock, entries_max=10)
    for _ in range(25):
        business.send(text())
    phone = business.world.phones["5215512345678"]
    assert [entry.n for entry in phone.after(0)] == list(range(11, 26))
    assert [entry.n for entry in phone.after(24)] == [25]
    assert len(business.world.by_wamid) == len(phone.unread) == 15


def test_the_oldest_phone_makes_room() -> None:
    world = World(phones_max=2, entries_max=10)
    for wa_id in ("5215500000001", "5215500000002", "5215500000003"):
        world.phone(wa_id)
    assert list(world.phones) == ["5215500000002", "5215500000003"]
    assert set(world.by_user_id.values()) == set(world.phones)


def test_the_oldest_files_make_room_and_all_expire() -> None:
    store = MediaStore(bytes_max=10)
    for number in ("1", "2", "3"):
        store.add(Media(number, "image/png", b"12345", expires=100.0))
    assert store.get("1", 99.0) is None
    assert store.get("2", 99.0) is not None
    assert store.get("3", 100.0) is None
    assert store.get("3", 99.0) is None


@pytest.mark.parametrize(
    ("given", "wa_id"),
    [("525512345678", "5215512345678"), ("5215512345678", "5215512345678"), ("15551234567", "15551234567")],
)
def test_mexican_numbers_get_their_1(given: str, wa_id: str) -> None:
    assert rewritten(given) == wa_id


def test_samples_are_what_they_say() -> None:
    assert samples.picture().startswith(b"\x89PNG")
    assert samples.sticker()[8:16] == b"WEBPVP8L"
    assert samples.voice_note().count(b"OggS") == 3
    assert samples.paper().startswith(b"%PDF-")
