"""Several people in one booking: who is in it, in which order, and what stays when something changes."""

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.talk.stage import Person

from ventanilla.core.blocks import MOST_TOGETHER
from ventanilla.talk.documents import DOCUMENTS
from ventanilla.talk.engine import Frame, Hand
from ventanilla.talk.facts import OpenForm, Question
from ventanilla.talk.family_facts import BookFamily, NotTogether
from ventanilla.talk.form import Closed, opened
from ventanilla.talk.form_pages import PAGES
from ventanilla.talk.group import OF_A_PERSON, everybody, size
from ventanilla.talk.person import TERMS, WHO
from ventanilla.words import vocabulary
from ventanilla.words.compose import Message
from ventanilla.words.outgoing import FormCall

OPENING = ("hola", "[Acepto", "[Para varias personas")
GLORIA = ("para mí", "[Primera vez", "HEGG560427MVZRRL04", "Gloria Hernández García", "ine", "123456789")
LUIS = ("mi hijo", "[Primera vez", "MUEL220610HJCSJSA9", "Luis Muestra Ejemplo", "constancia médica")
ANA = ("mi hija", "[Primera vez", "MUEA240918MNLSJNA9", "Ana Muestra Ejemplo", "constancia médica")
CHILD = ("mamá y papá", "3 años")
TWO = (*OPENING, *GLORIA, "10 años", "a@ejemplo.com", "otra", *LUIS, *CHILD)
THREE = (*TWO, "otra", *ANA, *CHILD)
PLACE = ("ya somos todos", "calvillo", "[Calvillo", "[mar 24", "[09:00")
"""An office with three places a moment."""


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


def _names(person: Person) -> list[str]:
    return [own["name"].partition("\t")[0] for own in everybody(_answers(person))]


def _body(person: Person) -> str:
    (shown,) = person.shown
    assert isinstance(shown, Message)
    return shown.body


def test_what_a_person_has_for_their_own_is_every_question_before_the_place() -> None:
    assert [ask.name for ask in (*WHO, *DOCUMENTS, *TERMS)] == list(OF_A_PERSON)


def test_people_stay_in_order_whoever_is_changed() -> None:
    person = _play(*THREE, *PLACE)
    assert _names(person) == ["Gloria", "Luis", "Ana"]
    _play("[Cambiar algo", "[Gloria", "[Años y tarifa", "6 años", person=person)
    assert _names(person) == ["Gloria", "Luis", "Ana"]
    assert _answers(person)["validity"] == "6:full"
    _play("[Cambiar algo", "[Luis", "[Quitar", person=person)
    assert _names(person) == ["Gloria", "Ana"]


def test_the_email_is_asked_for_once_and_can_be_changed_for_each() -> None:
    person = _play(*THREE)
    assert {own["email"] for own in everybody(_answers(person))} == {"a@ejemplo.com"}
    _play(*PLACE, "[Cambiar algo", "[Ana", "[El correo", "ana@ejemplo.com", person=person)
    mails = [own["email"] for own in everybody(_answers(person))]
    assert mails == ["a@ejemplo.com", "a@ejemplo.com", "ana@ejemplo.com"]


def test_going_back_leaves_only_what_was_not_answered_yet() -> None:
    person = _play(*TWO, "otra", "volver")
    assert _names(person) == ["Gloria", "Luis"]
    assert "¿Quién sigue?" in _body(person)
    _play("otra", "mi hija", "volver", "volver", person=person)
    assert _names(person) == ["Gloria", "Luis"]


def test_whoever_joins_at_the_summary_is_asked_for_the_hour_again_and_nothing_else() -> None:
    person = _play(*TWO, *PLACE, "[Cambiar algo", "[Agregar", *ANA, *CHILD, "ya somos todos")
    assert "¿A qué *hora*" in _body(person)
    assert _answers(person).keys() >= {"municipality", "office", "day"}
    assert len(_play("[09:15", "[Confirmar", person=person).mine) == 3


def test_whoever_is_left_out_gives_back_their_place_and_the_others_keep_theirs() -> None:
    person = _play(*THREE, "otra", "otra persona adulta", "primera vez", "[Sin esta persona", *PLACE)
    before = _answers(person)["block"].split()
    _play("[Cambiar algo", "[Ana", "[Quitar", person=person)
    assert _answers(person)["block"].split() == before[:-1]
    assert "Revisa las citas de 2 personas" in _body(person)
    _play("[Cambiar algo", "[Luis", "[Quitar", person=person)
    assert size(_answers(person)) == 1
    assert "Revisa tu cita" in _body(person)
    assert len(_play("[Confirmar", person=person).mine) == 1


def test_a_booking_for_one_becomes_one_for_several_and_nothing_is_lost() -> None:
    person = _play("hola", "[Acepto", "[Agendar cita", *GLORIA, "10 años", "sin correo", "calvillo")
    _play("menú", "[Para varias personas", person=person)
    assert "Ya anoté a *Gloria*" in _body(person)
    _play("otra", *LUIS, *CHILD, "ya somos todos", person=person)
    assert _answers(person)["municipality"]
    assert _names(person) == ["Gloria", "Luis"]


def test_who_turns_out_to_be_alone_is_booked_as_anybody() -> None:
    person = _play(*OPENING, *GLORIA, "10 años", "sin correo", "ya somos todos", *PLACE[1:], "[Confirmar")
    (made,) = person.mine
    assert made.family is None
    assert len(person.shown) == 7


def test_nobody_is_themselves_twice() -> None:
    person = _play(*TWO, "otra")
    assert [b.title for m in person.shown if isinstance(m, Message) for b in m.buttons] == [
        "Mi hija o hijo menor",
        "Otra persona adulta",
    ]


def test_each_has_their_own_papers_and_the_way_is_shown_once() -> None:
    shown = _play(*TWO, *PLACE, "[Confirmar").shown
    hands = [hand for hand in shown if isinstance(hand, Hand)]
    assert [hand.paper for hand in hands[:2]] == ["qr-office", "way"]
    own = ["qr-checkin", "qr-payment", "payment-sheet", "triptych"]
    assert [(h.paper, h.args["appointment"]) for h in hands[2:]] == [
        (paper, number) for number in ("1", "2") for paper in own
    ]


def test_of_more_people_than_may_come_together_nobody_is_added() -> None:
    person = _play(*TWO)
    answers = _answers(person)
    others = [everybody(answers)[0]] * (MOST_TOGETHER - 1)
    full = {**answers, "group": json.dumps([len(others), *others])}
    person.talk = replace(person.talk, frames=(Frame("book", full),))
    _play("hola", person=person)
    assert [b.title for m in person.shown if isinstance(m, Message) for b in m.buttons] == ["Ya somos todos"]


def test_no_form_is_offered_for_several_people_and_an_old_one_sends_them_back_to_the_chat() -> None:
    person = Person(form=OpenForm("1000", "token"))
    _play("hola", "[Acepto", "para varias personas", person=person)
    assert not [shown for shown in person.shown if isinstance(shown, FormCall)]
    closed = person.ask(lambda facts: opened(person.talk, PAGES[0], facts))
    assert isinstance(closed, Closed)
    assert closed.phrase.key == "family-in-chat"


def test_the_deed_books_everybody_or_nobody() -> None:
    person = _play(*TWO, *PLACE)
    person.places.live.add(("MUEL220610HJCSJSA9", "first"))
    _play("[Confirmar", person=person)
    assert person.mine == []
    assert "*Luis* ya tiene una vigente" in _body(person)
    assert _names(person) == ["Gloria", "Luis"]


class _OneGaveItUp(Person):
    """The second of them had this place before and gave it back."""

    def _answer(self, question: Question[Any]) -> Any:
        gave_up = isinstance(question, BookFamily)
        return NotTogether("given-up", 1) if gave_up else super()._answer(question)


def test_of_one_who_gave_the_place_back_the_others_are_told_and_another_hour_is_offered() -> None:
    person = _play(*TWO, *PLACE, "[Confirmar", person=_OneGaveItUp())
    assert person.mine == []
    assert _body(person).startswith("*Luis* tuvo ese lugar y lo dejó libre")
    assert "caben todos" in _body(person)
    assert _names(person) == ["Gloria", "Luis"]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        *((said, "es") for said in ("somos 4", "Somos cuatro personas", "quiero cita para mi familia")),
        *(
            (said, "es")
            for said in ("para mis dos hijos y yo", "una cita para mi esposo y yo", "varias citas")
        ),
        *(
            (said, "es")
            for said in ("necesito pasaportes para 3 personas", "sacar cita para toda la familia")
        ),
        *((said, "en") for said in ("we are 4", "appointments for my family", "my two kids and me")),
    ],
)
def test_it_is_said_in_many_ways(said: str, language: str) -> None:
    wish = vocabulary(language).wish(said)
    assert wish is not None
    assert wish.name == "family"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("quiero una cita para mi hijo", "book"),
        ("qué llevo para mis hijos", "requirements"),
        ("cuánto cuesta para mi familia", "costs"),
        ("somos de Zapopan", None),
        ("ver mis citas", "appointments"),
    ],
)
def test_other_wishes_stay_what_they_are(said: str, name: str | None) -> None:
    wish = vocabulary("es").wish(said)
    assert (wish.name if wish else None) == name
