"""The menu, and what each wish leads to, whether tapped or written."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ventanilla.core.blocks import MOST_TOGETHER
from ventanilla.core.folio import read_folio
from ventanilla.talk import inform
from ventanilla.talk.book import BOOKING, too_many
from ventanilla.talk.closures import CLOSURE
from ventanilla.talk.confirm import MENU_BACK
from ventanilla.talk.draw import DRAW
from ventanilla.talk.engine import STAY, Choice, Engine, FormOffer, Frame, Hand, Phrase, Say, Talk, Turn
from ventanilla.talk.facts import Facts, MyAppointments, OfferForm, PeopleBooked
from ventanilla.talk.group import FAMILY
from ventanilla.talk.intents import Wish
from ventanilla.talk.manage import APPOINTMENTS
from ventanilla.talk.mine import OTHER
from ventanilla.talk.move import day_said, wanted
from ventanilla.talk.waiting import entry_for, shown
from ventanilla.talk.waiting_facts import MyWaiting

ENGINE = Engine(BOOKING, inform.REQUIREMENTS, inform.OFFICES, APPOINTMENTS, DRAW, CLOSURE)

ROWS = ("book", "family", "appointments", "requirements", "costs", "offices", "data", "person", "language")
_CHOICES = tuple(Choice(row, Phrase(f"choice-menu-{row}"), Phrase(f"about-menu-{row}")) for row in ROWS)


def show_menu(talk: Talk, *before: Phrase) -> Turn:
    unfinished = "yes" if any(f.dialogue == BOOKING.name for f in talk.frames) else "no"
    say = Say((*before, Phrase("menu", {"unfinished": unfinished})), _CHOICES, "menu")
    return Turn(replace(talk, at_menu=True), (say,))


def answer(talk: Talk, facts: Facts, *told: Phrase) -> Turn:
    """Say something and come back to the open question, or to the menu, in one message."""
    if talk.frames and not talk.at_menu:
        return ENGINE.go_on(talk, facts, *told)
    return Turn(replace(talk, at_menu=True), (Say(told, MENU_BACK, "menu"),))


def grant(talk: Talk, wish: Wish, facts: Facts) -> Turn:
    return _WISHES[wish.name](talk, wish, facts)


def _book(talk: Talk, wish: Wish, facts: Facts) -> Turn:
    booking = booking_in(talk)
    if booking:
        resumed = ENGINE.forget(replace(talk, frames=(booking,), at_menu=False), "leave")
        return offered(ENGINE.go_on(resumed, facts, Phrase("going-on")), facts)
    if facts.get(PeopleBooked()) >= facts.world.rules.people_per_phone:
        return answer(talk, facts, too_many(facts))
    given = {k: v for k, v in wish.given.items() if k in ("procedure", "for-whom")}
    begun = ENGINE.start(replace(talk, frames=()), BOOKING.name, facts, given, *_understood(given))
    return offered(begun, facts)


def _family(talk: Talk, wish: Wish, facts: Facts) -> Turn:
    """For several people, one after the other; a booking under way becomes one of them."""
    booking = booking_in(talk)
    if booking and FAMILY in booking.answers:
        return _book(talk, wish, facts)
    room = facts.world.rules.people_per_phone - facts.get(PeopleBooked())
    if room <= 0:
        return answer(talk, facts, too_many(facts))
    most = min(MOST_TOGETHER, room)
    more = "yes" if int(wish.given.get("people", 0)) > most else "no"
    told = Phrase("family-begins", {"most": most, "more": more, "begun": "yes" if booking else "no"})
    here = replace(talk, frames=(booking or Frame(BOOKING.name),), at_menu=False)
    begun = ENGINE.forget(ENGINE.give(here, {FAMILY: "yes"}), "leave", "confirm", "change", "part")
    return ENGINE.go_on(begun, facts, told)


def booking_in(talk: Talk) -> Frame | None:
    return next((f for f in reversed(talk.frames) if f.dialogue == BOOKING.name), None)


def offered(turn: Turn, facts: Facts) -> Turn:
    """The one question of this turn as a form, if there is one for whoever has not asked for the chat."""
    if turn.talk.by_chat or len(turn.out) != 1 or not isinstance(turn.out[0], Say):
        return turn
    booking = booking_in(turn.talk)
    if booking and FAMILY in booking.answers:
        return turn
    form = facts.get(OfferForm(turn.talk.language))
    if form is None:
        return turn
    instead = turn.out[0]
    parts = (*instead.parts[:-1], Phrase("form-offer"))
    offer = FormOffer(parts, Phrase("form-button"), form.flow_id, form.token, instead)
    return replace(turn, out=(offer,))


def _understood(given: Mapping[str, str]) -> tuple[Phrase, ...]:
    """What was said with the wish is not asked again, so it is said back."""
    said = {k: Phrase(f"choice-{k}-{given[k]}") if k in given else "" for k in ("procedure", "for-whom")}
    known = "both" if len(given) == 2 else next(iter(given), "")
    return (Phrase("understood", {**said, "known": known}),) if given else ()


def manage(talk: Talk, facts: Facts, appointment_id: int, what: str) -> Turn:
    """From elsewhere straight to one appointment: `papers`, `move` or `cancel`. Where it is not there any
    more, that is said."""
    return _start(talk, APPOINTMENTS.name, facts, {"appointment": str(appointment_id), "what": what})


def _appointments(talk: Talk, wish: Wish, facts: Facts) -> Turn:
    """To the only one, if there is only one; and to what is wished, if that was said too."""
    mine, given = facts.get(MyAppointments()), {}
    said = wish.given.get("said", "")
    if wish.name == "proof":
        folio = read_folio(said)
        given = {"appointment": OTHER} | ({"folio": folio} if folio else {})
        return _start(talk, APPOINTMENTS.name, facts, given)
    if not mine and booking_in(talk) and not talk.at_menu:
        return answer(talk, facts, Phrase("no-appointments"))
    if wish.name != "appointments":
        given["what"] = wish.name
    day = day_said(said, facts.today)
    if len(mine) != 1:
        return _start(talk, APPOINTMENTS.name, facts, given | ({"said": day.isoformat()} if day else {}))
    step = wanted(facts, mine[0], day) if day else STAY
    given |= {"appointment": str(mine[0].id), **step.give}
    return _start(talk, APPOINTMENTS.name, facts, given, *step.say)


def _waiting(talk: Talk, wish: Wish, facts: Facts) -> Turn:
    """Where one stands; whoever is not on the list is led to it."""
    return shown(talk, facts) if facts.get(MyWaiting()) else _sooner(talk, wish, facts)


def _sooner(talk: Talk, wish: Wish, facts: Facts) -> Turn:
    mine = [a for a in facts.get(MyAppointments()) if entry_for(facts, a.id) is None]
    if mine:
        given = {"appointment": str(mine[0].id)} if len(mine) == 1 else {}
        return _start(talk, APPOINTMENTS.name, facts, {**given, "what": "sooner"}, Phrase("waiting-sooner"))
    if facts.get(MyWaiting()):
        return shown(talk, facts)
    return _told_first(_book(talk, Wish("book"), facts), Phrase("waiting-how"))


def _told_first(turn: Turn, phrase: Phrase) -> Turn:
    first, *rest = turn.out
    if isinstance(first, Hand):
        return turn
    return replace(turn, out=(replace(first, parts=(phrase, *first.parts)), *rest))


def _requirements(talk: Talk, wish: Wish, facts: Facts) -> Turn:
    given = {**_known_from_booking(talk), **inform.group_wished(wish)}
    if len(given) == 2:
        return answer(talk, facts, inform.requirements(given["procedure"], given["group"]))
    return _start(talk, inform.REQUIREMENTS.name, facts, given)


def _known_from_booking(talk: Talk) -> dict[str, str]:
    """In the middle of a booking nobody is asked again what was answered a moment ago."""
    answers = next((f.answers for f in reversed(talk.frames) if f.dialogue == BOOKING.name), {})
    return inform.group_wished(Wish("requirements", answers))


def _start(talk: Talk, dialogue: str, facts: Facts, given: Mapping[str, str], *before: Phrase) -> Turn:
    """Above an unfinished booking, which is taken up afterwards; instead of anything else."""
    booking = tuple(f for f in talk.frames if f.dialogue == BOOKING.name)
    return ENGINE.start(replace(talk, frames=booking), dialogue, facts, given, *before)


def _person(talk: Talk, wish: Wish, facts: Facts) -> Turn:
    turn = answer(talk, facts, inform.person(facts, unfinished=bool(talk.frames)))
    return replace(turn, do=(*turn.do, inform.HAND_OVER))


def _language(talk: Talk, wish: Wish, facts: Facts) -> Turn:
    other = replace(talk, language="en" if talk.language == "es" else "es")
    return ENGINE.go_on(other, facts) if other.frames and not other.at_menu else show_menu(other)


def _notice(talk: Talk, wish: Wish, facts: Facts) -> Turn:
    turn = answer(talk, facts, Phrase("notice-here", {"url": facts.world.institution.notice_url}))
    return replace(turn, out=(inform.NOTICE, *turn.out))


_WISHES: Mapping[str, Callable[[Talk, Wish, Facts], Turn]] = {
    "book": _book,
    "family": _family,
    **dict.fromkeys(("appointments", "papers", "move", "cancel", "proof"), _appointments),
    "waiting": _waiting,
    "sooner": _sooner,
    "requirements": _requirements,
    "costs": lambda talk, wish, facts: answer(talk, facts, inform.costs(facts, wish)),
    "offices": lambda talk, wish, facts: _start(talk, inform.OFFICES.name, facts, {}),
    "data": lambda talk, wish, facts: answer(talk, facts, inform.my_data(facts)),
    "person": _person,
    "language": _language,
    "notice": _notice,
    "official": lambda talk, wish, facts: answer(talk, facts, Phrase("official", _names(facts))),
    "thanks": lambda talk, wish, facts: answer(talk, facts, Phrase("thanks")),
    "menu": lambda talk, wish, facts: show_menu(talk),
}


def _names(facts: Facts) -> dict[str, str]:
    institution = facts.world.institution
    return {"name": institution.name, "phone": institution.official_phone, "site": institution.site}
