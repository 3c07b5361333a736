"""`ventanilla closures`: an office does not open on some days; what that touches, who has answered."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

import asyncpg
import typer
from rich.markup import escape
from rich.table import Table

from ventanilla import program
from ventanilla.acts import closures as acts
from ventanilla.acts.closure_preview import Preview, preview
from ventanilla.acts.house import House
from ventanilla.acts.reopening import reopen
from ventanilla.command import Stop, console, database, progress_bar, settings_now
from ventanilla.db import closure_reports
from ventanilla.db.connection import Conn
from ventanilla.jobs import utc_now

closures_app = typer.Typer(no_args_is_help=True, help="Days on which an office does not open.")
MOST_DAYS, REASON = 92, 120
T = TypeVar("T")

OfficeId = Annotated[str, typer.Argument(help="Of one office, as in `ventanilla offices export`.")]
State = Annotated[str, typer.Option("--state", help="All offices of a state, by its two digits.")]
From = Annotated[str, typer.Option("--from", help="The first day, as 2026-12-24; it must be given.")]
To = Annotated[str, typer.Option("--to", help="The last day; without it, one day.")]
Act = Callable[[Conn, House, datetime, "Span"], Awaitable[T]]


@dataclass(frozen=True, slots=True)
class Span:
    """Which offices, and which days of their own calendars."""

    offices: tuple[str, ...]
    first: date
    last: date

    def days(self) -> list[tuple[str, date]]:
        count = (self.last - self.first).days + 1
        return [(o, self.first + timedelta(n)) for n in range(count) for o in self.offices]


@closures_app.command("preview")
def preview_(office: OfficeId = "", first: From = "", state: State = "", last: To = "") -> None:
    """What closing would touch, and what could be offered instead. Changes nothing."""
    wanted = _days(first, last)
    seen = _run(office, state, wanted, lambda conn, house, now, span: preview(conn, house, now, span.days()))
    _show_touched(seen)
    console.print(_alternatives(seen), markup=False, highlight=False)


@closures_app.command()
def close(
    office: OfficeId = "",
    first: From = "",
    reason: Annotated[str, typer.Option(help="In a few words, for the people concerned.")] = "",
    staff: Annotated[str, typer.Option(help="Who decides it.")] = "",
    state: State = "",
    last: To = "",
) -> None:
    """Close the days, hold three other places for everybody affected, and tell them. Safe to run again."""
    wanted, why, who = _days(first, last), reason.strip().rstrip("."), staff.strip()
    if not why or not who:
        raise Stop("Say why (--reason) and who decides it (--staff): neither may be empty.")
    if len(why) > REASON or "\n" in why:
        raise Stop(f"The reason stands in a message: give one line of at most {REASON} characters.")
    with progress_bar("Closing, holding other places and telling people") as progress:
        done = _run(
            office,
            state,
            wanted,
            lambda conn, house, now, span: acts.close(conn, house, now, span.days(), why, who, progress),
        )
    console.print(
        f"Days closed: {done.days}. Appointments affected: {done.affected}, people told: {done.told}. "
        "See who answers with: ventanilla closures show"
    )


@closures_app.command()
def show(office: OfficeId = "", state: State = "") -> None:
    """Closed days of the last two weeks and to come: who has answered, and whom to call."""
    since = utc_now().date() - timedelta(days=14)

    async def read(conn: Conn, house: House, now: datetime, span: Span) -> Any:
        offices = span.offices if office or state else None
        found = await closure_reports.answers(conn, since, offices)
        return house, found, await closure_reports.unanswered(conn, since, offices)

    house, answers, unanswered = _run(office, state, (since, since), read, everywhere=True)
    if not answers:
        console.print("No day is closed.")
        return
    _show_answers(house, answers)
    _show_unanswered(house, unanswered)


@closures_app.command("reopen")
def reopen_(office: OfficeId = "", first: From = "", state: State = "", last: To = "") -> None:
    """Open closed days after all. Who has not answered keeps the appointment and is told."""
    done = _run(
        office,
        state,
        _days(first, last),
        lambda conn, house, now, span: reopen(conn, house, now, list(span.offices), span.first, span.last),
    )
    if not done.days:
        raise Stop("None of these days was closed. See them with: ventanilla closures show")
    console.print(
        f"{done.days} days are open again; their places come out at random moments. "
        f"{done.kept} appointments stand as they were."
    )


def _days(first: str, last: str) -> tuple[date, date]:
    start = _day(first, "--from")
    end = _day(last, "--to") if last else start
    if end < start:
        raise Stop(f"--to ({end}) is before --from ({start}): give the days in order.")
    if (end - start).days >= MOST_DAYS:
        raise Stop(f"That is more than {MOST_DAYS} days: close a shorter time, and more later.")
    return start, end


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        if not text:
            raise Stop(f"Say from which day on: {option} 2026-12-24.") from fault
        raise Stop(f"{option} {text!r} is no day: write it as 2026-12-24.") from fault


def _run(office: str, state: str, days: tuple[date, date], act: Act[T], *, everywhere: bool = False) -> T:
    if bool(office) == bool(state) and not (everywhere and not office):
        raise Stop("Name one office, or a whole state with --state: one of the two.")
    settings = settings_now()

    async def run(dsn: str) -> T:
        async with program.connected(settings, dsn) as pool, pool.acquire() as conn:
            house = await program.house_of(settings, conn)
            now = utc_now()
            span = Span(_offices(house, office, state), *days)
            today = min((_today(house, o, now) for o in span.offices), default=days[0])
            if not everywhere and span.first < today:
                raise Stop(f"{span.first} is over: only today and days to come can be closed or opened.")
            return await act(conn, house, now, span)

    try:
        with database(settings) as dsn:
            return asyncio.run(run(dsn))
    except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError, asyncpg.QueryCanceledError) as busy:
        raise Stop(
            f"The database is busy ({busy}). Run the same again: it goes on where it was cut short."
        ) from busy


def _offices(house: House, office: str, state: str) -> tuple[str, ...]:
    known = house.world.offices
    if office and office not in known:
        raise Stop(f"There is no office {office!r}. See their ids with: ventanilla offices export")
    found = [o.id for o in known.values() if office in ("", o.id) and state in ("", o.state_code)]
    if not found:
        raise Stop(f"There is no office in state {state!r}. Give its two digits, as 14 for Jalisco.")
    return tuple(sorted(found))


def _today(house: House, office: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(house.world.offices[office].zone)).date()


def _show_touched(seen: Preview) -> None:
    table = Table("office", "day", "places", "booked", "being booked", "offers", "waiting", "draws", "")
    for t in seen.touched:
        if t.places or t.closed:
            numbers = (t.places, t.appointments, t.holds, t.offers, t.waiting, t.draws)
            closed = "closed already" if t.closed else ""
            table.add_row(t.office_id, str(t.day), *map(str, numbers), closed)
    if table.row_count:
        console.print(table)


def _alternatives(seen: Preview) -> str:
    if not seen.affected:
        return "No appointment would be affected."
    far = ""
    if seen.km:
        far = f"Half of these are within {median(seen.km):.0f} km, all within {seen.km[-1]:.0f}. "
    most = f" Most of all at {seen.most[0]}: {seen.most[1].percent} %." if seen.most else ""
    without = seen.affected - seen.within_month
    return (
        f"{seen.affected} appointments would be affected. {seen.within_week} could have another place within "
        f"7 days, {seen.within_month} within 30, {without} none for now. {far}"
        f"Up to three places would be held for each, {seen.share.held} of the {seen.share.free} free ones "
        f"nearby ({seen.share.percent} %).{most} Nothing was changed."
    )


def _show_answers(house: House, answers: tuple[closure_reports.Answers, ...]) -> None:
    columns = ("affected", "took one", "chose another", "cancelled", "no answer", "delivered", "read")
    table = Table("office", "day", *columns, "reason", "by")
    for a in answers:
        numbers = (a.affected, a.took, a.chose, a.cancelled, a.unanswered, a.delivered, a.read)
        name = house.world.offices[a.office_id].short_name
        table.add_row(
            escape(f"{a.office_id} {name}"), str(a.day), *map(str, numbers), escape(a.reason), escape(a.staff)
        )
    console.print(table)


def _show_unanswered(house: House, unanswered: tuple[closure_reports.Unanswered, ...]) -> None:
    if not unanswered:
        console.print("Everybody has answered.")
        return
    table = Table("folio", "office", "was at", "message", title="No answer yet: call them")
    for u in unanswered:
        local = u.starts_at.astimezone(ZoneInfo(house.world.offices[u.office_id].zone))
        table.add_row(u.folio, u.office_id, f"{local:%Y-%m-%d %H:%M}", u.message)
    console.print(table)
