"""`ventanilla desk`: what staff do at an office's entrance until they have pages for it."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

import typer

from ventanilla import program
from ventanilla.acts import desk as acts
from ventanilla.acts.desk import Arrived, By, Refused, Shown
from ventanilla.acts.house import House, checkin_key
from ventanilla.command import Language, Stop, console, database, settings_now
from ventanilla.core.checkin import CheckinFault, Desk, read_at, read_code, read_desk, write_desk
from ventanilla.core.corrections import Change
from ventanilla.core.curp import initials_last4
from ventanilla.core.folio import read_folio
from ventanilla.db.connection import Conn
from ventanilla.jobs import utc_now
from ventanilla.settings import Settings
from ventanilla.words import words

desk_app = typer.Typer(no_args_is_help=True, help="At an office's entrance: arrivals, corrections, absences.")

T = TypeVar("T")
Folio = Annotated[str, typer.Argument(help="As the person says it: PA-XXX-XXXX.")]
Staff = Annotated[str, typer.Option("--staff", help="Who does it; kept with the act.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept with the act.")]
Spoken = Annotated[Language, typer.Option("--language", help="The language of what is shown.")]
Part = Annotated[str | None, typer.Option(help="As it should be; left out, it stays.")]


@desk_app.command()
def keys(office: Annotated[str, typer.Argument(help="Its id, as the file of offices has it.")]) -> None:
    """Write the file with which this office's desk reads codes without a network. Nothing in it is secret."""
    settings = settings_now()

    async def found(conn: Conn, house: House) -> Desk:
        if office not in house.world.offices:
            raise Stop(f"There is no office {office}. See their ids with: ventanilla offices export")
        here = house.world.offices[office]
        return Desk(office, here.name, here.zone, _keys(settings))

    sys.stdout.write(write_desk(_done(settings, found)))


@desk_app.command()
def read(
    code: Annotated[str, typer.Argument(help="The whole text of QR code 1, in quotes.")],
    keys: Annotated[Path, typer.Option("--keys", help="The file that `desk keys` wrote for this office.")],
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Instead of today.")] = None,
    language: Spoken = Language.es,
) -> None:
    """Read a code without database and network: whether it is genuine, whose, and for when."""
    try:
        here = read_desk(keys.read_text("utf-8"))
    except (OSError, ValueError) as fault:
        raise Stop(f"Cannot use {keys}: {fault}. Write it anew with: ventanilla desk keys OFFICE") from fault
    zone = ZoneInfo(here.zone)
    found = read_at(here, code, (day or utc_now().astimezone(zone)).date())
    if isinstance(found, CheckinFault):
        raise Stop(_fault(found, here.office_id, zone, language))
    moment = found.starts_at.astimezone(zone)
    console.print(
        words(language).text(
            "desk-code-read",
            folio=found.folio or "-",
            office=here.name,
            day=moment.date(),
            time=moment.time(),
            curp=initials_last4(code.partition(" ")[0]),
            bound="yes" if found.bound else "no",
        ),
        style="green" if found.bound else "yellow",
        markup=False,
        soft_wrap=True,
    )


@desk_app.command()
def arrived(
    shown: Annotated[str, typer.Argument(help="The folio, or the whole text of QR code 1 in quotes.")],
    staff: Staff,
    language: Spoken = Language.es,
) -> None:
    """Write down that somebody came, on the day of their appointment, late or not."""
    settings = settings_now()
    meant = _meant(shown, settings, language)
    house, found = _acted(settings, language, lambda c, h: acts.arrive(c, h, utc_now(), meant, _said(staff)))
    _show_arrival(house, found, language)


@desk_app.command()
def correct(
    folio: Folio,
    staff: Staff,
    reason: Reason,
    curp: Part = None,
    given: Part = None,
    surname1: Part = None,
    surname2: Part = None,
    language: Spoken = Language.es,
) -> None:
    """Correct a slip of the pen in whom an appointment is for; the person is told and gets new papers."""
    change, by = Change(curp, given, surname1, surname2), By(_said(staff), _said(reason))
    _acted(settings_now(), language, lambda c, h: acts.correct(c, h, utc_now(), _folio(folio), change, by))
    _say("desk-corrected", language)


@desk_app.command()
def excuse(folio: Folio, staff: Staff, reason: Reason, language: Spoken = Language.es) -> None:
    """A missed appointment does not count any more."""
    by = By(_said(staff), _said(reason))
    _, made = _acted(settings_now(), language, lambda c, h: acts.excuse(c, h, utc_now(), _folio(folio), by))
    _say("desk-excused", language, folio=made.folio)


def _folio(typed: str) -> str:
    """Staff may leave PA out; what is no folio is looked for as it is, and not found."""
    return read_folio(typed) or read_folio(f"PA {typed}") or typed.strip()


def _meant(shown: str, settings: Settings, language: Language) -> Shown:
    """A code has the CURP and the token; a folio is one word."""
    curp, parted, _ = shown.strip().partition(" ")
    if not parted:
        return Shown(_folio(shown))
    code = read_code(shown.strip(), _keys(settings))
    if isinstance(code, CheckinFault):
        raise Stop(_fault(code, "", ZoneInfo("UTC"), language))
    return Shown(code.folio, code, curp)


def _keys(settings: Settings) -> dict[str, bytes]:
    """Of all codes that may still be in people's hands."""
    secret = settings.secret_key.reveal()
    signers = (checkin_key(secret, number) for number in range(1, settings.checkin_key + 1))
    return {key.id: key.public() for key in signers}


def _fault(fault: CheckinFault, here: str, zone: ZoneInfo, language: Language) -> str:
    key, say = f"desk-code-{fault.kind}", words(language)
    if isinstance(fault.said, datetime):
        moment = fault.said.astimezone(zone)
        return say.text(key, day=moment.date(), time=moment.time())
    return say.text(key, said=fault.said, here=here)


def _show_arrival(house: House, found: Arrived, language: Language) -> None:
    known = acts.where_and_when(house, found.made)
    zone = ZoneInfo(house.world.offices[found.made.place.office_id].zone)
    known |= {"at": found.at.astimezone(zone).time(), "late": "yes" if found.late else "no"}
    known |= {"curp": initials_last4(found.made.applicant.curp)}
    _say("desk-arrived-again" if found.again else "desk-arrived", language, **known)
    if found.outdated:
        _say("desk-outdated", language)


def _say(key: str, language: Language, **args: object) -> None:
    console.print(words(language).text(key, **args), markup=False, soft_wrap=True)


def _said(text: str) -> str:
    if not text.strip():
        raise Stop(words(Language.es).text("desk-no-reason"))
    return text.strip()


def _acted(
    settings: Settings, language: Language, act: Callable[[Conn, House], Awaitable[T | Refused]]
) -> tuple[House, T]:
    async def run(conn: Conn, house: House) -> tuple[House, T | Refused]:
        return house, await act(conn, house)

    house, outcome = _done(settings, run)
    if isinstance(outcome, Refused):
        raise Stop(words(language).text(f"desk-{outcome.key}", **outcome.args))
    return house, outcome


def _done(settings: Settings, act: Callable[[Conn, House], Awaitable[T]]) -> T:
    async def run(dsn: str) -> T:
        async with program.connected(settings, dsn) as pool, pool.acquire() as conn:
            return await act(conn, await program.house_of(settings, conn))

    with database(settings) as dsn:
        return asyncio.run(run(dsn))
