"""The answers to what a booking for several people asks."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from ventanilla.acts import noshows
from ventanilla.acts.asked import Answers, Asked, Loader, booked, refusal, span, wanted
from ventanilla.acts.house import House, returning
from ventanilla.acts.waiting_facts import have_booked
from ventanilla.core.blocks import blocks
from ventanilla.core.booking import Place
from ventanilla.db import appointments, family
from ventanilla.db import blocks as free
from ventanilla.db.connection import Conn
from ventanilla.talk.family_facts import (
    BlockDays,
    BookFamily,
    FirstBlock,
    FreePlaces,
    HoldBlock,
    NearBlocks,
    NotTogether,
    PeopleWith,
)

_OFFICE_APART = timedelta(hours=12)
"""An office further down the list costs as much as half a day, as for one person (db/places.py)."""
_NEAREST = 3


async def _first_block(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    wants = {(c, q): (c, q.office_id, q.people) for c, q in asked}
    found = await free.first_block(conn, list(wants.values()), now, *span(now, house.world.rules))
    return {k: found.get(want) for k, want in wants.items()}


async def _block_days(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    wants = {(c, q): (c, q.office_id, q.people) for c, q in asked}
    found = await free.block_days(conn, list(wants.values()), now, *span(now, house.world.rules))
    return {k: found[want] for k, want in wants.items()}


async def _free_places(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    wants: dict[Asked, tuple[int, str, date | None]] = {(c, q): (c, q.office_id, q.day) for c, q in asked}
    found = await free.free_places(conn, list(wants.values()), now, *span(now, house.world.rules))
    return {(c, q): found[want].get(q.day, {}) for (c, q), want in wants.items()}


async def _near_blocks(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    wants: list[tuple[int, str, date | None]] = [(c, o, None) for c, q in asked for o in q.offices]
    found = await free.free_places(conn, list(dict.fromkeys(wants)), now, *span(now, house.world.rules))
    return {(c, q): _nearest(q, [found[(c, o, None)] for o in q.offices]) for c, q in asked}


def _nearest(near: NearBlocks, offices: Sequence[Mapping[date, Mapping[datetime, int]]]) -> tuple[Place, ...]:
    begun = [
        (abs(block[0] - near.place.starts_at) + rank * _OFFICE_APART, Place(near.offices[rank], block[0]))
        for rank, days in enumerate(offices)
        for day in days.values()
        for block in blocks(day, near.people)
    ]
    return tuple(place for _, place in sorted(begun, key=lambda b: (b[0], b[1].starts_at))[:_NEAREST])


async def _people_with(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    since = now - house.world.rules.people_window
    found = await appointments.people_booked(conn, [c for c, _ in asked], since)
    return {(c, q): len(found[c] | {house.vault.key("curp", k) for k in q.curps}) for c, q in asked}


async def _hold(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    start, end = span(now, house.world.rules)
    until = now + house.world.rules.hold
    wants = [
        family.WantBlock(c, q.places, returning(house, until, q.places[0].starts_at))
        for c, q in asked
        if all(start <= place.starts_at < end for place in q.places)
    ]
    got = await family.hold(conn, wants, now, until) if wants else frozenset()
    return {(c, q): c in got for c, q in asked}


async def _book(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    since, most = now - house.world.rules.people_window, house.world.rules.people_per_phone
    people = await appointments.people_booked(conn, [c for c, _ in asked], since)
    answers: Answers = dict.fromkeys(asked, NotTogether("too-many", 0))
    wants = {(c, q): [wanted(house, c, book) for book in q.people] for c, q in asked}
    few = [k for k, w in wants.items() if len(people[k[0]] | {one.person_key for one in w}) <= most]
    far = await noshows.too_far(conn, house, now, {k: k[1].people for k in few})
    answers |= {k: NotTogether("no-shows", n) for k, n in far.items()}
    fitting = [k for k in few if k not in far]
    made = await family.book(conn, [wants[k] for k in fitting], now) if fitting else ()
    for (c, q), outcome in zip(fitting, made, strict=True):
        if isinstance(outcome, family.Refused):
            answers[(c, q)] = NotTogether(refusal(outcome.made), outcome.person)
        else:
            each = zip(q.people, wants[(c, q)], outcome, strict=True)
            answers[(c, q)] = tuple(booked(house, book, want, made_id, now) for book, want, made_id in each)
            await have_booked(conn, house, outcome, now)
    return answers


FACTS: Mapping[type, Loader] = {
    FirstBlock: _first_block,
    BlockDays: _block_days,
    FreePlaces: _free_places,
    NearBlocks: _near_blocks,
    PeopleWith: _people_with,
}
DEEDS: Mapping[type, Loader] = {HoldBlock: _hold, BookFamily: _book}
