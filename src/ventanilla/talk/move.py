"""Moving an appointment: office, day and hour as in booking, and one tap that swaps the places. Until then
nothing happens to the appointment."""

import re
from dataclasses import replace
from datetime import date, datetime

from ventanilla.core.booking import Appointment, Place, why_not_move
from ventanilla.core.text import plain
from ventanilla.talk.confirm import MENU_BACK, confirmation
from ventanilla.talk.dates import read_date
from ventanilla.talk.engine import (
    STAY,
    Ask,
    Choice,
    Do,
    Frame,
    Heard,
    Phrase,
    Say,
    Scene,
    Step,
    Talk,
    Unreadable,
    Value,
)
from ventanilla.talk.facts import Booked, Facts, FirstFree, Move, OpenDays
from ventanilla.talk.lost import LOST, PLACE_LOST, TOO_FAR, place_lost
from ventanilla.talk.mine import chosen, nearby, told, when
from ventanilla.talk.missed import told_missed
from ventanilla.talk.readers import one_of
from ventanilla.talk.summary import minutes_left
from ventanilla.talk.where import DAY, OFFICE, TIME, office_row, place_of

_PLACE = ("office", "day", "time", LOST)
FORGOTTEN = (*_PLACE, "swap")
"""What hangs on which appointment is moved."""
LET_GO = Do("let-go")
_KEEP = "keep"
_TO_A_DAY = re.compile(r"\b(?:al?|para|to|for|on) ((?:\S+ ?){1,5})$")


def moving(scene: Scene) -> bool:
    made = chosen(scene)
    if made is None or scene.answers.get("what") != "move" or scene.answers.get("office") == _KEEP:
        return False
    return why_not_move(made, scene.facts.now, scene.facts.world.rules) is None


def day_said(text: str, today: date) -> date | None:
    """The day a wish ends with: "mover mi cita al viernes". In "no puedo ir el viernes" there is none."""
    found = _TO_A_DAY.search(plain(text))
    day = read_date(found[1], today, future=True) if found else None
    return day if isinstance(day, date) and day >= today else None


def wanted(facts: Facts, made: Appointment, day: date) -> Step:
    """What follows from a day said beforehand: it is at the same office, if there are places then."""
    office = made.place.office_id
    if day in facts.get(OpenDays(office)):
        return Step(forget=("said",), give={"office": office, "day": day.isoformat()})
    return Step(
        forget=("said",), give={"office": office}, say=(Phrase("day-not-free", {"day": day, "people": 1}),)
    )


def _made(scene: Scene) -> Appointment:
    made = chosen(scene)
    assert made is not None
    return made


def _offices(scene: Scene) -> tuple[Choice, ...]:
    """The same one first; of the others those with places first."""
    found = nearby(scene.facts, _made(scene))
    days = scene.facts.all(tuple(FirstFree(office.id) for office, _ in found))
    same, *others = zip(found, days, strict=True)
    rows = (same, *sorted(others, key=lambda row: row[1] is None))
    return (
        *(
            replace(office_row(office, km, day), section=Phrase("part-near" if n else "part-same"))
            for n, ((office, km), day) in enumerate(rows)
        ),
        Choice(_KEEP, Phrase("choice-swap-no"), None, Phrase("part-keep")),
    )


def _after_office(scene: Scene, value: Value) -> Step:
    return STAY if value == _KEEP else OFFICE.then(scene, value)


def _ask_office(scene: Scene) -> Phrase:
    made = _made(scene)
    left = -1 if made.closed else scene.facts.world.rules.moves - made.moves
    return Phrase("ask-move", {**told(scene.facts, made.place), "folio": made.folio, "left": left})


def _read_time(heard: Heard, scene: Scene) -> Value | Unreadable:
    """Its own hour is not offered, and is no hour that somebody else took."""
    value, place = TIME.read(heard, scene), _made(scene).place
    own = when(scene.facts, place)
    if (scene.answers["office"], scene.answers["day"]) != (place.office_id, own.date().isoformat()):
        return value
    taken = Unreadable(Phrase("time-not-free", {"time": own.time(), "people": 1}))
    return Unreadable(Phrase("same-place")) if value == taken else value


def _read_place(heard: Heard, scene: Scene) -> Value | Unreadable:
    """Of an earlier list too, but never one that led away from the offices near this appointment."""
    value = PLACE_LOST.read(heard, scene) if moving(scene) else Unreadable(Phrase("gone-choice"))
    if isinstance(value, Unreadable):
        return value
    office, _, moment = value.partition("@")
    if office not in {o.id for o, _ in nearby(scene.facts, _made(scene))}:
        return Unreadable(Phrase("gone-choice"))
    same = Place(office, datetime.fromisoformat(moment)) == _made(scene).place
    return Unreadable(Phrase("same-place")) if same else value


def _ask_swap(scene: Scene) -> Phrase:
    made = _made(scene)
    left = -1 if made.closed else scene.facts.world.rules.moves - made.moves - 1
    args = {
        "folio": made.folio,
        "name": made.applicant.given,
        "old": Phrase("place-told", told(scene.facts, made.place)),
    }
    new = told(scene.facts, place_of(scene))
    return Phrase("ask-swap", {**args, **new, "minutes": minutes_left(scene), "left": left})


def _swap_choices(scene: Scene) -> tuple[Choice, ...]:
    yes, no = (Choice(v, Phrase(f"choice-swap-{v}")) for v in ("yes", "no"))
    return yes, Choice("day", Phrase("choice-other-day"), ask="fix"), no


def _read_fix(heard: Heard, scene: Scene) -> Value | Unreadable:
    value = heard.for_ask("fix") or ""
    return value if value in _PLACE[:3] and moving(scene) else Unreadable(Phrase("gone-choice"))


def _again(scene: Scene, value: Value) -> Step:
    """That answer and what hangs on it is given again."""
    return Step(forget=(*_PLACE[_PLACE.index(value) :], "swap"))


def swapped(scene: Scene, made: Appointment) -> Step:
    """What the confirmed move leads to."""
    if why := why_not_move(made, scene.facts.now, scene.facts.world.rules):
        return _stays(scene, why)
    if scene.answers["office"] == _KEEP or scene.answers["swap"] == "no":
        return _ended(scene, Phrase("kept"))
    place = place_of(scene)
    outcome = scene.facts.get(Move(made.id, place))
    if isinstance(outcome, Booked):
        left = scene.facts.world.rules.moves - outcome.appointment.moves
        return Step(out=confirmation(scene.facts, outcome, Phrase("moved", {"left": left})))
    if outcome.reason == "no-shows":
        return Step(forget=TOO_FAR, say=told_missed(scene))
    if outcome.reason in ("taken", "given-up"):
        lost = place_lost(place)
        return replace(lost, say=(Phrase("given-up"),)) if outcome.reason == "given-up" else lost
    return _stays(scene, outcome.reason)


def _stays(scene: Scene, why: str) -> Step:
    """Why the appointment is where it was, and what can be done."""
    world = scene.facts.world
    hours = round(world.rules.cancel_until.total_seconds() / 3600)
    args = {"why": why, "hours": hours, "moves": world.rules.moves, "phone": world.institution.official_phone}
    return _ended(scene, Phrase("not-moved", args))


def _ended(scene: Scene, told: Phrase) -> Step:
    """The new place is let go of, if one was held; before that a hold is of the booking that waits below."""
    do = (LET_GO,) if "held" in scene.answers else ()
    return Step(out=(Say((told,), MENU_BACK, "menu"),), do=do)


def with_one_hold(talk: Talk, now: datetime) -> Talk:
    """A person holds one place: where a move has it, the booking that waits below has none any more."""
    *below, top = talk.frames or (Frame(""),)
    if "what" not in top.answers or "held" not in top.answers:
        return talk
    over = now.isoformat()
    frames = (
        replace(f, answers={**f.answers, "held": min(f.answers["held"], over)}) if "held" in f.answers else f
        for f in below
    )
    return replace(talk, frames=(*frames, top))


MOVING = (
    replace(
        PLACE_LOST, read=_read_place, applies=lambda s: PLACE_LOST.applies(s) and moving(s), forgets=("swap",)
    ),
    replace(
        OFFICE,
        read=one_of("office", _offices),
        choices=_offices,
        applies=moving,
        forgets=(*_PLACE[1:], "swap"),
        phrase=_ask_office,
        then=_after_office,
    ),
    replace(DAY, applies=moving, forgets=("time", LOST, "swap")),
    replace(TIME, read=_read_time, applies=moving, forgets=("swap",)),
    Ask("swap", one_of("swap", _swap_choices, whole=True), _swap_choices, applies=moving, phrase=_ask_swap),
    Ask("fix", _read_fix, applies=lambda s: False, then=_again, reach=True),
)
