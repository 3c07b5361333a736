"""What a turn may ask about the world outside: questions as values, answers as values.

A question that is not answered yet raises `Missing`; whoever runs the turn answers the questions
of all people of a batch with one query per kind and runs the pure turn again. Deeds (`HoldPlace`,
`Book`, `Cancel`) are asked in the same way: their outcome is a fact like any other, so a dialogue
reads from top to bottom (decision 0003).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from ventanilla.core.booking import Applicant, Appointment, Place, Rules
from ventanilla.core.fees import FeeTable
from ventanilla.core.places import Nearness, Office
from ventanilla.core.reminders import Answer

if TYPE_CHECKING:
    from ventanilla.talk.intents import Vocabulary
    from ventanilla.talk.municipalities import MunicipalityIndex

A = TypeVar("A")
_COUNTRY = ZoneInfo("America/Mexico_City")


@dataclass(frozen=True, slots=True)
class Question(Generic[A]):
    """Something to be found out; the type parameter is the type of its answer."""


@dataclass(frozen=True, slots=True)
class FirstFree(Question[date | None]):
    """The first local day with a free place that can still be booked."""

    office_id: str


@dataclass(frozen=True, slots=True)
class OpenDays(Question[Mapping[date, int]]):
    """Free places by local day, in order, days without any left out."""

    office_id: str


@dataclass(frozen=True, slots=True)
class FreeTimes(Question[tuple[datetime, ...]]):
    """Moments (UTC, ascending) of one local day with at least one free place."""

    office_id: str
    day: date


@dataclass(frozen=True, slots=True)
class HasLive(Question[bool]):
    """Whether this CURP holds a live appointment for this procedure."""

    curp: str
    procedure: str


@dataclass(frozen=True, slots=True)
class NoShows(Question[tuple[datetime, ...]]):
    """When this person should have come and did not, inside the window of the rules, ascending."""

    curp: str


@dataclass(frozen=True, slots=True)
class PeopleBooked(Question[int]):
    """How many different people this contact booked for inside the window."""


@dataclass(frozen=True, slots=True)
class MyAppointments(Question[tuple[Appointment, ...]]):
    """Live appointments still to come that this contact made or has proved to be theirs, soonest first."""


@dataclass(frozen=True, slots=True)
class PapersUrl(Question[str]):
    """The signed, expiring link to the page with all papers of an appointment."""

    appointment_id: int


@dataclass(frozen=True, slots=True)
class Alternatives(Question[tuple[Place, ...]]):
    """The three nearest free places, counting both hours and offices in the given order."""

    place: Place
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoldPlace(Question[bool]):
    """Deed: lease this place (and let go of the one held before). False: it is taken."""

    place: Place


@dataclass(frozen=True, slots=True)
class Booked:
    appointment: Appointment
    papers_url: str


@dataclass(frozen=True, slots=True)
class NotBooked:
    """`reason`: `taken`, `already-live`, `too-many`, `no-shows` (too far ahead for who missed appointments),
    or `given-up`: this person gave this very place back."""

    reason: str


@dataclass(frozen=True, slots=True)
class Book(Question[Booked | NotBooked]):
    """Deed: turn the hold (or a place that is free) into an appointment."""

    place: Place
    procedure: str
    applicant: Applicant
    language: str

    def __hash__(self) -> int:
        return hash((self.place, self.procedure, self.applicant.curp))


@dataclass(frozen=True, slots=True)
class Cancel(Question[bool]):
    """Deed: give the place back. False: it is not live, not this contact's, or too late."""

    appointment_id: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A place that is held for one person until then."""

    offer_id: int
    place: Place
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """Why the office of an appointment does not open that day, and what is held instead, soonest first.
    `ended`: something was held, and is no more."""

    appointment: Appointment
    reason: str
    instead: tuple[Offered, ...]
    ended: bool = False


@dataclass(frozen=True, slots=True)
class ClosureOf(Question[Closed | None]):
    """None: the office opens, or the appointment is elsewhere, cancelled, or not this contact's."""

    appointment_id: int


@dataclass(frozen=True, slots=True)
class TakeInstead(Question[Booked | None]):
    """Deed: move the appointment from a closed office to a place that is held. None: it is held no more."""

    offer_id: int


@dataclass(frozen=True, slots=True)
class Reminded(Question[tuple[int, ...]]):
    """Appointments still to come of which this contact was reminded in the last two days, soonest first."""


@dataclass(frozen=True, slots=True)
class AnswerReminder(Question[bool]):
    """Deed: note what was answered. False: nobody was reminded of it as it is now, or it is not theirs."""

    appointment_id: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class NotMoved:
    """`reason`: `taken`, `given-up`, `no-shows`, `too-late`, `too-often`, or `gone`: not theirs, not live any
    more, or changed in the same moment."""

    reason: str


@dataclass(frozen=True, slots=True)
class Move(Question[Booked | NotMoved]):
    """Deed: swap the appointment's place for this one, which is held or free."""

    appointment_id: int
    place: Place


@dataclass(frozen=True, slots=True)
class Prove(Question[int | None]):
    """Deed: from now on this contact may manage the appointment of this folio and CURP, whose id it gives.
    None: there is none, for whatever reason, and the try counts."""

    folio: str
    curp: str


@dataclass(frozen=True, slots=True)
class ProofsLeft(Question[int]):
    """How often this contact may still try to prove an appointment today."""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that may be offered: which, and the token by which it is known again."""

    flow_id: str
    token: str


@dataclass(frozen=True, slots=True)
class OfferForm(Question[OpenForm | None]):
    """Deed: issue this contact a form, in place of one still open. None: there are no forms now."""

    language: str


@dataclass(frozen=True, slots=True)
class Institution:
    name: str
    official_phone: str
    site: str
    demo: bool
    notice_hash: str
    notice_url: str


@dataclass(frozen=True, slots=True)
class World:
    """What changes rarely and is loaded once for everybody."""

    offices: Mapping[str, Office]
    municipalities: "MunicipalityIndex"
    fees: FeeTable
    rules: Rules
    institution: Institution
    vocabularies: Mapping[str, "Vocabulary"]
    near: Nearness


class Missing(Exception):
    def __init__(self, *questions: Question[Any]) -> None:
        super().__init__(*questions)
        self.questions = questions


@dataclass(frozen=True, slots=True)
class Facts:
    now: datetime
    world: World
    known: Mapping[Question[Any], Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """In the centre of the country: at six in the evening there it is tomorrow in UTC already."""
        return self.now.astimezone(_COUNTRY).date()

    def get(self, question: Question[A]) -> A:
        """The answer, or `Missing`."""
        return self.all((question,))[0]

    def all(self, questions: tuple[Question[A], ...]) -> tuple[A, ...]:
        """Answers in the order of the questions; all that is missing is reported at once."""
        self.need(*questions)
        return tuple(self.known[q] for q in questions)

    def need(self, *questions: Question[Any]) -> None:
        """So that questions of several kinds are found out at once. Raises `Missing`."""
        missing = [q for q in questions if q not in self.known]
        if missing:
            raise Missing(*missing)
