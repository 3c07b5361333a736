"""The appointment that is being looked at, and the offices it may move to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ventanilla.core.booking import Appointment, Place
from ventanilla.core.places import Office
from ventanilla.talk.dialogue import Scene
from ventanilla.talk.facts import Facts, MyAppointments

OTHER = "other"
"""In place of an appointment's id: one that was made from another phone."""
_NEARBY = 9


def chosen(scene: Scene) -> Appointment | None:
    """None also where it was cancelled meanwhile, here, from another phone or at the office."""
    wanted = scene.answers.get("appointment")
    return None if wanted in (None, OTHER) else mine(scene.facts, wanted)


def mine(facts: Facts, appointment_id: str) -> Appointment | None:
    return next((a for a in facts.get(MyAppointments()) if str(a.id) == appointment_id), None)


def when(facts: Facts, place: Place) -> datetime:
    """On the clock of its office."""
    return place.starts_at.astimezone(ZoneInfo(facts.world.offices[place.office_id].zone))


def told(facts: Facts, place: Place) -> Mapping[str, Any]:
    local = when(facts, place)
    return {
        "office": facts.world.offices[place.office_id].name,
        "day": local.date(),
        "time": local.time(),
    }


def nearby(facts: Facts, made: Appointment) -> tuple[tuple[Office, float | None], ...]:
    """Its own office first, then the nearest that take its procedure, with their km from it."""
    own = facts.world.offices[made.place.office_id]
    near = facts.world.near.to(own, made.procedure, _NEARBY)
    return ((own, None), *((o, km) for o, km in near if o.id != own.id))[:_NEARBY]
