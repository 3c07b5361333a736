"""The shipped files, read once for all tests."""

from functools import cache
from importlib.resources import files

from ventanilla.core.calendars import RestDay
from ventanilla.core.fees import FeeTable
from ventanilla.core.places import Office
from ventanilla.core.reading import (
    Towns,
    Zones,
    read_aliases,
    read_fees,
    read_municipalities,
    read_offices,
    read_rest_days,
    read_zones,
)
from ventanilla.talk.municipalities import MunicipalityIndex


@cache
def shipped(name: str) -> str:
    return files("ventanilla.data").joinpath(name).read_text("utf-8")


@cache
def towns() -> Towns:
    return {(m.state_code, m.code): m for m in read_municipalities(shipped("municipalities.csv"))}


@cache
def zones() -> Zones:
    return read_zones(shipped("timezones.csv"))


@cache
def offices() -> tuple[Office, ...]:
    return tuple(row.office for row in read_offices(shipped("offices.csv"), towns(), zones()))


def office(office_id: str) -> Office:
    return next(o for o in offices() if o.id == office_id)


@cache
def rest_rules() -> tuple[RestDay, ...]:
    return read_rest_days(shipped("rest_days.csv"))


@cache
def fees() -> FeeTable:
    return read_fees(shipped("fees.csv"))


@cache
def aliases() -> tuple[tuple[str, str, str], ...]:
    return read_aliases(shipped("aliases.csv"))


@cache
def index() -> MunicipalityIndex:
    return MunicipalityIndex(tuple(towns().values()), aliases())
