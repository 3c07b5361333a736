"""The results of draws, as everybody who entered gets them: in the chat, or as a template."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from ventanilla.acts.house import House
from ventanilla.acts.unasked import unasked
from ventanilla.core.templates import DRAW_LOST, DRAW_WON
from ventanilla.db import draw_offers, outbox
from ventanilla.db.appointments import open_applicant
from ventanilla.db.connection import Conn
from ventanilla.talk.draw_words import lost, won
from ventanilla.words import words
from ventanilla.words.templates import compose_template


async def tell_winners(conn: Conn, house: House, winners: Sequence[draw_offers.Winner]) -> None:
    await outbox.put(conn, [_winner(house, w) for w in winners])


async def tell_losers(conn: Conn, house: House, losers: Sequence[draw_offers.Loser]) -> None:
    await outbox.put(conn, [_loser(house, found) for found in losers])


def _winner(house: House, w: draw_offers.Winner) -> outbox.Owed:
    office = house.world.offices[w.office_id]
    starts, expires = (moment.astimezone(ZoneInfo(office.zone)) for moment in (w.starts_at, w.expires_at))
    args = {
        "name": open_applicant(house.vault, w.sealed).given,
        "office": office.name,
        **{"day": starts.date(), "time": starts.time()},
        **{"closing": expires.date(), "until": expires.time(), "hour": expires.time()},
    }
    call = compose_template(DRAW_WON, words(w.language), args, str(w.offer_id))
    return unasked(house, w.contact_id, w.language, won(w.offer_id, args), call)


def _loser(house: House, found: draw_offers.Loser) -> outbox.Owed:
    name, office = open_applicant(house.vault, found.sealed).given, house.world.offices[found.office_id]
    args = {"name": name, "office": office.name, "tickets": found.weight}
    call = compose_template(DRAW_LOST, words(found.language), args)
    return unasked(house, found.contact_id, found.language, lost(args), call)
