"""Hours and addresses as people write them."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from ventanilla.talk.readers import clock, email, moment_at, respelt_email


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *(("10:30", time(10, 30)), ("10.30", time(10, 30)), ("10 30", time(10, 30)), ("1030", time(10, 30))),
        *(
            ("10", time(10)),
            ("a las 10", time(10)),
            ("A LAS DIEZ", time(10)),
            ("10 am", time(10)),
            ("10 a. m.", time(10)),
        ),
        *(
            ("9 y media", time(9, 30)),
            ("nueve y media", time(9, 30)),
            ("9 y cuarto", time(9, 15)),
            ("930", time(9, 30)),
        ),
        *(
            ("once menos cuarto", time(10, 45)),
            ("cuarto para las 11", time(10, 45)),
            ("las 14 hrs", time(14)),
        ),
        *(
            ("2", time(14)),
            ("a la una", time(13)),
            ("2:00", time(2)),
            ("2 pm", time(14)),
            ("2 de la tarde", time(14)),
        ),
        *(
            ("12", time(12)),
            ("mediodía", time(12)),
            ("medio día", time(12)),
            ("12 pm", time(12)),
            ("12 am", time(0)),
        ),
        *(
            ("8 de la mañana", time(8)),
            ("08:00", time(8)),
            ("9h15", time(9, 15)),
            ("quarter to 9", time(8, 45)),
        ),
        *(
            ("25:00", None),
            ("10:75", None),
            ("temprano", None),
            ("", None),
            ("si", None),
            ("99", None),
            ("👍", None),
        ),
    ],
)
def test_an_hour_as_it_is_written(said: str, meant: time | None) -> None:
    assert clock(said) == meant


def test_only_a_free_hour_is_taken() -> None:
    zone = ZoneInfo("America/Mexico_City")
    free = (datetime(2026, 11, 24, 15, tzinfo=UTC), datetime(2026, 11, 24, 16, 15, tzinfo=UTC))
    assert moment_at(time(9), free, zone) == free[0]
    assert moment_at(time(10), free, zone) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *(
            ("ana@ejemplo.mx", "ana@ejemplo.mx"),
            (" Ana.Paz+1@correo.ejemplo.com ", "Ana.Paz+1@correo.ejemplo.com"),
        ),
        *(("mi correo es ana@ejemplo.mx.", "ana@ejemplo.mx"), ("<ana@ejemplo.mx>", "ana@ejemplo.mx")),
        *(("ana arroba ejemplo punto com", "ana@ejemplo.com"), ("ana @ ejemplo.com", "ana@ejemplo.com")),
        *(
            ("ana_paz@ejemplo.com", "ana_paz@ejemplo.com"),
            ("ana", None),
            ("ana@ejemplo", None),
            ("@ejemplo.com", None),
        ),
        *(("ana@@ejemplo.com", None), ("", None), ("no", None), ("a" * 200 + "@ejemplo.com", None)),
    ],
)
def test_an_address_as_it_is_written(said: str, meant: str | None) -> None:
    assert email(said) == meant


@pytest.mark.parametrize(
    ("address", "hint"),
    [("ana@ejemplo.con", "ana@ejemplo.com"), ("ana@ejemplo.com", None), ("ana@ejemplo.mx", None)],
)
def test_an_ending_that_does_not_exist_is_respelt(address: str, hint: str | None) -> None:
    assert respelt_email(address) == hint
