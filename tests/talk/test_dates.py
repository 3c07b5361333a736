"""Dates as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.talk.dates import DATE_FAULTS, DateFault, read_date

TODAY = date(2026, 11, 23)
NAMES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
MONTHS = NAMES.split()


@pytest.mark.parametrize(
    "text",
    [
        "3 de mayo 2016",
        "3 de mayo de 2016",
        "el 3 de mayo del 2016",
        "3 de Mayo del año 2016",
        "3 mayo 16",
        "3-may-2016",
        "3/may/16",
        "03MAY2016",
        "may 3 2016",
        "May 3rd, 2016",
        "3rd of May 2016",
        "May third, 2016",
        "tres de mayo de 2016",
        "tres de mayo de dos mil dieciséis",
        "2016 mayo 3",
        "3 de malyo de 2016",
        "03/05/16",
        "3/5/2016",
        "3.5.2016",
        "3 - 5 - 2016",
        "03 05 2016",
        "2016-05-03",
        "2016/5/3",
        "030516",
        "03052016",
        "20160503",
        "fue el 03/05/2016 creo",
        "martes 3 de mayo de 2016 a las 10:30",
        "2016-05-03T10:00",
        "２０１６-05-03",
        "٣/٥/٢٠١٦",
    ],
)
def test_the_third_of_may_is_read_however_it_is_written(text: str) -> None:
    assert read_date(text, TODAY) == date(2016, 5, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 setiembre 2019", date(2019, 9, 1)),
        ("7 de febero 2019", date(2019, 2, 7)),
        ("9 agozto 2019", date(2019, 8, 9)),
        ("primero de disiembre del 2019", date(2019, 12, 1)),
        ("treinta y uno de octubre de 2019", date(2019, 10, 31)),
        ("uno de enero de mil novecientos noventa y ocho", date(1998, 1, 1)),
        ("29 feb 2020", date(2020, 2, 29)),
        ("05/25/2016", date(2016, 5, 25)),
        ("12121998", date(1998, 12, 12)),
        ("20102016", date(2016, 10, 20)),
        ("1 abril 98", date(1998, 4, 1)),
        ("1/4/31", date(2031, 4, 1)),
        ("ayer", date(2026, 11, 22)),
        ("fue antier", date(2026, 11, 21)),
        ("hoy", TODAY),
    ],
)
def test_other_days_are_read(text: str, day: date) -> None:
    assert read_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mañana", date(2026, 11, 24)),
        ("MAÑANA por favor", date(2026, 11, 24)),
        ("pasado mañana", date(2026, 11, 25)),
        ("tomorrow", date(2026, 11, 24)),
        ("mañana a las 10:30", date(2026, 11, 24)),
        ("el lunes", date(2026, 11, 30)),
        ("martes", date(2026, 11, 24)),
        ("próximo viernes", date(2026, 11, 27)),
        ("el viernes que viene", date(2026, 11, 27)),
        ("viernes de la próxima semana", date(2026, 12, 4)),
        ("next Friday", date(2026, 11, 27)),
        ("lunes 30 de noviembre", date(2026, 11, 30)),
        ("3 de mayo", date(2027, 5, 3)),
        ("3 de mayo a las 10", date(2027, 5, 3)),
        ("3/12", date(2026, 12, 3)),
        ("12/25", date(2026, 12, 25)),
        ("el 15", date(2026, 12, 15)),
        ("el día 30", date(2026, 11, 30)),
        ("29 de febrero", date(2028, 2, 29)),
        ("3 mayo 27", date(2027, 5, 3)),
    ],
)
def test_a_day_to_come_may_be_named(text: str, day: date) -> None:
    assert read_date(text, TODAY, future=True) == day


def test_a_year_of_two_figures_falls_before_the_latest_day() -> None:
    assert read_date("3/5/30", TODAY) == date(2030, 5, 3)
    assert read_date("3/5/30", TODAY, latest=TODAY) == date(1930, 5, 3)
    assert read_date("3/5/26", TODAY, latest=TODAY) == date(2026, 5, 3)
    assert read_date("3 de mayo del 2030", TODAY, latest=TODAY) == date(2030, 5, 3)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("31 de febrero de 2020", DateFault("no-such-day", date(2020, 2, 29))),
        ("31/02/2020", DateFault("no-such-day", date(2020, 2, 29))),
        ("29/02/2019", DateFault("no-such-day", date(2019, 2, 28))),
        ("35/14/2016", DateFault("no-such-day")),
        ("999999", DateFault("no-such-day")),
        ("31 de junio", DateFault("no-such-day", date(2000, 6, 30))),
        ("3 de mayo", DateFault("year-missing")),
        ("3/5", DateFault("year-missing")),
        ("mayo 2016", DateFault("not-a-date")),
        ("mayo", DateFault("not-a-date")),
        ("3 de mayo de 20167", DateFault("not-a-date")),
        ("3/5/201", DateFault("not-a-date")),
        ("mañana", DateFault("not-a-date")),
        ("el lunes", DateFault("not-a-date")),
        ("10:30", DateFault("not-a-date")),
        ("15", DateFault("not-a-date")),
        ("no me acuerdo", DateFault("not-a-date")),
        ("", DateFault("not-a-date")),
    ],
)
def test_what_is_no_date_says_why(text: str, fault: DateFault) -> None:
    assert read_date(text, TODAY) == fault
    assert fault.kind in DATE_FAULTS


def test_an_impossible_day_to_come_is_not_moved_to_another_year() -> None:
    assert read_date("29/02/2027", TODAY, future=True) == DateFault("no-such-day", date(2027, 2, 28))
    assert isinstance(read_date("el 32", TODAY, future=True), DateFault)
    assert read_date("a las 10:30", TODAY, future=True) == DateFault("not-a-date")


@given(st.dates(date(1930, 1, 1), date(2040, 12, 31)))
def test_every_day_is_read_in_the_usual_forms(day: date) -> None:
    month = MONTHS[day.month - 1]
    forms = (
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d%m%Y}" if f"{day:%d%m}" < "1900" or f"{day:%d%m}" > "2099" else day.isoformat(),
        day.isoformat(),
        f"{day.day} de {month} de {day.year}",
        f"{day.day} {month[:3]} {day.year}",
        f"{day.day}-{month.upper()}-{day.year}",
    )
    assert {read_date(form, TODAY) for form in forms} == {day}


@given(st.dates(TODAY, TODAY + timedelta(364)))
def test_every_day_of_the_coming_year_is_read_without_its_year(day: date) -> None:
    assert read_date(f"{day.day} de {MONTHS[day.month - 1]}", TODAY, future=True) == day
    assert read_date(f"{day.day}/{day.month}", TODAY, future=True) == day


@given(
    st.text(max_size=150) | st.text("0123456789/.-: maydelno", max_size=40),
    st.booleans(),
    st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
)
def test_no_text_breaks_the_reader(text: str, future: bool, latest: date | None) -> None:
    assert isinstance(read_date(text, TODAY, future=future, latest=latest), date | DateFault)
