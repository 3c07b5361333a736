"""Booking for several people: who else comes, whom to change or leave out, and all booked or nobody."""

from collections.abc import Callable

from ventanilla.talk.dialogue import Ask, Scene, Step, Unreadable
from ventanilla.talk.facts import Book
from ventanilla.talk.family_confirm import family_confirmation
from ventanilla.talk.family_facts import BookFamily
from ventanilla.talk.group import (
    FAMILY,
    GROUP,
    OF_A_PERSON,
    Answers,
    add,
    bring,
    can_add,
    drop,
    everybody,
    one_by_one,
    others,
    size,
)
from ventanilla.talk.lost import TOO_FAR, leased, place_lost
from ventanilla.talk.messages import Choice, Heard, Phrase, Value
from ventanilla.talk.missed import told_missed
from ventanilla.talk.person import Name
from ventanilla.talk.readers import one_of
from ventanilla.talk.summary import applicant_of, given_rows
from ventanilla.talk.together import fewer, places_of

_PERSON = "person-"
_ADD = Choice("add", Phrase("choice-more-add"))
_DONE = Choice("done", Phrase("choice-more-done"))
_REMOVE = Choice("remove", Phrase("choice-part-remove"))


def _more(scene: Scene) -> tuple[Choice, ...]:
    return (_ADD, _DONE) if can_add(scene) else (_DONE,)


def _ask_more(scene: Scene) -> Phrase:
    full = "no" if can_add(scene) else "yes"
    name = Name.of(scene.answers["name"]).given
    return Phrase("ask-more", {"name": name, "count": size(scene.answers), "full": full})


def _after_more(scene: Scene, value: Value) -> Step:
    return add(scene) if value == "add" else Step()


def _without(scene: Scene, value: Value = "") -> Step:
    """Leave out who is asked about; places that are held already are one fewer then."""
    step = drop(scene)
    if "time" not in scene.answers:
        return Step(forget=(*step.forget, "more"), give=step.give)
    block = fewer(scene)
    kept = leased(scene, block, {"time": block[0].isoformat()} if block else {})
    place = kept or place_lost(places_of(scene)[0])
    return Step(forget=(*step.forget, *place.forget), give={**step.give, **place.give})


def _read_without(heard: Heard, scene: Scene) -> Value | Unreadable:
    tapped = heard.for_ask("without")
    return tapped if tapped and others(scene.answers) else Unreadable(Phrase("gone-choice"))


def changeable(scene: Scene) -> tuple[Choice, ...]:
    """What can be changed in the summary: of one person every answer, of several first which of them."""
    rows = given_rows(scene)
    more = (_ADD,) if can_add(scene) else ()
    if size(scene.answers) == 1:
        return (*more, *rows)
    people = (_person_row(number, own) for number, own in enumerate(everybody(scene.answers)))
    return (*people, *more, *(row for row in rows if row.value not in OF_A_PERSON))


def _person_row(number: int, own: Answers) -> Choice:
    """Father and son may share a name, but no CURP."""
    name, about = Name.of(own["name"]), Phrase("about-change-person", {"curp": own["curp"]})
    return Choice(f"{_PERSON}{number}", f"{name.given} {name.surname1}", about)


def changed(scene: Scene, value: Value) -> Step | None:
    """Somebody is added, or one of them is asked about again. None: it is about something else."""
    if value == _ADD.value:
        return add(scene)
    if value.startswith(_PERSON):
        return bring(scene, int(value.removeprefix(_PERSON)))
    return None


def _parts(scene: Scene) -> tuple[Choice, ...]:
    return (_REMOVE, *(row for row in given_rows(scene) if row.value in OF_A_PERSON))


def _read_part(heard: Heard, scene: Scene) -> Value | Unreadable:
    found = one_of("part", _parts)(heard, scene)
    if isinstance(found, Unreadable) and heard.kind == "text":
        meant = scene.facts.world.vocabularies[scene.language].choice("change", heard.text)
        if meant in {row.value for row in _parts(scene)}:
            return meant
    return found


def _ask_part(scene: Scene) -> Phrase:
    return Phrase("ask-part", {"name": Name.of(scene.answers["name"]).given})


def part(undo: Callable[[Scene, Value], Step]) -> Ask:
    """What to change of the person chosen; `undo` forgets one answer and what hangs on it."""
    return Ask(
        "part",
        _read_part,
        _parts,
        applies=lambda s: s.answers.get("change", "").startswith(_PERSON) and bool(others(s.answers)),
        phrase=_ask_part,
        then=lambda s, value: _without(s) if value == _REMOVE.value else undo(s, value),
    )


def finish(scene: Scene) -> Step:
    """Book all of them; where that is refused, say whose it is and go on from there with every answer."""
    each, places = one_by_one(scene), places_of(scene)
    books = tuple(
        Book(place, one.answers["procedure"], applicant_of(one), scene.language)
        for place, one in zip(places, each, strict=True)
    )
    outcome = scene.facts.get(BookFamily(books))
    if isinstance(outcome, tuple):
        return Step(out=family_confirmation(scene.facts, outcome))
    name = books[outcome.person].applicant.given
    if outcome.reason in ("taken", "given-up"):
        lost, told = place_lost(places[0]), (Phrase("given-up-of", {"name": name}),)
        return Step(lost.forget, lost.give, told if outcome.reason == "given-up" else ())
    if outcome.reason == "no-shows":
        return Step(forget=TOO_FAR, say=told_missed(scene))
    if outcome.reason == "already-live":
        again = bring(scene, outcome.person)
        give = {**again.give, "confirm": "change", "change": f"{_PERSON}{outcome.person}"}
        return Step(again.forget, give, (Phrase("already-live-of", {"name": name}),))
    rules = scene.facts.world.rules
    told = (Phrase("too-many-of", {"people": rules.people_per_phone, "days": rules.people_window.days}),)
    return Step(("change",), {"confirm": "change"}, told)


BEFORE = Ask(
    GROUP,
    lambda heard, scene: Unreadable(Phrase("gone-choice")),
    applies=lambda s: bool(others(s.answers)),
    undo=_without,
)
"""Those who are written down already: going back behind the first question about another leaves it out."""
MORE = Ask(
    "more",
    one_of("more", _more),
    _more,
    applies=lambda s: FAMILY in s.answers,
    phrase=_ask_more,
    then=_after_more,
)
WITHOUT = Ask("without", _read_without, applies=lambda s: False, then=_without, reach=True)
