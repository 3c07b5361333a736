"""Sentences follow the numbers: change a number, and another sentence is said."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ventanilla.lab.assumptions import Assumptions
from ventanilla.lab.conclusions import Conclusions, conclude, days, percent, pesos
from ventanilla.lab.figures import Figures
from ventanilla.lab.policies import COMPARED, VARIANTS
from ventanilla.lab.study import SWEPT, Doubt, Question, Study

PLAIN = Figures(
    policy="",
    people=1000,
    placed=800,
    attended=600,
    missed=100,
    cancelled=100,
    places=700,
    used=600,
    missed_places=100,
    hoarded=0,
    empty=0,
    wait_median=30.0,
    wait_p90=40.0,
    search_median=2.0,
    bought=10,
    taken=70,
    price=400,
    revenue=4000,
    cost=500,
    freed=100,
    refilled=80,
    refill_minutes=50.0,
    empty_minutes=5.0,
    free_by_when=(0.5, 0.55, 0.45),
    free_by_patience=(0.3, 0.5, 0.7),
    agent_odds=None,
)
LOSS: dict[str, Any] = {"revenue": 0, "taken": 0}


def _study(
    changes: dict[str, dict[str, Any]] | None = None,
    swept: Callable[[str, float], dict[str, Any]] = lambda policy, scarcity: {},
    **asked: Any,
) -> Study:
    """All policies alike but for `changes` by name; in the sweep for what `swept` gives."""
    changes = {"lottery": LOSS} | (changes or {})

    def told(name: str) -> Figures:
        return replace(PLAIN, policy=name, **changes.get(name, {}))

    def usual(name: str, scarcity: float) -> dict[str, Any]:
        return (LOSS if name == "lottery" or scarcity <= 1 else {}) | swept(name, scarcity)

    return Study(
        Question(**asked),
        Assumptions(),
        tuple(told(policy.name) for policy in COMPARED),
        tuple(told(policy.name) for policy in VARIANTS),
        tuple(
            (s, tuple(replace(PLAIN, policy=p.name, **usual(p.name, s)) for p in SWEPT)) for s in (1.0, 2.0)
        ),
        (Doubt("value_pesos", 0.5, (told("fixed-hour"), told("lottery"))),),
    )


def _say(key: str, **args: Any) -> str:
    return " ".join([key, *(f"{name}={value}" for name, value in args.items())])


def _concluded(*args: Any, **asked: Any) -> Conclusions:
    return conclude(_study(*args, **asked), _say)


def _keys(sentences: tuple[str, ...]) -> list[str]:
    return [sentence.split()[0] for sentence in sentences]


def test_what_the_paper_found_is_told_as_found_when_it_is() -> None:
    said = _keys(_concluded().resale)
    assert said[:3] == ["lab-aer-first-come-holds", "lab-aer-no-scarcity", "lab-aer-lottery-holds"]


def test_each_case_where_first_come_first_served_does_not_pay_is_named() -> None:
    said = _concluded({}, lambda policy, s: LOSS if policy == "portions" else {}).resale[0]
    assert said.startswith("lab-aer-first-come-gaps")
    assert "lab-policy-portions (2)" in said
    assert "pays=3 of=4" in said
    assert _keys(_concluded({}, lambda policy, s: LOSS).resale)[0] == "lab-aer-first-come-fails"


def test_a_lottery_that_pays_is_told_as_contrary_to_the_paper() -> None:
    said = _concluded({}, lambda policy, s: {"revenue": 4000} if policy == "lottery" else {}).resale[2]
    assert said == "lab-aer-lottery-fails at=lab-policy-lottery (1, 2)"


def test_profit_without_scarcity_is_told() -> None:
    said = _concluded({}, lambda policy, s: {"revenue": 4000} if policy == "frozen" else {}).resale[1]
    assert said == "lab-aer-before-scarcity at=lab-policy-frozen (1)"


@pytest.mark.parametrize(
    ("first", "other", "key"),
    [
        (4000, 2000, "lab-resale-less"),
        (2000, 4000, "lab-resale-more"),
        (0, 4000, "lab-resale-new"),
        (4000, 0, "lab-resale-gone"),
    ],
)
def test_each_rule_is_compared_with_the_fixed_hour(first: int, other: int, key: str) -> None:
    changes = {"fixed-hour": {"revenue": first}, "frozen": {"revenue": other}}
    assert _keys(_concluded(changes).resale)[3] == key


def test_who_loses_by_the_hour_is_named_and_small_differences_are_not() -> None:
    said = _concluded({"fixed-hour": {"free_by_when": (0.9, 0.5, 0.1)}}).people
    assert said[0].startswith("lab-when-gap policy=lab-policy-fixed-hour winner=lab-when-early")
    assert said[0].endswith("loser=lab-when-evening low=10\u00a0%")
    # 45 to 55 %: told as a difference only from ten points on.
    assert _keys(said)[1] == "lab-when-gap"
    assert _keys(_concluded({"frozen": {"free_by_when": (0.5, 0.5, 0.45)}}).people)[1] == "lab-when-even"
    assert _keys(_concluded({"frozen": {"free_by_when": (1, 1, 0.999)}}).people)[1] == "lab-when-same"


def test_the_best_and_the_worst_are_named_unless_they_are_alike() -> None:
    assert _keys(_concluded().people)[-3:] == [
        "lab-impatient-alike",
        "lab-waits-alike",
        "lab-never-served-alike",
    ]
    said = _concluded(
        {"frozen": {"placed": 500, "wait_median": 35.0, "free_by_patience": (0.9, 0, 0)}}
    ).people
    assert _keys(said)[-3:] == ["lab-impatient", "lab-waits", "lab-never-served"]
    assert "highest=lab-policy-frozen" in said[-1]
    assert _keys(_concluded({p.name: {"wait_median": None} for p in COMPARED}).people)[-2] == (
        "lab-nobody-placed"
    )


@pytest.mark.parametrize(
    ("minutes", "key"),
    [(0.4, "lab-refill-at-once"), (50.0, "lab-refill-minutes"), (4000.0, "lab-refill-hours")],
)
def test_what_is_cancelled_comes_back_in_a_time_that_is_said_in_its_own_unit(
    minutes: float, key: str
) -> None:
    said = _concluded({"waiting-list": {"refilled": 100, "refill_minutes": minutes}}).places
    assert _keys(said)[:2] == ["lab-unused-alike", "lab-refilled"]
    assert said[2].startswith(f"{key} policy=lab-policy-waiting-list")
    none = {p.name: {"freed": 0} for p in COMPARED}
    assert _keys(_concluded(none).places) == ["lab-unused-alike"]


def test_where_the_result_ends_is_told_either_way() -> None:
    assert _keys(_concluded().limits) == [
        "lab-limit-any-name-pays",
        "lab-limit-portions-any-name-pays",
        "lab-limit-slowed-pays",
        "lab-limit-by-day-no-fairer",
        "lab-limit-line-first-pays",
        "lab-limit-no-agents",
        "lab-doubts-none",
        "lab-limit-reminders-none",
    ]
    names = ("lottery-any-name", "portions-any-name", "portions-slowed", "line-first")
    changes: dict[str, dict[str, Any]] = dict.fromkeys(names, LOSS)
    changes["lottery"] = {}
    changes |= {"portions-at-night": {"free_by_when": (0.9, 0.5, 0.1)}}
    changes |= {"lottery-agents": {"agent_odds": (0.5, 0.51)}, "no-reminders": {"used": 500}}
    assert _keys(_concluded(changes).limits) == [
        "lab-limit-any-name-loses",
        "lab-limit-portions-any-name-loses",
        "lab-limit-slowed-loses",
        "lab-limit-by-day-fairer",
        "lab-limit-line-first-loses",
        "lab-limit-agents",
        "lab-doubts-none",
        "lab-limit-reminders",
    ]
    dearer = _concluded({"portions-at-night": {"revenue": 4700}}).limits
    assert "lab-limit-by-day-no-fairer gap=10 night=10 profit=$5.0 at_night=$6.0" in dearer
    neither = _concluded(dict.fromkeys(("portions-slowed", "portions"), LOSS)).limits
    assert "lab-limit-neither variant=lab-policy-portions-slowed rule=lab-policy-portions" in neither[2]
    luck = {"lottery-agents": {"agent_odds": (0.5, 0.7)}}
    assert "lab-limit-agents-better" in _keys(_concluded(luck).limits)


@pytest.mark.parametrize(("name", "changed"), [("fixed-hour", LOSS), ("lottery", {})])
def test_a_judgement_on_which_the_result_hangs_is_named(name: str, changed: dict[str, Any]) -> None:
    plain = _study()
    usual: dict[str, dict[str, Any]] = {"fixed-hour": {}, "lottery": LOSS, name: changed}
    told = tuple(replace(PLAIN, policy=policy, **usual[policy]) for policy in usual)
    said = conclude(replace(plain, doubts=(*plain.doubts, Doubt("name_cost", 2.0, told))), _say).limits
    assert "lab-doubts-some unlike=1 of=2 names=lab-assumed-name-cost × 2" in said


def test_without_resellers_or_people_nothing_is_claimed() -> None:
    assert _concluded(resellers=0).resale == ("lab-no-resellers",)
    assert _concluded(resellers=0).limits == ()
    assert _concluded(people=0).people == ("lab-no-people",)


def test_numbers_are_short_and_tell_little_from_nothing() -> None:
    assert [percent(share) for share in (0, 0.0002, 0.031, 0.0996, 0.5)] == [
        "0\u00a0%",
        "<\u00a00.1\u00a0%",
        "3.1\u00a0%",
        "10\u00a0%",
        "50\u00a0%",
    ]
    assert [pesos(amount) for amount in (0, 1.44, -1.6, 74.6, 4976618)] == [
        "$0",
        "$1.4",
        "-$1.6",
        "$74.6",
        "$4,976,618",
    ]
    assert [days(count) for count in (None, 3.04, 33.4)] == ["—", "3.0", "33"]
