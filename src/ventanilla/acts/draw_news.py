"""The results of draws, as everybody who entered gets them: in the chat, or as a template."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from ventanilla.acts.house import House
from ventanilla.acts.window import seal_call
from ventanilla.core.templates import DRAW_LOST, DRAW_WON
from ventanilla.db import draw_offers, outbox
from ventanilla.db.appointments import open_applicant
from ventanilla.db.connection import Conn
from ventanilla.talk.draw_words import lost, won
from ventanilla.talk.engine import Say
from ventanilla.words import words
from ventanilla.words.compose import compose
from ventanilla.words.limits import hold_to_limits
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
    return _owed(house, w.contact_id, w.language, won(w.offer_id, args), DRAW_WON, args, str(w.offer_id))


def _loser(house: House, found: draw_offers.Loser) -> outbox.Owed:
    name, office = open_applicant(house.vault, found.sealed).given, house.world.offices[found.office_id]
    args = {"name": name, "office": office.name, "tickets": found.weight}
    return _owed(house, found.contact_id, found.language, lost(args), DRAW_LOST, args)


def _owed(
    house: House,
    contact_id: int,
    language: str,
    said: Say,
    template: str,
    args: Mapping[str, Any],
    about: str = "",
) -> outbox.Owed:
    (message,) = compose(said, words(language))
    hold_to_limits(message)
    call = seal_call(house.vault, compose_template(template, words(language), args, about))
    return outbox.Owed(
        contact_id, "message", house.vault.seal("outbox", msgspec.json.encode(message)), language, call
    )
