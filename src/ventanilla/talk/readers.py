"""From what was said to an answer, or to a sentence that says how to write it."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from ventanilla.core.text import plain
from ventanilla.talk.date_words import numbers_for_words
from ventanilla.talk.dates import DateFault, read_date
from ventanilla.talk.engine import LIST_ROWS, Choice, Heard, Phrase, Scene, Unreadable, Value

Choices = Callable[[Scene], tuple[Choice, ...]]

_EMAIL = re.compile(r"[\w%'-](?:[\w.+%'-]*[\w+%'-])?@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}(?![\w@])")
_SPOKEN_MARKS = (
    (re.compile(r"\s*(?:\(at\)|\barroba\b|@)\s*", re.I), "@"),
    (re.compile(r"\s+punto\s+", re.I), "."),
)
_SLIPS = {"con": "com", "cmo": "com", "comm": "com", "ocm": "com", "vom": "com", "xom": "com"}
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2}?)(?:(?:\s*[:.h]\s*|\s+|(?=\d\d\b))(\d{2}))?(?:\s*y\s*(media|cuarto|\d{1,2}))?\s*"
    r"(am|pm|a\.?\s?m|p\.?\s?m|de la manana|de la tarde|hrs?|horas)?(?!\d)"
)
_QUARTER_TO = re.compile(r"cuarto para las? (\d{1,2})|(\d{1,2}) menos cuarto|quarter to (\d{1,2})")
_ONE = re.compile(r"\buna\b")
_NOON = re.compile(r"\b(?:medio ?dia|noon)\b")
_MINUTES = {"media": 30, "cuarto": 15}
_LAST_AFTERNOON = 6
_MAX_EMAIL = 120
_SHORTEST_TITLE = 3


def one_of(
    ask: str, choices: Choices, *, whole: bool = False
) -> Callable[[Heard, Scene], Value | Unreadable]:
    """One of the choices: tapped, its number in a short list, its title, or a phrase that means it.

    With `whole` the phrase must be all that was said: for what cannot be taken back.
    """

    def read(heard: Heard, scene: Scene) -> Value | Unreadable:
        offered = [c for c in choices(scene) if c.ask in ("", ask)]
        values = {c.value for c in offered}
        tapped = heard.for_ask(ask)
        if tapped is not None:
            return tapped if tapped in values else Unreadable(Phrase("gone-choice"))
        found = _counted(offered, heard.text) or _titled(offered, plain(heard.text))
        if found:
            return found
        vocabulary = scene.facts.world.vocabularies[scene.language]
        meant = vocabulary.reply(ask, heard.text) or (None if whole else vocabulary.choice(ask, heard.text))
        return meant if meant is not None and meant in values else Unreadable(Phrase("choose-one"))

    return read


def _counted(offered: Sequence[Choice], text: str) -> Value | None:
    """By its number, where the list is seen as a whole."""
    said = plain(text)
    if said.isdecimal() and 1 <= int(said) <= len(offered) <= LIST_ROWS:
        return offered[int(said) - 1].value
    return None


def _titled(offered: Sequence[Choice], said: str) -> Value | None:
    """By its title, or by a part that no other title has; only where titles are names."""
    titles = {c.value: plain(c.title) for c in offered if isinstance(c.title, str)}
    named = [v for v, title in titles.items() if title == said]
    near = [v for v, title in titles.items() if len(said) >= _SHORTEST_TITLE and said in title]
    found = named or near
    return found[0] if len(found) == 1 else None


def soonest(heard: Heard, scene: Scene) -> bool:
    return scene.facts.world.vocabularies[scene.language].reply("soonest", heard.text) is not None


def a_date(
    heard: Heard, scene: Scene, choices: tuple[Choice, ...], latest: date | None = None
) -> date | Unreadable:
    found = read_date(heard.text, scene.facts.today, latest=latest)
    if isinstance(found, DateFault):
        return Unreadable(Phrase("bad-date", {"kind": found.kind}), choices)
    return found


def email(text: str) -> str | None:
    """The address in it, also as it is said aloud ("ana arroba correo punto mx")."""
    for mark, sign in _SPOKEN_MARKS:
        text = mark.sub(sign, text)
    found = _EMAIL.search(text.strip())
    return found[0] if found and len(found[0]) <= _MAX_EMAIL else None


def respelt_email(address: str) -> str | None:
    """The same with an ending that exists: "gmail.con" -> "gmail.com"."""
    rest, _, ending = address.rpartition(".")
    return f"{rest}.{_SLIPS[ending.lower()]}" if ending.lower() in _SLIPS else None


def clock(text: str) -> time | None:
    """An hour as people say it: "10:30", "9 y media", "3 pm", "once menos cuarto". Offices open by day,
    so an hour from 1 to 6 without more is in the afternoon."""
    said = _ONE.sub("1", numbers_for_words(plain(text)))
    if _NOON.search(said):
        return time(12)
    if quarter := _QUARTER_TO.search(said):
        hour = _by_day(int(next(g for g in quarter.groups() if g)))
        return time(hour - 1, 45) if 0 < hour < 24 else None
    found = _CLOCK.search(said)
    return _time(found) if found else None


def _time(found: re.Match[str]) -> time | None:
    hour = int(found[1])
    minute = int(found[2] or _MINUTES.get(found[3] or "", found[3] or 0))
    half = (found[4] or "").replace(".", "").replace(" ", "")
    if hour > 23 or minute > 59:
        return None
    if half in ("pm", "delatarde"):
        hour += 12 if hour < 12 else 0
    elif half in ("am", "delamanana"):
        hour %= 12 if hour == 12 else 24
    elif not half and not found[2]:
        hour = _by_day(hour)
    return time(hour, minute)


def _by_day(hour: int) -> int:
    return hour + 12 if 1 <= hour <= _LAST_AFTERNOON else hour


def moment_at(wanted: time, moments: Sequence[datetime], zone: ZoneInfo) -> datetime | None:
    """The one of them at this local hour."""
    return next((m for m in moments if m.astimezone(zone).time() == wanted), None)
