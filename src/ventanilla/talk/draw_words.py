"""What a booking says of draws, and what their results say; talk/draw.py has the talk itself."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from ventanilla.core.places import Office
from ventanilla.talk.confirm import MENU_BACK
from ventanilla.talk.draw_facts import OpenDraw, OpenDraws
from ventanilla.talk.engine import Choice, Phrase, Say, Scene
from ventanilla.talk.facts import Question
from ventanilla.talk.group import size


def open_draws(scene: Scene, *besides: Question[Any]) -> Mapping[str, OpenDraw]:
    """By office, for the procedure of this booking; none for several people, whom a draw would part, nor for
    who moves an appointment. What is needed `besides` is loaded in the same round."""
    if "procedure" not in scene.answers or size(scene.answers) > 1:
        return {}
    question = OpenDraws(scene.answers["procedure"])
    missing: tuple[Question[Any], ...] = (question, *besides)
    scene.facts.all(missing)
    return scene.facts.get(question)


def until(draw: OpenDraw, office: Office) -> dict[str, Any]:
    """The last day and hour to enter, on the office's clock."""
    closes = draw.closes_at.astimezone(ZoneInfo(office.zone))
    return {"until": closes.date(), "time": closes.time()}


def ask_day(draw: OpenDraw, office: Office, *, free: bool) -> Phrase:
    args = {"office": office.name, "first": draw.days[0], "last": draw.days[-1], **until(draw, office)}
    return Phrase("ask-day-draw", {**args, "free": "yes" if free else "no"})


def enter_choice(draw: OpenDraw, *, alone: bool) -> Choice:
    """With nothing beside it but another office, it is a button, which has no room for more."""
    about = None if alone else Phrase("about-enter-draw")
    return Choice(f"enter:{draw.id}", Phrase("choice-enter-draw"), about, ask="draw")


def about_office(draw: OpenDraw, office: Office, args: Mapping[str, Any]) -> Phrase:
    kept = {name: args[name] for name in ("kind", "km")}
    return Phrase("about-office-draw", {**kept, "until": until(draw, office)["until"]})


def won(offer_id: int, args: Mapping[str, Any]) -> Say:
    take = Choice(f"take:{offer_id}", Phrase("choice-draw-take"))
    decline = Choice(f"decline:{offer_id}", Phrase("choice-draw-decline"))
    return Say((Phrase("draw-won", args),), (take, decline), "draw")


def lost(args: Mapping[str, Any]) -> Say:
    return Say((Phrase("draw-lost", args),), MENU_BACK, "menu")
