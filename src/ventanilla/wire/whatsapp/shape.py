"""Cloud API payloads out. Pure: an `Outgoing` and an address to the JSON Meta takes."""

from typing import Any

from ventanilla.core.channel import Address
from ventanilla.core.templates import LANGUAGE_AT_META
from ventanilla.words.compose import Message, Row
from ventanilla.words.outgoing import Document, FormCall, Link, Outgoing, Picture, Pin, TemplateCall

Json = dict[str, Any]


def payload(to: Address, what: Outgoing, reference: str) -> Json:
    address = {"to": to.text} if to.kind == "phone" else {"recipient": to.text}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **address,
        "biz_opaque_callback_data": reference,
        **_content(what),
    }


def receipt(wamid: str) -> Json:
    """Read, and an answer is being written: shown until it comes, for 25 seconds at most."""
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
    return {**read, "typing_indicator": {"type": "text"}}


def _content(what: Outgoing) -> Json:
    match what:
        case Message():
            return _message(what)
        case Picture():
            return {"type": "image", "image": {"id": what.media, "caption": what.caption}}
        case Document():
            document = {"id": what.media, "caption": what.caption, "filename": what.filename}
            return {"type": "document", "document": document}
        case Link():
            parameters = {"display_text": what.button, "url": what.url}
            return _interactive("cta_url", what.body, {"name": "cta_url", "parameters": parameters})
        case FormCall():
            return _interactive("flow", what.body, {"name": "flow", "parameters": _form(what)})
        case Pin():
            place = {"latitude": what.latitude, "longitude": what.longitude}
            return {"type": "location", "location": {**place, "name": what.name, "address": what.address}}
        case TemplateCall():
            return {"type": "template", "template": _template(what)}


def _template(call: TemplateCall) -> Json:
    """The button's `index` is a text, as Meta's own examples have it."""
    values = [{"type": "text", "parameter_name": n, "text": text} for n, text in call.values.items()]
    body = [{"type": "body", "parameters": values}] if values else []
    buttons = [
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": str(place),
            "parameters": [{"type": "payload", "payload": payload}],
        }
        for place, payload in enumerate(call.payloads)
    ]
    language = {"code": LANGUAGE_AT_META[call.language]}
    return {"name": call.name, "language": language, "components": [*body, *buttons]}


def _form(call: FormCall) -> Json:
    return {
        "flow_message_version": "3",
        "flow_id": call.flow_id,
        "flow_cta": call.button,
        "flow_token": call.token,
        "mode": "published",
        "flow_action": "data_exchange",
    }


def _message(message: Message) -> Json:
    if message.buttons:
        buttons = [{"type": "reply", "reply": {"id": b.id, "title": b.title}} for b in message.buttons]
        return _interactive("button", message.body, {"buttons": buttons})
    if message.sections:
        sections = [_section(title, rows) for title, rows in message.sections]
        return _interactive("list", message.body, {"button": message.opener, "sections": sections})
    return {"type": "text", "text": {"body": message.body, "preview_url": False}}


def _interactive(kind: str, body: str, action: Json) -> Json:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": body}, "action": action}}


def _section(title: str, rows: tuple[Row, ...]) -> Json:
    shaped = [
        {"id": r.id, "title": r.title, **({"description": r.description} if r.description else {})}
        for r in rows
    ]
    return {**({"title": title} if title else {}), "rows": shaped}
