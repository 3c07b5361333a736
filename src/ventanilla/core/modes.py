"""Whether an office should give the places of a procedure by lot: advice from what was measured.

The rule is FAIRNESS 5.3: more than 1.3 requests per place for two weeks, or half of the releases gone in less
than ten minutes. It only advises: changing a mode is a decision of people.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf

SCARCE = 1.3
FAST = timedelta(minutes=10)
WEEK = timedelta(days=7)
WEEKS = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """One day of one office and procedure.

    `requests`: people who asked for a place, each once a day; `places`: those that came out.
    `emptied_after`: for each release of the day, the time until nothing was free, None where that never came.
    """

    day: date
    requests: int
    places: int
    emptied_after: tuple[timedelta | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """`requests_per_place`: the older week first, None for a week in which no place came out.

    `emptied_after`: the median of both weeks, None where there was no release or where half of them or
    more never ran out.
    """

    requests_per_place: tuple[float | None, ...]
    emptied_after: timedelta | None

    @property
    def is_scarce(self) -> bool:
        return all(ratio is not None and ratio > SCARCE for ratio in self.requests_per_place)

    @property
    def is_fast(self) -> bool:
        return self.emptied_after is not None and self.emptied_after < FAST

    @property
    def for_lottery(self) -> bool:
        return self.is_scarce or self.is_fast


def mode_advice(days: Iterable[Measured], today: date) -> Advice:
    """From the two weeks that ended yesterday; other days are left out, today is not over."""
    seen = [one for one in days if today - WEEKS * WEEK <= one.day < today]
    weeks = ([one for one in seen if _weeks_ago(one, today) == ago] for ago in range(WEEKS, 0, -1))
    releases = [after for one in seen for after in one.emptied_after]
    return Advice(tuple(_ratio(week) for week in weeks), _median(releases))


def _weeks_ago(one: Measured, today: date) -> int:
    return ((today - one.day) - timedelta(days=1)) // WEEK + 1


def _ratio(week: Sequence[Measured]) -> float | None:
    places = sum(one.places for one in week)
    return sum(one.requests for one in week) / places if places else None


def _median(releases: Sequence[timedelta | None]) -> timedelta | None:
    """With an even count the later of the two in the middle: advice should not come too soon."""
    seconds = sorted(inf if after is None else after.total_seconds() for after in releases)
    middle = seconds[len(seconds) // 2] if seconds else inf
    return None if middle == inf else timedelta(seconds=middle)
