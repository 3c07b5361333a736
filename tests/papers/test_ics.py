"""The calendar file keeps the rules of RFC 5545 and the right moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ventanilla.papers.case import Case, Language, Say
from ventanilla.papers.ics import ics

SayIn = Callable[[Language], Say]
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def lines_of(calendar: bytes) -> list[tuple[str, str]]:
    """Unfolded (name, value) lines; every raw line is checked on the way."""
    raw = calendar.split(b"\r\n")
    assert raw.pop() == b""
    assert all(len(line) <= 75 and line.decode() and b"\n" not in line and b"\r" not in line for line in raw)
    unfolded = calendar.replace(b"\r\n ", b"").decode()
    return [(name, value) for name, _, value in (line.partition(":") for line in unfolded.splitlines())]


@pytest.mark.parametrize(
    ("zone", "local", "start", "end"),
    [
        ("America/Tijuana", (2026, 12, 7, 10, 15), "20261207T181500Z", "20261207T184500Z"),
        ("America/Tijuana", (2027, 7, 7, 10, 15), "20270707T171500Z", "20270707T174500Z"),
        ("America/Cancun", (2026, 12, 7, 10, 15), "20261207T151500Z", "20261207T154500Z"),
        ("America/Mexico_City", (2027, 7, 7, 17, 45), "20270707T234500Z", "20270708T001500Z"),
    ],
)
def test_the_moment_is_the_office_clock_in_utc(
    case: Case, say_in: SayIn, zone: str, local: tuple[int, int, int, int, int], start: str, end: str
) -> None:
    there = replace(case, starts_at=datetime(*local, tzinfo=ZoneInfo(zone)))
    event = dict(lines_of(ics(there, say_in("es"), "1@example", NOW)))
    assert (event["DTSTART"], event["DTEND"], event["DTSTAMP"]) == (start, end, "20261123T150000Z")


def test_the_event_is_complete_and_rings_the_day_before(case: Case, say_in: SayIn) -> None:
    lines = lines_of(ics(case, say_in("es"), "PA-K7M-2XQ4@pasaportes.example", NOW))
    assert lines[0] == ("BEGIN", "VCALENDAR")
    assert lines[-1] == ("END", "VCALENDAR")
    assert [value for name, value in lines if name == "BEGIN"] == ["VCALENDAR", "VEVENT", "VALARM"]
    assert [value for name, value in lines if name == "END"] == ["VALARM", "VEVENT", "VCALENDAR"]
    for line in (
        ("VERSION", "2.0"),
        ("UID", "PA-K7M-2XQ4@pasaportes.example"),
        ("SUMMARY", "Cita para el pasaporte · PA-K7M-2XQ4"),
        ("LOCATION", "Oficina de Pasaportes de Ejemplo\\, Calle Uno No. 1\\, Centro"),
        ("TRIGGER", "-P1D"),
        ("URL", "https://pasaportes.example/p/abc"),
    ):
        assert line in lines


def test_the_words_are_in_the_language_of_the_case(case: Case, say_in: SayIn) -> None:
    english = dict(lines_of(ics(replace(case, language="en"), say_in("en"), "1@example", NOW)))
    assert english["SUMMARY"] == "Passport appointment · PA-K7M-2XQ4"


@pytest.mark.parametrize("demo", [True, False])
def test_a_demonstration_says_so(case: Case, say_in: SayIn, demo: bool) -> None:
    shown = replace(case, issuer=replace(case.issuer, demo=demo))
    assert ("DEMOSTRACIÓN" in ics(shown, say_in("es"), "1@example", NOW).decode()) == demo


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_no_address_breaks_a_line(case: Case, say_in: SayIn, address: str) -> None:
    hostile = replace(case, office=replace(case.office, address=address), papers_url=address)
    names = [name for name, _ in lines_of(ics(hostile, say_in("es"), "1@example", NOW))]
    plain = [name for name, _ in lines_of(ics(case, say_in("es"), "1@example", NOW))]
    assert names == plain
