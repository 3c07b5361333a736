"""Where and when, for however many come together: one place, or as many side by side."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ventanilla.core.blocks import Block, blocks
from ventanilla.core.booking import Place
from ventanilla.talk.dialogue import Scene
from ventanilla.talk.facts import Alternatives, FirstFree, FreeTimes, HoldPlace, OpenDays, Question
from ventanilla.talk.family_facts import BlockDays, FirstBlock, FreePlaces, HoldBlock, NearBlocks
from ventanilla.talk.group import everybody, size
from ventanilla.talk.messages import Choice, Phrase, Value
from ventanilla.talk.missed import absences, limited, near_enough, told_missed, too_far

BLOCK = "block"
"""The answer that keeps the moments of all places held, one a person."""


def procedures_of(scene: Scene) -> frozenset[str]:
    """Of all who come: an office must do each of them."""
    return frozenset(own["procedure"] for own in everybody(scene.answers))


def first_asked(scene: Scene, offices: tuple[str, ...]) -> tuple[Question[date | None], ...]:
    people = size(scene.answers)
    return tuple(FirstFree(office) if people == 1 else FirstBlock(office, people) for office in offices)


def first_days(scene: Scene, offices: tuple[str, ...]) -> tuple[date | None, ...]:
    """The first day of each office with room for all."""
    asked = first_asked(scene, offices)
    scene.facts.need(*asked, *absences(scene))
    found = scene.facts.all(asked)
    if not limited(scene):
        return found
    return tuple(
        day if day and near_enough(scene, office, day) else None
        for office, day in zip(offices, found, strict=True)
    )


def days_asked(scene: Scene, office_id: str) -> OpenDays | BlockDays:
    people = size(scene.answers)
    return OpenDays(office_id) if people == 1 else BlockDays(office_id, people)


def free_days_of(scene: Scene, office_id: str) -> Mapping[date, int]:
    """That they may choose."""
    free = _all_days(scene, office_id)
    if not limited(scene):
        return free
    return {day: count for day, count in free.items() if near_enough(scene, office_id, day)}


def _all_days(scene: Scene, office_id: str) -> Mapping[date, int]:
    """With those that are too far ahead for who missed appointments."""
    asked = days_asked(scene, office_id)
    scene.facts.need(asked, *absences(scene))
    return scene.facts.get(asked)


def no_days(scene: Scene, office_id: str) -> Phrase:
    office, near = scene.facts.world.offices[office_id].name, scene.facts.world.rules.no_show_near.days
    if _all_days(scene, office_id):
        return Phrase("no-near-days", {"office": office, "days": near})
    return Phrase("no-days", {"office": office, "people": size(scene.answers)})


def day_full(scene: Scene, day: date) -> Phrase:
    """Why it cannot be chosen: nothing is free, or only for others."""
    far = told_missed(scene) if day in _all_days(scene, scene.answers["office"]) else ()
    return far[0] if far else Phrase("day-not-free", {"day": day, "people": size(scene.answers)})


def free_blocks(scene: Scene, office_id: str, day: date) -> tuple[Block, ...]:
    people = size(scene.answers)
    if people == 1:
        return tuple((moment,) for moment in scene.facts.get(FreeTimes(office_id, day)))
    return blocks(scene.facts.get(FreePlaces(office_id, day)), people)


def held(scene: Scene, place: Place) -> Block:
    """Lease a place, or the block that begins there: its moments, none where it is gone."""
    if size(scene.answers) == 1:
        return (place.starts_at,) if scene.facts.get(HoldPlace(place)) else ()
    zone = ZoneInfo(scene.facts.world.offices[place.office_id].zone)
    free = free_blocks(scene, place.office_id, place.starts_at.astimezone(zone).date())
    block = next((b for b in free if b[0] == place.starts_at), None)
    done = block is not None and scene.facts.get(HoldBlock(_places(place.office_id, block)))
    return block if block and done else ()


def near(scene: Scene, place: Place, offices: tuple[str, ...]) -> tuple[Place, ...]:
    people = size(scene.answers)
    asked = Alternatives(place, offices) if people == 1 else NearBlocks(place, offices, people)
    scene.facts.need(asked, *absences(scene))
    return tuple(other for other in scene.facts.get(asked) if not too_far(scene, other))


def written(block: Block) -> dict[str, Value]:
    """What is kept of it with the hour, which is its first moment."""
    return {BLOCK: " ".join(m.isoformat() for m in block)} if len(block) > 1 else {}


def places_of(scene: Scene) -> tuple[Place, ...]:
    """One a person, in their order."""
    answers = scene.answers
    moments = answers[BLOCK].split() if size(answers) > 1 else [answers["time"]]
    return _places(answers["office"], tuple(map(datetime.fromisoformat, moments)))


def _places(office_id: str, block: Block) -> tuple[Place, ...]:
    return tuple(Place(office_id, moment) for moment in block)


def fewer(scene: Scene) -> Block:
    """Lease the same block without its last place: one of them does not come."""
    first, *rest = places_of(scene)[:-1]
    done = scene.facts.get(HoldBlock((first, *rest))) if rest else scene.facts.get(HoldPlace(first))
    return tuple(p.starts_at for p in (first, *rest)) if done else ()


def time_row(block: Block, zone: ZoneInfo) -> Choice:
    """The hour at which they begin; for several people, whether all of them do."""
    first, last = (moment.astimezone(zone) for moment in (block[0], block[-1]))
    part = Phrase("part-morning" if first.hour < 12 else "part-afternoon")
    about = None
    if len(block) > 1:
        same = "yes" if first == last else "no"
        about = Phrase(
            "about-block", {"people": len(block), "same": same, "first": first.time(), "last": last.time()}
        )
    return Choice(block[0].isoformat(), f"{first:%H:%M}", about, part)
