"""`ventanilla review`: what staff should look at; nothing was refused because of it."""

import asyncio
from collections.abc import Mapping
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.markup import escape
from rich.table import Table

from ventanilla.command import Stop, console, database, settings_now
from ventanilla.core.places import Office
from ventanilla.db import reviews
from ventanilla.db.connection import connection
from ventanilla.jobs import utc_now
from ventanilla.program import house_of
from ventanilla.settings import Settings

_WHY = {
    "retake": "Somebody of the same phone or family, or whose appointment this phone had proved, gave this "
    "very place up before."
}
app = typer.Typer(help="Appointments that staff should look at.")


@app.callback(invoke_without_command=True)
def review(context: typer.Context) -> None:
    """Show what nobody has settled yet. Hours are those of the office."""
    if context.invoked_subcommand is not None:
        return
    settings = settings_now()
    with database(settings) as dsn:
        found, offices = asyncio.run(_open(settings, dsn))
    if not found:
        console.print("Nothing to look at.")
        return
    table = Table("number", "folio", "before", "office", "place", "noted", "why")
    for one in found:
        office = offices[one.office_id]
        place, noted = (m.astimezone(ZoneInfo(office.zone)) for m in (one.starts_at, one.at))
        times = (f"{place:%Y-%m-%d %H:%M}", f"{noted:%Y-%m-%d %H:%M}")
        why = _WHY.get(one.kind, one.kind)
        table.add_row(str(one.id), one.folio, one.about, escape(office.name), *times, escape(why))
    console.print(table)


@app.command()
def settle(
    number: Annotated[int, typer.Argument(help="As shown.")],
    staff: Annotated[str, typer.Option("--staff", help="Who has looked at it.")],
) -> None:
    """Take one off the list: somebody has looked at it."""
    if not staff.strip():
        raise Stop("Say who has looked at it, for example: --staff 'Desk 3'")
    with database(settings_now()) as dsn:
        settled = asyncio.run(_settle(dsn, number, staff.strip()))
    if not settled:
        raise Stop(f"There is no open review {number}. See their numbers with: ventanilla review")
    console.print("Settled.")


async def _open(settings: Settings, dsn: str) -> tuple[tuple[reviews.Review, ...], Mapping[str, Office]]:
    async with connection(dsn) as conn:
        house = await house_of(settings, conn)
        return await reviews.open_reviews(conn), house.world.offices


async def _settle(dsn: str, number: int, staff: str) -> bool:
    async with connection(dsn) as conn:
        return await reviews.settle(conn, number, staff, utc_now())
