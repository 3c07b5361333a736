"""Draws: announced and drawn by staff; closed, and passed on to the next in the order, as time passes."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from ventanilla.acts.draw_news import tell_losers, tell_winners
from ventanilla.acts.house import House, returning
from ventanilla.core import draw_file, lottery
from ventanilla.core.lottery import Share, Terms
from ventanilla.core.procedures import PROCEDURES
from ventanilla.core.reminders import is_quiet
from ventanilla.db import draw_entries, draw_offers, draws, offers
from ventanilla.db.connection import Conn

_SEED = "draw"
_LONGEST = 500
_AFTERWARDS = timedelta(days=2)
"""After the last day of a draw in UTC, it is over in every zone."""


class CannotDraw(Exception):
    """One sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`source`: which public value will be used, in words; window [opens_at, closes_at)."""

    office_id: str
    procedure: str
    first_day: date
    last_day: date
    opens_at: datetime
    closes_at: datetime
    source: str


async def announce(conn: Conn, house: House, plan: Plan, now: datetime) -> int:
    """Take the places of these days that nobody has yet out of open booking. Gives the draw's number.

    Raises `CannotDraw`. Places that begin before winners have had time to claim them stay as they are.
    """
    _check(house, plan, now)
    office, secret = house.world.offices[plan.office_id], secrets.token_bytes(lottery.SECRET_BYTES)
    async with conn.transaction():
        draw_id = await draws.new_id(conn)
        after = plan.closes_at + house.world.rules.claim
        slots = await draws.untouched(conn, plan.office_id, plan.first_day, plan.last_day, after)
        if not slots:
            raise CannotDraw(
                "No place of those days is free of bookings and starts late enough after the closing. "
                "Choose later days, or open them first with: ventanilla places open --days N"
            )
        zone = ZoneInfo(office.zone)
        shares = sorted((Share(s.astimezone(zone), n) for _, s, n in slots), key=lambda s: s.starts_at)
        window, commitment = (plan.opens_at, plan.closes_at), lottery.commitment_of(secret)
        head = (str(draw_id), office.id, office.name, plan.procedure)
        terms = Terms(*head, *window, plan.source, commitment, tuple(shares))
        days = (plan.first_day, plan.last_day)
        sealed = house.vault.seal(_SEED, secret)
        cells = tuple(sorted({share.cell for share in shares}))
        new = draws.NewDraw(office.id, plan.procedure, *days, *window, plan.source, cells, commitment, sealed)
        await draws.announce(conn, draw_id, new, [s[0] for s in slots], _text(draw_file.announced(terms)))
    return draw_id


def _check(house: House, plan: Plan, now: datetime) -> None:
    faults = (
        (plan.office_id not in house.world.offices, f"There is no office {plan.office_id!r}."),
        (
            plan.procedure not in (*PROCEDURES, lottery.EVERY_PROCEDURE),
            f"The procedure is one of {', '.join(PROCEDURES)}, or * for all.",
        ),
        (not plan.opens_at < plan.closes_at, "The draw must close after it opens."),
        (plan.closes_at <= now, "The closing is over already: choose a later moment."),
        (
            not _printable(plan.source),
            "Say in one line which public value will be used, and of which day after the closing.",
        ),
    )
    for wrong, sentence in faults:
        if wrong:
            raise CannotDraw(sentence)


def _printable(text: str) -> bool:
    return text.isprintable() and 0 < len(text.strip()) == len(text) <= _LONGEST


def _text(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1)


async def close_due(conn: Conn, now: datetime) -> int:
    """Publish the list of whatever draw's window is over. Gives how many."""
    async with conn.transaction():
        due = await draws.to_close(conn, now)
        for draw in due:
            terms = draw_file.terms_of(json.loads(draw.published))
            kept = await draw_entries.entries(conn, draw.id)
            root = lottery.root_of(k.receipt for k in kept)
            await draws.close(conn, draw.id, root, _text(draw_file.closed(terms, [k.entry for k in kept])))
    return len(due)


async def draw_now(conn: Conn, house: House, draw_id: int, public_value: str, now: datetime) -> int:
    """Staff typed the public value: order, places, and news for everybody. Gives how many have won.

    Raises `CannotDraw`; done twice, it is done once.
    """
    if not _printable(public_value):
        raise CannotDraw("Give the public value in one line, just as its source shows it.")
    async with conn.transaction():
        draw = await draws.locked(conn, draw_id)
        if draw is None:
            raise CannotDraw(f"There is no draw {draw_id}. See them with: ventanilla draws list")
        if draw.state != "closed":
            raise CannotDraw(
                "It has not closed yet: wait for its closing time."
                if draw.state == "announced"
                else "It has been drawn already; a draw is never repeated."
            )
        terms = draw_file.terms_of(json.loads(draw.published))
        kept = await draw_entries.entries(conn, draw_id)
        secret = house.vault.open(_SEED, draw.sealed_seed)
        listed = [k.entry for k in kept]
        result = lottery.draw_result(terms, listed, secret, public_value)
        file = _text(draw_file.drawn(terms, listed, secret, public_value, result))
        await draws.record(conn, draw_id, public_value, result.order, file, now)
        slots = await draw_offers.slots_of(conn, draw_id, now + house.world.rules.lead)
        ids = {k.receipt: k for k in kept}
        wants = [
            _want(house, ids[receipt].contact_id, ids[receipt].id, slots[at], at, now)
            for receipt, at in result.won.items()
            if at in slots
        ]
        winners = await draw_offers.won(conn, [o.id for o in await offers.put(conn, wants, now)])
        lucky = {w.person_key for w in winners}
        await draw_entries.weigh(conn, lucky, {k.person_key for k in kept} - lucky)
        await tell_winners(conn, house, winners)
        await tell_losers(conn, house, await draw_offers.losers(conn, draw_id))
    return len(winners)


def _want(
    house: House, contact_id: int, entry_id: int, slot_id: int, starts_at: datetime, now: datetime
) -> offers.WantOffer:
    until = min(now + house.world.rules.claim, starts_at - house.world.rules.lead)
    return offers.WantOffer("draw", contact_id, slot_id, until, draw_entry_id=entry_id)


async def pass_on(conn: Conn, house: House, now: datetime) -> int:
    """End what was not claimed in time; each place that nobody holds goes to the next in its draw's order
    who accepts it, and what nobody there wants is public again, at a random moment. Gives how many were
    offered. Nobody is woken: where it is night, the place waits for the morning.
    """
    back, lead = partial(returning, house, now), house.world.rules.lead
    # Two transactions: in each, slots are locked once, in ascending id.
    async with conn.transaction():
        over = await draw_offers.expired(conn, now)
        await offers.end(conn, [o for o, _ in over], "expired", now, [back(at) for _, at in over])
    async with conn.transaction():
        await draw_offers.take_back(conn, now.date())
        free = [f for f in await draw_offers.unclaimed(conn) if _awake(house, f.office_id, now)]
        if not free:
            return 0
        timely = [f for f in free if f.starts_at > now + lead]
        wants = await _next_for(conn, house, timely, now)
        winners = await draw_offers.won(conn, [o.id for o in await offers.put(conn, wants, now)])
        await draw_entries.weigh(conn, {w.person_key for w in winners}, ())
        await tell_winners(conn, house, winners)
        given = [w.slot_id for w in wants]
        left = [f for f in free if given.count(f.slot_id) < f.room]
        await draw_offers.reopen(conn, [(f.slot_id, back(f.starts_at)) for f in left])
    return len(winners)


async def _next_for(
    conn: Conn, house: House, free: Sequence[draw_offers.Free], now: datetime
) -> list[offers.WantOffer]:
    """By the rule of the draw itself: each in turn has the soonest place that they accept."""
    local = {f.slot_id: f.starts_at.astimezone(ZoneInfo(house.world.offices[f.office_id].zone)) for f in free}
    draw_ids = sorted({f.draw_id for f in free})
    waiting = await draw_offers.waiting(conn, draw_ids, sorted({moment.date() for moment in local.values()}))
    wants = []
    for draw_id in draw_ids:
        slots = {local[f.slot_id]: f for f in free if f.draw_id == draw_id}
        people = {e.receipt: e for e in waiting if e.draw_id == draw_id}
        shares = [Share(moment, f.room) for moment, f in slots.items()]
        for receipt, at in lottery.allocate(((e.receipt, e.wishes) for e in people.values()), shares).items():
            person = people[receipt]
            wants.append(_want(house, person.contact_id, person.entry_id, slots[at].slot_id, at, now))
    return wants


async def forget_entries(conn: Conn, now: datetime) -> int:
    """Of people in draws that are over nothing is kept but what is published, and their appointments."""
    async with conn.transaction():
        return await draw_entries.forget(conn, (now - _AFTERWARDS).date())


def _awake(house: House, office_id: str, now: datetime) -> bool:
    return not is_quiet(now, house.world.offices[office_id].zone, house.world.rules)
