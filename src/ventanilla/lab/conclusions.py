"""What the figures say, in sentences. Each is chosen by comparing numbers: none is true beforehand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ventanilla.lab.figures import PATIENCE, Figures
from ventanilla.lab.people import WHEN
from ventanilla.lab.policies import COMPARED, LOTTERY
from ventanilla.lab.study import Study

Say = Callable[..., str]
"""(key, **variables) -> text of one language."""

GAP = 0.10
"""Shares closer than this are told as alike."""
ODDS_GAP = 0.05
POINTS_GAP = 0.03
DAYS_GAP = 1.0

FIRST_COME = tuple(policy.name for policy in COMPARED if policy.release != "batch")


@dataclass(frozen=True, slots=True)
class Conclusions:
    resale: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]
    limits: tuple[str, ...]


def conclude(study: Study, say: Say) -> Conclusions:
    return Conclusions(
        tuple(_resale(study, say)) if study.question.resellers else (say("lab-no-resellers"),),
        tuple(_people(study.compared, say)) if study.question.people else (say("lab-no-people"),),
        tuple(_places(study.compared, say)),
        tuple(_limits(study, say)) if study.question.resellers else (),
    )


def percent(share: float) -> str:
    if 0 < share < 0.0005:
        return "<\u00a00.1\u00a0%"
    return f"{100 * share:.0f}\u00a0%" if abs(share) >= 0.0995 or not share else f"{100 * share:.1f}\u00a0%"


def points(difference: float) -> str:
    """Between two shares."""
    return f"{100 * difference:.0f}"


def pesos(amount: float) -> str:
    sign, amount = ("-" if round(amount, 1) < 0 else ""), abs(amount)
    return f"{sign}${amount:,.0f}" if amount >= 100 or not amount else f"{sign}${amount:.1f}"


def days(count: float | None) -> str:
    return "—" if count is None else f"{count:.0f}" if count >= 10 else f"{count:.1f}"


def named(policy: str, say: Say) -> str:
    return say(f"lab-policy-{policy}")


def profits(study: Study, policy: str) -> tuple[tuple[float, float], ...]:
    """(scarcity, profit per place), over the sweep."""
    return tuple(
        (scarcity, told.profit_per_place)
        for scarcity, all_told in study.sweep
        for told in all_told
        if told.policy == policy
    )


# Does resale pay?


def _resale(study: Study, say: Say) -> list[str]:
    return [
        _first_come(study, say),
        *_without_scarcity(study, say),
        _by_lot(study, say),
        *(_compared_with_first(told, study.compared[0], say) for told in study.compared[1:]),
    ]


def _first_come(study: Study, say: Say) -> str:
    """Hakimov et al.: first come, first served, resale pays whenever demand exceeds supply."""
    above = [(p, s, gain) for p in FIRST_COME for s, gain in profits(study, p) if s > 1]
    missing = [(p, s) for p, s, gain in above if gain <= 0]
    if not missing:
        least, most = min(g for _, _, g in above), max(g for _, _, g in above)
        return say("lab-aer-first-come-holds", least=pesos(least), most=pesos(most))
    if len(missing) == len(above):
        return say("lab-aer-first-come-fails")
    return say("lab-aer-first-come-gaps", at=_at(missing, say), pays=len(above) - len(missing), of=len(above))


def _without_scarcity(study: Study, say: Say) -> list[str]:
    early = [(p, s) for p in FIRST_COME for s, gain in profits(study, p) if s <= 1 and gain > 0]
    return [say("lab-aer-before-scarcity", at=_at(early, say)) if early else say("lab-aer-no-scarcity")]


def _by_lot(study: Study, say: Say) -> str:
    """And a batch with random allocation makes it unprofitable."""
    gains = profits(study, LOTTERY.name)
    pays = [(LOTTERY.name, s) for s, gain in gains if gain > 0]
    if pays:
        return say("lab-aer-lottery-fails", at=_at(pays, say))
    return say("lab-aer-lottery-holds", most=pesos(max(gain for _, gain in gains)))


def _at(cases: Sequence[tuple[str, float]], say: Say) -> str:
    """ "Random portions (1.1, 1.3); Weekly lottery (2)"."""
    by_policy: dict[str, list[str]] = {}
    for policy, scarcity in cases:
        by_policy.setdefault(policy, []).append(f"{scarcity:g}")
    return "; ".join(f"{named(policy, say)} ({', '.join(at)})" for policy, at in by_policy.items())


def _compared_with_first(told: Figures, first: Figures, say: Say) -> str:
    policy = named(told.policy, say)
    share = percent(told.resold_share)
    if told.profit <= 0:
        return say("lab-resale-gone", policy=policy, profit=pesos(told.profit_per_place), share=share)
    if first.profit <= 0:
        return say("lab-resale-new", policy=policy, profit=pesos(told.profit_per_place), share=share)
    change = told.profit / first.profit - 1
    key = "lab-resale-less" if change < 0 else "lab-resale-more"
    return say(key, policy=policy, change=percent(abs(change)), share=share)


# Who gets a place, and when?


def _people(compared: Sequence[Figures], say: Say) -> list[str]:
    return [
        *(_by_when(told, say) for told in compared),
        _patience(compared, say),
        _waits(compared, say),
        _extremes("lab-never-served", compared, [told.never_served for told in compared], say),
    ]


def _by_when(told: Figures, say: Say) -> str:
    shares = sorted(zip(told.free_by_when, WHEN, strict=True))
    (low, loser), (high, winner) = shares[0], shares[-1]
    if percent(high) == percent(low):
        return say("lab-when-same", policy=named(told.policy, say), share=percent(low))
    if high - low < GAP:
        return say("lab-when-even", policy=named(told.policy, say), low=percent(low), high=percent(high))
    return say(
        "lab-when-gap",
        policy=named(told.policy, say),
        winner=say(f"lab-when-{winner}"),
        high=percent(high),
        loser=say(f"lab-when-{loser}"),
        low=percent(low),
    )


def _patience(compared: Sequence[Figures], say: Say) -> str:
    """Of those who give up first: where do they fare best and worst?"""
    short = PATIENCE.index("short")
    return _extremes("lab-impatient", compared, [told.free_by_patience[short] for told in compared], say)


def _waits(compared: Sequence[Figures], say: Say) -> str:
    waits = sorted((told.wait_median, told.policy) for told in compared if told.wait_median is not None)
    if not waits:
        return say("lab-nobody-placed")
    (low, shortest), (high, longest) = waits[0], waits[-1]
    if high - low < DAYS_GAP:
        return say("lab-waits-alike", low=days(low), high=days(high))
    return say(
        "lab-waits",
        low=days(low),
        shortest=named(shortest, say),
        high=days(high),
        longest=named(longest, say),
    )


def _extremes(key: str, compared: Sequence[Figures], shares: Sequence[float], say: Say) -> str:
    """Message `key`, with the policies of the lowest and the highest share; or `key`-alike."""
    ranked = sorted(zip(shares, (told.policy for told in compared), strict=True))
    (low, lowest), (high, highest) = ranked[0], ranked[-1]
    if percent(low) == percent(high):
        return say(f"{key}-alike", share=percent(low))
    return say(
        key, low=percent(low), lowest=named(lowest, say), high=percent(high), highest=named(highest, say)
    )


# What becomes of the places?


def _places(compared: Sequence[Figures], say: Say) -> list[str]:
    refilled = [(told.refilled_share, told) for told in compared if told.refilled_share is not None]
    said = [_extremes("lab-unused", compared, [told.unused_share for told in compared], say)]
    if refilled:
        _, most = max(refilled, key=lambda pair: pair[0])
        _, least = min(refilled, key=lambda pair: pair[0])
        told_of = [told for _, told in refilled]
        said.append(_extremes("lab-refilled", told_of, [share for share, _ in refilled], say))
        said += [_refill_time(told, say) for told in ([most] if most is least else [most, least])]
    return said


def _refill_time(told: Figures, say: Say) -> str:
    minutes = told.refill_minutes or 0
    if minutes < 1:
        return say("lab-refill-at-once", policy=named(told.policy, say))
    key, count = ("lab-refill-hours", minutes / 60) if minutes >= 120 else ("lab-refill-minutes", minutes)
    return say(key, policy=named(told.policy, say), count=f"{count:.0f}")


# Where does the result not hold?


def _limits(study: Study, say: Say) -> list[str]:
    by_name = {told.policy: told for told in (*study.compared, *study.variants)}
    said = [
        _variant(by_name["lottery-any-name"], by_name["lottery"], "lab-limit-any-name", say),
        _variant(by_name["portions-any-name"], by_name["portions"], "lab-limit-portions-any-name", say),
        _variant(by_name["portions-slowed"], by_name["portions"], "lab-limit-slowed", say),
        _by_day(by_name["portions"], by_name["portions-at-night"], say),
        _variant(by_name["line-first"], by_name["waiting-list"], "lab-limit-line-first", say),
        _agents(by_name["lottery-agents"], say),
    ]
    with_, without = by_name["waiting-list"], by_name["no-reminders"]
    difference = without.unused_share - with_.unused_share
    key = "lab-limit-reminders" if difference > 0 else "lab-limit-reminders-none"
    said.append(_doubts(study, say))
    return [*said, say(key, without=percent(without.unused_share), reminded=percent(with_.unused_share))]


def _doubts(study: Study, say: Say) -> str:
    """Does it hang on a number that nobody has measured?"""
    here = {told.policy: told.profit > 0 for told in study.compared}
    unlike = [d for d in study.doubts if any((f.profit > 0) is not here[f.policy] for f in d.told)]
    if not unlike:
        return say("lab-doubts-none", of=len(study.doubts))
    names = "; ".join(f"{assumption(d.assumption, say)} × {d.factor:g}" for d in unlike)
    return say("lab-doubts-some", unlike=len(unlike), of=len(study.doubts), names=names)


def assumption(name: str, say: Say) -> str:
    return say(f"lab-assumed-{name.replace('_', '-')}")


def _variant(told: Figures, plain: Figures, key: str, say: Say) -> str:
    """`key`-pays or `key`-loses, whichever is so, with the profit per place of both. Where neither pays, the
    difference between them explains nothing."""
    both = {"profit": pesos(told.profit_per_place), "plain": pesos(plain.profit_per_place)}
    if told.profit <= 0 and plain.profit <= 0:
        return say(
            "lab-limit-neither", variant=named(told.policy, say), rule=named(plain.policy, say), **both
        )
    return say(f"{key}-pays" if told.profit > 0 else f"{key}-loses", **both)


def _by_day(plain: Figures, at_night: Figures, say: Say) -> str:
    gap, night = (max(f.free_by_when) - min(f.free_by_when) for f in (plain, at_night))
    key = "lab-limit-by-day-fairer" if night - gap > POINTS_GAP else "lab-limit-by-day-no-fairer"
    resale = {"profit": pesos(plain.profit_per_place), "at_night": pesos(at_night.profit_per_place)}
    return say(key, gap=points(gap), night=points(night), **resale)


def _agents(told: Figures, say: Say) -> str:
    if told.agent_odds is None:
        return say("lab-limit-no-agents")
    others, clients = told.agent_odds
    better = clients - others > ODDS_GAP
    return say(
        "lab-limit-agents-better" if better else "lab-limit-agents",
        clients=percent(clients),
        others=percent(others),
        profit=pesos(told.profit_per_place),
    )
