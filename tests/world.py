"""A small world in a real database: the shipped offices, and places at two of them."""

import secrets
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from asyncpg import Pool

from ventanilla.acts.catalogue import import_offices, load_world, shipped
from ventanilla.acts.house import House, keys
from ventanilla.acts.notice import notice_text
from ventanilla.core.booking import Place, Rules
from ventanilla.core.channel import Address
from ventanilla.db import people, places
from ventanilla.db.connection import Conn
from ventanilla.talk.facts import Institution

OFFICE, NEIGHBOUR = "09-04", "09-08"
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
NINE = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
"""Nine in the morning, local time, of a Tuesday."""


async def house_in(pool: Pool, *, secret: str = "", **rules: object) -> House:
    """Offices imported; no place open yet. `secret`: the one of a program on the same database."""
    async with pool.acquire() as conn:
        return await house_on(conn, secret=secret, **rules)


async def house_on(conn: Conn, *, secret: str = "", **rules: object) -> House:
    """The same on one connection."""
    vault, links, checkin = keys(secret or secrets.token_urlsafe(32))
    fields = dict.fromkeys(("name", "address", "contact", "unit", "authority", "basis", "url"), "muestra")
    notice = notice_text(fields, "public", demo=True)
    institution = Institution(
        "Muestra", "55", "https://x.example", True, notice.version, "https://x.example/a"
    )
    await import_offices(conn, shipped("offices.csv"))
    world, rest = await load_world(conn, replace(Rules(), **rules), institution)  # type: ignore[arg-type]
    return House(world, vault, links, checkin, "https://x.example", notice, rest)


async def open_at(conn: Conn, capacity: int, *starts: datetime, office: str = OFFICE) -> tuple[Place, ...]:
    slots = [places.NewSlot(office, start, _local(start), capacity, NOW) for start in starts]
    await places.open_places(conn, slots)
    return tuple(Place(office, start) for start in starts)


def _local(start: datetime) -> date:
    return (start - timedelta(hours=6)).date()


async def contacts(conn: Conn, house: House, count: int) -> list[int]:
    met = [people.Met((Address("phone", f"52155{n:08}"),)) for n in range(count)]
    async with conn.transaction():
        return list(await people.contacts(conn, house.vault, met))
