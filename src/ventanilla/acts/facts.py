"""The answers to what turns ask: one query per kind of question, for all people of the batch."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from ventanilla.acts import draw_facts, family, noshows, phones, waiting_facts
from ventanilla.acts.asked import Answers, Asked, Loader, booked, refusal, span, wanted
from ventanilla.acts.closure_facts import closures_of
from ventanilla.acts.house import House, papers_url, returning
from ventanilla.db import appointments, booking, forms, moving, offers, places, reminders
from ventanilla.db.connection import Conn
from ventanilla.talk.draw_facts import (
    ClaimPlace,
    DeclinePlace,
    EnterDraw,
    LeaveDraw,
    MyEntries,
    OpenDraws,
)
from ventanilla.talk.facts import (
    Alternatives,
    AnswerReminder,
    Book,
    Booked,
    Cancel,
    ClosureOf,
    Facts,
    FirstFree,
    FreeTimes,
    HasLive,
    HoldPlace,
    Missing,
    Move,
    MyAppointments,
    NoShows,
    NotBooked,
    NotMoved,
    OfferForm,
    OpenDays,
    OpenForm,
    PapersUrl,
    PeopleBooked,
    ProofsLeft,
    Prove,
    Question,
    Reminded,
    TakeInstead,
)

A = TypeVar("A")

_ROUNDS = 16
"""No dialogue asks for more facts in a row; one that does is a bug and must not go on for ever."""


async def run(
    conn: Conn, house: House, now: datetime, runs: Sequence[tuple[int, Callable[[Facts], A]]]
) -> list[A]:
    """What each of these pure functions gives for its contact, once the facts it misses are there.

    What several miss is loaded for all of them at once; then those run again.
    """
    known: list[dict[Question[Any], Any]] = [{} for _ in runs]
    done: dict[int, A] = {}
    for _ in range(_ROUNDS):
        missing: list[tuple[int, Question[Any]]] = []
        for n, (_, pure) in enumerate(runs):
            if n not in done:
                try:
                    done[n] = pure(Facts(now, house.world, known[n]))
                except Missing as needs:
                    missing += [(n, question) for question in needs.questions]
        if not missing:
            return [done[n] for n in range(len(runs))]
        found = await load(conn, house, now, [(runs[n][0], q) for n, q in missing])
        for n, question in missing:
            known[n][question] = found[(runs[n][0], question)]
    raise RuntimeError("a turn keeps asking for facts")


async def load(conn: Conn, house: House, now: datetime, asked: Iterable[Asked]) -> Answers:
    """Each question answered, keyed by contact and question. Deeds are done by this."""
    kinds: dict[type, list[Asked]] = {}
    for contact, question in asked:
        kinds.setdefault(type(question), []).append((contact, question))
    answers: Answers = {}
    for kind, questions in sorted(kinds.items(), key=lambda k: _LOADERS_ORDER[k[0]]):
        answers |= await _LOADERS[kind](conn, house, now, questions)
    return answers


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


async def _mine(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    found = await appointments.of_contacts(conn, house.vault, [c for c, _ in asked], now)
    return {(c, q): found[c] for c, q in asked}


async def _papers_url(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    return {(c, q): papers_url(house, q.appointment_id, now) for c, q in asked}


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


async def _cancel(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    """A person cancels one at a time; a batch holds few, so one act each."""
    answers: Answers = {}
    for c, q in asked:
        how = await giving_back(conn, house, now, q.appointment_id)
        done = how is not None and await booking.cancel(conn, q.appointment_id, c, how)
        if done:
            await phones.tell_others(conn, house, c, q.appointment_id, "cancelled")
        answers[(c, q)] = done
    return answers


async def _move(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    """One at a time, like cancelling."""
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
    """A person takes one at a time; a batch holds few, so one act each."""
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


async def _offer_form(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    if house.forms is None:
        return dict.fromkeys(asked)
    flows = await forms.usable(conn, now)
    until = now + house.world.rules.talk_life
    wants = [forms.Want(c, q.language, until) for c, q in asked if q.language in flows]
    ids = await forms.issue(conn, wants, now) if wants else {}
    return {
        (c, q): OpenForm(flows[q.language], house.forms.sign(ids[c], until)) if c in ids else None
        for c, q in asked
    }


# Deeds come last: what they change is asked for afterwards, in the next round.
_LOADERS: Mapping[type, Loader] = {
    FirstFree: _first_free,
    OpenDays: _open_days,
    FreeTimes: _free_times,
    Alternatives: _alternatives,
    HasLive: _has_live,
    NoShows: _no_shows,
    PeopleBooked: _people_booked,
    MyAppointments: _mine,
    PapersUrl: _papers_url,
    Reminded: _reminded,
    OfferForm: _offer_form,
    ClosureOf: closures_of,
    OpenDraws: draw_facts.open_draws,
    MyEntries: draw_facts.my_entries,
    **family.FACTS,
    LeaveDraw: draw_facts.leave,
    EnterDraw: draw_facts.enter,
    DeclinePlace: draw_facts.decline,
    ClaimPlace: draw_facts.claim,
    AnswerReminder: _answer_reminder,
    ProofsLeft: phones.proofs_left,
    Prove: phones.prove,
    Cancel: _cancel,
    TakeInstead: _take_instead,
    Move: _move,
    HoldPlace: _hold,
    Book: _book,
    **family.DEEDS,
    **waiting_facts.LOADERS,
}
_LOADERS_ORDER = {kind: n for n, kind in enumerate(_LOADERS)}
