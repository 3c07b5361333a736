"""Offers that hold a place for one person at a time (FAIRNESS 5.4 and 5.5)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ventanilla.lab.assumptions import DAY, HOUR, MINUTE

if TYPE_CHECKING:
    from ventanilla.lab.run import Run


class Offers:
    """The line of those who wait, in the order in which they came, and what they are offered."""

    def __init__(self, run: Run) -> None:
        self._run, self._a = run, run.a
        self._line: deque[int] = deque()
        self._in_line = bytearray(run.people.count)
        self._ignored = bytearray(run.people.count)

    def join(self, person: int) -> None:
        if not self._in_line[person] and self._run.people.joins[person]:
            self._in_line[person] = 1
            self._line.append(person)

    def ignored(self, person: int) -> int:
        return self._ignored[person]

    def line_up(self, people: Iterable[int]) -> None:
        """A new line: those who lost a draw, in its order."""
        self._line = deque(people)

    def offer(self, place: int, now: int) -> None:
        """To the next in line, and so on; if nobody is left, back to all."""
        self._go_on(place, (), now)

    def _go_on(self, place: int, ignored_by: tuple[int, ...], now: int) -> None:
        """Who has ignored this place is not asked about it again, and keeps their turn for others."""
        morning = self._morning(now)
        left = self._run.supply.starts[place] - self._a.lead_hours * HOUR - now
        if morning != now and left > morning - now:
            self._run.at(morning, self._go_on, place, ignored_by)
            return
        person = self._next(now) if left >= 0 else None
        if person is not None:
            self._offer_to(person, place, ignored_by, min(left, self._hold(left)), now)
            return
        self._take_turns_again(ignored_by)
        if left >= 0:
            self._run.nobody_waits(place, now)

    def _offer_to(self, person: int, place: int, ignored_by: tuple[int, ...], hold: int, now: int) -> None:
        if self._run.chance.random() < self._a.accept_share:
            moment = now + int(self._run.chance.random() * hold)
            self._run.at(moment, self._accepted, person, place, ignored_by)
        else:
            self._run.at(now + hold, self._ran_out, person, place, ignored_by)

    def _accepted(self, person: int, place: int, ignored_by: tuple[int, ...], now: int) -> None:
        # Whoever found a place alone in the meantime leaves this one to the next.
        if self._run.settled[person]:
            self._go_on(place, ignored_by, now)
        else:
            self._run.give(person, place, now)
            self._take_turns_again(ignored_by)

    def _ran_out(self, person: int, place: int, ignored_by: tuple[int, ...], now: int) -> None:
        self._ignored[person] += 1
        self._go_on(place, (*ignored_by, person), now)

    def _take_turns_again(self, ignored_by: tuple[int, ...]) -> None:
        paused = self._a.ignored_until_paused
        self._line.extendleft(p for p in reversed(ignored_by) if self._ignored[p] < paused)

    def _next(self, now: int) -> int | None:
        while self._line:
            person = self._line.popleft()
            if self._run.wants(person, now):
                return person
        return None

    def _hold(self, left: int) -> int:
        near = left < self._a.near_hours * HOUR
        return (self._a.offer_minutes_near if near else self._a.offer_minutes) * MINUTE

    def _morning(self, now: int) -> int:
        """Now, or at night the end of the night: nobody is woken up."""
        day, hour = now // DAY, now % DAY // HOUR
        if hour >= self._a.night_from_hour:
            return (day + 1) * DAY + self._a.night_to_hour * HOUR
        return day * DAY + self._a.night_to_hour * HOUR if hour < self._a.night_to_hour else now
