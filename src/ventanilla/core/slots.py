"""Places of a day, from an office's hours in its own time zone."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ventanilla.core.calendars import is_open
from ventanilla.core.places import Office

EVERY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Slot:
    """`starts_at` in UTC."""

    starts_at: datetime
    capacity: int


def slots_of_day(
    office: Office, day: date, rest: Container[date], closures: Container[tuple[str, date]] = frozenset()
) -> tuple[Slot, ...]:
    """Ascending, every 15 minutes of the office's wall clock; the last one ends by closing time.

    Where the clock changes inside the hours, times that it skips are left out and times that it
    shows twice are given once: nobody can be asked to come at a time that is not there, or is two.
    """
    if not is_open(office, day, rest, closures):
        return ()
    zone = ZoneInfo(office.zone)
    return tuple(
        Slot(moment, office.capacity)
        for span in office.hours.days[day.weekday()]
        for moment in _starts(datetime.combine(day, span.open), datetime.combine(day, span.close), zone)
    )


def _starts(opens: datetime, closes: datetime, zone: ZoneInfo) -> list[datetime]:
    walls = [opens + n * EVERY for n in range((closes - opens) // EVERY)]
    offset = zone.utcoffset(opens)
    # With the later reading of closing time, equal offsets mean that no change lies in between.
    if offset is not None and offset == zone.utcoffset(closes.replace(fold=1)):
        return [(wall - offset).replace(tzinfo=UTC) for wall in walls]
    moments = [(wall, wall.replace(tzinfo=zone).astimezone(UTC)) for wall in walls]
    return [moment for wall, moment in moments if moment.astimezone(zone).replace(tzinfo=None) == wall]
