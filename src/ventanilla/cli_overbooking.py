"""`ventanilla overbooking`: see what it would give, switch it on or off for one office."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer
from rich.table import Table

from ventanilla import program
from ventanilla.acts import overbooking as acts
from ventanilla.acts.house import House
from ventanilla.command import Stop, console, database, settings_now
from ventanilla.core.overbooking import Window
from ventanilla.db.connection import Conn
from ventanilla.jobs import utc_now

overbooking_app = typer.Typer(
    no_args_is_help=True, help="Extra places from measured shows, for the waiting list only. Off by default."
)
T = TypeVar("T")
Office = Annotated[str, typer.Argument(help="Its id, as the file of offices has it.")]


@overbooking_app.command()
def preview(office: Office) -> None:
    """What it would give in the coming week, were every place taken. Changes nothing."""
    found = _done(office, lambda conn, house: acts.preview(conn, house, utc_now(), office))
    columns = ("day", "hour", "places", "people come", "extra", "expected", "too many", "overtime")
    table = Table(*columns, title=f"Office {office}")
    for window in found:
        table.add_row(*_cells(window), style="green" if window.extra else "")
    console.print(table)
    if not any(window.extra for window in found):
        console.print(
            f"Nothing would be given: it takes {acts.POLICY.weeks} weeks of arrivals written down with "
            "`ventanilla desk arrived`, and absences enough."
        )


@overbooking_app.command()
def apply(
    office: Office, staff: Annotated[str, typer.Option("--staff", help="Who does it; kept with the switch.")]
) -> None:
    """Switch it on: planned now, and anew each night."""
    if not staff.strip():
        raise Stop("Who switches it on is kept: give --staff a name.")
    given = _done(office, lambda conn, house: acts.switch_on(conn, house, utc_now(), office, staff.strip()))
    console.print(f"On for {office}: {given} extra places, for the waiting list.")


@overbooking_app.command()
def off(office: Office) -> None:
    """Switch it off: what is given stays given, the rest is taken back."""
    was_on = _done(office, lambda conn, house: acts.switch_off(conn, house, utc_now(), office))
    console.print(f"Off for {office}." if was_on else f"It was not on for {office}: nothing to do.")


def _cells(window: Window) -> tuple[str, ...]:
    return (
        f"{window.day:%a %d %b}",
        f"{window.hour:02}:00",
        str(window.capacity),
        f"{window.rate.mean:.0%}",
        f"+{window.extra}" if window.extra else "-",
        f"{window.expected_shows:.1f}",
        f"{window.overflow:.1%}",
        f"{window.overtime_minutes:.1f} min",
    )


def _done(office: str, act: Callable[[Conn, House], Awaitable[T]]) -> T:
    settings = settings_now()

    async def run(dsn: str) -> T:
        async with program.connected(settings, dsn) as pool, pool.acquire() as conn:
            house = await program.house_of(settings, conn)
            if office not in house.world.offices:
                raise Stop(f"There is no office {office}. See their ids with: ventanilla offices export")
            return await act(conn, house)

    with database(settings) as dsn:
        return asyncio.run(run(dsn))
