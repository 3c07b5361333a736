"""The waiting list: who waits for what, how long an offer holds a place, who comes first (FAIRNESS 5.5)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ventanilla.core.booking import Applicant, Place, Rules

HALVES = ("morning", "afternoon")
"""Of a day at the office: before and from noon on."""
_NEAR = timedelta(days=1)
_BOUNDS = (1, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody on the list. With `appointment_id` they want an earlier place than that one; `ahead`: how
    many who wait for one of the same offices came before."""

    id: int
    applicant: Applicant
    procedure: str
    offices: tuple[str, ...]
    earliest: date
    halves: tuple[str, ...]
    appointment_id: int | None
    paused: bool
    ahead: int


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """A place held for somebody on the list. `now_at` and `folio`: of the appointment it would change."""

    id: int
    contact_id: int
    place: Place
    until: datetime
    given: str
    language: str
    folio: str = ""
    now_at: Place | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A place that suits somebody who waits; `room`: how many of them there are in the slot."""

    waiting_id: int
    contact_id: int
    appointment_id: int | None
    slot_id: int
    place: Place
    room: int


def offer_until(now: datetime, starts_at: datetime, rules: Rules) -> datetime | None:
    """When an offer made now ends: it has its full time, or (None) is not made at all."""
    until = now + (rules.offer_near if starts_at - now <= _NEAR else rules.offer)
    return until if until <= starts_at - rules.lead else None


def position(ahead: int) -> tuple[int, int]:
    """Between which places of the list somebody stands: 7 ahead is (5, 10). The second is 0 where the
    first is the last bound: nobody should count on a number that others' choices change."""
    place = ahead + 1
    higher = [bound for bound in _BOUNDS if bound > place]
    return max(bound for bound in _BOUNDS if bound <= place), higher[0] if higher else 0


def one_each(matches: Iterable[Match]) -> tuple[Match, ...]:
    """In the order given, each person's first place that is left; no slot more often than it has room."""
    chosen: dict[int, Match] = {}
    used: Counter[int] = Counter()
    for match in matches:
        if match.waiting_id not in chosen and used[match.slot_id] < match.room:
            chosen[match.waiting_id] = match
            used[match.slot_id] += 1
    return tuple(chosen.values())
