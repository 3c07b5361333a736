"""Which official identifications are accepted, and the numbers printed on them.

Source: DOF 31-01-2025 and the lists of the consulates. The disability card proves a health condition, so
it is never offered by name: whoever uses it chooses "other" (data minimisation).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ventanilla.core.procedures import ADULT_AGE

OTHER = "other"
PASSPORT = "passport"
MAX_OFFERED = 9
NUMBER_FAULTS = ("too-short", "too-long", "wrong-shape", "digits-only", "no-digits", "strange-characters")


@dataclass(frozen=True, slots=True)
class Identification:
    """`layouts` are the known printed forms: A a letter, 9 a digit, S a sex. With none, any form passes."""

    code: str
    from_age: int = ADULT_AGE
    below_age: int = 200
    layouts: tuple[str, ...] = ()
    shortest: int = 4
    longest: int = 20
    numbered: bool = True


def _printed(code: str, *layouts: str) -> Identification:
    lengths = [len(layout) for layout in layouts]
    return Identification(code, layouts=layouts, shortest=min(lengths), longest=max(lengths))


def _digits(*lengths: int) -> tuple[str, ...]:
    return tuple("9" * length for length in lengths)


IDENTIFICATIONS: tuple[Identification, ...] = (
    # Clave de elector; CIC, with or without the check digit printed behind it; OCR.
    _printed("ine", "AAAAAA99999999S999", *_digits(9, 10, 12, 13)),
    _printed("professional-licence", *_digits(5, 6, 7, 8)),
    Identification("inapam", from_age=60),
    Identification("military", shortest=5),
    Identification("consular", shortest=5),
    Identification("health-card"),
    Identification("retiree-card"),
    Identification("naturalisation"),
    Identification("degree"),
    Identification("school", from_age=0, below_age=ADULT_AGE, numbered=False),
    Identification("medical", from_age=0, below_age=7, numbered=False),
)
"""The most common first."""

# The series of one letter and eight digits; books before it carried digits only.
_PASSPORT = _printed(PASSPORT, "A99999999", *_digits(8, 9, 10, 11))
_OTHER = Identification(OTHER, from_age=0)
_BY_CODE = {i.code: i for i in (*IDENTIFICATIONS, _PASSPORT, _OTHER)}

_TOKEN = re.compile(r"[A-Z0-9]+")
_AROUND = """
    AL AQUI CEDULA CIC CLAVE CREDENCIAL DE DEL EL ELECTOR ES ESTE FOLIO GRACIAS IDMEX IFE INAPAM INE IS LA
    MATRICULA MEX MI MILITAR MY NO NR NUM NUMBER NUMERO OCR PASAPORTE PASSPORT PROFESIONAL SU THE TIENE
"""
_FILLERS = frozenset(_AROUND.split())
_KINDS = {"A": frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "9": frozenset("0123456789"), "S": frozenset("HMX")}
_LOOK_ALIKE = {"O": "0", "I": "1", "L": "1", "S": "5", "B": "8", "0": "O", "1": "I", "5": "S", "8": "B"}


@dataclass(frozen=True, slots=True)
class NumberFault:
    """`kind` is one of NUMBER_FAULTS; `hint` is the whole number respelt, where exactly one spelling fits."""

    kind: str
    hint: str | None = None


def accepted(procedure: str, age: int) -> tuple[str, ...]:
    """At most nine codes, the most common first, always ending in "other".

    A child who renews is identified by the passport to renew: the list of 2025 asks for nothing else.
    """
    first = (PASSPORT,) if procedure == "renewal" and age < ADULT_AGE else ()
    fitting = (i.code for i in IDENTIFICATIONS if i.from_age <= age < i.below_age)
    return (*first, *islice(fitting, MAX_OFFERED - 1), OTHER)


def has_number(code: str) -> bool:
    """Whether to ask for it: school and medical letters carry none, the old passport is asked for anyway."""
    return code != PASSPORT and _BY_CODE[code].numbered


def read_number(code: str, text: str) -> str | NumberFault:
    """The number in capitals, without spaces and marks.

    Where no printed form is known, only length and characters count.
    """
    kind, number = _BY_CODE[code], _number_in(text)
    if not number:
        return NumberFault("strange-characters" if text.strip() else "too-short")
    return _fault(kind, number) or number


def read_passport_number(text: str) -> str | NumberFault:
    """One letter and eight digits ("G12345678"), or the 8 to 11 digits of older books."""
    return read_number(PASSPORT, text)


def _number_in(text: str) -> str:
    """What is left of the sentence without the words around the number."""
    folded = unicodedata.normalize("NFKD", text.upper())
    tokens = _TOKEN.findall("".join(c for c in folded if not unicodedata.combining(c)))
    if any(c.isdigit() for t in tokens for c in t):
        tokens = [t.removeprefix("IDMEX") for t in tokens if t not in _FILLERS]
    return "".join(tokens)


def _fault(kind: Identification, number: str) -> NumberFault | None:
    if any(_follows(number, layout) for layout in kind.layouts):
        return None
    if not any(c.isdigit() for c in number):
        return NumberFault("no-digits")
    if not kind.shortest <= len(number) <= kind.longest:
        return NumberFault("too-short" if len(number) < kind.shortest else "too-long")
    if not kind.layouts:
        return None
    fitting = set(_respelt(number, kind.layouts))
    hint = fitting.pop() if len(fitting) == 1 else None
    digits_only = all(set(layout) == {"9"} for layout in kind.layouts)
    return NumberFault("digits-only" if digits_only else "wrong-shape", hint)


def _follows(number: str, layout: str) -> bool:
    return len(number) == len(layout) and all(c in _KINDS[k] for c, k in zip(number, layout, strict=True))


def _respelt(number: str, layouts: tuple[str, ...]) -> Iterator[str]:
    """The same with letters for digits and digits for letters where a printed form asks for them."""
    for layout in layouts:
        pairs = zip(number, layout, strict=False)
        spelt = "".join(c if c in _KINDS[k] else _LOOK_ALIKE.get(c, c) for c, k in pairs)
        if len(spelt) == len(number) and _follows(spelt, layout):
            yield spelt
