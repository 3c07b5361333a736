"""Fees of the passport, from a table by calendar year; never computed (DOMAIN sections 0 and 4)."""

from collections.abc import Mapping
from dataclasses import dataclass

_MINOR_AGE = 18
_INFANT_AGE = 3


@dataclass(frozen=True, slots=True)
class Fee:
    """`provisional`: the year asked for has no fees yet, and this is the latest known year's."""

    amount_mxn: int
    year: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class FeeTable:
    """(year, validity in years, half) -> pesos. Halves are rounded by the law itself: they are rows."""

    amounts: Mapping[tuple[int, int, bool], int]

    def fee(self, year: int, validity_years: int, *, half: bool) -> Fee | None:
        """None where the table has no such fee in the year that applies."""
        known = [y for y, _, _ in self.amounts if y <= year]
        if not known:
            return None
        latest = max(known)
        amount = self.amounts.get((latest, validity_years, half))
        return None if amount is None else Fee(amount, latest, latest != year)


def validities(age: int) -> tuple[int, ...]:
    """Years that may be asked for. What an infant may choose besides 1 is not in the sources:
    3 and 6 are offered too, and the desk decides (decision 0005)."""
    if age >= _MINOR_AGE:
        return (3, 6, 10)
    return (1, 3, 6) if age < _INFANT_AGE else (3, 6)
