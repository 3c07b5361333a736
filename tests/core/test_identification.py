"""Which identifications are offered, and numbers as people copy them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.identification import (
    IDENTIFICATIONS,
    MAX_OFFERED,
    NUMBER_FAULTS,
    NumberFault,
    accepted,
    has_number,
    read_number,
    read_passport_number,
)


@pytest.mark.parametrize("procedure", ["first", "renewal", "lost"])
@pytest.mark.parametrize("age", [0, 6, 7, 17, 18, 59, 60, 119])
def test_the_offer_fits_one_list_and_ends_with_other(procedure: str, age: int) -> None:
    codes = accepted(procedure, age)
    assert 2 <= len(codes) <= MAX_OFFERED
    assert codes[-1] == "other"
    assert len(set(codes)) == len(codes)


def test_an_adult_is_offered_the_voter_card_first() -> None:
    assert accepted("first", 30)[:3] == ("ine", "professional-licence", "military")
    assert accepted("renewal", 30) == accepted("lost", 30) == accepted("first", 30)


def test_the_card_for_older_people_is_offered_from_sixty() -> None:
    assert "inapam" in accepted("first", 60)
    assert "inapam" not in accepted("first", 59)


def test_children_are_offered_what_children_have() -> None:
    assert accepted("first", 10) == ("school", "other")
    assert accepted("lost", 6) == ("school", "medical", "other")
    assert accepted("renewal", 10) == ("passport", "school", "other")


def test_no_identification_tells_of_a_disability() -> None:
    assert not [i.code for i in IDENTIFICATIONS if "disab" in i.code or "discap" in i.code]


def test_letters_of_schools_and_doctors_have_no_number() -> None:
    offered = {code for age in (3, 10, 30, 70) for p in ("first", "renewal") for code in accepted(p, age)}
    assert {code for code in offered if not has_number(code)} == {"school", "medical", "passport"}


@pytest.mark.parametrize(
    ("code", "text", "number"),
    [
        ("ine", "GMHRJN56042730M400", "GMHRJN56042730M400"),
        ("ine", "gmhrjn 560427 30 m 400", "GMHRJN56042730M400"),
        ("ine", "Clave de elector: GMHRJN56042730M400", "GMHRJN56042730M400"),
        ("ine", "IDMEX1234567897<<", "1234567897"),
        ("ine", "CIC 123456789", "123456789"),
        ("ine", "0123456789012", "0123456789012"),
        ("professional-licence", "1234567", "1234567"),
        ("professional-licence", "cédula no. 12345678", "12345678"),
        ("military", "C-1234567", "C1234567"),
        ("inapam", "es el 09-1234-567", "091234567"),
        ("other", "ABC 99/2020", "ABC992020"),
        ("passport", "G12345678", "G12345678"),
    ],
)
def test_a_number_is_read_however_it_is_copied(code: str, text: str, number: str) -> None:
    assert read_number(code, text) == number


@pytest.mark.parametrize(
    ("code", "text", "kind", "hint"),
    [
        ("ine", "GMHRJN56O42730M400", "wrong-shape", "GMHRJN56042730M400"),
        ("ine", "12345678O", "wrong-shape", "123456780"),
        ("ine", "GMHRJN56042730F400", "wrong-shape", None),
        ("ine", "12345678901", "wrong-shape", None),
        ("ine", "12345", "too-short", None),
        ("ine", "GMHRJN56042730M4001", "too-long", None),
        ("ine", "no la tengo a la mano", "no-digits", None),
        ("ine", "¿?", "strange-characters", None),
        ("ine", "", "too-short", None),
        ("professional-licence", "123456I", "digits-only", "1234561"),
        ("professional-licence", "123A567", "digits-only", None),
        ("military", "C12", "too-short", None),
        ("other", "1" * 21, "too-long", None),
    ],
)
def test_a_wrong_number_says_why(code: str, text: str, kind: str, hint: str | None) -> None:
    assert read_number(code, text) == NumberFault(kind, hint)
    assert kind in NUMBER_FAULTS


@pytest.mark.parametrize("text", ["G12345678", "g-12345678", "Mi pasaporte es G 1234 5678", "N12345678"])
def test_a_passport_of_today_is_read(text: str) -> None:
    found = read_passport_number(text)
    assert isinstance(found, str)
    assert found[1:] == "12345678"


@pytest.mark.parametrize("text", ["12345678", "123456789", "01234567890"])
def test_a_passport_of_an_older_series_is_read(text: str) -> None:
    assert read_passport_number(text) == text


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("G1234567O", NumberFault("wrong-shape", "G12345670")),
        ("GI2345678", NumberFault("wrong-shape", "G12345678")),
        ("G123456789", NumberFault("wrong-shape")),
        ("G123456", NumberFault("too-short")),
        ("123456789012", NumberFault("too-long")),
    ],
)
def test_a_confused_passport_number_is_hinted(text: str, fault: NumberFault) -> None:
    assert read_passport_number(text) == fault


CODES = [*(i.code for i in IDENTIFICATIONS), "passport", "other"]


@given(st.sampled_from(CODES), st.text(max_size=80) | st.text("GOIL015 -ß²", max_size=25))
def test_no_text_breaks_the_reader(code: str, text: str) -> None:
    found = read_number(code, text)
    assert isinstance(found, NumberFault) or (found.isascii() and found.isalnum())
