"""Months, days of the week and numbers as words, without accents."""

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

_MONTHS = (
    "enero ene january jan",
    "febrero feb february",
    "marzo mar march",
    "abril abr april apr",
    "mayo may",
    "junio jun june",
    "julio jul july",
    "agosto ago august aug",
    "septiembre setiembre sep sept set september",
    "octubre oct october",
    "noviembre nov november",
    "diciembre dic december dec",
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_LONG_MONTHS = tuple(name for name in _MONTH_OF if len(name) > 3)
_NEAR_ENOUGH = 80

_DAYS = (
    "lunes monday lun mon",
    "martes tuesday",
    "miercoles wednesday mie wed",
    "jueves thursday jue thu",
    "viernes friday vie fri",
    "sabado saturday sab sat",
    "domingo sunday dom sun",
)
WEEKDAYS = {name: number for number, names in enumerate(_DAYS) for name in names.split()}
"""Monday is 0. "mar" and "tue" are left out: the first is March."""

_UP_TO_THIRTY = """
    cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis
    diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis
    veintisiete veintiocho veintinueve treinta
"""
_NUMBERS = {
    **{word: n for n, word in enumerate(_UP_TO_THIRTY.split())},
    **{"un": 1, "primero": 1, "primer": 1, "first": 1, "second": 2, "third": 3},
    **{"cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90},
    **{"novecientos": 900},
}
_NUMBER_WORD = "|".join(sorted((*_NUMBERS, "mil"), key=len, reverse=True))
_NUMBER_RUN = re.compile(rf"\b(?:{_NUMBER_WORD})(?: (?:y )?(?:{_NUMBER_WORD}))*\b")


@lru_cache(maxsize=1024)
def month_of(word: str) -> int | None:
    """1 to 12; misspelt names too ("febero", "agozto"), but never three letters by guess."""
    if word in _MONTH_OF:
        return _MONTH_OF[word]
    if len(word) < 4 or word in WEEKDAYS:
        return None
    near = process.extractOne(word, _LONG_MONTHS, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return _MONTH_OF[near[0]] if near else None


def numbers_for_words(said: str) -> str:
    """ "treinta y uno de mayo de dos mil dieciseis" -> "31 de mayo de 2016"."""
    return _NUMBER_RUN.sub(lambda run: str(_value(run[0].split())), said)


def _value(words: list[str]) -> int:
    total = 0
    for word in words:
        if word == "mil":
            total = max(total, 1) * 1000
        else:
            total += _NUMBERS.get(word, 0)
    return total
