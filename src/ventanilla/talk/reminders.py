"""Reminders: what they say inside the 24 hours, and what follows from an answer, tapped or written."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from ventanilla.core.booking import Appointment
from ventanilla.core.places import map_url
from ventanilla.core.reminders import TOGETHER, Answer, Kind, Wording
from ventanilla.talk.engine import Choice, Heard, Phrase, Say, Talk, Turn
from ventanilla.talk.facts import AnswerReminder, Facts, MyAppointments, Reminded, World
from ventanilla.talk.manage import APPOINTMENTS
from ventanilla.talk.menu import ENGINE, answer, booking_in, manage

ASK = "reminder"
_BUTTONS: Mapping[Wording, tuple[tuple[Answer, Phrase], ...]] = {
    "cost": (
        ("going", Phrase("choice-reminder-going")),
        ("change", Phrase("choice-reminder-change")),
        ("cancel", Phrase("choice-reminder-cancel")),
    ),
    # On the day itself it is too late to choose another.
    "today": (
        ("going", Phrase("choice-reminder-going")),
        ("cancel", Phrase("choice-reminder-cannot")),
    ),
    "going": (("cancel", Phrase("choice-reminder-not-now")),),
}


def about(world: World, made: Sequence[Appointment]) -> dict[str, Any]:
    """What every wording tells of appointments that are reminded of together, the first of them first."""
    first, office = made[0], world.offices[made[0].place.office_id]
    when = first.place.starts_at.astimezone(ZoneInfo(office.zone))
    *others, last = (a.applicant.given for a in made)
    return {
        "name": Phrase("reminder-names", {"names": ", ".join(others), "last": last}) if others else last,
        "folio": Phrase("reminder-folios", {"folio": first.folio, "more": len(others)})
        if others
        else first.folio,
        "day": when.date(),
        "time": when.time(),
        "office": office.name,
        "address": office.address or office.municipality,
    }


def reminder(world: World, made: Sequence[Appointment], kind: Kind, wording: Wording, url: str) -> Say:
    """`url`: where all papers of the first of them are."""
    told = about(world, made)
    parts: tuple[Phrase, ...] = (Phrase(f"reminder-{wording}", told),)
    if kind == "morning":
        way = map_url(world.offices[made[0].place.office_id])
        parts = (Phrase("reminder-today", told), Phrase("reminder-bring", {"map": way, "url": url}))
    buttons = _BUTTONS["cost" if wording == "plain" else wording]
    choices = tuple(Choice(f"{value}:{made[0].id}", title) for value, title in buttons)
    return Say(parts, choices, ASK)


def tapped(talk: Talk, heard: Heard, facts: Facts) -> Turn:
    value, _, number = (heard.for_ask(ASK) or "").partition(":")
    mine = {str(a.id): a for a in facts.get(MyAppointments())}
    if number not in mine or value not in ("going", "change", "cancel"):
        return answer(talk, facts, Phrase("reminder-gone"))
    made = mine[number]
    if value == "going":
        return _going(talk, (made,), facts)
    facts.get(AnswerReminder(made.id, "change" if value == "change" else "cancel"))
    what = "move" if value == "change" else "cancel"
    together = [a for a in mine.values() if a.family == made.family is not None and _near(a, made)]
    if len(together) > 1:  # the message told of a whole family: which of them it is, is asked first
        return _appointments(talk, {"what": what}, facts)
    return manage(talk, facts, made.id, what)


def _near(one: Appointment, other: Appointment) -> bool:
    apart = abs(one.place.starts_at - other.place.starts_at)
    return one.place.office_id == other.place.office_id and apart <= TOGETHER


def written(talk: Talk, heard: Heard, facts: Facts) -> Turn | None:
    """What a plain "voy" or "no puedo ir" means to whoever was reminded lately. None: nothing."""
    value = facts.world.vocabularies[talk.language].reply("reminded", heard.text)
    if value is None:
        return None
    lately = facts.get(Reminded())
    made = tuple(a for a in facts.get(MyAppointments()) if a.id in lately) if lately else ()
    if not made:
        return None
    if value == "going":
        return _going(talk, made, facts)
    if len(made) > 1:
        return _appointments(talk, {}, facts)
    facts.get(AnswerReminder(made[0].id, "cancel"))
    return _appointments(talk, {"appointment": str(made[0].id)}, facts)


def _going(talk: Talk, made: Sequence[Appointment], facts: Facts) -> Turn:
    facts.all(tuple(AnswerReminder(a.id, "going") for a in made))
    # Who comes is not asked any more where else to.
    told = {k: v for k, v in about(facts.world, made).items() if k in ("day", "time", "office")}
    return answer(_with_booking(talk), facts, Phrase("reminder-thanks", told))


def _appointments(talk: Talk, given: Mapping[str, str], facts: Facts) -> Turn:
    return ENGINE.start(_with_booking(talk), APPOINTMENTS.name, facts, given)


def _with_booking(talk: Talk) -> Talk:
    """Of all that is under way only an unfinished booking, which is taken up afterwards."""
    booking = booking_in(talk)
    return replace(talk, frames=(booking,) if booking else ())
