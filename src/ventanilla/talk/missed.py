"""Who missed appointments chooses among near places for a while, and is told why and until when."""

from datetime import date
from zoneinfo import ZoneInfo

from ventanilla.core.booking import Place
from ventanilla.core.noshows import last_near_day, limited_until, may_book
from ventanilla.core.places import Office
from ventanilla.talk.dialogue import Scene
from ventanilla.talk.facts import NoShows
from ventanilla.talk.messages import Phrase


def absences(scene: Scene) -> tuple[NoShows, ...]:
    """What has to be known; nothing where no CURP has been given."""
    curp = scene.answers.get("curp")
    return (NoShows(curp),) if curp else ()


def last_day(scene: Scene, office: Office) -> date | None:
    """The last day that may be chosen there; None: as far as places are open."""
    facts = scene.facts
    (missed,) = facts.all(absences(scene)) or ((),)
    if limited_until(missed, facts.now, facts.world.rules) is None:
        return None
    return last_near_day(facts.now, ZoneInfo(office.zone), facts.world.rules)


def too_far(scene: Scene, place: Place) -> bool:
    """It may be tapped in a message from before."""
    facts, office = scene.facts, scene.facts.world.offices[place.office_id]
    (missed,) = facts.all(absences(scene)) or ((),)
    return not may_book(missed, place.starts_at, ZoneInfo(office.zone), facts.now, facts.world.rules)


def told_missed(scene: Scene) -> tuple[Phrase, ...]:
    """Empty for whom nothing follows."""
    facts, rules = scene.facts, scene.facts.world.rules
    (missed,) = facts.all(absences(scene)) or ((),)
    until = limited_until(missed, facts.now, rules)
    if until is None:
        return ()
    args = {"count": len(missed), "until": until.date(), "days": rules.no_show_near.days}
    return (Phrase("missed-before", args),)
