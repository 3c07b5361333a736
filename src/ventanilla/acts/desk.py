"""Staff acted at the desk: somebody came, a letter was mistyped, an absence is excused.

Each act is one transaction with its line in `staff_act`. What cannot be done is a value that says why, in
words for staff (`words/*/desk.ftl`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from ventanilla.acts.house import House
from ventanilla.acts.turn import owed_for
from ventanilla.core.booking import CANCELLED, Applicant, Appointment
from ventanilla.core.checkin import Checkin
from ventanilla.core.corrections import CURP_LETTERS, Change, NotCorrected, corrected
from ventanilla.db import appointments, desk, outbox
from ventanilla.db.connection import Conn
from ventanilla.talk.confirm import corrected as told_corrected
from ventanilla.talk.engine import Talk, Turn

_CORRECTABLE = ("live", "arrived")


@dataclass(frozen=True, slots=True)
class By:
    """Who did it and why; neither may be empty."""

    staff: str
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """`key` is of the words for staff, without its `desk-`."""

    key: str
    args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody shows at the desk: a folio, or the code it came in with the CURP that stood there."""

    folio: str
    code: Checkin | None = None
    curp: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """`late`: after the grace time, to be served if it can be done. `outdated`: the code was made before the
    appointment was moved or corrected. `again`: it was written down before, at `at`."""

    made: Appointment
    at: datetime
    late: bool
    outdated: bool
    again: bool


async def arrive(conn: Conn, house: House, now: datetime, shown: Shown, staff: str) -> Arrived | Refused:
    """On its day, late too; also after it counted as missed, which is set right by it."""
    async with conn.transaction():
        code = shown.code
        found = await desk.locked(conn, house.vault, shown.folio, code.appointment_id if code else 0)
        if found is None:
            return Refused("not-found", {"folio": shown.folio})
        made = found.made
        if made.status == CANCELLED:
            return Refused("cancelled", {"folio": made.folio})
        if now.astimezone(_zone(house, made)).date() != found.day:
            return Refused("not-today", where_and_when(house, made))
        outdated = code is not None and not (
            code.starts_at == made.place.starts_at and shown.curp == made.applicant.curp
        )
        again = found.arrived_at is not None
        if not again:
            how = "code" if code else "folio"
            await desk.write(conn, made.id, desk.StaffAct("arrived", staff, how, now))
            await desk.arrive(conn, made.id, now)
        at = found.arrived_at or now
        late = at > made.place.starts_at + house.world.rules.grace
        return Arrived(made, at, late, outdated, again)


async def correct(
    conn: Conn, house: House, now: datetime, folio: str, change: Change, by: By
) -> Appointment | Refused:
    """As it stands then. The person is told, and gets the papers on which it stands anew."""
    async with conn.transaction():
        found = await desk.locked(conn, house.vault, folio)
        if found is None:
            return Refused("not-found", {"folio": folio})
        made, was = found.made, found.made.applicant
        if made.status not in _CORRECTABLE:
            return Refused("not-correctable", {"folio": folio})
        today = now.astimezone(_zone(house, made)).date()
        new = corrected(found.confirmed, was, change, found.day, today)
        if isinstance(new, NotCorrected):
            return Refused(f"correct-{new.kind}", {"letters": CURP_LETTERS})
        sealed = appointments.seal_applicant(house.vault, new)
        done = desk.StaffAct("corrected", by.staff, by.reason, now, found.sealed)
        if not await desk.correct(conn, made.id, house.vault.key("curp", new.curp), sealed, done):
            return Refused("correct-already-live", {"letters": CURP_LETTERS})
        fixed = replace(made, applicant=new)
        what = "name" if new.curp == was.curp else "curp" if _name(new) == _name(was) else "both"
        told = Turn(Talk(made.language), told_corrected(fixed, what))
        await outbox.put(conn, owed_for(house, made.contact_id, told))
        return fixed


async def excuse(conn: Conn, house: House, now: datetime, folio: str, by: By) -> Appointment | Refused:
    """A missed appointment does not count any more."""
    async with conn.transaction():
        found = await desk.locked(conn, house.vault, folio)
        if found is None:
            return Refused("not-found", {"folio": folio})
        if not await desk.excuse(conn, found.made.id):
            return Refused("not-missed", {"folio": folio})
        await desk.write(conn, found.made.id, desk.StaffAct("excused", by.staff, by.reason, now))
        return replace(found.made, status="excused")


def where_and_when(house: House, made: Appointment) -> dict[str, object]:
    moment = made.place.starts_at.astimezone(_zone(house, made))
    office = house.world.offices[made.place.office_id].name
    return {"folio": made.folio, "office": office, "day": moment.date(), "time": moment.time()}


def _zone(house: House, made: Appointment) -> ZoneInfo:
    return ZoneInfo(house.world.offices[made.place.office_id].zone)


def _name(applicant: Applicant) -> tuple[str, str, str]:
    return applicant.given, applicant.surname1, applicant.surname2
