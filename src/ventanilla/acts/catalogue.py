"""Offices in and out of the database, and the world as the program holds it in memory."""

from importlib.resources import files

import msgspec

from ventanilla.core.booking import Rules
from ventanilla.core.calendars import RestDay
from ventanilla.core.places import Nearness
from ventanilla.core.reading import (
    OfficeRow,
    Towns,
    Zones,
    read_aliases,
    read_fees,
    read_municipalities,
    read_offices,
    read_rest_days,
    read_zones,
    write_offices,
)
from ventanilla.db import places
from ventanilla.db.connection import Conn
from ventanilla.talk.facts import Institution, World
from ventanilla.talk.municipalities import MunicipalityIndex
from ventanilla.words import vocabularies


def shipped(name: str) -> str:
    """A data file that comes with the program."""
    return files("ventanilla.data").joinpath(name).read_text("utf-8")


def towns_and_zones() -> tuple[Towns, Zones]:
    towns = {(m.state_code, m.code): m for m in read_municipalities(shipped("municipalities.csv"))}
    return towns, read_zones(shipped("timezones.csv"))


async def import_offices(conn: Conn, text: str) -> int:
    """All offices of a file or none. Raises `BadTable` with every fault. Gives how many."""
    rows = read_offices(text, *towns_and_zones())
    async with conn.transaction():
        await places.put_offices(conn, [(row.office.id, _fields(row)) for row in rows])
    return len(rows)


async def export_offices(conn: Conn) -> str:
    """What `import_offices` takes back, cell by cell."""
    return write_offices([msgspec.json.decode(f, type=list[str]) for f in await places.offices(conn)])


def _fields(row: OfficeRow) -> str:
    return msgspec.json.encode(row.cells).decode()


async def load_world(
    conn: Conn, rules: Rules, institution: Institution, fees_csv: str = ""
) -> tuple[World, tuple[RestDay, ...]]:
    """Everything that changes rarely, with the rules of rest days. Raises `BadTable` for the fees."""
    towns, zones = towns_and_zones()
    kept = await places.offices(conn)
    text = write_offices([msgspec.json.decode(f, type=list[str]) for f in kept])
    offices = {row.office.id: row.office for row in read_offices(text, towns, zones)} if kept else {}
    index = MunicipalityIndex(tuple(towns.values()), read_aliases(shipped("aliases.csv")))
    fees = read_fees(fees_csv or shipped("fees.csv"))
    world = World(offices, index, fees, rules, institution, vocabularies(), Nearness(offices.values()))
    return world, read_rest_days(shipped("rest_days.csv"))
