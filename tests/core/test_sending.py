from datetime import UTC, datetime, timedelta

import pytest

from ventanilla.core.sending import Fault, pause_of, try_again_at, window_is_open

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def waits(fault: Fault, attempts: int) -> float | None:
    at = try_again_at(fault, attempts, NOW)
    return None if at is None else (at - NOW).total_seconds()


def test_a_pair_waits_as_meta_asks() -> None:
    assert [waits("pair", n) for n in (1, 2, 3, 4)] == [1, 4, 16, 64]


def test_passing_faults_are_tried_soon_then_more_and_more_rarely() -> None:
    assert [waits("retry", n) for n in (1, 2, 3)] == [0.5, 1, 2]
    assert waits("retry", 13) == 1800
    assert waits("retry", 14) is None


def test_a_file_that_meta_cannot_take_is_tried_a_few_times() -> None:
    assert [waits("few", n) is None for n in (1, 2, 3)] == [False, False, True]


def test_a_paused_template_waits_for_hours() -> None:
    assert waits("template", 1) == 1800
    assert waits("template", 8) == 6 * 3600


@pytest.mark.parametrize("fault", ["final", "window", "form"])
def test_some_faults_are_never_tried_again(fault: Fault) -> None:
    assert waits(fault, 1) is None


def test_a_stopped_account_never_gives_a_message_up() -> None:
    assert waits("account", 1000) == 0


def test_the_window_is_open_for_a_day_but_for_a_margin() -> None:
    assert window_is_open(NOW - timedelta(hours=23, minutes=57), NOW)
    assert not window_is_open(NOW - timedelta(hours=23, minutes=59), NOW)
    assert not window_is_open(None, NOW)


def test_a_limit_by_the_hour_lets_the_number_rest_longer() -> None:
    assert pause_of(80007) > pause_of(130429) > timedelta(0)
