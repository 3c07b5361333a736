"""What Meta sends, in each shape that has been seen: one sample each, and what is to come of it.

All values are samples of our own. A case is made anew for each person (`Who`), so that many of them go
into one batch without meeting each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Who:
    n: int

    @property
    def phone(self) -> str:
        return f"52155{self.n:08}"

    @property
    def new_phone(self) -> str:
        return f"52133{self.n:08}"

    @property
    def scoped(self) -> str:
        return f"MX.{self.n:014}"

    @property
    def parent(self) -> str:
        return f"MX.ENT.{self.n:014}"

    def id(self, k: int = 0) -> str:
        return f"wamid.in.{self.n}.{k}"


@dataclass(frozen=True, slots=True)
class Case:
    """How many of each come of it. `raw`: kinds in order; `replies`: messages that are answered."""

    make: Callable[[Who], Node]
    messages: int = 0
    statuses: int = 0
    raw: tuple[str, ...] = ()
    changes: int = 0
    templates: int = 0
    notices: int = 0
    replies: int = 0


METADATA = {"display_phone_number": "5215500000000", "phone_number_id": "100000000000001"}
AT = 1_795_000_000


def body(*changes: tuple[str, Node], **entry: Any) -> Node:
    told = [{"field": field, "value": value} for field, value in changes]
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "200000000000002", "changes": told, **entry}],
    }


def value(*messages: Node, **more: Any) -> Node:
    found = {"messaging_product": "whatsapp", "metadata": METADATA, **more}
    return {**found, "messages": list(messages)} if messages else found


def contact(who: Who, **more: Any) -> Node:
    return {"profile": {"name": "Persona de muestra"}, "wa_id": who.phone, **more}


def known(who: Who) -> Node:
    return contact(who, user_id=who.scoped, parent_user_id=who.parent)


def message(who: Who, kind: str, k: int = 0, /, **content: Any) -> Node:
    return {"from": who.phone, "id": who.id(k), "timestamp": str(AT + k), "type": kind, **content}


def text(who: Who, k: int = 0, **more: Any) -> Node:
    return message(who, "text", k, text={"body": "hola"}, **more)


def file(**more: Any) -> Node:
    return {
        "id": "300000000000003",
        "mime_type": "application/octet-stream",
        "sha256": "bXVlc3RyYQ==",
        **more,
    }


def status(who: Who, told: str, **more: Any) -> Node:
    return {
        "id": f"wamid.out.{who.n}",
        "status": told,
        "timestamp": str(AT),
        "recipient_id": who.phone,
        **more,
    }


def error(code: int) -> Node:
    return {"code": code, "title": "Muestra", "message": "Muestra", "error_data": {"details": "De muestra"}}


def said(kind: str, **content: Any) -> Callable[[Who], Node]:
    """One message of this kind from somebody known by everything."""
    return lambda who: body(
        ("messages", value(message(who, kind, **{kind: content or file()}), contacts=[known(who)]))
    )


def forwarded(kind: str, content: Node) -> Callable[[Who], Node]:
    context = {"forwarded": True}
    return lambda who: body(
        ("messages", value(message(who, kind, context=context, **{kind: content}), contacts=[known(who)]))
    )


def answered(**interactive: Any) -> Callable[[Who], Node]:
    context = {"from": METADATA["display_phone_number"], "id": "quoted"}
    return lambda who: body(
        (
            "messages",
            value(
                message(who, "interactive", context=context, interactive=interactive), contacts=[known(who)]
            ),
        )
    )


def told(field: str, **facts: Any) -> Callable[[Who], Node]:
    return lambda who: body((field, {"sample": who.n, **facts}), time=AT)


def delivered(how: str, **more: Any) -> Callable[[Who], Node]:
    return lambda who: body(("messages", value(statuses=[status(who, how, **more)], contacts=[known(who)])))


def moved(kind: str, *, sender: bool = True, phone: bool = True, ids: bool = True) -> Callable[[Who], Node]:
    def make(who: Who) -> Node:
        system: Node = {"type": kind, "body": "Una persona de muestra cambió"}
        if phone:
            system["wa_id"] = who.new_phone
        if ids:
            system |= {"previous_user_id": who.scoped, "user_id": f"{who.scoped}9"}
        made = message(who, "system", system=system)
        return body(("messages", value(made if sender else {k: v for k, v in made.items() if k != "from"})))

    return make


def template(event: str) -> Node:
    return {
        "event": event,
        "message_template_id": 400000000000004,
        "message_template_name": "muestra",
        "message_template_language": "es_MX",
    }


REFERRAL = {"source_url": "https://muestra.example", "source_type": "ad", "headline": "Muestra"}
PLACE = {"latitude": 19.4, "longitude": -99.1, "name": "Muestra", "address": "Calle de muestra 1"}
CARDS = [{"name": {"formatted_name": "Muestra"}, "phones": [{"phone": "+52 55 0000 0000"}]}]
SENT = {"conversation": {"id": "c", "origin": {"type": "service"}}, "pricing": {"category": "service"}}

CASES: Mapping[str, Case] = {
    "text": Case(lambda w: body(("messages", value(text(w), contacts=[known(w)]))), messages=1, replies=1),
    "text, phone only": Case(
        lambda w: body(("messages", value(text(w), contacts=[contact(w)]))), messages=1, replies=1
    ),
    "text, no contacts": Case(lambda w: body(("messages", value(text(w)))), messages=1, replies=1),
    "text, scoped id only": Case(
        lambda w: {
            "entry": [
                {
                    "changes": [
                        {
                            "value": {
                                "contacts": [{"profile": {"name": "Muestra"}, "user_id": w.scoped}],
                                "messages": [
                                    {
                                        "from_user_id": w.scoped,
                                        "id": w.id(),
                                        "timestamp": str(AT),
                                        "type": "text",
                                        "text": {"body": "hola"},
                                    }
                                ],
                            }
                        }
                    ]
                }
            ]
        },
        messages=1,
        replies=1,
    ),
    "text, username and parent": Case(
        lambda w: body(
            (
                "messages",
                value(
                    {
                        "from_user_id": w.scoped,
                        "from_parent_user_id": w.parent,
                        "id": w.id(),
                        "timestamp": str(AT),
                        "type": "text",
                        "text": {"body": "hola"},
                    },
                    contacts=[
                        {
                            "profile": {"name": "Muestra", "username": "muestra"},
                            "user_id": w.scoped,
                            "parent_user_id": w.parent,
                        }
                    ],
                ),
            )
        ),
        messages=1,
        replies=1,
    ),
    "text, forwarded": Case(forwarded("text", {"body": "hola"}), messages=1, replies=1),
    "text, about a product": Case(
        lambda w: body(
            (
                "messages",
                value(
                    text(w, context={"id": "quoted", "referred_product": {"catalog_id": "1"}}),
                    contacts=[contact(w)],
                ),
            )
        ),
        messages=1,
        replies=1,
    ),
    "text, from an advertisement": Case(
        lambda w: body(("messages", value(text(w, referral=REFERRAL), contacts=[known(w)]))),
        messages=1,
        replies=1,
    ),
    "text, numbers as numbers": Case(
        lambda w: body(
            (
                "messages",
                value({**text(w), "from": int(w.phone), "timestamp": AT}, contacts=[known(w)]),
            )
        ),
        messages=1,
        replies=1,
    ),
    "text, objects for lists": Case(
        lambda w: {"entry": {"changes": {"field": "messages", "value": {"messages": text(w)}}}},
        messages=1,
        replies=1,
    ),
    "text, several contacts": Case(
        lambda w: body(
            (
                "messages",
                value(text(w), contacts=[{"wa_id": "12025550123", "user_id": "US.1"}, known(w)]),
            )
        ),
        messages=1,
        replies=1,
    ),
    "text and reaction": Case(
        lambda w: body(
            (
                "messages",
                value(
                    text(w),
                    message(w, "reaction", 1, reaction={"message_id": "quoted", "emoji": "👍"}),
                    contacts=[contact(w)],
                ),
            )
        ),
        messages=2,
        raw=("message.reaction",),
        replies=1,
    ),
    "three changes": Case(
        lambda w: body(
            (
                "messages",
                value(
                    text(w),
                    {"from": w.phone, "id": w.id(1), "timestamp": str(AT), "location": PLACE},
                    contacts=[contact(w)],
                ),
            ),
            (
                "messages",
                value(
                    message(w, "reaction", 2, reaction={"emoji": "👍"}),
                    message(w, "sticker", 3, sticker=file()),
                    contacts=[contact(w)],
                ),
            ),
            ("user_preferences", value(user_preferences=[{"wa_id": w.phone, "value": "stop"}])),
        ),
        messages=4,
        raw=("message.", "message.reaction", "user_preferences"),
        replies=3,
    ),
    "message and status in one": Case(
        lambda w: body(
            ("messages", value(text(w), statuses=[status(w, "read")], contacts=[known(w)])),
        ),
        messages=1,
        statuses=1,
        replies=1,
    ),
    "image": Case(said("image"), messages=1, replies=1),
    "image, with caption": Case(said("image", **file(caption="Muestra")), messages=1, replies=1),
    "audio": Case(said("audio"), messages=1, replies=1),
    "audio, forwarded": Case(forwarded("audio", file(voice=False)), messages=1, replies=1),
    "video, forwarded": Case(forwarded("video", file(caption="Muestra")), messages=1, replies=1),
    "document": Case(said("document", **file(filename="muestra.pdf")), messages=1, replies=1),
    "sticker": Case(said("sticker", **file(animated=False)), messages=1, replies=1),
    "location": Case(said("location", **PLACE), messages=1, replies=1),
    "location, forwarded": Case(forwarded("location", {"latitude": 1.5, "longitude": "2"}), 1, replies=1),
    "location, no type": Case(
        lambda w: body(("messages", value({**message(w, ""), "location": PLACE}, contacts=[contact(w)]))),
        messages=1,
        raw=("message.",),
        replies=1,
    ),
    "contacts": Case(
        lambda w: body(("messages", value(message(w, "contacts", contacts=CARDS), contacts=[known(w)]))),
        messages=1,
        replies=1,
    ),
    "contacts, from an advertisement": Case(
        lambda w: body(
            (
                "messages",
                value(
                    message(w, "contacts", contacts=CARDS, referral=REFERRAL, from_user_id=w.scoped),
                    contacts=[contact(w, user_id=w.scoped)],
                ),
            )
        ),
        messages=1,
        replies=1,
    ),
    "order": Case(said("order", catalog_id="1", product_items=[]), messages=1, replies=1),
    "button": Case(said("button", payload="muestra", text="Muestra"), messages=1, replies=1),
    "button reply": Case(
        answered(type="button_reply", button_reply={"id": "menu:book", "title": "Agendar"}), 1, replies=1
    ),
    "list reply": Case(
        answered(type="list_reply", list_reply={"id": "muestra", "title": "Muestra"}), 1, replies=1
    ),
    "call permission": Case(
        answered(type="call_permission_reply", call_permission_reply={"response": "accept"}),
        messages=1,
        raw=("message.interactive",),
    ),
    "interactive with nothing in it": Case(
        lambda w: body(
            ("messages", value(message(w, "interactive"), contacts=[known(w)], errors=[error(131000)])),
        ),
        messages=1,
        raw=("message.interactive", "error"),
    ),
    "reaction": Case(
        said("reaction", message_id="quoted", emoji="😮"), messages=1, raw=("message.reaction",)
    ),
    "edit, with somebody else's contact": Case(
        lambda w: body(
            (
                "messages",
                value(
                    message(w, "edit", edit={"original_message_id": "quoted"}),
                    contacts=[{"wa_id": "12025550199", "user_id": "US.2"}],
                ),
            )
        ),
        messages=1,
        raw=("message.edit",),
    ),
    "unsupported": Case(
        lambda w: body(
            ("messages", value(message(w, "unsupported", errors=[error(131051)]), contacts=[known(w)])),
        ),
        messages=1,
        raw=("message.unsupported", "error"),
        replies=1,
    ),
    "unknown": Case(
        lambda w: body(
            ("messages", value(message(w, "unknown", errors=[error(131051)]), contacts=[contact(w)])),
        ),
        messages=1,
        raw=("message.unknown", "error"),
        replies=1,
    ),
    "a kind of next year": Case(said("hologram"), messages=1, raw=("message.hologram",), replies=1),
    "nobody wrote it": Case(
        lambda w: body(("messages", value({"id": w.id(), "type": "text", "text": {"body": "hola"}}))),
        raw=("message.text",),
    ),
    "a placeholder for a phone": Case(
        lambda w: body(("messages", value({**text(w), "from": "PHONE_NUMBER"}))), raw=("message.text",)
    ),
    "moved to another number": Case(
        moved("user_changed_number", ids=False), raw=("message.system",), changes=1
    ),
    "moved, with both ids": Case(moved("user_changed_number"), raw=("message.system",), changes=1),
    "moved, by ids only": Case(
        moved("user_changed_number", sender=False), raw=("message.system",), changes=1
    ),
    "a new scoped id": Case(
        moved("user_changed_user_id", sender=False, phone=False), raw=("message.system",), changes=1
    ),
    "a system message of another kind": Case(
        moved("customer_identity_changed", phone=False, ids=False), raw=("message.system",)
    ),
    "a new scoped id, as a field": Case(
        lambda w: body(
            (
                "user_id_update",
                value(
                    user_id_update=[
                        {
                            "wa_id": w.phone,
                            "detail": "Muestra",
                            "user_id": {"previous": w.scoped, "current": f"{w.scoped}9"},
                            "parent_user_id": {"previous": w.parent, "current": f"{w.parent}9"},
                            "timestamp": str(AT),
                        }
                    ]
                ),
            )
        ),
        raw=("user_id_update",),
        changes=1,
    ),
    "sent": Case(delivered("sent", **SENT), statuses=1),
    "delivered": Case(delivered("delivered", **SENT), statuses=1),
    "read": Case(delivered("read", **SENT), statuses=1),
    "played": Case(delivered("played"), statuses=1),
    "failed": Case(delivered("failed", errors=[error(130472)]), statuses=1),
    "failed, no contacts": Case(
        lambda w: body(("messages", value(statuses=[status(w, "failed", errors=[error(131053)])]))),
        statuses=1,
    ),
    "a status of next year": Case(delivered("admired"), raw=("status",)),
    "errors alone": Case(lambda w: body(("messages", value(errors=[error(131000)]))), raw=("error",)),
    "ringing": Case(
        lambda w: body(
            (
                "calls",
                value(statuses=[{"id": f"wacid.{w.n}", "type": "call", "status": "RINGING"}]),
            )
        ),
        raw=("calls",),
    ),
    "group members": Case(
        told("group_participants_update", groups=[{"type": "add"}]), raw=("group_participants_update",)
    ),
    "group settings": Case(
        told("group_settings_update", groups=[{"type": "set"}]), raw=("group_settings_update",)
    ),
    "echo of the app": Case(
        lambda w: body(("smb_message_echoes", value(message_echoes=[text(w)]))), raw=("smb_message_echoes",)
    ),
    "preferences": Case(
        told("user_preferences", user_preferences=[{"value": "resume", "timestamp": AT}]),
        raw=("user_preferences",),
    ),
    "template rejected": Case(
        told("message_template_status_update", **template("REJECTED"), reason="INVALID_FORMAT"),
        raw=("message_template_status_update",),
        templates=1,
    ),
    "template quality": Case(
        told("message_template_quality_update", **template(""), new_quality_score="YELLOW"),
        raw=("message_template_quality_update",),
        templates=1,
    ),
    "template category": Case(
        told("template_category_update", **template(""), new_category="MARKETING"),
        raw=("template_category_update",),
        templates=1,
    ),
    "template edited": Case(
        told("message_template_components_update", **template(""), message_template_element="Muestra"),
        raw=("message_template_components_update",),
        templates=1,
    ),
    "template without a name": Case(
        told("message_template_status_update", event="APPROVED"), raw=("message_template_status_update",)
    ),
    "account reviewed": Case(told("account_review_update", decision="APPROVED"), notices=1),
    "account left": Case(told("account_update", event="ACCOUNT_OFFBOARDED"), notices=1),
    "account against the rules": Case(
        told("account_update", event="ACCOUNT_VIOLATION", violation_info={"violation_type": "SPAM"}),
        notices=1,
    ),
    "account in another country": Case(
        told("account_update", event="BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", country="MX"), notices=1
    ),
    "account with a partner": Case(told("account_update", event="PARTNER_ADDED", waba_info={}), notices=1),
    "account certified": Case(
        told("account_update", event="PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE"), notices=1
    ),
    "account priced": Case(
        told("account_update", event="VOLUME_BASED_PRICING_TIER_UPDATE", volume_tier_info={}), notices=1
    ),
    "account alert": Case(
        told("account_alerts", alert_info={"alert_severity": "WARNING", "alert_type": "LIMIT"}), notices=1
    ),
    "form throttled": Case(
        told("flows", event="FLOW_STATUS_CHANGE", new_status="THROTTLED", message="x", flow_id="7"), notices=1
    ),
    "name decided": Case(
        told("phone_number_name_update", decision="APPROVED", requested_verified_name="Muestra"), notices=1
    ),
    "quality fell": Case(
        told("phone_number_quality_update", event="FLAGGED", current_limit="TIER_1K"), notices=1
    ),
    "limits changed": Case(
        told("business_capability_update", max_daily_conversation_per_phone=1000), notices=1
    ),
    "business compromised": Case(told("business_status_update", event="COMPROMISED_NOTIFICATION"), notices=1),
    "pin changed": Case(told("security", event="PIN_CHANGED"), notices=1),
    "a field of next year": Case(told("holograms", a=[1]), raw=("holograms",)),
    "nothing at all": Case(lambda w: {}, raw=("empty",)),
}
