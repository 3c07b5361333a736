from typing import Any

import pytest

from ventanilla.core.channel import Address
from ventanilla.core.identity import IdentityChange
from ventanilla.wire.whatsapp.identities import of_system_message, of_user_id_update, who_wrote

PHONE, SHORT = "5215512345678", "525512345678"
ME, MY_ID = Address("phone", PHONE), Address("bsuid", "MX.1")
MINE: dict[str, Any] = {"wa_id": PHONE, "user_id": "MX.1", "parent_user_id": "MX.ENT.1"}
THEIRS: dict[str, Any] = {"wa_id": "12025550123", "user_id": "US.2", "parent_user_id": "US.ENT.2"}


@pytest.mark.parametrize(
    ("message", "contacts", "names"),
    [
        ({"from": PHONE}, [], "phone"),
        ({"from": PHONE}, [MINE], "phone bsuid parent_bsuid"),
        ({"from": SHORT}, [MINE], "phone bsuid parent_bsuid"),
        ({"from": "+" + PHONE}, [MINE], "phone bsuid parent_bsuid"),
        ({"from": PHONE}, [THEIRS, MINE], "phone bsuid parent_bsuid"),
        ({"from": PHONE}, [THEIRS], "phone"),
        ({"from": PHONE}, [{"user_id": "MX.1"}], "phone bsuid"),
        ({"from": PHONE}, [{"user_id": "MX.1"}, {"user_id": "MX.3"}], "phone"),
        ({"from_user_id": "MX.1"}, [THEIRS, MINE], "phone bsuid parent_bsuid"),
        ({"from_user_id": "MX.1"}, [{"user_id": "MX.1"}], "bsuid"),
        ({"from": PHONE, "from_user_id": "MX.1"}, [{**MINE, "user_id": "MX.9"}], "phone bsuid"),
        ({"from_user_id": "MX.1", "from_parent_user_id": "MX.ENT.1"}, [], "bsuid parent_bsuid"),
        ({"parent_user_id": "MX.ENT.1"}, [], "parent_bsuid"),
        ({}, [MINE], "phone bsuid parent_bsuid"),
        ({}, [MINE, THEIRS], ""),
        ({}, [], ""),
        ({"from": "somebody"}, [], ""),
        ({"from": "²"}, [], ""),
        ({"from": "1" * 21}, [], ""),
        ({"from_user_id": "M" * 201}, [], ""),
    ],
)
def test_who_wrote_is_what_the_message_says_completed_by_its_own_contact(
    message: dict[str, Any], contacts: list[dict[str, Any]], names: str
) -> None:
    found = who_wrote(message, {"contacts": contacts})
    assert [a.kind for a in found] == names.split()
    expected = {"phone": PHONE, "bsuid": "MX.1", "parent_bsuid": "MX.ENT.1"}
    assert all(a.text in (expected[a.kind], SHORT) for a in found)


def system(**told: Any) -> IdentityChange | None:
    return of_system_message({"from": PHONE, "timestamp": 1_795_000_000, "type": "system", "system": told})


def test_a_changed_number_names_the_person_before_and_after() -> None:
    change = system(
        type="user_changed_number", wa_id="5213300000000", user_id="MX.2", previous_user_id="MX.1"
    )
    assert change is not None
    assert change.was == (ME, MY_ID)
    assert change.now == (Address("phone", "5213300000000"), Address("bsuid", "MX.2"))
    assert change.at is not None


@pytest.mark.parametrize(
    "told",
    [
        {"type": "customer_identity_changed", "wa_id": "5213300000000"},
        {"type": "user_changed_number"},
        {"type": "user_changed_number", "wa_id": "not a number"},
        {"wa_id": "5213300000000"},
        {},
    ],
)
def test_a_system_message_that_does_not_say_who_is_who_changes_nothing(told: dict[str, Any]) -> None:
    assert system(**told) is None


def test_the_older_form_with_a_number_or_without_changes_the_ids_only() -> None:
    ids = {"user_id": {"previous": "MX.1", "current": "MX.2"}}
    value = {"user_id_update": [{"wa_id": PHONE, **ids}, ids, {"user_id": "unreadable"}]}
    with_phone, without = of_user_id_update(value)
    new = Address("bsuid", "MX.2")
    assert (with_phone.was, with_phone.now) == ((ME, MY_ID), (ME, new))
    assert (without.was, without.now) == ((MY_ID,), (new,))
