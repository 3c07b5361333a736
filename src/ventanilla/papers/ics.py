"""The appointment as a calendar file (RFC 5545)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from ventanilla.papers.case import Case, Say

_LASTS = timedelta(minutes=30)
_MAX_OCTETS = 75


def ics(case: Case, say: Say, uid: str, now: datetime) -> bytes:
    """Half an hour, with an alarm the day before. Times in UTC: true in every zone, no zone table needed."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Ventanilla//Ventanilla//ES",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *_event(case, say, uid, now),
        "END:VCALENDAR",
    )
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _event(case: Case, say: Say, uid: str, now: datetime) -> tuple[str, ...]:
    summary = _escaped(say("paper-ics-summary", {"folio": case.folio}))
    detail = say("paper-ics-detail", {"folio": case.folio, "phone": case.issuer.official_phone})
    if case.issuer.demo:
        detail = f"{say('paper-demo', {})}\n{detail}"
    return (
        "BEGIN:VEVENT",
        f"UID:{_escaped(uid)}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(case.starts_at)}",
        f"DTEND:{_utc(case.starts_at + _LASTS)}",
        f"SUMMARY:{summary}",
        f"LOCATION:{_escaped(f'{case.office.name}, {case.office.address}')}",
        f"DESCRIPTION:{_escaped(detail)}",
        f"URL:{_one_line(case.papers_url)}",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{summary}",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
    )


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _escaped(text: str) -> str:
    """RFC 5545 section 3.3.11: a TEXT value."""
    lines = (_one_line(line) for line in text.splitlines())
    marks = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,"})
    return "\\n".join(line.translate(marks) for line in lines)


def _folded(line: str) -> Iterator[bytes]:
    """RFC 5545 section 3.1: at most 75 octets a line, never cut inside a letter."""
    part = b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > _MAX_OCTETS:
            yield part
            part = b" "
        part += octets
    yield part
