"""Several people in one booking: one of them is being asked about, the others wait in the answer `group`.

What each has for their own is kept apart; municipality, office, day and hour are everybody's.
"""

import json
from collections.abc import Mapping
from dataclasses import replace

from ventanilla.core.blocks import MOST_TOGETHER
from ventanilla.talk.dialogue import Scene, Step
from ventanilla.talk.family_facts import PeopleWith
from ventanilla.talk.messages import Value

FAMILY = "family"
"""The answer that makes a booking one for several people."""
GROUP = "group"
"""JSON: where in the order the person stands who is being asked about, then the answers of the others."""
OF_A_PERSON = (
    *("for-whom", "procedure", "curp", "name", "identification", "id-number"),
    *("old-number", "old-issued", "old-expires", "attending", "validity", "email"),
)
_OPEN = ("confirm", "change", "part")
"""Questions to be asked anew when the people change."""

Answers = Mapping[str, Value]


def _kept(answers: Answers) -> tuple[int, list[Answers]]:
    at, *others = json.loads(answers.get(GROUP, "[0]"))
    return at, others


def others(answers: Answers) -> tuple[Answers, ...]:
    return tuple(_kept(answers)[1])


def everybody(answers: Answers) -> tuple[Answers, ...]:
    """In the order in which they were written down."""
    at, rest = _kept(answers)
    mine = {k: v for k, v in answers.items() if k in OF_A_PERSON}
    return (*rest[:at], mine, *rest[at:])


def size(answers: Answers) -> int:
    return len(_kept(answers)[1]) + 1


def one_by_one(scene: Scene) -> tuple[Scene, ...]:
    """Each of them as if they were alone, with what is everybody's."""
    shared = {k: v for k, v in scene.answers.items() if k not in OF_A_PERSON}
    return tuple(replace(scene, answers={**shared, **own}) for own in everybody(scene.answers))


def can_add(scene: Scene) -> bool:
    """Whether one more would not be in vain: who the phone has booked for before counts too."""
    people = everybody(scene.answers)
    curps = tuple(own["curp"] for own in people if "curp" in own)
    most = scene.facts.world.rules.people_per_phone
    return len(people) < MOST_TOGETHER and scene.facts.get(PeopleWith(curps)) < most


def add(scene: Scene) -> Step:
    """Put the person aside who was asked about, and ask about another. The e-mail is kept for them, too."""
    people = everybody(scene.answers)
    given = {FAMILY: "yes", GROUP: json.dumps([len(people), *people], ensure_ascii=False)}
    if "email" in scene.answers:
        given["email"] = scene.answers["email"]
    return Step(forget=(*OF_A_PERSON, *_OPEN, "more", "time"), give=given)


def bring(scene: Scene, number: int) -> Step:
    """Ask about this one of them again; all answers stay."""
    people = list(everybody(scene.answers))
    own = people.pop(number)
    return Step(forget=OF_A_PERSON, give={**own, GROUP: json.dumps([number, *people], ensure_ascii=False)})


def drop(scene: Scene) -> Step:
    """Leave out the person who is being asked about; the one before is asked about again."""
    at, rest = _kept(scene.answers)
    before = max(at - 1, 0)
    own = rest.pop(before)
    given = {**own, GROUP: json.dumps([before, *rest], ensure_ascii=False)}
    return Step(forget=(*OF_A_PERSON, *_OPEN), give=given)
