"""Who people are, and what they are known by.

PUT  /control/phones/{wa_id}           {"name"?, "username"?, "parent_user_id"?}: adds a phone, or changes
     what is given -> {wa_id, name, user_id, entries, username?, parent_user_id?}. With a username the number
     is left out of webhooks, and sends go by `recipient`; null takes it away. A parent id is a string, or
     true for one made here.
POST /control/phones/{wa_id}/number    {"to": new number, "style"?}: the person moves, with all messages; the
     ids are new, and the window is closed -> as PUT. The style says which webhook tells it:
       "user_changed_number"   system message with the new number (not for who has a username)
       "user_changed_user_id"  system message with ids only
       "user_id_update"        the older field of that name
"""

from typing import Any

from starlette.requests import Request

from whatsapp_emulator.actions import NotPossible
from whatsapp_emulator.control import asked_of, control, phone_facts, wa_id_of
from whatsapp_emulator.emulator import NUMBER_DIGITS, Emulator
from whatsapp_emulator.state import PARENT, Phone, user_id_of
from whatsapp_emulator.webhooks import contact, optional, sender

STYLES = ("user_changed_number", "user_changed_user_id", "user_id_update")
TEXT_MAX = 160


@control
async def add_phone(emulator: Emulator, request: Request) -> dict[str, Any]:
    wa_id, asked = wa_id_of(request), await asked_of(request)
    username, parent = asked.get("username"), asked.get("parent_user_id")
    if parent is True:
        parent = user_id_of(wa_id, infix=PARENT)
    if not all(
        one is None or (isinstance(one, str) and 0 < len(one) <= TEXT_MAX) for one in (username, parent)
    ):
        raise NotPossible("username is a string or null, parent_user_id a string, true or null")
    phone = emulator.world.phone(wa_id, asked.get("name"))
    emulator.world.identify(
        phone,
        username if "username" in asked else phone.username,
        parent if "parent_user_id" in asked else phone.parent_user_id,
    )
    emulator.hub.tell(phone.wa_id, "phone", name=phone.name)
    return phone_facts(phone)


@control
async def change_number(emulator: Emulator, request: Request) -> dict[str, Any]:
    wa_id, asked = wa_id_of(request), await asked_of(request)
    phone, new, style = emulator.world.phones.get(wa_id), asked.get("to"), asked.get("style", STYLES[0])
    if phone is None:
        raise NotPossible("there is no such phone")
    if style not in STYLES:
        raise NotPossible(f"style is one of {', '.join(STYLES)}")
    if style == "user_changed_number" and phone.username:
        raise NotPossible("the number of who has a username is not told")
    if not isinstance(new, str) or not new.isdecimal() or len(new) not in NUMBER_DIGITS:
        raise NotPossible("to is 8 to 15 digits, with its country code")
    if new in emulator.world.phones:
        raise NotPossible("this number is somebody's already")
    move(emulator, phone, new, style)
    return phone_facts(phone)


def move(emulator: Emulator, phone: Phone, new: str, style: str) -> None:
    """The news waits behind what the person wrote before."""
    old, was, parent_was = phone.wa_id, sender(phone), phone.parent_user_id
    emulator.world.move(phone, new)
    emulator.hub.tell(new, "phone", name=phone.name)
    at = str(int(emulator.clock.now()))
    if style == "user_id_update":
        update = {
            **optional(wa_id=None if phone.username else new),
            "detail": "The user's id was changed.",
            "user_id": {"previous": was["from_user_id"], "current": phone.user_id},
            "timestamp": at,
        }
        if parent_was:
            update["parent_user_id"] = {"previous": parent_was, "current": phone.parent_user_id}
        value = {"contacts": [contact(phone)], style: [update]}
        emulator.delivery.put(old, style, value)
        return
    told = {
        "type": style,
        "previous_user_id": was["from_user_id"],
        "user_id": phone.user_id,
        **optional(previous_parent_user_id=parent_was, parent_user_id=phone.parent_user_id),
    }
    message = {"id": emulator.clock.wamid(), "timestamp": at, "type": "system", "system": told}
    if style == "user_changed_number":
        told |= {"body": f"User {phone.name} changed from {old} to {new}", "wa_id": new}
        message["from"] = old
    emulator.delivery.put(old, "messages", {"messages": [message]})
