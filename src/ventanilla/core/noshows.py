"""What follows from missed appointments: for a while only near places, never the loss of a right.

FAIRNESS 5.7. What our own failures, closures and days on which the desk wrote nobody down left behind never
counts: such appointments are `past`, not missed.
"""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ventanilla.core.booking import Rules


def limited_until(missed: Sequence[datetime], now: datetime, rules: Rules) -> datetime | None:
    """Until when this person books only near places; None: they choose among all. Unordered is fine."""
    if not 0 < rules.no_shows <= len(missed):
        return None
    # From then on fewer than the limit are inside the window.
    until = sorted(missed)[-rules.no_shows] + rules.no_show_window
    return until if until > now else None


def last_near_day(now: datetime, zone: ZoneInfo, rules: Rules) -> date:
    """In the office's own calendar."""
    return (now + rules.no_show_near).astimezone(zone).date()


def may_book(
    missed: Sequence[datetime], starts_at: datetime, zone: ZoneInfo, now: datetime, rules: Rules
) -> bool:
    if limited_until(missed, now, rules) is None:
        return True
    return starts_at.astimezone(zone).date() <= last_near_day(now, zone, rules)
