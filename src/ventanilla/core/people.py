"""A person's name: written in one line, divided so that it agrees with the CURP."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ventanilla.core.curp import INCONVENIENT, Curp
from ventanilla.core.curp_names import PARTICLES, POSITIONS, PartLetters, letters_of, tolerated

Part = Literal["given", "surname1", "surname2"]

MAX_PART = 60
MAX_WORDS = 16
NAME_FAULTS = ("too-short", "too-long", "digits", "strange-characters")

_PARTS: tuple[Part, ...] = ("surname1", "surname1", "surname2", "given", "surname1", "surname2", "given")
_OPENINGS = re.compile(
    r"^\W*(?:hola\W+)?(?:yo\s+)?(?:me\s+llamo|mi\s+nombre(?:\s+completo)?\s+es|nombre\s+completo\s*:|"
    r"my\s+(?:full\s+)?name\s+is|soy|i\s+am|i'm)\W*\s+",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"\b(?:nombre(?:s|\(s\))?|(?:primer|segundo)?\s*apellidos?(?:\s+(?:paterno|materno))?"
    r"|(?:first|given|last|full)?\s*names?|surnames?)\s*:",
    re.IGNORECASE,
)
_APOSTROPHES = str.maketrans("’‘´`‐‑–", "''''---")
_SEPARATORS = re.compile(r"[,;\n\r]+")
_MARKS = frozenset('!¡?¿"“”«»*_~\N{VARIATION SELECTOR-16}')
_LOWER_PARTICLES = PARTICLES - {"MAC", "MC", "MI", "DD"}
_NEVER_ALONE = PARTICLES - {"MAC", "MC", "MI", "VAN", "VON"}


@dataclass(frozen=True, slots=True)
class PersonName:
    """As the person writes it. `surname2` is empty for who has only one surname."""

    given: str
    surname1: str
    surname2: str = ""

    def __str__(self) -> str:
        return " ".join(p for p in (self.given, self.surname1, self.surname2) if p)


@dataclass(frozen=True, slots=True)
class NameFault:
    """`kind` is one of NAME_FAULTS."""

    kind: str


@dataclass(frozen=True, slots=True)
class Mismatch:
    """`position` of the CURP, from 1; its letter there, and the letter the name gives."""

    position: int
    curp_letter: str
    name_letter: str
    part: Part


@dataclass(frozen=True, slots=True)
class NameReading:
    """`mismatches` is empty where the name fits the CURP; otherwise those of the nearest division."""

    name: PersonName
    mismatches: tuple[Mismatch, ...]


@dataclass(frozen=True, slots=True)
class _Division:
    """The words of each part, and how unlikely it is that somebody means it so."""

    given: tuple[str, ...]
    surname1: tuple[str, ...]
    surname2: tuple[str, ...]
    oddness: int


def expected_letters(name: PersonName) -> str:
    """The letters at POSITIONS, in that order: "HEGGRRL" for Gloria Hernández García."""
    return _joined(*_rule(name))


def mismatches(name: PersonName, curp: Curp) -> tuple[Mismatch, ...]:
    """Where the letters of the name and of the CURP differ; what registries tolerate counts as equal."""
    expected = expected_letters(name)
    if expected == _actual(curp) or _actual(curp) in _accepted(name):
        return ()
    pairs = zip(POSITIONS, _actual(curp), expected, _PARTS, strict=True)
    return tuple(
        Mismatch(*row) for row in pairs if row[1] != row[2] and not _uncensored(expected, curp, row[0])
    )


def split_name(text: str, curp: Curp) -> NameReading | NameFault:
    """The name in one line or several, given names first or surnames first, as the CURP confirms it.

    Accents and Ñ stay as written; all-capital and all-small words get a capital, particles none.
    """
    chunks = _chunks(text)
    words = [w for chunk in chunks for w in chunk]
    fault = _fault(words)
    if fault:
        return fault
    divisions = sorted(_divisions(words, _breaks(chunks)), key=lambda d: d.oddness)
    best = _nearest([_name(d) for d in divisions], curp)
    if max(map(len, (best.name.given, best.name.surname1, best.name.surname2))) > MAX_PART:
        return NameFault("too-long")
    return best


def _nearest(names: list[PersonName], curp: Curp) -> NameReading:
    """The first that fits; where none does, the first with the fewest letters that differ."""
    readings = (NameReading(name, mismatches(name, curp)) for name in names)
    best = next(readings)
    for reading in readings:
        if not best.mismatches:
            break
        best = min(best, reading, key=lambda r: len(r.mismatches))
    return best


def _rule(name: PersonName) -> tuple[PartLetters, PartLetters, PartLetters]:
    return letters_of(name.surname1), letters_of(name.surname2), letters_of(name.given, given=True)


def _joined(one: PartLetters, two: PartLetters, given: PartLetters) -> str:
    first = one.initial + one.vowel + two.initial + given.initial
    if first in INCONVENIENT:
        first = first[0] + "X" + first[2:]
    return first + one.consonant + two.consonant + given.consonant


def _actual(curp: Curp) -> str:
    return curp.text[:4] + curp.text[13:16]


def _accepted(name: PersonName) -> set[str]:
    return {
        _joined(one, two, given)
        for one in tolerated(name.surname1)
        for two in tolerated(name.surname2)
        for given in tolerated(name.given, given=True)
    }


def _uncensored(expected: str, curp: Curp, position: int) -> bool:
    """A CURP that kept its inconvenient vowel is not a wrong name."""
    return position == 2 and expected[1] == "X" and curp.text[:4] in INCONVENIENT


def _chunks(text: str) -> list[list[str]]:
    """The words between commas and line ends, without emoji and closing points."""
    plain = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("So", "Sk", "Cf") and c not in _MARKS)
    opening = _OPENINGS.match(plain)
    if opening and len(plain[opening.end() :].split()) > 1:
        plain = plain[opening.end() :]
    plain = _LABELS.sub(",", plain)
    return [words for part in _SEPARATORS.split(plain.rstrip(" .\n")) if (words := _tidy(part.split()))]


def _tidy(words: list[str]) -> list[str]:
    """Points stay in short abbreviations ("Ma.", "J.")."""
    return [w.rstrip(".:") if len(w) > 3 else w for w in words if w.strip(".-':")]


def _fault(words: list[str]) -> NameFault | None:
    characters = "".join(words)
    if any(c.isdigit() for c in characters):
        return NameFault("digits")
    if not all(c in "-'./" or (c.isalpha() and "LATIN" in unicodedata.name(c, "")) for c in characters):
        return NameFault("strange-characters")
    if len(words) < 2:
        return NameFault("too-short")
    if len(words) > MAX_WORDS or len(characters) > 3 * MAX_PART:
        return NameFault("too-long")
    return None


def _breaks(chunks: list[list[str]]) -> frozenset[int]:
    """After how many words the person put a comma or a new line."""
    counts = [len(c) for c in chunks]
    return frozenset(sum(counts[:i]) for i in range(1, len(counts)))


def _divisions(words: list[str], breaks: frozenset[int]) -> Iterator[_Division]:
    """Every cut in three (or two: one surname), given names first and surnames first."""
    count = len(words)
    for i in range(1, count):
        for j in range(i + 1, count + 1):
            a, b, c = tuple(words[:i]), tuple(words[i:j]), tuple(words[j:])
            ignored = 20 * len(breaks - {i, j})
            yield _division(a, b, c, ignored)
            if c:
                yield _division(c, a, b, ignored + 5)
            else:
                yield _division(b, a, c, ignored + 5)


def _division(given: tuple[str, ...], one: tuple[str, ...], two: tuple[str, ...], ignored: int) -> _Division:
    """Parts do not end in a particle, and most surnames are one word."""
    parts = (given, one, two)
    dangling = sum(bool(p) and p[-1].upper() in _NEVER_ALONE for p in parts)
    joined = sum(bool(p) and p[0].upper() == "Y" for p in parts)
    extra = sum(sum(w.upper() not in PARTICLES for w in p) > 1 for p in (one, two))
    return _Division(given, one, two, ignored + 40 * dangling + 40 * joined + 2 * extra + (not two))


def _name(division: _Division) -> PersonName:
    return PersonName(*map(_written, (division.given, division.surname1, division.surname2)))


def _written(words: tuple[str, ...]) -> str:
    last = len(words) - 1
    return " ".join(_cased(w, alone=i == last) for i, w in enumerate(words))


def _cased(word: str, *, alone: bool) -> str:
    """Particles small, unless nothing follows them: then it is somebody's name."""
    if not (word.islower() or word.isupper()):
        return word
    if word.upper() in _LOWER_PARTICLES and not alone:
        return word.lower()
    return re.sub(r"[^\W\d_]+", lambda run: run[0][:1].upper() + run[0][1:].lower(), word)
