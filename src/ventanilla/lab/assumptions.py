"""Every number the laboratory assumes, with its unit and where it comes from.

The code takes its numbers from here, so the table of the report cannot tell others.
"""

from dataclasses import dataclass, field, fields
from typing import Any

MINUTE, HOUR, DAY = 60, 3600, 86400
JUDGEMENT = ""


def assumed(value: Any, unit: str, source: str = JUDGEMENT) -> Any:
    """`source` is a section of FAIRNESS.md, or empty where nobody has measured it: our judgement."""
    return field(default=value, metadata={"unit": unit, "source": source})


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Units: as in each row. Shares are of 1. Money in pesos."""

    days: int = assumed(84, "days")
    horizon_days: int = assumed(30, "days", "6")
    opens_hour: int = assumed(8, "hour")
    slots_per_day: int = assumed(28, "slots")
    lead_hours: int = assumed(2, "hours", "6")

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
    portions_per_day: int = assumed(12, "portions")
    portions_from_hour: int = assumed(7, "hour")
    portions_to_hour: int = assumed(22, "hour")
    delay_min_minutes: int = assumed(30, "minutes", "5.4")
    delay_max_hours: int = assumed(24, "hours", "5.4")
    delay_of_remaining: float = assumed(0.25, "share", "5.4")
    no_delay_within_hours: int = assumed(3, "hours", "5.4")

    joins_share: float = assumed(0.8, "share")
    offer_minutes: int = assumed(30, "minutes", "6")
    offer_minutes_near: int = assumed(10, "minutes", "5.5")
    near_hours: int = assumed(24, "hours", "5.5")
    night_from_hour: int = assumed(21, "hour", "5.5")
    night_to_hour: int = assumed(8, "hour", "5.5")
    accept_share: float = assumed(0.7, "share")
    ignored_until_paused: int = assumed(3, "offers", "5.5")

    window_opens_hour: int = assumed(8, "hour", "5.3")
    window_closes_hour: int = assumed(20, "hour", "5.3")
    claim_hours: int = assumed(24, "hours", "5.3")
    claim_share: float = assumed(0.95, "share")
    returns_share: float = assumed(0.8, "share")
    greatest_weight: int = assumed(4, "factor")

    reach_share: float = assumed(0.10, "share")
    reaction_seconds: int = assumed(1, "seconds")
    poll_seconds: int = assumed(60, "seconds")
    slowed_poll_seconds: int = assumed(1800, "seconds")
    watching_cost: int = assumed(5, "pesos")
    name_cost: int = assumed(5, "pesos")
    phone_cost: int = assumed(100, "pesos")
    people_per_phone: int = assumed(5, "people", "6")
    prices: tuple[int, ...] = assumed(
        (*(50, 100, 150, 200, 300, 400, 500, 650, 800, 1000, 1300, 1700, 2500),), "pesos"
    )
    idle_days: int = assumed(14, "days")
    rest_days: int = assumed(14, "days")
    believers_share: float = assumed(0.2, "share")


def assumptions_table(a: Assumptions) -> tuple[tuple[str, Any, str, str], ...]:
    """(name, value, unit, source) in the order above."""
    return tuple(
        (f.name, getattr(a, f.name), f.metadata["unit"], f.metadata["source"]) for f in fields(Assumptions)
    )
