"""Who missed appointments: near places alone, with others and in old messages, and always a reason."""

from datetime import timedelta

from tests.talk.stage import Person
from tests.talk.transcript import GLORIA

from ventanilla.core.booking import Place
from ventanilla.talk.engine import Heard
from ventanilla.words.compose import Message

ABSENCES = (timedelta(days=70), timedelta(days=20))
STEPS = ["hola", "acepto", "quiero una cita", "para mí", "primera vez", GLORIA, "Gloria Hernández García"]
STEPS += ["INE", "123456789", "10 años", "sin correo", "Coyoacán"]


def missing() -> Person:
    person = Person()
    person.places.missed[GLORIA] = tuple(person.places.now - age for age in ABSENCES)
    return person


def says(person: Person, *texts: str) -> str:
    for text in texts:
        person.says(text)
    return "\n".join(m.body for m in person.shown if isinstance(m, Message))


def test_an_office_without_near_places_says_so_and_the_waiting_list_is_there() -> None:
    person = missing()
    says(person, *STEPS)
    near = person.places.now + timedelta(days=8)
    person.places.taken |= {
        Place("09-04", moment)
        for day in person.places.days("09-04")
        for moment in person.places.times("09-04", day)
        if moment < near
    }
    person.taps("Coyoacán")
    assert "no tiene lugares en los próximos 7 días" in says(person)


def test_a_far_place_tapped_in_a_message_from_before_is_not_held() -> None:
    person = missing()
    says(person, *STEPS)
    person.taps("Coyoacán")
    far = max(person.places.days("09-04"))
    moment = person.places.times("09-04", far)[0]
    person.hears(Heard("choice", "", f"place:09-04@{moment.isoformat()}"))
    assert person.held is None
    assert "nadie llegó" in says(person)


def test_whoever_always_came_is_told_nothing_and_chooses_among_all_days() -> None:
    person = Person()
    assert "nadie llegó" not in says(person, *STEPS)
    person.taps("Coyoacán")
    assert "A qué *hora*" in says(person, "15 de diciembre")
