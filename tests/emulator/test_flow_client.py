"""A whole form, from the button to the webhook, with an endpoint that another library opens and seals."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from tests.emulator.sample_endpoint import Business, Endpoint, new_key
from tests.emulator.sample_flow import sample_flow

from whatsapp_emulator import Running
from whatsapp_emulator.testing import Inbox, Person, call, wait_until
from whatsapp_emulator.testing_flows import Form


def in_place(form: Form) -> Form:
    return form.opens().fills(code="ABCD", name="Muestra", agrees=True).submits()


def replies(hook: Inbox) -> list[Any]:
    return [message["interactive"] for message in hook.messages() if message["type"] == "interactive"]


def test_a_form_is_filled_in_from_the_first_screen_to_the_reply(
    form: Form, endpoint: Endpoint, hook: Inbox, ana: Person
) -> None:
    assert form.opens().screen == "PERSON"
    assert form.texts == ["Hola", "Usar muestra"]
    form.fills(code="ABCD", name="Muestra", agrees=True).submits()
    assert (form.screen, form.errors) == ("PLACE", {})
    assert "Primero elige el día." in form.texts
    form.fills(office="xalapa")
    assert form.texts == ["Primero elige el día.", "Trae tu acta.", "Llega a tiempo."]
    form.fills(day="2026-12-01", time="10:00").submits()
    assert form.screen == "SUMMARY"
    assert form.texts == ["Cita de Muestra", "2026-12-01 10:00"]
    form.fills(note="Gracias", papers=["acta"]).submits()
    assert (form.state, form.components) == ("done", [])
    [reply] = wait_until(lambda: replies(hook))
    assert reply["type"] == "nfm_reply"
    assert (reply["nfm_reply"]["name"], reply["nfm_reply"]["body"]) == ("flow", "Sent")
    assert json.loads(reply["nfm_reply"]["response_json"]) == {
        "day": "2026-12-01",
        "note": "Gracias",
        "papers": ["acta"],
        "flow_token": "token 1",
    }
    sent = next(entry for entry in ana.sees() if entry["direction"] == "out")
    assert ana.sees()[-1]["payload"]["context"]["id"] == sent["wamid"]


def test_the_endpoint_is_asked_as_by_a_phone(form: Form, endpoint: Endpoint) -> None:
    in_place(form).fills(office="tuxpan")
    first, second, third = endpoint.asked
    assert {key: first[key] for key in ("version", "action", "flow_token", "data")} == {
        "version": "4.0",
        "action": "INIT",
        "flow_token": "token 1",
        "data": {},
    }
    assert "screen" not in first
    assert (second["action"], second["screen"]) == ("data_exchange", "PERSON")
    assert second["data"] == {"code": "ABCD", "name": "Muestra"}
    assert (third["screen"], third["data"]) == ("PLACE", {"office": "tuxpan"})


def test_the_token_comes_signed_with_version_4_and_not_before(
    form: Form, endpoint: Endpoint, business: Business, ana: Person, emulator: Running
) -> None:
    form.opens()
    said, _, proof = endpoint.asked[-1]["flow_token_signature"].rpartition(".")
    expected = hmac.new(emulator.settings.app_secret.encode(), said.encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(proof + "=") == expected
    older = business.publishes(endpoint, sample_flow("7.2", "3.0"), name="Anterior")
    business.sends(older, ana)
    form.opens()
    assert endpoint.asked[-1]["version"] == "3.0"
    assert "flow_token_signature" not in endpoint.asked[-1]


def test_both_lengths_of_iv_are_used(form: Form, endpoint: Endpoint) -> None:
    wait_until(lambda: form.opens() and endpoint.ivs == {12, 16})


def test_the_endpoint_may_end_the_form(form: Form, hook: Inbox) -> None:
    in_place(form).fills(office="tuxpan", day="2026-12-15", time="12:00").submits()
    assert form.state == "done"
    [reply] = wait_until(lambda: replies(hook))
    assert json.loads(reply["nfm_reply"]["response_json"]) == {"flow_token": "token 1", "booked": True}


def test_an_error_message_comes_with_the_screen_and_nothing_typed_is_lost(form: Form) -> None:
    form.opens().fills(code="MALA", name="Muestra", agrees=True).submits()
    assert (form.screen, form.message, form.problem) == ("PERSON", "Esa clave no es de aquí.", None)
    assert form.component("code")["value"] == "MALA"
    assert form.fills(code="ABCD").submits().screen == "PLACE"


def test_new_data_fills_what_nobody_has_touched(form: Form) -> None:
    form.opens().follows("Usar muestra")
    assert form.component("name")["value"] == "Ana de muestra"
    form.fills(name="Otra muestra").follows("Usar muestra")
    assert form.component("name")["value"] == "Otra muestra"


def test_a_choice_that_is_offered_no_more_is_forgotten(form: Form) -> None:
    in_place(form).fills(office="tuxpan", day="2026-12-01", time="10:00")
    assert form.component("time")["value"] == "10:00"
    form.fills(day="2026-12-15")
    assert form.component("time")["value"] == ""
    assert form.options("time") == ["11:00", "12:00"]


def test_the_same_choice_again_asks_nobody(form: Form, endpoint: Endpoint) -> None:
    in_place(form).fills(office="tuxpan")
    before = len(endpoint.asked)
    form.fills(office="tuxpan")
    assert len(endpoint.asked) == before


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({}, {"code": "required", "name": "required", "agrees": "required"}),
        ({"code": "ABC"}, {"code": "Revisa la clave"}),
        ({"code": "ABCDEFG"}, {"code": "Revisa la clave"}),
        ({"code": "abcd"}, {"code": "Revisa la clave"}),
        ({"name": "n" * 81}, {"name": "too_long"}),
        ({"years": "doce"}, {"years": "number"}),
        ({"agrees": False}, {"agrees": "required"}),
    ],
)
def test_the_phone_checks_before_it_asks(
    form: Form, endpoint: Endpoint, values: dict[str, Any], errors: dict[str, str]
) -> None:
    right = {"code": "ABCD", "name": "Muestra", "agrees": True}
    form.opens().fills(**({**right, **values} if values else {})).submits()
    assert (form.screen, form.errors) == ("PERSON", errors)
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"office": "veracruz"}, "does not offer 'veracruz'"),
        ({"office": ["xalapa"]}, "one id"),
        ({"day": "2026-12-25"}, "cannot be tapped"),
        ({"day": "2026-12-05"}, "cannot be tapped"),
        ({"day": "2026-11-30"}, "cannot be tapped"),
        ({"day": "2027-01-01"}, "cannot be tapped"),
        ({"day": "1/12/2026"}, "like 2026-12-31"),
        ({"day": {"start-date": "2026-12-01"}}, "one day"),
        ({"time": "10:00"}, "shows nothing named 'time'"),
        ({"name": "Muestra"}, "shows nothing named 'name'"),
    ],
)
def test_what_a_finger_cannot_do_is_said(form: Form, values: dict[str, Any], reason: str) -> None:
    in_place(form).fills(office="xalapa")
    with pytest.raises(ValueError, match=reason):
        form.fills(**values)


def test_what_is_hidden_cannot_be_touched(form: Form) -> None:
    with pytest.raises(ValueError, match="shows nothing named 'day'"):
        in_place(form).fills(day="2026-12-01")


def test_boxes_have_a_least_and_a_most(form: Form) -> None:
    in_place(form).fills(office="tuxpan", day="2026-12-01", time="10:00").submits()
    form.fills(papers=["acta", "ine", "curp"], note="n" * 21).submits()
    assert form.errors == {"papers": "too_many", "note": "too_long"}
    form.fills(papers=[], note="", born="1960-01-31").submits()
    assert form.state == "done"


def test_going_back_asks_only_where_the_screen_wants_it(form: Form, endpoint: Endpoint) -> None:
    in_place(form).fills(office="tuxpan", day="2026-12-01", time="10:00").submits()
    before = len(endpoint.asked)
    form.backs()
    assert (form.screen, form.component("time")["value"], len(endpoint.asked)) == ("PLACE", "10:00", before)
    form.backs()
    assert endpoint.asked[-1]["action"] == "BACK"
    assert (form.screen, form.texts[0]) == ("PERSON", "Hola otra vez")
    assert form.component("code")["value"] == "ABCD"
    assert form.backs().state == "closed"
    with pytest.raises(ValueError, match="no form is open"):
        form.submits()


def test_a_form_can_be_closed_and_opened_again(form: Form) -> None:
    assert in_place(form).closes().state == "closed"
    assert form.opens().screen == "PERSON"
    assert form.component("code")["value"] == ""


def test_a_link_opens_a_page(form: Form) -> None:
    form.opens().follows("agrees")
    assert (form.facts["opened"], form.screen) == ("https://example.org/aviso", "PERSON")
    with pytest.raises(ValueError, match="no link"):
        form.follows("Nada")
    url = f"{form.person.url}/control/phones/{form.person.wa_id}/flow"
    assert call("POST", url, {"submit": True, "link": "agrees"})[1]["opened"] == "https://example.org/aviso"


# What can go wrong


def test_a_new_key_is_fetched_once_when_the_old_one_is_refused(
    form: Form, endpoint: Endpoint, business: Business
) -> None:
    form.opens()
    endpoint.key = new_key()
    business.sets_key(endpoint.key)
    form.fills(code="ABCD", name="Muestra", agrees=True).submits()
    assert form.screen == "PLACE"
    endpoint.key = new_key()
    assert form.fills(office="tuxpan").state == "closed"
    assert form.problem == "generic"


def test_a_token_that_has_ended_closes_the_form_for_good(form: Form, endpoint: Endpoint) -> None:
    form.opens()
    endpoint.refuses = [(427, b'{"error_msg": "Ya hiciste tu cita."}')]
    form.fills(code="ABCD", name="Muestra", agrees=True).submits()
    assert (form.state, form.problem, form.message) == ("closed", "ended", "Ya hiciste tu cita.")
    asked = len(endpoint.asked)
    form.opens()
    assert (form.state, form.message, len(endpoint.asked)) == ("closed", "Ya hiciste tu cita.", asked)


@pytest.mark.parametrize("status", [432, 500, 404])
def test_another_refusal_is_only_said_to_be_a_problem(form: Form, endpoint: Endpoint, status: int) -> None:
    form.opens()
    endpoint.refuses = [(status, b"no")]
    form.fills(code="ABCD", name="Muestra", agrees=True).submits()
    assert (form.state, form.screen, form.problem) == ("open", "PERSON", "generic")
    assert form.submits().screen == "PLACE"
    endpoint.refuses = [(status, b"no")]
    assert form.opens().state == "closed"


def test_a_wrong_signature_is_seen_by_the_endpoint(
    form: Form, endpoint: Endpoint, business: Business, flow_id: str
) -> None:
    endpoint.secret = "another secret"
    form.opens()
    endpoint.secret = business.running.settings.app_secret
    assert (form.problem, business.facts(flow_id)["exchanges"]) == ("generic", {"bad_signature": 1})


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"screen": "NOWHERE", "data": {}}, "invalid-screen-transition"),
        ({"screen": "SUMMARY", "data": {"said": "a"}}, "invalid-screen-transition"),
        ({"data": {}}, "invalid-screen-transition"),
        ([], "invalid-screen-transition"),
        ({"screen": "PERSON", "data": {"greeting": "Hola"}}, "invalid-screen-data"),
        ({"screen": "PERSON", "data": {"greeting": 1, "name": ""}}, "invalid-screen-data"),
        ({"screen": "PERSON", "data": {"greeting": "a" * 81, "name": ""}}, "invalid-screen-data"),
        ({"screen": "PERSON", "data": []}, "invalid-screen-data"),
        ({"screen": "SUCCESS", "data": {}}, "invalid-response"),
    ],
)
def test_an_answer_no_phone_can_show_is_told_to_the_endpoint(
    form: Form, endpoint: Endpoint, business: Business, flow_id: str, said: Any, error: str
) -> None:
    form.opens()
    endpoint.says = [said]
    form.fills(code="ABCD", name="Muestra", agrees=True).submits()
    assert (form.state, form.screen, form.problem) == ("open", "PERSON", "generic")
    told = endpoint.asked[-1]
    assert (told["action"], told["flow_token"]) == ("data_exchange", "token 1")
    assert told["data"]["error"] == error
    assert told["data"]["error_message"]
    assert business.facts(flow_id)["exchanges"]["acknowledged"] == 1


def test_an_answer_that_cannot_be_opened_is_told_too(
    form: Form, endpoint: Endpoint, business: Business, flow_id: str
) -> None:
    endpoint.garbles = 1
    assert form.opens().state == "closed"
    assert endpoint.asked[-1]["data"]["error"] == "response-decryption-error"
    assert business.facts(flow_id)["exchanges"] == {"cannot_open": 1, "ok": 1, "acknowledged": 1}


def test_two_hundred_and_one_offices_are_too_many(form: Form, endpoint: Endpoint) -> None:
    form.opens()
    many = [{"id": str(n), "title": f"Oficina {n}"} for n in range(201)]
    endpoint.says = [endpoint.place(offices=many, closed=[], times=[], has_times=False)]
    form.fills(code="ABCD", name="Muestra", agrees=True).submits()
    assert (form.screen, endpoint.asked[-1]["data"]["error"]) == ("PERSON", "invalid-screen-data")


def test_an_endpoint_that_is_gone_is_only_said_to_be_a_problem(
    form: Form, business: Business, flow_id: str
) -> None:
    business.graph("POST", flow_id, {"endpoint_uri": "http://127.0.0.1:1/form"})
    form.opens()
    assert (form.state, form.problem) == ("closed", "generic")
    assert business.facts(flow_id)["exchanges"] == {"unreachable": 1}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"client": "too_old"}, "too_old"),
        ({"status": "BLOCKED"}, "blocked"),
        ({"status": "DEPRECATED"}, "unavailable"),
    ],
)
def test_a_form_that_cannot_be_opened_says_why(
    form: Form, business: Business, flow_id: str, change: dict[str, str], problem: str
) -> None:
    business.changes(flow_id, **change)
    assert (form.opens().state, form.problem) == ("closed", problem)
    business.changes(flow_id, status="THROTTLED", client="ok")
    assert form.opens().screen == "PERSON"


def test_a_form_without_an_endpoint_is_filled_in_on_the_phone_alone(
    business: Business, ana: Person, hook: Inbox, endpoint: Endpoint
) -> None:
    ana.does(text="Hola")
    small = business.publishes_small()
    going = {"flow_action": "navigate", "flow_action_payload": {"screen": "FIRST"}, "flow_token": None}
    assert business.sends(small, ana, **going)[0] == 200
    form = Form(ana).opens().fills(pet="gato").submits()
    assert (form.screen, form.texts) == ("LAST", ["gato"])
    form.submits()
    [reply] = wait_until(lambda: replies(hook))
    assert json.loads(reply["nfm_reply"]["response_json"]) == {"pet": "gato", "flow_token": "unused"}
    assert endpoint.asked == []


def test_a_first_screen_without_its_data_does_not_open(
    business: Business, flow_id: str, ana: Person, endpoint: Endpoint
) -> None:
    ana.does(text="Hola")
    payload = {"screen": "PERSON", "data": {"greeting": "Hola"}}
    business.sends(flow_id, ana, flow_action="navigate", flow_action_payload=payload)
    form = Form(ana).opens()
    assert (form.state, form.problem) == ("closed", "generic")
    assert (endpoint.asked[0]["action"], endpoint.asked[0]["data"]["error"]) == (
        "navigate",
        "invalid-screen-data",
    )


@pytest.mark.parametrize(
    "action", [{}, {"open": "wamid.none"}, {"open": 1}, {"fill": 1}, {"submit": True, "back": True}, []]
)
def test_what_makes_no_sense_is_said(form: Form, emulator: Running, ana: Person, action: Any) -> None:
    form.opens()
    status, answer = call("POST", f"{emulator.url}/control/phones/{ana.wa_id}/flow", action)
    assert (status, bool(answer["error"])) == (422, True)


def test_each_phone_has_its_own_form(form: Form, business: Business, flow_id: str, emulator: Running) -> None:
    other = Person(emulator.url, "5215500000002")
    other.does(text="Hola")
    business.sends(flow_id, other, flow_token="token 2")
    second = Form(other).opens()
    in_place(form)
    assert (form.screen, second.fills(name="Otra").screen) == ("PLACE", "PERSON")
    with pytest.raises(ValueError, match="no such message"):
        second.opens(form.person.sees()[-1]["wamid"])
