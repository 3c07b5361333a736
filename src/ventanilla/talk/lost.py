"""A place that somebody else took: everything else stays, and the nearest free places are offered."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from ventanilla.core.blocks import Block
from ventanilla.core.booking import Place
from ventanilla.core.places import nearest
from ventanilla.talk.engine import Ask, Choice, Heard, Phrase, Scene, Step, Unreadable, Value
from ventanilla.talk.group import size
from ventanilla.talk.mine import chosen, nearby
from ventanilla.talk.missed import told_missed, too_far
from ventanilla.talk.readers import one_of, soonest
from ventanilla.talk.together import held, near, procedures_of
from ventanilla.talk.together import written as block_written
from ventanilla.talk.waiting import FORGOTTEN

LOST = "lost"
"""The answer that keeps which place was lost, until another is chosen."""
_NEIGHBOURS = 4
TOO_FAR = (LOST, "day", "time", "confirm", "swap")
"""What is chosen again by who may only take near places."""


def hold(scene: Scene, place: Place, given: dict[str, Value]) -> Step:
    """Lease it, for each who comes; `given` is kept with it. Where it is gone, the nearest are offered."""
    if too_far(scene, place):
        return Step(forget=TOO_FAR, say=told_missed(scene))
    return leased(scene, held(scene, place), given) or place_lost(place)


def leased(scene: Scene, block: Block, given: Mapping[str, Value]) -> Step | None:
    """What is kept of places that were just leased; None where there are none."""
    if not block:
        return None
    until = scene.facts.now + scene.facts.world.rules.hold
    return Step(forget=(LOST,), give={**given, **block_written(block), "held": until.isoformat()})


def place_lost(place: Place) -> Step:
    return Step(forget=("time", "confirm", "swap"), give={LOST: _written(place)})


def _written(place: Place) -> Value:
    return f"{place.office_id}@{place.starts_at.isoformat()}"


def _place(value: Value) -> Place | None:
    office, _, moment = value.partition("@")
    try:
        starts_at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return Place(office, starts_at) if office and starts_at.tzinfo else None


def _near(scene: Scene) -> tuple[Place, ...]:
    world, place = scene.facts.world, _place(scene.answers[LOST])
    assert place is not None
    office, moved = world.offices[place.office_id], chosen(scene)
    if moved is None:
        wanted = procedures_of(scene)
        around = world.near.to(office, scene.answers["procedure"], _NEIGHBOURS)
        others = tuple(o.id for o, _ in around if o.id != office.id and wanted <= o.procedures)
        return near(scene, place, (office.id, *others))
    around = nearest((o for o, _ in nearby(scene.facts, moved)), office, moved.procedure, _NEIGHBOURS)
    found = near(scene, place, (office.id, *(o.id for o, _ in around if o.id != office.id)))
    return tuple(p for p in found if p != moved.place)


def _choices(scene: Scene) -> tuple[Choice, ...]:
    return (
        *(_row(scene, place) for place in _near(scene)),
        Choice("day", Phrase("choice-other-day"), Phrase("about-other-day"), ask="fix"),
        Choice("office", Phrase("choice-other-office"), Phrase("about-other-office"), ask="fix"),
    )


def _row(scene: Scene, place: Place) -> Choice:
    office = scene.facts.world.offices[place.office_id]
    local = place.starts_at.astimezone(ZoneInfo(office.zone))
    title = Phrase("row-place", {"day": local.date(), "time": local.time()})
    return Choice(_written(place), title, office.name)


def _ask_place(scene: Scene) -> Phrase:
    return Phrase("ask-place" if _near(scene) else "ask-place-none", {"people": size(scene.answers)})


def _read_place(heard: Heard, scene: Scene) -> Value | Unreadable:
    """Alternatives of an earlier message may still be tapped: whether they are free is seen next."""
    tapped = heard.for_ask("place")
    if tapped is not None:
        place = _place(tapped)
        known = place is not None and place.office_id in scene.facts.world.offices
        asked = "municipality" in scene.answers or chosen(scene)
        return tapped if known and asked else Unreadable(Phrase("gone-choice"))
    free = _near(scene)
    if free and soonest(heard, scene):
        return _written(free[0])
    return one_of("place", _choices)(heard, scene)


def _take_place(scene: Scene, value: Value) -> Step:
    place = _place(value)
    assert place is not None
    zone = ZoneInfo(scene.facts.world.offices[place.office_id].zone)
    day = place.starts_at.astimezone(zone).date()
    given = {"office": place.office_id, "day": day.isoformat(), "time": place.starts_at.isoformat()}
    return hold(scene, place, given)


PLACE_LOST = Ask(
    "place",
    _read_place,
    _choices,
    applies=lambda s: LOST in s.answers and "time" not in s.answers,
    forgets=("confirm", *FORGOTTEN),
    phrase=_ask_place,
    then=_take_place,
    reach=True,
)
