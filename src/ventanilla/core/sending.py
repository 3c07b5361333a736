"""What a failed send means, and when to try again. Classes as in whatsapp_errors.csv."""

from datetime import datetime, timedelta
from typing import Literal

Fault = Literal["retry", "few", "slow", "pair", "window", "template", "form", "account", "final"]
"""Passing fault · passing, but not for long · the number is throttled · this person is throttled · the
24-hour window is closed: a template instead · this template is paused · no form now: the chat instead ·
our account is stopped (an operator must act) · this message will never go out."""

WINDOW = timedelta(hours=24)
"""After a person's last message, anything may be sent for so long; then only templates (131047)."""
WINDOW_MARGIN = timedelta(minutes=2)
"""For clocks that differ, and for the time a message takes to reach Meta."""

PAIR_EVERY = timedelta(seconds=6)
PAIR_BURST = 44
"""Meta lets 45 messages to one person borrow from the future; one is left for clocks that differ."""

FORM_PAUSE = timedelta(hours=1)
"""No forms for so long after one was refused: Meta counts those of a throttled flow by the hour."""

_MOST_ATTEMPTS: dict[Fault, int] = {"retry": 14, "few": 3, "slow": 14, "pair": 8, "template": 14}
_FIRST: dict[Fault, tuple[float, int]] = {
    "retry": (0.25, 2),
    "few": (2, 3),
    "slow": (1, 3),
    "pair": (0.25, 4),
    "template": (900, 2),
}
"""Seconds before the first new attempt (once multiplied), and what each further one multiplies them by.
A pair waits 1, 4, 16... seconds, as Meta asks."""
_LONGEST = timedelta(minutes=30)
_LONGEST_TEMPLATE = timedelta(hours=6)
"""Meta pauses a template for three hours, then for six."""


class SendFailed(Exception):
    """`uncertain`: it may have gone out all the same (a timeout after sending)."""

    def __init__(self, fault: Fault, text: str, code: int | None = None, *, uncertain: bool = False) -> None:
        super().__init__(text)
        self.fault, self.text, self.code, self.uncertain = fault, text, code, uncertain


def try_again_at(fault: Fault, attempts: int, now: datetime) -> datetime | None:
    """`attempts` counts the one that failed. None: give up. An account that is stopped keeps what is
    owed and holds everything itself, so its message is due at once."""
    if fault == "account":
        return now
    if attempts >= _MOST_ATTEMPTS.get(fault, 0):
        return None
    first, factor = _FIRST[fault]
    longest = _LONGEST_TEMPLATE if fault == "template" else _LONGEST
    return now + min(timedelta(seconds=first * factor**attempts), longest)


def window_is_open(wrote_at: datetime | None, now: datetime) -> bool:
    return wrote_at is not None and now - wrote_at < WINDOW - WINDOW_MARGIN


def pause_of(code: int | None) -> timedelta:
    """How long the whole number rests after a throttling code: the app's limits are counted by the hour."""
    return timedelta(minutes=1) if code in (4, 80007) else timedelta(seconds=2)
