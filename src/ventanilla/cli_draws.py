"""`ventanilla draws`: scarce places given by lot, so that anybody can check it (docs/draws.md)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

import typer
from rich.markup import escape
from rich.table import Table

from ventanilla.acts import draws as acts
from ventanilla.acts.house import House
from ventanilla.command import Stop, console, database, settings_now
from ventanilla.core.lottery import EVERY_PROCEDURE
from ventanilla.db import draws
from ventanilla.db.connection import Conn, connection
from ventanilla.jobs import utc_now
from ventanilla.program import house_of

draws_app = typer.Typer(no_args_is_help=True, help="Draws: scarce places given by lot.")
T = TypeVar("T")
_DAY, _CLOCK = ["%Y-%m-%d"], ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
_STAGES = {
    "announced": "open for entries; publish its file",
    "closed": "publish its file; then draw it with the public value",
    "drawn": "publish its file",
}


@draws_app.command()
def announce(
    office: Annotated[str, typer.Option(help="Its number, as in the list of offices.")],
    first_day: Annotated[datetime, typer.Option("--from", formats=_DAY, help="First day of the places.")],
    last_day: Annotated[datetime, typer.Option("--to", formats=_DAY, help="Last day of the places.")],
    opens: Annotated[datetime, typer.Option(formats=_CLOCK, help="On the office's clock.")],
    closes: Annotated[datetime, typer.Option(formats=_CLOCK, help="On the office's clock.")],
    source: Annotated[
        str, typer.Option(help="Which public value of which day after the closing, in one line.")
    ],
    procedure: Annotated[str, typer.Option(help="first, renewal, lost, or * for all.")] = EVERY_PROCEDURE,
) -> None:
    """Take all places of some days that nobody has yet out of open booking, to be given by lot."""

    async def act(conn: Conn, house: House) -> int:
        known = house.world.offices.get(office)
        zone = ZoneInfo(known.zone) if known else UTC
        window = (opens.replace(tzinfo=zone), closes.replace(tzinfo=zone))
        days = (first_day.date(), last_day.date())
        return await acts.announce(
            conn, house, acts.Plan(office, procedure, *days, *window, source.strip()), utc_now()
        )

    number = _with_house(act)
    console.print(
        f"Draw {number} is announced. Publish its file now, before anybody enters:\n"
        f"  ventanilla draws publish {number} sorteo-{number}-anuncio.json"
    )


@draws_app.command()
def close() -> None:
    """Publish the lists of the draws whose time is over. The workers do it each minute by themselves."""
    console.print(f"{_with_house(lambda conn, house: acts.close_due(conn, utc_now()))} closed.")


@draws_app.command()
def draw(
    number: Annotated[int, typer.Argument(help="Of the draw.")],
    public_value: Annotated[str, typer.Argument(help="Just as its source shows it.")],
) -> None:
    """Draw: the order, the places, and news for everybody. It cannot be done again."""
    won = _with_house(lambda conn, house: acts.draw_now(conn, house, number, public_value.strip(), utc_now()))
    console.print(
        f"Drawn: {won} have a place, and everybody will be told. Publish the file:\n"
        f"  ventanilla draws publish {number} sorteo-{number}.json"
    )


@draws_app.command("list")
def list_() -> None:
    """Every draw, and what is to be done next."""
    table = Table(
        "draw", "office", "procedure", "days", "closes (UTC)", "places", "entries", "public value", "now"
    )
    for one in _with_house(lambda conn, house: draws.listed(conn)):
        table.add_row(
            *(str(one.id), one.office_id, one.procedure, f"{one.first_day} - {one.last_day}"),
            *(f"{one.closes_at:%Y-%m-%d %H:%M}", str(one.places), str(one.entries), escape(one.beacon)),
            f"{one.state}: {_STAGES[one.state]}",
        )
    console.print(table)


@draws_app.command()
def publish(
    number: Annotated[int, typer.Argument(help="Of the draw.")],
    file: Annotated[Path, typer.Argument(help="Where to write it.", dir_okay=False)],
) -> None:
    """Write the file by which anybody can check the draw, as it stands now."""
    text = _with_house(lambda conn, house: draws.published(conn, number))
    if text is None:
        raise Stop(f"There is no draw {number}. See them with: ventanilla draws list")
    try:
        file.write_text(text + "\n", "utf-8")
    except OSError as fault:
        raise Stop(f"{file} cannot be written ({fault.strerror}). Choose another folder.") from fault
    console.print(f"{file} is written. Check it with: python3 tools/verify_draw.py {file}")


def _with_house(act: Callable[[Conn, House], Awaitable[T]]) -> T:
    settings = settings_now()

    async def run(dsn: str) -> T:
        async with connection(dsn) as conn:
            return await act(conn, await house_of(settings, conn))

    with database(settings) as dsn:
        try:
            return asyncio.run(run(dsn))
        except acts.CannotDraw as cannot:
            raise Stop(str(cannot)) from cannot
