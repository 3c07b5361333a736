"""CURPs as people write them, and what is said when one is wrong."""

from datetime import date

import pytest

from ventanilla.core.curp import (
    FAULT_KINDS,
    INCONVENIENT,
    STATES,
    Curp,
    CurpFault,
    age_on,
    initials_last4,
    read_curp,
)
from ventanilla.core.curp import check_digit as digit_of

TODAY = date(2026, 11, 23)
GLORIA = "HEGG560427MVZRRL04"
WILLIAM = "BOXW310820HNERXN09"


def whole(first17: str) -> str:
    return first17 + digit_of(first17)


def fault_of(text: str, today: date = TODAY) -> CurpFault:
    found = read_curp(text, today)
    assert isinstance(found, CurpFault), found
    assert found.kind in FAULT_KINDS
    return found


def test_the_known_samples_are_read() -> None:
    assert read_curp(GLORIA, TODAY) == Curp(GLORIA, date(1956, 4, 27), "M", "VZ")
    assert read_curp(WILLIAM, TODAY) == Curp(WILLIAM, date(1931, 8, 20), "H", "NE")


@pytest.mark.parametrize(
    "text",
    [
        "hegg560427mvzrrl04",
        "  HEGG560427MVZRRL04\n",
        "HEGG 560427 MVZRRL 04",
        "HEGG-560427-MVZRRL-04",
        "HEGG.560427.MVZRRL.04.",
        "H E G G 5 6 0 4 2 7 M V Z R R L 0 4",
        "CURP: HEGG560427MVZRRL04",
        "CURPHEGG560427MVZRRL04",
        "mi curp es HEGG560427MVZRRL04 gracias",
        "Mi CURP es hegg 560427 mvzrrl04, nací el 27/04/1956",
        "HEGG560427\nMVZRRL04",
        "ＨＥＧＧ５６０４２７ＭＶＺＲＲＬ０４",
        "НЕGG560427МVZRRL04",
        "HÉGG560427MVZRRL04",
        "*HEGG560427MVZRRL04* 👍",
        "HEGG560427MVZRRL05 no, HEGG560427MVZRRL04",
    ],
)
def test_a_curp_is_read_however_it_is_written(text: str) -> None:
    found = read_curp(text, TODAY)
    assert isinstance(found, Curp)
    assert found.text == GLORIA


def test_position_17_tells_the_century() -> None:
    child = read_curp(whole("HEGG160503XVZRRLA"), TODAY)
    assert isinstance(child, Curp)
    assert (child.birth_date, child.sex) == (date(2016, 5, 3), "X")


@pytest.mark.parametrize(
    ("text", "kind", "position", "found"),
    [
        ("", "not-found", None, ""),
        ("hola, buenos días", "not-found", None, None),
        ("no la tengo", "not-found", None, None),
        ("HEGG560427MVZRRL0", "too-short", None, "HEGG560427MVZRRL0"),
        ("mi curp es HEGG560427MVZRR", "too-short", None, "HEGG560427MVZRR"),
        ("HEGG560427MVZRRL045", "too-long", None, "HEGG560427MVZRRL045"),
        ("7EGG560427MVZRRL04", "letter-expected", 1, "7"),
        ("HTGG560427MVZRRL04", "vowel-expected", 2, "T"),
        ("HE4G560427MVZRRL04", "letter-expected", 3, "4"),
        ("HEGG56O427MVZRRL04", "digit-expected", 7, "O"),
        ("HEGG561327MVZRRL04", "no-such-date", 7, "561327"),
        ("HEGG560231MVZRRL04", "no-such-date", 9, "560231"),
        ("HEGG560427MVZRRLA4", "future-date", 5, "560427"),
        ("HEGG050427MVZRRL04", "century-mismatch", 17, "0"),
        ("HEGG560427FVZRRL04", "no-such-sex", 11, "F"),
        ("HEGG560427MQQRRL04", "no-such-state", 12, "QQ"),
        ("HEGG560427MVZARL04", "consonant-expected", 14, "A"),
        ("HEGG560427MVZRRL0A", "digit-expected", 18, "A"),
        ("HEGG560427MVZRRL05", "check-digit", 18, "5"),
        ("MUÑG560427MVZXRL04", "no-enye", 3, "Ñ"),
        ("PUTA560427MVZRRL0X", "digit-expected", 18, "X"),
    ],
)
def test_a_fault_says_what_is_wrong_and_where(
    text: str, kind: str, position: int | None, found: str | None
) -> None:
    fault = fault_of(text)
    assert (fault.kind, fault.position) == (kind, position)
    assert found is None or fault.found == found


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("HEGG56O427MVZRRLO4", GLORIA),
        ("HEGG5604Z7MVZRRL04", GLORIA),
        ("HEGG560427MVZRRLO4", GLORIA),
        ("B0XW310820HNERXN09", WILLIAM),
        ("BOXW3I082OHNERXN09", WILLIAM),
        ("HEGG560427MVZRRL045", GLORIA),
        ("HEGG560427MVZRRL0S", None),
        ("HEGG560427MVZRRL05", None),
    ],
)
def test_a_confused_figure_is_hinted_but_never_corrected(text: str, hint: str | None) -> None:
    assert fault_of(text).hint == hint


def test_an_enye_is_hinted_as_x() -> None:
    right = whole("MUXG560427MVZXRL0")
    assert fault_of(right.replace("MUX", "MUÑ")).hint == right
    assert fault_of("MUÑG560427MVZÑRL0X").hint == "X"


def test_an_inconvenient_word_is_a_fault_only_with_a_wrong_check_digit() -> None:
    kept = whole("PUTA560427MVZRRL0")
    assert isinstance(read_curp(kept, TODAY), Curp)
    respelt = whole("PXTA560427MVZRRL0")
    fault = fault_of("PUTA" + respelt[4:])
    assert (fault.kind, fault.position, fault.hint) == ("inconvenient-word", 2, respelt)


def test_two_readings_that_both_fit_are_not_hinted() -> None:
    # Position 17 weighs 2: O (25) and 0 give the same check digit, and both centuries are possible here.
    assert fault_of(whole("HEGG160427MVZRRL0").replace("HEGG16", "HEGGI6")).hint is None


def test_the_whole_curp_is_not_shown_on_screens() -> None:
    assert initials_last4(GLORIA) == "HEGG…RL04"


def test_the_tables_are_complete() -> None:
    assert len(STATES) == 33
    assert len(INCONVENIENT) == 81
    assert (STATES["MC"], STATES["DF"]) == ("Estado de México", "Ciudad de México")


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2008, 11, 23), TODAY, 18),
        (date(2008, 11, 24), TODAY, 17),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (TODAY, TODAY, 0),
    ],
)
def test_age_counts_full_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


def test_a_letter_for_a_digit_is_named_where_it_stands_not_where_it_shows() -> None:
    fault = read_curp("HEGG560427MVZRRLO4", date(2026, 11, 23))
    assert fault == CurpFault("digit-expected", 17, "O", "HEGG560427MVZRRL04")
