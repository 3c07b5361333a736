"""When a failed send is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from ventanilla.core.sending import Fault, SendFailed, try_again_at

NOW = datetime(2026, 11, 23, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fault", "attempts", "wait"),
    [
        ("retry", 1, 2),
        ("retry", 3, 8),
        ("retry", 7, 128),
        ("slow", 1, 3),
        ("slow", 5, 243),
        ("slow", 7, 30 * 60),
        ("pair", 1, 4),
        ("pair", 2, 16),
        ("pair", 5, 1024),
        ("pair", 6, 30 * 60),
        ("account", 1, 5 * 60),
        ("account", 1000, 5 * 60),
        ("retry", 8, None),
        ("pair", 8, None),
        ("final", 1, None),
    ],
)
def test_how_long_is_waited(fault: Fault, attempts: int, wait: int | None) -> None:
    expected = None if wait is None else NOW + timedelta(seconds=wait)
    assert try_again_at(fault, attempts, NOW) == expected


def test_a_failure_says_whether_it_may_have_gone_out() -> None:
    failed = SendFailed("retry", "timed out", uncertain=True)
    assert (failed.fault, failed.text, failed.code, failed.uncertain) == ("retry", "timed out", None, True)
    assert str(failed) == "timed out"
