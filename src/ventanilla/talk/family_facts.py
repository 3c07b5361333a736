"""What a booking for several people asks: places side by side, and deeds done for all of them or for none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ventanilla.core.booking import Place
from ventanilla.talk.facts import Book, Booked, Question


@dataclass(frozen=True, slots=True)
class FirstBlock(Question[date | None]):
    """The first local day on which so many people fit side by side. Here and below, what this contact holds
    counts as free."""

    office_id: str
    people: int


@dataclass(frozen=True, slots=True)
class BlockDays(Question[Mapping[date, int]]):
    """Days on which so many people fit side by side, in order, with the free places of such stretches."""

    office_id: str
    people: int


@dataclass(frozen=True, slots=True)
class FreePlaces(Question[Mapping[datetime, int]]):
    """Free places of one local day by moment (UTC, ascending)."""

    office_id: str
    day: date


@dataclass(frozen=True, slots=True)
class NearBlocks(Question[tuple[Place, ...]]):
    """Where the three nearest blocks begin, counting both hours and offices in the given order."""

    place: Place
    offices: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class PeopleWith(Question[int]):
    """How many different people this contact would have booked for inside the window with these CURPs."""

    curps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoldBlock(Question[bool]):
    """Deed: lease all these places (and let go of those held before). False: nothing has changed."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class NotTogether:
    """Nobody was booked: `reason` as in `NotBooked`, and by number whose it is."""

    reason: str
    person: int


@dataclass(frozen=True, slots=True)
class BookFamily(Question[tuple[Booked, ...] | NotTogether]):
    """Deed: an appointment for each of them, in their order, or none at all."""

    people: tuple[Book, ...]
