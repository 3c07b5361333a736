"""Time passed: places that are free are offered to who waits, one person at a time, and pass on."""

from datetime import datetime

from ventanilla.acts.house import House, returning
from ventanilla.acts.unasked import unasked
from ventanilla.core.reminders import is_quiet
from ventanilla.core.waiting import Match, OpenOffer, offer_until, one_each
from ventanilla.db import filling, offers, outbox, waiting
from ventanilla.db.connection import Conn
from ventanilla.talk.offers import offered
from ventanilla.talk.waiting import rests
from ventanilla.words import words
from ventanilla.words.templates import compose_template

_EARLIER, _NEW = "oferta_lugar", "oferta_lugar_nuevo"


async def offer_places(conn: Conn, house: House, now: datetime) -> int:
    """Hold what is free for those who wait, and tell them. Gives how many offers were made.

    Nobody is offered anything while it is night at the office.
    """
    rules = house.world.rules
    awake = [
        (o.id, o.zone) for o in house.world.offices.values() if o.open and not is_quiet(now, o.zone, rules)
    ]
    async with conn.transaction():
        found = await filling.matches(conn, awake, now, now + rules.lead + min(rules.offer, rules.offer_near))
        chosen = one_each(m for m in found if offer_until(now, m.place.starts_at, rules))
        if not chosen:
            return 0
        wants = [_want(m, now, house) for m in await filling.ready(conn, chosen, now)]
        made = await offers.put(conn, wants, now)
        for_people = await filling.open_offers(conn, house.vault, [o.id for o in made])
        messages = await outbox.put(conn, [_told(house, offer) for offer in for_people])
        await filling.note_messages(conn, [o.id for o in for_people], messages)
        return len(made)


def _want(match: Match, now: datetime, house: House) -> offers.WantOffer:
    until = offer_until(now, match.place.starts_at, house.world.rules)
    if until is None:
        raise ValueError("a place that is too near was chosen")
    return offers.WantOffer(
        "waiting", match.contact_id, match.slot_id, until, match.appointment_id, match.waiting_id
    )


async def end_offers(conn: Conn, house: House, now: datetime) -> int:
    """What nobody answered in time is withheld for the next; who did not answer so often rests, and is told
    how to go on. Gives how many offers ended."""
    rules = house.world.rules
    await waiting.settle(conn, now)
    async with conn.transaction():
        over = await filling.over(conn, now)
        for how, gone in (("expired", False), ("withdrawn", True)):
            ids = {i: starts_at for i, starts_at, left in over if left is gone}
            back = [returning(house, now, starts_at) for starts_at in ids.values()]
            await offers.end(conn, list(ids), how, now, back)  # type: ignore[arg-type]
        resting = await waiting.ended(conn, [i for i, _, _ in over], rules.offers_ignored)
        for contact, entry, language in await waiting.whose(conn, resting):
            await outbox.put(conn, [unasked(house, contact, language, rests(entry, rules))])
        return len(over)


def _told(house: House, offer: OpenOffer) -> outbox.Owed:
    """In the chat, or as a template once the person has not written for 24 hours."""
    said = offered(offer, house.world)
    name = _EARLIER if offer.now_at else _NEW
    call = compose_template(name, words(offer.language), said.parts[0].args, str(offer.id))
    return unasked(house, offer.contact_id, offer.language, said, call)
