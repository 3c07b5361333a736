"""Staff correct a slip of the pen; what would make another person of it is refused."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.booking import Applicant
from ventanilla.core.corrections import Change, NotCorrected, corrected, distance
from ventanilla.core.curp import check_digit

TODAY, DAY = date(2026, 11, 23), date(2026, 12, 1)
GLORIA = "HEGG560427MVZRRL04"


def whole(first17: str) -> str:
    return first17 + check_digit(first17)


CONFIRMED = Applicant(GLORIA, "Gloria", "Hernández", "García", False, {"validity": "10:full"})


def correct(change: Change, now: Applicant = CONFIRMED) -> Applicant | str:
    found = corrected(CONFIRMED, now, change, DAY, TODAY)
    return found.kind if isinstance(found, NotCorrected) else found


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [
        ("", "", 0),
        ("ana", "ana", 0),
        ("ana", "anna", 1),
        ("anna", "ana", 1),
        ("ana", "eva", 2),
        ("gloria", "golria", 1),
        ("abcd", "badc", 2),
        ("", "xy", 2),
    ],
)
def test_letters_that_are_wrong_missing_too_many_or_swapped_count_one(
    one: str, other: str, letters: int
) -> None:
    assert distance(one, other) == letters


@given(st.text("ABC", max_size=8), st.text("ABC", max_size=8))
def test_a_distance_is_the_same_both_ways_and_never_more_than_the_longer(one: str, other: str) -> None:
    apart = distance(one, other)
    assert apart == distance(other, one)
    assert (apart == 0) == (one == other)
    assert abs(len(one) - len(other)) <= apart <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("first17", "outcome"),
    [
        ("HEGG560427MVZRRL1", "corrected"),
        ("HEGG560428MVZRRL0", "corrected"),
        ("HEGG560472MVZRRL0", "curp"),  # there is no day 72
        ("HEGG650427MVZRRL0", "corrected"),  # swapped: one
        ("HEGG560427MDFRRL0", "corrected"),
        ("HEGG560427MDFRRL1", "another-curp"),
        ("BOXW310820HNERXN0", "another-curp"),
    ],
)
def test_two_letters_of_the_curp_are_a_slip_and_three_another_person(first17: str, outcome: str) -> None:
    found = correct(Change(curp=whole(first17)))
    assert (found if isinstance(found, str) else "corrected") == outcome


def test_what_is_not_a_curp_is_refused() -> None:
    assert correct(Change(curp="HEGG560427MVZRRL05")) == "curp"
    assert correct(Change(curp="no")) == "curp"


def test_the_check_digit_follows_and_does_not_count() -> None:
    found = correct(Change(curp=whole("HEGG560429MVZRRL2")))
    assert isinstance(found, Applicant)
    assert found.curp[-1] != GLORIA[-1]


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (Change(given="Glorian"), "corrected"),
        (Change(given="GLORIA "), "corrected"),
        (Change(surname1="Hernandez"), "corrected"),
        (Change(surname1="Ernández"), "does-not-fit"),
        (Change(surname2="Pérez"), "another-name"),
        (Change(surname2="Garcías"), "corrected"),
        (Change(given="María Gloria"), "another-name"),
        (Change(given="Gilberto"), "another-name"),
        (Change(given="Glorían", surname1="Hernándezz", surname2="Garcíass"), "another-name"),
        (Change(surname2=""), "another-name"),
        (Change(given=""), "no-name"),
        (Change(), "nothing"),
        (Change(given="Gloria", curp=GLORIA), "nothing"),
    ],
)
def test_names_change_by_letters_never_by_persons(change: Change, outcome: str) -> None:
    found = correct(change)
    assert (found if isinstance(found, str) else "corrected") == outcome


def test_a_short_name_leaves_less_room() -> None:
    ana = replace(CONFIRMED, given="Ana", curp=whole("HEGA560427MVZRRN0"))
    assert corrected(ana, ana, Change(given="Eva"), DAY, TODAY) == NotCorrected("another-name")
    assert isinstance(corrected(ana, ana, Change(given="Anna"), DAY, TODAY), Applicant)


def test_where_a_surname_begins_is_no_difference() -> None:
    cut = replace(CONFIRMED, given="Gloria Hernández", surname1="García", surname2="", name_flagged=True)
    change = Change(given="Gloria", surname1="Hernández", surname2="García")
    assert corrected(cut, cut, change, DAY, TODAY) == CONFIRMED


def test_many_small_steps_do_not_lead_to_another_person() -> None:
    """Each is counted from what was confirmed."""
    step = correct(Change(curp=whole("HEGG560427MDFRRL0")))
    assert isinstance(step, Applicant)
    assert correct(Change(curp=whole("HEGG560428MDFRRL0")), step) == "another-curp"
    assert correct(Change(curp=GLORIA), step) == CONFIRMED


def test_a_twin_is_refused_since_the_name_would_not_fit() -> None:
    assert correct(Change(curp=whole("HEGR560427MVZRRL0"))) == "does-not-fit"


def test_a_name_that_fits_at_last_is_not_flagged_any_more() -> None:
    typed = replace(CONFIRMED, curp=whole("HEGG560427MVZRRM0"), name_flagged=True)
    found = corrected(typed, typed, Change(curp=GLORIA), DAY, TODAY)
    assert found == CONFIRMED


def test_a_birth_date_that_makes_a_child_of_an_adult_is_another_procedure() -> None:
    young = replace(CONFIRMED, curp=whole("HEGG090427MVZRRLA"))
    older = corrected(young, young, Change(curp=whole("HEGG080427MVZRRLA")), DAY, TODAY)
    assert older == NotCorrected("another-group")
