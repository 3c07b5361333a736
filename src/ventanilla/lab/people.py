"""The people of the laboratory: drawn once, and the same under each policy."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from math import exp
from random import Random

from ventanilla.lab.assumptions import DAY, HOUR, Assumptions

EARLY, DAYTIME, EVENING = range(3)
WHEN = ("early", "daytime", "evening")

PERSON_BITS = 20
PERSON = (1 << PERSON_BITS) - 1
"""A look is one number, the second and the person, so that a day of looks is sorted as numbers."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Columns by person. Times in seconds from the start; `value` in pesos, 0 for who never pays.

    What a person would do is a number drawn beforehand (`shows`, `cancels`: compared with the share
    that applies), so that policies differ in nothing but themselves. `looks`: for each day the
    looks of all, ascending; `looks_at_hour`: the same where places come at a fixed hour, and whoever can
    be there is there.
    """

    arrives: array[int]
    gives_up: array[int]
    when: bytearray
    value: array[float]
    shows: array[float]
    cancels: array[float]
    cancel_moment: array[float]
    hedges: bytearray
    joins: bytearray
    believes: bytearray
    looks: tuple[array[int], ...]
    looks_at_hour: tuple[array[int], ...]

    @property
    def count(self) -> int:
        return len(self.arrives)

    def patience_days(self, person: int) -> float:
        return (self.gives_up[person] - self.arrives[person]) / DAY

    def would_pay(self, person: int, now: int, a: Assumptions) -> float:
        """In pesos: nothing at the first try, all that the place is worth to them after a long wait."""
        waited = (now - self.arrives[person]) / (a.impatience_days * DAY)
        return self.value[person] * (1 - exp(-waited))


def crowd(count: int, seed: int, a: Assumptions) -> Crowd:
    if count > PERSON + 1:
        raise ValueError(f"at most {PERSON + 1} people")
    rng = Random(f"people {seed}")
    looks: list[list[int]] = [[] for _ in range(a.days + 1)]
    at_hour: list[list[int]] = [[] for _ in range(a.days + 1)]
    when = bytearray(_when(rng, a) for _ in range(count))
    spans = [_looks_of(person, when[person], rng, a, looks, at_hour) for person in range(count)]

    def drawn() -> array[float]:
        return array("d", (rng.random() for _ in range(count)))

    def flags(share: float) -> bytearray:
        return bytearray(rng.random() < share for _ in range(count))

    return Crowd(
        arrives=array("q", (first for first, _ in spans)),
        gives_up=array("q", (last for _, last in spans)),
        when=when,
        value=array("d", (_value(rng, a) for _ in range(count))),
        shows=drawn(),
        cancels=drawn(),
        cancel_moment=drawn(),
        hedges=flags(a.hedging_share),
        joins=flags(a.joins_share),
        believes=flags(a.believers_share),
        looks=tuple(array("q", sorted(day)) for day in looks),
        looks_at_hour=tuple(array("q", sorted(day)) for day in at_hour),
    )


def _when(rng: Random, a: Assumptions) -> int:
    u = rng.random()
    return EARLY if u < a.early_share else DAYTIME if u < a.early_share + a.daytime_share else EVENING


def _value(rng: Random, a: Assumptions) -> float:
    pays = rng.random() >= a.never_pays_share
    value = a.value_pesos * rng.lognormvariate(0, a.value_spread)
    return value if pays else 0.0


def _looks_of(
    person: int, when: int, rng: Random, a: Assumptions, looks: list[list[int]], at_hour: list[list[int]]
) -> tuple[int, int]:
    """Adds them to their days; gives the first, and the moment when patience ends."""
    day = int(rng.random() * a.days)
    pace = rng.choices(a.looks_per_day, a.looks_shares)[0]
    hours = (a.morning_hours, a.daytime_hours, a.evening_hours)[when]
    start, span = hours[0] * HOUR, (hours[1] - hours[0]) * HOUR
    random = rng.random
    first = day * DAY + (_at_the_hour(rng, a) if when == EARLY else start + int(random() * span))
    gives_up = first + int((1 + rng.expovariate(1 / a.patience_days)) * DAY)
    looks[day].append(first << PERSON_BITS | person)
    at_hour[day].append(first << PERSON_BITS | person)
    for later in range(day + 1, min(a.days + 1, gives_up // DAY)):
        for n in range(int(pace) or random() < pace):
            look = later * DAY + start + int(random() * span) << PERSON_BITS | person
            looks[later].append(look)
            if when == EARLY and n == 0:
                look = later * DAY + _at_the_hour(rng, a) << PERSON_BITS | person
            at_hour[later].append(look)
    return first, gives_up


def _at_the_hour(rng: Random, a: Assumptions) -> int:
    """Second of the day, just after places come out."""
    delay = min(rng.expovariate(1 / a.early_delay_seconds), HOUR)
    return a.release_hour * HOUR + a.reaction_seconds + 1 + int(delay)
