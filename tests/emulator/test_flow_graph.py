"""Flows by the Graph API, messages that carry one, and what tests may do to a Flow."""

import json
from typing import Any
from urllib.parse import quote_plus

import pytest
from tests.emulator.sample_endpoint import Business, Endpoint, new_key, public_pem
from tests.emulator.sample_flow import sample_flow, small_flow

from whatsapp_emulator import Running
from whatsapp_emulator.limits import payload_faults
from whatsapp_emulator.testing import Person, call, fetch

SAMPLE = json.dumps(sample_flow()).encode()


def code_of(answer: Any) -> int:
    code: int = answer["error"]["code"]
    return code


def test_a_flow_is_created_listed_described_changed_and_deleted(business: Business) -> None:
    flow_id = business.creates()
    account = business.running.settings.business_account_id
    facts = {
        "id": flow_id,
        "name": "Cita de muestra",
        "status": "DRAFT",
        "categories": ["APPOINTMENT_BOOKING"],
        "validation_errors": [],
    }
    assert business.graph("GET", f"{account}/flows") == (200, {"data": [facts]})
    assert business.graph("GET", flow_id) == (200, facts)
    changes = {"name": "Otra", "categories": ["OTHER"], "endpoint_uri": "https://example.org/form"}
    assert business.graph("POST", flow_id, changes) == (200, {"success": True})
    _, told = business.graph("GET", f"{flow_id}?fields=name,categories,endpoint_uri,json_version")
    assert told == {"id": flow_id, **changes}
    assert business.graph("DELETE", flow_id) == (200, {"success": True})
    assert code_of(business.graph("GET", flow_id)[1]) == 100


def test_parameters_may_come_as_a_form(business: Business) -> None:
    settings = business.running.settings
    url = f"{business.running.url}/v26.0/{settings.business_account_id}/flows"
    headers = {
        "Authorization": f"Bearer {settings.access_token}",
        "Content-Type": "multipart/form-data; boundary=edge",
    }
    fields = {"name": "Cita", "categories": '["OTHER"]'}
    parts = [f'--edge\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
             for key, value in fields.items()]  # fmt: skip
    status, _ = fetch("POST", url, ("".join(parts) + "--edge--\r\n").encode(), headers)
    assert status == 200
    pem = public_pem(new_key())
    number = f"{business.running.url}/v26.0/{settings.phone_number_id}/whatsapp_business_encryption"
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    body = f"business_public_key={quote_plus(pem)}".encode()
    assert fetch("POST", number, body, headers)[0] == 200
    _, told = business.graph("GET", f"{settings.phone_number_id}/whatsapp_business_encryption")
    assert told == {"data": [{"business_public_key": pem, "business_public_key_signature_status": "VALID"}]}


@pytest.mark.parametrize(
    "given",
    [
        {"name": ""},
        {"name": "n" * 201},
        {"categories": ["BOOKING"]},
        {"categories": []},
        {"categories": "["},
        {"endpoint_uri": "form"},
        {"name": "Ya existe"},
    ],
)
def test_wrong_parameters_are_refused(business: Business, given: dict[str, Any]) -> None:
    business.creates(name="Ya existe")
    account = business.running.settings.business_account_id
    asked = {"name": "Cita", "categories": ["OTHER"], **given}
    status, answer = business.graph("POST", f"{account}/flows", asked)
    assert (status, code_of(answer)) == (400, 100)


def test_a_flow_has_a_name_and_categories(business: Business) -> None:
    account = business.running.settings.business_account_id
    wrong: list[Any] = [{"name": "Cita"}, {"categories": ["OTHER"]}, []]
    for asked in wrong:
        assert code_of(business.graph("POST", f"{account}/flows", asked)[1]) == 100


def test_what_is_not_there_or_not_ours_is_not_found(business: Business) -> None:
    for method, path in [
        ("GET", "1/flows"), ("POST", "1/flows"), ("POST", "1"), ("POST", "1/assets"), ("GET", "1/assets"),
        ("POST", "1/publish"), ("POST", "1/deprecate"), ("GET", "1/whatsapp_business_encryption"),
    ]:  # fmt: skip
        status, answer = business.graph(method, path, {})
        assert (status, code_of(answer)) == (400, 100)
    assert call("GET", f"{business.running.url}/v26.0/1/flows")[0] == 401


def test_a_flow_json_is_uploaded_and_comes_back(business: Business) -> None:
    flow_id = business.creates()
    assert business.graph("GET", f"{flow_id}/assets") == (200, {"data": []})
    assert business.uploads(flow_id, SAMPLE) == (200, {"success": True, "validation_errors": []})
    [asset] = business.graph("GET", f"{flow_id}/assets")[1]["data"]
    assert (asset["name"], asset["asset_type"]) == ("flow.json", "FLOW_JSON")
    headers = {"Authorization": f"Bearer {business.running.settings.access_token}"}
    assert fetch("GET", asset["download_url"], None, headers) == (200, SAMPLE)
    _, told = business.graph("GET", f"{flow_id}?fields=json_version,data_api_version")
    assert told == {"id": flow_id, "json_version": "7.3", "data_api_version": "4.0"}


def test_a_wrong_flow_json_is_kept_with_what_is_wrong(business: Business) -> None:
    flow_id = business.creates()
    status, answer = business.uploads(flow_id, b'{"version": "7.3", "screens": []}')
    assert (status, answer["success"]) == (200, True)
    [error] = answer["validation_errors"]
    assert (error["error"], error["line_start"]) == ("INVALID_PROPERTY_TYPE", 1)
    assert business.graph("GET", flow_id)[1]["validation_errors"] == [error]
    assert business.graph("POST", f"{flow_id}/publish")[1]["error"]["code"] == 139002


def test_an_upload_says_what_it_is(business: Business) -> None:
    flow_id = business.creates()
    for fields in ({"name": "form.json"}, {"asset_type": "JSON"}):
        assert code_of(business.uploads(flow_id, SAMPLE, **fields)[1]) == 100
    asked = {"name": "flow.json", "asset_type": "FLOW_JSON"}
    assert code_of(business.graph("POST", f"{flow_id}/assets", asked)[1]) == 100


def test_publishing_needs_all_of_it(business: Business, endpoint: Endpoint) -> None:
    flow_id = business.creates()

    def publish() -> tuple[int, str]:
        status, answer = business.graph("POST", f"{flow_id}/publish")
        return status, answer.get("error", {}).get("error_data", {}).get("details", "")

    assert publish() == (400, "The Flow JSON has validation errors.")
    business.uploads(flow_id, SAMPLE)
    assert publish() == (400, "The Flow has no endpoint_uri.")
    business.graph("POST", flow_id, {"endpoint_uri": endpoint.url})
    assert publish() == (400, "The phone number has no public key.")
    business.sets_key(new_key())
    assert publish() == (400, "The endpoint did not answer the health check.")
    business.sets_key(endpoint.key)
    assert publish() == (200, "")
    assert endpoint.asked == [{"version": "4.0", "action": "ping"}]
    assert publish() == (400, "The Flow is PUBLISHED.")


def test_a_published_flow_stays_as_it_is_until_it_is_deprecated(
    business: Business, endpoint: Endpoint
) -> None:
    draft = business.creates(name="Borrador")
    assert code_of(business.graph("POST", f"{draft}/deprecate")[1]) == 139003
    flow_id = business.publishes(endpoint)
    assert code_of(business.uploads(flow_id, SAMPLE)[1]) == 139001
    assert code_of(business.graph("DELETE", flow_id)[1]) == 139004
    assert business.graph("POST", f"{flow_id}/deprecate") == (200, {"success": True})
    assert code_of(business.graph("POST", f"{flow_id}/deprecate")[1]) == 139003
    assert code_of(business.graph("POST", flow_id, {"name": "Otra"})[1]) == 139001


def test_a_flow_without_an_endpoint_needs_neither_key_nor_ping(business: Business) -> None:
    assert business.facts(business.publishes_small())["status"] == "PUBLISHED"


def test_only_a_right_key_is_taken(business: Business) -> None:
    path = f"{business.running.settings.phone_number_id}/whatsapp_business_encryption"
    assert code_of(business.graph("POST", path, {"business_public_key": "no key"})[1]) == 100
    assert business.graph("GET", path) == (200, {"data": []})


# Messages


def flow_message(**parameters: Any) -> dict[str, Any]:
    given = {
        "flow_message_version": "3",
        "flow_id": "1",
        "flow_cta": "Hacer mi cita",
        "flow_token": "t",
        "flow_action": "navigate",
        "flow_action_payload": {"screen": "PERSON", "data": {"greeting": "Hola"}},
        **parameters,
    }
    parameters = {key: value for key, value in given.items() if value is not None}
    action = {"name": "flow", "parameters": parameters}
    content = {"type": "flow", "body": {"text": "a"}, "footer": {"text": "b"}, "action": action}
    return {
        "messaging_product": "whatsapp",
        "to": "5215512345678",
        "type": "interactive",
        "interactive": content,
    }


@pytest.mark.parametrize(
    ("edge", "over", "code"),
    [
        ({"flow_cta": "a" * 30}, {"flow_cta": "a" * 31}, 100),
        ({"flow_cta": "Sí, ¡ya!"}, {"flow_cta": "Cita 📅"}, 131009),
        ({"flow_cta": "Citas"}, {"flow_cta": ""}, 131008),
        ({"flow_message_version": "3"}, {"flow_message_version": 3}, 131009),
        ({"flow_message_version": "3"}, {"flow_message_version": None}, 131008),
        ({"flow_id": None, "flow_name": "Cita"}, {"flow_name": "Cita"}, 131008),
        ({"flow_token": None}, {"flow_id": None}, 131008),
        ({"mode": "draft"}, {"mode": "live"}, 131009),
        ({"flow_action": None}, {"flow_action": "open"}, 131009),
        (
            {"flow_action": "data_exchange", "flow_action_payload": None},
            {"flow_action": "data_exchange"},
            131009,
        ),
        ({"flow_action_payload": {"screen": "A"}}, {"flow_action_payload": None}, 131008),
        (
            {"flow_action_payload": {"screen": "A"}},
            {"flow_action_payload": {"screen": "A", "data": {}}},
            131009,
        ),
        ({}, {"flow_colour": "red"}, 100),
    ],
)
def test_a_message_with_a_flow_has_its_limits(edge: dict[str, Any], over: dict[str, Any], code: int) -> None:
    assert payload_faults(flow_message(**edge)) == []
    assert [fault.code for fault in payload_faults(flow_message(**over))] == [code]


@pytest.fixture
def wrote(ana: Person) -> Person:
    ana.does(text="Hola")
    return ana


def test_a_message_by_id_or_by_name_is_taken(business: Business, flow_id: str, wrote: Person) -> None:
    assert business.sends(flow_id, wrote)[0] == 200
    assert business.sends(flow_id, wrote, flow_id=None, flow_name="Cita de muestra")[0] == 200
    assert [entry["type"] for entry in wrote.gets(2)] == ["interactive", "interactive"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"flow_id": "1"},
        {"flow_id": None, "flow_name": "Nada"},
        {"mode": "draft"},
        {"flow_action": "navigate", "flow_action_payload": {"screen": "NOWHERE"}},
    ],
)
def test_a_message_that_fits_no_flow_is_refused(
    business: Business, flow_id: str, wrote: Person, parameters: dict[str, Any]
) -> None:
    status, answer = business.sends(flow_id, wrote, **parameters)
    assert (status, code_of(answer)) == (400, 131009)


def test_a_draft_is_sent_as_a_draft_only(business: Business, wrote: Person) -> None:
    flow_id = business.creates()
    going = {"flow_action": "navigate", "flow_action_payload": {"screen": "FIRST"}, "mode": "draft"}
    assert code_of(business.sends(flow_id, wrote, **going)[1]) == 131009
    business.uploads(flow_id, json.dumps(small_flow()).encode())
    assert business.sends(flow_id, wrote, **going)[0] == 200
    assert code_of(business.sends(flow_id, wrote, **{**going, "mode": "published"})[1]) == 131009
    asking = {"flow_action": "data_exchange", "flow_action_payload": None, "mode": "draft"}
    assert code_of(business.sends(flow_id, wrote, **asking)[1]) == 131009


def test_a_blocked_flow_is_not_sent(business: Business, flow_id: str, wrote: Person) -> None:
    assert business.changes(flow_id, status="BLOCKED")[0] == 200
    assert code_of(business.sends(flow_id, wrote)[1]) == 132068
    business.changes(flow_id, status="DEPRECATED")
    assert code_of(business.sends(flow_id, wrote)[1]) == 131009


def test_a_throttled_flow_is_sent_ten_times_an_hour(business: Business, flow_id: str, wrote: Person) -> None:
    business.changes(flow_id, status="THROTTLED")
    assert [business.sends(flow_id, wrote)[0] for _ in range(10)] == [200] * 10
    assert code_of(business.sends(flow_id, wrote)[1]) == 132069
    business.changes(flow_id, status="PUBLISHED")
    assert business.sends(flow_id, wrote)[0] == 200


def test_tests_see_and_change_flows(business: Business, flow_id: str, emulator: Running) -> None:
    facts = business.facts(flow_id)
    assert (facts["status"], facts["client"], facts["json_version"]) == ("PUBLISHED", "ok", "7.3")
    assert facts["screens"] == ["PERSON", "PLACE", "SUMMARY"]
    status, changed = business.changes(flow_id, client="too_old")
    assert (status, changed["client"]) == (200, "too_old")
    wrong: list[Any] = [{}, {"status": "GONE"}, {"client": "new"}, {"name": "a"}, []]
    for change in wrong:
        assert call("PATCH", f"{emulator.url}/control/flows/{flow_id}", change)[0] == 422
    assert call("PATCH", f"{emulator.url}/control/flows/1", {"client": "ok"})[0] == 422
    call("POST", f"{emulator.url}/control/reset")
    assert call("GET", f"{emulator.url}/control/flows")[1] == []
