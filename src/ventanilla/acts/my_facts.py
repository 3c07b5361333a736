"""What somebody's own appointments are asked for, and what is done with them: one act each, since a person
does one thing at a time and a batch holds few."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ventanilla.acts import noshows, phones, waiting_facts
from ventanilla.acts.asked import Answers, Asked, Loader
from ventanilla.acts.house import House, papers_url, returning
from ventanilla.db import appointments, booking, closures, moving, offers, reminders
from ventanilla.db.connection import Conn
from ventanilla.talk.facts import (
    AnswerReminder,
    Booked,
    Cancel,
    Closed,
    ClosureOf,
    Move,
    MyAppointments,
    NotMoved,
    PapersUrl,
    ProofsLeft,
    Prove,
    Reminded,
    TakeInstead,
)


async def _mine(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    found = await appointments.of_contacts(conn, house.vault, [c for c, _ in asked], now)
    return {(c, q): found[c] for c, q in asked}


async def _papers_url(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    return {(c, q): papers_url(house, q.appointment_id, now) for c, q in asked}


async def _closures(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    reasons = await closures.reasons(conn, [(c, q.appointment_id) for c, q in asked])
    ids = list({appointment for _, appointment in reasons})
    made = await appointments.by_ids(conn, house.vault, ids) if ids else {}
    held = await closures.held_for(conn, ids) if ids else {}
    found: Answers = dict.fromkeys(asked)
    for (contact, i), (reason, offered) in reasons.items():
        ended = offered and not held[i]
        found[contact, ClosureOf(i)] = Closed(made[i], reason, held[i], ended)
    return found


async def _cancel(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    answers: Answers = {}
    for c, q in asked:
        how = await giving_back(conn, house, now, q.appointment_id)
        done = how is not None and await booking.cancel(conn, q.appointment_id, c, how)
        if done:
            await phones.tell_others(conn, house, c, q.appointment_id, "cancelled")
        answers[(c, q)] = done
    return answers


async def _move(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    return {(c, q): await _moved(conn, house, now, c, q) for c, q in asked}


async def _moved(conn: Conn, house: House, now: datetime, contact: int, q: Move) -> Booked | NotMoved:
    how = await giving_back(conn, house, now, q.appointment_id)
    if how is None:
        return NotMoved("gone")
    if not await noshows.may_move(conn, house, now, q.appointment_id, q.place):
        return NotMoved("no-shows")
    want = moving.WantMove(contact, q.appointment_id, q.place, house.world.rules.moves)
    outcome = await moving.move(conn, want, how)
    made = await appointments.by_id(conn, house.vault, q.appointment_id) if outcome == "moved" else None
    if made is None:
        return NotMoved(outcome)
    await waiting_facts.have_booked(conn, house, [made.id], now)
    await phones.tell_others(conn, house, contact, made.id, "moved")
    return Booked(made, papers_url(house, made.id, made.place.starts_at))


async def giving_back(
    conn: Conn, house: House, now: datetime, appointment_id: int
) -> booking.GiveBack | None:
    """None: there is no such appointment."""
    row = await conn.fetchrow(
        """
        SELECT a.starts_at, EXISTS (SELECT FROM closure c JOIN slot s USING (office_id, day)
            WHERE s.id = a.slot_id) AS closed
        FROM appointment a WHERE a.id = $1
        """,
        appointment_id,
    )
    if row is None:
        return None
    # It is never too late to leave an office that does not open.
    until = now if row["closed"] else now + house.world.rules.cancel_until
    return booking.GiveBack(now, until, returning(house, now, row["starts_at"]))


async def _take_instead(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    answers: Answers = {}
    for c, q in asked:
        leaves = await offers.leaves(conn, q.offer_id)
        back_at = returning(house, now, leaves or now)
        _, made = await offers.take(conn, offers.Take(q.offer_id, c, now, back_at))
        taken = await appointments.by_id(conn, house.vault, made) if made else None
        answers[(c, q)] = taken and Booked(taken, papers_url(house, taken.id, taken.place.starts_at))
    return answers


async def _reminded(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    found = await reminders.lately(conn, [c for c, _ in asked], now)
    return {(c, q): found[c] for c, q in asked}


async def _answer_reminder(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    answers = {(c, q): reminders.Answered(c, q.appointment_id, q.answer) for c, q in asked}
    noted = await reminders.answer(conn, list(answers.values()), now)
    return {key: answered in noted for key, answered in answers.items()}


FACTS: Mapping[type, Loader] = {
    MyAppointments: _mine,
    PapersUrl: _papers_url,
    Reminded: _reminded,
    ClosureOf: _closures,
    ProofsLeft: phones.proofs_left,
}
DEEDS: Mapping[type, Loader] = {
    AnswerReminder: _answer_reminder,
    Prove: phones.prove,
    Cancel: _cancel,
    TakeInstead: _take_instead,
    Move: _move,
}
