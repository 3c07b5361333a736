"""An appointment from draft to folio: its values, and the rules about who may still book."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Rules:
    """The operator's limits; defaults in DOMAIN section 0 and FAIRNESS section 6."""

    lead: timedelta = timedelta(hours=2)
    horizon_days: int = 30
    """At least 2: a new place comes out the day after it is so near, which must not be its own day."""
    hold: timedelta = timedelta(minutes=15)
    people_per_phone: int = 5
    people_window: timedelta = timedelta(days=30)
    talk_life: timedelta = timedelta(days=7)
    cancel_until: timedelta = timedelta(hours=2)
    """Before the appointment; moving too."""
    moves: int = 2
    proof_tries: int = 5
    """A contact's, in a day: to prove an appointment that was made from another phone."""
    offer: timedelta = timedelta(minutes=30)
    offer_near: timedelta = timedelta(minutes=10)
    """How long an offer holds its place; the shorter one for a place within a day."""
    offers_ignored: int = 3
    claim: timedelta = timedelta(hours=24)
    """How long what a draw gave, or what a closed office offers instead, is kept."""
    quiet_from: time = time(21)
    quiet_to: time = time(8)
    """In the office's own zone: no offers, no reminders and no new places."""
    release_least: timedelta = timedelta(minutes=30)
    release_most: timedelta = timedelta(hours=24)
    release_near: timedelta = timedelta(hours=3)
    release_share: float = 0.25
    """Of the time that is left, at most, before a place given back is public; none within `release_near`."""
    retake_watch: timedelta = timedelta(minutes=30)
    remind_days: int = 7
    remind_hours: int = 48
    remind_morning: time = time(7, 30)
    """0 days or hours: not then."""
    grace: timedelta = timedelta(minutes=15)
    no_shows: int = 2
    no_show_window: timedelta = timedelta(days=182)
    no_show_near: timedelta = timedelta(days=7)
    """Who did not come so often within the window books only places so near, or waits; never less."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place in one office at one moment (UTC), in order of office and time."""

    office_id: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Applicant:
    """What the person gave, kept sealed. `fields` are answers by question name."""

    curp: str
    given: str
    surname1: str
    surname2: str
    name_flagged: bool
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Appointment:
    id: int
    folio: str
    contact_id: int
    place: Place
    procedure: str
    applicant: Applicant
    language: str
    status: str
    made_at: datetime
    moves: int = 0
    family: int | None = None
    """The same for all who booked together."""
    closed: bool = False
    """Its office does not open that day."""


LIVE = "live"
CANCELLED = "cancelled"

_FOLIO_LETTERS = 7


def folio_of(seed: bytes) -> str:
    """`PA-` and seven letters or digits that cannot be confused when read aloud (no 0, 1, 8, 9).

    35 bits: two in a million appointments would share one, so the database keeps folios unique
    and the act draws again.
    """
    letters = base64.b32encode(hashlib.sha256(seed).digest()).decode()[:_FOLIO_LETTERS]
    return f"PA-{letters[:3]}-{letters[3:]}"


def can_cancel(starts_at: datetime, now: datetime, rules: Rules) -> bool:
    return now <= starts_at - rules.cancel_until


def can_give_up(made: Appointment, now: datetime, rules: Rules) -> bool:
    """It is never too late to leave an office that does not open."""
    return can_cancel(made.place.starts_at, now, rules) or (made.closed and made.place.starts_at > now)


def why_not_move(made: Appointment, now: datetime, rules: Rules) -> Literal["too-late", "too-often"] | None:
    if made.closed and made.place.starts_at > now:
        return None
    if not can_cancel(made.place.starts_at, now, rules):
        return "too-late"
    return "too-often" if made.moves >= rules.moves else None
