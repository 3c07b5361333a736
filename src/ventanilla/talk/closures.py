"""An office that does not open: what is said to whoever had a place there, and what they can choose."""

from zoneinfo import ZoneInfo

from ventanilla.core.booking import Appointment, Place
from ventanilla.talk.confirm import MENU_BACK, confirmation
from ventanilla.talk.engine import Ask, Choice, Dialogue, Hand, Phrase, Say, Scene, Step
from ventanilla.talk.facts import Booked, Cancel, Closed, ClosureOf, Facts, Offered, TakeInstead, World
from ventanilla.talk.person import choose
from ventanilla.talk.readers import one_of

TAKE = "take"
_OTHER, _CANCEL = "other", "cancel"
ELSE = (_OTHER, _CANCEL)
"""What can be done instead of taking one of the places that are held."""


def told(world: World, closed: Closed) -> Say:
    """The message nobody asked for. Its choices work at any time, whatever the talk is about then."""
    made = closed.appointment
    held = (_row(world, o) for o in closed.instead)
    return Say((said(world, closed),), (*held, *_rest(made, bare=not closed.instead)), "closure")


def said(world: World, closed: Closed) -> Phrase:
    until = min((o.expires_at for o in closed.instead), default=closed.appointment.place.starts_at)
    local = until.astimezone(ZoneInfo(world.offices[closed.appointment.place.office_id].zone))
    count = -1 if closed.ended else len(closed.instead)
    held = {"count": count, "kept-day": local.date(), "kept-time": local.time()}
    return Phrase("closure-told", {**about(world, closed.appointment), "reason": closed.reason, **held})


def told_again(world: World, made: Appointment) -> Say:
    """What was held is held no more."""
    return Say((Phrase("closure-again", about(world, made)),), _rest(made, bare=True), "closure")


def reopened(world: World, made: Appointment) -> Say:
    return Say((Phrase("closure-reopened", about(world, made)),), MENU_BACK, "menu")


def withdrawn(world: World, kind: str, place: Place) -> Say:
    """To whoever thought about a place that is no more: one who waits, or who won it."""
    return Say((Phrase("closure-withdrawn", {"kind": kind, **_of_place(world, place)}),), MENU_BACK, "menu")


def about(world: World, made: Appointment) -> dict[str, object]:
    """As the templates want it too."""
    return {"name": made.applicant.given, "folio": made.folio, **_of_place(world, made.place)}


def _of_place(world: World, place: Place) -> dict[str, object]:
    office = world.offices[place.office_id]
    local = place.starts_at.astimezone(ZoneInfo(office.zone))
    return {"office": office.name, "day": local.date(), "time": local.time()}


def _row(world: World, offered: Offered) -> Choice:
    there = _of_place(world, offered.place)
    title = Phrase("row-place", {"day": there["day"], "time": there["time"]})
    return Choice(f"{TAKE}:{offered.offer_id}", title, str(there["office"]))


def _rest(made: Appointment, *, bare: bool) -> tuple[Choice, ...]:
    """`bare`: as buttons, which have no descriptions."""
    return tuple(
        Choice(
            f"{what}:{made.id}",
            Phrase(f"choice-closure-{what}"),
            None if bare else Phrase(f"about-closure-{what}"),
        )
        for what in ELSE
    )


def after_taking(facts: Facts, booked: Booked) -> tuple[Say | Hand, ...]:
    words, *papers = confirmation(facts, booked)
    assert isinstance(words, Say)
    return (Say((Phrase("closure-taken"), *words.parts), words.choices, words.ask), *papers)


def _closed(scene: Scene) -> Closed | None:
    return scene.facts.get(ClosureOf(int(scene.answers["appointment"])))


def _instead(scene: Scene) -> tuple[Choice, ...]:
    closed = _closed(scene)
    held = closed.instead if closed else ()
    rest = (
        Choice(what, Phrase(f"choice-closure-{what}"), Phrase(f"about-closure-{what}") if held else None)
        for what in ELSE
    )
    return (*(_row(scene.facts.world, o) for o in held), *rest)


def _ask_instead(scene: Scene) -> Phrase:
    closed = _closed(scene)
    assert closed is not None
    return said(scene.facts.world, closed)


def _ask_sure(scene: Scene) -> Phrase:
    closed = _closed(scene)
    assert closed is not None
    return Phrase("closure-sure", {"folio": closed.appointment.folio})


def _finish(scene: Scene) -> Step:
    closed = _closed(scene)
    if closed is None:
        return Step(out=(Say((Phrase("closure-none"),), MENU_BACK, "menu"),))
    what, number = scene.answers["instead"], scene.answers["appointment"]
    if what == _OTHER and closed.appointment.place.starts_at <= scene.facts.now:
        return Step(out=(Say((Phrase("closure-over"),), MENU_BACK, "menu"),))
    if what == _OTHER:
        return Step(start=("appointments", {"appointment": number, "what": "move"}))
    if what == _CANCEL:
        return _cancelled(scene, closed.appointment)
    booked = scene.facts.get(TakeInstead(int(what.removeprefix(f"{TAKE}:"))))
    if booked is None:
        return Step(forget=("instead",), say=(Phrase("closure-gone"),))
    return Step(out=after_taking(scene.facts, booked))


def _cancelled(scene: Scene, made: Appointment) -> Step:
    if scene.answers["sure"] == "no":
        return Step(forget=("instead", "sure"))
    done = scene.facts.get(Cancel(made.id))
    words = Phrase("closure-cancelled", {"folio": made.folio}) if done else Phrase("gone-choice")
    return Step(out=(Say((words,), MENU_BACK, "menu"),))


CLOSURE = Dialogue(
    "closure",
    (
        Ask(
            "instead",
            one_of("instead", _instead),
            _instead,
            lambda s: _closed(s) is not None,
            (),
            _ask_instead,
        ),
        choose("sure", ("yes", "no"), whole=True)(
            phrase=_ask_sure,
            applies=lambda s: s.answers.get("instead") == _CANCEL and _closed(s) is not None,
        ),
    ),
    _finish,
)
