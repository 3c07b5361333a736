"""What a booking asks of places and of people, and its deeds."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ventanilla.acts import noshows, waiting_facts
from ventanilla.acts.asked import Answers, Asked, Loader, booked, refusal, span, wanted
from ventanilla.acts.house import House, returning
from ventanilla.db import appointments, booking, places
from ventanilla.db.connection import Conn
from ventanilla.talk.facts import (
    Alternatives,
    Book,
    FirstFree,
    FreeTimes,
    HasLive,
    HoldPlace,
    NoShows,
    NotBooked,
    OpenDays,
    PeopleBooked,
)


async def _first_free(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    offices = list({q.office_id for _, q in asked})
    found = await places.first_free(conn, offices, now, *span(now, house.world.rules))
    return {(c, q): found.get(q.office_id) for c, q in asked}


async def _open_days(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    offices = list({q.office_id for _, q in asked})
    found = await places.open_days(conn, offices, now, *span(now, house.world.rules))
    return {(c, q): found[q.office_id] for c, q in asked}


async def _free_times(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    wanted = list({(q.office_id, q.day) for _, q in asked})
    found = await places.free_times(conn, wanted, now, *span(now, house.world.rules))
    return {(c, q): found[(q.office_id, q.day)] for c, q in asked}


async def _alternatives(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    """Rare (a place was lost), so one query each."""
    bounds = span(now, house.world.rules)
    return {(c, q): await places.alternatives(conn, q.place, q.offices, now, *bounds) for c, q in asked}


async def _has_live(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    keys = {(c, q): (house.vault.key("curp", q.curp), q.procedure) for c, q in asked}
    found = await appointments.live(conn, list(keys.values()), now)
    return {k: person in found for k, person in keys.items()}


async def _no_shows(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    found = await noshows.missed(conn, house, now, {q.curp for _, q in asked})
    return {(c, q): found[q.curp] for c, q in asked}


async def _people_booked(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    since = now - house.world.rules.people_window
    found = await appointments.people_booked(conn, [c for c, _ in asked], since)
    return {(c, q): len(found[c]) for c, q in asked}


async def _hold(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    start, end = span(now, house.world.rules)
    until = now + house.world.rules.hold
    wants = [
        booking.WantHold(c, q.place, returning(house, until, q.place.starts_at))
        for c, q in asked
        if start <= q.place.starts_at < end
    ]
    got = await booking.hold(conn, wants, now, until) if wants else frozenset()
    return {(c, q): c in got for c, q in asked}


async def _book(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    since = now - house.world.rules.people_window
    people = await appointments.people_booked(conn, [c for c, _ in asked], since)
    far = await noshows.too_far(conn, house, now, {k: (k[1],) for k in asked})
    wants: list[tuple[Book, booking.WantBooking]] = []
    answers: Answers = {}
    for c, q in asked:
        want = wanted(house, c, q)
        if len(people[c] | {want.person_key}) > house.world.rules.people_per_phone:
            answers[(c, q)] = NotBooked("too-many")
        elif (c, q) in far:
            answers[(c, q)] = NotBooked("no-shows")
        else:
            wants.append((q, want))
    made = await booking.book(conn, [w for _, w in wants], now) if wants else ()
    await waiting_facts.have_booked(conn, house, [m.id for m in made if m.id], now)
    for (q, want), outcome in zip(wants, made, strict=True):
        done = booked(house, q, want, outcome.id, now) if outcome.id else NotBooked(refusal(outcome))
        answers[(want.contact_id, q)] = done
    return answers


FACTS: Mapping[type, Loader] = {
    FirstFree: _first_free,
    OpenDays: _open_days,
    FreeTimes: _free_times,
    Alternatives: _alternatives,
    HasLive: _has_live,
    NoShows: _no_shows,
    PeopleBooked: _people_booked,
}
DEEDS: Mapping[type, Loader] = {HoldPlace: _hold, Book: _book}
