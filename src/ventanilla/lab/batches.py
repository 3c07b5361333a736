"""Places given out by lot, once a week (FAIRNESS 5.3, mode 2)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ventanilla.core.lottery import order_of
from ventanilla.lab.assumptions import DAY, HOUR

if TYPE_CHECKING:
    from ventanilla.lab.run import Run

WEEK = 7
# The first day is a Friday, so that the last window closes on the last day of looks.
MONDAY, THURSDAY = 3, 6
INVENTED = -1


class Batches:
    def __init__(self, run: Run) -> None:
        self._run, self._a = run, run.a
        self._places: list[int] = []
        self._entries: list[int] = []
        self._entered = bytearray(run.people.count)
        self._losses = bytearray(run.people.count)
        self._standby: deque[int] = deque()
        self.with_agent = bytearray(run.people.count)
        self._told: list[int] = []
        self.draws = [[0] * self._a.greatest_weight for _ in range(2)]
        self.wins = [[0] * self._a.greatest_weight for _ in range(2)]
        """Entries and winners, (without, with) an agent, by the draws lost before."""

    def add(self, places: Iterable[int], _now: int) -> None:
        self._places.extend(places)

    def open_day(self, day: int) -> None:
        if day % WEEK == MONDAY:
            self._run.at(day * DAY + self._a.window_opens_hour * HOUR, self._open)
        if day % WEEK == THURSDAY:
            self._run.at(day * DAY + self._a.window_closes_hour * HOUR, self._draw)

    def enter(self, person: int, now: int) -> None:
        """One entry a person. Outside the window they are told when it opens, and most come back."""
        if self._entered[person]:
            return
        self._entered[person] = 1
        day, second = now // DAY % WEEK, now % DAY
        after_opening = day > MONDAY or (day == MONDAY and second >= self._a.window_opens_hour * HOUR)
        before_closing = day < THURSDAY or second < self._a.window_closes_hour * HOUR
        if after_opening and before_closing:
            self._entries.append(person)
        else:
            self._told.append(person)

    def _open(self, now: int) -> None:
        for person in self._told:
            if self._run.wants(person, now) and self._run.chance.random() < self._a.returns_share:
                self._entries.append(person)
            else:
                self._entered[person] = 0
        self._told = []

    def give_back(self, place: int, now: int) -> None:
        """To the next batch; a place that would not live so long goes to the next of the last draw."""
        if self._reachable(place, self._next_draw(now)):
            self._places.append(place)
        else:
            self._run.offers.offer(place, now)

    def _next_draw(self, now: int) -> int:
        week = now // (WEEK * DAY)
        closes = (week * WEEK + THURSDAY) * DAY + self._a.window_closes_hour * HOUR
        return closes if closes > now else closes + WEEK * DAY

    def _reachable(self, place: int, drawn_at: int) -> bool:
        """There is time to claim it."""
        return self._run.supply.starts[place] > drawn_at + (self._a.claim_hours + self._a.lead_hours) * HOUR

    def _draw(self, now: int) -> None:
        run = self._run
        # Who has entered waits for the draw, even if they look no more.
        people = [person for person in self._entries if not run.settled[person]]
        for person in self._entries:
            self._entered[person] = 0
        self._entries = []
        reachable = sorted(p for p in self._places if self._reachable(p, now))
        names = run.resale.names_entered(len(reachable), len(people))
        order = self._in_order(people + [INVENTED] * names)
        winners, losers = order[: len(reachable)], order[len(reachable) :]
        self._places = reachable[len(winners) :]
        self._standby = deque(person for person in losers if person != INVENTED)
        run.offers.line_up(self._standby)
        self._count(people, winners)
        for person in self._standby:
            self._losses[person] = min(self._losses[person] + 1, self._a.greatest_weight - 1)
        for person, place in zip(winners, reachable, strict=False):
            self._won(person, place, now)

    def _in_order(self, entries: list[int]) -> list[int]:
        """By lot, as the program draws. Each lost draw adds one to the weight, up to a bound."""
        weights = (1 if person == INVENTED else 1 + self._losses[person] for person in entries)
        numbered = ((n.to_bytes(4, "big"), weight) for n, weight in enumerate(weights))
        order = order_of(self._run.chance.randbytes(32), numbered)
        return [entries[int.from_bytes(receipt, "big")] for receipt in order]

    def _count(self, entered: list[int], winners: list[int]) -> None:
        for person in entered:
            self.draws[self.with_agent[person]][self._losses[person]] += 1
        for person in winners:
            if person != INVENTED:
                self.wins[self.with_agent[person]][self._losses[person]] += 1

    def _won(self, person: int, place: int, now: int) -> None:
        run = self._run
        if person == INVENTED and self._run.policy.can_be_moved:
            run.resale.won(place)
        elif person != INVENTED and run.chance.random() < self._a.claim_share:
            within = int(run.chance.random() * self._a.claim_hours * HOUR)
            run.at(now + within, self._claim, person, place)
        else:
            run.at(now + self._a.claim_hours * HOUR, self._lapse, place)

    def _claim(self, person: int, place: int, now: int) -> None:
        if self._run.settled[person]:
            self._lapse(place, now)
        else:
            self._run.give(person, place, now, self._run.resale.fee(person))

    def _lapse(self, place: int, now: int) -> None:
        """The next in the order of the draw, who again has a day if there is one left."""
        while self._standby and self._reachable(place, now):
            person = self._standby.popleft()
            if self._run.wants(person, now):
                self._won(person, place, now)
                return
        self.give_back(place, now)
