"""One question put to all policies at once, on the same people, and over scarcities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ventanilla.lab.assumptions import Assumptions
from ventanilla.lab.figures import Figures, figures
from ventanilla.lab.people import Crowd, crowd
from ventanilla.lab.places import supply
from ventanilla.lab.policies import (
    COMPARED,
    FIXED_HOUR,
    LOTTERY,
    LOTTERY_ANY_NAME,
    VARIANTS,
    WAITING_LIST,
    Policy,
)
from ventanilla.lab.run import Run

SCARCITIES = (0.8, 0.9, 1.0, 1.1, 1.3, 1.6, 2.0, 2.5, 3.0)
SWEPT = (*COMPARED, LOTTERY_ANY_NAME)
DOUBTED = (
    "value_pesos",
    "impatience_days",
    "patience_days",
    "early_share",
    "cancel_share",
    "reach_share",
    "name_cost",
    "watching_cost",
)
FACTORS = (0.5, 2.0)
DOUBTED_UNDER = (FIXED_HOUR, WAITING_LIST, LOTTERY)
DOUBTED_PRICES = slice(0, None, 2)
"""Every second price is near enough to see whether anything is earned."""
SWEEP_SHARE, PILOT_SHARE = 5, 20
"""The sweep is over a fifth of the people; prices are tried on a twentieth."""

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Question:
    """`scarcity` in requests for each place."""

    people: int = 100_000
    seed: int = 1
    resellers: int = 5
    scarcity: float = 1.5


@dataclass(frozen=True, slots=True)
class Doubt:
    """An assumption that is our judgement, changed by `factor`, and what then comes of DOUBTED_UNDER."""

    assumption: str
    factor: float
    told: tuple[Figures, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """`sweep`: (scarcity, figures of SWEPT). `doubts`: none without resellers."""

    question: Question
    assumptions: Assumptions
    compared: tuple[Figures, ...]
    variants: tuple[Figures, ...]
    sweep: tuple[tuple[float, tuple[Figures, ...]], ...]
    doubts: tuple[Doubt, ...]


class _Laboratory:
    """Crowds drawn once, and the count of people simulated so far."""

    def __init__(self, asked: Question, a: Assumptions, progress: Progress) -> None:
        self._asked, self._a, self._progress = asked, a, progress
        self.all = crowd(asked.people, asked.seed, a)
        self.some = crowd(asked.people // SWEEP_SHARE, asked.seed + 1, a)
        self._pilot = crowd(asked.people // PILOT_SHARE, asked.seed + 2, a)
        once, often = COMPARED + VARIANTS, SWEPT * len(SCARCITIES)
        self._of = len(once) * self.all.count + len(often) * self.some.count
        self._of += sum(len(_prices(policy, asked, a)) for policy in once + often) * self._pilot.count
        if asked.resellers:
            runs = sum(len(_prices(policy, asked, a)[DOUBTED_PRICES]) or 1 for policy in DOUBTED_UNDER)
            self._of += len(DOUBTED) * len(FACTORS) * runs * self._pilot.count
        self._done = 0

    def measured(self, policy: Policy, people: Crowd, scarcity: float) -> Figures:
        return self._run(policy, people, scarcity, self._price(policy, scarcity))

    def _price(self, policy: Policy, scarcity: float) -> int:
        """Resellers know their trade, so they are given the price. Of those that earn nearly the most it is
        the lowest: profit hardly differs among them, the share resold would jump from one to the next."""
        prices = _prices(policy, self._asked, self._a)
        gains = [self._run(policy, self._pilot, scarcity, price).profit for price in prices]
        best = max(gains, default=0.0)
        enough = best * self._a.nearly_best if best > 0 else best
        return next((price for price, gain in zip(prices, gains, strict=True) if gain >= enough), 0)

    def doubted(self, name: str, factor: float) -> Doubt:
        changed = replace(self._a, **{name: getattr(self._a, name) * factor})
        people = crowd(self._pilot.count, self._asked.seed + 2, changed)
        return Doubt(name, factor, tuple(self._dearest(policy, people, changed) for policy in DOUBTED_UNDER))

    def _dearest(self, policy: Policy, people: Crowd, a: Assumptions) -> Figures:
        """At the price that earns most."""
        prices = _prices(policy, self._asked, a)[DOUBTED_PRICES] or (0,)
        tried = [self._run(policy, people, self._asked.scarcity, price, a) for price in prices]
        return max(tried, key=lambda told: told.profit)

    def _run(
        self, policy: Policy, people: Crowd, scarcity: float, price: int, a: Assumptions | None = None
    ) -> Figures:
        a, asked = a or self._a, self._asked
        places = supply(round(people.count / scarcity), a)
        run = Run(policy, people, places, asked.resellers, price, asked.seed, a).go()
        self._done += people.count
        self._progress(self._done, self._of)
        return figures(run)


def _prices(policy: Policy, asked: Question, a: Assumptions) -> tuple[int, ...]:
    """To try: none where there is nobody who sells, or nothing to sell."""
    return a.prices if asked.resellers and policy.has_a_price else ()


def study(asked: Question, progress: Progress = lambda done, of: None, a: Assumptions | None = None) -> Study:
    assumptions = a or Assumptions()
    lab = _Laboratory(asked, assumptions, progress)
    return Study(
        asked,
        assumptions,
        tuple(lab.measured(policy, lab.all, asked.scarcity) for policy in COMPARED),
        tuple(lab.measured(policy, lab.all, asked.scarcity) for policy in VARIANTS),
        tuple((s, tuple(lab.measured(p, lab.some, s) for p in SWEPT)) for s in SCARCITIES),
        tuple(lab.doubted(name, factor) for name in DOUBTED for factor in FACTORS) if asked.resellers else (),
    )
