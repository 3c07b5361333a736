"""What a person can do with a phone, as the message object of a webhook."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from whatsapp_emulator import samples
from whatsapp_emulator.emulator import Emulator
from whatsapp_emulator.limits import CONTACT_REQUESTS
from whatsapp_emulator.media import RECEIVED_SECONDS
from whatsapp_emulator.state import Entry, Phone

Message = dict[str, Any]
LOOK_BACK = 200
UNSUPPORTED = {
    "code": 131051,
    "title": "Message type unknown",
    "message": "Message type unknown",
    "error_data": {"details": "Message type is currently not supported."},
}
PLACE = {"latitude": 19.5438, "longitude": -96.9102}
CARD = {
    "name": {"formatted_name": "Contacto de muestra", "first_name": "Contacto"},
    "phones": [{"phone": "+52 55 5555 0100", "wa_id": "525555550100", "type": "CELL"}],
}


class NotPossible(Exception):
    """The person cannot do that: what was asked is malformed, or there is no such button or row."""


@cache
def sample(kind: str) -> tuple[str, bytes, str | None]:
    """(MIME type, bytes, file name)."""
    return {
        "image": ("image/png", samples.picture(), None),
        "sticker": ("image/webp", samples.sticker(), None),
        "audio": ("audio/ogg; codecs=opus", samples.voice_note(), None),
        "document": ("application/pdf", samples.paper(), "muestra.pdf"),
    }[kind]


def message_of(emulator: Emulator, phone: Phone, asked: Message) -> Message:
    """The message object for one thing asked for, with `raw` merged over it. Raises NotPossible."""
    found = [key for key in ACTIONS if asked.get(key) not in (None, False)]
    raw = asked.get("raw", {})
    if len(found) > 1 or not isinstance(raw, dict) or (not found and "type" not in raw):
        raise NotPossible(f"one of {', '.join(ACTIONS)} (or raw with a type) is needed")
    made = ACTIONS[found[0]](emulator, phone, asked) if found else {}
    return {**made, **raw}


def say(emulator: Emulator, phone: Phone, asked: Message) -> Message:
    if not isinstance(asked["text"], str):
        raise NotPossible("text must be a string")
    return {"type": "text", "text": {"body": asked["text"]}}


def press(emulator: Emulator, phone: Phone, asked: Message) -> Message:
    """A button of an interactive message, by id or title; of a template by payload or text."""
    by_title = "button" not in asked
    wanted = asked.get("button", asked.get("press"))
    for entry in recent(phone, asked):
        if entry.type == "interactive":
            for button in entry.payload["interactive"]["action"].get("buttons", ()):
                if button["reply"]["title" if by_title else "id"] == wanted:
                    return reply(emulator, entry, "button_reply", dict(button["reply"]))
        for button in quick_replies(entry):
            if button["text" if by_title else "payload"] == wanted:
                return {"context": context_of(emulator, entry), "type": "button", "button": button}
    kind = "title" if by_title else "id"
    raise NotPossible(f"no message of this phone has a button with the {kind} {wanted!r}")


def quick_replies(entry: Entry) -> list[dict[str, str]]:
    """{payload, text} of a template's; where the template is not known the text is the payload."""
    if entry.rendered:
        shown = (button for button in entry.rendered.get("buttons", ()) if "payload" in button)
        return [{key: button[key] for key in ("payload", "text")} for button in shown]
    components = entry.payload["template"].get("components", ()) if entry.type == "template" else ()
    given = [one["parameters"][0] for one in components if one.get("sub_type") == "quick_reply"]
    return [{"payload": one["payload"], "text": one["payload"]} for one in given if "payload" in one]


def choose(emulator: Emulator, phone: Phone, asked: Message) -> Message:
    """A row's description comes back with it, as from WhatsApp."""
    for entry in interactives(phone, asked):
        for section in entry.payload["interactive"]["action"].get("sections", ()):
            for row in section["rows"]:
                if asked["choose"] in (row["id"], row["title"]):
                    return reply(emulator, entry, "list_reply", dict(row))
    raise NotPossible(f"no message of this phone has a row {asked['choose']!r}")


def recent(phone: Phone, asked: Message) -> Iterator[Entry]:
    """Of the business, the newest first; with `of` (a wamid) only that one."""
    for entry in phone.latest("out"):
        if phone.count - entry.n > LOOK_BACK:
            return
        if asked.get("of") in (None, entry.wamid):
            yield entry


def interactives(phone: Phone, asked: Message) -> Iterator[Entry]:
    return (entry for entry in recent(phone, asked) if entry.type == "interactive")


def reply(emulator: Emulator, entry: Entry, kind: str, chosen: Message) -> Message:
    context = context_of(emulator, entry)
    return {"context": context, "type": "interactive", "interactive": {"type": kind, kind: chosen}}


def context_of(emulator: Emulator, entry: Entry) -> Message:
    return {"from": emulator.settings.display_number, "id": entry.wamid}


def send_file(kind: str, **extra: Any) -> Callable[[Emulator, Phone, Message], Message]:
    def send(emulator: Emulator, phone: Phone, asked: Message) -> Message:
        mime, data, filename = sample(kind)
        file = emulator.add_media(mime, data, filename, RECEIVED_SECONDS)
        content: Message = {**file.as_content(), **extra}
        if filename:
            content["filename"] = filename
        return {"type": kind, kind: content}

    return send


def locate(emulator: Emulator, phone: Phone, asked: Message) -> Message:
    """`true` sends a sample place; an answer to a location request says which."""
    place = asked["location"] if isinstance(asked["location"], dict) else PLACE
    message: Message = {"type": "location", "location": place}
    last = next(phone.latest("out"), None)
    if (
        last
        and last.type == "interactive"
        and last.payload["interactive"]["type"] == "location_request_message"
    ):
        message["context"] = context_of(emulator, last)
    return message


def react(emulator: Emulator, phone: Phone, asked: Message) -> Message:
    last = next(phone.latest("out"), None)
    target = asked.get("of") or (last and last.wamid)
    if not target:
        raise NotPossible("there is no message to react to")
    return {"type": "reaction", "reaction": {"message_id": target, "emoji": asked["reaction"]}}


def share_contact(emulator: Emulator, phone: Phone, asked: Message) -> Message:
    given = asked["contacts"]
    return {"type": "contacts", "contacts": given if isinstance(given, list) else [CARD]}


def share_own_contact(emulator: Emulator, phone: Phone, asked: Message) -> Message:
    """The answer to a request for the number."""
    for entry in interactives(phone, asked):
        if entry.payload["interactive"]["type"] in CONTACT_REQUESTS:
            vcard = ("BEGIN:VCARD", "VERSION:3.0", f"FN:{phone.name}", f"TEL:+{phone.wa_id}", "END:VCARD")
            card = {
                "name": {"formatted_name": phone.name, "first_name": phone.name},
                "phones": [{"phone": f"+{phone.wa_id}", "wa_id": phone.wa_id, "type": "CELL"}],
                "vcard": "\n".join(vcard),
            }
            return {
                "context": context_of(emulator, entry),
                "type": "contacts",
                "origin": "contact_request",
                "contacts": [card],
            }
    raise NotPossible("nobody asked this phone for its number")


def send_unsupported(emulator: Emulator, phone: Phone, asked: Message) -> Message:
    return {"type": "unsupported", "errors": [UNSUPPORTED]}


ACTIONS: dict[str, Callable[[Emulator, Phone, Message], Message]] = {
    "text": say,
    "button": press,
    "press": press,
    "choose": choose,
    "image": send_file("image"),
    "audio": send_file("audio", voice=True),
    "sticker": send_file("sticker", animated=False),
    "document": send_file("document"),
    "location": locate,
    "reaction": react,
    "contacts": share_contact,
    "share_contact": share_own_contact,
    "unsupported": send_unsupported,
}
