"""One turn: what a person said, against what is remembered and known, gives what to say and do."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from ventanilla.talk import draw_taps, offers, privacy, reminders, waiting
from ventanilla.talk.book import BOOKING
from ventanilla.talk.closure_taps import closure_tapped
from ventanilla.talk.closures import CLOSURE
from ventanilla.talk.engine import Hand, Heard, Out, Phrase, Say, Talk, Turn, Unreadable
from ventanilla.talk.facts import Facts, MyAppointments
from ventanilla.talk.form_pages import form_booked
from ventanilla.talk.intents import Wish
from ventanilla.talk.manage import APPOINTMENTS
from ventanilla.talk.menu import ENGINE, ROWS, booking_in, grant, offered, show_menu
from ventanilla.talk.move import LET_GO, with_one_hold
from ventanilla.talk.where import without_lost_offices

_QUESTIONS = frozenset(
    (
        *("appointments", "cancel", "costs", "data", "move"),
        *("notice", "official", "papers", "person", "requirements"),
    )
)
"""What people ask in the middle of a question; other wishes share their words with answers."""
_TOLD: Mapping[str, Callable[[Talk, Heard, Facts], Turn]] = {
    reminders.ASK: reminders.tapped,
    draw_taps.ASK: draw_taps.tapped,
    CLOSURE.name: closure_tapped,
    "offer": offers.tapped,
    "waiting": waiting.tapped,
}
"""What may be tapped in messages that were sent unasked, by the beginning of their ids."""


def take_turn(talk: Talk, heard: Heard, facts: Facts) -> Turn:
    """Pure. Raises `Missing` with the facts it lacks; ask again with them."""
    if heard.kind == "silent":
        return Turn(talk)
    if heard.kind == "form":
        return _form_closed(talk, heard, facts)
    if talk.lapsed:
        return _after_a_lapse(take_turn(replace(talk, lapsed=False), heard, facts), facts)
    if privacy.must_accept(talk, facts):
        return _before_acceptance(_in_their_language(talk, heard, facts), heard, facts)
    talk = with_offices_that_are(talk, facts)
    if heard.kind == "media":
        return _ask_again(talk, facts, Phrase("only-text"))
    turn = _tapped(talk, heard, facts) if heard.kind == "choice" else _written(talk, heard, facts)
    return replace(turn, talk=with_one_hold(turn.talk, facts.now))


def still_open(talk: Talk, last_heard_at: datetime, facts: Facts) -> Talk:
    """A talk resumes where it was for as long as the rules say; then only its answers go."""
    if facts.now - last_heard_at <= facts.world.rules.talk_life:
        return talk
    return without_answers(talk)


def without_answers(talk: Talk) -> Talk:
    """`lapsed` is told once, to whoever had answered something."""
    return replace(talk, frames=(), at_menu=False, wanted="", lapsed=talk.lapsed or bool(talk.frames))


def with_offices_that_are(talk: Talk, facts: Facts) -> Talk:
    offices = facts.world.offices
    frames = (replace(f, answers=without_lost_offices(f.answers, offices)) for f in talk.frames)
    return replace(talk, frames=tuple(frames))


def _after_a_lapse(turn: Turn, facts: Facts) -> Turn:
    told = Phrase("lapsed", {"days": facts.world.rules.talk_life.days})
    first = next((n for n, out in enumerate(turn.out) if not isinstance(out, Hand)), None)
    if first is None:
        return turn
    return replace(turn, out=(*turn.out[:first], _before_all(told, turn.out[first]), *turn.out[first + 1 :]))


def _before_all(told: Phrase, out: Out) -> Out:
    if isinstance(out, Hand):
        return out
    parts = (told, *(p for p in out.parts if p.key not in ("not-understood", "old-choice")))
    if isinstance(out, Say):
        return replace(out, parts=parts)
    return replace(out, parts=parts, instead=replace(out.instead, parts=(told, *out.instead.parts)))


def _in_their_language(talk: Talk, heard: Heard, facts: Facts) -> Talk:
    """Whoever starts in English is answered in English; the command changes it at any time."""
    if heard.kind != "text":
        return talk
    command = facts.world.vocabularies[talk.language].command(heard.text)
    if command in ("english", "spanish"):
        return replace(talk, language="en" if command == "english" else "es")
    if talk.consent or talk.wanted:
        return talk
    other = "en" if talk.language == "es" else "es"
    here, there = (_understood(language, heard, facts) for language in (talk.language, other))
    return replace(talk, language=other) if there and not here else talk


def _understood(language: str, heard: Heard, facts: Facts) -> bool:
    words = facts.world.vocabularies[language]
    return bool(words.command(heard.text) or words.reply("notice", heard.text) or words.wish(heard.text))


def _before_acceptance(talk: Talk, heard: Heard, facts: Facts) -> Turn:
    match privacy.decision(heard, facts):
        case "accept":
            wanted = talk.wanted
            turn = _taken_up(privacy.accept(talk, facts), wanted, facts)
            return replace(turn, do=(privacy.accepted(facts), *turn.do))
        case "decline":
            return privacy.decline(talk, facts)
        case "read":
            return privacy.read_in_full(talk, facts)
        case _:
            # Whoever is asked to read what waited has not seen the welcome yet.
            unseen = replace(talk, shown="") if heard.for_ask("invitation") else talk
            kept = replace(unseen, wanted=heard.choice) if _told(heard.choice) else unseen
            return privacy.show(kept, heard, facts)


def _taken_up(talk: Talk, wanted: str, facts: Facts) -> Turn:
    told = _told(wanted)
    if told is not None:
        return told(talk, Heard("choice", choice=wanted), facts)
    if talk.frames:
        return ENGINE.go_on(replace(talk, at_menu=False), facts)
    wish = facts.world.vocabularies[talk.language].wish(wanted) if wanted else None
    return grant(talk, wish, facts) if wish else offered(show_menu(talk), facts)


def _form_closed(talk: Talk, heard: Heard, facts: Facts) -> Turn:
    """A form that booked has been answered already; from any other the booking goes on in the chat."""
    booking = booking_in(talk)
    if booking is None or form_booked(heard.text):
        return Turn(talk)
    return ENGINE.go_on(replace(talk, frames=(booking,), at_menu=False), facts, Phrase("going-on"))


def _tapped(talk: Talk, heard: Heard, facts: Facts) -> Turn:
    if heard.for_ask("invitation"):
        return _ask_again(talk, facts)
    told = _told(heard.choice)
    if told is not None:
        return told(talk, heard, facts)
    notice, item = heard.for_ask("notice"), heard.for_ask("menu")
    if notice == "decline":
        return privacy.withdraw(talk, facts)
    if notice == "read":
        return grant(talk, Wish("notice"), facts)
    if item is not None:
        return grant(talk, Wish(item), facts) if item in (*ROWS, "menu") else show_menu(talk)
    turn = ENGINE.hear(replace(talk, at_menu=False), heard, facts) if talk.frames else None
    return turn or _ask_again(talk, facts, Phrase("accepted-already" if notice else "old-choice"))


def _told(tapped: str) -> Callable[[Talk, Heard, Facts], Turn] | None:
    return _TOLD.get(tapped.partition(":")[0])


def _written(talk: Talk, heard: Heard, facts: Facts) -> Turn:
    words = facts.world.vocabularies[talk.language]
    command = words.command(heard.text)
    if command:
        return _commanded(talk, command, heard, facts)
    answered = reminders.written(talk, heard, facts)
    if answered is not None:
        return answered
    wish = words.wish(heard.text)
    if talk.frames and not talk.at_menu:
        return _answered(talk, heard, wish, facts)
    if replied := offers.answered(talk, heard, facts):
        return replied
    item = words.reply("menu", heard.text)
    if wish is None and item:
        wish = Wish(item)
    if wish:
        return grant(talk, wish, facts)
    if not talk.frames:
        return show_menu(talk, Phrase("not-understood"))
    return _answered(replace(talk, at_menu=False), heard, None, facts)


def _answered(talk: Talk, heard: Heard, wish: Wish | None, facts: Facts) -> Turn:
    """An answer goes before a wish, save where the wish is surely a question of its own."""
    ask = ENGINE.asking(talk, facts)
    if ask is not None and wish is not None:
        # "para mis hijos y yo" names several, and would be read as one of them.
        several = wish.name == "family" and ask.name == "for-whom"
        asked = wish.sure and (wish.name in _QUESTIONS or several)
        if asked or isinstance(ask.read(heard, ENGINE.scene(talk, facts)), Unreadable):
            return grant(talk, wish, facts)
    if ask is not None and offers.meant(talk, heard, facts):
        unread = isinstance(ask.read(heard, ENGINE.scene(talk, facts)), Unreadable)
        if unread and (replied := offers.answered(talk, heard, facts)):
            return replied
    return ENGINE.hear(talk, heard, facts) or _ask_again(talk, facts, Phrase("old-choice"))


def _commanded(talk: Talk, command: str, heard: Heard, facts: Facts) -> Turn:
    match command:
        case "back":
            return _back(talk, facts)
        case "cancel":
            return _cancel(talk, heard, facts)
        case "answer":
            return _ask_again(talk, facts)
        case "help":
            return _ask_again(talk, facts, Phrase("help"))
        case "hello":
            return _ask_again(talk, facts, Phrase("hello-again"))
        case "english" | "spanish":
            wanted = "en" if command == "english" else "es"
            return _ask_again(replace(talk, language=wanted), facts)
        case "draws":
            return draw_taps.show(talk, facts)
        case "chat":
            chatting = replace(talk, by_chat=True)
            return _ask_again(chatting, facts) if talk.frames else grant(chatting, Wish("book"), facts)
        case "form":
            return grant(replace(talk, by_chat=False), Wish("book"), facts)
        case _:
            return grant(talk, Wish(command), facts)


def _back(talk: Talk, facts: Facts) -> Turn:
    """From the menu to the open question; from a question to the one before it, or to what lies below."""
    if not talk.frames:
        return show_menu(talk, Phrase("nothing-before"))
    top, here = talk.frames[-1], replace(talk, at_menu=False)
    if talk.at_menu or "leave" in top.answers:
        return ENGINE.go_on(ENGINE.forget(here, "leave"), facts)
    turn = ENGINE.back(here, facts)
    if turn is not None:
        return turn
    left = ENGINE.leave(here).talk
    if left.frames:
        return ENGINE.go_on(left, facts)
    return show_menu(here if top.dialogue == BOOKING.name else left, Phrase("nothing-before"))


def _cancel(talk: Talk, heard: Heard, facts: Facts) -> Turn:
    """Of a booking, twice is a yes. Where none is under way, an appointment is meant, if there is one."""
    if not talk.frames:
        if facts.get(MyAppointments()):
            return grant(talk, Wish("cancel"), facts)
        return show_menu(talk, Phrase("nothing-open"))
    here = replace(talk, at_menu=False)
    if talk.frames[-1].dialogue == BOOKING.name:
        if "leave" in talk.frames[-1].answers:
            return ENGINE.hear(here, Heard("choice", choice="leaving:yes"), facts) or show_menu(here)
        return ENGINE.go_on(ENGINE.give(here, {"leave": "asked"}), facts)
    ask, managing = ENGINE.asking(here, facts), talk.frames[-1].dialogue == APPOINTMENTS.name
    if managing and ask is not None and ask.name in ("what", "sure") and not talk.at_menu:
        return ENGINE.hear(here, heard, facts) or show_menu(here)
    answers, left = talk.frames[-1].answers, ENGINE.leave(here).talk
    told = (Phrase("kept"),) if "what" in answers else ()
    turn = ENGINE.go_on(left, facts, *told) if left.frames else show_menu(left, *told)
    return replace(turn, do=(LET_GO,)) if "held" in answers else turn


def _ask_again(talk: Talk, facts: Facts, *before: Phrase) -> Turn:
    if talk.frames and not talk.at_menu:
        return ENGINE.go_on(talk, facts, *before)
    return show_menu(talk, *before)
