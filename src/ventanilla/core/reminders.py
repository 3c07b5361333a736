"""When people are reminded of an appointment, and in which words (FAIRNESS 5.6, decision 0014)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from ventanilla.core.booking import Rules

Kind = Literal["days", "hours", "again", "morning"]
"""Days before · hours before, when they are asked whether they come · asked a second time, as nobody
answered · on the day itself."""
Wording = Literal["cost", "plain", "going", "today"]
"""Two that are measured against each other, with what a missed place costs and without it · for whoever
said that they come · of the day itself."""
Answer = Literal["going", "change", "cancel"]

APART = timedelta(hours=8)
"""Nobody is reminded of one appointment twice within so long, nor so soon after booking or moving it."""
HEARD_FOR = timedelta(hours=48)
"""So long after a reminder a plain "voy" is an answer to it."""
TOGETHER = timedelta(hours=6)
"""Of a family, those who begin within so long of the first are reminded with the first, in one message."""
TOO_LATE = timedelta(minutes=30)
"""Before it begins: who has not left home by then does not come in time anyway."""
_LATE = timedelta(days=1)
"""A stop of ours so long is made up for; what should have gone out before is not said any more."""
_DAY, _HALF_A_DAY = timedelta(days=1), timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Span:
    """Appointments that begin after `after` and not after `until` (both UTC) are due this reminder now, if
    they were booked at least `known_for` before they begin."""

    kind: Kind
    after: datetime
    until: datetime
    known_for: timedelta = timedelta(0)


def is_quiet(now: datetime, zone: str, rules: Rules) -> bool:
    """At night in that zone. The same hour twice in the settings: there is no night."""
    clock, start, end = now.astimezone(ZoneInfo(zone)).time(), rules.quiet_from, rules.quiet_to
    return start <= clock < end if start <= end else clock >= start or clock < end


def night_ends_at(now: datetime, zone: str, rules: Rules) -> datetime | None:
    """In UTC; None: it is not night."""
    if not is_quiet(now, zone, rules):
        return None
    local = now.astimezone(ZoneInfo(zone))
    day = local.date() + (_DAY if local.time() >= rules.quiet_to else timedelta(0))
    return datetime.combine(day, rules.quiet_to, local.tzinfo).astimezone(UTC)


def spans(now: datetime, zone: str, rules: Rules) -> tuple[Span, ...]:
    """What is due now at the offices of a zone.

    What falls into the night is due when the night ends. The morning of the day has an hour of its own,
    which may lie before that end.
    """
    local = now.astimezone(ZoneInfo(zone))
    night = is_quiet(now, zone, rules)
    found = () if night else (*_days(local, rules), *_hours(local, rules))
    dawn = not night or local.time() < rules.quiet_to
    return tuple(s for s in (*found, *(_morning(local, rules) if dawn else ())) if s.after < s.until)


def _days(local: datetime, rules: Rules) -> tuple[Span, ...]:
    """At the same hour of the clock; not where the question follows within a day."""
    if not rules.remind_days:
        return ()
    ahead = timedelta(days=rules.remind_days)
    until = (local + ahead).astimezone(UTC)
    after = max(until - _LATE, local.astimezone(UTC) + timedelta(hours=rules.remind_hours) + _DAY)
    return (Span("days", after, until, ahead + _DAY),)


def _hours(local: datetime, rules: Rules) -> tuple[Span, ...]:
    """The second try comes when half of the time has passed, and not in the last quarter of it."""
    now, ahead = local.astimezone(UTC), timedelta(hours=rules.remind_hours)
    return (
        Span("hours", now + ahead / 2, now + ahead, ahead + _HALF_A_DAY),
        Span("again", now + ahead / 4, now + ahead / 2),
    )


def _morning(local: datetime, rules: Rules) -> tuple[Span, ...]:
    if local.time() < rules.remind_morning:
        return ()
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + _DAY
    return (Span("morning", local.astimezone(UTC) + TOO_LATE, midnight.astimezone(UTC)),)


def wording(kind: Kind, key: bytes, *, going: bool) -> Wording:
    """`key`: of the appointment, so that half of them get each variant, and always the same one."""
    if going:
        return "going"
    if kind == "morning":
        return "today"
    return "cost" if key[0] % 2 else "plain"
