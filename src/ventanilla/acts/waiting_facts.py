"""The answers to what turns ask about the waiting list. A person does one such deed at a time, so each is an
act of its own; what is only read is read for everybody at once."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from ventanilla.acts.asked import Answers, Asked, Loader
from ventanilla.acts.house import House, papers_url, returning
from ventanilla.core.booking import folio_of
from ventanilla.db import appointments, filling, offers, waiting
from ventanilla.db.connection import Conn
from ventanilla.talk.facts import Booked
from ventanilla.talk.waiting_facts import (
    JoinWaiting,
    LeaveOffer,
    LeaveWaiting,
    MyOffers,
    MyWaiting,
    NotTaken,
    ResumeWaiting,
    TakeOffer,
)


async def have_booked(conn: Conn, house: House, appointment_ids: Sequence[int], now: datetime) -> None:
    """A place given up is public again after a random while, so a related person is watched for as long as
    that may take, and a little longer."""
    if appointment_ids:
        rules = house.world.rules
        await waiting.booked(conn, appointment_ids, now, now - rules.release_most - rules.retake_watch)


async def _mine(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    found = await waiting.of_contacts(conn, house.vault, [c for c, _ in asked])
    return {(c, q): found[c] for c, q in asked}


async def _offers(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    found = await filling.offers_of(conn, house.vault, [c for c, _ in asked])
    return {(c, q): tuple(o for o in found if o.contact_id == c) for c, q in asked}


async def _join(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    return {(c, q): await _joined(conn, house, now, c, q) for c, q in asked}


async def _joined(conn: Conn, house: House, now: datetime, contact: int, q: JoinWaiting) -> str:
    want = waiting.WantPlace(q.offices, q.earliest, q.halves)
    if q.appointment_id is not None:
        return await waiting.join_sooner(conn, q.appointment_id, contact, want, now)
    if q.applicant is None:
        raise ValueError("who waits for a first place has to be somebody")
    key = house.vault.key("curp", q.applicant.curp)
    if await _too_many(conn, house, now, contact, key, waits=True):
        return "too-many"
    sealed = appointments.seal_applicant(house.vault, q.applicant)
    return await waiting.join(
        conn, contact, waiting.NewEntry(q.procedure, key, sealed, q.language), want, now
    )


async def _too_many(
    conn: Conn, house: House, now: datetime, contact: int, key: bytes, *, waits: bool
) -> bool:
    """As for booking: one phone neither books nor waits for more people than the rules say."""
    rules = house.world.rules
    people = (await appointments.people_booked(conn, [contact], now - rules.people_window))[contact]
    if waits:
        people |= await waiting.people(conn, contact)
    return len(people | {key}) > rules.people_per_phone


async def _leave(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    return {(c, q): await waiting.leave(conn, q.entry_id, c) for c, q in asked}


async def _resume(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    return {(c, q): await waiting.resume(conn, q.entry_id, c) for c, q in asked}


async def _take(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    return {(c, q): await _taken(conn, house, now, c, q.offer_id) for c, q in asked}


async def _taken(conn: Conn, house: House, now: datetime, contact: int, offer_id: int) -> Booked | NotTaken:
    state, waits = await filling.state_of(conn, offer_id, contact)
    if state != "open" or not waits:
        return NotTaken("yours" if state == "taken" else "gone", waits)
    made = None
    if new := await filling.new_of(conn, offer_id, contact):
        key, procedure, sealed, language = new
        if await _too_many(conn, house, now, contact, key, waits=False):
            return NotTaken("too-many")
        made = offers.NewAppointment(folio_of(secrets.token_bytes(16)), procedure, key, sealed, language)
    leaves = await filling.leaves_at(conn, offer_id)
    want = offers.Take(offer_id, contact, now, returning(house, now, leaves or now), made)
    outcome, appointment_id = await offers.take(conn, want)
    if outcome != "taken":
        return NotTaken(outcome, waits)
    await have_booked(conn, house, [appointment_id], now)
    appointment = await appointments.by_id(conn, house.vault, appointment_id)
    if appointment is None:
        raise LookupError(f"offer {offer_id} was taken, but appointment {appointment_id} is not there")
    return Booked(appointment, papers_url(house, appointment_id, appointment.place.starts_at))


async def _decline(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    """The place stays withheld: the next run offers it to the next."""
    answers: Answers = {}
    for c, q in asked:
        mine = [o for o in await filling.offers_of(conn, house.vault, [c]) if o.id == q.offer_id]
        back = [returning(house, now, o.place.starts_at) for o in mine]
        closed = await offers.end(conn, [o.id for o in mine], "declined", now, back)
        await waiting.ended(conn, [o.id for o in closed], house.world.rules.offers_ignored)
        answers[(c, q)] = bool(closed)
    return answers


# Slots are locked before entries of the list.
FACTS: Mapping[type, Loader] = {MyWaiting: _mine, MyOffers: _offers}
DEEDS: Mapping[type, Loader] = {
    TakeOffer: _take,
    LeaveOffer: _decline,
    JoinWaiting: _join,
    LeaveWaiting: _leave,
    ResumeWaiting: _resume,
}
