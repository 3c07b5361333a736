"""Dates as people write them in Mexico, and in English: day first, unless only month first can be."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from dateparser.date import DateDataParser

from ventanilla.core.text import plain
from ventanilla.talk.date_words import WEEKDAYS, month_of, numbers_for_words

DATE_FAULTS = ("not-a-date", "no-such-day", "year-missing")

_MAX_LENGTH = 120
_YEARS_AHEAD = 15
_FIRST_YEAR, _LAST_YEAR = 1900, 2099

_GAP = r"\s*[/.\- ]\s*"
_THREE = re.compile(rf"(?<!\d)(\d{{1,4}}){_GAP}(\d{{1,2}}){_GAP}(\d{{1,4}})(?!\d)", re.ASCII)
_TWO = re.compile(rf"(?<!\d)(\d{{1,2}}){_GAP}(\d{{1,2}})(?!\d)", re.ASCII)
_GLUED = re.compile(r"(?<!\d)(?:\d{6}|\d{8})(?!\d)", re.ASCII)
_CLOCK = re.compile(
    r"\b(?:a las?|at)\s+\d{1,2}(?:[:.]\d{2})?(?!\d)"
    r"|\b\d{1,2}(?::\d{2}){1,2}\b"
    r"|\b\d{1,2} ?(?:am|pm|hrs|horas)\b",
    re.ASCII,
)
_PIECE = re.compile(r"[a-z]+|\d+", re.ASCII)
_DAY_ALONE = re.compile(r"(?:el |the |dia |day )*(\d{1,2})(?:st|nd|rd|th)?", re.ASCII)
_NEXT_WEEK = re.compile(
    r"(?:proxima|otra|siguiente) semana|semana (?:que viene|proxima|entrante|siguiente)|next week"
)
_RELATIVE = (
    (re.compile(r"\b(?:pasado manana|day after tomorrow)\b"), 2),
    (re.compile(r"\b(?:manana|tomorrow)\b"), 1),
    (re.compile(r"\b(?:hoy|ahorita|today)\b"), 0),
    (re.compile(r"\b(?:antier|anteayer|antes de ayer)\b"), -2),
    (re.compile(r"\b(?:ayer|yesterday)\b"), -1),
)


@dataclass(frozen=True, slots=True)
class DateFault:
    """`kind` is one of DATE_FAULTS; for "no-such-day" the hint is the last day that month has."""

    kind: str
    hint: date | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    """What decides between readings of the same figures."""

    today: date
    future: bool
    latest: date | None


def read_date(
    text: str, today: date, *, future: bool = False, latest: date | None = None
) -> date | DateFault:
    """`future`: days to come may lack the year or be named ("el viernes"); otherwise the year is needed.

    A year of two digits falls in the century that makes the day not later than `latest`; without it, up to
    15 years ahead of today (an expiry date). Whether the day is too early or too late is the caller's rule.
    """
    said, frame = _CLOCK.sub(" ", plain(text[:_MAX_LENGTH])), _Frame(today, future, latest)
    readers = (_numeric, _glued, _named_month, _relative, _weekday, _without_year)
    for read in readers:
        if (found := read(said, frame)) is not None:
            return found
    return _by_library(text[:_MAX_LENGTH])


def _numeric(said: str, frame: _Frame) -> date | DateFault | None:
    """ "3/5/2016", "03.05.16", "2016-05-03", "3 5 2016"."""
    found = _THREE.search(said)
    if not found:
        return None
    first, middle, last = found.groups()
    if len(first) > 2:
        return _first_possible(((last, middle, first), (middle, last, first)), frame)
    return _first_possible(((first, middle, last), (middle, first, last)), frame)


def _glued(said: str, frame: _Frame) -> date | DateFault | None:
    """ "030516", "20160503", "03052016"."""
    found = _GLUED.search(said)
    if not found:
        return None
    run = found[0]
    if len(run) == 6:
        a, b, c = run[:2], run[2:4], run[4:]
        return _first_possible(((a, b, c), (b, a, c), (c, b, a)), frame)
    year_first = (run[6:], run[4:6], run[:4])
    return _first_possible((year_first, (run[:2], run[2:4], run[4:]), (run[2:4], run[:2], run[4:])), frame)


def _named_month(said: str, frame: _Frame) -> date | DateFault | None:
    """ "3 de mayo del 2016", "3-may-16", "may 3rd 2016", "tres de mayo"."""
    pieces = _PIECE.findall(numbers_for_words(said))
    month = next((m for p in pieces if (m := month_of(p))), None)
    if month is None:
        return None
    numbers = [p for p in pieces if p.isdigit()]
    if not numbers:
        return None
    day, year = (numbers[1], numbers[0]) if len(numbers) > 1 and int(numbers[0]) > 31 else (*numbers, "")[:2]
    if year:
        return _first_possible(((day, str(month), year),), frame)
    return _undated(int(day), month, frame) if len(day) < 3 else DateFault("not-a-date")


def _without_year(said: str, frame: _Frame) -> date | DateFault | None:
    """ "3/5"; for days to come also "el 15"."""
    if found := _TWO.search(said):
        day, month = int(found[1]), int(found[2])
        return _undated(*((day, month) if month <= 12 else (month, day)), frame)
    alone = _DAY_ALONE.fullmatch(said)
    if not (alone and frame.future):
        return None
    days = (frame.today + timedelta(n) for n in range(62))
    return next((d for d in days if d.day == int(alone[1])), DateFault("no-such-day"))


def _relative(said: str, frame: _Frame) -> date | None:
    for pattern, days in _RELATIVE:
        if (frame.future or days <= 0) and pattern.search(said):
            return frame.today + timedelta(days)
    return None


def _weekday(said: str, frame: _Frame) -> date | None:
    """The next such day after today: nobody books for the morning that is already passing."""
    day = next((WEEKDAYS[p] for p in _PIECE.findall(said) if p in WEEKDAYS), None)
    if day is None or not frame.future:
        return None
    if _NEXT_WEEK.search(said):
        return frame.today + timedelta(7 - frame.today.weekday() + day)
    return frame.today + timedelta((day - frame.today.weekday() - 1) % 7 + 1)


def _first_possible(orders: tuple[tuple[str, str, str], ...], frame: _Frame) -> date | DateFault:
    """The first of (day, month, year) orders that the calendar has."""
    faults: list[DateFault] = []
    for day, month, year in orders:
        for full_year in _years(year, frame):
            found = _on(full_year, int(month), int(day))
            if isinstance(found, DateFault):
                faults.append(found)
            elif len(year) == 4 or not frame.latest or found <= frame.latest or full_year < 2000:
                return found
    return next((f for f in faults if f.hint), DateFault("no-such-day" if faults else "not-a-date"))


def _years(year: str, frame: _Frame) -> Iterator[int]:
    """The full years that the figures may mean, likeliest first; none where they mean no year."""
    number = int(year)
    if len(year) == 4 and _FIRST_YEAR <= number <= _LAST_YEAR:
        yield number
    if len(year) == 2:
        if frame.latest or frame.future or 2000 + number <= frame.today.year + _YEARS_AHEAD:
            yield 2000 + number
        if not frame.future:
            yield 1900 + number


def _undated(day: int, month: int, frame: _Frame) -> date | DateFault:
    leap = _on(2000, month, day)
    if isinstance(leap, DateFault):
        return leap
    if not frame.future:
        return DateFault("year-missing")
    tries = (_on(frame.today.year + n, month, day) for n in range(9))
    return next((d for d in tries if isinstance(d, date) and d >= frame.today), DateFault("no-such-day"))


def _on(year: int, month: int, day: int) -> date | DateFault:
    if not 1 <= month <= 12:
        return DateFault("no-such-day")
    last = monthrange(year, month)[1]
    if 1 <= day <= last:
        return date(year, month, day)
    return DateFault("no-such-day", date(year, month, last) if last < day <= 31 else None)


def _by_library(text: str) -> date | DateFault:
    """Complete absolute dates in forms not foreseen here; without a figure there is none."""
    if not any(c.isdigit() for c in text):
        return DateFault("not-a-date")
    found = _library().get_date_data(text).date_obj
    return found.date() if found else DateFault("not-a-date")


@cache
def _library() -> Any:
    """Strict and absolute only: relative forms would read the clock."""
    settings = {"DATE_ORDER": "DMY", "STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    return DateDataParser(languages=["es", "en"], settings=settings)
