"""Figures for Prometheus: what came in, was answered, went out, or was set aside."""

from collections.abc import Iterable

from prometheus_client import Counter, Gauge

WEBHOOKS = Counter("ventanilla_webhooks", "Webhooks by the answer they got", ["status"])
FORMS = Counter("ventanilla_form_pages", "Pages of forms by the answer they got", ["status"])
FORM_FAULTS = Counter("ventanilla_form_faults", "What phones could not show of a form")
TURNS = Counter("ventanilla_turns", "Messages of people that were answered")
SENT = Counter("ventanilla_messages_sent", "Messages sent to people")
SET_ASIDE = Counter("ventanilla_messages_set_aside", "Messages that broke the program")
ALARM = Gauge("ventanilla_alarm", "1 while an operator has to act", ["what"])
ATTENDED = Counter("ventanilla_typing_indicators", "Turns that took so long that the person was shown it")
KEPT = Counter("ventanilla_updates_kept", "Updates that no turn acts upon, kept as they came", ["kind"])

_KINDS_AT_MOST = 50
_kinds: set[str] = set()


def count_kept(kinds: Iterable[str]) -> None:
    """Kinds are Meta's words, and there may be ever more of them: after the first fifty it is `other`."""
    for kind in kinds:
        if len(_kinds) < _KINDS_AT_MOST:
            _kinds.add(kind)
        KEPT.labels(kind if kind in _kinds else "other").inc()
