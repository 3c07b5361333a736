"""The seven messages of a confirmation: the words, three QR codes, the way there, the payment sheet
and the triptych. They are the same when an appointment is shown again later."""

from zoneinfo import ZoneInfo

from ventanilla.core.booking import Appointment
from ventanilla.core.curp import Curp, age_on, read_curp
from ventanilla.core.fees import Fee
from ventanilla.core.places import map_url
from ventanilla.core.procedures import Group, group_of
from ventanilla.talk.engine import Choice, Hand, Phrase, Say
from ventanilla.talk.facts import Booked, Facts, World

MENU_BACK = (
    Choice("menu", Phrase("choice-menu"), ask="menu"),
    Choice("book", Phrase("choice-menu-book"), ask="menu"),
)


def fee_for(world: World, validity: str, year: int) -> Fee:
    """What a validity answer ("10:half") costs in a year."""
    years, _, tariff = validity.partition(":")
    fee = world.fees.fee(year, int(years), half=tariff == "half")
    if fee is None:
        raise LookupError(f"no fee for {validity}: it should not have been offered")
    return fee


def group_for(made: Appointment) -> Group:
    """Adult or minor on the day of the appointment."""
    day = made.place.starts_at.date()
    curp = read_curp(made.applicant.curp, day)
    if not isinstance(curp, Curp):
        raise TypeError(f"appointment {made.id} holds something that is not a CURP")
    return group_of(age_on(curp.birth_date, day))


def confirmation(facts: Facts, booked: Booked, *before: Phrase) -> tuple[Say | Hand, ...]:
    return (Say((*before, _confirmed(facts.world, booked))), *papers_of(facts.world, booked.appointment))


def _confirmed(world: World, booked: Booked) -> Phrase:
    made = booked.appointment
    office = world.offices[made.place.office_id]
    moment = made.place.starts_at.astimezone(ZoneInfo(office.zone))
    fee = fee_for(world, made.applicant.fields["validity"], moment.year)
    return Phrase(
        "confirmed",
        {
            "folio": made.folio,
            "name": f"{made.applicant.given} {made.applicant.surname1}",
            "procedure": made.procedure,
            "group": group_for(made),
            "office": office.name,
            "address": office.address or office.municipality,
            "day": moment.date(),
            "time": moment.time(),
            "amount": fee.amount_mxn,
            "provisional": "yes" if fee.provisional else "no",
            "local": -1 if office.local_fee_mxn is None else office.local_fee_mxn,
            "kind": office.kind,
            "flagged": "yes" if made.applicant.name_flagged else "no",
            "url": booked.papers_url,
        },
    )


def corrected(made: Appointment, what: str) -> tuple[Say | Hand, ...]:
    """What the person is told when staff corrected the appointment (`what`: `curp`, `name` or `both`), with
    the papers on which it stands. Somebody else typed these data, so the message does not repeat them."""
    paper = {"appointment": str(made.id)}
    papers = tuple(Hand(name, paper) for name in ("qr-checkin", "payment-sheet", "triptych"))
    return (Say((Phrase("corrected", {"folio": made.folio, "what": what}),)), *papers)


def papers_of(world: World, made: Appointment) -> tuple[Hand, ...]:
    office = world.offices[made.place.office_id]
    paper = {"appointment": str(made.id)}
    way = {"address": office.address or office.municipality, "name": office.name, "url": map_url(office)}
    if office.latitude is not None and office.longitude is not None:
        way |= {"latitude": str(office.latitude), "longitude": str(office.longitude)}
    return (
        Hand("qr-checkin", paper),
        Hand("qr-office", paper),
        Hand("qr-payment", paper),
        Hand("way", way),
        Hand("payment-sheet", paper),
        Hand("triptych", paper),
    )
