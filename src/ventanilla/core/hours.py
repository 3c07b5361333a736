"""Opening hours of an office: "Lun-Vie 08:00-15:00; Sáb 09:00-13:00"."""

import re
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

_DAYS = ("Lun", "Mar", "Mié", "Jue", "Vie", "Sáb", "Dom")
_PLAIN = {"lun": 0, "mar": 1, "mie": 2, "mié": 2, "jue": 3, "vie": 4, "sab": 5, "sáb": 5, "dom": 6}
_NOTE = re.compile(r"\([^)]*\)")
_PART = re.compile(
    r"(?P<first>[a-zéáíóú]{3})[a-zéáíóú]*\.?(?:\s*(?:-|a)\s*(?P<last>[a-zéáíóú]{3})[a-zéáíóú]*\.?)?\s+"
    r"(?:de\s+)?(?P<open>\d{1,2}(?::\d{2})?)\s*(?:-|a)\s*(?P<close>\d{1,2}(?::\d{2})?)\s*(?:h|hrs?|horas)?\.?"
)
_SEPARATOR = re.compile(r"[;,\n]")
_DASHES = str.maketrans("–—", "--")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open: the door is shut at `close`."""

    open: time
    close: time


@dataclass(frozen=True, slots=True)
class HoursFault:
    found: str
    reason: str


@dataclass(frozen=True, slots=True)
class Hours:
    """Spans by weekday (0 = Monday), in order, apart from each other; a closed day has none."""

    days: tuple[tuple[Span, ...], ...]

    def __str__(self) -> str:
        """Runs of equal days together, in the form that `read_hours` takes."""
        parts, start = [], 0
        while start < len(self.days):
            end = start
            while end + 1 < len(self.days) and self.days[end + 1] == self.days[start]:
                end += 1
            name = _DAYS[start] if start == end else f"{_DAYS[start]}-{_DAYS[end]}"
            parts += [f"{name} {span.open:%H:%M}-{span.close:%H:%M}" for span in self.days[start]]
            start = end + 1
        return "; ".join(parts)


_USUAL_SPAN = Span(time(8), time(15))
USUAL = Hours((*((_USUAL_SPAN,),) * 5, (), ()))
"""Mon-Fri 08:00-15:00, assumed where hours are not known (DOMAIN section 1)."""


def read_hours(text: str) -> Hours | HoursFault:
    """Notes in parentheses are passed over; the days named twice are open twice."""
    week: list[list[Span]] = [[] for _ in _DAYS]
    said = _NOTE.sub("", text).translate(_DASHES).lower()
    for part in filter(None, (p.strip() for p in _SEPARATOR.split(said))):
        found = _PART.fullmatch(part)
        if not found:
            return HoursFault(part, "write days and hours like Lun-Vie 08:00-15:00")
        first, last = _PLAIN.get(found["first"]), _PLAIN.get(found["last"] or found["first"])
        span = _span(found["open"], found["close"])
        if first is None or last is None or last < first:
            return HoursFault(part, "the days are Lun, Mar, Mié, Jue, Vie, Sáb, Dom, in that order")
        if span is None:
            return HoursFault(part, "it must open before it closes, between 00:00 and 23:59")
        for day in range(first, last + 1):
            week[day].append(span)
    if not any(week):
        return HoursFault(text, "there are no opening hours")
    for spans in week:
        spans.sort()
        if any(b.open < a.close for a, b in pairwise(spans)):
            return HoursFault(text, "two spans of one day overlap")
    return Hours(tuple(tuple(spans) for spans in week))


def _span(opens: str, closes: str) -> Span | None:
    first, last = _clock(opens), _clock(closes)
    return Span(first, last) if first is not None and last is not None and first < last else None


def _clock(text: str) -> time | None:
    hour, _, minute = text.partition(":")
    return time(int(hour), int(minute or 0)) if int(hour) < 24 and int(minute or 0) < 60 else None
