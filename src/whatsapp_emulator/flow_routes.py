"""The Graph API of Flows, and what tests may do to a Flow.

GET   /control/flows          [{id, name, status, client, endpoint_uri, json_version, errors, screens,
                              exchanges: {"<outcome>": n}}]
PATCH /control/flows/{id}     {"status"?: DRAFT | PUBLISHED | DEPRECATED | BLOCKED | THROTTLED,
                              "client"?: "ok" | "too_old" (no phone can open it)} -> the same facts
"""

from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from whatsapp_emulator.actions import NotPossible
from whatsapp_emulator.control import control
from whatsapp_emulator.emulator import Emulator
from whatsapp_emulator.faults import Fault, Refused
from whatsapp_emulator.flow_crypto import public_key_of
from whatsapp_emulator.flow_json import validated
from whatsapp_emulator.flows import (
    CATEGORIES,
    CLIENTS,
    FLOWS_MAX,
    NOT_DEPRECATED,
    NOT_PUBLISHED,
    NOT_UPDATED,
    STATUSES,
    Flow,
)
from whatsapp_emulator.graph import Endpoint, flow_facts, graph, not_found
from whatsapp_emulator.http import json_answer, json_of
from whatsapp_emulator.multipart import Part, parts_of

METADATA = {"name", "categories", "endpoint_uri"}
SUCCESS = {"success": True}


async def form_of(request: Request) -> dict[str, Any]:
    """The parameters of a request, which may come as JSON or as either kind of form."""
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind == "multipart/form-data":
        parts = parts_of(request.headers["content-type"], await request.body())
        return {
            key: part if part.filename else part.data.decode(errors="replace") for key, part in parts.items()
        }
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    asked = await json_of(request)
    if not isinstance(asked, dict):
        raise Refused(Fault(100, "The request body must be a JSON object."))
    return asked


def metadata_of(emulator: Emulator, asked: dict[str, Any], flow: Flow | None = None) -> dict[str, Any]:
    given = {key: asked[key] for key in METADATA if key in asked}
    if isinstance(categories := given.get("categories"), str):
        given["categories"] = msgspec.json.decode(categories)
    name, categories = given.get("name", "a"), given.get("categories", ["OTHER"])
    if not isinstance(name, str) or not name.strip() or len(name) > 200:
        raise Refused(Fault(100, "The parameter name must have 1 to 200 characters."))
    if "name" in given and emulator.flows.named(name) not in (None, flow):
        raise Refused(Fault(100, "There is a Flow with this name already."))
    if not isinstance(categories, list) or not categories or not set(map(str, categories)) <= {*CATEGORIES}:
        raise Refused(Fault(100, f"categories must be a list of {', '.join(CATEGORIES)}."))
    if not str(given.get("endpoint_uri", "https://")).startswith(("https://", "http://")):
        raise Refused(Fault(100, "endpoint_uri must be an address."))
    return given


@graph
async def create(emulator: Emulator, request: Request) -> Response:
    if request.path_params["account_id"] != emulator.settings.business_account_id:
        return not_found(emulator, request.path_params["account_id"])
    asked = await form_of(request)
    for key in ("name", "categories"):
        if key not in asked:
            raise Refused(Fault(100, f"The parameter {key} is required."))
    if len(emulator.flows.by_id) >= FLOWS_MAX:
        raise Refused(Fault(100, f"The account has {FLOWS_MAX} Flows already."))
    flow = Flow(
        id=emulator.clock.number_id(),
        updated_at=emulator.clock.now(),
        **metadata_of(emulator, asked),
    )
    emulator.flows.by_id[flow.id] = flow
    if "flow_json" in asked:
        take_json(emulator, flow, str(asked["flow_json"]).encode())
    return json_answer({"id": flow.id, **SUCCESS, "validation_errors": flow.errors})


@graph
async def listed(emulator: Emulator, request: Request) -> Response:
    if request.path_params["account_id"] != emulator.settings.business_account_id:
        return not_found(emulator, request.path_params["account_id"])
    return json_answer({"data": [flow_facts(emulator, flow, "") for flow in emulator.flows.by_id.values()]})


def flow_of(emulator: Emulator, request: Request) -> Flow | None:
    return emulator.flows.by_id.get(request.path_params["flow_id"])


@graph
async def update(emulator: Emulator, request: Request) -> Response:
    if (flow := flow_of(emulator, request)) is None:
        return not_found(emulator, request.path_params["flow_id"])
    if flow.status == "DEPRECATED":
        raise Refused(Fault(NOT_UPDATED, "A deprecated Flow cannot be changed."))
    for key, value in metadata_of(emulator, await form_of(request), flow).items():
        setattr(flow, key, value)
    flow.updated_at = emulator.clock.now()
    return json_answer(SUCCESS)


@graph
async def upload(emulator: Emulator, request: Request) -> Response:
    if (flow := flow_of(emulator, request)) is None:
        return not_found(emulator, request.path_params["flow_id"])
    if flow.status != "DRAFT":
        raise Refused(Fault(NOT_UPDATED, "Only the Flow JSON of a draft can be changed."))
    asked = await form_of(request)
    if asked.get("asset_type") != "FLOW_JSON" or asked.get("name") != "flow.json":
        raise Refused(Fault(100, "asset_type must be FLOW_JSON, name must be flow.json."))
    if not isinstance(file := asked.get("file"), Part):
        raise Refused(Fault(100, "The parameter file is required."))
    take_json(emulator, flow, file.data)
    return json_answer({**SUCCESS, "validation_errors": flow.errors})


def take_json(emulator: Emulator, flow: Flow, data: bytes) -> None:
    flow.source = data
    flow.json, flow.errors = validated(data)
    flow.updated_at = emulator.clock.now()


@graph
async def assets(emulator: Emulator, request: Request) -> Response:
    if (flow := flow_of(emulator, request)) is None:
        return not_found(emulator, request.path_params["flow_id"])
    base = (emulator.settings.public_url or str(request.base_url)).rstrip("/")
    file = {
        "name": "flow.json",
        "asset_type": "FLOW_JSON",
        "download_url": f"{base}/control/flows/{flow.id}/flow.json",
    }
    return json_answer({"data": [file] if flow.source else []})


@graph
async def publish(emulator: Emulator, request: Request) -> Response:
    """Needs a right Flow JSON and, when that has an endpoint, an address, a key and an answer to a ping."""
    if (flow := flow_of(emulator, request)) is None:
        return not_found(emulator, request.path_params["flow_id"])
    if flow.status != "DRAFT":
        raise Refused(Fault(NOT_PUBLISHED, f"The Flow is {flow.status}."))
    if flow.json is None:
        raise Refused(Fault(NOT_PUBLISHED, "The Flow JSON has validation errors."))
    if flow.has_endpoint:
        if not flow.endpoint_uri:
            raise Refused(Fault(NOT_PUBLISHED, "The Flow has no endpoint_uri."))
        if not emulator.flows.public_key:
            raise Refused(Fault(NOT_PUBLISHED, "The phone number has no public key."))
        if not await emulator.channel.ping(emulator.flows, flow):
            raise Refused(Fault(NOT_PUBLISHED, "The endpoint did not answer the health check."))
    flow.status, flow.updated_at = "PUBLISHED", emulator.clock.now()
    return json_answer(SUCCESS)


@graph
async def deprecate(emulator: Emulator, request: Request) -> Response:
    if (flow := flow_of(emulator, request)) is None:
        return not_found(emulator, request.path_params["flow_id"])
    if flow.status in ("DRAFT", "DEPRECATED"):
        raise Refused(Fault(NOT_DEPRECATED, "Only a published Flow can be deprecated."))
    flow.status = "DEPRECATED"
    return json_answer(SUCCESS)


@graph
async def encryption(emulator: Emulator, request: Request) -> Response:
    """The public key of the number: told, or set by a POST."""
    number_id = request.path_params["number_id"]
    if number_id != emulator.settings.phone_number_id:
        return not_found(emulator, number_id)
    if request.method == "POST":
        key = (await form_of(request)).get("business_public_key")
        try:
            public_key_of(str(key))
        except ValueError as problem:
            raise Refused(Fault(100, f"business_public_key: {problem}.")) from problem
        emulator.flows.public_key = str(key)
        return json_answer(SUCCESS)
    if emulator.flows.public_key is None:
        return json_answer({"data": []})
    facts = {
        "business_public_key": emulator.flows.public_key,
        "business_public_key_signature_status": "VALID",
    }
    return json_answer({"data": [facts]})


# Control


def control_facts(flow: Flow) -> dict[str, Any]:
    shared = {key: getattr(flow, key) for key in ("id", "name", "status", "client", "endpoint_uri", "errors")}
    version = (flow.json or {}).get("version")
    return {**shared, "json_version": version, "screens": [*flow.screens], "exchanges": dict(flow.exchanges)}


@control
async def control_list(emulator: Emulator, request: Request) -> list[dict[str, Any]]:
    return [control_facts(flow) for flow in emulator.flows.by_id.values()]


@control
async def control_change(emulator: Emulator, request: Request) -> dict[str, Any]:
    flow, asked = flow_of(emulator, request), await json_of(request)
    if flow is None:
        raise NotPossible("there is no such Flow")
    if not isinstance(asked, dict) or not asked or asked.keys() - {"status", "client"}:
        raise NotPossible("status or client is needed")
    if asked.get("status", flow.status) not in STATUSES or asked.get("client", flow.client) not in CLIENTS:
        raise NotPossible(f"status is one of {', '.join(STATUSES)}; client one of {', '.join(CLIENTS)}")
    for key, value in asked.items():
        setattr(flow, key, value)
    flow.sent.clear()
    return control_facts(flow)


@graph
async def download(emulator: Emulator, request: Request) -> Response:
    if (flow := flow_of(emulator, request)) is None:
        return not_found(emulator, request.path_params["flow_id"])
    return Response(flow.source, media_type="application/json")


GRAPH = "/{version:graph_version}"
ROUTES: list[tuple[str, Endpoint, list[str]]] = [
    (GRAPH + "/{account_id}/flows", create, ["POST"]),
    (GRAPH + "/{account_id}/flows", listed, ["GET"]),
    (GRAPH + "/{number_id}/whatsapp_business_encryption", encryption, ["GET", "POST"]),
    (GRAPH + "/{flow_id}/assets", upload, ["POST"]),
    (GRAPH + "/{flow_id}/assets", assets, ["GET"]),
    (GRAPH + "/{flow_id}/publish", publish, ["POST"]),
    (GRAPH + "/{flow_id}/deprecate", deprecate, ["POST"]),
    (GRAPH + "/{flow_id}", update, ["POST"]),
    ("/control/flows", control_list, ["GET"]),
    ("/control/flows/{flow_id}", control_change, ["PATCH"]),
    ("/control/flows/{flow_id}/flow.json", download, ["GET"]),
]
