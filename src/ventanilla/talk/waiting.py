"""The waiting list: three questions to be on it, where one stands, and leaving it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ventanilla.core.booking import Applicant, Rules
from ventanilla.core.places import Office
from ventanilla.core.waiting import HALVES, Entry, position
from ventanilla.talk.confirm import MENU_BACK
from ventanilla.talk.dates import DateFault, read_date
from ventanilla.talk.engine import (
    Ask,
    Choice,
    Do,
    Heard,
    Phrase,
    Say,
    Scene,
    Step,
    Talk,
    Turn,
    Unreadable,
    Value,
)
from ventanilla.talk.facts import Facts
from ventanilla.talk.group import size
from ventanilla.talk.mine import chosen
from ventanilla.talk.person import choose
from ventanilla.talk.readers import one_of
from ventanilla.talk.waiting_facts import JoinWaiting, LeaveWaiting, MyWaiting, ResumeWaiting

FULL, WAIT = "full", "wait"
"""The mark that the office chosen has no day, and the answer that the person waits for one."""
ANSWERS = (WAIT, "wait-offices", "wait-from", "wait-half")
FORGOTTEN = (FULL, *ANSWERS)
"""By whoever chooses another office."""
_OFFICES = 3
_STARTS = {"today": timedelta(0), "week": timedelta(weeks=1), "weeks": timedelta(weeks=2)}


def waits(scene: Scene) -> bool:
    """One person alone: places side by side for several hardly ever come free."""
    return WAIT in scene.answers and size(scene.answers) == 1


def _office(scene: Scene) -> Office:
    """That of the appointment which is to be earlier, or the one chosen in a booking."""
    made = chosen(scene)
    return scene.facts.world.offices[made.place.office_id if made else scene.answers["office"]]


def _procedure(scene: Scene) -> str:
    made = chosen(scene)
    return made.procedure if made else scene.answers["procedure"]


def _near(scene: Scene) -> tuple[Office, ...]:
    """The office itself is the first of them."""
    here = _office(scene)
    others = (o for o, _ in scene.facts.world.near.to(here, _procedure(scene), _OFFICES) if o.id != here.id)
    return (here, *others)[:_OFFICES]


def _ask_offices(scene: Scene) -> Phrase:
    names = ", ".join(o.short_name for o in _near(scene)[1:])
    return Phrase("ask-wait-offices", {"office": _office(scene).name, "others": names or "none"})


def _starts(scene: Scene) -> tuple[Choice, ...]:
    return tuple(Choice(start, Phrase(f"choice-wait-from-{start}")) for start in _STARTS)


def _read_start(heard: Heard, scene: Scene) -> Value | Unreadable:
    today = scene.facts.now.astimezone(ZoneInfo(_office(scene).zone)).date()
    found = one_of("wait-from", _starts)(heard, scene)
    if not isinstance(found, Unreadable):
        return (today + _STARTS[found]).isoformat()
    day = read_date(heard.text, today, future=True)
    if heard.kind == "choice" or isinstance(day, DateFault):
        return Unreadable(Phrase("bad-wait-from"))
    return max(day, today).isoformat()


def questions(applies: Callable[[Scene], bool]) -> tuple[Ask, ...]:
    """Three taps: where, from which day on, in which half of the day."""
    return (
        choose("wait-offices", ("this", "near"))(phrase=_ask_offices, applies=applies),
        Ask("wait-from", _read_start, _starts, applies=applies),
        choose("wait-half", (*HALVES, "any"))(applies=applies),
    )


def _read_wait(heard: Heard, scene: Scene) -> Value | Unreadable:
    if "office" not in scene.answers:
        return Unreadable(Phrase("gone-choice"))
    return one_of(WAIT, lambda scene: _WAITS)(heard, scene)


def _after_wait(scene: Scene, value: Value) -> Step:
    return Step(give={WAIT: value}) if value == "yes" else Step(forget=("office", "day", "time", *FORGOTTEN))


_WAITS = tuple(Choice(value, Phrase(f"choice-wait-{value}"), ask=WAIT) for value in ("yes", "office"))
OFFER_LIST = _WAITS[0]
"""To be tapped wherever there is no place."""
FROM_BOOKING: tuple[Ask, ...] = (
    Ask(
        WAIT,
        _read_wait,
        lambda scene: _WAITS,
        applies=lambda s: FULL in s.answers and "office" in s.answers and size(s.answers) == 1,
        forgets=("day", "time", "lost", "confirm"),
        then=_after_wait,
        reach=True,
    ),
    *questions(waits),
)


def join(scene: Scene, applicant: Applicant | None = None, appointment_id: int | None = None) -> Step:
    """The end of the three questions; the answers of a booking go with its applicant."""
    answers = scene.answers
    near = _near(scene) if answers["wait-offices"] == "near" else (_office(scene),)
    halves = HALVES if answers["wait-half"] == "any" else (answers["wait-half"],)
    deed = JoinWaiting(
        _procedure(scene),
        scene.language,
        tuple(o.id for o in near),
        date.fromisoformat(answers["wait-from"]),
        halves,
        applicant,
        appointment_id,
    )
    outcome = scene.facts.get(deed)
    if outcome == "already-live":
        return Step(forget=("curp", "name", *ANSWERS), say=(Phrase("already-live"),))
    rules = scene.facts.world.rules
    minutes = round(rules.offer.total_seconds() / 60)
    args: dict[str, dict[str, Any]] = {
        "joined": {"minutes": minutes, "sooner": "yes" if appointment_id else "no"},
        "too-many": {"people": rules.people_per_phone},
    }
    told = Phrase(_OUTCOMES[outcome], args.get(outcome, {}))
    return Step(out=(Say((told,), MENU_BACK, "menu"),), do=(Do("let-go"),))


_OUTCOMES = {
    "joined": "waiting-joined",
    "already": "waiting-already",
    "too-many": "waiting-too-many",
    "gone": "gone-choice",
}


def entry_for(facts: Facts, appointment_id: int) -> Entry | None:
    """Of whoever wants an earlier place than this one."""
    return next((e for e in facts.get(MyWaiting()) if e.appointment_id == appointment_id), None)


def shown(talk: Talk, facts: Facts) -> Turn:
    """Every entry of this contact's, each with its buttons."""
    says = tuple(told_of(entry, facts) for entry in facts.get(MyWaiting()))
    return Turn(replace(talk, at_menu=True), says)


def told_of(entry: Entry, facts: Facts) -> Say:
    offices = ", ".join(o.short_name for i in entry.offices if (o := facts.world.offices.get(i)))
    low, high = position(entry.ahead)
    args = {
        "name": entry.applicant.given,
        "procedure": Phrase(f"choice-procedure-{entry.procedure}"),
        "sooner": "yes" if entry.appointment_id else "no",
        "offices": offices or "—",
        "day": entry.earliest,
        "half": entry.halves[0] if len(entry.halves) == 1 else "any",
        "paused": "yes" if entry.paused else "no",
        "low": low,
        "high": high,
    }
    values = ("resume", "leave") if entry.paused else ("leave", "keep")
    return Say((Phrase("waiting-entry", args),), _buttons(entry.id, values), "waiting")


def _buttons(entry_id: int, values: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(f"{value}:{entry_id}", Phrase(f"choice-waiting-{value}")) for value in values)


def rests(entry_id: int, rules: Rules) -> Say:
    """Said to whoever let so many offers pass."""
    told = Phrase("waiting-rests", {"count": rules.offers_ignored})
    return Say((told,), _buttons(entry_id, ("resume", "leave")), "waiting")


def tapped(talk: Talk, heard: Heard, facts: Facts) -> Turn:
    """`leave:17`, `keep:17` or `resume:17`."""
    deed, _, number = (heard.for_ask("waiting") or "").partition(":")
    entry_id = int(number) if number.isdecimal() and number.isascii() and len(number) < 19 else 0
    match deed:
        case "leave":
            done = facts.get(LeaveWaiting(entry_id))
        case "resume":
            done = facts.get(ResumeWaiting(entry_id))
        case "keep":
            done = any(e.id == entry_id for e in facts.get(MyWaiting()))
        case _:
            done = False
    told = Phrase(_DONE[deed] if done else "gone-choice")
    return Turn(replace(talk, at_menu=True), (Say((told,), MENU_BACK, "menu"),))


_DONE = {"leave": "waiting-left", "keep": "waiting-kept", "resume": "waiting-resumed"}
