"""What the talk asks about the waiting list and its offers; deeds are asked in the same way."""

from dataclasses import dataclass
from datetime import date

from ventanilla.core.booking import Applicant
from ventanilla.core.waiting import Entry, OpenOffer
from ventanilla.talk.facts import Booked, Question


@dataclass(frozen=True, slots=True)
class MyWaiting(Question[tuple[Entry, ...]]):
    """For whom this contact waits, the longest first."""


@dataclass(frozen=True, slots=True)
class JoinWaiting(Question[str]):
    """Deed: put somebody on the list. With `appointment_id`, for an earlier place than that one; else
    `applicant` has all answers of a booking.

    Gives `joined`, `already`, `already-live`, `too-many` or `gone`.
    """

    procedure: str
    language: str
    offices: tuple[str, ...]
    earliest: date
    halves: tuple[str, ...]
    applicant: Applicant | None = None
    appointment_id: int | None = None

    def __hash__(self) -> int:
        return hash((self.offices, self.earliest, self.halves, self.appointment_id))


@dataclass(frozen=True, slots=True)
class LeaveWaiting(Question[bool]):
    """Deed: False where there is no such entry of this contact's."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class ResumeWaiting(Question[bool]):
    """Deed: an entry that rests goes on. False where there is no such entry of this contact's."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class MyOffers(Question[tuple[OpenOffer, ...]]):
    """All places that are held for this contact from the list now, the oldest offer first."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """`reason`: `gone` (its time is over, or it never was this contact's), `yours` (taken before),
    `already-live` or `too-many`. `waits`: their turn on the list is kept."""

    reason: str
    waits: bool = False


@dataclass(frozen=True, slots=True)
class TakeOffer(Question[Booked | NotTaken]):
    """Deed: the place held becomes the appointment, or changes the one there is."""

    offer_id: int


@dataclass(frozen=True, slots=True)
class LeaveOffer(Question[bool]):
    """Deed: the place goes to the next. False where no such offer is open to this contact."""

    offer_id: int
