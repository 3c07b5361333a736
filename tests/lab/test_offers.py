"""Offers: one person at a time, the place held, nobody woken up, nobody pestered."""

import pytest
from tests.lab.hand import at, cancelling, one_place, people, run

from ventanilla.lab.assumptions import HOUR, MINUTE, Assumptions
from ventanilla.lab.places import NOBODY
from ventanilla.lab.policies import LINE_FIRST, WAITING_LIST
from ventanilla.lab.run import Run

ALWAYS = Assumptions(days=7, accept_share=1.0)
NEVER_ANSWERS = Assumptions(days=7, accept_share=0.0)
BOOKED, CALENDAR = at(1, 23), at(30, 6)


def _given_back_at(moment: int, a: Assumptions, waiting: int = 1) -> Run:
    """Person 0 has the only place and gives it back; the others looked in vain on the evening of day 2."""
    looks = {0: [BOOKED], **{n: [at(2, 19) + n] for n in range(1, waiting + 1)}}
    crowd = cancelling(people(looks), 0, (moment - BOOKED) / (CALENDAR - BOOKED))
    return run(WAITING_LIST, crowd, one_place(0), a=a)


def test_who_waits_has_the_place_within_the_time_of_an_offer() -> None:
    lived = _given_back_at(at(3, 12), ALWAYS)
    assert lived.owner[0] == 1
    assert 0 <= lived.refilled_after[0] <= 30 * MINUTE


def test_within_a_day_an_offer_is_shorter() -> None:
    lived = _given_back_at(at(29, 12), ALWAYS)
    assert lived.owner[0] == 1
    assert lived.refilled_after[0] <= 10 * MINUTE


@pytest.mark.parametrize("hour", [21, 23.5, 3, 7.9])
def test_nobody_gets_an_offer_at_night(hour: float) -> None:
    lived = _given_back_at(at(3, hour), ALWAYS)
    woken = lived.placed_at[1] % (24 * HOUR)
    assert 8 * HOUR <= woken <= 8 * HOUR + 30 * MINUTE


def test_who_does_not_answer_gives_way_to_the_next_after_half_an_hour() -> None:
    chances = Assumptions(days=7, accept_share=0.5)
    lived = _given_back_at(at(3, 12), chances, waiting=12)
    ignored = lived.refilled_after[0] // (30 * MINUTE)
    assert lived.owner[0] == 1 + ignored


def test_a_place_that_nobody_takes_is_free_for_all_again() -> None:
    lived = _given_back_at(at(3, 12), NEVER_ANSWERS, waiting=3)
    assert lived.owner[0] == NOBODY
    assert lived.pool.take_this(0)


def test_who_ignores_three_offers_gets_no_more() -> None:
    # Twelve places come one by one; the only person who waits answers none of the first offers.
    lived = run(LINE_FIRST, people({0: [at(0, 1)]}), 12, a=NEVER_ANSWERS)
    assert lived.offers.ignored(0) == 3
