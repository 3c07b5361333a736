"""Draws in the talk, where a transcript would be long for one line."""

from dataclasses import replace

import pytest
from tests.talk import draw_stage
from tests.talk.phone import FormPhone
from tests.talk.stage import Person, Shown, rows_of

from ventanilla.talk import draw_facts as asked
from ventanilla.talk.facts import OpenForm
from ventanilla.words.compose import Message

UP_TO_THE_TOWN = (
    *("[Primera vez]", "HEGG560427MVZRRL04", "Gloria Hernández García", "ine", "123456789"),
    *("[10 años", "[Sin correo", "zapopan", "[Zapopan"),
)


def hears(person: Person, *said: str) -> list[Shown]:
    for text in said:
        person.taps(text.strip("[]")) if text.startswith("[") else person.says(text)
    return person.shown


def body(shown: list[Shown]) -> str:
    return "\n---\n".join(m.body for m in shown if isinstance(m, Message))


@pytest.fixture
def asked_for_the_day() -> Person:
    person = Person()
    draw_stage.begins_in(person, "Zapopan")
    hears(person, "hola", "[Acepto", "agendar cita", "para mí", *UP_TO_THE_TOWN)
    return person


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("closed", "ya no recibe inscripciones"),
        ("elsewhere", "desde otro teléfono"),
        ("already-live", "ya tiene una cita vigente"),
        ("too-many", "que es el máximo"),
    ],
)
def test_who_may_not_enter_is_told_why(
    asked_for_the_day: Person, monkeypatch: pytest.MonkeyPatch, reason: str, told: str
) -> None:
    refused = asked.NotEntered(reason)
    monkeypatch.setattr(draw_stage.Draws, "enter", lambda self, want: refused)
    shown = hears(asked_for_the_day, "sorteo", "cualquiera", "cualquier día")
    assert told in body(shown)
    assert bool(asked_for_the_day.talk.frames) == (reason != "too-many")


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("lunes", 1),
        ("lunes y martes", 2),
        ("martes, lunes", 2),
        ("el 8 de diciembre", 1),
        ("todos", 2),
        ("cualquiera", 2),
    ],
)
def test_days_are_read_as_people_write_them(asked_for_the_day: Person, said: str, days: int) -> None:
    hears(asked_for_the_day, "sorteo", "por la mañana", said)
    entered = asked_for_the_day.places.draws.entered
    assert entered is not None
    assert len(entered.days) == days
    assert entered.halves == ("morning",)


def test_everything_that_was_answered_goes_into_the_entry(asked_for_the_day: Person) -> None:
    hears(asked_for_the_day, "[Entrar al sorteo", "[A cualquier hora", "[Cualquier día")
    entered = asked_for_the_day.places.draws.entered
    assert entered is not None
    assert (entered.procedure, entered.applicant.curp) == ("first", "HEGG560427MVZRRL04")
    assert entered.applicant.fields["validity"] == "10:full"
    assert entered.halves == ("afternoon", "morning")
    assert not asked_for_the_day.talk.frames
    assert "let-go" in asked_for_the_day.did


def test_of_several_entries_each_can_be_left_by_its_own_row(
    asked_for_the_day: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = asked_for_the_day
    hears(person, "sorteo", "cualquiera", "cualquier día")
    (entry,) = person.places.draws.mine()
    others = (entry, replace(entry, id=4, name="Luis"), replace(entry, id=5, state="lost"))
    monkeypatch.setattr(draw_stage.Draws, "mine", lambda self: others)
    (message,) = hears(person, "menú", "sorteo")
    assert isinstance(message, Message)
    assert [r.id for r in rows_of(message)] == ["draw:exit:3", "draw:exit:4", "menu:menu"]
    assert "Luis" in message.body


def test_a_form_says_that_there_is_a_draw_and_how_to_enter(asked_for_the_day: Person) -> None:
    person = asked_for_the_day
    draw_stage.only_by_lot(person)
    person.form = OpenForm("1000", "muestra")
    hears(person, "volver")
    phone = FormPhone(person)
    screen = phone.opens()
    while screen.page != "OFFICE":
        screen = phone.sends()
    draw = person.places.draws.draw
    assert draw is not None
    shown = phone.sends(office=draw.office_id)
    assert shown.page == "DAY"
    assert "escribe «sorteo»" in "\n".join(shown.lines())
    assert "¿A qué *hora* te queda bien?" in body(hears(person, "sorteo"))
