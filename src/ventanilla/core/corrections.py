"""What staff may correct of whom a confirmed appointment is for: slips of the pen, never the person.

All limits count from what was confirmed, not from the last correction: many small steps lead nowhere either.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ventanilla.core.booking import Applicant
from ventanilla.core.curp import LENGTH, Curp, CurpFault, age_on, read_curp
from ventanilla.core.people import PersonName, mismatches
from ventanilla.core.procedures import group_of
from ventanilla.core.text import plain

CURP_LETTERS = 2
"""Two wrong letters are a slip; a third already reaches most brothers, sisters and namesakes."""
NAME_LETTERS, NAME_LETTERS_IN_ALL = 2, 3
"""A part may change by two letters and by a third of itself ("Ana" never becomes "Eva")."""

FaultKind = Literal[
    "nothing", "curp", "another-curp", "another-name", "another-group", "no-name", "does-not-fit"
]


@dataclass(frozen=True, slots=True)
class Change:
    """None: stays as it is."""

    curp: str | None = None
    given: str | None = None
    surname1: str | None = None
    surname2: str | None = None


@dataclass(frozen=True, slots=True)
class NotCorrected:
    kind: FaultKind


def corrected(
    confirmed: Applicant, now: Applicant, change: Change, day: date, today: date
) -> Applicant | NotCorrected:
    """`confirmed`: as the person confirmed it; `now`: as it stands; `day`: of the appointment."""
    curp = read_curp(change.curp or now.curp, today)
    if isinstance(curp, CurpFault):
        return NotCorrected("curp")
    new = replace(
        now,
        curp=curp.text,
        given=_typed(change.given, now.given),
        surname1=_typed(change.surname1, now.surname1),
        surname2=_typed(change.surname2, now.surname2),
    )
    was, name = _name(confirmed), _name(new)
    if not (name.given and name.surname1):
        return NotCorrected("no-name")
    before = read_curp(confirmed.curp, today)
    if not isinstance(before, Curp):
        raise TypeError("an appointment holds something that is not a CURP")
    differing = len(mismatches(name, curp))
    new = replace(new, name_flagged=differing > 0)
    if new == now:
        return NotCorrected("nothing")
    # The last digit only follows from the others.
    if distance(confirmed.curp[: LENGTH - 1], curp.text[: LENGTH - 1]) > CURP_LETTERS:
        return NotCorrected("another-curp")
    if not _same_name(was, name):
        return NotCorrected("another-name")
    if group_of(age_on(curp.birth_date, day)) != group_of(age_on(before.birth_date, day)):
        return NotCorrected("another-group")
    # Twins differ by little more than the letters of their given names.
    return NotCorrected("does-not-fit") if differing > len(mismatches(was, before)) else new


def _typed(text: str | None, now: str) -> str:
    return now if text is None else " ".join(text.split())


def _name(applicant: Applicant) -> PersonName:
    return PersonName(applicant.given, applicant.surname1, applicant.surname2)


def _same_name(one: PersonName, other: PersonName) -> bool:
    """Accents and capitals are no difference, nor is where a surname begins."""
    if plain(str(one)) == plain(str(other)):
        return True
    pairs = [
        (plain(getattr(one, part)), plain(getattr(other, part))) for part in ("given", "surname1", "surname2")
    ]
    apart = [distance(a, b) for a, b in pairs]
    return sum(apart) <= NAME_LETTERS_IN_ALL and all(
        d <= min(NAME_LETTERS, max(len(a), len(b)) // 3) for d, (a, b) in zip(apart, pairs, strict=True)
    )


def distance(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many, or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row, older = row, [i], before
        for j, b in enumerate(other, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        before = last
    return row[-1]
