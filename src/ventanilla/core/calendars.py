"""Rest days by law (LFT art. 74), from rules to dates of a year."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ventanilla.core.places import Office


@dataclass(frozen=True, slots=True)
class RestDay:
    """`fixed` (month, day), `fixed_periodic` (also every `period` years from `first_year`) or
    `nth_weekday` (month, weekday 0 = Monday, nth). Other kinds have no date that can be computed."""

    id: str
    kind: str
    month: int
    day: int
    weekday: int
    nth: int
    first_year: int
    period: int
    name: str


def rest_days(rules: Sequence[RestDay], year: int) -> Mapping[date, str]:
    found = ((_date(rule, year), rule.name) for rule in rules)
    return dict(sorted((day, name) for day, name in found if day is not None))


def _date(rule: RestDay, year: int) -> date | None:
    match rule.kind:
        case "fixed":
            return date(year, rule.month, rule.day)
        case "fixed_periodic":
            due = year >= rule.first_year and (year - rule.first_year) % rule.period == 0
            return date(year, rule.month, rule.day) if due else None
        case "nth_weekday":
            first = date(year, rule.month, 1)
            return first + timedelta((rule.weekday - first.weekday()) % 7 + 7 * (rule.nth - 1))
        case _:
            return None


def is_open(
    office: Office, day: date, rest: Container[date], closures: Container[tuple[str, date]] = frozenset()
) -> bool:
    """Rest days by law close seven-day offices as well (an assumption: no source says otherwise).
    December has no other: passport offices close on the 25th, and on 1 January (DOMAIN section 7)."""
    return bool(office.hours.days[day.weekday()]) and day not in rest and (office.id, day) not in closures
