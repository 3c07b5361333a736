"""Templates over HTTP: as the Graph API manages them, and what Meta does to them on request.

GET    /{version}/{account_id}/message_templates   {data, paging}; ?limit, after, before, fields, name,
                                                   language, status, category
POST   /{version}/{account_id}/message_templates   a definition -> {id, status, category}
DELETE /{version}/{account_id}/message_templates   ?name, and hsm_id for one language only
GET    /{version}/{template_id}                    one of them; ?fields
POST   /{version}/{template_id}                    {components?, category?, ...}: a change, which is reviewed
GET    /control/templates                          all, as the Graph API gives them
PATCH  /control/templates/{template_id}            {"status"?, "reason"?, "quality"?, "category"?}: decided
                                                   so, and told by webhook
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response

from whatsapp_emulator.actions import NotPossible
from whatsapp_emulator.control import asked_of, control
from whatsapp_emulator.emulator import Emulator
from whatsapp_emulator.faults import Fault, Refused
from whatsapp_emulator.graph import Endpoint, describe, graph, not_found
from whatsapp_emulator.http import emulator_of, json_answer, json_of
from whatsapp_emulator.registry import ID_DIGITS, QUALITIES, STATUSES, Template
from whatsapp_emulator.template_definition import CATEGORIES

PAGE_DEFAULT, PAGE_MAX = 25, 1000
ON_REQUEST = ("rejected_reason", "quality_score")
FILTERS = ("name", "language", "status", "category")


def is_ours(emulator: Emulator, request: Request) -> bool:
    return bool(request.path_params["account_id"] == emulator.settings.business_account_id)


@graph
async def listed(emulator: Emulator, request: Request) -> Response:
    if not is_ours(emulator, request):
        return not_found(emulator, request.path_params["account_id"])
    query = request.query_params
    wanted = {key: query[key] for key in FILTERS if key in query}
    facts = [one.facts() for one in emulator.templates.by_id.values()]
    facts = [one for one in facts if all(one[key] == value for key, value in wanted.items())]
    try:
        limit = max(1, min(PAGE_MAX, int(query.get("limit", PAGE_DEFAULT))))
    except ValueError:
        raise Refused(Fault(100, "The parameter limit must be a number.")) from None
    ids = [one["id"] for one in facts]
    start = place_of(ids, query["after"]) + 1 if "after" in query else 0
    if "before" in query:
        start = max(0, place_of(ids, query["before"]) - limit)
    page = facts[start : start + limit]
    answer: dict[str, Any] = {"data": [chosen(one, query.get("fields")) for one in page]}
    if page:
        after = cursor_of(page[-1]["id"])
        answer["paging"] = {"cursors": {"before": cursor_of(page[0]["id"]), "after": after}}
        if start + limit < len(facts):
            url = request.url.remove_query_params("before").include_query_params(after=after)
            answer["paging"]["next"] = str(url)
    return json_answer(answer)


def cursor_of(template_id: str) -> str:
    return urlsafe_b64encode(template_id.encode()).decode()


def place_of(ids: list[str], cursor: str) -> int:
    try:
        return ids.index(urlsafe_b64decode(cursor).decode())
    except ValueError:
        raise Refused(Fault(131059, "The cursor is not one of this list.")) from None


def chosen(facts: dict[str, Any], fields: str | None) -> dict[str, Any]:
    """The fields asked for, and the id; without any, all but those that have to be asked for."""
    if not fields:
        return {key: value for key, value in facts.items() if key not in ON_REQUEST}
    names = [name.strip() for name in fields.split(",")]
    return {key: facts[key] for key in (*names, "id") if key in facts}


@graph
async def create(emulator: Emulator, request: Request) -> Response:
    if not is_ours(emulator, request):
        return not_found(emulator, request.path_params["account_id"])
    template = emulator.templates.create(await json_of(request))
    facts = template.facts()
    return json_answer({key: facts[key] for key in ("id", "status", "category")})


@graph
async def delete(emulator: Emulator, request: Request) -> Response:
    if not is_ours(emulator, request):
        return not_found(emulator, request.path_params["account_id"])
    query = request.query_params
    if "name" not in query:
        raise Refused(Fault(100, "The parameter name is required."))
    emulator.templates.delete(query["name"], query.get("hsm_id"))
    return json_answer({"success": True})


async def one(request: Request) -> Response:
    found = emulator_of(request).templates.by_id.get(request.path_params["object_id"])
    return await (describe_template(request) if found else describe(request))


@graph
async def describe_template(emulator: Emulator, request: Request) -> Response:
    template = emulator.templates.by_id[request.path_params["object_id"]]
    return json_answer(chosen(template.facts(), request.query_params.get("fields")))


@graph
async def edit(emulator: Emulator, request: Request) -> Response:
    object_id = request.path_params["object_id"]
    template = emulator.templates.by_id.get(object_id)
    if template is None:
        return not_found(emulator, object_id)
    emulator.templates.edit(template, await json_of(request))
    return json_answer({"success": True})


@control
async def control_list(emulator: Emulator, request: Request) -> list[dict[str, Any]]:
    return [one.facts() for one in emulator.templates.by_id.values()]


@control
async def decide(emulator: Emulator, request: Request) -> dict[str, Any]:
    asked = await asked_of(request)
    template: Template | None = emulator.templates.by_id.get(request.path_params["template_id"])
    status, reason = asked.get("status"), asked.get("reason", "NONE")
    quality, category = asked.get("quality"), asked.get("category")
    if template is None:
        raise NotPossible("there is no such template")
    if not {"status", "quality", "category"} & set(asked) or not isinstance(reason, str):
        raise NotPossible("status, quality or category is needed; the reason is a string")
    allowed = ((status, STATUSES), (quality, QUALITIES), (category, CATEGORIES))
    for given, values in allowed:
        if given is not None and given not in values:
            raise NotPossible(f"{given!r} is not one of {', '.join(values)}")
    if status:
        emulator.templates.decide(template, status, reason)
    if quality:
        emulator.templates.rate(template, quality)
    if category:
        emulator.templates.sort(template, category)
    return template.facts()


class TemplateId(Convertor[str]):
    """Longer than the ids of files and Flows, so that each finds its way."""

    regex = rf"\d{{{ID_DIGITS}}}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("template_id", TemplateId())
OF_ACCOUNT = "/{version:graph_version}/{account_id}/message_templates"
ONE = "/{version:graph_version}/{object_id:template_id}"
ROUTES: list[tuple[str, Endpoint, list[str]]] = [
    (OF_ACCOUNT, listed, ["GET"]),
    (OF_ACCOUNT, create, ["POST"]),
    (OF_ACCOUNT, delete, ["DELETE"]),
    (ONE, one, ["GET"]),
    (ONE, edit, ["POST"]),
    ("/control/templates", control_list, ["GET"]),
    ("/control/templates/{template_id}", decide, ["PATCH"]),
]
