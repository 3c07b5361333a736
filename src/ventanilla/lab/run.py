"""One policy on a virtual clock: people look, places are given out, given back and given again."""

from array import array
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import groupby
from random import Random
from typing import Any

from ventanilla.core.release import back_at, opens_at
from ventanilla.lab.assumptions import DAY, HOUR, Assumptions
from ventanilla.lab.batches import Batches
from ventanilla.lab.offers import Offers
from ventanilla.lab.people import PERSON, PERSON_BITS, Crowd
from ventanilla.lab.places import NEVER, NOBODY, Pool, Supply
from ventanilla.lab.policies import Policy
from ventanilla.lab.resale import Resale

_FRIDAY = datetime(2027, 1, 1, tzinfo=UTC)


class Run:
    """What has happened so far. Columns by person or by place; `owner` is a person, NOBODY or RESELLER."""

    def __init__(
        self,
        policy: Policy,
        people: Crowd,
        supply: Supply,
        resellers: int,
        price: int,
        seed: int,
        a: Assumptions,
    ) -> None:
        self.policy, self.people, self.supply, self.a = policy, people, supply, a
        # Of the run, not of the policy: the same portions and delays wherever a policy has them.
        self.chance = Random(f"run {seed}")
        self._rules = a.rules()
        no_night = replace(self._rules, quiet_from=self._rules.quiet_to)
        self._portions = no_night if policy.at_night else self._rules
        self._releases = Random(f"releases {seed}")
        self._events: list[tuple[int, int, Callable[..., None], tuple[Any, ...]]] = []
        self._count = 0
        places, count = len(supply.starts), people.count
        self.owner = array("q", [NOBODY]) * places
        self.given_at = array("q", [NEVER]) * places
        self.freed_at = array("q", [NEVER]) * places
        self.refilled_after: list[int] = []
        self.freed = 0
        self.settled = bytearray(count)
        self.place_of = array("q", [NEVER]) * count
        self.placed_at = array("q", [NEVER]) * count
        self.paid = array("q", [0]) * count
        self.cancelled = bytearray(count)
        self.second_places: list[int] = []
        self.pool = Pool(supply, a)
        self.resale = Resale(self, resellers, price)
        self.offers = Offers(self)
        self.batches = Batches(self)

    # The clock.

    def at(self, moment: int, what: Callable[..., None], *args: Any) -> None:
        """The number between keeps the order of events of the same second."""
        self._count += 1
        heappush(self._events, (moment, self._count, what, args))

    def go(self, tick: Callable[[], None] = lambda: None) -> "Run":
        """To the last place. `tick` after each day of looks."""
        # In portions the places of the last day come out on the next.
        for day in range(self.a.days + 1):
            if day < self.a.days:
                self._open_day(day)
            self._live(day)
            tick()
        self._happen_until((self.a.days + self.a.horizon_days + 1) * DAY)
        return self

    def _live(self, day: int) -> None:
        events, settled, look = self._events, self.settled, self._look
        at_hour = self.policy.release == "hour"
        for key in (self.people.looks_at_hour if at_hour else self.people.looks)[day]:
            now = key >> PERSON_BITS
            if events and events[0][0] <= now:
                self._happen_until(now)
            if not settled[key & PERSON]:
                look(key & PERSON, now)
        self._happen_until((day + 1) * DAY - 1)

    def _happen_until(self, moment: int) -> None:
        while self._events and self._events[0][0] <= moment:
            now, _, what, args = heappop(self._events)
            what(*args, now)

    # Giving out.

    def _open_day(self, day: int) -> None:
        places, start = self.supply.of_day[day], day * DAY
        self.at(start + DAY if self.policy.release == "portions" else start, self.resale.begin_day)
        if self.policy.release == "batch":
            self.at(start, self.batches.add, places)
            self.batches.open_day(day)
        elif self.policy.release == "hour":
            self.at(start + self.a.release_hour * HOUR, self._release, places)
        else:
            for starts_at, portion in groupby(places, lambda place: self.supply.starts[place]):
                self.at(self._opens(starts_at), self._release, list(portion))

    def _opens(self, starts_at: int) -> int:
        opens = opens_at(_moment(starts_at), "UTC", self._releases.random(), self._portions)
        return _second(opens)

    def _release(self, places: "list[int] | range", now: int) -> None:
        if self.policy.line_first:
            for place in places:
                self.offers.offer(place, now)
        elif places:
            for place in places:
                self.pool.put(place)
            self.pool.released(now)
            self.resale.notice(now, announced=self.policy.release == "hour")

    # What people do.

    def _look(self, person: int, now: int) -> None:
        if self.policy.release == "batch":
            self.batches.enter(person, now)
        else:
            place = self.pool.take(now)
            if place is not None:
                self._take(person, place, now)
                return
        self.resale.asked(person, now)
        if self.policy.waiting_list and not self.settled[person]:
            self.offers.join(person)

    def _take(self, person: int, place: int, now: int) -> None:
        self.give(person, place, now)
        if not self.policy.bound and self.people.hedges[person]:
            second = self.pool.take(now)
            if second is not None:
                self._book(person, second, now)
                self.second_places.append(second)

    def give(self, person: int, place: int, now: int, paid: int = 0) -> None:
        self._book(person, place, now)
        self.settled[person] = 1
        self.place_of[person] = place
        self.placed_at[person] = now
        self.paid[person] = paid
        if self.people.cancels[person] < self.a.cancel_share:
            left = self.supply.starts[place] - self.a.lead_hours * HOUR - now
            self.at(now + int(self.people.cancel_moment[person] * max(left, 0)), self._cancel, person)

    def _book(self, person: int, place: int, now: int) -> None:
        self.owner[place] = person
        self.given_at[place] = now
        if self.freed_at[place] != NEVER:
            self.refilled_after.append(now - self.freed_at[place])
            self.freed_at[place] = NEVER

    def _cancel(self, person: int, now: int) -> None:
        """Who cancels has no wish for another place."""
        place = self.place_of[person]
        self.cancelled[person] = 1
        self.owner[place] = NOBODY
        self.freed_at[place] = now
        self.freed += 1
        self.give_back(place, now)

    # Giving again.

    def give_back(self, place: int, now: int) -> None:
        """A place that was somebody's: to the next batch, to the waiting list, or free for all."""
        if self.policy.release == "batch":
            self.batches.give_back(place, now)
        elif self.policy.waiting_list:
            self.offers.offer(place, now)
        else:
            self.release_later(place, now)

    def nobody_waits(self, place: int, now: int) -> None:
        """A place of a batch that comes too late for the next one stays unused."""
        if self.policy.release != "batch":
            self.release_later(place, now)

    def release_later(self, place: int, now: int) -> None:
        if self.policy.instant:
            self._again(place, now)
        else:
            starts_at = _moment(self.supply.starts[place])
            back = back_at(_moment(now), starts_at, self.chance.random(), self._rules)
            self.at(_second(back), self._again, place)

    def _again(self, place: int, now: int) -> None:
        self.pool.put(place)
        self.resale.notice(now, announced=False)

    def wants(self, person: int, now: int) -> bool:
        return not self.settled[person] and now <= self.people.gives_up[person]


def _moment(second: int) -> datetime:
    """Of the calendar that the program's own rules reckon with."""
    return _FRIDAY + timedelta(seconds=second)


def _second(moment: datetime) -> int:
    return (moment - _FRIDAY) // timedelta(seconds=1)
