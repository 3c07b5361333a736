"""People wrote: one turn each for everybody who waits, in one transaction."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import msgspec

from ventanilla.acts import facts as loading
from ventanilla.acts.house import House
from ventanilla.acts.unasked import unasked
from ventanilla.acts.window import seal_call
from ventanilla.db import booking, inbox, outbox, people
from ventanilla.db.connection import Conn
from ventanilla.talk.engine import FormOffer, Hand, Heard, Phrase, Say, Talk, Turn
from ventanilla.talk.facts import Facts
from ventanilla.talk.turns import still_open, take_turn, without_answers
from ventanilla.words import words
from ventanilla.words.compose import Message, compose
from ventanilla.words.forms import form_call
from ventanilla.words.limits import hold_to_limits
from ventanilla.words.outgoing import FormCall
from ventanilla.words.templates import as_template

_log = logging.getLogger(__name__)
_Made = tuple[str, bytes, bytes | None]
"""Kind and body of a message, and the template that says the same."""
_talks = msgspec.json.Decoder(Talk)
_heard = msgspec.json.Decoder(Heard)


@dataclass(frozen=True, slots=True)
class _Person:
    claimed: inbox.Claimed
    talk: Talk
    heard: Heard


class PaperOwed(msgspec.Struct, frozen=True):
    """A paper as the outbox keeps it: made when it is sent."""

    paper: str
    args: dict[str, str]
    language: str


class FormOwed(msgspec.Struct, frozen=True):
    """A form as the outbox keeps it, with what is said instead where no form can go."""

    call: FormCall
    instead: Message


async def take_messages(
    conn: Conn, house: House, now: datetime, limit: int, contact_id: int | None = None
) -> int:
    """Attend the earliest waiting message of up to `limit` people. Gives how many were attended."""
    async with conn.transaction():
        claimed = await inbox.claim(conn, limit, contact_id)
        if not claimed:
            return 0
        persons = [_person(house, c, now) for c in claimed]
        turns = await _turns(conn, house, persons, now)
        await _carry_out(conn, persons, turns, now)
        sealed = [house.vault.seal("talk", msgspec.json.encode(t.talk)) for t in turns]
        contacts = [p.claimed.contact_id for p in persons]
        await inbox.save_talks(conn, contacts, sealed, now)
        released = await outbox.release(conn, contacts, now, now - house.world.rules.talk_life)
        owed = [
            o for p, t in zip(persons, turns, strict=True) for o in owed_for(house, p.claimed.contact_id, t)
        ]
        if owed:
            await outbox.put(conn, _not_told(house, owed, released))
        return len(claimed)


async def apologise(conn: Conn, house: House, now: datetime, contact_id: int, fault: str) -> None:
    """A message that breaks the program is set aside; the person is told, and staff take over."""
    async with conn.transaction():
        if await inbox.set_aside(conn, contact_id, fault) is None:
            return
        row = await conn.fetchrow("SELECT sealed FROM talk WHERE contact_id = $1", contact_id)
        talk = _talk(house, row["sealed"]) if row else Talk()
        told = Say((Phrase("something-broke"),))
        await outbox.put(conn, [unasked(house, contact_id, talk.language, told)])
        await people.write_hand_overs(conn, [contact_id], "fault", now)


def _person(house: House, claimed: inbox.Claimed, now: datetime) -> _Person:
    talk = opened_talk(house, claimed.talk, claimed.heard_at, now)
    return _Person(claimed, talk, _heard.decode(house.vault.open("inbox", claimed.sealed)))


def opened_talk(house: House, sealed: bytes | None, heard_at: datetime | None, now: datetime) -> Talk:
    """As it was left; without its answers where that is too long ago."""
    talk = _talk(house, sealed)
    return talk if heard_at is None else still_open(talk, heard_at, Facts(now, house.world))


def erased(house: House, sealed: bytes) -> bytes:
    """The same talk without any answers: its language and acceptance stay."""
    kept = without_answers(_talk(house, sealed))
    return house.vault.seal("talk", msgspec.json.encode(kept))


def _talk(house: House, sealed: bytes | None) -> Talk:
    return Talk() if sealed is None else _talks.decode(house.vault.open("talk", sealed))


async def _turns(conn: Conn, house: House, persons: Sequence[_Person], now: datetime) -> list[Turn]:
    """Run the pure turns, with the facts they miss for everybody at once."""
    runs = [(p.claimed.contact_id, partial(take_turn, p.talk, p.heard)) for p in persons]
    return await loading.run(conn, house, now, runs)


async def _carry_out(conn: Conn, persons: Sequence[_Person], turns: Sequence[Turn], now: datetime) -> None:
    deeds: dict[str, list[tuple[inbox.Claimed, Mapping[str, str]]]] = {}
    for person, turn in zip(persons, turns, strict=True):
        for do in turn.do:
            deeds.setdefault(do.name, []).append((person.claimed, do.args))
    consents = [
        people.Consent(c.contact_id, name == "consent", args.get("notice", ""), c.wamid, now)
        for name in ("consent", "decline")
        for c, args in deeds.get(name, ())
    ]
    if consents:
        await people.write_consents(conn, consents)
    if "let-go" in deeds:
        await booking.let_go(conn, [c.contact_id for c, _ in deeds["let-go"]])
    if "hand-over" in deeds:
        await people.write_hand_overs(conn, [c.contact_id for c, _ in deeds["hand-over"]], "asked", now)


def owed_for(house: House, contact: int, turn: Turn) -> list[outbox.Owed]:
    """What the outbox is to hold of one turn, in order."""
    language = turn.talk.language
    owed: list[_Made] = []
    for out in turn.out:
        if isinstance(out, Hand):
            paper = PaperOwed(out.paper, dict(out.args), language)
            owed.append(("paper", msgspec.json.encode(paper), None))
        elif isinstance(out, FormOffer):
            owed += _form(out, language)
        else:
            call = as_template(out, words(language))
            template = seal_call(house.vault, call) if call else None
            for message in _composed(out, language):
                owed.append(("message", msgspec.json.encode(message), template))
                template = None  # it says what the first message says
    return [
        outbox.Owed(contact, kind, house.vault.seal("outbox", body), language, template)
        for kind, body, template in owed
    ]


def _not_told(
    house: House, owed: list[outbox.Owed], released: Sequence[outbox.Released]
) -> list[outbox.Owed]:
    """What goes out at last is not said a second time by the answer to the tap that asked for it."""

    def content(one: outbox.Owed | outbox.Released) -> tuple[int, str, bytes]:
        return one.contact_id, one.kind, house.vault.open("outbox", one.sealed)

    told = {content(r) for r in released}
    return [o for o in owed if content(o) not in told] if told else owed


def _form(offer: FormOffer, language: str) -> list[_Made]:
    """With one message to be sent instead; where the chat needs two, it is the chat."""
    call, instead = form_call(offer, words(language)), _composed(offer.instead, language)
    hold_to_limits(call)
    if len(instead) > 1:
        return [("message", msgspec.json.encode(m), None) for m in instead]
    return [("form", msgspec.json.encode(FormOwed(call, *instead)), None)]


def _composed(say: Say, language: str) -> tuple[Message, ...]:
    """Raises `OverLimit`: what Meta would refuse never becomes owed."""
    messages = compose(say, words(language))
    for message in messages:
        hold_to_limits(message)
    return messages
