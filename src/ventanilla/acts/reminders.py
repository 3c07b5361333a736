"""Time passed: people are reminded of their appointments, once for each moment, wherever this runs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

import msgspec

from ventanilla.acts.house import House, papers_url
from ventanilla.acts.window import seal_call
from ventanilla.core.booking import Appointment
from ventanilla.core.reminders import Kind, Span, Wording, night_ends_at, spans, wording
from ventanilla.core.sending import window_is_open
from ventanilla.db import appointments, outbox
from ventanilla.db import reminders as db
from ventanilla.db.connection import Conn
from ventanilla.talk.messages import Phrase
from ventanilla.talk.reminders import about, reminder
from ventanilla.words import words
from ventanilla.words.compose import compose
from ventanilla.words.limits import hold_to_limits
from ventanilla.words.outgoing import TemplateCall
from ventanilla.words.templates import compose_template

_EVERY = timedelta(milliseconds=50)
LIMIT = timedelta(minutes=1) // _EVERY
"""As many as go out in the minute until the next look: many fall due in the same moment, and a quarter of
what Meta lets through leaves room for the answers of those who are writing."""
_TEMPLATES: Mapping[Wording, str] = {
    "cost": "recordatorio_cita",
    "plain": "recordatorio_cita_2",
    "going": "recordatorio_confirmado",
    "today": "recordatorio_hoy",
}


async def remind(conn: Conn, house: House, now: datetime, limit: int = LIMIT) -> int:
    """Owe what is due now, up to so many appointments. What is still owed and not so any more is taken back,
    and what is still owed at night is put off. Gives of how many appointments people are reminded."""
    async with conn.transaction():
        due = await db.due(conn, now, _spans(house, now), limit)
        if due:
            await _owe(conn, house, now, due)
        await db.withdraw(conn, now)
        await db.put_off(conn, _nights(house, now))
        return len(due)


async def _owe(conn: Conn, house: House, now: datetime, due: Sequence[db.Due]) -> None:
    made = await appointments.by_ids(conn, house.vault, [d.appointment_id for d in due])
    groups = [tuple(group) for _, group in groupby(sorted(due, key=_together), key=_together)]
    wordings = [_wording(house, group[0]) for group in groups]
    owed = [
        _owed(house, now, group[0], said, [made[d.appointment_id] for d in group])
        for group, said in zip(groups, wordings, strict=True)
    ]
    ids = await outbox.put(conn, owed)
    await db.spread(conn, ids, _EVERY)
    told = [
        db.Reminder(d, said, number)
        for group, said, number in zip(groups, wordings, ids, strict=True)
        for d in group
    ]
    await db.put(conn, told, now)


def _nights(house: House, now: datetime) -> dict[str, datetime]:
    """By office where it is night now, when that ends."""
    offices = house.world.offices.values()
    zones = {zone: night_ends_at(now, zone, house.world.rules) for zone in {o.zone for o in offices}}
    return {office.id: ends_at for office in offices if (ends_at := zones[office.zone])}


def _spans(house: House, now: datetime) -> Iterator[tuple[str, Span]]:
    offices = house.world.offices.values()
    zones = {zone: spans(now, zone, house.world.rules) for zone in {o.zone for o in offices}}
    return ((office.id, span) for office in offices for span in zones[office.zone])


def _together(due: db.Due) -> tuple[datetime, int, int, Kind, bool]:
    """One message for each: those of a family that come at the same time."""
    return due.first_at, due.contact_id, due.together, due.kind, due.going


def _wording(house: House, due: db.Due) -> Wording:
    key = house.vault.key("reminder", str(due.together))
    return wording(due.kind, key, going=due.going)


def _owed(
    house: House, now: datetime, due: db.Due, said: Wording, made: Sequence[Appointment]
) -> outbox.Owed:
    """Free text to whoever wrote within the day, with the template that says the same; else that alone."""
    first = made[0]
    template = seal_call(house.vault, _call(house, said, made))
    if not window_is_open(due.wrote_at, now):
        return outbox.Owed(first.contact_id, "template", template, first.language)
    url = papers_url(house, first.id, first.place.starts_at)
    message, *more = compose(reminder(house.world, made, due.kind, said, url), words(first.language))
    if more:  # the names of a large family: the template says them shortened
        return outbox.Owed(first.contact_id, "template", template, first.language)
    hold_to_limits(message)
    body = house.vault.seal("outbox", msgspec.json.encode(message))
    return outbox.Owed(first.contact_id, "message", body, first.language, template)


def _call(house: House, said: Wording, made: Sequence[Appointment]) -> TemplateCall:
    say = words(made[0].language)
    args = {k: say(v) if isinstance(v, Phrase) else v for k, v in about(house.world, made).items()}
    call = compose_template(_TEMPLATES[said], say, args, str(made[0].id))
    hold_to_limits(call)
    return call
