"""The CURP: read as people write it, checked character by character, and explained when it is wrong.

A reading proves the form, never that the record exists: the civil registry offers no public look-up.
Source: Instructivo Normativo para la Asignación de la CURP; sex X as printed on non-binary records.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

Sex = Literal["H", "M", "X"]

LENGTH = 18
OLDEST = 120
"""Nobody applies at a greater age: position 17 then tells the wrong century."""

FAULT_KINDS = (
    "not-found",
    "too-short",
    "too-long",
    "no-enye",
    "letter-expected",
    "digit-expected",
    "vowel-expected",
    "consonant-expected",
    "no-such-date",
    "future-date",
    "century-mismatch",
    "no-such-sex",
    "no-such-state",
    "inconvenient-word",
    "check-digit",
)

STATES: Mapping[str, str] = MappingProxyType(
    {
        "AS": "Aguascalientes",
        "BC": "Baja California",
        "BS": "Baja California Sur",
        "CC": "Campeche",
        "CL": "Coahuila",
        "CM": "Colima",
        "CS": "Chiapas",
        "CH": "Chihuahua",
        "DF": "Ciudad de México",
        "DG": "Durango",
        "GT": "Guanajuato",
        "GR": "Guerrero",
        "HG": "Hidalgo",
        "JC": "Jalisco",
        "MC": "Estado de México",
        "MN": "Michoacán",
        "MS": "Morelos",
        "NT": "Nayarit",
        "NL": "Nuevo León",
        "OC": "Oaxaca",
        "PL": "Puebla",
        "QT": "Querétaro",
        "QR": "Quintana Roo",
        "SP": "San Luis Potosí",
        "SL": "Sinaloa",
        "SR": "Sonora",
        "TC": "Tabasco",
        "TS": "Tamaulipas",
        "TL": "Tlaxcala",
        "VZ": "Veracruz",
        "YN": "Yucatán",
        "ZS": "Zacatecas",
        "NE": "Nacido en el extranjero",
    }
)
"""Code of positions 12-13 -> the name people use. Mexico City is still DF."""

# Anexo 2 of the Instructivo: the registry writes X as their second letter.
_WORDS = """
    BACA BAKA BUEI BUEY CACA CACO CAGA CAGO CAKA CAKO COGE COGI COJA COJE COJI COJO COLA CULO FALO
    FETO GETA GUEI GUEY JETA JOTO KACA KACO KAGA KAGO KAKA KAKO KOGE KOGI KOJA KOJE KOJI KOJO KOLA KULO
    LILO LOCA LOCO LOKA LOKO MAME MAMO MEAR MEAS MEON MIAR MION MOCO MOKO MULA MULO NACA NACO PEDA PEDO
    PENE PIPI PITO POPO PUTA PUTO QULO RATA ROBA ROBE ROBO RUIN SENO TETA VACA VAGA VAGO VAKA VUEI VUEY
    WUEI WUEY
"""
INCONVENIENT = frozenset(_WORDS.split())

_VALUES = {c: n for n, c in enumerate("0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ")}
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS = frozenset("0123456789")
_VOWELS = frozenset("AEIOUX")
_CONSONANTS = _LETTERS - frozenset("AEIOU")
_LAYOUT: tuple[tuple[str, frozenset[str]], ...] = (
    ("letter-expected", _LETTERS),
    ("vowel-expected", _VOWELS),
    *[("letter-expected", _LETTERS)] * 2,
    *[("digit-expected", _DIGITS)] * 6,
    ("no-such-sex", frozenset("HMX")),
    *[("no-such-state", _LETTERS)] * 2,
    *[("consonant-expected", _CONSONANTS)] * 3,
    ("letter-expected", _LETTERS | _DIGITS),
    ("digit-expected", _DIGITS),
)
_TO_LETTER = str.maketrans("015826", "OISBZG")
_TO_DIGIT = str.maketrans("OQDILSBZG", "000115826")
_SWAPPED = str.maketrans("01OI", "OI01")

_HOMOGLYPHS = str.maketrans("АВЕКМНОРСТУХІЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXISJABEZHIKMNOPTYX")
_TOKEN = re.compile(r"[A-ZÑ0-9]+")
_MAX_TOKENS = 60
_MAX_WINDOW = 24
_FEWEST = 6


@dataclass(frozen=True, slots=True)
class Curp:
    text: str
    birth_date: date
    sex: Sex
    state: str


def initials_last4(curp: str) -> str:
    """For screens: enough to recognise one's own, too little to use it."""
    return f"{curp[:4]}…{curp[-4:]}"


@dataclass(frozen=True, slots=True)
class CurpFault:
    """`kind` is one of FAULT_KINDS; `position` counts from 1 and is None when the length is wrong.

    `found` is what stands there. `hint` is the whole corrected CURP where one correction makes it right,
    or the single right character where only that is certain; it is offered, never taken.
    """

    kind: str
    position: int | None
    found: str
    hint: str | None = None


def check_digit(first17: str) -> str:
    """Catches a wrong character unless weight times difference is a multiple of 10 (A and K, O and 0
    in position 17, any two of the same parity in position 14): hence the comparison with the name."""
    total = sum(_VALUES[c] * (LENGTH - i) for i, c in enumerate(first17))
    return str(-total % 10)


def age_on(birth: date, day: date) -> int:
    """Full years; who was born on 29 February has the birthday on 1 March in common years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def read_curp(text: str, today: date) -> Curp | CurpFault:
    """The CURP in the text, with or without words around it. Never corrects: a fault may carry a hint."""
    tokens = [_without_label(t) for t in _TOKEN.findall(_legible(text))]
    for token in tokens:
        if len(token) == LENGTH and isinstance(found := _judge(token, today), Curp):
            return found
    candidate = max(_windows(tokens[:_MAX_TOKENS]), key=_likeness, default="")
    if len(candidate) < _FEWEST or not _DIGITS & set(candidate):
        return CurpFault("not-found", None, candidate)
    if len(candidate) != LENGTH:
        return _wrong_length(candidate, today)
    found = _judge(candidate, today)
    return found if isinstance(found, Curp) else _with_hint(found, candidate, today)


def _legible(text: str) -> str:
    """Capitals without accents (but Ñ), plain digits; look-alikes of other alphabets become Latin."""
    return "".join(map(_plain_capital, unicodedata.normalize("NFKC", text).upper().translate(_HOMOGLYPHS)))


def _plain_capital(character: str) -> str:
    if character == "Ñ":
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return unicodedata.normalize("NFD", character)[0]


def _without_label(token: str) -> str:
    return token.removeprefix("CURP") if len(token) > LENGTH else token


def _windows(tokens: list[str]) -> Iterator[str]:
    """Neighbouring pieces joined, since people break the CURP with spaces and hyphens."""
    for start in range(len(tokens)):
        joined = ""
        for token in tokens[start:]:
            joined += token
            yield joined
            if len(joined) > _MAX_WINDOW:
                break


def _likeness(candidate: str) -> int:
    fitting = sum(c in allowed for c, (_, allowed) in zip(candidate, _LAYOUT, strict=False))
    unfitting = min(len(candidate), LENGTH) - fitting
    return fitting - unfitting - abs(len(candidate) - LENGTH)


def _judge(text: str, today: date) -> Curp | CurpFault:
    for position, (character, (kind, allowed)) in enumerate(zip(text, _LAYOUT, strict=True), 1):
        if character not in allowed:
            return CurpFault("no-enye" if character == "Ñ" else kind, position, character)
    if (state := text[11:13]) not in STATES:
        return CurpFault("no-such-state", 12, state)
    birth = _birth_date(text, today)
    if isinstance(birth, CurpFault):
        return birth
    if check_digit(text[:17]) != text[17]:
        if text[:4] in INCONVENIENT:
            return CurpFault("inconvenient-word", 2, text[1])
        return CurpFault("check-digit", LENGTH, text[17])
    sex: Sex = "H" if text[10] == "H" else "M" if text[10] == "M" else "X"
    return Curp(text, birth, sex, state)


def _birth_date(text: str, today: date) -> date | CurpFault:
    """Position 17 tells the century: a digit before 2000, a letter since."""
    year, month, day = int(text[4:6]), int(text[6:8]), int(text[8:10])
    year += 1900 if text[16] in _DIGITS else 2000
    if not 1 <= month <= 12:
        return CurpFault("no-such-date", 7, text[4:10])
    try:
        birth = date(year, month, day)
    except ValueError:
        return CurpFault("no-such-date", 9, text[4:10])
    if birth > today:
        return CurpFault("future-date", 5, text[4:10])
    if age_on(birth, today) > OLDEST:
        return CurpFault("century-mismatch", 17, text[16])
    return birth


def _wrong_length(candidate: str, today: date) -> CurpFault:
    if len(candidate) < LENGTH:
        return CurpFault("too-short", None, candidate)
    inside = (candidate[i : i + LENGTH] for i in range(len(candidate) - LENGTH + 1))
    return CurpFault("too-long", None, candidate, _only_valid(inside, today))


def _with_hint(fault: CurpFault, candidate: str, today: date) -> CurpFault:
    hint = _only_valid(_respelt(candidate), today)
    if hint is None and fault.kind in ("no-enye", "inconvenient-word"):
        hint = "X"
    return replace(_at_the_swap(fault, candidate, hint or ""), hint=hint)


def _at_the_swap(fault: CurpFault, candidate: str, hint: str) -> CurpFault:
    """One letter for a digit can show elsewhere: an O in place 17 makes a birth of 1956 one of 2056."""
    places = [n for n, pair in enumerate(zip(candidate, hint, strict=False)) if len(set(pair)) > 1]
    if len(hint) < LENGTH or len(places) != 1:
        return fault
    found, right = candidate[places[0]], hint[places[0]]
    if found.isdigit() == right.isdigit():
        return fault
    return CurpFault("digit-expected" if right.isdigit() else "letter-expected", places[0] + 1, found)


def _respelt(text: str) -> Iterator[str]:
    """The same with letters for digits and digits for letters where the layout asks for them."""
    straight = "".join(_fitted(c, allowed) for c, (_, allowed) in zip(text, _LAYOUT, strict=True))
    if straight[:4] in INCONVENIENT:
        straight = straight[0] + "X" + straight[2:]
    yield straight
    yield straight[:16] + straight[16].translate(_SWAPPED) + straight[17]


def _fitted(character: str, allowed: frozenset[str]) -> str:
    if character in allowed:
        return character
    if character == "Ñ":
        return "X"
    return character.translate(_TO_DIGIT if allowed == _DIGITS else _TO_LETTER)


def _only_valid(candidates: Iterator[str], today: date) -> str | None:
    valid = {c for c in candidates if isinstance(_judge(c, today), Curp)}
    return valid.pop() if len(valid) == 1 else None
