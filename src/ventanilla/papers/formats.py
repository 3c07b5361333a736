"""Money, days and hours as they stand on paper."""

from datetime import date, datetime

from babel.dates import format_date

from ventanilla.papers.case import Language

_PATTERNS = {"es": "EEEE d 'de' MMMM 'de' y", "en": "EEEE d MMMM y"}
_LOCALES = {"es": "es_MX", "en": "en_GB"}


def money(amount_mxn: int) -> str:
    return f"${amount_mxn:,}.00"


def long_day(day: date, language: Language) -> str:
    """ "lunes 7 de diciembre de 2026", "Monday 7 December 2026"."""
    return format_date(day, _PATTERNS[language], locale=_LOCALES[language])


def hour(moment: datetime) -> str:
    return f"{moment:%H:%M} h"
