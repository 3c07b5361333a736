"""The first QR code at the desk: ours, whole and for today is read; everything else has its own sentence."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.checkin import (
    Checkin,
    CheckinFault,
    CheckinKey,
    Desk,
    code_of,
    read_at,
    read_code,
    read_desk,
    write_desk,
)
from ventanilla.core.tokens import text_of

NINE = datetime(2026, 12, 1, 15, tzinfo=UTC)
TUESDAY = date(2026, 12, 1)
GLORIA, OTHER, FOLIO = "HEGG560427MVZRRL04", "BOXW310820HNERXN09", "PA-K7M-2XQ4"
KEY = CheckinKey(os.urandom(32))
DESK = Desk("09-04", "Coyoacán", "America/Mexico_City", {"k1": KEY.public()})


def code(curp: str = GLORIA, key: CheckinKey = KEY, office: str = "09-04") -> str:
    return code_of(curp, key.sign(FOLIO, office, NINE, curp))


def first_version(key: CheckinKey) -> str:
    """As the program signed until it bound the CURP."""
    body = f"v1.{4711:x}.{int(NINE.timestamp()) // 60:x}.k1"
    return code_of(GLORIA, f"{body}.{text_of(key._private().sign(body.encode()))}")


def kind_of(found: Checkin | CheckinFault) -> str:
    return found.kind if isinstance(found, CheckinFault) else "read"


def test_the_desk_reads_folio_office_and_hour_with_the_public_half_alone() -> None:
    assert read_at(DESK, code(), TUESDAY) == Checkin(NINE, FOLIO, "09-04", bound=True)


def test_an_office_whose_id_has_dots_is_read_too() -> None:
    assert read_code(code(office="mx.09.4"), DESK.keys) == Checkin(NINE, FOLIO, "mx.09.4", bound=True)


def test_a_code_of_the_first_version_is_still_read_but_does_not_vouch_for_the_curp() -> None:
    assert read_at(DESK, first_version(KEY), TUESDAY) == Checkin(NINE, appointment_id=4711)


def test_a_genuine_token_behind_another_curp_is_refused() -> None:
    token = code().partition(" ")[2]
    assert kind_of(read_code(code_of(OTHER, token), DESK.keys)) == "other-curp"


def test_a_code_signed_with_another_key_is_refused() -> None:
    assert kind_of(read_code(code(key=CheckinKey(os.urandom(32))), DESK.keys)) == "altered"


def test_old_codes_are_read_beside_new_ones_while_the_desk_has_both_keys() -> None:
    new = CheckinKey(os.urandom(32), "k2")
    both = {"k1": KEY.public(), "k2": new.public()}
    assert {kind_of(read_code(text, both)) for text in (code(), code(key=new))} == {"read"}
    only_new = {"k2": new.public()}
    assert read_code(code(), only_new) == CheckinFault("unknown-key", "k1")
    assert read_code(code(key=new), DESK.keys) == CheckinFault("unknown-key", "k2")


def test_a_code_of_another_office_or_another_day_says_which() -> None:
    elsewhere = replace(DESK, office_id="09-08")
    assert read_at(elsewhere, code(), TUESDAY) == CheckinFault("other-office", "09-04")
    assert read_at(DESK, code(), date(2026, 12, 2)) == CheckinFault("other-day", NINE)


def test_the_day_is_the_offices_own() -> None:
    late = datetime(2026, 12, 2, 0, 30, tzinfo=UTC)
    text = code_of(GLORIA, KEY.sign(FOLIO, "09-04", late, GLORIA))
    assert kind_of(read_at(DESK, text, TUESDAY)) == "read"


@given(st.integers(0, len(code()) - 1), st.sampled_from("0AaZz._- é"))
def test_every_change_of_a_letter_anywhere_in_the_code_is_refused(place: int, letter: str) -> None:
    whole = code()
    if whole[place] != letter:
        assert kind_of(read_code(whole[:place] + letter + whole[place + 1 :], DESK.keys)) != "read"


def test_every_last_letter_but_the_right_one_is_refused() -> None:
    """Its unused bits would let one signature be written in several ways."""
    whole = code()
    others = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") - {whole[-1]}
    assert {kind_of(read_code(whole[:-1] + o, DESK.keys)) for o in others} == {"altered"}


@given(st.text(max_size=200))
def test_whatever_is_scanned_is_answered(text: str) -> None:
    assert kind_of(read_code(text, DESK.keys)) != "read"


@pytest.mark.parametrize("text", ["", GLORIA, "v2.", f"{GLORIA} v3.1.1.1.k1.AAAA", f"{GLORIA} v1.1.1.k1."])
def test_what_is_not_a_code_of_ours_is_unreadable(text: str) -> None:
    assert kind_of(read_code(text, DESK.keys)) == "unreadable"


def test_the_token_itself_holds_neither_curp_nor_name() -> None:
    token = code().partition(" ")[2]
    assert GLORIA not in token
    assert token != code(OTHER).partition(" ")[2]


def test_a_desks_file_is_read_back() -> None:
    assert read_desk(write_desk(DESK)) == DESK


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"office": "1", "name": "x", "zone": "Mars/Base", "keys": {"k1": "AAAA"}}',
        '{"office": "1", "name": "x", "zone": "UTC", "keys": {"k1": "AAAA"}}',
        '{"office": "1", "name": "x", "zone": "UTC", "keys": {"k1": "?"}}',
        '{"office": "1", "name": "x", "zone": "UTC", "keys": {}}',
        '{"office": "1", "name": "x", "zone": "UTC", "keys": ["k1"]}',
    ],
)
def test_what_is_not_a_desks_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="desk keys"):
        read_desk(text)
