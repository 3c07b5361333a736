"""Booking: the questions in order, and the summary where any answer can be changed."""

from dataclasses import replace

from ventanilla.talk import family
from ventanilla.talk.confirm import MENU_BACK, confirmation
from ventanilla.talk.documents import DOCUMENTS
from ventanilla.talk.engine import (
    STAY,
    Ask,
    Dialogue,
    Do,
    Heard,
    Phrase,
    Say,
    Scene,
    Step,
    Unreadable,
    Value,
)
from ventanilla.talk.facts import Book, Booked, Facts
from ventanilla.talk.group import size
from ventanilla.talk.lost import TOO_FAR, place_lost
from ventanilla.talk.missed import told_missed
from ventanilla.talk.person import TERMS, WHO, choose
from ventanilla.talk.readers import one_of
from ventanilla.talk.summary import ASKS, applicant_of, family_summary, summary
from ventanilla.talk.waiting import join, waits
from ventanilla.talk.where import PLACE, place_of


def _summary(scene: Scene) -> Phrase:
    return summary(scene) if size(scene.answers) == 1 else family_summary(scene)


def _undo(scene: Scene, value: Value) -> Step:
    """Forget one answer and what depends on it; it is then the open question."""
    return family.changed(scene, value) or Step(forget=undone_with(value))


def undone_with(name: str) -> tuple[str, ...]:
    """What is forgotten when this answer is to be given again."""
    return (name, *ASKS[name].forgets, "confirm", "change", "part")


def _read_fix(heard: Heard, scene: Scene) -> Value | Unreadable:
    value = heard.for_ask("fix") or ""
    return value if value in ASKS else Unreadable(Phrase("gone-choice"))


def _confirmed(scene: Scene, value: Value) -> Step:
    return _left(scene) if value == "leave" else STAY


def _left(scene: Scene) -> Step:
    return Step(leave=True, do=BOOKING.abandon, out=(Say((Phrase("left"),), MENU_BACK, "menu"),))


def _leaving(scene: Scene, value: Value) -> Step:
    return _left(scene) if value == "yes" else Step(forget=("leave", "leaving"))


def _finish(scene: Scene) -> Step:
    if waits(scene):
        return join(scene, applicant_of(scene))
    if size(scene.answers) > 1:
        return family.finish(scene)
    place = place_of(scene)
    outcome = scene.facts.get(Book(place, scene.answers["procedure"], applicant_of(scene), scene.language))
    if isinstance(outcome, Booked):
        return Step(out=confirmation(scene.facts, outcome))
    if outcome.reason in ("taken", "given-up"):
        lost = place_lost(place)
        return replace(lost, say=(Phrase("given-up"),)) if outcome.reason == "given-up" else lost
    if outcome.reason == "no-shows":
        return Step(forget=TOO_FAR, say=told_missed(scene))
    if outcome.reason == "already-live":
        return Step(forget=("curp", *ASKS["curp"].forgets, "confirm"), say=(Phrase("already-live"),))
    told = Say((too_many(scene.facts),), MENU_BACK, "menu")
    return Step(leave=True, do=BOOKING.abandon, out=(told,))


def too_many(facts: Facts) -> Phrase:
    rules = facts.world.rules
    return Phrase("too-many", {"people": rules.people_per_phone, "days": rules.people_window.days})


BOOKING = Dialogue(
    "book",
    (
        choose("leaving", ("yes", "no"), whole=True)(applies=lambda s: "leave" in s.answers, then=_leaving),
        family.BEFORE,
        *WHO,
        *DOCUMENTS,
        *TERMS,
        family.MORE,
        *PLACE,
        choose("confirm", ("yes", "change", "leave"), whole=True)(
            phrase=_summary, applies=lambda s: not waits(s), then=_confirmed
        ),
        Ask(
            "change",
            one_of("change", family.changeable),
            family.changeable,
            applies=lambda s: s.answers.get("confirm") == "change",
            then=_undo,
        ),
        family.part(_undo),
        family.WITHOUT,
        Ask("fix", _read_fix, applies=lambda s: False, then=_undo, reach=True),
    ),
    _finish,
    abandon=(Do("let-go"),),
)
