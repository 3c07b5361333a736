"""How sure a share is, and a difference of two: 95 % intervals, which are right for small counts too
(Wilson 1927; Newcombe 1998, his method 10)."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Estimate:
    """From 0 to 1, a difference from -1 to 1."""

    value: float
    low: float
    high: float


def share(count: int, of: int) -> Estimate:
    """`of` must not be 0."""
    p, z2 = count / of, _Z * _Z
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * sqrt(p * (1 - p) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return Estimate(p, max(0.0, middle - half), min(1.0, middle + half))


def difference(one: Estimate, other: Estimate) -> Estimate:
    """Of two independent shares."""
    low = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    high = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    value = one.value - other.value
    return Estimate(value, value - low, value + high)
