"""The answers to what turns ask: one query per kind of question, for all people of the batch."""

import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from ventanilla.acts import noshows
from ventanilla.acts.house import House
from ventanilla.core.booking import Appointment, Rules, folio_of
from ventanilla.core.release import back_at
from ventanilla.db import appointments, booking, forms, places
from ventanilla.db.connection import Conn
from ventanilla.talk.facts import (
    Alternatives,
    Book,
    Booked,
    Cancel,
    Facts,
    FirstFree,
    FreeTimes,
    HasLive,
    HoldPlace,
    Missing,
    MyAppointments,
    NoShows,
    NotBooked,
    OfferForm,
    OpenDays,
    OpenForm,
    PapersUrl,
    PeopleBooked,
    Question,
)

A = TypeVar("A")
Asked = tuple[int, Any]
"""A contact and a question of one kind."""
Answers = dict[tuple[int, Question[Any]], Any]

_ROUNDS = 16
"""No dialogue asks for more facts in a row; one that does is a bug and must not go on for ever."""
_LINK_LIFE = timedelta(days=7)
_CHANCE = secrets.SystemRandom()


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


def span(now: datetime, rules: Rules) -> tuple[datetime, datetime]:
    """When a place may start to be booked now: half-open."""
    return now + rules.lead, now + timedelta(days=rules.horizon_days)


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


def papers_url(house: House, appointment_id: int, until: datetime) -> str:
    """The link lives until a week after the appointment, or after now where that is not known."""
    return house.link(f"p/{house.links.sign(appointment_id, until + _LINK_LIFE)}")


def returning(house: House, given_at: datetime, starts_at: datetime) -> datetime:
    """When a place that is given back then is everybody's again."""
    return back_at(given_at, starts_at, _CHANCE.random(), house.world.rules)


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
    absences = await noshows.missed(conn, house, now, {q.applicant.curp for _, q in asked})
    wants: list[tuple[Book, booking.WantBooking]] = []
    answers: Answers = {}
    for c, q in asked:
        key = house.vault.key("curp", q.applicant.curp)
        if len(people[c] | {key}) > house.world.rules.people_per_phone:
            answers[(c, q)] = NotBooked("too-many")
        elif not noshows.may_book(house, now, absences[q.applicant.curp], q.place):
            answers[(c, q)] = NotBooked("no-shows")
        else:
            sealed = appointments.seal_applicant(house.vault, q.applicant)
            folio = folio_of(secrets.token_bytes(16))
            want = booking.WantBooking(c, q.place, folio, q.procedure, key, sealed, q.language)
            wants.append((q, want))
    made = await booking.book(conn, [w for _, w in wants], now) if wants else ()
    for (q, want), outcome in zip(wants, made, strict=True):
        answers[(want.contact_id, q)] = _outcome(house, q, want, outcome, now)
    return answers


def _outcome(
    house: House, q: Book, want: booking.WantBooking, made: booking.Made, now: datetime
) -> Booked | NotBooked:
    if made.given_up:
        return NotBooked("given-up")
    if not made.id:
        return NotBooked("already-live" if made.granted else "taken")
    appointment = Appointment(
        made.id, want.folio, want.contact_id, q.place, q.procedure, q.applicant, q.language, "live", now
    )
    return Booked(appointment, papers_url(house, made.id, q.place.starts_at))


async def _cancel(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    """A person cancels one at a time; a batch holds few, so one act each."""
    answers: Answers = {}
    for c, q in asked:
        how = await giving_back(conn, house, now, q.appointment_id)
        answers[(c, q)] = how is not None and await booking.cancel(conn, q.appointment_id, c, how)
    return answers


async def giving_back(
    conn: Conn, house: House, now: datetime, appointment_id: int
) -> booking.GiveBack | None:
    """None: there is no such appointment."""
    starts_at = await conn.fetchval("SELECT starts_at FROM appointment WHERE id = $1", appointment_id)
    if starts_at is None:
        return None
    return booking.GiveBack(now, now + house.world.rules.cancel_until, returning(house, now, starts_at))


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


Loader = Callable[[Conn, House, datetime, Sequence[Asked]], Awaitable[Answers]]

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
    OfferForm: _offer_form,
    Cancel: _cancel,
    HoldPlace: _hold,
    Book: _book,
}
_LOADERS_ORDER = {kind: n for n, kind in enumerate(_LOADERS)}
