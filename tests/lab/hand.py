"""A few people written down by hand, who do exactly what is said here."""

from array import array
from dataclasses import replace

from ventanilla.lab.assumptions import DAY, HOUR, Assumptions
from ventanilla.lab.people import DAYTIME, PERSON_BITS, Crowd
from ventanilla.lab.places import Supply, supply
from ventanilla.lab.policies import Policy
from ventanilla.lab.run import Run

WEEK = Assumptions(days=7)
"""A run of one week, Friday to Thursday; its places start 30 days later."""


def at(day: int, hour: float) -> int:
    return day * DAY + int(hour * HOUR)


def people(looks: dict[int, list[int]], *, days: int = WEEK.days, value: float = 0.0) -> Crowd:
    """`looks`: the seconds at which each person looks. All show up, nobody cancels, hedges or lends belief;
    everybody is patient, joins a line, and would pay up to `value`."""
    count = len(looks)
    keys = sorted(second << PERSON_BITS | person for person, seconds in looks.items() for second in seconds)
    by_day = tuple(
        array("q", [k for k in keys if (k >> PERSON_BITS) // DAY == day]) for day in range(days + 1)
    )
    return Crowd(
        arrives=array("q", (min(looks[person]) for person in range(count))),
        gives_up=array("q", [100 * DAY]) * count,
        when=bytearray([DAYTIME]) * count,
        value=array("d", [value]) * count,
        shows=array("d", [1.0]) * count,
        cancels=array("d", [1.0]) * count,
        cancel_moment=array("d", [0.5]) * count,
        hedges=bytearray(count),
        joins=bytearray([1]) * count,
        believes=bytearray(count),
        looks=by_day,
        looks_at_hour=by_day,
    )


def cancelling(crowd: Crowd, person: int, moment: float) -> Crowd:
    """`moment`: as a share of the time between booking and two hours before."""
    cancels, moments = crowd.cancels[:], crowd.cancel_moment[:]
    cancels[person], moments[person] = 0.0, moment
    return replace(crowd, cancels=cancels, cancel_moment=moments)


def one_place(day: int, a: Assumptions = WEEK) -> Supply:
    """Given out on that day of the week, and at eight, a horizon later."""
    starts = array("q", [(day + a.horizon_days) * DAY + a.opens_hour * HOUR])
    return Supply(starts, tuple(range(n > day, n >= day) for n in range(a.days)))


def run(
    policy: Policy,
    crowd: Crowd,
    places: int | Supply,
    *,
    resellers: int = 0,
    price: int = 0,
    a: Assumptions = WEEK,
) -> Run:
    given = supply(places, a) if isinstance(places, int) else places
    return Run(policy, crowd, given, resellers, price, 1, a).go()
