"""`ventanilla channel`: what staff have to know about WhatsApp, and how to go on after a stop."""

import asyncio
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ventanilla.acts import templates
from ventanilla.command import Stop, console, database, settings_now
from ventanilla.db import notices, overview, sent
from ventanilla.db.connection import Conn, connection
from ventanilla.jobs import utc_now

_SHOWN = 20
_STYLES = {"urgent": "red", "warning": "yellow", "info": ""}
app = typer.Typer(help="WhatsApp: what waits, what failed, what to do.")


@app.callback(invoke_without_command=True)
def channel(context: typer.Context) -> None:
    """Show what waits, what failed and how often it was tried, and what needs somebody."""
    if context.invoked_subcommand is None:
        with database(settings_now()) as dsn:
            asyncio.run(_show(dsn))


@app.command()
def resume() -> None:
    """Send again, after what had stopped the account is mended; otherwise one try is made each 5 minutes."""
    with database(settings_now()) as dsn:
        was_stopped = asyncio.run(_resume(dsn))
    console.print("Sending goes on." if was_stopped else "It was not stopped: nothing to do.")


@app.command()
def settle(number: Annotated[int, typer.Argument(help="Of the notice, as shown.")]) -> None:
    """Take a notice of Meta's off the list: it has been seen to."""
    with database(settings_now()) as dsn:
        settled = asyncio.run(_settle(dsn, number))
    if not settled:
        raise Stop(f"There is no open notice {number}. See their numbers with: ventanilla channel")
    console.print("Settled.")


async def _settle(dsn: str, number: int) -> bool:
    async with connection(dsn) as conn:
        return await notices.settle(conn, number, utc_now())


async def _resume(dsn: str) -> bool:
    async with connection(dsn) as conn:
        return await sent.resume(conn)


async def _show(dsn: str) -> None:
    async with connection(dsn) as conn:
        _show_stop(await sent.stopped(conn))
        await _show_news(conn)
        _show_counts(await overview.overview(conn))
        await _show_failures(conn)
        await _show_unhandled(conn)


def _show_stop(stop: sent.Stop | None) -> None:
    if stop is None:
        console.print("Sending: on", style="green")
        return
    code = "" if stop.code is None else f" ({stop.code})"
    console.print(
        f"Sending: stopped since {stop.at:%Y-%m-%d %H:%M} UTC. Meta says: {stop.why}{code}\n"
        "Look at the account, the token and the payment in Meta's manager, mend it there, then run:\n"
        "  ventanilla channel resume\n"
        "Everything that is owed is kept and goes out then.",
        style="red",
        markup=False,
    )


async def _show_news(conn: Conn) -> None:
    """What Meta told of the account, and templates that may not be sent."""
    table = Table("notice", "since (UTC)", "Meta says", title="News from Meta")
    for notice in await notices.open_notices(conn):
        summary = escape(f"{notice.summary['es']}\n{notice.summary['en']}")
        table.add_row(str(notice.id), f"{notice.at:%Y-%m-%d %H:%M}", summary, style=_STYLES[notice.severity])
    if table.row_count:
        console.print(table)
        console.print("One that is settled: ventanilla channel settle NUMBER")
    troubled = await templates.look(conn)
    if troubled:
        console.print(
            f"Templates that need somebody: {troubled}. See: ventanilla templates list", style="red"
        )


def _show_counts(now: overview.Overview) -> None:
    table = Table("messages", "how many", "what it means")
    table.add_row("waiting", str(now.waiting), "people wrote and have no answer yet")
    table.add_row("owed", str(now.owed), _since(now))
    table.add_row("being sent", str(now.sending), "their outcome is not known yet")
    table.add_row("parked", str(now.parked), "24 hours are over: they go out when the person writes")
    table.add_row("failed", str(now.failed), "given up; see below")
    table.add_row("set aside", str(now.set_aside), "broke the program; the person was handed to staff")
    console.print(table)


def _since(now: overview.Overview) -> str:
    return "to be sent" + (f", the oldest since {now.oldest_at:%Y-%m-%d %H:%M} UTC" if now.oldest_at else "")


async def _show_failures(conn: Conn) -> None:
    table = Table("message", "state", "attempts", "last (UTC)", "code", "why", title="Not sent")
    for failure in await overview.failures(conn, _SHOWN):
        code = "" if failure.code is None else str(failure.code)
        last = f"{failure.last_at:%Y-%m-%d %H:%M:%S}"
        table.add_row(str(failure.outbox_id), failure.state, str(failure.attempts), last, code, failure.error)
    if table.row_count:
        console.print(table)


async def _show_unhandled(conn: Conn) -> None:
    table = Table("kind", "how many", title="Updates kept as they came")
    for kind, count in await overview.unhandled(conn):
        table.add_row(kind, str(count))
    if table.row_count:
        console.print(table)
