"""Places and people add up, guards hold, and small cases come out as counted by hand."""

import pytest
from tests.lab.hand import WEEK, at, cancelling, one_place, people, run

from ventanilla.lab.assumptions import DAY, MINUTE, Assumptions
from ventanilla.lab.figures import Figures, figures
from ventanilla.lab.people import crowd
from ventanilla.lab.places import NEVER, NOBODY, supply
from ventanilla.lab.policies import (
    COMPARED,
    FIXED_HOUR,
    FROZEN,
    LINE_FIRST,
    LOTTERY,
    LOTTERY_AGENTS,
    LOTTERY_ANY_NAME,
    PORTIONS,
    PORTIONS_AT_NIGHT,
    VARIANTS,
    WAITING_LIST,
    Policy,
)
from ventanilla.lab.run import Run

ALL = COMPARED + VARIANTS
A = Assumptions()
CROWD = crowd(1500, 7, A)


def _lived(policy: Policy, places: int = 900, resellers: int = 5, price: int = 400) -> Run:
    return Run(policy, CROWD, supply(places, A), resellers, price, 7, A).go()


@pytest.mark.parametrize("policy", ALL, ids=lambda p: p.name)
@pytest.mark.parametrize("places", [0, 1, 900, 3000])
def test_people_and_places_add_up(policy: Policy, places: int) -> None:
    told = figures(_lived(policy, places))
    assert told.people == told.placed + told.unplaced == CROWD.count
    assert told.placed == told.attended + told.missed + told.cancelled
    assert told.places == told.used + told.missed_places + told.hoarded + told.empty == places
    assert told.bought <= told.taken
    assert told.revenue == told.bought * 400


@pytest.mark.parametrize("policy", [p for p in ALL if p.bound], ids=lambda p: p.name)
def test_nobody_has_two_places_where_identity_counts(policy: Policy) -> None:
    owners = [owner for owner in _lived(policy).owner if owner >= 0]
    assert owners
    assert len(owners) == len(set(owners))


def test_some_have_two_where_it_does_not() -> None:
    lived = _lived(FIXED_HOUR)
    owners = [owner for owner in lived.owner if owner >= 0]
    hedged = [p for p in lived.second_places if not lived.cancelled[lived.owner[p]]]
    assert len(owners) - len(set(owners)) == len(hedged) > 0


@pytest.mark.parametrize("policy", ALL, ids=lambda p: p.name)
def test_a_place_and_its_owner_know_each_other(policy: Policy) -> None:
    lived = _lived(policy)
    for person in range(CROWD.count):
        place = lived.place_of[person]
        if place != NEVER and not lived.cancelled[person]:
            assert lived.owner[place] == person
            assert CROWD.arrives[person] <= lived.placed_at[person] <= lived.supply.starts[place]


@pytest.mark.parametrize("policy", COMPARED, ids=lambda p: p.name)
def test_without_scarcity_resale_does_not_pay_and_everybody_is_served(policy: Policy) -> None:
    told = figures(_lived(policy, places=3000))
    assert told.profit < 0
    assert told.bought == 0
    assert told.never_served < 0.06


@pytest.mark.parametrize("policy", ALL, ids=lambda p: p.name)
def test_without_resellers_nothing_is_resold(policy: Policy) -> None:
    told = figures(_lived(policy, resellers=0))
    assert (told.resold_share, told.revenue, told.cost, told.hoarded) == (0, 0, 0, 0)


@pytest.mark.parametrize("policy", ALL, ids=lambda p: p.name)
def test_with_nobody_there_is_nothing_to_tell(policy: Policy) -> None:
    told = figures(run(policy, people({}), 5, resellers=1, price=100))
    assert (told.people, told.never_served, told.wait_median, told.refilled_share) == (0, 0, None, None)
    assert told.used == 0


def test_the_hour_is_a_race_of_those_who_can_be_there() -> None:
    # One place a day. Persons 0 and 1 look just after eight on the first day, person 2 in the evening.
    lived = run(FROZEN, people({0: [at(0, 8) + 5], 1: [at(0, 8) + 9, at(1, 8) + 9], 2: [at(0, 20)]}), 7)
    told = figures(lived)
    assert list(lived.place_of) == [0, 1, NEVER]
    assert told.never_served == pytest.approx(1 / 3)
    # Person 0 waits from 8:00:05 on day 0 to 8:00 on day 30; person 1 a day longer, less four seconds.
    assert told.wait_median == pytest.approx(30.5 - 7 / DAY)
    assert told.empty_minutes == float("inf")  # only two of seven days' places found anybody


def test_portions_come_out_by_day_and_a_variant_at_any_hour() -> None:
    # The 28 times of one day: on the next 28 people look just before eight and 28 after nine at night.
    one_day = Assumptions(days=1)
    looks = {n: [at(1, 7.99) + n] for n in range(28)} | {n: [at(1, 21.2) + n] for n in range(28, 56)}
    by_day, at_night = (
        run(policy, people(looks, days=1), 28, a=one_day) for policy in (PORTIONS, PORTIONS_AT_NIGHT)
    )
    assert sum(by_day.settled[:28]) == 0
    assert sum(by_day.settled[28:]) == 28
    assert 4 <= sum(at_night.settled[:28]) <= 16


def test_a_cancelled_place_is_free_at_once_or_after_a_delay_nobody_knows() -> None:
    # Person 0 has the only place and cancels it at 11:59, a minute before person 1 looks.
    moment = (at(3, 12) - 60 - at(1, 23)) / (at(30, 6) - at(1, 23))
    two = cancelling(people({0: [at(1, 23)], 1: [at(3, 12), at(6, 12)]}), 0, moment)
    at_once, later = (figures(run(policy, two, one_place(0))) for policy in (FROZEN, PORTIONS))
    assert (at_once.freed, at_once.refilled, later.freed, later.refilled) == (1, 1, 1, 1)
    assert abs((at_once.refill_minutes or 0) - 1) < 0.1
    assert abs((later.refill_minutes or 0) - (3 * 24 * 60 + 1)) < 0.1


def test_who_waits_in_line_is_offered_what_comes_free_and_needs_not_look() -> None:
    # One place, of the last day, that comes out on the next: person 1 looks once, after person 0 has it.
    crowd_of_two = cancelling(people({0: [at(7, 23.2)], 1: [at(7, 23.5)]}), 0, 0.5)
    kind = Assumptions(days=7, accept_share=1.0)
    without = run(PORTIONS, crowd_of_two, 1, a=kind)
    with_line = run(WAITING_LIST, crowd_of_two, 1, a=kind)
    assert without.owner[0] == NOBODY
    assert with_line.owner[0] == 1
    assert max(with_line.refilled_after) <= (10 * 60 + 30) * MINUTE  # a night and an offer


def test_with_the_line_first_the_earliest_goes_first_whoever_looks_at_the_moment() -> None:
    looks = {0: [at(0, 1)], 1: [at(0, 2)], 2: [at(7, 23.5)]}
    kind = Assumptions(days=7, accept_share=1.0)
    assert run(LINE_FIRST, people(looks), 1, a=kind).owner[0] == 0
    assert run(PORTIONS, people(looks), 1, a=kind).owner[0] == 2


def test_a_reseller_is_there_first_and_sells_to_who_came_too_late() -> None:
    # One place. After a day without one, it is worth 1000 * (1 - exp(-1 / 14)) = 68.9 pesos to person 0.
    greedy = Assumptions(days=7, reach_share=7.0, name_cost=5, phone_cost=100, watching_cost=0)
    late = people({0: [at(0, 8) + 5, at(1, 8) + 5]}, value=1000.0)
    for policy, cost in ((FIXED_HOUR, 5), (FROZEN, 5 + 100 / 5)):
        told = figures(run(policy, late, one_place(0), resellers=1, price=68, a=greedy))
        assert (told.bought, told.taken, told.revenue, told.cost) == (1, 1, 68, cost)
        assert told.free_by_when[1] == 0
        too_dear = figures(run(policy, late, one_place(0), resellers=1, price=69, a=greedy))
        assert (too_dear.bought, too_dear.hoarded, too_dear.profit) == (0, 1, -cost)


def test_a_place_that_is_cancelled_for_a_customer_may_go_to_somebody_who_looks_at_that_second() -> None:
    greedy = Assumptions(days=7, reach_share=7.0, watching_cost=0, reaction_seconds=2)
    looks = {0: [at(0, 8) + 5, at(1, 8)], 1: [at(1, 8) + 1]}
    lived = run(FROZEN, people(looks, value=1000.0), one_place(0), resellers=1, price=50, a=greedy)
    assert lived.owner[0] == 1
    assert figures(lived).bought == 0


def test_a_name_that_is_frozen_and_a_delay_leave_nothing_in_stock() -> None:
    for policy in ALL:
        told = figures(_lived(policy, price=3000))
        assert bool(told.hoarded) == policy.can_be_moved, policy.name


def test_in_a_draw_nobody_is_faster_and_the_odds_are_those_of_the_places() -> None:
    # Three places for six people who look at six moments; the draw is on Thursday at 20:00.
    looks = {person: [at(3 + person // 2, 9 + person)] for person in range(6)}
    lived = run(LOTTERY, people(looks), 3, a=Assumptions(days=7, claim_share=1.0))
    told = figures(lived)
    assert told.placed == 3
    assert all(moment == NEVER or moment >= at(6, 20) for moment in lived.placed_at)


def test_who_looks_outside_the_window_is_told_and_comes_back() -> None:
    sure = Assumptions(days=7, claim_share=1.0, returns_share=1.0)
    never = Assumptions(days=7, claim_share=1.0, returns_share=0.0)
    on_friday = people({0: [at(0, 12)]})
    assert figures(run(LOTTERY, on_friday, 7, a=sure)).placed == 1
    assert figures(run(LOTTERY, on_friday, 7, a=never)).placed == 0


def test_a_lottery_without_identity_can_be_stuffed_with_names() -> None:
    stuffed, honest = figures(_lived(LOTTERY_ANY_NAME)), figures(_lived(LOTTERY))
    assert stuffed.taken > 0
    assert honest.taken == 0
    assert stuffed.profit > 0 > honest.profit


def test_an_agent_in_a_draw_sells_belief_and_not_odds() -> None:
    told = figures(_lived(LOTTERY_AGENTS))
    assert told.agent_odds is not None
    assert told.bought > 0


def _comparable(told: Figures) -> tuple[int, int]:
    return told.people, told.places


def test_all_policies_meet_the_same_people_and_the_same_places() -> None:
    assert {_comparable(figures(_lived(policy))) for policy in ALL} == {(1500, 900)}
    assert WEEK.days == 7
