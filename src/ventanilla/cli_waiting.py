"""`ventanilla waiting`: who waits where, and how well places that come free find somebody."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ventanilla.command import console, database, settings_now
from ventanilla.core.places import Office
from ventanilla.db.connection import connection
from ventanilla.db.waiting_figures import Figures, figures
from ventanilla.jobs import utc_now
from ventanilla.program import house_of
from ventanilla.settings import Settings

_COLUMNS = ("office", "waiting", "paused", "offers", "taken", "declined", "ignored")
_BACK = ("given back", "refilled", "median minutes")


def waiting(
    days: Annotated[int, typer.Option(min=1, max=366, help="Offers and places of so many days.")] = 30,
) -> None:
    """The waiting list by office. Whoever waits for several offices counts in each."""
    settings = settings_now()
    with database(settings) as dsn:
        found, offices = asyncio.run(_figures(settings, dsn, days))
    if not found:
        console.print("Nobody waits, and nothing was offered or given back.")
        return
    table = Table(*_COLUMNS, *_BACK)
    for one in found:
        counts = (one.waiting, one.paused, one.offers, one.taken, one.declined, one.ignored, one.given_back)
        share = f"{one.refilled / one.given_back:.0%}" if one.given_back else ""
        minutes = "" if one.minutes is None else f"{one.minutes:.0f}"
        table.add_row(escape(offices[one.office_id].name), *map(str, counts), share, minutes)
    console.print(table)


async def _figures(
    settings: Settings, dsn: str, days: int
) -> tuple[tuple[Figures, ...], Mapping[str, Office]]:
    async with connection(dsn) as conn:
        house = await house_of(settings, conn)
        return await figures(conn, utc_now() - timedelta(days=days)), house.world.offices
