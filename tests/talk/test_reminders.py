"""What people answer to a reminder, tapped or in their own words, and who may."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.talk.stage import NOW, Person, Shown, world

from ventanilla.core.booking import Applicant, Appointment, Place
from ventanilla.talk.engine import Heard
from ventanilla.talk.reminders import about
from ventanilla.words import vocabulary
from ventanilla.words.compose import Message

OFFICE = "09-04"
NAMES = ("Gloria", "Ana", "Luis")


def appointment(n: int) -> Appointment:
    starts_at = NOW + timedelta(days=2, minutes=15 * n)
    fields = {"validity": "10:full", "identification": "ine"}
    applicant = Applicant(f"CURP{n}", NAMES[n - 1], "Hernández", "García", False, fields)
    folio = f"PA-AAA-{n:04}"
    return Appointment(n, folio, 1, Place(OFFICE, starts_at), "first", applicant, "es", "live", NOW)


def with_appointments(count: int) -> Person:
    person = Person()
    person.says("hola")
    person.taps("Acepto")
    person.mine = [appointment(n) for n in range(1, count + 1)]
    return person


def reminded(count: int = 1) -> Person:
    person = with_appointments(count)
    person.is_reminded("hours")
    return person


def texts(shown: list[Shown]) -> str:
    return "\n".join(m.body for m in shown if isinstance(m, Message))


def tap(person: Person, choice: str) -> str:
    return texts(person.hears(Heard("choice", "", choice)))


GOING = (
    "voy · Sí voy · sí, voy a ir · Ahí estaré · ahí estaré, gracias · si iré · ahí estaremos · claro que voy"
)
NOT = "no puedo ir · Ya no puedo ir · no podré ir · no voy · no voy a poder ir, gracias · ya no voy · no ire"
COMING = "I'm coming · I will be there · yes I am coming · I'll be there, thanks · see you there"
NOT_COMING = "I can't make it · I cannot come · I'm not coming · I can't come · I won't come"
NEITHER = "voy a pensarlo · ¿y si no voy? · a qué hora voy · no sé si voy · gracias · 10:00 · Gloria Voy"


def each(text: str) -> list[str]:
    return [said.strip() for said in text.split("·")]


@pytest.mark.parametrize(
    ("language", "said", "value"),
    [
        *(("es", s, "going") for s in each(GOING)),
        *(("es", s, "cancel") for s in each(NOT)),
        *(("en", s, "going") for s in each(COMING)),
        *(("en", s, "cancel") for s in each(NOT_COMING)),
        *(("es", s, None) for s in each(NEITHER)),
    ],
)
def test_an_answer_is_understood_as_it_is_written(language: str, said: str, value: str | None) -> None:
    assert vocabulary(language).reply("reminded", said) == value


def test_whoever_was_not_reminded_lately_is_not_taken_to_answer() -> None:
    person = with_appointments(1)
    assert "no te entendí" in texts(person.says("voy"))
    assert person.answered == {}
    person = reminded()
    person.later(timedelta(hours=47))
    assert "Te esperamos" in texts(person.says("voy"))
    person = reminded()
    person.later(timedelta(hours=48))
    assert "no te entendí" in texts(person.says("voy"))


def test_a_tap_is_noted_with_what_it_means() -> None:
    for choice in ("going", "change", "cancel"):
        person = reminded()
        tap(person, f"reminder:{choice}:1")
        assert person.answered == {1: choice}


def test_cancelling_asks_once_and_changing_asks_where_to() -> None:
    assert "Cita *PA-AAA-0001* de Gloria" in tap(reminded(), "reminder:cancel:1")
    assert "¿En qué *oficina* la quieres?" in tap(reminded(), "reminder:change:1")


@pytest.mark.parametrize(
    "choice",
    [
        "reminder:going:2",
        "reminder:cancel:99",
        "reminder:change:",
        "reminder:going",
        "reminder:",
        "reminder:fly:1",
        "reminder:going:1:1",
        "reminder:going:uno",
    ],
)
def test_of_an_appointment_that_is_not_theirs_nothing_is_shown_or_noted(choice: str) -> None:
    person = reminded()
    assert "Esa cita ya no está" in tap(person, choice)
    assert person.answered == {}


def test_an_appointment_that_is_over_is_said_to_be() -> None:
    person = reminded()
    person.later(timedelta(days=3))
    assert "ya pasó" in tap(person, "reminder:going:1")


def test_whoever_must_accept_another_notice_first_does_not_lose_their_answer() -> None:
    person = reminded()
    person.notice_changes()
    assert "Cambió" in tap(person, "reminder:going:1")
    assert person.answered == {}
    assert "Te esperamos" in texts(person.taps("Acepto"))
    assert person.answered == {1: "going"}


def test_a_family_answers_once_that_they_come_and_says_who_does_not() -> None:
    person = reminded(3)
    assert "cita de *Gloria, Ana y Luis*" in texts(person.shown)
    assert "PA-AAA-0001 (+2)" in texts(person.shown)
    person.says("ahí estaremos")
    assert person.answered == dict.fromkeys((1, 2, 3), "going")
    assert "¿Cuál" in texts(person.says("no puedo ir"))


@pytest.mark.parametrize("choice", ["cancel", "change"])
def test_of_a_family_it_is_asked_who_cannot_come(choice: str) -> None:
    person = with_appointments(3)
    person.mine = [replace(a, family=1) for a in person.mine]
    person.is_reminded("hours")
    assert "¿Cuál" in tap(person, f"reminder:{choice}:1")
    person.taps("mié 25 nov 10:30")
    assert "PA-AAA-0002" in texts(person.shown)


def test_of_a_family_only_one_of_whom_comes_that_day_nothing_more_is_asked() -> None:
    person = with_appointments(2)
    later = replace(person.mine[1].place, starts_at=person.mine[1].place.starts_at + timedelta(days=1))
    person.mine = [replace(person.mine[0], family=1), replace(person.mine[1], family=1, place=later)]
    assert "Cita *PA-AAA-0001* de Gloria" in tap(person, "reminder:cancel:1")


def test_in_the_middle_of_a_booking_an_answer_is_thanked_for_and_the_booking_goes_on() -> None:
    person = reminded()
    person.says("quiero sacar cita para mí")
    shown = texts(person.says("sí voy"))
    assert "Te esperamos" in shown
    assert "¿Qué trámite necesitas?" in shown


def test_an_office_without_an_address_is_told_by_its_town() -> None:
    office = replace(world().offices[OFFICE], address="")
    told = about(replace(world(), offices={OFFICE: office}), [appointment(1)])
    assert told["address"] == office.municipality
