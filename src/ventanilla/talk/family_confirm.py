"""The confirmation for several people: one message for all, the way there once, and each one's own papers."""

from zoneinfo import ZoneInfo

from ventanilla.talk.confirm import fee_for, group_for, papers_of
from ventanilla.talk.facts import Booked, Facts, World
from ventanilla.talk.messages import Hand, Phrase, Say

_THE_WAY = ("qr-office", "way")
"""The same for everybody."""


def family_confirmation(facts: Facts, booked: tuple[Booked, ...]) -> tuple[Say | Hand, ...]:
    hands = [papers_of(facts.world, one.appointment) for one in booked]
    way = (hand for hand in hands[0] if hand.paper in _THE_WAY)
    own = (hand for each in hands for hand in each if hand.paper not in _THE_WAY)
    return (Say((*_told(facts.world, booked), *_to_bring(booked), _to_pay(facts.world, booked))), *way, *own)


def _told(world: World, booked: tuple[Booked, ...]) -> tuple[Phrase, ...]:
    first = booked[0].appointment
    office = world.offices[first.place.office_id]
    zone = ZoneInfo(office.zone)
    day = first.place.starts_at.astimezone(zone).date()
    rows = tuple(
        Phrase(
            "family-booked",
            {
                "name": f"{one.appointment.applicant.given} {one.appointment.applicant.surname1}",
                "time": one.appointment.place.starts_at.astimezone(zone).time(),
                "folio": one.appointment.folio,
                "flagged": "yes" if one.appointment.applicant.name_flagged else "no",
                "url": one.papers_url,
            },
        )
        for one in booked
    )
    args = {"office": office.name, "address": office.address or office.municipality, "day": day}
    return (Phrase("confirmed-family", {**args, "count": len(booked), "rows": rows}),)


def _to_bring(booked: tuple[Booked, ...]) -> tuple[Phrase, ...]:
    """Once for all who bring the same."""
    names: dict[tuple[str, str], list[str]] = {}
    for made in (one.appointment for one in booked):
        names.setdefault((made.procedure, group_for(made)), []).append(made.applicant.given)
    return tuple(
        Phrase("bring-for", {"name": ", ".join(who), "procedure": procedure, "group": group})
        for (procedure, group), who in names.items()
    )


def _to_pay(world: World, booked: tuple[Booked, ...]) -> Phrase:
    first = booked[0].appointment
    office = world.offices[first.place.office_id]
    year = first.place.starts_at.astimezone(ZoneInfo(office.zone)).year
    fees = [fee_for(world, one.appointment.applicant.fields["validity"], year) for one in booked]
    return Phrase(
        "pay-family",
        {
            "amount": sum(fee.amount_mxn for fee in fees),
            "provisional": "yes" if any(fee.provisional for fee in fees) else "no",
            "local": -1 if office.local_fee_mxn is None else office.local_fee_mxn,
            "kind": office.kind,
        },
    )
