"""A form filled in: each page is a set of answers given to the booking dialogue, which judges them as it
judges what is written in the chat."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from ventanilla.talk import privacy
from ventanilla.talk.book import BOOKING, too_many, undone_with
from ventanilla.talk.engine import INSIST, Choice, Do, Frame, Hand, Heard, Phrase, Say, Scene, Talk, Turn
from ventanilla.talk.facts import Facts, PeopleBooked
from ventanilla.talk.form_pages import (
    LAST,
    PAGES,
    SUMMARY,
    Field,
    Page,
    View,
    page_asking,
    shown_by,
    view,
    written,
)
from ventanilla.talk.group import FAMILY
from ventanilla.talk.lost import LOST, PLACE_LOST
from ventanilla.talk.menu import ENGINE, booking_in
from ventanilla.talk.person import NONE
from ventanilla.talk.turns import with_offices_that_are
from ventanilla.talk.waiting import FORGOTTEN, FULL

NOT_CHOSEN = "-"
"""The option of a list that has none."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The next page; the talk stands at its question."""

    talk: Talk
    view: View


@dataclass(frozen=True, slots=True)
class Finished:
    """Booked: what the chat would have said goes to the chat."""

    turn: Turn


@dataclass(frozen=True, slots=True)
class Closed:
    """This form is of no use any more, and why. `talk` is kept where it is given."""

    phrase: Phrase
    talk: Talk | None = None
    do: tuple[Do, ...] = ()


Outcome = Shown | Finished | Closed


@dataclass(frozen=True, slots=True)
class _Given:
    """Where giving the answers of a page has led. `faults`: the last one was not taken."""

    talk: Talk
    faults: tuple[Phrase, ...] = ()
    helping: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    notes: tuple[Phrase, ...] = ()
    stay: bool = False


def opened(talk: Talk, page: Page, facts: Facts) -> Outcome:
    """A page with what is known: the first one, or where the arrow back leads. Pure, like `take_turn`:
    raises `Missing` with what it lacks."""
    begun = _begun(talk, facts)
    if isinstance(begun, Closed):
        return begun
    return Shown(begun, view(page, ENGINE.scene(begun, facts)))


def submitted(talk: Talk, page: Page, given: Mapping[str, str], shown: str, facts: Facts) -> Outcome:
    """The page after this one, or this one again with what is wrong. Given twice, it leads to the same.

    `given` is by field; `shown` is what the page was sent with.
    """
    begun = _begun(talk, facts)
    if isinstance(begun, Closed):
        return begun
    if page is SUMMARY:
        return _confirmed(begun, given, shown, facts)
    # Whoever chooses again needs no substitute for the place that was lost.
    after = _all_given(ENGINE.forget(begun, LOST), page, given, facts)
    if after.stay:
        scene = ENGINE.scene(after.talk, facts)
        again = view(page, scene, notes=after.notes, faults=after.faults, typed=given, helping=after.helping)
        return Shown(after.talk, again)
    return _next(after.talk, page, given, after.notes, facts)


def _begun(talk: Talk, facts: Facts) -> Talk | Closed:
    """The talk at its booking, which begins here where none is under way."""
    if privacy.must_accept(talk, facts):
        return Closed(Phrase("form-closed"))
    talk = with_offices_that_are(replace(talk, at_menu=False, lapsed=False), facts)
    booking = booking_in(talk)
    if booking is None:
        if facts.get(PeopleBooked()) >= facts.world.rules.people_per_phone:
            return Closed(too_many(facts))
        booking = Frame(BOOKING.name)
    if FAMILY in booking.answers:
        return Closed(Phrase("family-in-chat"))
    undone = ("leave", "leaving", "confirm", "change", *FORGOTTEN)
    return ENGINE.forget(replace(talk, frames=(booking,)), *undone)


def _all_given(talk: Talk, page: Page, given: Mapping[str, str], facts: Facts) -> _Given:
    notes: tuple[Phrase, ...] = ()
    for entry, ask in page.asks():
        scene = ENGINE.scene(talk, facts)
        said = given.get(entry.name, "")
        if not ask.applies(scene) or _unchanged(entry, said, scene):
            continue
        if entry.name in scene.answers and _heard(talk, entry, said, facts) is None:
            continue  # a page from before the chat answered this: an empty line takes nothing back
        if entry.name in scene.answers:
            talk = ENGINE.forget(talk, *undone_with(entry.name))
        open_ask = ENGINE.asking(talk, facts)
        if open_ask is not ask:
            return _Given(talk, (_back_to(page_asking(open_ask)),), stay=True)
        after = _answered(talk, page, entry, given, facts)
        if after.stay:
            return replace(after, notes=notes)
        talk, notes = after.talk, (*notes, *after.notes)
    return _Given(talk, notes=notes)


def _unchanged(entry: Field, said: str, scene: Scene) -> bool:
    if entry.name not in scene.answers or written(entry.name, scene) != said:
        return False
    held = scene.answers.get("held")
    return entry.name != "time" or (held is not None and datetime.fromisoformat(held) > scene.facts.now)


def _answered(talk: Talk, page: Page, entry: Field, given: Mapping[str, str], facts: Facts) -> _Given:
    """One field, heard as the chat would hear it, then the field that helps it, if that one fits."""
    heard = _heard(talk, entry, given.get(entry.name, ""), facts)
    if heard is None:
        missing = Phrase("form-missing", {"field": Phrase(f"label-{entry.name}")})
        return _Given(talk, (missing,), stay=True)
    after, offered = _hear(talk, entry, heard, facts)
    helper = next((e for e in page.fields if e.helps == entry.name), None)
    if not helper or not offered:
        return after
    said = given.get(helper.name, "")
    meant = INSIST if helper.kind == "tick" and said == "true" else said
    if meant in {choice.value for choice in offered}:
        return _hear(after.talk, entry, Heard("choice", choice=f"{entry.name}:{meant}"), facts)[0]
    return replace(after, helping={helper.name: offered})


def _heard(talk: Talk, entry: Field, said: str, facts: Facts) -> Heard | None:
    """An empty line means what its button for "none" means, where there is one."""
    if said in ("", NOT_CHOSEN):
        ask = BOOKING.ask(entry.name)
        choices = ask.choices(ENGINE.scene(talk, facts)) if ask and ask.choices else ()
        none = entry.kind in ("text", "date") and NONE in {c.value for c in choices}
        return Heard("choice", choice=f"{entry.name}:{NONE}") if none else None
    if entry.kind in ("text", "date"):
        return Heard("text", said)
    return Heard("choice", choice=said if said.startswith("scope:") else f"{entry.name}:{said}")


def _hear(talk: Talk, entry: Field, heard: Heard, facts: Facts) -> tuple[_Given, tuple[Choice, ...]]:
    """With what may be chosen instead, where the answer was not taken."""
    if not heard.choice.endswith(f":{INSIST}"):
        # In a form the same text twice is a page sent twice, not insistence: that has a field of its own.
        frame = replace(talk.frames[-1], misses=0, pending=None)
        talk = replace(talk, frames=(frame,))
    turn = ENGINE.hear(talk, heard, facts)
    if turn is None:
        return _Given(talk, (Phrase("gone-choice"),), stay=True), ()
    (say,) = turn.out
    assert isinstance(say, Say)
    ask = ENGINE.asking(turn.talk, facts)
    question = ask.question(ENGINE.scene(turn.talk, facts)) if ask else None
    parts = tuple(part for part in say.parts if part != question)
    if FULL in turn.talk.frames[-1].answers:
        return _Given(ENGINE.forget(turn.talk, entry.name, FULL), parts, stay=True), ()
    if entry.name in turn.talk.frames[-1].answers:
        return _Given(turn.talk, notes=parts), ()
    if ask is PLACE_LOST and not parts:
        return _Given(turn.talk, (Phrase("form-taken"),), stay=True), ()
    offered = () if question in say.parts else tuple(c for c in say.choices if not c.ask)
    return _Given(turn.talk, parts, stay=True), offered


def _next(
    talk: Talk, page: Page, given: Mapping[str, str], notes: tuple[Phrase, ...], facts: Facts
) -> Outcome:
    """The following page that applies. What is open before it can only be reached by the arrow back."""
    scene, here = ENGINE.scene(talk, facts), PAGES.index(page)
    open_at = page_asking(ENGINE.asking(talk, facts))
    if open_at <= here:
        return Shown(talk, view(page, scene, faults=(*notes, _back_to(open_at)), typed=given))
    following = next(p for p in PAGES[here + 1 :] if p.applies(scene))
    return Shown(talk, view(following, scene, notes=notes))


def _confirmed(talk: Talk, given: Mapping[str, str], shown: str, facts: Facts) -> Outcome:
    """The summary: only what it showed is confirmed, and another place is shown before it is."""
    scene = ENGINE.scene(talk, facts)
    ask = ENGINE.asking(talk, facts)
    if shown != shown_by(scene) or page_asking(ask) != LAST:
        return _summary(talk, (), facts)
    assert ask is not None
    if ask.name != "confirm":
        after = _answered(talk, SUMMARY, SUMMARY.fields[0], given, facts)
        return _summary(after.talk, after.faults, facts)
    turn = ENGINE.hear(talk, Heard("choice", choice="confirm:yes"), facts)
    assert turn is not None
    if any(isinstance(out, Hand) for out in turn.out):
        return Finished(turn)
    if not turn.talk.frames:
        return Closed(too_many(facts), turn.talk, turn.do)
    (say,) = turn.out
    assert isinstance(say, Say)
    faults = tuple(p for p in say.parts if p.key in ("already-live", "missed-before"))
    return _summary(turn.talk, faults, facts)


def _summary(talk: Talk, faults: tuple[Phrase, ...], facts: Facts) -> Shown:
    open_at = page_asking(ENGINE.asking(talk, facts))
    back = (_back_to(open_at),) if open_at != LAST else ()
    return Shown(talk, view(SUMMARY, ENGINE.scene(talk, facts), faults=(*faults, *back)))


def _back_to(number: int) -> Phrase:
    return Phrase("form-back", {"page": Phrase(f"step-{PAGES[number].id.lower()}")})
