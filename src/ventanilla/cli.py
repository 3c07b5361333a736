"""The command `ventanilla`. Every error is one sentence that says what to do."""

import asyncio
import signal
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import asyncpg
import typer
import uvloop
from rich.table import Table

from ventanilla import cli_channel, cli_review, cli_waiting, demonstration, program, terminal
from ventanilla.acts.catalogue import export_offices, import_offices, shipped
from ventanilla.acts.due import open_places
from ventanilla.cli_closures import closures_app
from ventanilla.cli_desk import desk_app
from ventanilla.cli_draws import draws_app
from ventanilla.cli_flows import flows_app
from ventanilla.cli_overbooking import overbooking_app
from ventanilla.cli_reminders import reminders
from ventanilla.cli_simulate import simulate
from ventanilla.cli_templates import templates_app
from ventanilla.command import Stop, console, database, errors, progress_bar, settings_now
from ventanilla.config import BadSettings, shown
from ventanilla.core.tables import BadTable
from ventanilla.db import places
from ventanilla.db.connection import connection
from ventanilla.db.migrate import migrate as apply_migrations
from ventanilla.embedded import EmbeddedFailed
from ventanilla.jobs import utc_now
from ventanilla.log import set_up
from ventanilla.settings import Settings

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Appointments over WhatsApp.",
)
offices_app = typer.Typer(no_args_is_help=True, help="The list of offices.")
places_app = typer.Typer(no_args_is_help=True, help="Places that can be booked.")
app.add_typer(offices_app, name="offices")
app.add_typer(places_app, name="places")
app.add_typer(desk_app, name="desk")
app.add_typer(overbooking_app, name="overbooking")
app.add_typer(cli_channel.app, name="channel")
app.add_typer(cli_review.app, name="review")
app.command()(cli_waiting.waiting)
app.add_typer(templates_app, name="templates")
app.add_typer(flows_app, name="flows")
app.add_typer(closures_app, name="closures")
app.command()(reminders)
app.command()(simulate)
app.add_typer(draws_app, name="draws")


@app.command()
def demo(
    no_emulator: Annotated[
        bool, typer.Option("--no-emulator", help="Talk to the Cloud API named in the settings.")
    ] = False,
    emulator_port: Annotated[int, typer.Option(help="Where the chat page listens.")] = 8090,
) -> None:
    """The whole demonstration: database, offices, places, assistant and emulator."""
    settings = settings_now(demo=True)
    set_up("WARNING")
    with program.listening(settings) as listener, database(settings) as dsn:
        with progress_bar("Opening 60 days of places") as progress:
            asyncio.run(demonstration.prepare(settings, dsn, progress))
        if no_emulator:
            _announce(settings, "")
            chat = f"https://wa.me/{settings.whatsapp_display_number}"
            uvloop.run(program.run(settings, dsn, chat, listener))
            return
        with demonstration.emulator(settings, emulator_port) as url:
            _announce(settings, url)
            settings = demonstration.talking_to(settings, url)
            publishing = demonstration.publish(settings, dsn)
            uvloop.run(program.run(settings, dsn, url, listener, beside=publishing))


def _announce(settings: Settings, chat_url: str) -> None:
    console.print(
        "\n[bold green]Ventanilla is running[/] (demonstration: nothing here is a real appointment)\n"
    )
    if chat_url:
        console.print(f"  Chat page    {chat_url}/")
    console.print(f"  Public page  {settings.public_url}/\n\n  Stop with Ctrl+C.\n")


def _serve(part: program.Part) -> None:
    settings = settings_now()
    set_up("INFO")
    door = nullcontext(None) if part == "work" else program.listening(settings)
    with door as listener, database(settings) as dsn:
        chat = f"https://wa.me/{settings.whatsapp_display_number}"
        uvloop.run(program.run(settings, dsn, chat, listener, part))


@app.command()
def serve() -> None:
    """Web and workers in one process."""
    _serve("both")


@app.command()
def web() -> None:
    """The web alone: webhook and pages."""
    _serve("web")


@app.command()
def work() -> None:
    """The workers alone: turns, deliveries and scheduled jobs."""
    _serve("work")


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    with database(settings_now()) as dsn:
        applied = asyncio.run(apply_migrations(dsn))
    console.print("\n".join(f"applied {name}" for name in applied) or "Nothing to apply.")


@app.command()
def check() -> None:
    """Show the settings and try everything they name."""
    settings = settings_now()
    table = Table("setting", "value")
    for name, value in shown(settings):
        table.add_row(name, value)
    console.print(table)
    with database(settings) as dsn:
        outcomes = asyncio.run(program.tried(settings, dsn))
    for name, outcome in outcomes.items():
        console.print(f"{name}: {outcome or 'ok'}", style="red" if outcome else "green")
    if any(outcomes.values()):
        raise Stop("Something above does not work yet; mend it and run the check again.")


@app.command()
def talk() -> None:
    """The same conversation in the terminal. Type a number to tap; Ctrl+D ends."""
    settings = settings_now(demo=True)
    set_up("ERROR")
    with database(settings) as dsn:
        with progress_bar("Opening 60 days of places") as progress:
            asyncio.run(demonstration.prepare(settings, dsn, progress))
        uvloop.run(terminal.converse(settings, dsn, console))


@offices_app.command("import")
def import_(file: Annotated[Path, typer.Argument(help="A CSV file as `offices export` writes it.")]) -> None:
    """Load a file of offices: all of it or nothing."""
    try:
        text = file.read_text("utf-8")
    except OSError as fault:
        raise Stop(f"Cannot read {file}: {fault.strerror}. Give the path of a CSV file.") from fault
    except UnicodeDecodeError as fault:
        raise Stop(f"{file} is not UTF-8 (byte {fault.start}). Save it as CSV UTF-8.") from fault
    with database(settings_now()) as dsn:
        count = asyncio.run(_import(dsn, text))
    console.print(f"{count} offices imported. Restart the program to use them.")


async def _import(dsn: str, text: str) -> int:
    await apply_migrations(dsn)
    async with connection(dsn) as conn:
        return await import_offices(conn, text)


@offices_app.command("export")
def export() -> None:
    """Write all offices to standard output as CSV; before any import, the starting set."""
    with database(settings_now()) as dsn:
        sys.stdout.write(asyncio.run(_export(dsn)))


async def _export(dsn: str) -> str:
    await apply_migrations(dsn)
    async with connection(dsn) as conn:
        return await export_offices(conn) if await places.offices(conn) else shipped("offices.csv")


@places_app.command("open")
def open_(days: Annotated[int, typer.Option(min=1, max=366, help="From today, in days.")]) -> None:
    """Open the places of the coming days; those that exist stay as they are."""
    settings = settings_now()
    with database(settings) as dsn, progress_bar(f"Opening {days} days of places") as progress:
        count = asyncio.run(_open(settings, dsn, days, progress))
    console.print(f"{count} places opened.")


async def _open(settings: Settings, dsn: str, days: int, progress: Any) -> int:
    async with program.connected(settings, dsn) as pool, pool.acquire() as conn:
        house = await program.house_of(settings, conn)
        return await open_places(conn, house, utc_now(), days, progress)


def main() -> None:
    # As Ctrl+C: what was started (database, emulator) is stopped too, and not left behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except BadSettings as fault:
        errors.print("\n".join(fault.faults), style="red", markup=False)
    except BadTable as fault:
        errors.print(f"The file was not taken; mend this and try again:\n{fault}", style="red", markup=False)
    except (Stop, EmbeddedFailed, RuntimeError) as fault:
        errors.print(str(fault), style="red", markup=False)
    except asyncpg.UndefinedTableError:
        errors.print("The database is not up to date. Run: ventanilla migrate", style="red")
    except (OSError, asyncpg.PostgresError) as fault:
        errors.print(f"The database cannot be used: {fault}. Check VENTANILLA_DATABASE_URL.", style="red")
    except KeyboardInterrupt:
        return
    sys.exit(1)
