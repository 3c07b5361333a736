"""The control API: what tests, load drivers and the chat page ask for. No token: keep it on loopback.

PUT  /control/phones/{wa_id}, POST /control/phones/{wa_id}/number: see control_people.py
GET  /control/phones                      [{wa_id, name, user_id, entries}], as added
POST /control/phones/{wa_id}/messages     the person sends one of
         {"text": "..."}                  {"button": "<id>"}        reply button by id
         {"press": "<title>"}             {"choose": "<row id or title>"}
         {"image": true}                  {"audio": true}           sample files
         {"sticker": true}                {"document": true}
         {"location": true | {latitude, longitude, name?, address?}}
         {"reaction": "<emoji>"}          {"contacts": true | [...]}
         {"share_contact": true}          answers a request for the number
         {"unsupported": true}            {"raw": {"type": ...}}    merged over the message object
     and with it, if wanted: "name" (the profile's), "of" (wamid of the message pressed or reacted to;
     else the newest that fits), "wamid" (instead of a new one), "deliver" (copies of the webhook)
     -> {"wamid", "n"}; 422 {"error"} when it cannot be done; 503 when too many webhooks wait.
     A phone that is not there is added.
GET  /control/phones/{wa_id}/messages?after=N     entries with n > N, in order:
     [{n, direction, at, wamid, type, payload, status, wa_id, opaque}]; direction "in": the person wrote,
     "out": the business; status as in state.Entry ("failed" ones are listed, the person does not see them)
POST /control/phones/{wa_id}/read         the person looks: delivered becomes read -> {"read": how many}
GET  /control/media/{id}                  the bytes of a file
GET  /control/events                      server-sent events {wa_id, kind, ...}: kind "message" (n, name),
     "status" (n, status), "typing" (seconds), "phone" (name), "reset"
GET  /control/business                    {name, number, phone_number_id}
GET  /control/counters                    {messages_in, messages_out, statuses, phones,
     rejected: {"<code> <details>": n}, webhooks: {delivered, failures, waiting}}
POST /control/handshake                   asks the webhook to prove the verify token -> {"outcome"}
POST /control/reset                       forgets phones, messages, files, counters and waiting webhooks
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from whatsapp_emulator.actions import NotPossible, message_of
from whatsapp_emulator.emulator import NUMBER_DIGITS, Emulator
from whatsapp_emulator.http import emulator_of, json_answer, json_of
from whatsapp_emulator.state import Phone
from whatsapp_emulator.webhooks import optional

Endpoint = Callable[[Request], Awaitable[Response]]
COPIES_MAX = 100
COUNTED = ("messages_in", "messages_out", "accepted_twice", "out_of_window")


def control(endpoint: Callable[[Emulator, Request], Awaitable[Any]]) -> Endpoint:
    """Answers JSON, and says in one sentence what cannot be done."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return json_answer(await endpoint(emulator_of(request), request))
        except (NotPossible, msgspec.DecodeError) as problem:
            return json_answer({"error": str(problem)}, 422)

    return answer


def wa_id_of(request: Request) -> str:
    wa_id: str = request.path_params["wa_id"]
    if not (wa_id.isascii() and wa_id.isdecimal() and len(wa_id) in NUMBER_DIGITS):
        raise NotPossible("a phone is 8 to 15 digits, with its country code")
    return wa_id


async def asked_of(request: Request) -> dict[str, Any]:
    asked = await json_of(request)
    if not isinstance(asked, dict) or not isinstance(asked.get("name", ""), str):
        raise NotPossible("a JSON object is needed, its name a string")
    return asked


def phone_facts(phone: Phone) -> dict[str, Any]:
    facts = {"wa_id": phone.wa_id, "name": phone.name, "user_id": phone.user_id, "entries": phone.count}
    return facts | optional(username=phone.username, parent_user_id=phone.parent_user_id)


@control
async def phones(emulator: Emulator, request: Request) -> list[dict[str, Any]]:
    return [phone_facts(phone) for phone in emulator.world.phones.values()]


async def write(request: Request) -> Response:
    if emulator_of(request).delivery.full:
        return json_answer({"error": "too many webhooks wait to be delivered"}, 503)
    return await write_message(request)


@control
async def write_message(emulator: Emulator, request: Request) -> dict[str, Any]:
    wa_id, asked = wa_id_of(request), await asked_of(request)
    copies, wamid = asked.get("deliver", 1), asked.get("wamid")
    if not isinstance(copies, int) or not 1 <= copies <= COPIES_MAX or not isinstance(wamid, str | None):
        raise NotPossible(f"deliver is 1 to {COPIES_MAX} copies, wamid a string")
    phone = emulator.world.phone(wa_id, asked.get("name"))
    entry = emulator.write(phone, message_of(emulator, phone, asked), copies, wamid)
    return {"wamid": entry.wamid, "n": entry.n}


@control
async def read_messages(emulator: Emulator, request: Request) -> list[Any]:
    after = request.query_params.get("after", "0")
    if not after.isdecimal():
        raise NotPossible("after is a number")
    phone = emulator.world.phones.get(wa_id_of(request))
    return list(phone.after(int(after))) if phone else []


@control
async def look(emulator: Emulator, request: Request) -> dict[str, int]:
    phone = emulator.world.phones.get(wa_id_of(request))
    return {"read": emulator.look(phone) if phone else 0}


async def media(request: Request) -> Response:
    emulator = emulator_of(request)
    found = emulator.media.get(request.path_params["media_id"], emulator.clock.now())
    if found is None:
        return Response(status_code=404)
    name = quote(request.query_params.get("name") or found.filename or found.id)
    headers = {
        "Content-Disposition": f"inline; filename*=UTF-8''{name}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(found.data, media_type=found.mime, headers=headers)


async def events(request: Request) -> Response:
    headers = {"Cache-Control": "no-store"}
    return StreamingResponse(
        emulator_of(request).hub.stream(), media_type="text/event-stream", headers=headers
    )


@control
async def business(emulator: Emulator, request: Request) -> dict[str, str]:
    settings = emulator.settings
    return {
        "name": settings.business_name,
        "number": settings.display_number,
        "phone_number_id": settings.phone_number_id,
    }


@control
async def counters(emulator: Emulator, request: Request) -> dict[str, Any]:
    delivery = emulator.delivery
    return {
        **{key: emulator.counts[key] for key in COUNTED},
        "statuses": emulator.statuses.total(),
        "by_status": dict(emulator.statuses),
        "phones": len(emulator.world.phones),
        "rejected": dict(emulator.rejected),
        "refused": dict(emulator.refused),
        "faults": dict(emulator.injected.counts),
        "webhooks": {
            **{key: delivery.counts[key] for key in ("delivered", "failures", "lost", "duplicates")},
            "waiting": delivery.waiting,
            "outcomes": dict(delivery.outcomes),
        },
    }


@control
async def handshake(emulator: Emulator, request: Request) -> dict[str, str]:
    if emulator.settings.webhook_url is None:
        raise NotPossible("there is no webhook address")
    return {"outcome": await emulator.delivery.handshake(emulator.clock.number_id())}


@control
async def reset(emulator: Emulator, request: Request) -> dict[str, bool]:
    if load := getattr(request.app.state, "load", None):
        await load.stop()
    await emulator.delivery.forget()
    emulator.reset()
    emulator.hub.tell("", "reset")
    return {"reset": True}
