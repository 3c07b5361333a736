"""What Meta accepts: a message, a read receipt, a file. Pure: payload -> faults, the first one is the answer.

Sources: WhatsApp Cloud API reference, 2025-12 to 2026-09; where two pages disagree the lower limit holds
(list bodies: 1,024). Length counts code points. Which of 100, 131008 and 131009 answers which fault
is not documented throughout; here: over-long, mistyped or unknown is 100, absent or empty 131008, a wrong
value 131009.
"""

from collections.abc import Iterator
from typing import Any

from whatsapp_emulator.faults import Fault
from whatsapp_emulator.files import MEDIA_KINDS
from whatsapp_emulator.flows import FLOW_ACTION
from whatsapp_emulator.shapes import (
    INVALID,
    MISSING,
    UNKNOWN,
    Check,
    all_different,
    anything,
    both,
    by,
    degrees,
    flag,
    many,
    obj,
    one_of,
    text,
    web_address,
)
from whatsapp_emulator.templates import TEMPLATE

ROWS_MAX = 10
BODY = obj({"text": text(1024)})
FOOTER = obj({"text": text(60)})
TEXT_HEADER = obj({"type": one_of("text"), "text": text(60)}, {"sub_text": text(60)})

LIST_HEADER = by("type", {"text": TEXT_HEADER})


def media(**optional: Check) -> Check:
    """A file by `id` or by `link`, never both."""

    def one_source(value: dict[str, Any], path: str) -> Iterator[Fault]:
        if ("id" in value) == ("link" in value):
            yield Fault(MISSING, f"Param {path} must have exactly one of id, link.")

    return both(obj({}, {"id": text(64), "link": web_address(), **optional}), one_source)


def media_header(kind: str, **optional: Check) -> Check:
    return obj({"type": one_of(kind), kind: media(**optional)})


HEADER = by(
    "type",
    {
        "text": TEXT_HEADER,
        "image": media_header("image"),
        "video": media_header("video"),
        "document": media_header("document", filename=text(240)),
    },
)
REPLY = obj({"id": text(256, trimmed=True), "title": text(20, trimmed=True)})
BUTTON = obj({"type": one_of("reply"), "reply": REPLY})
ROW = obj(
    {"id": text(200, trimmed=True), "title": text(24, trimmed=True)}, {"description": text(72, trimmed=True)}
)
SECTION = obj({"rows": many(ROW, 1, ROWS_MAX)}, {"title": text(24, trimmed=True)})


def buttons_differ(action: dict[str, Any], path: str) -> Iterator[Fault]:
    replies = [button["reply"] for button in action["buttons"]]
    yield from all_different((reply["title"] for reply in replies), path, "Button titles")
    yield from all_different((reply["id"] for reply in replies), path, "Button ids")


def rows_fit(action: dict[str, Any], path: str) -> Iterator[Fault]:
    sections = action["sections"]
    rows = [row for section in sections for row in section["rows"]]
    if len(rows) > ROWS_MAX:
        yield Fault(INVALID, f"Total row count exceed max allowed count: {ROWS_MAX} - got {len(rows)}.")
    if len(sections) > 1 and not all("title" in section for section in sections):
        yield Fault(MISSING, f"Section title of {path} is required when there is more than one section.")
    yield from all_different((row["id"] for row in rows), path, "Row ids")


BUTTONS = both(obj({"buttons": many(BUTTON, 1, 3)}), buttons_differ)
SECTIONS = both(obj({"button": text(20, trimmed=True), "sections": many(SECTION, 1, 10)}), rows_fit)
LINK = obj(
    {
        "name": one_of("cta_url"),
        "parameters": obj({"display_text": text(20, trimmed=True), "url": web_address()}),
    }
)
ASK_LOCATION = obj({"name": one_of("send_location")})
CONTACT_REQUESTS = ("request_contact_info", "contact_request")
ASK_CONTACT = obj({"name": one_of(*CONTACT_REQUESTS)})


def interactive(action: Check, optional: dict[str, Check]) -> Check:
    return obj({"type": anything, "body": BODY, "action": action}, optional)


INTERACTIVE = by(
    "type",
    {
        "button": interactive(BUTTONS, {"header": HEADER, "footer": FOOTER}),
        "list": interactive(SECTIONS, {"header": LIST_HEADER, "footer": FOOTER}),
        "cta_url": interactive(LINK, {"header": HEADER, "footer": FOOTER}),
        "flow": interactive(FLOW_ACTION, {"header": HEADER, "footer": FOOTER}),
        "location_request_message": interactive(ASK_LOCATION, {}),
        # Sources call it by either name; the page on business-scoped ids is not settled.
        **{kind: interactive(ASK_CONTACT, {}) for kind in CONTACT_REQUESTS},
    },
)
CAPTION = text(1024)
LOCATION = obj(
    {"latitude": degrees(90), "longitude": degrees(180)}, {"name": text(1000), "address": text(1000)}
)
NAME_PARTS = ("first_name", "last_name", "middle_name", "suffix", "prefix")
PHONE = obj({}, {"phone": text(64), "type": text(64), "wa_id": text(20)})
CONTACT = obj(
    {"name": obj({"formatted_name": text(1000)}, {part: text(1000) for part in NAME_PARTS})},
    {
        "phones": many(PHONE, 0, 20),
        "birthday": text(10, like=r"\d{4}-\d{2}-\d{2}"),
        **{key: many(anything, 0, 20) for key in ("addresses", "emails", "urls")},
        "org": anything,
    },
)
CONTENTS: dict[str, Check] = {
    "text": obj({"body": text(4096)}, {"preview_url": flag}),
    "interactive": INTERACTIVE,
    "template": TEMPLATE,
    "image": media(caption=CAPTION),
    "video": media(caption=CAPTION),
    "document": media(caption=CAPTION, filename=text(240)),
    "audio": media(voice=flag),
    "sticker": media(),
    "location": LOCATION,
    "contacts": many(CONTACT, 1, 257),
    "reaction": obj({"message_id": text(512), "emoji": text(32, empty=True)}),
}
ENVELOPE: dict[str, Check] = {
    "recipient_type": one_of("individual"),
    "to": text(64),
    "recipient": text(160),
    "type": anything,
    "context": obj({"message_id": text(512)}),
    "biz_opaque_callback_data": text(512),
}
WHATSAPP = one_of("whatsapp")
MESSAGES = {
    kind: obj({"messaging_product": WHATSAPP, kind: content}, ENVELOPE) for kind, content in CONTENTS.items()
}
RECEIPT = obj(
    {"messaging_product": WHATSAPP, "status": one_of("read"), "message_id": text(512)},
    {"typing_indicator": obj({"type": one_of("text")})},
)


def message_faults(payload: dict[str, Any]) -> list[Fault]:
    """Faults of a message to send, in no promised order; empty when Meta would take it."""
    kind = payload.get("type", "text")
    if not isinstance(kind, str) or kind not in MESSAGES:
        return list(one_of(*MESSAGES)(kind, "type"))
    faults = list(MESSAGES[kind](payload, ""))
    if "to" not in payload and "recipient" not in payload:
        faults.append(Fault(MISSING, "The parameter to is required."))
    return faults


def receipt_faults(payload: dict[str, Any]) -> list[Fault]:
    return list(RECEIPT(payload, ""))


def payload_faults(payload: object) -> list[Fault]:
    """Faults of whatever was posted to /messages."""
    if not isinstance(payload, dict):
        return [Fault(UNKNOWN, "The request body must be a JSON object.")]
    return receipt_faults(payload) if "status" in payload else message_faults(payload)


def media_ids(payload: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(kind, id) of every uploaded file a message without faults refers to."""
    kind = payload.get("type", "text")
    holders = [(kind, payload[kind])] if kind in MEDIA_KINDS else []
    if kind == "interactive" and (header := payload[kind].get("header")):
        holders += [(header["type"], header[header["type"]])] if header["type"] in MEDIA_KINDS else []
    if kind == "template":
        for component in payload[kind].get("components", ()):
            given = component.get("parameters", ())
            holders += [(one["type"], one[one["type"]]) for one in given if one["type"] in MEDIA_KINDS]
    yield from ((name, holder["id"]) for name, holder in holders if "id" in holder)
