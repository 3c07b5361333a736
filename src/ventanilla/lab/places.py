"""The places of a run, and those of them that are free for all."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from heapq import heappop, heappush

from ventanilla.lab.assumptions import DAY, HOUR, MINUTE, Assumptions

NOBODY, RESELLER = -1, -2
NEVER = -1


@dataclass(frozen=True, slots=True)
class Supply:
    """Places by number, in the order of `starts` (seconds). `of_day[d]`: those that are given out on day d,
    a horizon before they start."""

    starts: array[int]
    of_day: tuple[range, ...]


def supply(count: int, a: Assumptions) -> Supply:
    """As even as whole numbers allow, each day of the week alike."""
    bounds = [count * day // a.days for day in range(a.days + 1)]
    of_day = tuple(range(bounds[day], bounds[day + 1]) for day in range(a.days))
    starts = array("q")
    for day, places in enumerate(of_day):
        opens = (day + a.horizon_days) * DAY + a.opens_hour * HOUR
        for n in range(len(places)):
            starts.append(opens + n * a.slots_per_day // len(places) * 15 * MINUTE)
    return Supply(starts, of_day)


class Pool:
    """Free places. Who looks gets the earliest that can still be reached.

    `empty_after`: for each release, the seconds until nothing was free, or NEVER.
    """

    def __init__(self, supply: Supply, a: Assumptions) -> None:
        self._starts = supply.starts
        self._lead = a.lead_hours * HOUR
        self._heap: list[int] = []
        self._free = bytearray(len(supply.starts))
        self._open_releases: list[int] = []
        self._emptied: list[int] = []

    def put(self, place: int) -> None:
        self._free[place] = 1
        heappush(self._heap, place)

    def released(self, now: int) -> None:
        """A release for all is complete: from now on, how long is there something?"""
        self._open_releases.append(now)

    def take(self, now: int) -> int | None:
        self._forget_stale(now)
        if not self._heap:
            return None
        place = heappop(self._heap)
        self._free[place] = 0
        self._forget_stale(now)
        if not self._heap:
            self._emptied += [now - at for at in self._open_releases]
            self._open_releases.clear()
        return place

    def take_this(self, place: int) -> bool:
        """False if somebody was faster."""
        was_free = bool(self._free[place])
        self._free[place] = 0
        return was_free

    def has_any(self, now: int) -> bool:
        self._forget_stale(now)
        return bool(self._heap)

    @property
    def empty_after(self) -> list[int]:
        return self._emptied + [NEVER] * len(self._open_releases)

    def _forget_stale(self, now: int) -> None:
        heap = self._heap
        while heap and (not self._free[heap[0]] or self._starts[heap[0]] < now + self._lead):
            heappop(heap)
