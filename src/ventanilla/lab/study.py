"""One question put to all policies at once, on the same people, and over scarcities."""

from collections.abc import Callable
from dataclasses import dataclass

from ventanilla.lab.assumptions import Assumptions
from ventanilla.lab.figures import Figures, figures
from ventanilla.lab.people import Crowd, crowd
from ventanilla.lab.places import supply
from ventanilla.lab.policies import COMPARED, LOTTERY_ANY_NAME, VARIANTS, Policy
from ventanilla.lab.run import Run

SCARCITIES = (0.8, 0.9, 1.0, 1.1, 1.3, 1.6, 2.0, 2.5, 3.0)
SWEPT = (*COMPARED, LOTTERY_ANY_NAME)
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
class Study:
    """`sweep`: (scarcity, figures of SWEPT)."""

    question: Question
    assumptions: Assumptions
    compared: tuple[Figures, ...]
    variants: tuple[Figures, ...]
    sweep: tuple[tuple[float, tuple[Figures, ...]], ...]


class _Laboratory:
    """Crowds drawn once, and the count of people simulated so far."""

    def __init__(self, asked: Question, a: Assumptions, progress: Progress) -> None:
        self._asked, self._a, self._progress = asked, a, progress
        self.all = crowd(asked.people, asked.seed, a)
        self.some = crowd(asked.people // SWEEP_SHARE, asked.seed + 1, a)
        self._pilot = crowd(asked.people // PILOT_SHARE, asked.seed + 2, a)
        self._prices = len(a.prices) if asked.resellers else 0
        runs = len(COMPARED) + len(VARIANTS), len(SCARCITIES) * len(SWEPT)
        self._of = runs[0] * self.all.count + runs[1] * self.some.count
        self._of += sum(runs) * self._prices * self._pilot.count
        self._done = 0

    def measured(self, policy: Policy, people: Crowd, scarcity: float) -> Figures:
        """With the price that earns most: resellers know their trade, so they are given it."""
        prices = self._a.prices if self._asked.resellers else ()
        tried = [(self._run(policy, self._pilot, scarcity, price).profit, price) for price in prices]
        return self._run(policy, people, scarcity, max(tried)[1] if tried else 0)

    def _run(self, policy: Policy, people: Crowd, scarcity: float, price: int) -> Figures:
        places = supply(round(people.count / scarcity), self._a)
        asked = self._asked
        run = Run(policy, people, places, asked.resellers, price, asked.seed, self._a).go()
        self._done += people.count
        self._progress(self._done, self._of)
        return figures(run)


def study(asked: Question, progress: Progress = lambda done, of: None, a: Assumptions | None = None) -> Study:
    assumptions = a or Assumptions()
    lab = _Laboratory(asked, assumptions, progress)
    return Study(
        asked,
        assumptions,
        tuple(lab.measured(policy, lab.all, asked.scarcity) for policy in COMPARED),
        tuple(lab.measured(policy, lab.all, asked.scarcity) for policy in VARIANTS),
        tuple((s, tuple(lab.measured(p, lab.some, s) for p in SWEPT)) for s in SCARCITIES),
    )
