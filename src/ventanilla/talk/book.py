"""Booking: the questions in order, and the summary where any answer can be changed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from ventanilla.core.booking import Applicant
from ventanilla.core.procedures import needs_old_passport
from ventanilla.talk.confirm import MENU_BACK, confirmation, fee_for
from ventanilla.talk.documents import DOCUMENTS
from ventanilla.talk.engine import (
    STAY,
    Ask,
    Choice,
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
from ventanilla.talk.lost import TOO_FAR, place_lost
from ventanilla.talk.missed import told_missed
from ventanilla.talk.person import NONE, TERMS, WHO, Name, choose, curp_facts, curp_of, is_minor
from ventanilla.talk.readers import one_of
from ventanilla.talk.where import PLACE, office_of, place_of, zone_of

_ASKS = {ask.name: ask for ask in (*WHO, *DOCUMENTS, *TERMS, *PLACE)}
_HIDDEN = frozenset({"place", "scope"})


def applicant_of(scene: Scene) -> Applicant:
    answers = scene.answers
    name = Name.of(answers["name"])
    kept = {
        name: answers[name]
        for name, ask in _ASKS.items()
        if name not in ("curp", "name") and answers.get(name, NONE) != NONE and ask.applies(scene)
    }
    return Applicant(answers["curp"], name.given, name.surname1, name.surname2, name.flagged, kept)


def _summary(scene: Scene) -> Phrase:
    moment = place_of(scene).starts_at.astimezone(zone_of(scene))
    answers, office = scene.answers, office_of(scene)
    fee = fee_for(scene.facts.world, answers["validity"], moment.year)
    years, _, tariff = answers["validity"].partition(":")
    return Phrase(
        "ask-confirm",
        {
            **curp_facts(curp_of(scene)),
            "procedure": Phrase(f"choice-procedure-{answers['procedure']}"),
            "name": str(Name.of(answers["name"])),
            "curp": answers["curp"],
            "identification": Phrase(f"choice-identification-{answers['identification']}"),
            "number": answers.get("id-number", NONE),
            "old": _old_passport(scene),
            "attending": _attending(scene),
            "years": int(years),
            "tariff": tariff,
            "amount": fee.amount_mxn,
            "provisional": "yes" if fee.provisional else "no",
            "email": answers["email"],
            "office": office.name,
            "day": moment.date(),
            "time": moment.time(),
            "minutes": _minutes_left(scene),
        },
    )


def _minutes_left(scene: Scene) -> int:
    """Of the hold: 0 where it is over, and the place may go to somebody else."""
    left = datetime.fromisoformat(scene.answers["held"]) - scene.facts.now
    return max(0, -(-left // timedelta(minutes=1)))


def _old_passport(scene: Scene) -> Phrase | str:
    if not needs_old_passport(scene.answers["procedure"]):
        return NONE
    number, issued, expires = (scene.answers[k] for k in ("old-number", "old-issued", "old-expires"))
    dates = {
        k: v if v == NONE else date.fromisoformat(v) for k, v in (("issued", issued), ("expires", expires))
    }
    return Phrase("old-passport", {"number": number, **dates})


def _attending(scene: Scene) -> Phrase | str:
    value = scene.answers.get("attending")
    return Phrase(f"choice-attending-{value}") if value and is_minor(scene) else NONE


def _changeable(scene: Scene) -> tuple[Choice, ...]:
    return tuple(
        Choice(name, Phrase(f"choice-change-{name}"))
        for name, ask in _ASKS.items()
        if name in scene.answers and name not in _HIDDEN and ask.applies(scene)
    )


def _undo(scene: Scene, value: Value) -> Step:
    """Forget one answer and what depends on it; it is then the open question."""
    return Step(forget=undone_with(value))


def undone_with(name: str) -> tuple[str, ...]:
    """What is forgotten when this answer is to be given again."""
    return (name, *_ASKS[name].forgets, "confirm", "change")


def _read_fix(heard: Heard, scene: Scene) -> Value | Unreadable:
    value = heard.for_ask("fix") or ""
    return value if value in _ASKS else Unreadable(Phrase("gone-choice"))


def _confirmed(scene: Scene, value: Value) -> Step:
    return _left(scene) if value == "leave" else STAY


def _left(scene: Scene) -> Step:
    return Step(leave=True, do=BOOKING.abandon, out=(Say((Phrase("left"),), MENU_BACK, "menu"),))


def _leaving(scene: Scene, value: Value) -> Step:
    return _left(scene) if value == "yes" else Step(forget=("leave", "leaving"))


def _finish(scene: Scene) -> Step:
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
        return Step(forget=("curp", *_ASKS["curp"].forgets, "confirm"), say=(Phrase("already-live"),))
    told = Say((too_many(scene.facts),), MENU_BACK, "menu")
    return Step(leave=True, do=BOOKING.abandon, out=(told,))


def too_many(facts: Facts) -> Phrase:
    rules = facts.world.rules
    return Phrase("too-many", {"people": rules.people_per_phone, "days": rules.people_window.days})


BOOKING = Dialogue(
    "book",
    (
        choose("leaving", ("yes", "no"), whole=True)(applies=lambda s: "leave" in s.answers, then=_leaving),
        *WHO,
        *DOCUMENTS,
        *TERMS,
        *PLACE,
        choose("confirm", ("yes", "change", "leave"), whole=True)(phrase=_summary, then=_confirmed),
        Ask(
            "change",
            one_of("change", _changeable),
            _changeable,
            applies=lambda s: s.answers.get("confirm") == "change",
            then=_undo,
        ),
        Ask("fix", _read_fix, applies=lambda s: False, then=_undo, reach=True),
    ),
    _finish,
    abandon=(Do("let-go"),),
)
