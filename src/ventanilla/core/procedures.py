"""What can be applied for, by whom, and what each needs (DOMAIN sections 1 and 4)."""

from typing import Literal, get_args

Procedure = Literal["first", "renewal", "lost"]
"""First issue; renewal; replacement of one lost, stolen or damaged."""

Group = Literal["adult", "minor"]

PROCEDURES: tuple[Procedure, ...] = get_args(Procedure)
POOL = "passport"
"""Every procedure draws on one pool of places: the same desk serves them all."""

ADULT_AGE = 18


def group_of(age: int) -> Group:
    return "adult" if age >= ADULT_AGE else "minor"


def needs_old_passport(procedure: str) -> bool:
    return procedure != "first"
