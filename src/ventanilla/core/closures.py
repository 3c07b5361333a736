"""What is offered to people whose office closes: one alternative each, near in time and office."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import groupby

from ventanilla.core.booking import Place

_OFFICE_COSTS = timedelta(hours=12)
"""An office further down the list is worth half a day of waiting."""


@dataclass(frozen=True, slots=True)
class Need:
    """One affected appointment. `day` is the office's own; `unit` is the same for a family; `offices` are
    those that would do, nearest first; `avoid`: slots that are not for this person (again)."""

    appointment_id: int
    place: Place
    day: date
    unit: int
    offices: tuple[str, ...]
    avoid: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Room:
    """A slot with free places; `day` is its office's own."""

    slot_id: int
    office_id: str
    starts_at: datetime
    day: date
    free: int


Pick = tuple[Need, Room]


class Free:
    """What is free, and becomes less with each place that is given."""

    def __init__(self, rooms: Iterable[Room]) -> None:
        ordered = sorted(rooms, key=lambda r: (r.office_id, r.starts_at, r.slot_id))
        self._rooms: Mapping[str, list[Room]] = {
            office: list(group) for office, group in groupby(ordered, key=lambda r: r.office_id)
        }
        self._left = {r.slot_id: r.free for r in ordered}
        self._of_day = Counter({(r.office_id, r.day): 0 for r in ordered})
        for room in ordered:
            self._of_day[room.office_id, room.day] += room.free

    def by_office(self) -> Counter[str]:
        """How many places are left at each."""
        left: Counter[str] = Counter()
        for (office, _), count in self._of_day.items():
            left[office] += count
        return left

    def give(self, needs: Sequence[Need]) -> list[Pick]:
        """One place each as far as there are any: whoever was to come first chooses first, a family together
        at one office on one day where that is possible."""
        picks: list[Pick] = []
        units: dict[int, list[Need]] = {}
        for need in sorted(needs, key=lambda n: (n.place.starts_at, n.unit, n.appointment_id)):
            units.setdefault(need.unit, []).append(need)
        for unit in units.values():
            picks += self._together(unit) or self._each(unit, None)
        return picks

    def _together(self, unit: Sequence[Need]) -> list[Pick]:
        tried: set[tuple[str, date]] = set()
        for room in self._near(unit[0]):
            there = (room.office_id, room.day)
            if there not in tried and self._of_day[there] >= len(unit):
                picks = self._each(unit, there)
                if len(picks) == len(unit):
                    return picks
                for _, taken in picks:
                    self._count(taken, 1)
            tried.add(there)
        return []

    def _each(self, unit: Sequence[Need], there: tuple[str, date] | None) -> list[Pick]:
        picks = []
        for need in unit:
            fitting = (r for r in self._near(need) if there is None or (r.office_id, r.day) == there)
            room = next(fitting, None)
            if room is not None:
                self._count(room, -1)
                picks.append((need, room))
        return picks

    def _count(self, room: Room, change: int) -> None:
        self._left[room.slot_id] += change
        self._of_day[room.office_id, room.day] += change

    def _near(self, need: Need) -> Iterator[Room]:
        """What is free for this person, the nearest first; never before the day they had."""
        offices = (self._outwards(need, rank, office) for rank, office in enumerate(need.offices))
        for _, _, room in merge(*offices, key=lambda c: (c[0], c[1])):
            if self._left[room.slot_id] > 0 and room.day >= need.day and room.slot_id not in need.avoid:
                yield room

    def _outwards(self, need: Need, rank: int, office: str) -> Iterator[tuple[timedelta, datetime, Room]]:
        """The places of one office, the nearest in time first, each with its cost."""
        rooms, wanted = self._rooms.get(office, []), need.place.starts_at
        middle = bisect_left(rooms, wanted, key=lambda r: r.starts_at)
        before = (self._cost(wanted, rank, rooms[n]) for n in range(middle - 1, -1, -1))
        after = (self._cost(wanted, rank, room) for room in rooms[middle:])
        return merge(before, after, key=lambda c: (c[0], c[1]))

    @staticmethod
    def _cost(wanted: datetime, rank: int, room: Room) -> tuple[timedelta, datetime, Room]:
        return abs(room.starts_at - wanted) + rank * _OFFICE_COSTS, room.starts_at, room
