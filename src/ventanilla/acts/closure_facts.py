"""What a turn asks about offices that do not open."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ventanilla.acts.house import House
from ventanilla.db import appointments, closures
from ventanilla.db.connection import Conn
from ventanilla.talk.facts import Closed, ClosureOf, Question


async def closures_of(
    conn: Conn, house: House, now: datetime, asked: Sequence[tuple[int, ClosureOf]]
) -> dict[tuple[int, Question[Any]], Closed | None]:
    reasons = await closures.reasons(conn, [(c, q.appointment_id) for c, q in asked])
    ids = list({appointment for _, appointment in reasons})
    made = await appointments.by_ids(conn, house.vault, ids) if ids else {}
    held = await closures.held_for(conn, ids) if ids else {}
    found: dict[tuple[int, Question[Any]], Closed | None] = dict.fromkeys(asked)
    for (contact, i), (reason, offered) in reasons.items():
        ended = offered and not held[i]
        found[contact, ClosureOf(i)] = Closed(made[i], reason, held[i], ended)
    return found
