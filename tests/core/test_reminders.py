"""When which reminder is due: tables of moments, in the office's own clock."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.booking import Rules
from ventanilla.core.reminders import is_quiet, night_ends_at, spans, wording

RULES = Rules()
MEXICO, TIJUANA = "America/Mexico_City", "America/Tijuana"


def at(zone: str, moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def due(now: datetime, starts_at: datetime, zone: str, rules: Rules = RULES) -> str:
    return " ".join(s.kind for s in spans(now, zone, rules) if s.after < starts_at <= s.until)


@pytest.mark.parametrize(
    ("now", "starts_at", "kind"),
    [
        # A week before, at the same hour, and not a second time on the days between.
        ("2026-12-01 08:59", "2026-12-08 09:00", ""),
        ("2026-12-01 09:00", "2026-12-08 09:00", "days"),
        ("2026-12-02 08:59", "2026-12-08 09:00", "days"),
        ("2026-12-02 09:00", "2026-12-08 09:00", ""),
        # Two days before; when half of the time is over, the second try.
        ("2026-12-06 08:59", "2026-12-08 09:00", ""),
        ("2026-12-06 09:00", "2026-12-08 09:00", "hours"),
        ("2026-12-07 08:59", "2026-12-08 09:00", "hours"),
        ("2026-12-07 09:00", "2026-12-08 09:00", "again"),
        ("2026-12-07 20:59", "2026-12-08 09:00", "again"),
        ("2026-12-07 21:00", "2026-12-08 09:00", ""),
        # On the day from half past seven, and not when it is too late to set out.
        ("2026-12-08 07:29", "2026-12-08 09:00", ""),
        ("2026-12-08 07:30", "2026-12-08 09:00", "morning"),
        ("2026-12-08 08:29", "2026-12-08 09:00", "morning"),
        ("2026-12-08 08:30", "2026-12-08 09:00", ""),
        ("2026-12-08 07:30", "2026-12-08 08:00", ""),
        ("2026-12-08 07:30", "2026-12-09 08:00", ""),
        ("2026-12-08 09:00", "2026-12-08 09:00", ""),
        ("2026-12-08 10:00", "2026-12-08 09:00", ""),
        # What falls into the night is due when it ends.
        ("2026-12-06 07:30", "2026-12-08 07:15", ""),
        ("2026-12-06 08:00", "2026-12-08 07:15", "hours"),
        ("2026-12-01 21:30", "2026-12-08 21:15", ""),
        ("2026-12-02 08:00", "2026-12-08 21:15", "days"),
        ("2026-12-08 23:00", "2026-12-08 23:45", ""),
    ],
)
@pytest.mark.parametrize("zone", [MEXICO, TIJUANA])
def test_a_reminder_is_due_by_the_clock_of_the_office(zone: str, now: str, starts_at: str, kind: str) -> None:
    assert due(at(zone, now), at(zone, starts_at), zone) == kind


def test_the_same_moment_is_night_in_one_zone_and_day_in_another() -> None:
    moment = at(MEXICO, "2026-12-06 09:30")
    starts_at = moment + timedelta(hours=40)
    assert due(moment, starts_at, MEXICO) == "hours"
    assert due(moment, starts_at, TIJUANA) == ""
    assert due(moment + timedelta(minutes=30), starts_at, TIJUANA) == "hours"


@pytest.mark.parametrize(
    ("now", "starts_at", "kind"),
    [
        # The clocks of Tijuana go back on 1 November 2026: seven days are an hour longer, by the clock not.
        ("2026-10-27 09:59", "2026-11-03 10:00", ""),
        ("2026-10-27 10:00", "2026-11-03 10:00", "days"),
        # They go forward on 14 March 2027.
        ("2027-03-09 09:59", "2027-03-16 10:00", ""),
        ("2027-03-09 10:00", "2027-03-16 10:00", "days"),
        ("2026-11-01 07:30", "2026-11-01 12:00", "morning"),
        ("2027-03-14 07:30", "2027-03-14 12:00", "morning"),
    ],
)
def test_a_week_is_a_week_by_the_clock_when_the_clocks_change(now: str, starts_at: str, kind: str) -> None:
    assert due(at(TIJUANA, now), at(TIJUANA, starts_at), TIJUANA) == kind


@pytest.mark.parametrize(
    ("rules", "now", "starts_at", "kind"),
    [
        (replace(RULES, remind_days=0), "2026-12-01 09:00", "2026-12-08 09:00", ""),
        (replace(RULES, remind_hours=0), "2026-12-06 09:00", "2026-12-08 09:00", ""),
        (replace(RULES, remind_hours=0), "2026-12-07 09:00", "2026-12-08 09:00", ""),
        # Two days before would come together with the question.
        (replace(RULES, remind_days=2), "2026-12-06 09:00", "2026-12-08 09:00", "hours"),
        (replace(RULES, remind_days=1, remind_hours=0), "2026-12-07 09:00", "2026-12-08 09:00", ""),
        (replace(RULES, remind_days=2, remind_hours=0), "2026-12-06 09:00", "2026-12-08 09:00", "days"),
        (replace(RULES, remind_morning=time(6)), "2026-12-08 06:00", "2026-12-08 09:00", "morning"),
        (replace(RULES, remind_morning=time(6)), "2026-12-08 05:59", "2026-12-08 09:00", ""),
        (replace(RULES, quiet_to=time(10)), "2026-12-06 09:00", "2026-12-08 09:00", ""),
        (replace(RULES, quiet_to=time(10)), "2026-12-06 10:00", "2026-12-08 09:00", "hours"),
    ],
)
def test_the_settings_decide(rules: Rules, now: str, starts_at: str, kind: str) -> None:
    assert due(at(MEXICO, now), at(MEXICO, starts_at), MEXICO, rules) == kind


@pytest.mark.parametrize(
    ("start", "end", "clock", "quiet"),
    [
        (time(21), time(8), "20:59", False),
        (time(21), time(8), "21:00", True),
        (time(21), time(8), "03:00", True),
        (time(21), time(8), "08:00", False),
        (time(0), time(8), "00:00", True),
        (time(0), time(8), "23:00", False),
        (time(8), time(8), "08:00", False),
        (time(8), time(8), "03:00", False),
    ],
)
def test_the_night_may_go_over_midnight_or_not(start: time, end: time, clock: str, quiet: bool) -> None:
    rules = replace(RULES, quiet_from=start, quiet_to=end)
    assert is_quiet(at(TIJUANA, f"2026-12-01 {clock}"), TIJUANA, rules) is quiet


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2026-12-01 20:59", None),
        ("2026-12-01 21:00", "2026-12-02 08:00"),
        ("2026-12-02 03:00", "2026-12-02 08:00"),
        ("2026-12-02 08:00", None),
        # The night in which the clocks go back is an hour longer.
        ("2026-10-31 22:00", "2026-11-01 08:00"),
    ],
)
def test_a_night_ends_by_the_clock_of_the_office(now: str, ends: str | None) -> None:
    assert night_ends_at(at(TIJUANA, now), TIJUANA, RULES) == (ends and at(TIJUANA, ends))


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.integers(0, 14),
    st.integers(0, 96),
)
def test_nothing_is_due_at_night_but_the_morning_of_the_day(now: datetime, days: int, hours: int) -> None:
    rules = replace(RULES, remind_days=days, remind_hours=hours)
    found = {s.kind for s in spans(now, TIJUANA, rules)}
    if is_quiet(now, TIJUANA, rules):
        assert found <= {"morning"}
        assert not found or now.astimezone(ZoneInfo(TIJUANA)).time() >= rules.remind_morning
    assert all(s.after > now for s in spans(now, TIJUANA, rules))


def test_half_get_each_wording_and_whoever_said_that_they_come_is_not_asked() -> None:
    assert [wording("hours", bytes([n]), going=False) for n in range(4)] == ["plain", "cost"] * 2
    assert [wording("days", bytes([n]), going=True) for n in range(2)] == ["going"] * 2
    assert wording("morning", b"\x01", going=False) == "today"
    assert wording("morning", b"\x01", going=True) == "going"
