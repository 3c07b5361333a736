"""`ventanilla reminders`: what became of them, which wording works better, and who may not come."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ventanilla.command import console, database, settings_now
from ventanilla.core.shares import difference, share
from ventanilla.db.connection import connection
from ventanilla.db.reminder_figures import Figures, Outcome, Risk, at_risk, figures, outcomes
from ventanilla.jobs import utc_now

_READ_NOTE = (
    "Each share is of what stands behind the stroke. Read is the least there is: Meta does not tell of\n"
    "those who turned read receipts off or read the notification alone. Marked: come or not, by the office."
)
_Days = Annotated[int, typer.Option(min=1, max=3660, help="Of how many days back.")]


def reminders(days: _Days = 90) -> None:
    """What became of the reminders, which wording works better, and who may not come."""
    with database(settings_now()) as dsn:
        asyncio.run(_show(dsn, days))


async def _show(dsn: str, days: int) -> None:
    now = utc_now()
    async with connection(dsn) as conn:
        found = await figures(conn, now - timedelta(days=days))
        if not found:
            console.print(f"Nobody was reminded in the last {days} days.")
            return
        _show_figures(found)
        _show_outcomes(await outcomes(conn, now - timedelta(days=days)))
        _show_risks(await at_risk(conn, now))


def _of(count: int, whole: int) -> str:
    """A count with its share, where there is anything to share."""
    return f"{count} ({count / whole:.0%})" if whole else str(count)


def _show_figures(found: Sequence[Figures]) -> None:
    table = Table("reminder", "wording", "due", "sent\n/ due", "as template\n/ sent", "delivered\n/ sent")
    for step in ("read", "going", "change", "cancel"):
        table.add_column(f"{step}\n/ delivered")
    table.add_column("came\n/ marked")
    for f in found:
        table.add_row(
            *(f.kind, f.variant, str(f.due), _of(f.sent, f.due), _of(f.templates, f.sent)),
            *(_of(f.delivered, f.sent), _of(f.read, f.delivered)),
            *(_of(n, f.delivered) for n in (f.going, f.change, f.cancel)),
            _of(f.came, f.came + f.missed),
        )
    console.print(table)
    console.print(_READ_NOTE)


def _show_outcomes(found: Sequence[Outcome]) -> None:
    table = Table("first wording", "asked", "given back in time", "came", "missed", "missed of those marked")
    missed = {}
    for o in found:
        marked = o.came + o.missed
        said = "none marked yet"
        if marked:
            missed[o.variant] = rate = share(o.missed, marked)
            said = f"{rate.value:.1%} (95 %: {rate.low:.1%} to {rate.high:.1%})"
        table.add_row(o.variant, str(o.asked), _of(o.given_back, o.asked), str(o.came), str(o.missed), said)
    console.print(table)
    if len(missed) < 2:
        console.print("Which wording works better cannot be said yet: both need people that came or did not.")
        return
    apart = difference(missed["cost"], missed["plain"])
    sure = "That is more than chance." if apart.high < 0 or apart.low > 0 else "That may be chance: wait."
    console.print(
        f"With the cost of a missed place, missed appointments differ by {100 * apart.value:+.1f} points "
        f"(95 %: {100 * apart.low:+.1f} to {100 * apart.high:+.1f}). {sure}"
    )


def _show_risks(found: Sequence[Risk]) -> None:
    if not found:
        console.print(
            "At risk: nobody. Whoever was asked and is still to come has said that they come.", style="green"
        )
        return
    table = Table("day", "office", "asked", "come", "no answer", "cannot, still booked", title="At risk")
    for r in found:
        table.add_row(str(r.day), escape(r.office), *map(str, (r.asked, r.going, r.silent, r.leaving)))
    console.print(table)
