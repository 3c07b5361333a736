"""Meta's error codes by what follows from them (whatsapp_errors.csv; error-codes page, 2026-09-11)."""

from ventanilla.core.sending import Fault

_CLASSES: dict[Fault, set[int]] = {
    "retry": {1, 2, 131000, 131016, 131057, 133004},
    "few": {131053},
    "slow": {4, 80007, 130429, 133016},
    "pair": {131056},
    "window": {131047},
    "template": {132015},
    "form": {132068, 132069},
    "account": {0, 3, 10, 33, 190, 368, 131005, 131031, 131037, 131042, 131045, 131048, 131064}
    | {*range(200, 300), *range(133000, 133016)} - {133004},
}
_BY_CODE: dict[int, Fault] = {code: fault for fault, codes in _CLASSES.items() for code in codes}


def fault_of(http_status: int, code: int | None) -> Fault:
    """The code decides; without one, or with one that is not known, the HTTP status does."""
    if code in _BY_CODE:
        return _BY_CODE[code]
    if code is None and http_status in (401, 403):
        return "account"
    if http_status == 429:
        return "slow"
    return "retry" if http_status >= 500 else "final"
