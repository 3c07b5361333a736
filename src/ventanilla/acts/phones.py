"""One appointment, several phones: who proves it, and the others are told what was done."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from ventanilla.acts.house import House
from ventanilla.acts.unasked import unasked
from ventanilla.db import outbox, proof
from ventanilla.db.connection import Conn
from ventanilla.talk.engine import Phrase, Say
from ventanilla.talk.facts import Prove

_TRIES_FOR = timedelta(days=1)


async def prove(
    conn: Conn, house: House, now: datetime, asked: Sequence[tuple[int, Any]]
) -> dict[tuple[int, Any], Any]:
    """Rare, and each try counts for the next, so one at a time."""
    return {(c, q): await _proved(conn, house, now, c, q) for c, q in asked}


async def _proved(conn: Conn, house: House, now: datetime, contact: int, q: Prove) -> int | None:
    key, most = house.vault.key("curp", q.curp), house.world.rules.proof_tries
    found = await proof.prove(conn, proof.Try(contact, q.folio, key, now, now - _TRIES_FOR, most))
    if found is None:
        return None
    if found.fresh:
        await tell_others(conn, house, contact, found.appointment_id, "seen")
    return found.appointment_id


async def proofs_left(
    conn: Conn, house: House, now: datetime, asked: Sequence[tuple[int, Any]]
) -> dict[tuple[int, Any], Any]:
    tries = await proof.tries(conn, [c for c, _ in asked], now - _TRIES_FOR)
    return {(c, q): max(0, house.world.rules.proof_tries - tries[c]) for c, q in asked}


async def tell_others(conn: Conn, house: House, contact_id: int, appointment_id: int, what: str) -> None:
    """`what`: `seen`, `moved` or `cancelled`, by this contact. Nothing personal is said but the folio."""
    owed = [
        unasked(
            house,
            other.contact_id,
            other.language,
            Say((Phrase("from-another-phone", {"folio": other.folio, "what": what}),)),
        )
        for other in await proof.others(conn, appointment_id, contact_id)
    ]
    if owed:
        await outbox.put(conn, owed)
