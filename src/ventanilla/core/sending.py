"""What a failed send means, and when to try again. Classes as in whatsapp_errors.csv."""

from datetime import datetime, timedelta
from typing import Literal

Fault = Literal["retry", "slow", "pair", "account", "final"]
"""Passing fault · the number is throttled · this person is throttled · our account is stopped (an
operator must act) · this message will never go out."""

_MOST_ATTEMPTS = 8
_LONGEST = timedelta(minutes=30)
_ACCOUNT_PAUSE = timedelta(minutes=5)
"""An account that is stopped keeps what is owed; it is tried again until an operator has acted."""


class SendFailed(Exception):
    """`uncertain`: it may have gone out all the same (a timeout after sending)."""

    def __init__(self, fault: Fault, text: str, code: int | None = None, *, uncertain: bool = False) -> None:
        super().__init__(text)
        self.fault, self.text, self.code, self.uncertain = fault, text, code, uncertain


def try_again_at(fault: Fault, attempts: int, now: datetime) -> datetime | None:
    """`attempts` counts the one that failed. None: give up. Pair faults wait 4^n s, as Meta asks."""
    if fault == "final" or (attempts >= _MOST_ATTEMPTS and fault != "account"):
        return None
    if fault == "account":
        return now + _ACCOUNT_PAUSE
    base = {"retry": 2, "slow": 3, "pair": 4}[fault]
    return now + min(timedelta(seconds=base**attempts), _LONGEST)
