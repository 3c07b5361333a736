"""Opening hours as offices write them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.hours import USUAL, Hours, HoursFault, Span, read_hours

ONE = (Span(time(8), time(15)),)
NONE: tuple[Span, ...] = ()
WEEKDAYS = Hours((ONE, ONE, ONE, ONE, ONE, NONE, NONE))


@pytest.mark.parametrize(
    "text",
    [
        "Lun-Vie 08:00-15:00",
        "lun-vie 8-15",
        "Lun a Vie 8:00 a 15:00",
        "Lunes a viernes de 8:00 a 15:00 horas",
        "LUN–VIE 08:00 – 15:00 hrs.",
        "Lun-Vie 08:00-15:00 (entrega 15:00-16:00)",
        "Lun-Vie 08:00-15:00 (documentos 09:00-12:00; entrega 12:00-14:00)",
        "Lun 08:00-15:00; Mar-Vie 08:00-15:00",
        "Vie 08:00-15:00, Lun-Jue 08:00-15:00",
    ],
)
def test_weekdays_from_eight_to_three_in_many_ways(text: str) -> None:
    assert read_hours(text) == WEEKDAYS == USUAL


def test_days_may_differ_and_have_a_break() -> None:
    found = read_hours("Lun-Vie 08:00-13:00; Lun-Vie 16:00-18:00; Sáb 09:00-13:00")
    assert isinstance(found, Hours)
    assert found.days[0] == (Span(time(8), time(13)), Span(time(16), time(18)))
    assert found.days[5] == (Span(time(9), time(13)),)
    assert found.days[6] == ()


def test_seven_days_are_written_as_they_are_read() -> None:
    assert str(read_hours("lunes a domingo 8-20")) == "Lun-Dom 08:00-20:00"


@pytest.mark.parametrize(
    ("text", "found", "reason"),
    [
        ("", "", "no opening hours"),
        ("(cerrado)", "(cerrado)", "no opening hours"),
        ("de lunes a viernes", "de lunes a viernes", "write days and hours"),
        ("Lun-Vie 15:00-08:00", "lun-vie 15:00-08:00", "open before it closes"),
        ("Lun-Vie 08:00-25:00", "lun-vie 08:00-25:00", "open before it closes"),
        ("Lun-Vie 08:61-15:00", "lun-vie 08:61-15:00", "open before it closes"),
        ("Vie-Lun 08:00-15:00", "vie-lun 08:00-15:00", "in that order"),
        ("Mon-Fri 08:00-15:00", "mon-fri 08:00-15:00", "the days are"),
        ("Lun 08:00-12:00; Lun 11:00-15:00", "Lun 08:00-12:00; Lun 11:00-15:00", "overlap"),
    ],
)
def test_what_cannot_be_read_is_quoted_with_a_reason(text: str, found: str, reason: str) -> None:
    fault = read_hours(text)
    assert isinstance(fault, HoursFault)
    assert fault.found == found
    assert reason in fault.reason


_TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@st.composite
def _weeks(draw: st.DrawFn) -> Hours:
    days = []
    for _ in range(7):
        edges = sorted(draw(st.sets(_TIMES, max_size=4)))
        days.append(tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)))
    return Hours(tuple(days))


@given(_weeks())
def test_written_hours_are_read_back(hours: Hours) -> None:
    again = read_hours(str(hours))
    assert again == hours or (isinstance(again, HoursFault) and not any(hours.days))


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    assert isinstance(read_hours(text), Hours | HoursFault)
