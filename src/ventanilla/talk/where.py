"""The questions about the place: municipality, office, day and time."""

from collections.abc import Container, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from ventanilla.core.blocks import Block
from ventanilla.core.booking import Place
from ventanilla.core.places import Municipality, Office, everyday_state, nearest
from ventanilla.talk.dates import DateFault, read_date
from ventanilla.talk.draw_facts import OpenDraw
from ventanilla.talk.draw_words import about_office, ask_day, enter_choice, open_draws
from ventanilla.talk.engine import STAY, Ask, Choice, Heard, Phrase, Scene, Step, Unreadable, Value
from ventanilla.talk.facts import Question
from ventanilla.talk.group import size
from ventanilla.talk.lost import LOST, PLACE_LOST, hold
from ventanilla.talk.mine import chosen
from ventanilla.talk.missed import absences
from ventanilla.talk.municipalities import One, Several, State
from ventanilla.talk.readers import clock, moment_at, one_of, soonest
from ventanilla.talk.together import (
    day_full,
    days_asked,
    first_asked,
    first_days,
    free_blocks,
    free_days_of,
    no_days,
    procedures_of,
    time_row,
)
from ventanilla.talk.waiting import FORGOTTEN, FROM_BOOKING, FULL, OFFER_LIST, waits

NEAREST = 17
"""Offices offered by nearness: two pages of a list, and the way to the whole state."""
_BEFORE_STATE = 8
"""The way to the whole state stands on the first page, where it is seen."""
_OF_THE_OFFICE = ("day", "time", LOST, *FORGOTTEN)


def office_of(scene: Scene) -> Office:
    return scene.facts.world.offices[scene.answers["office"]]


def without_lost_offices(answers: Mapping[str, Value], offices: Container[str]) -> dict[str, Value]:
    """An office may leave the catalogue while somebody is choosing; then it is chosen again."""
    named = {answers[k].partition("@")[0] for k in ("office", LOST) if k in answers}
    if all(office in offices for office in named):
        return dict(answers)
    return {k: v for k, v in answers.items() if k not in ("office", *_OF_THE_OFFICE)}


def zone_of(scene: Scene) -> ZoneInfo:
    return ZoneInfo(office_of(scene).zone)


def place_of(scene: Scene) -> Place:
    return Place(scene.answers["office"], datetime.fromisoformat(scene.answers["time"]))


def town_of(scene: Scene) -> Municipality | None:
    """The municipality answered; None where a whole state was."""
    state, _, code = scene.answers["municipality"].partition("-")
    return scene.facts.world.municipalities.get(state, code) if code else None


def read_municipality(heard: Heard, scene: Scene) -> Value | Unreadable:
    index = scene.facts.world.municipalities
    tapped = heard.for_ask("municipality")
    if tapped is not None:
        state, _, code = tapped.partition("-")
        known = index.get(state, code) is not None if code else index.has_state(state)
        return tapped if known else Unreadable(Phrase("gone-choice"))
    match index.find(heard.text):
        case One(town):
            return f"{town.state_code}-{town.code}"
        case State(code):
            return code
        case Several(towns, more):
            which = Phrase("which-municipality", {"more": "yes" if more else "no"})
            return Unreadable(which, _town_rows(towns))
        case unknown:
            near = unknown.suggestions
            return Unreadable(Phrase("no-municipality", {"near": "yes" if near else "no"}), _town_rows(near))


def _town_rows(towns: Iterable[Municipality]) -> tuple[Choice, ...]:
    return tuple(Choice(f"{t.state_code}-{t.code}", t.name, everyday_state(t.state)) for t in towns)


def _after_municipality(scene: Scene, value: Value) -> Step:
    if "-" in value or _in_state(scene, value):
        return STAY
    return Step(forget=("municipality",), say=(Phrase("no-offices"),))


def _in_state(scene: Scene, state: str) -> list[Office]:
    offices, wanted = scene.facts.world.offices.values(), procedures_of(scene)
    return [o for o in offices if o.state_code == state and o.open and wanted <= o.procedures]


def _whole_state(scene: Scene) -> bool:
    return "scope" in scene.answers or town_of(scene) is None


def _candidates(scene: Scene) -> tuple[tuple[Office, float | None], ...]:
    """Offices that take the procedures of all: nearest first, or those of the whole state."""
    procedure, town = scene.answers["procedure"], town_of(scene)
    if town is not None and not _whole_state(scene):
        found, wanted = scene.facts.world.near.to(town, procedure, NEAREST), procedures_of(scene)
        return tuple((office, km) for office, km in found if wanted <= office.procedures)
    here = _in_state(scene, scene.answers["municipality"][:2])
    if town is not None:
        return tuple(nearest(here, town, procedure))
    return tuple((o, None) for o in sorted(here, key=lambda o: o.name))


def _offices(scene: Scene) -> tuple[Choice, ...]:
    """Offices with places first; distance keeps the order inside each part."""
    found = _candidates(scene)
    ids = tuple(office.id for office, _ in found)
    asked: tuple[Question[Any], ...] = (*first_asked(scene, ids), *absences(scene))
    draws, days = open_draws(scene, *asked), first_days(scene, ids)
    rows = sorted(zip(found, days, strict=True), key=lambda row: row[1] is None and row[0][0].id not in draws)
    choices = tuple(office_row(office, km, day, draws.get(office.id)) for (office, km), day in rows)
    if _whole_state(scene) or not _in_state(scene, scene.answers["municipality"][:2]):
        return choices
    state = Choice("state", Phrase("choice-whole-state"), Phrase("about-whole-state"), ask="scope")
    return (*choices[:_BEFORE_STATE], state, *choices[_BEFORE_STATE:])


def office_row(office: Office, km: float | None, day: date | None, draw: OpenDraw | None = None) -> Choice:
    args = {
        "kind": office.kind,
        "km": -1 if km is None else round(km),
        "day": day or "",
        "free": "no" if day is None else "yes",
        "fee": -1 if office.local_fee_mxn is None else office.local_fee_mxn,
    }
    if draw is not None and day is None:
        return Choice(office.id, office.short_name, about_office(draw, office, args))
    return Choice(office.id, office.short_name, Phrase("about-office", args))


def _read_office(heard: Heard, scene: Scene) -> Value | Unreadable:
    if heard.kind == "text" and soonest(heard, scene):
        return next((c.value for c in _offices(scene) if not c.ask), "") or Unreadable(Phrase("choose-one"))
    return one_of("office", _offices)(heard, scene)


def _after_office(scene: Scene, value: Value) -> Step:
    asked = (days_asked(scene, value), *absences(scene))
    if value in open_draws(scene, *asked) or free_days_of(scene, value):
        return STAY
    told = (no_days(scene, value),)
    return Step(give={FULL: value}, say=told) if _may_wait(scene) else Step(forget=("office",), say=told)


def _may_wait(scene: Scene) -> bool:
    """Several people wait one by one; who moves an appointment asks for an earlier one in its own place."""
    return size(scene.answers) == 1 and chosen(scene) is None


def _ask_office(scene: Scene) -> Phrase:
    town = town_of(scene)
    state = (
        next(o.state for o in _in_state(scene, scene.answers["municipality"][:2]))
        if _whole_state(scene)
        else ""
    )
    where = everyday_state(state) if town is None or state else town.name
    return Phrase("ask-office", {"where": where, "whole": "yes" if state else "no"})


def free_days(scene: Scene) -> Mapping[date, int]:
    return free_days_of(scene, scene.answers["office"])


def _ask_day(scene: Scene) -> Phrase:
    office = scene.answers["office"]
    if (draw := open_draws(scene, days_asked(scene, office)).get(office)) is not None:
        return ask_day(draw, office_of(scene), free=bool(free_days(scene)))
    if not free_days(scene):
        return no_days(scene, office)
    return Phrase("ask-day", {"office": office_of(scene).name, "people": size(scene.answers)})


def _days(scene: Scene) -> tuple[Choice, ...]:
    draw, free = open_draws(scene).get(scene.answers["office"]), free_days(scene)
    entry = () if draw is None else (enter_choice(draw, alone=not free),)
    days = tuple(
        Choice(day.isoformat(), Phrase("row-day", {"day": day}), Phrase("about-day", {"count": count}))
        for day, count in free.items()
    ) or (
        *((OFFER_LIST,) if _may_wait(scene) else ()),
        Choice("office", Phrase("choice-other-office"), ask="fix"),
    )
    return (*entry, *days)


def _read_day(heard: Heard, scene: Scene) -> Value | Unreadable:
    if heard.kind == "choice":
        return one_of("day", _days)(heard, scene)
    free = free_days(scene)
    if free and soonest(heard, scene):
        return next(iter(free)).isoformat()
    found = read_date(heard.text, scene.facts.now.astimezone(zone_of(scene)).date(), future=True)
    if isinstance(found, DateFault):
        return Unreadable(Phrase("bad-day", {"kind": found.kind}))
    return found.isoformat() if found in free else Unreadable(day_full(scene, found))


def _free_times(scene: Scene) -> tuple[Block, ...]:
    """The moment an appointment has that is being moved is not one to move to."""
    office, moved = scene.answers["office"], chosen(scene)
    found = free_blocks(scene, office, date.fromisoformat(scene.answers["day"]))
    return tuple(b for b in found if moved is None or moved.place != Place(office, b[0]))


def _ask_time(scene: Scene) -> Phrase:
    args = {"day": date.fromisoformat(scene.answers["day"]), "people": size(scene.answers)}
    return Phrase("ask-time" if _free_times(scene) else "no-times", args)


def _times(scene: Scene) -> tuple[Choice, ...]:
    zone = zone_of(scene)
    other = Choice("day", Phrase("choice-other-day"), ask="fix")
    return tuple(time_row(block, zone) for block in _free_times(scene)) or (other,)


def _read_time(heard: Heard, scene: Scene) -> Value | Unreadable:
    free, zone, people = tuple(b[0] for b in _free_times(scene)), zone_of(scene), size(scene.answers)
    if heard.kind == "choice":
        return _tapped_time(heard.for_ask("time") or "", free, zone, people)
    if free and soonest(heard, scene):
        return free[0].isoformat()
    wanted = clock(heard.text)
    if wanted is None:
        return Unreadable(Phrase("bad-time"))
    moment = moment_at(wanted, free, zone)
    return moment.isoformat() if moment else _time_gone(wanted, people)


def _tapped_time(
    tapped: Value, free: tuple[datetime, ...], zone: ZoneInfo, people: int
) -> Value | Unreadable:
    if tapped in {t.isoformat() for t in free}:
        return tapped
    try:
        return _time_gone(datetime.fromisoformat(tapped).astimezone(zone).time(), people)
    except ValueError:
        return Unreadable(Phrase("gone-choice"))


def _time_gone(wanted: time, people: int) -> Unreadable:
    return Unreadable(Phrase("time-not-free", {"time": wanted, "people": people}))


def _take_time(scene: Scene, value: Value) -> Step:
    return hold(scene, Place(scene.answers["office"], datetime.fromisoformat(value)), {})


def _widen(scene: Scene, value: Value) -> Step:
    return Step(forget=("office", *_OF_THE_OFFICE), give={"scope": "state"})


OFFICE = Ask(
    "office",
    _read_office,
    _offices,
    forgets=_OF_THE_OFFICE,
    phrase=_ask_office,
    then=_after_office,
)
DAY = Ask("day", _read_day, _days, applies=lambda s: not waits(s), forgets=("time", LOST), phrase=_ask_day)
TIME = Ask("time", _read_time, _times, applies=lambda s: not waits(s), phrase=_ask_time, then=_take_time)
PLACE: tuple[Ask, ...] = (
    Ask(
        "municipality",
        read_municipality,
        forgets=("scope", "office", *_OF_THE_OFFICE),
        then=_after_municipality,
    ),
    PLACE_LOST,
    OFFICE,
    *FROM_BOOKING,
    DAY,
    TIME,
    Ask(
        "scope",
        lambda heard, scene: heard.for_ask("scope") or Unreadable(Phrase("gone-choice")),
        applies=lambda s: False,
        then=_widen,
        reach=True,
    ),
)
