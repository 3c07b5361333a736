"""When places become everybody's: at random moments, so that being fast or steering a place to somebody
is worth nothing (FAIRNESS 5.3 and 5.4). `chance`: uniform in [0, 1)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ventanilla.core.booking import Rules

_DAY = timedelta(days=1)
_HOUR, _ASIDE = timedelta(hours=1), timedelta(minutes=3)


def opens_at(starts_at: datetime, zone: str, chance: float, rules: Rules) -> datetime:
    """In UTC: a new place comes out in the waking hours of the day after it enters the horizon, as the office
    there reckons days. At night it would wait for whoever is up first."""
    enters = (starts_at - timedelta(days=rules.horizon_days)).astimezone(ZoneInfo(zone))
    first, last = _awake(enters + _DAY, rules)
    return _off_the_hour(first + chance * (last - first), chance)


def _awake(local: datetime, rules: Rules) -> tuple[datetime, datetime]:
    """Half-open, in UTC: from the end of the night of that day to the next one; the day, if there is none."""
    wakes, sleeps = rules.quiet_to, rules.quiet_from
    if wakes == sleeps:
        wakes = sleeps = time(0)
    until = local if wakes < sleeps else local + _DAY
    first, last = (
        datetime.combine(day.date(), clock, local.tzinfo).astimezone(UTC)
        for day, clock in ((local, wakes), (until, sleeps))
    )
    return first, last


def back_at(given_at: datetime, starts_at: datetime, chance: float, rules: Rules) -> datetime:
    """A place given back: never at once, but sooner the nearer its day; at once in the last hours."""
    left = starts_at - given_at
    if left <= rules.release_near:
        return given_at
    most = min(rules.release_most, left * rules.release_share)
    least = min(rules.release_least, most)
    return _off_the_hour(given_at + least + chance * (most - least), chance)


def _off_the_hour(moment: datetime, chance: float) -> datetime:
    """Nobody should wait for a full hour: what falls within three minutes of one comes up to seven later."""
    past = timedelta(minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
    if _ASIDE <= past < _HOUR - _ASIDE:
        return moment
    return moment + 2 * _ASIDE + chance * timedelta(minutes=1)
