"""The answers to what turns ask about draws, and what they do there."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ventanilla.acts.asked import Answers, Asked, Loader
from ventanilla.acts.house import House, papers_url, returning
from ventanilla.core import lottery
from ventanilla.core.booking import Appointment, Place, folio_of
from ventanilla.core.lottery import Entry, Wishes
from ventanilla.db import appointments, draw_entries, draw_offers, draws, offers
from ventanilla.db.connection import Conn
from ventanilla.db.draw_entries import WantEntry
from ventanilla.talk.draw_facts import (
    ClaimPlace,
    DeclinePlace,
    EnterDraw,
    Entered,
    LeaveDraw,
    MyEntries,
    MyEntry,
    NotEntered,
    OpenDraw,
    OpenDraws,
)
from ventanilla.talk.facts import Booked, NotBooked


async def open_draws(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    found = await draws.accepting(conn, list({q.procedure for _, q in asked}), now)
    by: dict[str, dict[str, OpenDraw]] = {q.procedure: {} for _, q in asked}
    for draw in found:
        shown = OpenDraw(draw.id, draw.office_id, draw.closes_at, draw.cells)
        for procedure, offices in by.items():
            if draw.procedure in (procedure, lottery.EVERY_PROCEDURE):
                offices.setdefault(draw.office_id, shown)
    return {(c, q): by[q.procedure] for c, q in asked}


async def enter(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    """All that are asked at once; of two for one person in one draw, the first."""
    keys = {(c, q): house.vault.key("curp", q.applicant.curp) for c, q in asked}
    answers: Answers = {}
    terms = await draw_entries.open_for_entries(conn, list({q.draw_id for _, q in asked}), now)
    live = await appointments.live(conn, [(keys[c, q], q.procedure) for c, q in asked], now)
    many = await _too_many(conn, house, now, keys)
    weights = await draw_entries.weights(conn, list(keys.values()))
    wants: dict[tuple[int, bytes], tuple[tuple[int, EnterDraw], WantEntry]] = {}
    for c, q in asked:
        key = keys[c, q]
        if q.draw_id not in terms:
            answers[c, q] = NotEntered("closed")
        elif (key, q.procedure) in live:
            answers[c, q] = NotEntered("already-live")
        elif (c, key) in many:
            answers[c, q] = NotEntered("too-many")
        else:
            want = _want(house, c, q, key, weights.get(key, 1), terms[q.draw_id][0])
            wants.setdefault((q.draw_id, key), ((c, q), want))
    kept = await draw_entries.enter(conn, [want for _, want in wants.values()], now) if wants else frozenset()
    for pair, (who, want) in wants.items():
        code = lottery.code_of(want.receipt)
        url = house.link(f"sorteos/{want.draw_id}.json")
        if pair in kept:
            answers[who] = Entered(code, terms[want.draw_id][1], want.entry.weight, url)
    return {(c, q): answers.get((c, q), NotEntered("elsewhere")) for c, q in asked}


async def _too_many(
    conn: Conn, house: House, now: datetime, keys: Mapping[tuple[int, Any], bytes]
) -> frozenset[tuple[int, bytes]]:
    """Who would be one person more than a phone may book for or enter: both are counted together."""
    rules, contacts = house.world.rules, [c for c, _ in keys]
    booked = await appointments.people_booked(conn, contacts, now - rules.people_window)
    entered = await draw_entries.entered_by(conn, contacts, now - rules.people_window)
    return frozenset(
        (c, key)
        for (c, _), key in keys.items()
        if len(booked[c] | entered[c] | {key}) > rules.people_per_phone
    )


def _want(house: House, contact: int, q: EnterDraw, key: bytes, weight: int, terms: bytes) -> WantEntry:
    wishes = Wishes(frozenset(q.days), frozenset(q.halves))
    entry = Entry(secrets.token_bytes(lottery.NONCE_BYTES), wishes, weight)
    sealed = appointments.seal_applicant(house.vault, q.applicant)
    receipt = lottery.receipt_of(terms, entry)
    return WantEntry(q.draw_id, contact, key, q.procedure, sealed, q.language, receipt, entry)


async def my_entries(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    found: dict[int, list[MyEntry]] = {c: [] for c, _ in asked}
    for mine in await draw_entries.of_contacts(conn, list(found), now.date()):
        open_ = mine.offer_id is not None
        state = "offered" if open_ else "closed" if mine.draw == "closed" else mine.state
        shown = MyEntry(
            mine.id,
            appointments.open_applicant(house.vault, mine.sealed).given,
            mine.office_id,
            lottery.code_of(mine.receipt),
            state,
            mine.closes_at,
            mine.offer_id or 0,
            mine.starts_at,
            mine.expires_at,
        )
        found[mine.contact_id].append(shown)
    return {(c, q): tuple(found[c]) for c, q in asked}


async def leave(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    """Rare, so one each; as are the two below."""
    return {(c, q): await draw_entries.leave(conn, q.entry_id, c, now) for c, q in asked}


async def claim(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    return {(c, q): await _claim(conn, house, now, c, q) for c, q in asked}


async def _claim(conn: Conn, house: House, now: datetime, contact: int, q: ClaimPlace) -> Booked | NotBooked:
    it = await draw_offers.promised(conn, q.offer_id, contact)
    if it is None:
        return NotBooked("gone")
    folio = folio_of(secrets.token_bytes(16))
    new = offers.NewAppointment(folio, it.procedure, it.person_key, it.sealed, q.language)
    back = returning(house, now, it.starts_at)
    outcome, made = await offers.take(conn, offers.Take(q.offer_id, contact, now, back, new))
    if outcome != "taken":
        return NotBooked(outcome)
    applicant = appointments.open_applicant(house.vault, it.sealed)
    place = Place(it.office_id, it.starts_at)
    appointment = Appointment(made, folio, contact, place, it.procedure, applicant, q.language, "live", now)
    return Booked(appointment, papers_url(house, made, it.starts_at))


async def decline(conn: Conn, house: House, now: datetime, asked: Sequence[Asked]) -> Answers:
    answers: Answers = {}
    for c, q in asked:
        it = await draw_offers.promised(conn, q.offer_id, c)
        back = [returning(house, now, it.starts_at)] if it else []
        ended = await offers.end(conn, [q.offer_id], "declined", now, back) if it else ()
        answers[c, q] = bool(ended)
    return answers


FACTS: Mapping[type, Loader] = {OpenDraws: open_draws, MyEntries: my_entries}
DEEDS: Mapping[type, Loader] = {
    LeaveDraw: leave,
    EnterDraw: enter,
    DeclinePlace: decline,
    ClaimPlace: claim,
}
