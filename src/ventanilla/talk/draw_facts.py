"""What a talk may ask about draws, and do in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ventanilla.core.booking import Applicant
from ventanilla.talk.facts import Booked, NotBooked, Question


@dataclass(frozen=True, slots=True)
class OpenDraw:
    """One that takes entries now; `cells` are the days and halves that have places, ascending."""

    id: int
    office_id: str
    closes_at: datetime
    cells: tuple[tuple[date, str], ...]

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(sorted({day for day, _ in self.cells}))

    @property
    def halves(self) -> tuple[str, ...]:
        return tuple(sorted({half for _, half in self.cells}))


@dataclass(frozen=True, slots=True)
class OpenDraws(Question[Mapping[str, OpenDraw]]):
    """By office, for one procedure; of two, the one that closes first."""

    procedure: str


@dataclass(frozen=True, slots=True)
class Entered:
    """`code` is the receipt as it is given to people."""

    code: str
    closes_at: datetime
    weight: int
    url: str


@dataclass(frozen=True, slots=True)
class NotEntered:
    """`reason`: `closed`, `elsewhere` (from another phone), `already-live` or `too-many`."""

    reason: str


@dataclass(frozen=True, slots=True)
class EnterDraw(Question[Entered | NotEntered]):
    """Deed: enter this person, or change what they would accept. Days and halves are not empty."""

    draw_id: int
    procedure: str
    applicant: Applicant
    days: tuple[date, ...]
    halves: tuple[str, ...]
    language: str

    def __hash__(self) -> int:
        return hash((self.draw_id, self.procedure, self.applicant.curp, self.days, self.halves))


@dataclass(frozen=True, slots=True)
class MyEntry:
    """`state`: `entered`, `closed` (the list is; no result yet), `offered` (with `offer_id`, the place and
    until when), `won` or `lost`."""

    id: int
    name: str
    office_id: str
    code: str
    state: str
    closes_at: datetime
    offer_id: int = 0
    starts_at: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MyEntries(Question[tuple[MyEntry, ...]]):
    """Those made from this phone whose places are still to come, the newest first."""


@dataclass(frozen=True, slots=True)
class LeaveDraw(Question[bool]):
    """Deed. False: the list is closed, or it is not this contact's."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class ClaimPlace(Question[Booked | NotBooked]):
    """Deed: make the appointment that a draw gave. `reason`: `gone` or `already-live`."""

    offer_id: int
    language: str


@dataclass(frozen=True, slots=True)
class DeclinePlace(Question[bool]):
    """Deed: let it go to the next person. False: it is not open, or not this contact's."""

    offer_id: int
