"""The ways to give places out that are compared."""

from dataclasses import dataclass, replace
from typing import Literal

Release = Literal["hour", "portions", "batch"]


@dataclass(frozen=True, slots=True)
class Policy:
    """`hour`: a day's places at one fixed moment; `portions`: at random moments; `batch`: by lot, each week.

    `bound`: name and CURP are frozen and a person has one live appointment. `instant`: a place given
    back is free for all at once. `agents`: some people pay for being entered, believing that it helps.
    `at_night`: portions come out at any hour.
    `line_first`: new places too go to the waiting list before they are free for all.
    `slowed`: limits on messages and phones keep resellers from looking all the time.
    """

    name: str
    release: Release
    bound: bool = True
    instant: bool = False
    waiting_list: bool = False
    line_first: bool = False
    agents: bool = False
    slowed: bool = False
    at_night: bool = False
    reminders: bool = True

    @property
    def has_a_price(self) -> bool:
        """Resellers can sell something, be it only belief."""
        return self.can_be_moved or self.release != "batch" or self.agents

    @property
    def can_be_moved(self) -> bool:
        """A place taken for nobody can be passed to a customer: by a new name, or by cancelling and
        booking again before anybody looks (FAIRNESS 1.2 b)."""
        return not self.bound or (self.instant and self.release != "batch")


FIXED_HOUR = Policy("fixed-hour", "hour", bound=False, instant=True)
FROZEN = Policy("frozen", "hour", instant=True)
PORTIONS = Policy("portions", "portions")
WAITING_LIST = Policy("waiting-list", "portions", waiting_list=True)
LOTTERY = Policy("lottery", "batch")
COMPARED = (FIXED_HOUR, FROZEN, PORTIONS, WAITING_LIST, LOTTERY)

# What the answer rests on: each takes one thing away.
LOTTERY_ANY_NAME = replace(LOTTERY, name="lottery-any-name", bound=False)
LOTTERY_AGENTS = replace(LOTTERY, name="lottery-agents", agents=True)
PORTIONS_ANY_NAME = replace(PORTIONS, name="portions-any-name", bound=False)
PORTIONS_SLOWED = replace(PORTIONS, name="portions-slowed", slowed=True)
LINE_FIRST = replace(WAITING_LIST, name="line-first", line_first=True)
NO_REMINDERS = replace(WAITING_LIST, name="no-reminders", reminders=False)
PORTIONS_AT_NIGHT = replace(PORTIONS, name="portions-at-night", at_night=True)
VARIANTS = (
    PORTIONS_SLOWED,
    PORTIONS_AT_NIGHT,
    PORTIONS_ANY_NAME,
    NO_REMINDERS,
    LINE_FIRST,
    LOTTERY_ANY_NAME,
    LOTTERY_AGENTS,
)
