"""My appointments: straight to what is wanted, by words, by taps and from elsewhere."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.talk.stage import Person, rows_of, world
from tests.talk.test_booking import OPENING, PERSON, PLACE, _play

from ventanilla.core.booking import Rules, why_not_move
from ventanilla.talk.engine import Hand, Heard
from ventanilla.talk.menu import manage
from ventanilla.talk.move import day_said
from ventanilla.words.compose import Message

AGAIN = (
    *("[Agendar cita", "[Otra persona adulta", "[Primera vez", "MUEL850704HDFSJS03", "Luis Muestra Ejemplo"),
    *(*PERSON[2:], *PLACE[:2], "[mié 25", "[09:00"),
)
TODAY = date(2026, 11, 23)
SAID = {
    "mover mi cita al viernes": date(2026, 11, 27),
    "quiero cambiar mi cita para mañana": date(2026, 11, 24),
    "cambiar mi cita al 15 de diciembre": date(2026, 12, 15),
    "reagendar para el 3/12": date(2026, 12, 3),
    "¿pueden mover mi cita para el próximo martes?": date(2026, 11, 24),
    "move my appointment to friday": date(2026, 11, 27),
    "reschedule for 15 December": date(2026, 12, 15),
}
NOT_SAID = """
    quiero cambiar mi cita · no puedo ir el viernes, quiero mover mi cita · hoy no puedo, reagendar ·
    cambiar la cita de mi mamá · cambiar mi cita para otro día porque el viernes no puedo ·
    mover mi cita al 3 de mayo de 2016
"""


def read(person: Person) -> str:
    return "\n".join(m.body for m in person.shown if isinstance(m, Message))


def offered(person: Person) -> list[str]:
    return [r.id for m in person.shown if isinstance(m, Message) for r in rows_of(m)]


@pytest.fixture
def booked() -> Person:
    return _play(*OPENING, *PERSON, *PLACE, "[Confirmar")


@pytest.fixture
def twice() -> Person:
    return _play(*OPENING, *PERSON, *PLACE, "[Confirmar", "menú", *AGAIN, "[Confirmar")


@pytest.mark.parametrize(("said", "day"), SAID.items())
def test_the_day_a_wish_ends_with_is_read(said: str, day: date) -> None:
    assert day_said(said, TODAY) == day


@pytest.mark.parametrize("said", [part.strip() for part in NOT_SAID.split("·")])
def test_a_day_that_is_not_the_new_one_is_not_taken_for_it(said: str) -> None:
    assert day_said(said, TODAY) is None


@pytest.mark.parametrize(("what", "says"), [("move", "¿En qué *oficina*"), ("cancel", "¿La cancelo?")])
def test_from_elsewhere_it_goes_straight_to_what_is_wanted(booked: Person, what: str, says: str) -> None:
    booked.gets(booked.ask(lambda facts: manage(booked.talk, facts, booked.mine[0].id, what)))
    assert says in read(booked)


def test_from_elsewhere_papers_come_at_once(booked: Person) -> None:
    booked.gets(booked.ask(lambda facts: manage(booked.talk, facts, booked.mine[0].id, "papers")))
    assert sum(isinstance(m, Hand) for m in booked.shown) == 6


@pytest.mark.parametrize("what", ["papers", "move", "cancel"])
def test_an_appointment_that_is_gone_is_said_to_be_gone(booked: Person, what: str) -> None:
    number = booked.mine.pop().id
    booked.gets(booked.ask(lambda facts: manage(booked.talk, facts, number, what)))
    assert "Esa cita ya no está" in read(booked)
    assert not booked.talk.frames


def test_cancelling_by_words_is_one_tap(booked: Person) -> None:
    before = booked.said
    _play("quiero cancelar mi cita", "[Sí, cancelarla", person=booked)
    assert booked.said - before == 2
    assert not booked.mine


def test_with_several_it_is_asked_which_and_the_day_said_is_kept(twice: Person) -> None:
    _play("mover mi cita al viernes", person=twice)
    assert offered(twice) == ["appointment:1", "appointment:2", "appointment:other"]
    _play("2", person=twice)
    assert "¿A qué *hora* el viernes 27 de noviembre" in read(twice)
    _play("[09:00", "[Sí, cambiarla", person=twice)
    assert [m.moves for m in twice.mine] == [0, 1]


def test_with_several_a_day_without_places_is_said(twice: Person) -> None:
    _play("mover mi cita al domingo", "1", person=twice)
    assert "El domingo 29 de noviembre de 2026 no hay lugares" in read(twice)


def test_nothing_happens_to_the_appointment_before_the_last_tap(booked: Person) -> None:
    before = booked.mine[0]
    _play("mover mi cita al viernes", "[09:00", "menú", person=booked)
    assert booked.mine == [before]


def test_leaving_a_move_lets_go_of_the_new_place(booked: Person) -> None:
    _play("mover mi cita al viernes", "[09:00", person=booked)
    assert booked.held is not None
    _play("cancelar", person=booked)
    assert booked.held is None
    assert "todo sigue igual" in read(booked)


def test_a_place_far_from_the_appointment_cannot_be_reached_by_an_old_button(booked: Person) -> None:
    _play("mover mi cita", "[Zapopan", person=booked)
    far = next(o for o in world().offices.values() if o.state_code == "02" and o.open)
    (moment, *_) = booked.places.times(far.id, date(2026, 11, 26))
    booked.hears(Heard("choice", choice=f"place:{far.id}@{moment.isoformat()}"))
    assert "ya no está disponible" in read(booked)
    assert booked.held is None or booked.held.office_id != far.id


def test_the_place_of_a_booking_below_is_not_said_to_be_held_any_more(booked: Person) -> None:
    _play("menú", *AGAIN, person=booked)
    assert "Te aparto el lugar 15 minutos" in read(booked)
    _play("mover mi cita al viernes", "[09:00", "[No, dejarla igual", person=booked)
    assert "El tiempo que te aparté el lugar terminó" in read(booked)


@pytest.mark.parametrize("said", ["mover mi cita", "cancela mi cita"])
def test_a_booking_below_keeps_its_place_where_nothing_was_moved(booked: Person, said: str) -> None:
    booked.mine[0] = replace(booked.mine[0], moves=2)
    _play("menú", *AGAIN, person=booked)
    assert booked.held is not None
    _play(said, *(["[No, conservarla"] if said.startswith("cancela") else []), person=booked)
    assert booked.held is not None
    assert "Te aparto el lugar 15 minutos" in read(booked)


def test_who_keeps_it_at_the_first_question_goes_on_where_they_were(booked: Person) -> None:
    _play("menú", *AGAIN, "mover mi cita", "[No, dejarla igual", person=booked)
    assert booked.held is not None
    assert "todo sigue igual" in read(booked)
    assert "Te aparto el lugar 15 minutos" in read(booked)


def test_the_first_reason_against_a_move_is_the_hour(booked: Person) -> None:
    made, rules = booked.mine[0], Rules(moves=0)
    assert why_not_move(made, made.place.starts_at, rules) == "too-late"
    assert why_not_move(made, made.place.starts_at - rules.cancel_until, rules) == "too-often"
    assert why_not_move(made, made.place.starts_at - timedelta(days=1), Rules()) is None
