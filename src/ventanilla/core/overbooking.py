"""How many places beyond an office's capacity may be given, from how many people really come.

FAIRNESS 5.7, decision 0017. What is known: per office, weekday and hour, who came and who did not; nothing of
the persons. Each hour leans on its office, and each office on the country, until it has figures of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from math import exp, lgamma
from zoneinfo import ZoneInfo

from ventanilla.core.slots import EVERY

Hour = tuple[int, int]
"""Weekday (1 = Monday) and hour of the office's own clock."""


@dataclass(frozen=True, slots=True)
class Policy:
    alpha: float = 0.05
    """How often more people may come than can be attended, at most."""
    cap_percent: int = 10
    absorbable: int = 0
    """People beyond capacity whom an hour can take in without overtime."""
    weeks: int = 8
    """Of measured days, before anything is given at all."""
    weight: float = 50.0
    """What the level above counts for, in appointments: an hour of fifty has as much say as its office."""
    quiet: timedelta = timedelta(minutes=60)
    """Nothing in the last hour of a day, where it would be overtime, nor in what begins so soon."""


@dataclass(frozen=True, slots=True)
class Counts:
    came: int = 0
    missed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.came + other.came, self.missed + other.missed)

    def __sub__(self, other: "Counts") -> "Counts":
        return Counts(self.came - other.came, self.missed - other.missed)


@dataclass(frozen=True, slots=True)
class Shows:
    """Measured at one office. `country`: everywhere, this office too."""

    hours: Mapping[Hour, Counts] = field(default_factory=dict)
    country: Counts = Counts()
    weeks: int = 0

    @property
    def office(self) -> Counts:
        return sum(self.hours.values(), Counts())


@dataclass(frozen=True, slots=True)
class Rate:
    """How likely one person comes: a beta distribution, as sure as there are figures."""

    came: float
    missed: float

    @property
    def mean(self) -> float:
        return self.came / (self.came + self.missed)


def rate_of(shows: Shows, hour: Hour, policy: Policy) -> Rate:
    """Without any figures nearly everybody is taken to come: a mistake then is an empty chair, no queue."""
    here = shows.hours.get(hour, Counts())
    everywhere = Rate(policy.weight, 1.0)
    country = _leaning(shows.country - shows.office, everywhere.mean, policy)
    office = _leaning(shows.office - here, country.mean, policy)
    return _leaning(here, office.mean, policy)


def _leaning(counts: Counts, mean: float, policy: Policy) -> Rate:
    return Rate(counts.came + policy.weight * mean, counts.missed + policy.weight * (1 - mean))


def chances(booked: int, rate: Rate) -> tuple[float, ...]:
    """Of 0, 1, ... `booked` people coming: beta-binomial."""
    a, b, whole = rate.came, rate.missed, rate.came + rate.missed
    fixed = lgamma(booked + 1) + lgamma(whole) - lgamma(a) - lgamma(b) - lgamma(booked + whole)
    return tuple(
        exp(fixed + lgamma(k + a) + lgamma(booked - k + b) - lgamma(k + 1) - lgamma(booked - k + 1))
        for k in range(booked + 1)
    )


@dataclass(frozen=True, slots=True)
class Window:
    """One hour of one day, every place of it taken; what follows from giving `extra` more."""

    day: date
    hour: int
    slots: tuple[int, ...]
    capacity: int
    rate: Rate
    extra: int

    @property
    def expected_shows(self) -> float:
        return (self.capacity + self.extra) * self.rate.mean

    @property
    def overflow(self) -> float:
        """The chance that more people come than there are places."""
        return overflow(self.capacity, self.extra, self.rate, 0)

    @property
    def overtime_minutes(self) -> float:
        """Expected: each person too many takes a desk as long as a place is."""
        many = chances(self.capacity + self.extra, self.rate)
        beyond = sum((n - self.capacity) * p for n, p in enumerate(many) if n > self.capacity)
        return beyond * EVERY / timedelta(minutes=1)

    def spread(self) -> Mapping[int, int]:
        """By slot: evenly, the earlier ones first, so that the rest of the hour absorbs them."""
        share, rest = divmod(self.extra, len(self.slots))
        return {slot: share + (n < rest) for n, slot in enumerate(self.slots)}


def overflow(capacity: int, extra: int, rate: Rate, absorbable: int) -> float:
    return sum(chances(capacity + extra, rate)[capacity + absorbable + 1 :])


def extra_of(capacity: int, rate: Rate, policy: Policy) -> int:
    """The most that keeps the chance of too many people within `alpha`."""
    cap = capacity * policy.cap_percent // 100
    return next(
        k
        for k in range(cap, -1, -1)
        if k == 0 or overflow(capacity, k, rate, policy.absorbable) <= policy.alpha
    )


@dataclass(frozen=True, slots=True)
class OpenSlot:
    id: int
    starts_at: datetime
    capacity: int


def windows(
    slots: Sequence[OpenSlot], zone: ZoneInfo, shows: Shows, now: datetime, policy: Policy
) -> tuple[Window, ...]:
    """Of one office, in order of time. `slots`: whole days, ascending; the last of each tells its end."""
    found = []
    for day, group in groupby(slots, lambda s: s.starts_at.astimezone(zone).date()):
        of_day = list(group)
        last = of_day[-1].starts_at + EVERY - policy.quiet
        usable = [s for s in of_day if now + policy.quiet < s.starts_at < last]
        for hour, members in groupby(usable, lambda s: s.starts_at.astimezone(zone).hour):
            found.append(_window(day, hour, list(members), shows, policy))
    return tuple(found)


def _window(day: date, hour: int, slots: Sequence[OpenSlot], shows: Shows, policy: Policy) -> Window:
    capacity, rate = sum(s.capacity for s in slots), rate_of(shows, (day.isoweekday(), hour), policy)
    extra = extra_of(capacity, rate, policy) if shows.weeks >= policy.weeks else 0
    return Window(day, hour, tuple(s.id for s in slots), capacity, rate, extra)
