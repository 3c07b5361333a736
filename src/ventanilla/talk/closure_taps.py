"""Taps on the messages that tell of a closure: they work wherever the talk is."""

from dataclasses import replace

from ventanilla.talk.book import BOOKING
from ventanilla.talk.closures import CLOSURE, ELSE, TAKE, after_taking
from ventanilla.talk.engine import Heard, Phrase, Talk, Turn
from ventanilla.talk.facts import ClosureOf, Facts, TakeInstead
from ventanilla.talk.menu import ENGINE, answer

_DIGITS = 18
"""More than that is no id of ours."""


def closure_tapped(talk: Talk, heard: Heard, facts: Facts) -> Turn:
    what, number = _parts(heard)
    if what == TAKE:
        return _taken(talk, facts, number)
    if not number or facts.get(ClosureOf(int(number))) is None:
        return answer(talk, facts, Phrase("closure-none"))
    return choose_instead(talk, facts, number, what if what in ELSE else "")


def choose_instead(talk: Talk, facts: Facts, appointment: str, what: str = "") -> Turn:
    """Above an unfinished booking, which is taken up afterwards."""
    given = {"appointment": appointment, **({"instead": what} if what else {})}
    frames = tuple(f for f in talk.frames if f.dialogue == BOOKING.name)
    return ENGINE.start(replace(talk, frames=frames), CLOSURE.name, facts, given)


def _taken(talk: Talk, facts: Facts, number: str) -> Turn:
    booked = facts.get(TakeInstead(int(number))) if number else None
    if booked is None:
        return answer(talk, facts, Phrase("closure-gone"))
    booking = tuple(f for f in talk.frames if f.dialogue == BOOKING.name)
    out = after_taking(facts, booked)
    here = replace(talk, frames=booking)
    if not booking:
        return Turn(here, out)
    below = ENGINE.go_on(replace(here, at_menu=False), facts)
    return replace(below, out=(*out, *below.out))


def _parts(heard: Heard) -> tuple[str, str]:
    _, what, number, *_ = (*heard.choice.split(":"), "", "")
    return what, number if number.isdecimal() and len(number) <= _DIGITS else ""
