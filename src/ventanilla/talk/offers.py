"""A place that is held for somebody: how it is offered, and what follows from a yes or a no."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from ventanilla.core.booking import Place
from ventanilla.core.waiting import OpenOffer
from ventanilla.talk.book import too_many
from ventanilla.talk.confirm import MENU_BACK, confirmation
from ventanilla.talk.engine import Choice, Heard, Out, Phrase, Say, Talk, Turn
from ventanilla.talk.facts import Booked, Facts, World
from ventanilla.talk.menu import ENGINE
from ventanilla.talk.waiting import tapped as waiting_tapped
from ventanilla.talk.waiting_facts import LeaveOffer, MyOffers, MyWaiting, TakeOffer


def offered(offer: OpenOffer, world: World) -> Say:
    """All hours are those of the office."""
    office = world.offices[offer.place.office_id]
    zone = ZoneInfo(office.zone)
    moment, until = offer.place.starts_at.astimezone(zone), offer.until.astimezone(zone)
    args = {
        "name": offer.given,
        "folio": offer.folio,
        "office": office.name,
        "day": moment.date(),
        "time": moment.time(),
        "until": until.time(),
        "hour": until.time(),
        **_now(offer.now_at, world),
    }
    choices = tuple(Choice(f"{v}:{offer.id}", Phrase(f"choice-offer-{v}")) for v in ("take", "leave"))
    return Say((Phrase("offer-sooner" if offer.now_at else "offer-place", args),), choices, "offer")


def _now(place: Place | None, world: World) -> dict[str, object]:
    if place is None:
        return {}
    moment = place.starts_at.astimezone(ZoneInfo(world.offices[place.office_id].zone))
    return {"now-day": moment.date(), "now-time": moment.time()}


def tapped(talk: Talk, heard: Heard, facts: Facts) -> Turn:
    """`take:17` or `leave:17`."""
    answer, _, number = (heard.for_ask("offer") or "").partition(":")
    offer_id = int(number) if number.isdecimal() and number.isascii() and len(number) < 19 else 0
    if answer == "take":
        return _with_the_open_question(talk, _taken(offer_id, facts), facts)
    left = answer == "leave" and facts.get(LeaveOffer(offer_id))
    told = Say((Phrase("offer-left" if left else "gone-choice"),), MENU_BACK, "menu")
    return _with_the_open_question(talk, (told,), facts)


def _taken(offer_id: int, facts: Facts) -> tuple[Out, ...]:
    outcome = facts.get(TakeOffer(offer_id))
    if isinstance(outcome, Booked):
        return confirmation(facts, outcome)
    match outcome.reason:
        case "too-many":
            told = too_many(facts)
        case "already-live":
            told = Phrase("offer-already-live")
        case "yours":
            told = Phrase("offer-yours")
        case _:
            told = Phrase("offer-gone", {"waits": "yes" if outcome.waits else "no"})
    return (Say((told,), MENU_BACK, "menu"),)


def _with_the_open_question(talk: Talk, out: tuple[Out, ...], facts: Facts) -> Turn:
    if not talk.frames or talk.at_menu:
        return Turn(replace(talk, at_menu=True), out)
    following = ENGINE.go_on(talk, facts)
    plain = tuple(replace(o, choices=()) if isinstance(o, Say) else o for o in out)
    return Turn(following.talk, (*plain, *following.out), following.do)


def meant(talk: Talk, heard: Heard, facts: Facts) -> str:
    """The button these words would be, `offer:take` or `waiting:leave`; empty: none."""
    words = facts.world.vocabularies[talk.language]
    found = ((name, words.reply(name, heard.text)) for name in ("offer", "waiting"))
    return next((f"{name}:{value}" for name, value in found if value), "")


def answered(talk: Talk, heard: Heard, facts: Facts) -> Turn | None:
    """A written yes or no, where exactly one offer is open, or "salir de la lista" where there is exactly one
    entry. None: something else was meant."""
    button = meant(talk, heard, facts)
    if button.startswith("offer") and len(offers := facts.get(MyOffers())) == 1:
        return tapped(talk, Heard("choice", choice=f"{button}:{offers[0].id}"), facts)
    if button.startswith("waiting") and len(entries := facts.get(MyWaiting())) == 1:
        return waiting_tapped(talk, Heard("choice", choice=f"{button}:{entries[0].id}"), facts)
    return None
