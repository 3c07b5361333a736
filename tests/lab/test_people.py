"""The crowd: the same for the same seed, and each person as they were drawn."""

import pytest

from ventanilla.lab.assumptions import DAY, HOUR, Assumptions
from ventanilla.lab.people import EARLY, EVENING, PERSON, PERSON_BITS, crowd

A = Assumptions()
CROWD = crowd(3000, 4, A)


def test_the_same_seed_draws_the_same_people_and_another_seed_others() -> None:
    assert crowd(200, 1, A) == crowd(200, 1, A)
    assert crowd(200, 1, A) != crowd(200, 2, A)


def test_looks_are_in_order_and_within_the_patience_of_who_looks() -> None:
    for day, keys in enumerate(CROWD.looks):
        assert list(keys) == sorted(keys)
        for key in keys:
            person, moment = key & PERSON, key >> PERSON_BITS
            assert moment // DAY == day
            assert CROWD.arrives[person] <= moment <= CROWD.gives_up[person]


def test_everybody_looks_at_least_once_and_first_when_they_arrive() -> None:
    firsts: dict[int, int] = {}
    for keys in CROWD.looks:
        for key in keys:
            firsts.setdefault(key & PERSON, key >> PERSON_BITS)
    assert firsts == dict(enumerate(CROWD.arrives))


def test_at_a_fixed_hour_those_who_can_are_there_and_the_others_look_as_ever() -> None:
    for keys, at_hour in zip(CROWD.looks, CROWD.looks_at_hour, strict=True):
        others = [k for k in keys if CROWD.when[k & PERSON] != EARLY]
        assert [k for k in at_hour if CROWD.when[k & PERSON] != EARLY] == others
    early = [k >> PERSON_BITS for day in CROWD.looks_at_hour for k in day if CROWD.when[k & PERSON] == EARLY]
    just_after = [second for second in early if 0 < second % DAY - 8 * HOUR <= HOUR + 2]
    assert len(just_after) > len(early) / 2
    evening = [k >> PERSON_BITS for day in CROWD.looks for k in day if CROWD.when[k & PERSON] == EVENING]
    assert all(19 <= second % DAY // HOUR < 23 for second in evening)


def test_kinds_of_people_come_in_the_shares_that_are_assumed() -> None:
    shares = [list(CROWD.when).count(kind) / CROWD.count for kind in range(3)]
    assert shares == pytest.approx([0.30, 0.40, 0.30], abs=0.03)
    assert sum(not value for value in CROWD.value) / CROWD.count == pytest.approx(0.5, abs=0.03)
    values = sorted(value for value in CROWD.value if value)
    assert values[len(values) // 2] == pytest.approx(A.value_pesos, rel=0.1)


def test_a_place_is_worth_nothing_at_the_first_try_and_more_the_longer_one_waits() -> None:
    person = max(range(CROWD.count), key=lambda p: CROWD.value[p])
    paid = [CROWD.would_pay(person, CROWD.arrives[person] + day * DAY, A) for day in (0, 1, 14, 400)]
    assert paid[0] == 0
    assert paid == sorted(paid)
    assert paid[2] == pytest.approx(0.632 * CROWD.value[person], rel=0.01)
    assert paid[3] == pytest.approx(CROWD.value[person])


def test_more_people_than_a_look_can_name_are_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        crowd(PERSON + 2, 1, A)
