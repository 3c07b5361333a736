"""What is tapped or written about draws from anywhere: entering, what came of it, claiming, leaving."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from ventanilla.talk.confirm import MENU_BACK, confirmation
from ventanilla.talk.draw import DRAW, given
from ventanilla.talk.draw_facts import ClaimPlace, DeclinePlace, LeaveDraw, MyEntries, MyEntry
from ventanilla.talk.engine import Choice, Heard, Phrase, Say, Talk, Turn
from ventanilla.talk.facts import Booked, Facts
from ventanilla.talk.menu import ENGINE, answer, booking_in

ASK = "draw"
_BUTTONS = 3
_SHOWN = 3
"""Entries told of in one message; whoever has more has the newest told."""


def tapped(talk: Talk, heard: Heard, facts: Facts) -> Turn:
    """`enter:7`, `take:7`, `decline:7` or `exit:7`."""
    deed, _, number = (heard.for_ask(ASK) or "").partition(":")
    if deed == "enter":
        told = Phrase("old-choice" if booking_in(talk) is None else "draw-closed")
        return _enter(talk, facts) or answer(talk, facts, told)
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return answer(talk, facts, Phrase("gone-choice"))
    match deed:
        case "take":
            return _take(talk, int(number), facts)
        case "decline":
            done = facts.get(DeclinePlace(int(number)))
            return answer(talk, facts, Phrase("draw-declined" if done else "draw-gone"))
        case "exit":
            done = facts.get(LeaveDraw(int(number)))
            return answer(talk, facts, Phrase("draw-exited" if done else "draw-not-exited"))
        case _:
            return answer(talk, facts, Phrase("gone-choice"))


def _enter(talk: Talk, facts: Facts) -> Turn | None:
    booking = booking_in(talk)
    begun = given(booking, facts, talk.language) if booking else None
    if booking is None or begun is None:
        return None
    return ENGINE.start(replace(talk, frames=(booking,)), DRAW.name, facts, begun)


def _take(talk: Talk, offer_id: int, facts: Facts) -> Turn:
    outcome = facts.get(ClaimPlace(offer_id, talk.language))
    if isinstance(outcome, Booked):
        return Turn(talk, confirmation(facts, outcome))
    has_one = outcome.reason == "already-live"
    return answer(talk, facts, Phrase("draw-already-live" if has_one else "draw-gone"))


def show(talk: Talk, facts: Facts) -> Turn:
    """In the middle of a booking at an office with a draw, "sorteo" means to enter it."""
    top = talk.frames[-1].dialogue if talk.frames else ""
    entering = None if top == DRAW.name or talk.at_menu else _enter(talk, facts)
    if entering is not None:
        return entering
    mine = facts.get(MyEntries())[:_SHOWN]
    if not mine:
        return answer(talk, facts, Phrase("my-draws-none"))
    choices = tuple(c for entry in mine for c in _choices(entry, alone=len(mine) == 1))
    said = tuple(_told(entry, facts) for entry in mine)
    menu = MENU_BACK[:1] if len(choices) < _BUTTONS else ()
    return Turn(replace(talk, at_menu=True), (Say(said, (*choices, *menu), ASK),))


def _choices(entry: MyEntry, *, alone: bool) -> tuple[Choice, ...]:
    about = None if alone else entry.name
    if entry.state == "entered":
        return (Choice(f"exit:{entry.id}", Phrase("choice-draw-exit"), about),)
    if entry.state == "offered":
        take = Choice(f"take:{entry.offer_id}", Phrase("choice-draw-take"), about)
        return take, Choice(f"decline:{entry.offer_id}", Phrase("choice-draw-decline"), about)
    return ()


def _told(entry: MyEntry, facts: Facts) -> Phrase:
    office = facts.world.offices[entry.office_id]
    zone = ZoneInfo(office.zone)
    ends = (entry.expires_at or entry.closes_at).astimezone(zone)
    starts = (entry.starts_at or entry.closes_at).astimezone(zone)
    args = {"name": entry.name, "office": office.name, "code": entry.code, "state": entry.state}
    moments = {"day": starts.date(), "time": starts.time(), "until": ends.date(), "hour": ends.time()}
    return Phrase("my-draw", {**args, **moments})
