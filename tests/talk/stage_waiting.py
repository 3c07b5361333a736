"""The waiting list on the stage: entries of everybody, and offers that are open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ventanilla.core.booking import Appointment, Place
from ventanilla.core.waiting import Entry, OpenOffer
from ventanilla.talk import waiting_facts as asked
from ventanilla.talk.facts import Booked
from ventanilla.talk.offers import offered
from ventanilla.talk.waiting import rests
from ventanilla.words import words
from ventanilla.words.compose import Message, compose

if TYPE_CHECKING:
    from tests.talk.stage import Person

AHEAD = 6
"""Others who were on the list before."""


@dataclass(slots=True)
class WaitingList:
    entries: list[Entry] = field(default_factory=list)
    offers: list[OpenOffer] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    made: int = 0


def join(person: "Person", q: asked.JoinWaiting) -> str:
    kept = person.waiting
    mine = next((a for a in person.mine if a.id == q.appointment_id), None)
    applicant = mine.applicant if mine else q.applicant
    if applicant is None:
        return "gone"
    if any((e.applicant.curp, e.procedure) == (applicant.curp, q.procedure) for e in kept.entries):
        return "already"
    if mine is None and (applicant.curp, q.procedure) in person.places.live:
        return "already-live"
    kept.made += 1
    entry = Entry(
        kept.made, applicant, q.procedure, q.offices, q.earliest, q.halves, q.appointment_id, False, AHEAD
    )
    kept.entries.append(entry)
    return "joined"


def leave(person: "Person", q: asked.LeaveWaiting) -> bool:
    left = [e for e in person.waiting.entries if e.id == q.entry_id]
    person.waiting.entries = [e for e in person.waiting.entries if e.id != q.entry_id]
    return bool(left)


def resume(person: "Person", q: asked.ResumeWaiting) -> bool:
    kept = person.waiting
    kept.entries = [replace(e, paused=e.paused and e.id != q.entry_id) for e in kept.entries]
    return any(e.id == q.entry_id for e in kept.entries)


def take(person: "Person", q: asked.TakeOffer) -> Booked | asked.NotTaken:
    kept = person.waiting
    offer = next((o for o in kept.offers if o.id == q.offer_id), None)
    if offer is None:
        return asked.NotTaken("yours" if q.offer_id in kept.taken else "gone", bool(kept.entries))
    entry = kept.entries.pop(0)
    kept.offers.remove(offer)
    kept.taken.add(offer.id)
    made = next((a for a in person.mine if a.id == entry.appointment_id), None)
    if made is not None:
        person.mine.remove(made)
        made = replace(made, place=offer.place)
    else:
        number = len(person.places.made) + 1
        made = Appointment(
            number,
            f"PA-AAA-{number:04}",
            1,
            offer.place,
            entry.procedure,
            entry.applicant,
            offer.language,
            "live",
            person.places.now,
        )
        person.places.made.append(made)
        person.places.live.add((entry.applicant.curp, entry.procedure))
    person.mine.append(made)
    return Booked(made, "https://citas.example/p/…")


def decline(person: "Person", q: asked.LeaveOffer) -> bool:
    open_ = [o for o in person.waiting.offers if o.id == q.offer_id]
    person.waiting.offers = [o for o in person.waiting.offers if o.id != q.offer_id]
    return bool(open_)


def place_is_free(person: "Person", days: int) -> list[Message]:
    """So many days from now, at ten, at their first office: offered to this person."""
    kept, entry = person.waiting, person.waiting.entries[0]
    made = next((a for a in person.mine if a.id == entry.appointment_id), None)
    moment = person.places.now.replace(hour=16, minute=0) + timedelta(days=days)
    kept.made += 1
    offer = OpenOffer(
        kept.made,
        1,
        Place(entry.offices[0], moment),
        person.places.now + timedelta(minutes=30),
        entry.applicant.given,
        person.talk.language,
        made.folio if made else "",
        made.place if made else None,
    )
    kept.offers.append(offer)
    return _seen(person, list(compose(offered(offer, person.world), words(person.talk.language))))


def not_answered(person: "Person") -> list[Message]:
    person.later(timedelta(minutes=31))
    person.waiting.offers.clear()
    return []


def paused(person: "Person") -> list[Message]:
    not_answered(person)
    kept = person.waiting
    kept.entries[0] = replace(kept.entries[0], paused=True)
    said = rests(kept.entries[0].id, person.world.rules)
    return _seen(person, list(compose(said, words(person.talk.language))))


def _seen(person: "Person", messages: list[Message]) -> list[Message]:
    person.history += [row for m in messages for row in reversed(m.buttons)]
    return messages


ANSWERS: Mapping[type, Callable[["Person", Any], Any]] = {
    asked.MyWaiting: lambda p, q: tuple(p.waiting.entries),
    asked.MyOffers: lambda p, q: tuple(p.waiting.offers),
    asked.JoinWaiting: join,
    asked.LeaveWaiting: leave,
    asked.ResumeWaiting: resume,
    asked.TakeOffer: take,
    asked.LeaveOffer: decline,
}
