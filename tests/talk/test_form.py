"""The form is another face of the booking: the same questions, judged by the same rules."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from tests.talk.phone import FormPhone, Screen
from tests.talk.stage import Person

from ventanilla.talk.engine import Hand, Heard
from ventanilla.talk.facts import HoldPlace, OpenForm
from ventanilla.talk.form_pages import PAGES
from ventanilla.words.compose import Message
from ventanilla.words.outgoing import FormCall

ADULT = ("HEGG560427MVZRRL04", "Gloria Hernández García")


def accepted(*, form: bool = True) -> Person:
    person = Person(form=OpenForm("1000", "token") if form else None)
    person.says("hola")
    person.says("acepto")
    return person


def to_terms(phone: FormPhone) -> Screen:
    phone.opens()
    phone.sends(for_whom="me", procedure="first", curp=ADULT[0])
    return phone.sends(name=ADULT[1], identification="ine", id_number="123456789")


def to_summary(phone: FormPhone) -> Screen:
    to_terms(phone)
    phone.sends(validity="10:full", email="")
    screen = phone.sends(municipality="Coyoacán")
    screen = phone.sends(office=screen.options("office")[0])
    assert screen.data is not None
    screen = phone.sends(day=screen.data["min_date"])
    return phone.sends(time=screen.options("time")[0])


def test_after_acceptance_the_form_is_offered_in_place_of_the_menu() -> None:
    person = accepted()
    (call,) = person.shown
    assert isinstance(call, FormCall)
    assert (call.flow_id, call.token) == ("1000", "token")
    assert "*chat*" in call.body
    assert not person.talk.frames


def test_where_there_is_no_form_the_menu_comes() -> None:
    (menu,) = accepted(form=False).shown
    assert isinstance(menu, Message)
    assert menu.sections


def test_an_office_without_days_is_said_on_its_page_and_the_list_is_joined_in_the_chat() -> None:
    person = accepted()
    phone = FormPhone(person)
    to_terms(phone)
    phone.sends(validity="10:full", email="")
    screen = phone.sends(municipality="Coyoacán")
    person.places.full = True
    screen = phone.sends(office=screen.options("office")[0])
    assert (screen.page, "no tiene lugares" in screen.error) == ("OFFICE", True)
    screen = phone.sends(office=screen.options("office")[1])
    assert (screen.page, "no tiene lugares" in screen.error) == ("OFFICE", True)
    person.says("chat")
    person.taps("Coyoacán")
    person.taps("Avísame")
    person.taps("Solo esa")
    person.taps("Desde hoy")
    person.taps("Me da igual")
    assert len(person.waiting.entries) == 1
    person.places.full = False
    assert to_summary(phone).page == "SUMMARY"


def test_a_booking_by_form_takes_nine_messages() -> None:
    person = accepted()
    phone = FormPhone(person)
    assert to_summary(phone).page == "SUMMARY"
    assert phone.sends().done
    assert person.heard == 9
    assert sum(isinstance(m, Hand) for m in person.shown) == 6
    assert len(person.places.made) == 1


def test_what_was_wished_with_the_first_message_is_filled_in() -> None:
    person = Person(form=OpenForm("1000", "token"))
    person.says("quiero renovar mi pasaporte")
    person.says("acepto")
    assert isinstance(person.shown[0], FormCall)
    assert "renovación" in person.shown[0].body.lower()
    screen = FormPhone(person).opens()
    assert screen.data is not None
    assert screen.data["init"]["procedure"] == "renewal"


def test_whoever_writes_chat_is_asked_in_the_chat_and_gets_no_more_forms() -> None:
    person = accepted()
    (question,) = person.says("chat")
    assert isinstance(question, Message)
    assert question.body == "¿Para quién es la cita?"
    person.says("menú")
    (again,) = person.says("agendar cita")
    assert isinstance(again, Message)
    (form,) = person.says("formulario")
    assert isinstance(form, FormCall)


def test_in_the_middle_of_the_form_the_chat_goes_on_at_the_same_question() -> None:
    person = accepted()
    to_terms(FormPhone(person))
    (said,) = person.says("hola")
    assert isinstance(said, Message)
    assert "¿Por cuántos años" in said.body
    person.taps("10 años")
    screen = FormPhone(person).opens()
    assert screen.data is not None
    assert screen.data["init"] == {"for_whom": "me", "procedure": "first", "curp": ADULT[0]}
    phone = FormPhone(person)
    assert phone.sends().page == "IDENTITY"
    screen = phone.sends()
    assert screen.data is not None
    assert screen.data["init"] == {"validity": "10:full"}


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"curp": "HEGG560427MVZRRL05"}, "El último número no corresponde"),
        ({"curp": ""}, "Falta «CURP»"),
        ({"curp": ADULT[0], "procedure": ""}, "Falta «Trámite»"),
        ({"curp": ADULT[0], "procedure": "forged"}, "ya no está disponible"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(given: dict[str, str], error: str) -> None:
    phone = FormPhone(accepted())
    phone.opens()
    screen = phone.sends(**{"for_whom": "me", "procedure": "first", **given})
    assert screen.page == "PERSON"
    assert error in screen.error
    assert screen.data is not None
    assert screen.data["init"]["for_whom"] == "me"
    assert screen.data["init"].get("curp", "") == given["curp"]


def test_a_name_against_the_curp_is_only_taken_when_it_is_ticked() -> None:
    phone = FormPhone(accepted())
    phone.opens()
    phone.sends(for_whom="me", procedure="first", curp=ADULT[0])
    typed = {"name": "Gloria Pérez García", "identification": "ine", "id_number": "123456789"}
    for _ in range(3):
        screen = phone.sends(**typed)
        assert screen.page == "IDENTITY"
        assert "no coincide" in screen.error
        assert screen.data is not None
        assert screen.data["sure_visible"]
        assert screen.data["init"]["id_number"] == "123456789"
    assert phone.sends(sure="true").page == "TERMS"
    assert phone.person.talk.frames[-1].answers["name"].endswith("flagged")


def test_a_town_of_a_common_name_is_chosen_from_a_list() -> None:
    phone = FormPhone(accepted())
    to_terms(phone)
    phone.sends(validity="10:full", email="")
    screen = phone.sends(municipality="Benito Juárez")
    assert screen.page == "WHERE"
    assert screen.data is not None
    assert screen.data["town_visible"]
    screen = phone.sends(town="23-005")
    assert screen.page == "OFFICE"
    assert "Benito Juárez" in str(screen.data and screen.data["told"])


def test_the_whole_state_can_be_seen() -> None:
    phone = FormPhone(accepted())
    to_terms(phone)
    phone.sends(validity="10:full", email="")
    near = phone.sends(municipality="Zapopan").options("office")
    screen = phone.sends(office="scope:state")
    assert screen.page == "OFFICE"
    assert not screen.error
    assert "scope:state" in near
    assert "scope:state" not in screen.options("office")


def test_a_minor_has_somebody_along_and_an_old_passport_its_page() -> None:
    phone = FormPhone(accepted())
    phone.opens()
    screen = phone.sends(for_whom="child", procedure="renewal", curp="MUEL220610HJCSJSA9")
    screen = phone.sends(name="Luis Muestra Ejemplo", identification=screen.options("identification")[0])
    assert screen.page == "OLD"
    assert "Falta" in phone.sends(old_number="G12345678").error
    screen = phone.sends(old_issued="2023-05-03", old_expires="2026-05-03")
    assert screen.page == "TERMS"
    assert screen.data is not None
    assert screen.data["attending_visible"]
    screen = phone.sends(attending="mother", validity="3:full", email="")
    assert "OP-7" in str(screen.data and screen.data["told"])


def test_a_lost_passport_may_be_unknown() -> None:
    phone = FormPhone(accepted())
    phone.opens()
    phone.sends(for_whom="me", procedure="lost", curp=ADULT[0])
    assert phone.sends(name=ADULT[1], identification="ine", id_number="123456789").page == "OLD"
    assert phone.sends().page == "TERMS"


def test_after_the_arrow_back_another_answer_voids_what_hangs_on_it() -> None:
    person = accepted()
    phone = FormPhone(person)
    to_summary(phone)
    person_page = PAGES[0]
    before = {"for-whom": "me", "procedure": "first", "curp": ADULT[0]}
    view = person.page
    assert view is not None
    screen = phone.again(replace(view, page=person_page), {**before, "procedure": "renewal"})
    assert screen.page == "IDENTITY"
    assert phone.sends().page == "OLD"
    assert person.talk.frames[-1].answers["validity"] == "10:full"


def test_the_same_page_sent_twice_leads_to_the_same() -> None:
    person = accepted()
    phone = FormPhone(person)
    phone.opens()
    for page_given in (
        {"for_whom": "me", "procedure": "first", "curp": ADULT[0]},
        {"name": ADULT[1], "identification": "ine", "id_number": "123456789"},
        {"validity": "10:full", "email": ""},
        {"municipality": "Coyoacán"},
    ):
        view = person.page
        assert view is not None
        given = {k.replace("_", "-"): v for k, v in page_given.items()}
        first = phone.again(view, given)
        answers = person.talk.frames[-1].answers
        assert phone.again(view, given) == first
        assert person.talk.frames[-1].answers == answers


def test_a_place_taken_meanwhile_is_replaced_by_one_nearby_and_shown_before_it_is_booked() -> None:
    person = accepted()
    phone = FormPhone(person)
    to_summary(phone)
    assert person.held is not None
    person.places.taken.add(person.held)
    person.later(timedelta(minutes=20))
    screen = phone.sends()
    assert screen.page == "SUMMARY"
    assert "No perdiste nada" in str(screen.data and screen.data["told"])
    view = person.page
    assert view is not None
    given = {"place": screen.options("place")[0]}
    for _ in range(2):
        screen = phone.again(view, given)
        assert screen.data is not None
        assert screen.data["told"].startswith("Revisa tu cita")
        assert not person.places.made
    assert phone.sends().done
    assert len(person.places.made) == 1


@dataclass(slots=True)
class Unlucky(Person):
    """Somebody else is quicker by a moment, so many times: free when looked at, taken when held."""

    quicker: int = 0

    def _hold(self, question: HoldPlace) -> bool:
        self.quicker -= 1
        return self.quicker < 0 and Person._hold(self, question)


def test_an_hour_that_goes_while_it_is_chosen_is_said_and_another_can_be_chosen() -> None:
    person = Unlucky(form=OpenForm("1000", "token"), quicker=2)
    for said in ("hola", "acepto"):
        person.says(said)
    phone = FormPhone(person)
    screen = to_summary(phone)
    assert screen.page == "TIME"
    assert "se acaba de ocupar" in screen.error
    assert phone.sends().error == screen.error
    (question,) = person.says("hola")
    assert isinstance(question, Message)
    assert "No perdiste nada" in question.body
    assert phone.sends(time=screen.options("time")[1]).page == "SUMMARY"
    assert phone.sends().done


def test_only_what_the_summary_showed_is_confirmed() -> None:
    person = accepted()
    phone = FormPhone(person)
    to_summary(phone)
    old = person.page
    assert old is not None
    person.hears(Heard("choice", choice="fix:email"))
    person.says("a@b.mx")
    screen = phone.again(old, {})
    assert screen.page == "SUMMARY"
    assert "a@b.mx" in str(screen.data and screen.data["told"])
    assert not person.places.made
    assert phone.sends().done


def test_an_hour_sent_again_after_its_hold_is_held_anew() -> None:
    person = accepted()
    phone = FormPhone(person)
    to_terms(phone)
    phone.sends(validity="10:full", email="")
    screen = phone.sends(municipality="Coyoacán")
    screen = phone.sends(office=screen.options("office")[0])
    screen = phone.sends(day=str(screen.data and screen.data["min_date"]))
    view, given = person.page, {"time": screen.options("time")[-1]}
    assert view is not None
    phone.again(view, given)
    first = person.talk.frames[-1].answers["held"]
    person.later(timedelta(minutes=20))
    assert phone.again(view, given).page == "SUMMARY"
    assert person.talk.frames[-1].answers["held"] > first


def test_whoever_comes_back_after_a_long_time_is_told_so_with_the_form() -> None:
    person = accepted()
    person.says("agendar cita")
    person.later(timedelta(days=8))
    (form,) = person.says("agendar cita")
    assert isinstance(form, FormCall)
    assert form.body.startswith("¡Hola otra vez! Pasaron más de 7 días")


def test_whoever_may_book_for_nobody_else_is_told_so() -> None:
    person = accepted()
    person.books_for_others()
    assert "5 personas" in FormPhone(person).opens().closed


def test_without_acceptance_no_form_opens() -> None:
    person = accepted()
    person.notice_changes()
    assert "ya no sirve" in FormPhone(person).opens().closed


def test_an_answer_that_the_chat_took_back_is_asked_for_by_name() -> None:
    person = accepted()
    phone = FormPhone(person)
    to_terms(phone)
    view = person.page
    assert view is not None
    person.hears(Heard("choice", choice="fix:curp"))
    screen = phone.again(view, {"validity": "10:full", "email": ""})
    assert screen.page == "TERMS"
    assert "«Quién y qué trámite»" in screen.error


@pytest.mark.parametrize("reply", ['{"booked": "yes", "flow_token": "x"}', "{", "[]", "", "null", '{"a": 1}'])
def test_the_reply_of_a_form_that_booked_is_not_answered(reply: str) -> None:
    person = accepted()
    phone = FormPhone(person)
    to_summary(phone)
    phone.sends()
    assert person.hears(Heard("form", reply)) == []


@pytest.mark.parametrize("reply", ["{", "[]", "", '{"flow_token": "x"}', "9" * 5000, "[" * 4000])
def test_the_reply_of_a_form_that_did_not_book_brings_the_chat_to_its_question(reply: str) -> None:
    person = accepted()
    to_terms(FormPhone(person))
    (said,) = person.hears(Heard("form", reply))
    assert isinstance(said, Message)
    assert "¿Por cuántos años" in said.body
