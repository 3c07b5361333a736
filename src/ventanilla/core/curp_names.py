"""The seven letters of the CURP that come from the name: positions 1-4 and 14-16.

Source: Instructivo Normativo para la Asignación de la CURP, Anexo 2; particles as other validators list them.
"""

import unicodedata
from dataclasses import dataclass

POSITIONS = (1, 2, 3, 4, 14, 15, 16)

_DROPPED = "DA DAS DE DEL DER DI DIE DD EL LA LAS LOS LE LES MAC MC MI VAN VON Y"
PARTICLES = frozenset(_DROPPED.split())
_COMMON_FIRST = frozenset({"MARIA", "MA", "JOSE", "J"})
_VOWELS = frozenset("AEIOU")
_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(frozen=True, slots=True)
class PartLetters:
    """What one part of the name gives; X wherever it gives nothing."""

    initial: str = "X"
    vowel: str = "X"
    consonant: str = "X"


def letters_of(part: str, *, given: bool = False) -> PartLetters:
    """By the rule: particles dropped, then the first word (the second after María or José)."""
    return _letters_of_word(_deciding_word(_words(part), drop=True, given=given))


def tolerated(part: str, *, given: bool = False) -> frozenset[PartLetters]:
    """The rule, and what registries did in practice with hyphens, apostrophes and foreign particles."""
    words = _words(part)
    deciding = {_deciding_word(words, drop=drop, given=given) for drop in (True, False)}
    bare = {"".join(c for c in word if c in _LATIN or c == "Ñ") for word in deciding}
    return frozenset(map(_letters_of_word, deciding | bare))


def _words(part: str) -> tuple[str, ...]:
    """Capitals without accents (but Ñ), without the point of an abbreviation."""
    composed = unicodedata.normalize("NFC", part.upper())
    plain = (c if c == "Ñ" else unicodedata.normalize("NFD", c)[0] for c in composed)
    return tuple(word.rstrip(".") or word for word in "".join(plain).split())


def _deciding_word(words: tuple[str, ...], *, drop: bool, given: bool) -> str:
    kept = [w for w in words if not drop or w not in PARTICLES] or list(words[-1:])
    if given and len(kept) > 1 and kept[0] in _COMMON_FIRST:
        return kept[1]
    return kept[0] if kept else ""


def _letters_of_word(word: str) -> PartLetters:
    """Ñ and every special character count as X, which is a consonant."""
    letters = "".join(c if c in _LATIN else "X" for c in word)
    inner = letters[1:]
    return PartLetters(
        initial=letters[:1] or "X",
        vowel=next((c for c in inner if c in _VOWELS), "X"),
        consonant=next((c for c in inner if c not in _VOWELS), "X"),
    )
