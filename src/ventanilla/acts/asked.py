"""What all loaders of facts share: how questions come and answers go, and what is true of every booking."""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from ventanilla.acts.house import House, papers_url
from ventanilla.core.booking import Appointment, Rules, folio_of
from ventanilla.db import appointments, booking
from ventanilla.db.connection import Conn
from ventanilla.talk.facts import Book, Booked, Question

Asked = tuple[int, Any]
"""A contact and a question of one kind."""
Answers = dict[tuple[int, Question[Any]], Any]
Loader = Callable[[Conn, House, datetime, Sequence[Asked]], Awaitable[Answers]]


def span(now: datetime, rules: Rules) -> tuple[datetime, datetime]:
    """When a place may start to be booked now: half-open."""
    return now + rules.lead, now + timedelta(days=rules.horizon_days)


def wanted(house: House, contact_id: int, book: Book) -> booking.WantBooking:
    return booking.WantBooking(
        contact_id,
        book.place,
        folio_of(secrets.token_bytes(16)),
        book.procedure,
        house.vault.key("curp", book.applicant.curp),
        appointments.seal_applicant(house.vault, book.applicant),
        book.language,
    )


def booked(house: House, book: Book, want: booking.WantBooking, made_id: int, now: datetime) -> Booked:
    appointment = Appointment(
        made_id,
        want.folio,
        want.contact_id,
        book.place,
        book.procedure,
        book.applicant,
        book.language,
        "live",
        now,
    )
    return Booked(appointment, papers_url(house, made_id, book.place.starts_at))


def refusal(made: booking.Made) -> str:
    """Why no appointment was made, as in `NotBooked`."""
    return "given-up" if made.given_up else "already-live" if made.granted else "taken"
