"""What a booking leaves behind, besides words: how long it is, what is kept, what is carried out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.talk.stage import Person, world

from ventanilla.talk.engine import Hand
from ventanilla.talk.facts import Facts
from ventanilla.talk.turns import still_open

OPENING = ("hola", "[Acepto", "[Agendar cita", "[Para mí", "[Primera vez")
PERSON = ("HEGG560427MVZRRL04", "Gloria Hernández García", "[INE", "123456789", "[10 años", "[Sin correo")
PLACE = ("zapopan", "[Zapopan", "[mar 24", "[10:00")
MOST_INPUTS, MOST_MESSAGES, CONFIRMATION = 17, 22, 7


def _play(*said: str, person: Person | None = None) -> Person:
    person = person or Person()
    for text in said:
        if text.startswith("["):
            person.taps(text[1:])
        else:
            person.says(text)
    return person


def _answers(person: Person) -> dict[str, str]:
    return dict(person.talk.frames[-1].answers)


@pytest.fixture
def at_summary() -> Person:
    return _play(*OPENING, *PERSON, *PLACE)


def test_a_first_booking_is_short(at_summary: Person) -> None:
    _play("[Confirmar", person=at_summary)
    assert len(at_summary.mine) == 1
    assert at_summary.said <= MOST_INPUTS
    assert at_summary.heard <= MOST_MESSAGES


def test_a_confirmation_is_seven_messages(at_summary: Person) -> None:
    shown = _play("[Confirmar", person=at_summary).shown
    papers = ["qr-checkin", "qr-office", "qr-payment", "way", "payment-sheet", "triptych"]
    assert len(shown) == CONFIRMATION
    assert [m.paper for m in shown if isinstance(m, Hand)] == papers


def test_what_was_booked_is_what_was_answered(at_summary: Person) -> None:
    made = _play("[Confirmar", person=at_summary).mine[0]
    applicant = made.applicant
    assert (applicant.given, applicant.surname1, applicant.surname2) == ("Gloria", "Hernández", "García")
    assert not applicant.name_flagged
    assert applicant.fields == {
        **{"for-whom": "me", "procedure": "first", "identification": "ine", "id-number": "123456789"},
        **{"validity": "10:full", "municipality": "14-120", "office": made.place.office_id},
        **{"day": "2026-11-24", "time": made.place.starts_at.isoformat()},
    }


def test_a_name_insisted_on_is_flagged_for_the_desk() -> None:
    person = _play(*OPENING, PERSON[0], "Rosa Hernández García", "[Así se escribe", *PERSON[2:], *PLACE)
    assert _play("sí", person=person).mine[0].applicant.name_flagged


def test_a_number_with_a_letter_for_a_digit_is_mended_with_one_tap() -> None:
    person = Person()
    for step in ("hola", "acepto", "quiero renovar mi pasaporte", "HEGG560427MVZRRL04"):
        person.says(step)
    for step in ("Gloria Hernández García", "INE", "123456789", "GI2345678"):
        person.says(step)
    person.taps("G12345678")
    assert person.talk.frames[-1].answers["old-number"] == "G12345678"


def test_nothing_is_asked_and_nothing_kept_before_acceptance() -> None:
    person = _play("hola", "HEGG560427MVZRRL04", "Gloria Hernández García")
    assert person.talk.frames == ()
    assert person.did == []
    assert _play("[Acepto", person=person).did == ["consent"]


def test_refusing_and_withdrawing_are_written_down() -> None:
    person = _play("hola", "[No acepto", "[Acepto", "[Agendar cita", "[No acepto")
    assert person.did == ["decline", "consent", "decline", "let-go"]
    assert person.talk.consent == ""
    assert person.talk.frames == ()


def test_asking_for_a_person_hands_over() -> None:
    assert _play("hola", "[Acepto", "persona").did == ["consent", "hand-over"]


def test_leaving_lets_the_place_go(at_summary: Person) -> None:
    assert at_summary.held is not None
    _play("[Cancelar", person=at_summary)
    assert at_summary.held is None
    assert at_summary.talk.frames == ()


def test_another_persons_curp_voids_what_was_the_first_ones(at_summary: Person) -> None:
    _play("[Cambiar algo", "[La CURP", "MUEL850704HDFSJS03", person=at_summary)
    kept = set(_answers(at_summary))
    assert not kept & {"name", "identification", "id-number"}
    assert kept >= {"procedure", "validity", "municipality", "office", "day", "time"}


def test_the_same_curp_again_voids_nothing(at_summary: Person) -> None:
    before = _answers(at_summary)
    _play("[Cambiar algo", "[La CURP", PERSON[0], person=at_summary)
    assert _answers(at_summary) == before


def test_with_a_childs_curp_what_only_adults_have_is_asked_again(at_summary: Person) -> None:
    _play("[Cambiar algo", "[La CURP", "MUEL220610HJCSJSA9", "Luis Muestra Ejemplo", person=at_summary)
    assert not set(_answers(at_summary)) & {"identification", "id-number", "validity"}
    assert "attending" not in _answers(at_summary)


def test_not_knowing_the_old_passport_is_only_for_a_lost_one() -> None:
    person = _play(
        *OPENING[:4], "[Robo", *PERSON[:4], "[No lo sé", "[No lo sé", "[No lo sé", *PERSON[4:], *PLACE
    )
    _play("[Cambiar algo", "[El trámite", "[Renovación", person=person)
    assert not set(_answers(person)) & {"old-number", "old-issued", "old-expires"}
    _play("[Primera vez", person=person)
    assert "time" in _answers(person)


def test_an_office_that_leaves_the_catalogue_is_chosen_again(at_summary: Person) -> None:
    gone = _answers(at_summary)["office"]
    offices = {k: o for k, o in at_summary.world.offices.items() if k != gone}
    at_summary.world = replace(at_summary.world, offices=offices)
    _play("hola", person=at_summary)
    assert not set(_answers(at_summary)) & {"office", "day", "time"}


def test_a_talk_stays_open_for_seven_days_to_the_second(at_summary: Person) -> None:
    life = world().rules.talk_life
    facts = Facts(at_summary.places.now + life, world())
    assert still_open(at_summary.talk, at_summary.places.now, facts) == at_summary.talk
    late = still_open(at_summary.talk, at_summary.places.now - timedelta(seconds=1), facts)
    assert late.frames == ()
    assert late.lapsed
    assert late.consent == at_summary.talk.consent


def test_at_six_in_the_evening_it_is_still_today() -> None:
    evening = Facts(Person().places.now.replace(hour=1) + timedelta(days=1), world())
    assert evening.now.date().isoformat() == "2026-11-24"
    assert evening.today.isoformat() == "2026-11-23"
