"""Entering a draw: two questions on top of a booking, whose answers say who it is for."""

import json
import re
from datetime import date
from zoneinfo import ZoneInfo

from ventanilla.core.places import Office
from ventanilla.talk.book import BOOKING, too_many
from ventanilla.talk.confirm import MENU_BACK
from ventanilla.talk.dates import DateFault, read_date
from ventanilla.talk.draw_facts import EnterDraw, Entered, OpenDraw
from ventanilla.talk.draw_words import open_draws, until
from ventanilla.talk.engine import (
    Ask,
    Choice,
    Dialogue,
    Frame,
    Heard,
    Phrase,
    Say,
    Scene,
    Step,
    Unreadable,
    Value,
)
from ventanilla.talk.facts import Facts
from ventanilla.talk.person import choose
from ventanilla.talk.readers import one_of
from ventanilla.talk.summary import applicant_of

ANY = "any"
_BETWEEN = re.compile(r"\s*(?:[,;\n]|\by\b|\band\b)\s*")
_AFTER_OFFICE = ("day", "time", "place", "confirm", "change")


def given(booking: Frame, facts: Facts, language: str) -> dict[str, Value] | None:
    """What an entry begins with. None: this booking is not so far yet, or its office has no draw now."""
    scene = Scene(booking.answers, facts, language)
    ask = BOOKING.current(scene)
    if "office" not in booking.answers or (ask is not None and ask.name not in _AFTER_OFFICE):
        return None
    draw = open_draws(scene).get(booking.answers["office"])
    return None if draw is None else {"draw": str(draw.id), "booking": json.dumps(dict(booking.answers))}


def _booking(scene: Scene) -> Scene:
    return Scene(json.loads(scene.answers["booking"]), scene.facts, scene.language)


def _office(scene: Scene) -> Office:
    return scene.facts.world.offices[_booking(scene).answers["office"]]


def _draw(scene: Scene) -> OpenDraw | None:
    """None: it has closed meanwhile."""
    found = open_draws(_booking(scene)).get(_office(scene).id)
    return found if found is not None and str(found.id) == scene.answers["draw"] else None


def _halves(scene: Scene, draw: OpenDraw) -> tuple[str, ...]:
    half = scene.answers.get("draw-half", ANY)
    return draw.halves if half == ANY else (half,)


def _days(scene: Scene, draw: OpenDraw) -> tuple[date, ...]:
    """Those with a place in the halves that were chosen."""
    halves = _halves(scene, draw)
    return tuple(sorted({day for day, half in draw.cells if half in halves}))


def _asks_half(scene: Scene) -> bool:
    draw = _draw(scene)
    return draw is not None and len(draw.halves) > 1


def _asks_days(scene: Scene) -> bool:
    draw = _draw(scene)
    return draw is not None and len(_days(scene, draw)) > 1


def _ask_half(scene: Scene) -> Phrase:
    return Phrase("ask-draw-half", {"office": _office(scene).name})


def _day_choices(scene: Scene) -> tuple[Choice, ...]:
    draw = _draw(scene)
    days = () if draw is None else _days(scene, draw)
    rows = (Choice(day.isoformat(), Phrase("row-day", {"day": day})) for day in days)
    return (Choice(ANY, Phrase("choice-draw-days-any")), *rows)


def _read_days(heard: Heard, scene: Scene) -> Value | Unreadable:
    if heard.kind == "choice":
        return one_of("draw-days", _day_choices)(heard, scene)
    vocabulary = scene.facts.world.vocabularies[scene.language]
    if vocabulary.reply("draw-days", heard.text) or vocabulary.reply("soonest", heard.text):
        return ANY
    today = scene.facts.now.astimezone(ZoneInfo(_office(scene).zone)).date()
    draw = _draw(scene)
    offered = () if draw is None else _days(scene, draw)
    chosen: set[date] = set()
    for part in filter(None, _BETWEEN.split(heard.text.strip())):
        found = read_date(part, today, future=True)
        if isinstance(found, DateFault):
            return Unreadable(Phrase("bad-day", {"kind": found.kind}))
        days = _meant(part, found, offered)
        if not days:
            return Unreadable(Phrase("draw-day-not-there", {"day": found}))
        chosen |= days
    return ",".join(day.isoformat() for day in sorted(chosen)) or Unreadable(Phrase("choose-one"))


def _meant(said: str, found: date, offered: tuple[date, ...]) -> set[date]:
    """A weekday by its name is any such day of the draw; a date is itself."""
    if found in offered or any(c.isdigit() for c in said):
        return {found} & set(offered)
    return {day for day in offered if day.weekday() == found.weekday()}


def _finish(scene: Scene) -> Step:
    draw = _draw(scene)
    if draw is None:
        return _refused("closed", scene)
    halves, said = _halves(scene, draw), scene.answers.get("draw-days", ANY)
    possible = _days(scene, draw)
    days = possible if said == ANY else tuple(d for d in possible if d.isoformat() in said.split(","))
    booking = _booking(scene)
    applicant = applicant_of(booking)
    deed = EnterDraw(
        draw.id, booking.answers["procedure"], applicant, days or possible, halves, scene.language
    )
    outcome = scene.facts.get(deed)
    if not isinstance(outcome, Entered):
        return _refused(outcome.reason, scene)
    args = {
        "name": applicant.given,
        "office": _office(scene).name,
        "days": _listed(deed.days, draw),
        "halves": Phrase(f"part-of-day-{halves[0] if len(halves) == 1 else ANY}"),
        "tickets": outcome.weight,
        "code": outcome.code,
        "url": outcome.url,
        **until(draw, _office(scene)),
    }
    told = Say((Phrase("draw-entered", args),), MENU_BACK, "menu")
    return Step(leave=True, whole=True, out=(told,), do=BOOKING.abandon)


def _listed(days: tuple[date, ...], draw: OpenDraw) -> Phrase:
    if len(days) == len(draw.days) > 1:
        return Phrase("all-draw-days", {"count": len(days)})
    rest = len(days) - 1
    return Phrase("some-draw-days", {"day": days[0], "more": rest})


def _refused(reason: str, scene: Scene) -> Step:
    """The booking below goes on, but where this phone may enter nobody more."""
    if reason == "too-many":
        told = Say((too_many(scene.facts),), MENU_BACK, "menu")
        return Step(leave=True, whole=True, out=(told,), do=BOOKING.abandon)
    keys = {"closed": "draw-closed", "elsewhere": "draw-elsewhere", "already-live": "draw-has-one"}
    return Step(out=(Say((Phrase(keys[reason]),)),))


DRAW = Dialogue(
    "draw",
    (
        choose("draw-half", (ANY, "morning", "afternoon"))(
            phrase=_ask_half, applies=_asks_half, forgets=("draw-days",)
        ),
        Ask("draw-days", _read_days, _day_choices, applies=_asks_days),
    ),
    _finish,
)
