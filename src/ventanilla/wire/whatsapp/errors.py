"""Meta's error codes by what follows from them (whatsapp_errors.csv; error-codes page, 2026-09-11)."""

from ventanilla.core.sending import Fault

_RETRY = {1, 2, 131000, 131016, 131053, 131057, 133004}
_SLOW = {4, 80007, 130429, 133016}
_PAIR = {131056}
_ACCOUNT = {0, 3, 10, 33, 190, 368, 131005, 131031, 131037, 131042, 131045, 131048, 131064} | {
    *range(200, 300),
    *range(133000, 133016),
} - {133004}


def fault_of(http_status: int, code: int | None) -> Fault:
    """The code decides; without one, the HTTP status does."""
    if code in _RETRY:
        return "retry"
    if code in _SLOW:
        return "slow"
    if code in _PAIR:
        return "pair"
    if code in _ACCOUNT or (code is None and http_status in (401, 403)):
        return "account"
    if code is None and (http_status == 429 or http_status >= 500):
        return "slow" if http_status == 429 else "retry"
    return "retry" if http_status >= 500 else "final"
