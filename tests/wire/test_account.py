from typing import Any

import pytest

from ventanilla.core.notices import Severity
from ventanilla.core.templates import TemplateUpdate
from ventanilla.wire.whatsapp.account import notice, template_update
from ventanilla.words import LANGUAGES, words

NAMED = {"message_template_name": "muestra", "message_template_language": "es_MX"}


@pytest.mark.parametrize(
    ("field", "value", "event", "reason"),
    [
        ("message_template_status_update", {"event": "APPROVED", "reason": "NONE"}, "APPROVED", ""),
        ("message_template_status_update", {"event": "REJECTED", "reason": "SCAM"}, "REJECTED", "SCAM"),
        (
            "message_template_status_update",
            {"event": "rejected", "rejection_info": {"reason": "why"}},
            "REJECTED",
            "why",
        ),
        ("message_template_status_update", {"event": "PAUSED"}, "PAUSED", ""),
        ("message_template_quality_update", {"new_quality_score": "RED"}, "QUALITY", "RED"),
        ("template_category_update", {"new_category": "MARKETING"}, "CATEGORY", "MARKETING"),
        ("message_template_components_update", {}, "COMPONENTS", "edited"),
    ],
)
def test_news_of_templates_say_which_one_and_what(
    field: str, value: dict[str, Any], event: str, reason: str
) -> None:
    expected = TemplateUpdate("muestra", "es_MX", event, reason)
    assert template_update(field, NAMED | value) == expected
    assert template_update(field, value) is None


def test_news_of_templates_that_say_nothing_are_none() -> None:
    assert template_update("message_template_status_update", NAMED) is None
    assert template_update("template_category_update", NAMED | {"correct_category": "MARKETING"}) is None
    assert template_update("account_update", NAMED | {"event": "X"}) is None


@pytest.mark.parametrize(
    ("field", "value", "severity", "says"),
    [
        ("account_update", {"event": "ACCOUNT_RESTRICTION"}, "urgent", "ACCOUNT_RESTRICTION"),
        (
            "account_update",
            {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SPAM"}},
            "urgent",
            "SPAM",
        ),
        ("account_update", {"event": "VERIFIED_ACCOUNT"}, "info", "VERIFIED_ACCOUNT"),
        ("account_update", {"event": 7}, "info", "7"),
        ("account_update", {"event": ["unreadable"]}, "info", "?"),
        ("account_review_update", {"decision": "REJECTED"}, "warning", "REJECTED"),
        ("account_alerts", {"alert_severity": "CRITICAL", "alert_type": "LIMIT"}, "urgent", "LIMIT"),
        ("account_alerts", {"alert_info": {"alert_severity": "WARNING", "alert_type": "A"}}, "warning", "A"),
        (
            "phone_number_quality_update",
            {"event": "FLAGGED", "current_limit": "TIER_1K"},
            "warning",
            "TIER_1K",
        ),
        ("phone_number_name_update", {"decision": "APPROVED", "requested_verified_name": "M"}, "info", "M"),
        ("business_capability_update", {"max_daily_conversation_per_phone": 250}, "info", "250"),
        ("business_status_update", {"event": "COMPROMISED_NOTIFICATION"}, "urgent", "COMPROMISED"),
        (
            "flows",
            {"event": "FLOW_STATUS_CHANGE", "old_status": "PUBLISHED", "new_status": "THROTTLED"},
            "warning",
            "FLOW_STATUS_CHANGE",
        ),
        (
            "flows",
            {"event": "FLOW_STATUS_CHANGE", "message": "now PUBLISHED", "new_status": "PUBLISHED"},
            "info",
            "now PUBLISHED",
        ),
        ("security", {"event": "PIN_CHANGED"}, "urgent", "PIN_CHANGED"),
    ],
)
def test_news_of_the_account_are_told_in_words_by_how_much_they_matter(
    field: str, value: dict[str, Any], severity: Severity, says: str
) -> None:
    found = notice(field, value, None)
    assert found is not None
    assert found.severity == severity
    for language in LANGUAGES:
        assert says in words(language).text(found.key, **found.args)


def test_other_fields_are_no_news_of_the_account() -> None:
    assert notice("calls", {"event": "ACCOUNT_VIOLATION"}, None) is None
