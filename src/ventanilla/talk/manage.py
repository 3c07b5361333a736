"""My appointments: see them, have all papers again, move them, cancel them, from any phone."""

from datetime import date

from ventanilla.core.booking import Appointment, can_give_up
from ventanilla.talk.closures import CLOSURE
from ventanilla.talk.confirm import MENU_BACK, confirmation
from ventanilla.talk.engine import STAY, Ask, Choice, Dialogue, Phrase, Say, Scene, Step, Value
from ventanilla.talk.facts import Booked, Cancel, MyAppointments, PapersUrl
from ventanilla.talk.mine import OTHER, chosen, mine, told
from ventanilla.talk.move import FORGOTTEN, MOVING, swapped, wanted
from ventanilla.talk.person import choose
from ventanilla.talk.prove import PROOF, no_more_tries
from ventanilla.talk.readers import one_of
from ventanilla.talk.waiting import ANSWERS, entry_for, join, questions, told_of

_WHATS = ("papers", "move", "sooner", "cancel", "nothing")


def _mine(scene: Scene) -> tuple[Choice, ...]:
    found = scene.facts.get(MyAppointments())
    if not found:
        return (Choice(OTHER, Phrase("choice-appointment-other")), *MENU_BACK)
    rows = (_row(scene, made) for made in found)
    return (*rows, Choice(OTHER, Phrase("choice-appointment-other"), Phrase("about-appointment-other")))


def _row(scene: Scene, made: Appointment) -> Choice:
    place, office = told(scene.facts, made.place), scene.facts.world.offices[made.place.office_id]
    about = Phrase("about-appointment", {"name": made.applicant.given, "office": office.short_name})
    return Choice(str(made.id), Phrase("row-place", {"day": place["day"], "time": place["time"]}), about)


def _ask_appointment(scene: Scene) -> Phrase:
    return Phrase("ask-appointment" if scene.facts.get(MyAppointments()) else "no-appointments")


def _after_appointment(scene: Scene, value: Value) -> Step:
    """A day that was said before it was clear which appointment is meant."""
    said = scene.answers.get("said")
    made = mine(scene.facts, value) if said else None
    if made is None or said is None:
        return STAY
    return wanted(scene.facts, made, date.fromisoformat(said))


def _about(key: str, scene: Scene) -> Phrase:
    made = chosen(scene)
    assert made is not None
    args = {"folio": made.folio, "name": made.applicant.given, "closed": "yes" if made.closed else "no"}
    return Phrase(key, {**args, **told(scene.facts, made.place)})


def _whats(scene: Scene) -> tuple[Choice, ...]:
    made = chosen(scene)
    instead = {"move": Phrase("choice-closure-other")} if made is not None and made.closed else {}
    rows = (Choice(v, instead.get(v, Phrase(f"choice-what-{v}"))) for v in _WHATS)
    return (*rows, Choice(OTHER, Phrase("choice-appointment-other"), ask="appointment"))


def _after_what(scene: Scene, value: Value) -> Step:
    """Whose office does not open is shown what is held instead."""
    made = chosen(scene)
    if made is None or not made.closed or value != "move":
        return STAY
    return Step(leave=True, start=(CLOSURE.name, {"appointment": str(made.id)}))


def _still_there(scene: Scene) -> bool:
    return chosen(scene) is not None


def _cancelling(scene: Scene) -> bool:
    """Nobody is asked whether they are sure of what is not possible any more."""
    made = chosen(scene)
    if made is None or scene.answers.get("what") != "cancel":
        return False
    return can_give_up(made, scene.facts.now, scene.facts.world.rules)


def _sooner(scene: Scene) -> bool:
    """Whoever is on the list already is shown where they stand, and asked nothing."""
    made = chosen(scene)
    return made is not None and scene.answers.get("what") == "sooner" and not entry_for(scene.facts, made.id)


def _finish(scene: Scene) -> Step:
    if scene.answers["appointment"] == OTHER:
        return no_more_tries(scene)
    made = chosen(scene)
    if made is None:
        return _told(Phrase("gone-appointment"))
    match scene.answers["what"]:
        case "papers":
            return Step(out=confirmation(scene.facts, Booked(made, scene.facts.get(PapersUrl(made.id)))))
        case "move":
            return swapped(scene, made)
        case "sooner":
            entry = entry_for(scene.facts, made.id)
            return Step(out=(told_of(entry, scene.facts),)) if entry else join(scene, appointment_id=made.id)
        case "cancel":
            return _cancelled(scene, made)
        case _:
            return _told(Phrase("kept"))


def _cancelled(scene: Scene, made: Appointment) -> Step:
    world = scene.facts.world
    if not can_give_up(made, scene.facts.now, world.rules):
        hours = round(world.rules.cancel_until.total_seconds() / 3600)
        return _told(Phrase("too-late", {"hours": hours, "phone": world.institution.official_phone}))
    if scene.answers["sure"] == "no":
        return _told(Phrase("kept"))
    done = scene.facts.get(Cancel(made.id))
    return _told(Phrase("cancelled", {"folio": made.folio}) if done else Phrase("gone-appointment"))


def _told(phrase: Phrase) -> Step:
    return Step(out=(Say((phrase,), MENU_BACK, "menu"),))


APPOINTMENTS = Dialogue(
    "appointments",
    (
        Ask(
            "appointment",
            one_of("appointment", _mine),
            _mine,
            forgets=("folio", "proof", "what", "sure", *FORGOTTEN, *ANSWERS),
            phrase=_ask_appointment,
            then=_after_appointment,
        ),
        *PROOF,
        Ask(
            "what",
            one_of("what", _whats),
            _whats,
            applies=_still_there,
            forgets=("sure", *FORGOTTEN, *ANSWERS),
            phrase=lambda s: _about("ask-what", s),
            then=_after_what,
        ),
        choose("sure", ("yes", "no"), whole=True)(
            phrase=lambda s: _about("ask-sure", s), applies=_cancelling
        ),
        *MOVING,
        *questions(_sooner),
    ),
    _finish,
)
