"""An office does not open: its days are closed, everybody affected is held alternatives and told."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from ventanilla.acts.house import House, returning
from ventanilla.acts.unasked import unasked
from ventanilla.core.booking import Appointment, Place, Rules
from ventanilla.core.closures import Free, Need, Pick
from ventanilla.core.reminders import is_quiet
from ventanilla.db import appointments, closures, offers, outbox, people
from ventanilla.db.connection import Conn
from ventanilla.talk import closures as said
from ventanilla.talk.engine import Say
from ventanilla.talk.facts import Closed
from ventanilla.words import words
from ventanilla.words.templates import compose_template

Progress = Callable[[int, int], None]
CLOSES, REOPENS = "cierre_oficina", "oficina_reabre"
ROUNDS = 3
"""As many alternatives are held for each person, one a round."""
NEAR, FAR_KM = 9, 150
"""Offices considered, the closed one among them (it opens again), and no further than that."""
_UNITS, _TRIES = 200, 3
_HOPEFUL = 2000


@dataclass(frozen=True, slots=True)
class Done:
    """`days`: how many were not closed before; `affected`: how many appointments; `told`: how many people."""

    days: int
    affected: int
    told: int


async def close(
    conn: Conn,
    house: House,
    now: datetime,
    days: closures.Days,
    reason: str,
    staff: str,
    progress: Progress = lambda done, of: None,
) -> Done:
    """Close these days, hold alternatives, tell everybody. What was cut short goes on when it is run again.

    All days are closed first, one transaction an office, so that no alternative is at a closed one.
    """
    new = affected = 0
    by_office = [list(group) for _, group in groupby(sorted(days), key=lambda d: d[0])]
    for n, of_office in enumerate(by_office, 1):
        async with conn.transaction():
            shut = await closures.close(conn, of_office, reason, staff, now)
            await _tell_withdrawn(conn, house, shut.withdrawn, now)
        new, affected = new + shut.days, affected + shut.affected
        progress(n, len(by_office))
    return Done(new, affected, await go_on(conn, house, now, progress, affected))


async def go_on(
    conn: Conn, house: House, now: datetime, progress: Progress = lambda done, of: None, of: int = 0
) -> int:
    """Hold and tell what is not held and told yet. Gives how many were told."""
    for number in range(1, ROUNDS + 1):
        done = 0
        while batch := await _round(conn, house, now, number):
            done += batch
            progress(done, of)
    return await _until_none(lambda: _tell_some(conn, house, now))


async def _until_none(some: Callable[[], Awaitable[int]]) -> int:
    total = 0
    while count := await some():
        total += count
    return total


async def _round(conn: Conn, house: House, now: datetime, number: int) -> int:
    async with conn.transaction():
        affected = await closures.without_round(conn, number, now, _UNITS)
        await _hold(conn, house, affected, now)
        await closures.had_round(conn, [a.id for a in affected], number)
        return len(affected)


async def _hold(
    conn: Conn, house: House, affected: Sequence[closures.Affected], now: datetime
) -> frozenset[int]:
    """One place for each of these, as far as there are any. Gives whose appointments got one."""
    needs = [need_of(house, a) for a in affected]
    contacts = {a.appointment_id: a.contact_id for a in affected}
    got: set[int] = set()
    for _ in range(_TRIES):
        rooms = await free_near(conn, house, needs, now)
        # Between looking and holding, others may book: those who lost their pick choose again.
        picks = rooms.give([n for n in needs if n.appointment_id not in got])
        if not picks:
            break
        wants = [_want(house.world.rules, contacts, pick, now) for pick in picks]
        got |= {o.appointment_id or 0 for o in await offers.put(conn, wants, now)}
    return frozenset(got)


def _want(rules: Rules, contacts: dict[int, int], pick: Pick, now: datetime) -> offers.WantOffer:
    need, room = pick
    until = min(now + rules.claim, room.starts_at - rules.lead)
    contact = contacts[need.appointment_id]
    return offers.WantOffer("closure", contact, room.slot_id, until, appointment_id=need.appointment_id)


def need_of(house: House, affected: closures.Affected) -> Need:
    return Need(
        affected.appointment_id,
        Place(affected.office_id, affected.starts_at),
        affected.day,
        affected.unit,
        offices_near(house, affected.office_id, affected.procedure),
        affected.avoid,
    )


def offices_near(house: House, office_id: str, procedure: str) -> tuple[str, ...]:
    near = house.world.near.to(house.world.offices[office_id], procedure, NEAR)
    return tuple(office.id for office, km in near if km <= FAR_KM)


async def free_near(
    conn: Conn,
    house: House,
    needs: Sequence[Need],
    now: datetime,
    but: frozenset[tuple[str, date]] = frozenset(),
) -> Free:
    """What is free at all offices that would do, `but` for these days: late enough to be thought about."""
    rules = house.world.rules
    offices = list({office for need in needs for office in need.offices})
    start, end = now + rules.lead + rules.offer, now + timedelta(days=rules.horizon_days)
    rooms = await closures.rooms(conn, offices, now, start, end) if offices else ()
    return Free(r for r in rooms if (r.office_id, r.day) not in but)


async def _tell_some(conn: Conn, house: House, now: datetime) -> int:
    async with conn.transaction():
        untold = await closures.untold(conn, now, _UNITS)
        await _tell(conn, house, untold)
        return len(untold)


async def _tell(conn: Conn, house: House, who: Sequence[tuple[int, int]]) -> None:
    """Who closes and what is held, to these: affected ids with their appointments."""
    if not who:
        return
    ids = [appointment for _, appointment in who]
    made = await appointments.by_ids(conn, house.vault, ids)
    held = await closures.held_for(conn, ids)
    reasons = await closures.reasons(conn, [(m.contact_id, m.id) for m in made.values()])
    closed = [Closed(made[i], reasons[made[i].contact_id, i][0], held[i]) for i in ids]
    owed = [owed_for_appointment(house, c.appointment, said.told(house.world, c), CLOSES) for c in closed]
    await closures.note_told(conn, [n for n, _ in who], await outbox.put(conn, owed), again=False)


def owed_for_appointment(house: House, made: Appointment, say: Say, template: str) -> outbox.Owed:
    """In the language of the appointment; `template` says the same outside the 24 hours."""
    payload = str(made.id) if template == CLOSES else ""
    call = compose_template(template, words(made.language), said.about(house.world, made), payload)
    return unasked(house, made.contact_id, made.language, say, call)


async def _tell_withdrawn(conn: Conn, house: House, withdrawn: Sequence[offers.Offer], now: datetime) -> None:
    """Whoever waits keeps the turn; for whoever won a place in a draw, staff look for another one."""
    gone = [o for o in withdrawn if o.kind != "closure"]
    if not gone:
        return
    rows = await closures.places_of(conn, [o.id for o in gone])
    owed = []
    for offer in gone:
        place, language = rows[offer.id]
        say = said.withdrawn(house.world, offer.kind, place)
        owed.append(unasked(house, offer.contact_id, language, say))
    await outbox.put(conn, owed)
    winners = [o.contact_id for o in gone if o.kind == "draw"]
    await people.write_hand_overs(conn, winners, "closure", now)


async def settle(conn: Conn, house: House, now: datetime) -> None:
    """Each minute: what is held too long goes back, its people are told how to go on, and whoever got
    nothing has the first of what is free now. None of it at night."""
    await go_on(conn, house, now)
    await end_alternatives(conn, house, now)
    async with conn.transaction():
        ended = await closures.unanswered_in_time(conn, now, _UNITS)
        made = await appointments.by_ids(conn, house.vault, [appointment for _, appointment in ended])
        awake = [(n, made[i]) for n, i in ended if is_awake(house, made[i].place.office_id, now)]
        owed = [owed_for_appointment(house, m, said.told_again(house.world, m), CLOSES) for _, m in awake]
        if owed:
            await closures.note_told(conn, [n for n, _ in awake], await outbox.put(conn, owed), again=True)
    await _try_again(conn, house, now)


async def end_alternatives(conn: Conn, house: House, now: datetime) -> None:
    """What is held too long, or for an appointment that needs it no more, goes back."""
    await _until_none(lambda: _end_some(conn, house, now))


async def _end_some(conn: Conn, house: House, now: datetime) -> int:
    async with conn.transaction():
        over = await closures.ended(conn, now, _UNITS)
        for how in ("expired", "withdrawn"):
            those = [(i, starts_at) for i, starts_at, expired in over if expired == (how == "expired")]
            back = [returning(house, now, starts_at) for _, starts_at in those]
            await offers.end(conn, [i for i, _ in those], how, now, back)
        return len(over)


async def _try_again(conn: Conn, house: House, now: datetime) -> None:
    async with conn.transaction():
        hopeful = [
            a for a in await closures.without_any(conn, now, _HOPEFUL) if is_awake(house, a.office_id, now)
        ]
        got = await _hold(conn, house, hopeful, now) if hopeful else frozenset()
        await _tell(conn, house, [(a.id, a.appointment_id) for a in hopeful if a.appointment_id in got])


def is_awake(house: House, office_id: str, now: datetime) -> bool:
    return not is_quiet(now, house.world.offices[office_id].zone, house.world.rules)
