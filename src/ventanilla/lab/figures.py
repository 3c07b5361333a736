"""What came of a run, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import TYPE_CHECKING

from ventanilla.lab.assumptions import DAY, MINUTE
from ventanilla.lab.people import WHEN
from ventanilla.lab.places import NEVER, NOBODY, RESELLER

if TYPE_CHECKING:
    from ventanilla.lab.run import Run

PATIENCE = ("short", "middle", "long")
"""Up to a week, up to a month, longer."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of people and places, shares of 1, days, minutes, pesos; None where nothing was measured.

    people = placed + unplaced; placed = attended + missed + cancelled.
    places = used + missed_places + hoarded + empty.
    `free_by_when`, `free_by_patience`: share of each kind of people who got a place and paid nobody.
    `empty_minutes` is the median over releases, infinite where most of them never ran out.
    """

    policy: str
    people: int
    placed: int
    attended: int
    missed: int
    cancelled: int
    places: int
    used: int
    missed_places: int
    hoarded: int
    empty: int
    wait_median: float | None
    wait_p90: float | None
    search_median: float | None
    bought: int
    taken: int
    price: int
    revenue: int
    cost: float
    freed: int
    refilled: int
    refill_minutes: float | None
    empty_minutes: float | None
    free_by_when: tuple[float, ...]
    free_by_patience: tuple[float, ...]
    agent_odds: tuple[float, float] | None

    @property
    def unplaced(self) -> int:
        return self.people - self.placed

    @property
    def profit(self) -> float:
        return self.revenue - self.cost

    @property
    def profit_per_place(self) -> float:
        """Of all places that were given out, so that runs of any size compare."""
        return self.profit / self.places if self.places else 0.0

    @property
    def never_served(self) -> float:
        return share(self.unplaced, self.people)

    @property
    def resold_share(self) -> float:
        """Places that resellers took, sold or not."""
        return share(self.taken, self.places)

    @property
    def unused_share(self) -> float:
        return share(self.places - self.used, self.places)

    @property
    def refilled_share(self) -> float | None:
        return self.refilled / self.freed if self.freed else None


def share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def quantile(values: Sequence[float], tenths: int) -> float | None:
    """None of nothing."""
    if len(values) < 2:
        return values[0] if values else None
    return quantiles(values, n=10, method="inclusive")[tenths - 1]


def no_show(run: Run, person: int, place: int) -> bool:
    """Likelier the longer ago it was booked, less likely with reminders (FAIRNESS 5.6)."""
    a = run.a
    lead_days = (run.supply.starts[place] - run.given_at[place]) / DAY
    chance = a.no_show_base + a.no_show_per_lead_day * lead_days
    return run.people.shows[person] < chance * (a.reminder_factor if run.policy.reminders else 1)


def figures(run: Run) -> Figures:
    people, place_of = run.people, run.place_of
    placed = [p for p in range(people.count) if place_of[p] != NEVER]
    kept = [p for p in placed if not run.cancelled[p]]
    missed = sum(no_show(run, p, place_of[p]) for p in kept)
    waits = [(run.supply.starts[place_of[p]] - people.arrives[p]) / DAY for p in placed]
    searches = [(run.placed_at[p] - people.arrives[p]) / DAY for p in placed]
    emptied = [float("inf") if after == NEVER else after / MINUTE for after in run.pool.empty_after]
    return Figures(
        policy=run.policy.name,
        people=people.count,
        placed=len(placed),
        attended=len(kept) - missed,
        missed=missed,
        cancelled=len(placed) - len(kept),
        places=len(run.owner),
        used=len(kept) - missed,
        # Whoever holds two uses one of them.
        missed_places=missed + len(run.second_places),
        hoarded=run.owner.count(RESELLER),
        empty=run.owner.count(NOBODY),
        wait_median=quantile(waits, 5),
        wait_p90=quantile(waits, 9),
        search_median=quantile(searches, 5),
        bought=run.resale.sold,
        taken=run.resale.taken,
        price=run.resale.price,
        revenue=run.resale.revenue,
        cost=run.resale.cost,
        freed=run.freed,
        refilled=len(run.refilled_after),
        refill_minutes=quantile([after / MINUTE for after in run.refilled_after], 5),
        empty_minutes=_median_with_never(emptied),
        free_by_when=_free(run, list(people.when), len(WHEN)),
        free_by_patience=_free(run, [_patience(people.patience_days(p)) for p in range(people.count)], 3),
        agent_odds=_odds(run),
    )


def _median_with_never(values: list[float]) -> float | None:
    return sorted(values)[len(values) // 2] if values else None


def _patience(days: float) -> int:
    return 0 if days <= 7 else 1 if days <= 30 else 2


def _free(run: Run, kinds: Sequence[int], count: int) -> tuple[float, ...]:
    got, all_of = [0] * count, [0] * count
    for person, kind in enumerate(kinds):
        all_of[kind] += 1
        got[kind] += run.place_of[person] != NEVER and not run.paid[person]
    return tuple(share(g, n) for g, n in zip(got, all_of, strict=True))


def _odds(run: Run) -> tuple[float, float] | None:
    """Winners among entries: of people without an agent, and with one who had lost as many draws."""
    (others, clients), (others_won, clients_won) = run.batches.draws, run.batches.wins
    if not sum(clients):
        return None
    expected = sum(n * share(won, of) for n, won, of in zip(clients, others_won, others, strict=True))
    return share(expected, sum(clients)), share(sum(clients_won), sum(clients))
