"""Names in one line, divided as the CURP confirms."""

from datetime import date
from string import ascii_uppercase

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ventanilla.core.curp import Curp, check_digit, read_curp
from ventanilla.core.people import (
    NAME_FAULTS,
    Mismatch,
    NameFault,
    NameReading,
    PersonName,
    expected_letters,
    split_name,
)

TODAY = date(2026, 11, 23)


def curp_with(letters: str) -> Curp:
    first17 = f"{letters[:4]}560427MVZ{letters[4:]}0"
    found = read_curp(first17 + check_digit(first17), TODAY)
    assert isinstance(found, Curp), found
    return found


def curp_for(given: str, surname1: str, surname2: str = "") -> Curp:
    return curp_with(expected_letters(PersonName(given, surname1, surname2)))


def reading(text: str, curp: Curp) -> NameReading:
    found = split_name(text, curp)
    assert isinstance(found, NameReading), found
    return found


@pytest.mark.parametrize(
    ("given", "surname1", "surname2", "letters"),
    [
        ("Gloria", "Hernández", "García", "HEGGRRL"),
        ("William", "Bonilla", "", "BOXWNXL"),
        ("María del Carmen", "Hernández", "de la Cruz", "HECCRRR"),
        ("José Luis", "Pérez", "López", "PELLRPS"),
        ("Ma. Guadalupe", "Ruiz", "Sosa", "RUSGZSD"),
        ("J. Jesús", "Ruiz", "Sosa", "RUSJZSS"),
        ("María José", "Ruiz", "Sosa", "RUSJZSS"),
        ("José", "Ruiz", "Sosa", "RUSJZSS"),
        ("María de los Ángeles", "Ruiz", "Sosa", "RUSAZSN"),
        ("Ana", "Ñuñez", "Muñoz", "XUMAXXN"),
        ("Ana", "Ng", "Ek", "NXEAGKN"),
        ("Ia", "Oo", "Ae", "OOAIXXX"),
        ("Ana", "Pu", "Torres", "PXTAXRN"),
        ("Andrés", "Puente", "Torres", "PXTANRN"),
        ("Ana", "D'Ángel", "Ruiz", "DARAXZN"),
        ("Ana", "Argüello", "Ruiz", "AURARZN"),
        ("Ana", "Ponce de León", "y Ruiz", "PORANZN"),
        ("Rosa", "Y", "Mi", "YXMRXXS"),
    ],
)
def test_the_letters_a_name_gives(given: str, surname1: str, surname2: str, letters: str) -> None:
    assert expected_letters(PersonName(given, surname1, surname2)) == letters


SAMPLES = [
    ("Gloria", "Hernández", "García"),
    ("María del Carmen", "Hernández", "de la Cruz"),
    ("María de los Ángeles", "de la Torre", "del Río"),
    ("Juan Carlos", "Pérez", "López"),
    ("José", "Ortega y Gasset", "García"),
    ("Rosa", "Ponce de León", "Salas"),
    ("Ana Sofía", "Núñez", ""),
    ("Íñigo", "Ibáñez", "Ñúñez"),
    ("Jean-Luc", "O'Farrill", "McGregor"),
    ("Ana", "von Humboldt", "van Dyke"),
]


@pytest.mark.parametrize("parts", SAMPLES)
@pytest.mark.parametrize(
    "form", ["{0} {1} {2}", "{1} {2} {0}", "{1} {2}, {0}", "{0}\n{1}\n{2}", "  {0}   {1} {2}. "]
)
def test_a_name_is_divided_in_either_order(parts: tuple[str, str, str], form: str) -> None:
    found = reading(form.format(*parts), curp_for(*parts))
    assert (found.name, found.mismatches) == (PersonName(*parts), ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("GLORIA HERNANDEZ GARCIA", "Gloria Hernandez Garcia"),
        ("gloria hernández garcía", "Gloria Hernández García"),
        ("Gloria HERNÁNDEZ garcía", "Gloria Hernández García"),
        ("Gloria Hernández de la García", "Gloria Hernández de la García"),
        ("GLORIA HERNÁNDEZ DE LA GARCÍA", "Gloria Hernández de la García"),
        ("Me llamo Gloria Hernández García 😊", "Gloria Hernández García"),
        ("Nombre: Gloria Hernández García", "Gloria Hernández García"),
        ("Nombre completo: Gloria Hernández García", "Gloria Hernández García"),
        ("Nombre(s): Gloria\nApellidos: Hernández García", "Gloria Hernández García"),
        ("Apellido paterno: Hernández\nApellido materno: García\nNombre: Gloria", "Gloria Hernández García"),
        ("mi nombre es gloria hernández garcía.", "Gloria Hernández García"),
        ("*Gloria* Hernández\u200b García", "Gloria Hernández García"),
    ],
)
def test_a_name_is_tidied_without_inventing_accents(text: str, name: str) -> None:
    found = reading(text, curp_with("HEGGRRL"))
    assert (str(found.name), found.mismatches) == (name, ())


def test_a_name_that_does_not_fit_says_where() -> None:
    found = reading("Gloria Fernández García", curp_with("HEGGRRL"))
    assert found.name == PersonName("Gloria", "Fernández", "García")
    assert found.mismatches == (Mismatch(1, "H", "F", "surname1"),)


def test_a_missing_second_surname_is_noticed() -> None:
    found = reading("Gloria Hernández", curp_with("HEGGRRL"))
    assert [(m.position, m.part, m.name_letter) for m in found.mismatches] == [
        (3, "surname2", "X"),
        (15, "surname2", "X"),
    ]


def test_a_curp_that_kept_an_inconvenient_vowel_fits_its_name() -> None:
    kept = curp_with("PUTANRN")
    assert reading("Andrés Puente Torres", kept).mismatches == ()
    assert [m.part for m in reading("Andrés Puente Robles", kept).mismatches] == ["surname2", "surname2"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gloria", "too-short"),
        ("", "too-short"),
        ("Gloria Hernández 2", "digits"),
        ("HEGG560427MVZRRL04", "digits"),
        ("Gloria <b>Hernández</b>", "strange-characters"),
        ("Глория Эрнандес Гарсия", "strange-characters"),
        ("Gloria Hernández @garcia", "strange-characters"),
        ("ana " * 17, "too-long"),
        ("Gloria Hernández " + "a" * 61, "too-long"),
        ("a" * 200 + " b", "too-long"),
    ],
)
def test_what_is_no_name_says_why(text: str, kind: str) -> None:
    found = split_name(text, curp_with("HEGGRRL"))
    assert found == NameFault(kind)
    assert kind in NAME_FAULTS


WORDS = st.text("abcdeinoruzñáéü", min_size=2, max_size=9).map(str.capitalize)
LETTERS = st.sampled_from(ascii_uppercase)


def _plain(name: str) -> str:
    return " ".join(sorted(name.casefold().split()))


@given(st.lists(WORDS, min_size=1, max_size=3), WORDS, st.just("") | WORDS, st.booleans())
def test_a_name_made_by_the_rule_always_fits(
    given_words: list[str], one: str, two: str, surnames_first: bool
) -> None:
    given_name = " ".join(given_words)
    assume(not {"Ma", "De", "Le", "Di", "Da", "El"} & {one, two, *given_words})
    curp = curp_for(given_name, one, two)
    order = (one, two, given_name) if surnames_first else (given_name, one, two)
    text = " ".join(order)
    found = reading(text, curp)
    assert found.mismatches == ()
    assert _plain(str(found.name)) == _plain(text)


@given(
    st.lists(WORDS | st.sampled_from(["de", "la", "DEL", "y", "Ma", "O'Neil", "MC"]), min_size=2, max_size=6)
)
def test_no_word_is_lost(words: list[str]) -> None:
    text = " ".join(words)
    found = reading(text, curp_with("HEGGRRL"))
    assert _plain(str(found.name)) == _plain(text)


@given(st.text(max_size=300) | st.text("aÁñ -'.,;\nßŉǅªº😀", max_size=80))
def test_no_text_breaks_the_division(text: str) -> None:
    found = split_name(text, curp_with("HEGGRRL"))
    if isinstance(found, NameReading):
        assert found.name.given
        assert found.name.surname1
