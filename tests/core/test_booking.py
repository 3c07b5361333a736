"""Folios, who counts as a minor, and until when an appointment may be cancelled."""

from datetime import UTC, datetime, timedelta

import pytest

from ventanilla.core.booking import Rules, can_cancel, folio_of
from ventanilla.core.procedures import PROCEDURES, group_of, needs_old_passport

START = datetime(2026, 11, 24, 15, tzinfo=UTC)


def test_a_folio_can_be_read_aloud() -> None:
    folios = [folio_of(bytes([n])) for n in range(256)]
    assert len(set(folios)) == len(folios)
    for folio in folios:
        assert len(folio) == len("PA-AAA-AAAA")
        assert not set(folio.removeprefix("PA-").replace("-", "")) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def test_the_same_draw_gives_the_same_folio() -> None:
    assert folio_of(b"draw") == folio_of(b"draw")


@pytest.mark.parametrize(
    ("before", "allowed"), [(3, True), (2, True), (1.99, False), (0, False), (-1, False)]
)
def test_an_appointment_is_cancelled_two_hours_before_at_the_latest(before: float, allowed: bool) -> None:
    assert can_cancel(START, START - timedelta(hours=before), Rules()) is allowed


@pytest.mark.parametrize(("age", "group"), [(0, "minor"), (17, "minor"), (18, "adult"), (90, "adult")])
def test_who_is_eighteen_is_an_adult(age: int, group: str) -> None:
    assert group_of(age) == group


def test_all_but_the_first_passport_need_the_old_one() -> None:
    assert [p for p in PROCEDURES if needs_old_passport(p)] == ["renewal", "lost"]
