"""Every number the laboratory assumes, with its unit and where it comes from.

The code takes its numbers from here, so the table of the report cannot tell others.
"""

from dataclasses import dataclass, field, fields
from datetime import time, timedelta
from typing import Any

from ventanilla.core.booking import Rules
from ventanilla.core.lottery import TOP_WEIGHT

MINUTE, HOUR, DAY = 60, 3600, 86400
JUDGEMENT = ""
OURS = "core"
_RULES = Rules()


def _whole(span: timedelta, unit: timedelta) -> int:
    return span // unit


_IN_HOURS, _IN_MINUTES = timedelta(hours=1), timedelta(minutes=1)


def assumed(value: Any, unit: str, source: str = JUDGEMENT) -> Any:
    """`source`: a section of FAIRNESS.md; OURS, a rule of the program that is in no such document; or
    JUDGEMENT, because nobody has measured it."""
    return field(default=value, metadata={"unit": unit, "source": source})


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Units: as in each row. Shares are of 1. Money in pesos."""

    days: int = assumed(84, "days")
    horizon_days: int = assumed(_RULES.horizon_days, "days", "6")
    opens_hour: int = assumed(8, "hour")
    slots_per_day: int = assumed(28, "slots")
    lead_hours: int = assumed(_whole(_RULES.lead, _IN_HOURS), "hours", "6")

    early_share: float = assumed(0.30, "share")
    daytime_share: float = assumed(0.40, "share")
    morning_hours: tuple[int, int] = assumed((7, 12), "hour")
    daytime_hours: tuple[int, int] = assumed((9, 18), "hour")
    evening_hours: tuple[int, int] = assumed((19, 23), "hour")
    early_delay_seconds: int = assumed(60, "seconds")
    looks_per_day: tuple[float, ...] = assumed((0.5, 1, 3), "looks")
    looks_shares: tuple[float, ...] = assumed((0.3, 0.5, 0.2), "share")
    patience_days: int = assumed(30, "days")
    hedging_share: float = assumed(0.10, "share")
    cancel_share: float = assumed(0.10, "share")
    no_show_base: float = assumed(0.06, "share", "5.6")
    no_show_per_lead_day: float = assumed(0.005, "share")
    reminder_factor: float = assumed(0.66, "factor", "5.6")

    value_pesos: int = assumed(800, "pesos")
    value_spread: float = assumed(0.9, "sigma")
    never_pays_share: float = assumed(0.5, "share")
    impatience_days: int = assumed(14, "days")

    release_hour: int = assumed(8, "hour")
    delay_min_minutes: int = assumed(_whole(_RULES.release_least, _IN_MINUTES), "minutes", "5.4")
    delay_max_hours: int = assumed(_whole(_RULES.release_most, _IN_HOURS), "hours", "5.4")
    delay_of_remaining: float = assumed(_RULES.release_share, "share", "5.4")
    no_delay_within_hours: int = assumed(_whole(_RULES.release_near, _IN_HOURS), "hours", "5.4")

    joins_share: float = assumed(0.8, "share")
    offer_minutes: int = assumed(_whole(_RULES.offer, _IN_MINUTES), "minutes", "6")
    offer_minutes_near: int = assumed(_whole(_RULES.offer_near, _IN_MINUTES), "minutes", "5.5")
    near_hours: int = assumed(24, "hours", "5.5")
    night_from_hour: int = assumed(_RULES.quiet_from.hour, "hour", "5.5")
    night_to_hour: int = assumed(_RULES.quiet_to.hour, "hour", "5.5")
    accept_share: float = assumed(0.7, "share")
    ignored_until_paused: int = assumed(_RULES.offers_ignored, "offers", "5.5")

    window_opens_hour: int = assumed(8, "hour", "5.3")
    window_closes_hour: int = assumed(20, "hour", "5.3")
    claim_hours: int = assumed(_whole(_RULES.claim, _IN_HOURS), "hours", "5.3")
    claim_share: float = assumed(0.95, "share")
    returns_share: float = assumed(0.8, "share")
    greatest_weight: int = assumed(TOP_WEIGHT, "factor", OURS)

    reach_share: float = assumed(0.10, "share")
    reaction_seconds: int = assumed(1, "seconds")
    poll_seconds: int = assumed(60, "seconds")
    slowed_poll_seconds: int = assumed(1800, "seconds")
    watching_cost: int = assumed(5, "pesos")
    name_cost: int = assumed(5, "pesos")
    phone_cost: int = assumed(100, "pesos")
    people_per_phone: int = assumed(_RULES.people_per_phone, "people", "6")
    prices: tuple[int, ...] = assumed((100, 150, 200, 300, 400, 500, 650, 850, 1100, 1500, 2000), "pesos")
    nearly_best: float = assumed(0.9, "share")
    idle_days: int = assumed(14, "days")
    rest_days: int = assumed(14, "days")
    believers_share: float = assumed(0.2, "share")

    def rules(self) -> Rules:
        """What the program would be told, for the rules that it shares with the laboratory."""
        return Rules(
            horizon_days=self.horizon_days,
            quiet_from=time(self.night_from_hour),
            quiet_to=time(self.night_to_hour),
            release_least=timedelta(minutes=self.delay_min_minutes),
            release_most=timedelta(hours=self.delay_max_hours),
            release_share=self.delay_of_remaining,
            release_near=timedelta(hours=self.no_delay_within_hours),
        )


def assumptions_table(a: Assumptions) -> tuple[tuple[str, Any, str, str], ...]:
    """(name, value, unit, source) in the order above."""
    return tuple(
        (f.name, getattr(a, f.name), f.metadata["unit"], f.metadata["source"]) for f in fields(Assumptions)
    )
