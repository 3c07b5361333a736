"""Who missed appointments chooses among near places for a while, and is told why and until when.

Of several who come together, or of the one whose appointment is moved, whoever missed most decides.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ventanilla.core.booking import Place
from ventanilla.core.noshows import last_near_day, limited_until
from ventanilla.talk.dialogue import Scene
from ventanilla.talk.facts import NoShows
from ventanilla.talk.group import everybody
from ventanilla.talk.messages import Phrase
from ventanilla.talk.mine import chosen


def absences(scene: Scene) -> tuple[NoShows, ...]:
    """What has to be known; nothing where no CURP has been given."""
    moved = chosen(scene)
    if moved is not None:
        return (NoShows(moved.applicant.curp),)
    return tuple(NoShows(own["curp"]) for own in everybody(scene.answers) if "curp" in own)


def _limit(scene: Scene, asked: tuple[NoShows, ...]) -> tuple[datetime, int] | None:
    """Until when, and how many were missed."""
    facts, rules = scene.facts, scene.facts.world.rules
    found = [(limited_until(missed, facts.now, rules), len(missed)) for missed in facts.all(asked)]
    return max(((until, count) for until, count in found if until is not None), default=None)


def limited(scene: Scene) -> bool:
    """Hardly anybody is."""
    return _limit(scene, absences(scene)) is not None


def last_day(scene: Scene, office_id: str) -> date | None:
    """The last day that may be chosen there; None: as far as places are open."""
    facts = scene.facts
    if not limited(scene):
        return None
    return last_near_day(facts.now, ZoneInfo(facts.world.offices[office_id].zone), facts.world.rules)


def near_enough(scene: Scene, office_id: str, day: date) -> bool:
    last = last_day(scene, office_id)
    return last is None or day <= last


def too_far(scene: Scene, place: Place) -> bool:
    """It may be tapped in a message from before."""
    zone = ZoneInfo(scene.facts.world.offices[place.office_id].zone)
    return not near_enough(scene, place.office_id, place.starts_at.astimezone(zone).date())


def told_missed(scene: Scene, curp: str = "") -> tuple[Phrase, ...]:
    """Empty for whom nothing follows. `curp`: of this one alone."""
    asked = (NoShows(curp),) if curp else absences(scene)
    limit = _limit(scene, asked)
    if limit is None:
        return ()
    until, count = limit
    days = scene.facts.world.rules.no_show_near.days
    return (
        Phrase("missed-before", {"people": len(asked), "count": count, "end": until.date(), "days": days}),
    )
