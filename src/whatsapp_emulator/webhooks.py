"""The bodies of webhooks (v24 and later: no `conversation`), and their signature. Pure."""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Any

import msgspec

from whatsapp_emulator.config import Settings
from whatsapp_emulator.faults import Fault
from whatsapp_emulator.state import Entry, Phone

ABOUT_A_NUMBER = ("messages", "user_id_update")


def signature(app_secret: str, body: bytes) -> str:
    """The X-Hub-Signature-256 of these raw bytes."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def change_of(settings: Settings, field: str, value: dict[str, Any]) -> msgspec.Raw:
    """One change, as JSON; those about a number say which."""
    if field in ABOUT_A_NUMBER:
        metadata = {
            "display_phone_number": settings.display_number,
            "phone_number_id": settings.phone_number_id,
        }
        value = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    return msgspec.Raw(msgspec.json.encode({"value": value, "field": field}))


def envelope(settings: Settings, changes: Iterable[msgspec.Raw]) -> bytes:
    """One POST."""
    entry = {"id": settings.business_account_id, "changes": list(changes)}
    return msgspec.json.encode({"object": "whatsapp_business_account", "entry": [entry]})


def contact(phone: Phone) -> dict[str, Any]:
    """Who has a username does not show the number: it is left out, here and wherever else it would be."""
    profile = {"name": phone.name} | optional(username=phone.username)
    shown = {} if phone.username else {"wa_id": phone.wa_id}
    return {
        "profile": profile,
        **shown,
        "user_id": phone.user_id,
        **optional(parent_user_id=phone.parent_user_id),
    }


def sender(phone: Phone) -> dict[str, str]:
    """Who a message is from."""
    shown = {} if phone.username else {"from": phone.wa_id}
    return {
        **shown,
        "from_user_id": phone.user_id,
        **optional(from_parent_user_id=phone.parent_user_id),
    }


def optional(**given: str | None) -> dict[str, str]:
    return {key: value for key, value in given.items() if value is not None}


def inbound_value(phone: Phone, message: dict[str, Any]) -> dict[str, Any]:
    return {"contacts": [contact(phone)], "messages": [message]}


def status_value(phone: Phone, entry: Entry, status: str, at: float, fault: Fault | None) -> dict[str, Any]:
    """`failed` carries the errors, and neither contacts nor pricing."""
    told: dict[str, Any] = {
        "id": entry.wamid,
        "status": status,
        "timestamp": str(int(at)),
        **({} if phone.username else {"recipient_id": phone.wa_id}),
        "recipient_user_id": phone.user_id,
        **optional(recipient_parent_user_id=phone.parent_user_id),
    }
    if entry.opaque is not None:
        told["biz_opaque_callback_data"] = entry.opaque
    if fault:
        return {"statuses": [{**told, "errors": [fault.as_status_error()]}]}
    return {"contacts": [contact(phone)], "statuses": [{**told, "pricing": pricing(entry)}]}


def pricing(entry: Entry) -> dict[str, Any]:
    """Since 2026-10 every delivered message is charged; templates count as utility here."""
    category = "utility" if entry.type == "template" else "service"
    return {"billable": True, "pricing_model": "PMP", "category": category, "type": "regular"}
