"""Each of Meta's codes has the class that whatsapp_errors.csv gives it (error-codes page, 2026-09-11)."""

import pytest

from ventanilla.core.sending import Fault
from ventanilla.wire.whatsapp.errors import fault_of

CODES: dict[Fault, tuple[int, ...]] = {
    "retry": (1, 2, 131000, 131016, 131057, 133004),
    "few": (131053,),
    "slow": (4, 80007, 130429, 133016),
    "pair": (131056,),
    "window": (131047,),
    "template": (132015,),
    "form": (132068, 132069),
    "account": (
        *(0, 3, 10, 33, 190, 200, 250, 299, 368, 131005, 131031, 131037, 131042, 131045, 131048, 131064),
        *(133000, 133005, 133006, 133008, 133009, 133010, 133015),
    ),
    "final": (
        *(100, 130403, 130472, 130497, 131008, 131009, 131021, 131026, 131049, 131050, 131051, 131052),
        *(131059, 131063, 132000, 132001, 132005, 132007, 132012, 132016, 135000, 139200),
    ),
}


@pytest.mark.parametrize(("fault", "code"), [(f, c) for f, codes in CODES.items() for c in codes])
def test_a_code_means_the_same_whatever_the_status(fault: Fault, code: int) -> None:
    assert fault_of(400, code) == fault


@pytest.mark.parametrize(
    ("status", "fault"),
    [(500, "retry"), (503, "retry"), (429, "slow"), (401, "account"), (403, "account"), (400, "final")],
)
def test_without_a_code_the_status_decides(status: int, fault: Fault) -> None:
    assert fault_of(status, None) == fault


def test_a_code_of_next_year_is_judged_by_its_status() -> None:
    assert fault_of(500, 199999) == "retry"
    assert fault_of(400, 199999) == "final"
