"""Many values told in a few: percentiles of all of them, or of a fair sample."""

import random
from array import array
from collections.abc import Iterable
from math import ceil

SAMPLE_MAX = 100_000


class Sample:
    """All values up to so many, then a fair sample of that size."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._count = 0
        self._kept = array("d")

    def add(self, value: float) -> None:
        self._count += 1
        if len(self._kept) < SAMPLE_MAX:
            self._kept.append(value)
        elif (place := self._chance.randrange(self._count)) < SAMPLE_MAX:
            self._kept[place] = value

    def facts(self) -> dict[str, float]:
        return {"count": self._count, **spread(self._kept)}


def spread(values: Iterable[float]) -> dict[str, float]:
    """Percentiles by nearest rank; empty without values."""
    ranked = sorted(values)
    if not ranked:
        return {}
    shares = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99}
    at = {name: ranked[ceil(share * len(ranked)) - 1] for name, share in shares.items()}
    return {name: round(value, 3) for name, value in {**at, "max": ranked[-1]}.items()}
