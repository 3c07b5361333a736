"""The Graph API: the endpoints a business calls. Every answer that is not 200 has Meta's error body."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from whatsapp_emulator.config import MEGABYTE
from whatsapp_emulator.emulator import Emulator, refuse_first
from whatsapp_emulator.faults import Fault, Refused, bad_token, unknown_object
from whatsapp_emulator.files import SIZES_MAX, file_faults
from whatsapp_emulator.flows import Flow
from whatsapp_emulator.http import emulator_of, json_answer, json_of
from whatsapp_emulator.media import Media
from whatsapp_emulator.multipart import parts_of
from whatsapp_emulator.trouble import trouble_after, trouble_before

Endpoint = Callable[[Request], Awaitable[Response]]
URL_LIFETIME_SECONDS = 300
UPLOAD_MAX = max(SIZES_MAX.values()) + MEGABYTE


def graph(endpoint: Callable[[Emulator, Request], Awaitable[Response]]) -> Endpoint:
    """Asks for the token, and words what is refused."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        emulator = emulator_of(request)
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), b"Bearer " + emulator.settings.access_token.encode()):
            return json_answer(bad_token(emulator.clock.trace_id()), 401)
        try:
            return await endpoint(emulator, request)
        except msgspec.DecodeError as problem:
            fault = Fault(100, f"The request body is not valid JSON: {problem}.")
        except Refused as refused:
            fault = refused.fault
        return refusal(emulator, fault)

    return answer


def refusal(emulator: Emulator, fault: Fault) -> Response:
    return json_answer(fault.body(emulator.clock.trace_id()), fault.status)


def not_found(emulator: Emulator, object_id: str) -> Response:
    return json_answer(unknown_object(object_id, emulator.clock.trace_id()), 400)


@graph
async def messages(emulator: Emulator, request: Request) -> Response:
    number_id = request.path_params["number_id"]
    if number_id != emulator.settings.phone_number_id:
        return not_found(emulator, number_id)
    payload = await json_of(request)
    if isinstance(payload, dict) and "status" in payload:
        emulator.receipt(payload)
        return json_answer({"success": True})
    if instead := await trouble_before(emulator, request, "messages"):
        return instead
    given, entry = emulator.send(payload)
    if instead := await trouble_after(emulator, request):
        return instead
    contact = {"wa_id": entry.wa_id} if "to" in payload else {"user_id": given}
    accepted = {"message_status": "accepted"} if entry.type == "template" else {}
    return json_answer(
        {
            "messaging_product": "whatsapp",
            "contacts": [{"input": given, **contact}],
            "messages": [{"id": entry.wamid, **accepted}],
        }
    )


@graph
async def upload(emulator: Emulator, request: Request) -> Response:
    number_id = request.path_params["number_id"]
    if number_id != emulator.settings.phone_number_id:
        return not_found(emulator, number_id)
    if int(request.headers.get("content-length", "0")) > UPLOAD_MAX:
        raise Refused(Fault(131053, f"The file is over the limit of {UPLOAD_MAX} bytes."))
    body = await request.body()
    if instead := await trouble_before(emulator, request, "media"):
        return instead
    parts = parts_of(request.headers.get("content-type", ""), body)
    if parts.get("messaging_product") is None or parts["messaging_product"].data != b"whatsapp":
        raise Refused(Fault(100, "The parameter messaging_product is required."))
    if (file := parts.get("file")) is None:
        raise Refused(Fault(100, "The parameter file is required."))
    mime = parts["type"].data.decode() if "type" in parts else file.mime
    refuse_first(list(file_faults(mime, file.data)))
    return json_answer({"id": emulator.add_media(mime, file.data, file.filename).id})


def ours(emulator: Emulator, request: Request) -> bool:
    """Who says which number a file belongs to has to say the right one."""
    number_id = emulator.settings.phone_number_id
    return request.query_params.get("phone_number_id", number_id) == number_id


@graph
async def describe(emulator: Emulator, request: Request) -> Response:
    """A file's temporary address, or the number itself."""
    object_id = request.path_params["object_id"]
    if object_id == emulator.settings.phone_number_id:
        return json_answer(number_facts(emulator))
    if flow := emulator.flows.by_id.get(object_id):
        return json_answer(flow_facts(emulator, flow, request.query_params.get("fields", "")))
    media = emulator.media.get(object_id, emulator.clock.now()) if ours(emulator, request) else None
    if media is None:
        return not_found(emulator, object_id)
    return json_answer(media_facts(emulator, request, media))


@graph
async def delete(emulator: Emulator, request: Request) -> Response:
    object_id = request.path_params["object_id"]
    if flow := emulator.flows.by_id.get(object_id):
        emulator.flows.delete(flow)
        return json_answer({"success": True})
    now = emulator.clock.now()
    if not ours(emulator, request) or not emulator.media.get(object_id, now):
        return not_found(emulator, object_id)
    emulator.media.drop(object_id)
    return json_answer({"success": True})


@graph
async def download(emulator: Emulator, request: Request) -> Response:
    """The bytes; the address holds five minutes and needs the token as well."""
    query = request.query_params
    media_id, expires = query.get("mid", ""), query.get("ext", "")
    now = emulator.clock.now()
    proof = url_proof(emulator, media_id, expires)
    good = hmac.compare_digest(query.get("hash", "").encode(), proof.encode())
    media = emulator.media.get(media_id, now) if good and now < int(expires) else None
    if media is None:
        return Response(status_code=404)
    return Response(media.data, media_type=media.mime)


def url_proof(emulator: Emulator, media_id: str, expires: str) -> str:
    said = f"{media_id}:{expires}".encode()
    return hmac.new(emulator.settings.app_secret.encode(), said, hashlib.sha256).hexdigest()


def media_facts(emulator: Emulator, request: Request, media: Media) -> dict[str, Any]:
    base = (emulator.settings.public_url or str(request.base_url)).rstrip("/")
    expires = str(int(emulator.clock.now()) + URL_LIFETIME_SECONDS)
    proof = url_proof(emulator, media.id, expires)
    return {
        "url": f"{base}/whatsapp_business/attachments/?mid={media.id}&ext={expires}&hash={proof}",
        "mime_type": media.mime,
        "sha256": media.sha256.hex(),
        "file_size": len(media.data),
        "id": media.id,
        "messaging_product": "whatsapp",
    }


def number_facts(emulator: Emulator) -> dict[str, str]:
    return {
        "verified_name": emulator.settings.business_name,
        "display_phone_number": emulator.settings.display_number,
        "quality_rating": "GREEN",
        "id": emulator.settings.phone_number_id,
    }


FLOW_FIELDS = ("name", "status", "categories", "validation_errors")


def flow_facts(emulator: Emulator, flow: Flow, fields: str) -> dict[str, Any]:
    """The fields asked for, separated by commas; without any those Meta gives."""
    content, settings = flow.json or {}, emulator.settings
    updated = datetime.fromtimestamp(flow.updated_at, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
    facts = {
        "name": flow.name,
        "status": flow.status,
        "categories": flow.categories,
        "validation_errors": flow.errors,
        "json_version": content.get("version"),
        "data_api_version": content.get("data_api_version"),
        "endpoint_uri": flow.endpoint_uri,
        "whatsapp_business_account": {"id": settings.business_account_id, "name": settings.business_name},
        "updated_at": updated,
    }
    wanted = [name.strip() for name in fields.split(",")] if fields else FLOW_FIELDS
    return {"id": flow.id, **{key: facts[key] for key in wanted if facts.get(key) is not None}}
