"""The resellers: what they take, for whom, and what is left for them (FAIRNESS 1)."""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from ventanilla.lab.assumptions import HOUR
from ventanilla.lab.places import NOBODY, RESELLER

if TYPE_CHECKING:
    from ventanilla.lab.run import Run

PROBE_SHARE = 0.01
LINE_OF_DAYS = WEEK = 7
GROWS, GROWS_BY_WEEK, SHRINKS = 1.5, 3.0, 0.8


class Resale:
    """All resellers together at one price: no price war, so rather too much profit than too little.

    Two trades. Stock: places taken for nobody, and moved to whoever pays, where a place can be moved.
    Orders: places taken for a customer who is known, faster than the customer, where speed wins.
    """

    def __init__(self, run: Run, resellers: int, price: int) -> None:
        self._run, self._a = run, run.a
        self.price = price
        batch = run.policy.release == "batch"
        self._grows = GROWS_BY_WEEK if batch else GROWS
        self._keeps_stock = run.policy.can_be_moved
        self._takes_orders = not batch
        per_day = len(run.supply.starts) / run.a.days
        self._reach = resellers * run.a.reach_share * per_day
        self._name_cost = run.a.name_cost + (
            run.a.phone_cost / run.a.people_per_phone if run.policy.bound else 0
        )
        self._poll_seconds = run.a.slowed_poll_seconds if run.policy.slowed else run.a.poll_seconds
        self._probe = max(1.0, PROBE_SHARE * per_day * (WEEK if batch else 1))
        self._target = self._probe
        self._stock: list[int] = []
        self._orders: deque[int] = deque()
        self._ordered = bytearray(run.people.count)
        self._left_today = self._reach
        self._idle_days = 0
        self._sold_lately = 0
        self._look_due = False
        self.sold = 0
        self.taken = 0
        self.revenue = 0
        self.cost = 0.0

    # Customers.

    def asked(self, person: int, now: int) -> None:
        """Somebody who found nothing asks for the price, and buys, orders, or goes on alone."""
        run = self._run
        if not self._reach or self._ordered[person] or not run.people.value[person]:
            return
        if run.people.would_pay(person, now, self._a) < self.price:
            return
        if run.policy.agents:
            self._hire(person)
            return
        place = self._from_stock(now)
        if place is not None:
            self._move(place, person, now)
        elif self._takes_orders and len(self._orders) < LINE_OF_DAYS * self._reach:
            self._orders.append(person)
            self._ordered[person] = 1

    def _hire(self, person: int) -> None:
        """An agent enters the draw for a customer who believes that it helps: one entry, as anybody's."""
        with_agent = self._run.batches.with_agent
        if self._run.people.believes[person] and not with_agent[person]:
            with_agent[person] = 1
            self.cost += self._name_cost

    def fee(self, person: int) -> int:
        """Of an agent, on success."""
        if not self._run.batches.with_agent[person]:
            return 0
        self.taken += 1
        self._earn()
        return self.price

    def _from_stock(self, now: int) -> int | None:
        while self._stock:
            place = heappop(self._stock)
            if self._run.supply.starts[place] >= now + self._a.lead_hours * HOUR:
                return place
        return None

    def _move(self, place: int, person: int, now: int) -> None:
        """A new name on it; where names are frozen, cancel and book again, and hope that nobody looks."""
        if not self._run.policy.bound:
            self._run.give(person, place, now, self.price)
            self._earn()
            return
        self._run.owner[place] = NOBODY
        self._run.pool.put(place)
        self._run.at(now + self._a.reaction_seconds, self._rebook, place, person)

    def _rebook(self, place: int, person: int, now: int) -> None:
        if not self._run.settled[person] and self._run.pool.take_this(place):
            self._run.give(person, place, now, self.price)
            self._earn()

    def _earn(self) -> None:
        self.sold += 1
        self._sold_lately += 1
        self.revenue += self.price
        self._idle_days = 0

    # Taking.

    @property
    def _watching(self) -> bool:
        return self._reach > 0 and self._idle_days <= self._a.idle_days

    def notice(self, now: int, *, announced: bool) -> None:
        """Something is free. At an hour that is known they are there; otherwise they look every so often."""
        wanted = bool(self._orders) or (self._keeps_stock and len(self._stock) < self._target)
        if wanted and self._left_today >= 1 and self._watching and not self._look_due:
            self._look_due = True
            wait = int(self._poll_seconds * self._run.chance.random())
            self._run.at(now + (self._a.reaction_seconds if announced else wait), self._grab)

    def _grab(self, now: int) -> None:
        self._look_due = False
        while self._orders and self._can_take(now):
            person = self._orders.popleft()
            self._ordered[person] = 0
            if self._run.wants(person, now):
                self._run.give(person, self._taken(now), now, self.price)
                self._earn()
        while self._keeps_stock and len(self._stock) < self._target and self._can_take(now):
            self._store(self._taken(now))

    def _can_take(self, now: int) -> bool:
        return self._left_today >= 1 and self._run.pool.has_any(now)

    def _taken(self, now: int) -> int:
        place = self._run.pool.take(now)
        assert place is not None
        self._left_today -= 1
        self.taken += 1
        self.cost += self._name_cost
        return place

    def _store(self, place: int) -> None:
        self._run.owner[place] = RESELLER
        heappush(self._stock, place)

    # Draws.

    def names_entered(self, places: int, people: int) -> int:
        """Invented people in a draw: as many as should win what can be sold; nobody once it does not pay."""
        if not self._watching or self._run.policy.agents:
            return 0
        self._learn()
        names = round(self._target * max(1.0, people / places)) if places else 0
        self.cost += names * self._name_cost
        return names

    def won(self, place: int) -> None:
        self.taken += 1
        self._store(place)

    # Learning.

    def begin_day(self, now: int) -> None:
        if self._watching:
            self.cost += self._reach * self._a.watching_cost
        # What is less than one place is kept for the next day: small offices have resellers too.
        self._left_today = self._reach + self._left_today % 1
        # Who has sold nothing for long stops, and tries again after a rest.
        self._idle_days += 1
        if self._idle_days > self._a.idle_days + self._a.rest_days:
            self._idle_days = 0
        if self._takes_orders:
            self._learn()
        if self._run.pool.has_any(now):
            self.notice(now, announced=False)

    def _learn(self) -> None:
        """More in stock while it sells, less while it does not."""
        sells = self._sold_lately >= self._target / 4
        self._target = min(self._target * (self._grows if sells else SHRINKS), LINE_OF_DAYS * self._reach)
        self._target = max(self._target, self._probe)
        self._sold_lately = 0
