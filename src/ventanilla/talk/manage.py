"""My appointments: see them, have all papers again, cancel."""

from datetime import datetime
from zoneinfo import ZoneInfo

from ventanilla.core.booking import Appointment, can_cancel
from ventanilla.talk.confirm import MENU_BACK, confirmation
from ventanilla.talk.engine import Ask, Choice, Dialogue, Phrase, Say, Scene, Step
from ventanilla.talk.facts import Booked, Cancel, MyAppointments, PapersUrl
from ventanilla.talk.person import choose
from ventanilla.talk.readers import one_of
from ventanilla.talk.waiting import entry_for, join, questions, told_of


def _mine(scene: Scene) -> tuple[Choice, ...]:
    return tuple(_row(scene, made) for made in scene.facts.get(MyAppointments()))


def _when(scene: Scene, made: Appointment) -> datetime:
    office = scene.facts.world.offices[made.place.office_id]
    return made.place.starts_at.astimezone(ZoneInfo(office.zone))


def _row(scene: Scene, made: Appointment) -> Choice:
    when, office = _when(scene, made), scene.facts.world.offices[made.place.office_id]
    about = Phrase("about-appointment", {"name": made.applicant.given, "office": office.short_name})
    return Choice(str(made.id), Phrase("row-place", {"day": when.date(), "time": when.time()}), about)


def _chosen(scene: Scene) -> Appointment | None:
    mine = scene.facts.get(MyAppointments())
    return next((a for a in mine if str(a.id) == scene.answers["appointment"]), None)


def _ask_what(scene: Scene) -> Phrase:
    made = _chosen(scene)
    assert made is not None
    when, office = _when(scene, made), scene.facts.world.offices[made.place.office_id]
    args = {"folio": made.folio, "name": made.applicant.given, "office": office.name}
    return Phrase("ask-what", {**args, "day": when.date(), "time": when.time()})


def _ask_sure(scene: Scene) -> Phrase:
    made = _chosen(scene)
    assert made is not None
    return Phrase("ask-sure", {"folio": made.folio})


def _still_there(scene: Scene) -> bool:
    """It may have been cancelled meanwhile, here or at the office."""
    return "appointment" in scene.answers and _chosen(scene) is not None


def _cancelling(scene: Scene) -> bool:
    return scene.answers.get("what") == "cancel" and _still_there(scene)


def _sooner(scene: Scene) -> bool:
    """Whoever is on the list already is shown where they stand, and asked nothing."""
    wanted = scene.answers.get("what") == "sooner" and _still_there(scene)
    return wanted and entry_for(scene.facts, int(scene.answers["appointment"])) is None


def _finish(scene: Scene) -> Step:
    made = _chosen(scene)
    if made is None:
        return Step(out=(Say((Phrase("gone-choice"),), MENU_BACK, "menu"),))
    if scene.answers["what"] == "papers":
        return Step(out=confirmation(scene.facts, Booked(made, scene.facts.get(PapersUrl(made.id)))))
    if scene.answers["what"] == "sooner":
        entry = entry_for(scene.facts, made.id)
        return Step(out=(told_of(entry, scene.facts),)) if entry else join(scene, appointment_id=made.id)
    if scene.answers["what"] == "nothing" or scene.answers["sure"] == "no":
        return Step(out=(Say((Phrase("kept"),), MENU_BACK, "menu"),))
    args = {"folio": made.folio}
    if not can_cancel(made.place.starts_at, scene.facts.now, scene.facts.world.rules):
        hours = scene.facts.world.rules.cancel_until.total_seconds() / 3600
        return Step(out=(Say((Phrase("too-late", {"hours": round(hours)}),), MENU_BACK, "menu"),))
    done = scene.facts.get(Cancel(made.id))
    return Step(out=(Say((Phrase("cancelled" if done else "gone-choice", args),), MENU_BACK, "menu"),))


APPOINTMENTS = Dialogue(
    "appointments",
    (
        Ask("appointment", one_of("appointment", _mine), _mine),
        choose("what", ("papers", "sooner", "cancel", "nothing"))(phrase=_ask_what, applies=_still_there),
        *questions(_sooner),
        choose("sure", ("yes", "no"), whole=True)(phrase=_ask_sure, applies=_cancelling),
    ),
    _finish,
)
