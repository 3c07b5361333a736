"""The files of `data/`, each to its values: municipalities, zones, offices, fees, rest days, aliases."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ventanilla.core.calendars import RestDay
from ventanilla.core.fees import FeeTable
from ventanilla.core.hours import USUAL, Hours, HoursFault, read_hours
from ventanilla.core.places import USABLE, Municipality, Office, everyday_state
from ventanilla.core.procedures import PROCEDURES
from ventanilla.core.tables import WHOLE, BadTable, Cells, Fault, read_rows, write_rows
from ventanilla.core.text import plain


def _columns(names: str) -> tuple[str, ...]:
    return tuple(names.split())


OFFICE_COLUMNS = _columns("""
    office_id name type state_code state municipality_code municipality address postal_code phone
    latitude longitude hours hours_basis procedures capacity capacity_basis local_fee_mxn
    local_fee_basis status status_note reliability source
""")
_MUNICIPALITY_COLUMNS = _columns("""
    state_code state municipality_code municipality latitude longitude cabecera_code cabecera
    population_2020 coord_basis
""")
_ZONE_COLUMNS = _columns("""
    state_code state municipality_code municipality iana_zone utc_offset_winter utc_offset_summer
    dst kind
""")
_REST_COLUMNS = _columns("rule_id kind month day weekday nth first_year period_years name_es source")
_FEE_COLUMNS = _columns("year validity_years fee_mxn discount50_mxn emergency_mxn source")
_KINDS = ("oficina_pasaportes", "oficina_enlace")
_STATUSES = (*sorted(USABLE), "announced", "closed", "superseded", "suspended", "suspended_reported")
_BASES = ("assumed", "reported")
_REST_NEEDS = {
    "fixed": ("month", "day"),
    "fixed_periodic": ("month", "day", "first_year", "period_years"),
    "nth_weekday": ("month", "weekday", "nth"),
    "by_law": (),
}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LATITUDES, _LONGITUDES = (10, 35), (-120, -80)
_FEE_MAX = 100_000
_CAPACITY_MAX = 500

Zones = Mapping[tuple[str, str], str]
"""(state code, municipality code) -> IANA zone; ("14", "") is the state's own."""
Towns = Mapping[tuple[str, str], Municipality]


def read_municipalities(text: str) -> tuple[Municipality, ...]:
    return read_rows(text, _MUNICIPALITY_COLUMNS, _municipality)


def _municipality(cells: Cells) -> Municipality:
    state, code = cells.text("state_code", required=True), cells.text("municipality_code", required=True)
    cells.unique("municipality_code", (state, code))
    for column in ("latitude", "longitude"):
        cells.text(column, required=True)
    return Municipality(
        state,
        code,
        cells.text("municipality", required=True),
        everyday_state(cells.text("state", required=True)),
        cells.decimal("latitude", *_LATITUDES) or 0.0,
        cells.decimal("longitude", *_LONGITUDES) or 0.0,
        cells.integer("population_2020", 0, 10_000_000, 0),
        cells.text("cabecera"),
    )


def read_zones(text: str) -> Zones:
    return dict(read_rows(text, _ZONE_COLUMNS, _zone))


def _zone(cells: Cells) -> tuple[tuple[str, str], str]:
    key = (cells.text("state_code", required=True), cells.text("municipality_code"))
    cells.unique("municipality_code", key)
    zone = cells.text("iana_zone", required=True)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        cells.wrong("iana_zone", f"{zone!r} is not a time zone of the IANA database")
    return key, zone


def zone_of(zones: Zones, state_code: str, municipality_code: str) -> str:
    return zones.get((state_code, municipality_code)) or zones[(state_code, "")]


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office, and the row it came from, which is what export writes back."""

    office: Office
    cells: tuple[str, ...]


def read_offices(text: str, towns: Towns, zones: Zones) -> tuple[OfficeRow, ...]:
    """Raises `BadTable`."""
    rows = read_rows(text, OFFICE_COLUMNS, lambda cells: _office(cells, towns, zones))
    if not rows:
        raise BadTable([Fault(1, WHOLE, "the file has no offices")])
    return rows


def _office(cells: Cells, towns: Towns, zones: Zones) -> OfficeRow:
    office_id, status = cells.text("office_id", required=True), cells.one_of("status", _STATUSES)
    cells.unique("office_id", office_id)
    state, town = _town(cells, towns, zones, must=status in USABLE)
    latitude, longitude = cells.decimal("latitude", *_LATITUDES), cells.decimal("longitude", *_LONGITUDES)
    for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if cells.text(one) and not cells.text(other):
            cells.wrong(other, f"it is empty although there is a {one}")
    fee = cells.text("local_fee_mxn")
    office = Office(
        id=office_id,
        name=cells.text("name", required=True),
        kind=cells.one_of("type", _KINDS),
        state_code=state,
        state=everyday_state(cells.text("state", required=True)),
        municipality_code=cells.text("municipality_code"),
        municipality=cells.text("municipality"),
        address=cells.text("address"),
        postal_code=cells.text("postal_code"),
        phone=cells.text("phone"),
        latitude=latitude,
        longitude=longitude,
        lat=latitude if latitude is not None else town.lat if town else 0.0,
        lon=longitude if longitude is not None else town.lon if town else 0.0,
        zone=zone_of(zones, state, cells.text("municipality_code")) if (state, "") in zones else "UTC",
        hours=_hours(cells),
        hours_assumed=not cells.text("hours") or cells.one_of("hours_basis", _BASES) == "assumed",
        procedures=_procedures(cells),
        capacity=cells.integer("capacity", 1, _CAPACITY_MAX),
        capacity_assumed=cells.one_of("capacity_basis", _BASES) == "assumed",
        local_fee_mxn=cells.integer("local_fee_mxn", 0, _FEE_MAX) if fee else None,
        status=status,
        note=cells.text("status_note"),
    )
    return OfficeRow(office, tuple(cells.text(c) for c in OFFICE_COLUMNS))


def _town(cells: Cells, towns: Towns, zones: Zones, *, must: bool) -> tuple[str, Municipality | None]:
    state, code = cells.text("state_code", required=True), cells.text("municipality_code")
    town = towns.get((state, code))
    if state and (state, "") not in zones:
        cells.wrong("state_code", f"{state!r} is not a state of the catalogue (01 to 32)")
    elif code and town is None:
        cells.wrong("municipality_code", f"{code!r} is not a municipality of state {state}")
    elif not code and must:
        cells.wrong("municipality_code", "an open office needs its municipality")
    elif town is not None:
        _same_place(cells, town)
    return state, town


def _same_place(cells: Cells, town: Municipality) -> None:
    """A slip in a code would move an office to another place: the names beside it must agree."""
    if plain(everyday_state(cells.text("state", required=True))) != plain(town.state):
        cells.wrong("state", f"{town.state_code} is {town.state}")
    said, known = plain(cells.text("municipality", required=True)), plain(town.name)
    if said not in known and known not in said:
        cells.wrong("municipality", f"{town.code} of {town.state} is {town.name}")


def _hours(cells: Cells) -> Hours:
    """The usual ones where there are none."""
    if not cells.text("hours"):
        return USUAL
    found = read_hours(cells.text("hours"))
    if isinstance(found, HoursFault):
        cells.wrong("hours", f"{found.found!r}: {found.reason}")
        return USUAL
    return found


def _procedures(cells: Cells) -> frozenset[str]:
    named = cells.text("procedures", required=True).split()
    for name in named:
        if name not in PROCEDURES:
            cells.wrong("procedures", f"{name!r} is none of {', '.join(PROCEDURES)}")
    return frozenset(named)


def write_offices(rows: Sequence[Sequence[str]]) -> str:
    """The cells of `OfficeRow`s; what `read_offices` takes back."""
    return write_rows(OFFICE_COLUMNS, rows)


def read_fees(text: str) -> FeeTable:
    amounts: dict[tuple[int, int, bool], int] = {}
    for year, validity, full, half in read_rows(text, _FEE_COLUMNS, _fee):
        amounts[(year, validity, False)] = full
        if half:
            amounts[(year, validity, True)] = half
    return FeeTable(amounts)


def _fee(cells: Cells) -> tuple[int, int, int, int]:
    year, validity = cells.integer("year", 2000, 2100), cells.integer("validity_years", 1, 10)
    cells.unique("validity_years", (year, validity))
    full = cells.integer("fee_mxn", 1, _FEE_MAX)
    return year, validity, full, cells.integer("discount50_mxn", 0, full, 0)


def read_rest_days(text: str) -> tuple[RestDay, ...]:
    return read_rows(text, _REST_COLUMNS, _rest_day)


def _rest_day(cells: Cells) -> RestDay:
    cells.unique("rule_id", cells.text("rule_id", required=True))
    kind, weekday = cells.one_of("kind", tuple(_REST_NEEDS)), cells.text("weekday")
    for column in _REST_NEEDS.get(kind, ()):
        cells.text(column, required=True)
    if weekday:
        cells.one_of("weekday", _WEEKDAYS)
    month, day = cells.integer("month", 1, 12, 0), cells.integer("day", 1, 31, 0)
    if day > 28 and day > _last_day(month):
        cells.wrong("day", f"month {month} does not have it every year")
    return RestDay(
        cells.text("rule_id"),
        kind,
        month,
        day,
        _WEEKDAYS.index(weekday) if weekday in _WEEKDAYS else -1,
        # The fifth Monday is missing in most months.
        cells.integer("nth", 1, 4, 0),
        cells.integer("first_year", 1917, 2100, 0),
        cells.integer("period_years", 1, 100, 0),
        cells.text("name_es", required=True),
    )


def _last_day(month: int) -> int:
    """Of a year that is not a leap year; 31 where no month is given."""
    return monthrange(2026, month)[1] if month else 31


def read_aliases(text: str) -> tuple[tuple[str, str, str], ...]:
    """(alias, state code, municipality code); an empty municipality means the whole state."""
    columns = ("alias", "state_code", "municipality_code")
    return read_rows(
        text,
        columns,
        lambda c: (
            c.text("alias", required=True),
            c.text("state_code", required=True),
            c.text("municipality_code"),
        ),
    )
