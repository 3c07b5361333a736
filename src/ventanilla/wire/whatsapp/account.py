"""What Meta tells of our templates, account, number and business."""

from datetime import datetime

import msgspec

from ventanilla.core.notices import ChannelNotice, Severity
from ventanilla.core.templates import TemplateUpdate
from ventanilla.wire.whatsapp.lenient import Node, node, text

_CUT = 200
_URGENT = frozenset(
    {
        *("ACCOUNT_VIOLATION", "ACCOUNT_RESTRICTION", "DISABLED_UPDATE", "ACCOUNT_DELETED", "CRITICAL"),
        *("ACCOUNT_OFFBOARDED", "COMPROMISED_NOTIFICATION", "PIN_CHANGED", "PIN_RESET_REQUEST"),
    }
)
_WARNING = frozenset(
    {"REJECTED", "PENDING", "FLAGGED", "DOWNGRADE", "WARNING", "PARTNER_REMOVED", "BLOCKED", "THROTTLED"}
)
_KEYS = {
    "account_update": "notice-account",
    "account_review_update": "notice-account-review",
    "account_alerts": "notice-account-alert",
    "account_settings_update": "notice-account",
    "business_status_update": "notice-business",
    "business_capability_update": "notice-capability",
    "flows": "notice-form",
    "phone_number_name_update": "notice-name",
    "phone_number_quality_update": "notice-quality",
    "security": "notice-security",
}


def template_update(field: str, value: Node) -> TemplateUpdate | None:
    """None: the field is not about templates, or it does not say which one or what."""
    if field == "message_template_status_update":
        why = text(value.get("reason")) or text(node(value.get("rejection_info")).get("reason"))
        event, reason = text(value.get("event")).upper(), "" if why == "NONE" else why
    elif field == "message_template_quality_update":
        event, reason = "QUALITY", text(value.get("new_quality_score"))
    elif field == "template_category_update":
        event, reason = "CATEGORY", text(value.get("new_category"))
    elif field == "message_template_components_update":
        event, reason = "COMPONENTS", "edited"
    else:
        return None
    name, language = (text(value.get(f"message_template_{key}")) for key in ("name", "language"))
    told = name and event and (reason or field == "message_template_status_update")
    return TemplateUpdate(name, language, event, reason[:_CUT]) if told else None


def notice(field: str, value: Node, at: datetime | None) -> ChannelNotice | None:
    """None: the field is not one that staff have to know of."""
    key = _KEYS.get(field)
    if key is None:
        return None
    alert = node(value.get("alert_info"))
    level = text(value.get("alert_severity")) or text(alert.get("alert_severity"))
    event = text(value.get("event")) or text(value.get("decision")) or text(value.get("alert_type"))
    event = event or text(alert.get("alert_type"))
    violation = text(node(value.get("violation_info")).get("violation_type"))
    rejected = text(value.get("rejection_reason"))
    named = text(value.get("requested_verified_name"))
    limit = text(value.get("current_limit")) or text(value.get("max_daily_conversation_per_phone"))
    limit = limit or text(value.get("max_daily_conversations_per_business"))
    status = text(value.get("new_status"))
    told = [
        violation,
        rejected,
        named,
        limit,
        text(alert.get("alert_description")),
        text(value.get("message")),
    ]
    details = "; ".join(part for part in told if part and part != "NONE")
    args = {"event": event[:_CUT] or "?", "details": details[:_CUT] or "-"}
    return ChannelNotice(field, _severity(level, status or event), key, args, at, msgspec.json.encode(value))


def _severity(level: str, event: str) -> Severity:
    said = {level.upper(), event.upper()}
    return "urgent" if said & _URGENT else "warning" if said & _WARNING else "info"
